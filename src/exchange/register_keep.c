/* SPDX-License-Identifier: MIT */
/* A judged bundle put into the tables: COPY into a table of the transaction, then into their
 * places, where what is there already stays. */
#include <stdlib.h>
#include <string.h>

#include "exchange/register.h"

/* `fresh`: its head is not there yet. What was refused has neither body nor view here. */
static const char make_incoming[] =
    "CREATE TEMP TABLE incoming (seq bigint, fresh boolean, head text, link bytea, "
    "signature bytea, salt bytea, body text, view text, kind text, ref text, own_ref text, "
    "signed timestamptz, author text, team text, subject text, requester text, "
    "recipient text, purpose text, agreement text, recommended text, decided text, "
    "departed boolean, restricted boolean, words text) ON COMMIT DROP; "
    /* To compress what goes away again at once is half of all the work. */
    "ALTER TABLE incoming ALTER head SET STORAGE EXTERNAL, ALTER body SET STORAGE EXTERNAL, "
    "ALTER view SET STORAGE EXTERNAL, ALTER words SET STORAGE EXTERNAL";

#define NO_ROW "\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N"

static void put_bytes(struct buf *out, const unsigned char *bytes, size_t size)
{
    char text[2 * SIGN_SIZE + 1];

    hex_write(bytes, size, text);
    buf_printf(out, "\t\\\\x%s", text);
}

static bool is_record(const struct link *link)
{
    return link->reference[0] &&
           (strcmp(link->kind, "record") == 0 || strcmp(link->kind, "amendment") == 0);
}

/* A receipt does not list what the chain itself needs; it is kept all the same. */
static bool of_chain(const struct link *link)
{
    return strcmp(link->kind, "user") == 0 || strcmp(link->kind, "identity") == 0;
}

static void put_text(struct buf *out, const char *text, size_t length)
{
    buf_putc(out, '\t');
    row_text(out, text, length);
}

static void put_entry(const struct link *link, bool fresh, bool accepted, struct buf *out)
{
    const char *body = accepted || of_chain(link) ? link->body : NULL;
    const char *view = accepted && !body ? link->view : NULL;

    buf_printf(out, "%lld\t%c", (long long)link->sequence, fresh ? 't' : 'f');
    put_text(out, link->head, link->head_length);
    put_bytes(out, link->link.byte, DIGEST_SIZE);
    put_bytes(out, link->signature, SIGN_SIZE);
    if (body)
        put_bytes(out, link->salt, CHAIN_SALT_SIZE);
    else
        buf_puts(out, "\t\\N");
    put_text(out, body, link->length);
    put_text(out, view, link->view_length);
    put_text(out, link->kind, strlen(link->kind));
    if (is_record(link) && (body || view))
        row_put(link, body ? body : view, body ? link->length : link->view_length, out);
    else
        buf_puts(out, NO_ROW);
    buf_putc(out, '\n');
}

/* Both lists are in ascending order; `at` goes along. */
static bool in_ranges(const struct receipt *receipt, int64_t sequence, size_t *at)
{
    while (*at < receipt->accepted_count && receipt->accepted[*at].to < sequence)
        ++*at;
    return *at < receipt->accepted_count && receipt->accepted[*at].from <= sequence;
}

static enum status copy_in(struct county *county, const struct bundle *bundle, int64_t before,
                           const struct receipt *receipt, struct error *error)
{
    struct buf rows = {0};
    size_t range = 0;
    enum status status;

    for (size_t i = 0; i < bundle->count; i++) {
        const struct link *link = &bundle->entry[i];

        put_entry(link, link->sequence > before, in_ranges(receipt, link->sequence, &range),
                  &rows);
    }
    status = county_run(county, make_incoming, error);
    if (status == STATUS_OK)
        status = county_copy(county, "COPY incoming FROM STDIN", &rows, error);
    buf_release(&rows);
    return status;
}

/* In this order: each needs those before it. $1 is the store. */
static const char *const steps[] = {
    "INSERT INTO place (store, seq, link, month) SELECT $1::uuid, seq, link, (SELECT month_ready()) "
    "FROM incoming WHERE fresh",

    "INSERT INTO entry (store, seq, month, head, signature) "
    "SELECT p.store, p.seq, p.month, i.head, i.signature FROM incoming i "
    "JOIN place p ON p.store = $1::uuid AND p.seq = i.seq WHERE i.fresh",

    "INSERT INTO reference (ref, store, seq) SELECT ref, $1::uuid, seq FROM incoming "
    "WHERE kind = 'record' AND (body IS NOT NULL OR view IS NOT NULL) ORDER BY ref "
    "ON CONFLICT DO NOTHING",

    "INSERT INTO body (store, seq, month, whole, salt, body) "
    "SELECT p.store, p.seq, p.month, i.body IS NOT NULL, i.salt, coalesce(i.body, i.view) "
    "FROM incoming i JOIN place p ON p.store = $1::uuid AND p.seq = i.seq "
    "WHERE i.body IS NOT NULL OR i.view IS NOT NULL ORDER BY p.seq ON CONFLICT DO NOTHING",

    "INSERT INTO record SELECT b.store, b.seq, b.month, b.whole, i.ref, i.own_ref, i.signed, "
    "i.author, i.team, i.subject, i.requester, i.recipient, i.purpose, i.agreement, "
    "i.recommended, i.decided, i.departed, i.restricted, "
    "array_to_tsvector(string_to_array(i.words, ' ')) "
    "FROM incoming i JOIN body b ON b.store = $1::uuid AND b.seq = i.seq "
    "AND b.whole = (i.body IS NOT NULL) WHERE i.ref IS NOT NULL ON CONFLICT DO NOTHING",
};

/* Another store may have come first with a reference since it was looked up. */
static enum status check_references(struct county *county, const char *store,
                                    struct error *error)
{
    const char *value[] = {store};
    PGresult *result;
    enum status status = county_query(
        county,
        "SELECT 1 FROM incoming i JOIN reference r USING (ref) WHERE i.kind = 'record' "
        "AND (r.store, r.seq) <> ($1::uuid, i.seq) LIMIT 1",
        value, 1, &result, error);

    if (status != STATUS_OK)
        return status;
    if (PQntuples(result) > 0)
        status = fail(error, STATUS_FAILED, "Receive it again.",
                      "Another bundle was received with the same reference just now.");
    PQclear(result);
    return status;
}

enum status register_keep(struct county *county, const struct bundle *bundle, int64_t before,
                          const struct receipt *receipt, struct error *error)
{
    const char *value[] = {bundle->manifest.store};
    enum status status = copy_in(county, bundle, before, receipt, error);

    for (size_t i = 0; status == STATUS_OK && i < COUNT(steps); i++)
        status = county_query(county, steps[i], value, 1, NULL, error);
    if (status == STATUS_OK)
        status = check_references(county, value[0], error);
    return status;
}
