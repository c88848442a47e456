/* SPDX-License-Identifier: MIT */
/* One bundle received: opened, followed from where the register's copy of that chain ends,
 * judged, kept and answered for, all in one transaction. */
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "exchange/register.h"
#include "record/json.h"

/* What the register knows that a bundle is judged by. */
struct holding {
    struct chain chain;
    char certificate[DIGEST_HEX_SIZE]; /* that the store was admitted with; "" if it was not */
    PGresult *known;                   /* seq, link of entries that the bundle brings again */
    PGresult *taken;                   /* seq of what is about a decision of another store */
};

static void holding_release(struct holding *holding)
{
    chain_release(&holding->chain);
    PQclear(holding->known);
    PQclear(holding->taken);
}

static int64_t number_at(const PGresult *result, int row, int column)
{
    return strtoll(PQgetvalue(result, row, column), NULL, 10);
}

/* --- What is known ------------------------------------------------------------------------ */

/* Where the chain ends, by the bundle that brought it furthest. */
static enum status load_head(struct county *county, const char *store, struct holding *holding,
                             struct error *error)
{
    const char *value[] = {store};
    struct chain *chain = &holding->chain;
    PGresult *result;
    enum status status = county_query(
        county,
        "SELECT encode(s.certificate, 'hex'), b.head_count, encode(b.head_link, 'hex') "
        "FROM store s LEFT JOIN LATERAL (SELECT head_count, head_link FROM bundle "
        "WHERE store = s.store ORDER BY head_count DESC LIMIT 1) b ON true "
        "WHERE s.store = $1::uuid",
        value, 1, &result, error);

    if (status != STATUS_OK)
        return status;
    if (PQntuples(result) == 1)
        snprintf(holding->certificate, DIGEST_HEX_SIZE, "%s", PQgetvalue(result, 0, 0));
    if (PQntuples(result) == 1 && !PQgetisnull(result, 0, 1)) {
        chain->count = number_at(result, 0, 1);
        if (!hex_read(PQgetvalue(result, 0, 2), chain->link.byte, DIGEST_SIZE))
            chain->count = 0;
        snprintf(chain->store, sizeof(chain->store), "%s", store);
    }
    PQclear(result);
    return status;
}

/* Who may sign, as far as the chain goes. */
static enum status load_people(struct county *county, const char *store,
                               struct holding *holding, struct error *error)
{
    const char *value[] = {store};
    PGresult *result;
    enum status status = county_query(
        county, "SELECT head, body FROM people WHERE store = $1::uuid ORDER BY seq", value, 1,
        &result, error);

    if (status != STATUS_OK)
        return status;
    for (int i = 0; status == STATUS_OK && i < PQntuples(result); i++) {
        struct link link;

        status = link_read_head(PQgetvalue(result, i, 0), (size_t)PQgetlength(result, i, 0),
                                &link, error);
        link.body = PQgetvalue(result, i, 1);
        link.length = (size_t)PQgetlength(result, i, 1);
        if (status == STATUS_OK)
            status = chain_learn(&holding->chain, &link, error);
    }
    PQclear(result);
    return status;
}

/* The links of just those entries that the bundle brings again, however long the chain is. */
static enum status load_known(struct county *county, const struct bundle *bundle,
                              struct holding *holding, struct error *error)
{
    struct buf list = {0};
    enum status status;

    buf_putc(&list, '{');
    for (size_t i = 0; i < bundle->count; i++) {
        if (bundle->entry[i].sequence <= holding->chain.count)
            buf_printf(&list, "%s%lld", list.length > 1 ? "," : "",
                       (long long)bundle->entry[i].sequence);
    }
    buf_putc(&list, '}');
    status = county_query(county,
                          "SELECT seq, encode(link, 'hex') FROM place WHERE store = $1::uuid "
                          "AND seq = ANY ($2::bigint[]) ORDER BY seq",
                          (const char *[]){bundle->manifest.store, buf_text(&list)}, 2,
                          &holding->known, error);
    buf_release(&list);
    return status;
}

/* A reference is of one record, of one store; the entries about it are that store's. */
static enum status load_taken(struct county *county, const struct bundle *bundle,
                              struct holding *holding, struct error *error)
{
    struct buf refs = {0}, numbers = {0}, records = {0};
    enum status status;

    for (size_t i = 0; i < bundle->count; i++) {
        const struct link *link = &bundle->entry[i];
        const char *comma = refs.length ? "," : "{";

        if (!link->reference[0] || (!link->body && !link->view))
            continue;
        buf_printf(&refs, "%s%s", comma, link->reference);
        buf_printf(&numbers, "%s%lld", comma, (long long)link->sequence);
        buf_printf(&records, "%s%c", comma, strcmp(link->kind, "record") == 0 ? 't' : 'f');
    }
    buf_puts(&refs, refs.length ? "}" : "{}");
    buf_puts(&numbers, numbers.length ? "}" : "{}");
    buf_puts(&records, records.length ? "}" : "{}");
    status = county_query(
        county,
        "SELECT x.seq FROM (SELECT *, row_number() OVER (PARTITION BY ref, is_record "
        "ORDER BY seq) AS nth FROM unnest($1::text[], $2::bigint[], $3::boolean[]) "
        "AS u (ref, seq, is_record)) x LEFT JOIN reference r ON r.ref = x.ref "
        "WHERE (x.is_record AND (x.nth > 1 OR (r.store, r.seq) <> ($4::uuid, x.seq))) "
        "OR (NOT x.is_record AND r.store <> $4::uuid) ORDER BY x.seq",
        (const char *[]){buf_text(&refs), buf_text(&numbers), buf_text(&records),
                         bundle->manifest.store},
        4, &holding->taken, error);
    buf_release(&refs);
    buf_release(&numbers);
    buf_release(&records);
    return status;
}

/* The row of that number in a result sorted by its first column; -1 if there is none. */
static int find_row(const PGresult *result, int64_t sequence)
{
    int low = 0, high = PQntuples(result);

    while (low < high) {
        int middle = low + (high - low) / 2;

        if (number_at(result, middle, 0) < sequence)
            low = middle + 1;
        else
            high = middle;
    }
    return low < PQntuples(result) && number_at(result, low, 0) == sequence ? low : -1;
}

static bool known(int64_t sequence, struct digest *ret_link, void *data)
{
    const struct holding *holding = data;
    int row = find_row(holding->known, sequence);

    return row >= 0 &&
           hex_read(PQgetvalue(holding->known, row, 1), ret_link->byte, DIGEST_SIZE);
}

/* --- Judging ------------------------------------------------------------------------------ */

static bool erasure_readable(const json_t *body)
{
    for (size_t i = 0; i < body_count(body, "sequences"); i++) {
        if (!json_is_integer(body_element(body, "sequences", i)))
            return false;
    }
    return body_count(body, "sequences") > 0;
}

/* The record of a head is the one that its body says it is. */
static enum refusal judge_body(const struct link *link, const json_t *body)
{
    if (strcmp(link->kind, "erasure") == 0 && !erasure_readable(body))
        return REFUSAL_UNREADABLE;
    if (strcmp(link->kind, "record") == 0 &&
        strcmp(body_text(body, "reference"), link->reference) != 0)
        return REFUSAL_UNREADABLE;
    if (body_flag(body, "practice"))
        return REFUSAL_UNWANTED;
    return REFUSAL_COUNT;
}

static enum refusal judge(const struct link *link, void *data)
{
    const struct holding *holding = data;
    const char *bytes = link->body ? link->body : link->view;
    size_t length = link->body ? link->length : link->view_length;
    enum refusal refusal;
    struct error error;
    json_t *body;

    if (find_row(holding->taken, link->sequence) >= 0)
        return REFUSAL_TAKEN;
    if (body_read(bytes, length, "entry", &body, &error) != STATUS_OK)
        return REFUSAL_UNREADABLE;
    refusal = judge_body(link, body);
    json_decref(body);
    return refusal;
}

/* --- Answering ---------------------------------------------------------------------------- */

static void hex_value(const struct buf *bytes, struct buf *out)
{
    static const char digits[] = "0123456789abcdef";

    buf_puts(out, "\\x");
    for (size_t i = 0; i < bytes->length; i++) {
        unsigned char byte = (unsigned char)bytes->text[i];

        buf_putc(out, digits[byte >> 4]);
        buf_putc(out, digits[byte & 15]);
    }
}

static enum status log_receipt(struct county *county, const struct receipt *receipt, bool taken,
                               const struct buf *signed_bytes, struct error *error)
{
    char digest[DIGEST_HEX_SIZE + 2] = "\\x", refused[24];
    struct buf hex = {0};
    enum status status;

    digest_hex(&receipt->digest, digest + 2);
    snprintf(refused, sizeof(refused), "%zu", receipt->refused_count);
    hex_value(signed_bytes, &hex);
    status =
        county_query(county,
                     "INSERT INTO receipt (store, digest, taken, refused, reason, signed) "
                     "VALUES ($1::uuid, $2::bytea, $3::boolean, $4::bigint, $5, $6::bytea)",
                     (const char *[]){receipt->store, digest, taken ? "t" : "f", refused,
                                      receipt->refused_count ? receipt->refused[0].reason : "",
                                      buf_text(&hex)},
                     6, NULL, error);
    buf_release(&hex);
    return status;
}

static enum status log_bundle(struct county *county, const struct bundle *bundle,
                              const struct receipt *receipt, struct error *error)
{
    char digest[DIGEST_HEX_SIZE + 2] = "\\x", link[DIGEST_HEX_SIZE + 2] = "\\x";
    char count[24], entries[24];

    digest_hex(&receipt->digest, digest + 2);
    digest_hex(&receipt->head.link, link + 2);
    snprintf(count, sizeof(count), "%lld", (long long)receipt->head.count);
    snprintf(entries, sizeof(entries), "%zu", bundle->count);
    return county_query(
        county,
        "INSERT INTO bundle (store, digest, id, head_count, head_link, entries) "
        "VALUES ($1::uuid, $2::bytea, $3::uuid, $4::bigint, $5::bytea, "
        "$6::bigint) ON CONFLICT DO NOTHING",
        (const char *[]){bundle->manifest.store, digest, bundle->manifest.bundle, count, link,
                         entries},
        6, NULL, error);
}

static void tell(const struct receipt *receipt, bool taken, struct received *received)
{
    received->taken = taken;
    received->refused = (int64_t)receipt->refused_count;
    received->refusal = REFUSAL_COUNT;
    for (size_t i = 0; i < receipt->accepted_count; i++)
        received->accepted += receipt->accepted[i].to - receipt->accepted[i].from + 1;
    for (int i = 0; !taken && i < REFUSAL_COUNT; i++) {
        if (strcmp(refusal_id((enum refusal)i), receipt->refused[0].reason) == 0)
            received->refusal = (enum refusal)i;
    }
    if (!taken)
        snprintf(received->message, sizeof(received->message), "%s",
                 receipt->refused[0].message);
}

/* --- The transaction ---------------------------------------------------------------------- */

struct task {
    struct county *county;
    const struct desk *desk;
    const struct bundle *bundle;
    struct receiving receiving;
    struct holding holding;
    struct arena arena;
    struct receipt receipt;
    bool taken;
};

static enum status load_all(struct task *task, struct error *error)
{
    const char *store = task->bundle->manifest.store;
    struct holding *holding = &task->holding;
    enum status status;

    /* One receiver a store at a time: what is known stays so until the end. */
    status = county_query(task->county, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
                          (const char *[]){store}, 1, NULL, error);
    if (status == STATUS_OK)
        status = load_head(task->county, store, holding, error);
    if (status == STATUS_OK && holding->chain.count)
        status = load_people(task->county, store, holding, error);
    if (status == STATUS_OK)
        status = load_known(task->county, task->bundle, holding, error);
    if (status == STATUS_OK)
        status = load_taken(task->county, task->bundle, holding, error);
    return status;
}

static void refuse_stranger(struct task *task)
{
    struct refused *refused = arena_alloc(&task->arena, sizeof(*refused));

    *refused =
        (struct refused){0, "", refusal_id(REFUSAL_UNKNOWN), refusal_words(REFUSAL_UNKNOWN)};
    task->receipt = (struct receipt){.bundle = task->bundle->manifest.bundle,
                                     .store = task->bundle->manifest.store,
                                     .digest = task->receiving.digest,
                                     .by = task->receiving.name,
                                     .at = task->receiving.now,
                                     .refused = refused,
                                     .refused_count = 1};
}

/* Strangers get an answer, but no row: they could fill the disk with them. */
static enum status receive(struct task *task, struct buf *receipt, struct error *error)
{
    enum status status = load_all(task, error);
    int64_t before = task->holding.chain.count;
    bool admitted = strcmp(task->holding.certificate, task->receiving.signer) == 0;
    struct buf text = {0};

    if (status != STATUS_OK)
        return status;
    task->receiving.data = &task->holding;
    if (admitted)
        task->taken = receive_bundle(task->bundle, &task->receiving, &task->holding.chain,
                                     &task->arena, &task->receipt);
    else
        refuse_stranger(task);
    if (task->taken)
        status = register_keep(task->county, task->bundle, before, &task->receipt, error);
    if (task->taken && status == STATUS_OK)
        status = log_bundle(task->county, task->bundle, &task->receipt, error);
    if (status == STATUS_OK) {
        receipt_write(&task->receipt, &text);
        status = desk_sign(task->desk, &text, receipt, error);
    }
    if (status == STATUS_OK && admitted)
        status = log_receipt(task->county, &task->receipt, task->taken, receipt, error);
    buf_release(&text);
    return status;
}

static enum status receive_plain(struct task *task, struct received *received,
                                 struct buf *receipt, struct error *error)
{
    struct buf fresh = {0};
    enum status status = county_run(task->county, "BEGIN", error);

    if (status == STATUS_OK)
        status = county_end(task->county, receive(task, &fresh, error), error);
    if (status == STATUS_OK) {
        tell(&task->receipt, task->taken, received);
        buf_add(receipt, buf_text(&fresh), fresh.length);
    }
    buf_release(&fresh);
    return status;
}

/* The receipt of this very file, if it was taken before. */
static enum status find_receipt(struct county *county, const struct digest *digest,
                                struct received *received, struct buf *receipt,
                                struct error *error)
{
    char hex[DIGEST_HEX_SIZE + 2] = "\\x";
    PGresult *result;
    enum status status;

    digest_hex(digest, hex + 2);
    status = county_query(county,
                          "SELECT signed, refused, replace(store::text, '-', '') FROM receipt "
                          "WHERE digest = $1::bytea AND taken ORDER BY at LIMIT 1",
                          (const char *[]){hex}, 1, &result, error);
    if (status != STATUS_OK)
        return status;
    if (PQntuples(result) == 1) {
        size_t length;
        unsigned char *bytes =
            PQunescapeBytea((const unsigned char *)PQgetvalue(result, 0, 0), &length);

        if (bytes) {
            buf_add(receipt, bytes, length);
            received->taken = received->again = true;
            received->refusal = REFUSAL_COUNT;
            received->refused = number_at(result, 0, 1);
            snprintf(received->store, sizeof(received->store), "%s", PQgetvalue(result, 0, 2));
        }
        PQfreemem(bytes);
    }
    PQclear(result);
    return status;
}

enum status register_receive(struct county *county, const struct desk *desk,
                             const struct buf *file, struct received *ret_received,
                             struct buf *receipt, struct error *error)
{
    struct digest digest = digest_of(&(struct span){buf_text(file), file->length}, 1);
    struct task task = {.county = county, .desk = desk};
    struct received received = {0};
    struct bundle bundle = {0};
    struct buf plain = {0};
    enum status status = find_receipt(county, &digest, &received, receipt, error);

    if (status == STATUS_OK && !received.again)
        status = desk_open(desk, file, &plain, received.signer, error);
    if (status == STATUS_OK && !received.again)
        status = bundle_read(buf_text(&plain), plain.length, &bundle, error);
    if (status == STATUS_OK && !received.again) {
        snprintf(received.store, sizeof(received.store), "%s", bundle.manifest.store);
        task.bundle = &bundle;
        task.receiving = (struct receiving){.me = desk->fingerprint,
                                            .name = desk->name,
                                            .signer = received.signer,
                                            .digest = digest,
                                            .now = moment_now(),
                                            .known = known,
                                            .judge = judge};
        status = receive_plain(&task, &received, receipt, error);
    }
    if (status == STATUS_OK)
        *ret_received = received;
    holding_release(&task.holding);
    arena_release(&task.arena);
    bundle_release(&bundle);
    if (plain.text)
        secret_wipe(plain.text, plain.length);
    buf_release(&plain);
    return status;
}
