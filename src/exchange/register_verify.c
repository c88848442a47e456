/* SPDX-License-Identifier: MIT */
/* The chain of each store followed inside the register, as whoever gets it would: what was
 * changed, removed or put in behind the register's back is named. Changes nothing, and writes
 * nothing down, so that it also runs on a copy that cannot be written to. */
#include <string.h>

#include "base/utf8.h"
#include "exchange/register_held.h"

/* --- One entry ---------------------------------------------------------------------------- */

static enum status wrong(const char *what, struct error *error)
{
    return fail(error, STATUS_DAMAGED, NULL, "%s.", what);
}

/* A view is what its sender left of a body: nothing says what it must be. */
static enum status check_body(const struct held *held, struct error *error)
{
    bool whole = json_object_get(held->entry, "body");
    bool some = whole || json_object_get(held->entry, "view");

    if (held->erased && some)
        return wrong("It was erased, and its body is there", error);
    if (held->stepped && !some && !held->erased)
        return wrong("Its body is gone, and no erasure names it", error);
    if (whole)
        json_object_del(held->entry, "view");
    return STATUS_OK;
}

static enum status visit(const struct held *held, void *data, struct error *error)
{
    struct chain *chain = data;
    struct arena arena = {0};
    char hex[DIGEST_HEX_SIZE];
    struct link link;
    enum status status = held->sequence == chain->count + 1 ? check_body(held, error)
                                                            : wrong("It is missing", error);

    if (status == STATUS_OK)
        status = link_read(held->entry, &arena, &link, error);
    if (status == STATUS_OK) {
        digest_hex(&link.link, hex);
        status = strcmp(held->link, hex) == 0 ? chain_follow(chain, &link, error)
                                              : wrong("Its place has another link", error);
    }
    arena_release(&arena);
    return status;
}

/* --- One store ---------------------------------------------------------------------------- */

struct store {
    const char *id;
    struct chain chain;
    int64_t at; /* the entry that is wrong; 0 if none is */
};

static enum status check_head(struct county *county, const struct store *store,
                              struct error *error)
{
    char link[DIGEST_HEX_SIZE], hex[DIGEST_HEX_SIZE];
    int64_t count;
    enum status status = held_head(county, store->id, &count, link, error);

    if (status != STATUS_OK)
        return status;
    digest_hex(&store->chain.link, hex);
    if (count > store->chain.count)
        return wrong("It is missing", error);
    if (count < store->chain.count)
        return wrong("No bundle brought the entry before it", error);
    return !count || strcmp(link, hex) == 0
               ? STATUS_OK
               : wrong("The bundles have another link before it", error);
}

/* Once the bodies are known to be what was signed: what is erased is what they name, all of it
 * and nothing else. */
static enum status check_erasures(struct county *county, struct store *store,
                                  struct error *error)
{
    PGresult *result;
    enum status status = county_query(
        county,
        "SELECT seq, x.seq IS NULL FROM (SELECT gone::bigint AS seq, array_agg(e.seq) AS by "
        "FROM entry e JOIN body b USING (store, seq, month), "
        "jsonb_array_elements_text(b.body::jsonb -> 'sequences') gone "
        "WHERE e.store = $1::uuid AND e.kind = 'erasure' AND b.whole GROUP BY 1) n FULL JOIN "
        "(SELECT seq, by_seq FROM erased WHERE store = $1::uuid) x USING (seq) "
        "WHERE x.seq IS NULL OR n.seq IS NULL OR x.by_seq <> ALL (n.by) ORDER BY 1 LIMIT 1",
        (const char *[]){store->id}, 1, &result, error);

    if (status != STATUS_OK)
        return status;
    if (PQntuples(result) == 1) {
        store->at = number_at(result, 0, 0);
        status = wrong(PQgetvalue(result, 0, 1)[0] == 't'
                           ? "An erasure names it, and it is not held as erased"
                           : "It is held as erased, and that erasure does not name it",
                       error);
    }
    PQclear(result);
    return status;
}

static void say(const struct store *store, const char *name, enum status status,
                const struct error *error, FILE *out)
{
    struct buf line = {0};
    char hex[DIGEST_HEX_SIZE];

    utf8_printable(&line, name, strlen(name), false);
    buf_printf(&line, " (%s): ", store->id);
    digest_hex(&store->chain.link, hex);
    if (status != STATUS_OK)
        buf_printf(&line, "wrong at entry %lld. %s", (long long)store->at, error->what);
    else if (store->chain.count)
        buf_printf(&line, "%lld entries, whole. Head %s", (long long)store->chain.count, hex);
    else
        buf_puts(&line, "nothing was received yet");
    fprintf(out, "%s\n", buf_text(&line));
    buf_release(&line);
}

/* What is not about the chain, such as a connection that is cut, is no finding. */
static enum status verify_store(struct county *county, const char *id, const char *name,
                                FILE *out, bool *ret_whole, struct error *error)
{
    struct store store = {.id = id};
    enum status status =
        county_run(county, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", error);

    if (status == STATUS_OK)
        status = held_each(county, id, visit, &store.chain, error);
    if (status == STATUS_OK)
        status = check_head(county, &store, error);
    store.at = store.chain.count + 1;
    if (status == STATUS_OK)
        status = check_erasures(county, &store, error);
    status = county_end(county, status, error);
    *ret_whole = status == STATUS_OK;
    if (status == STATUS_OK || status == STATUS_DAMAGED || status == STATUS_BAD_DATA) {
        say(&store, name, status, error, out);
        status = STATUS_OK;
    }
    chain_release(&store.chain);
    return status;
}

/* --- All ---------------------------------------------------------------------------------- */

enum status register_verify(struct county *county, FILE *out, struct error *error)
{
    int stores, bad = 0;
    PGresult *result;
    enum status status = county_query(
        county, "SELECT replace(store::text, '-', ''), name FROM store ORDER BY name, store",
        NULL, 0, &result, error);

    if (status != STATUS_OK)
        return status;
    stores = PQntuples(result);
    for (int i = 0; status == STATUS_OK && i < stores; i++) {
        bool whole;

        status = verify_store(county, PQgetvalue(result, i, 0), PQgetvalue(result, i, 1), out,
                              &whole, error);
        bad += !whole;
    }
    PQclear(result);
    if (status == STATUS_OK && bad)
        status =
            fail(error, STATUS_DAMAGED,
                 "Keep this database as it is, and restore a copy from before: the stores "
                 "send again what it lacks.",
                 "The chains of %d of %d stores are not as they were received.", bad, stores);
    return status;
}
