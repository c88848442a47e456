/* SPDX-License-Identifier: MIT */
/* One bundle received: opened, followed from where the register's copy of that chain ends,
 * judged, kept and answered for, all in one transaction. */
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "exchange/register_holding.h"
#include "record/json.h"
#include "record/review.h"

static bool known(int64_t sequence, struct digest *ret_link, void *data)
{
    const struct holding *holding = data;
    int row = find_row(holding->known, sequence);

    return row >= 0 &&
           hex_read(PQgetvalue(holding->known, row, KNOWN_LINK), ret_link->byte, DIGEST_SIZE);
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

/* What the tables have of it is made while it is there to be read. */
static void note(const struct link *link, const json_t *body, struct holding *holding,
                 struct judged *judged)
{
    static const char *const moving[] = {"record", "amendment", "review", "carried", "erasure"};
    enum verdict verdict;
    enum role role;
    size_t kind = 0;

    *judged =
        (struct judged){.kept = true, .role = "", .verdict = "", .row = holding->rows.length};
    while (kind < COUNT(moving) && strcmp(moving[kind], link->kind) != 0)
        kind++;
    judged->moves = kind < COUNT(moving) && link->reference[0];
    if (!judged->moves)
        return;
    if (kind < 2) {
        judged->countersign = body_flag(body, "countersign");
        row_put(link, body, &holding->rows);
        judged->row_length = holding->rows.length - judged->row;
    } else if (verdict_parse(body_text(body, "verdict"), &verdict)) {
        /* One that was carried home counts as its reviewer's. */
        role = link->role;
        if (kind == 3 && !role_parse(body_text(body, "role"), &role))
            return;
        judged->role = role_id(role);
        judged->verdict = verdict_id(verdict);
    }
}

static enum refusal judge(const struct link *link, const json_t *body, void *data)
{
    struct holding *holding = data;
    enum refusal refusal =
        find_row(holding->taken, link->sequence) >= 0 ? REFUSAL_TAKEN : judge_body(link, body);

    if (refusal == REFUSAL_COUNT)
        note(link, body, holding, &holding->judged[link - holding->bundle->entry]);
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

/* Of the certificate that was admitted, or of any that its chain names with it. Asked before a
 * bundle could say so of itself; bundle_follow asks which of them counts where it ends. */
static bool is_vouched(const struct task *task)
{
    const struct holding *holding = &task->holding;

    return strcmp(holding->certificate, task->receiving.signer) == 0 ||
           chain_names(&holding->chain, holding->certificate);
}

static bool is_stranger(const struct task *task)
{
    const struct holding *holding = &task->holding;

    return !task->taken && strcmp(holding->certificate, task->receiving.signer) != 0 &&
           !chain_names(&holding->chain, task->receiving.signer);
}

/* Strangers get an answer, but no row: they could fill the disk with them. */
static enum status receive(struct task *task, struct buf *receipt, struct error *error)
{
    enum status status = holding_load(task->county, task->bundle, &task->holding, error);
    int64_t before = task->holding.chain.count;
    struct buf text = {0};

    if (status != STATUS_OK)
        return status;
    task->receiving.data = &task->holding;
    if (is_vouched(task))
        task->taken = receive_bundle(task->bundle, &task->receiving, &task->holding.chain,
                                     &task->arena, &task->receipt);
    else
        refuse_stranger(task);
    if (task->taken)
        status = register_keep(task->county, &task->holding, before, error);
    if (task->taken && status == STATUS_OK)
        status = register_stand(task->county, &task->holding, error);
    if (task->taken && status == STATUS_OK)
        status = log_bundle(task->county, task->bundle, &task->receipt, error);
    if (status == STATUS_OK) {
        receipt_write(&task->receipt, &text);
        status = desk_sign(task->desk, &text, receipt, error);
    }
    if (status == STATUS_OK && !is_stranger(task))
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
    buf_wipe(&plain);
    return status;
}
