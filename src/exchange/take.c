/* SPDX-License-Identifier: MIT */
/* The bundle of another store, checked and kept. */
#include "exchange/take.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/secret.h"
#include "exchange/carry.h"
#include "exchange/receive.h"
#include "record/json.h"

void taken_release(struct taken *taken)
{
    buf_release(&taken->receipt);
    *taken = (struct taken){0};
}

/* --- Opening ------------------------------------------------------------------------------ */

/* Everything that one taking-in works with. */
struct taking {
    struct store *store;
    const struct courier *courier;
    struct identity identity;
    char me[DIGEST_HEX_SIZE];
    char *signer, *fingerprint; /* of the certificate that signed: PEM, hexadecimal */
    struct buf plain;
    struct bundle bundle;
    struct chain chain; /* as it is known here, then as far as the bundle goes */
    int64_t before;     /* entries that were known */
    struct digest *link;
    struct arena arena;
};

static void taking_release(struct taking *taking)
{
    secret_free(taking->identity.key);
    free(taking->signer);
    free(taking->fingerprint);
    buf_wipe(&taking->plain);
    bundle_release(&taking->bundle);
    chain_release(&taking->chain);
    arena_release(&taking->arena);
}

static enum status open_envelope(struct taking *taking, const struct buf *file,
                                 struct error *error)
{
    struct buf out = {0};
    enum status status = send_open(taking->store, taking->courier, file, &taking->arena,
                                   &taking->identity, taking->me, &out, error);

    if (status == STATUS_OK) {
        taking->signer = parts_text(&out, "signer");
        taking->fingerprint = parts_text(&out, "fingerprint");
        parts_copy(&out, "plain", &taking->plain);
    }
    buf_wipe(&out);
    return status;
}

static enum status begin(struct taking *taking, const char *my_name, const struct buf *file,
                         struct moment now, struct error *error)
{
    enum status status = send_identity(taking->store, taking->courier, my_name, now, error);

    return status == STATUS_OK ? open_envelope(taking, file, error) : status;
}

enum status take_open(struct store *store, const struct courier *courier,
                      const struct buf *file, struct buf *out, struct error *error)
{
    struct taking taking = {.store = store, .courier = courier};
    enum status status = open_envelope(&taking, file, error);

    if (status == STATUS_NOT_FOUND)
        status = fail(error, STATUS_REFUSED, "Send it back to whoever it came from.",
                      "This store has no certificate yet, so nothing can be for it.");
    if (status == STATUS_OK)
        status =
            bundle_read(buf_text(&taking.plain), taking.plain.length, &taking.bundle, error);
    if (status == STATUS_OK)
        buf_add(out, buf_text(&taking.plain), taking.plain.length);
    taking_release(&taking);
    return status;
}

/* --- What is known of the other store ----------------------------------------------------- */

static enum status relearn(const struct foreign_entry *entry, void *data, struct error *error)
{
    struct taking *taking = data;
    struct link link = {
        .body = entry->body, .length = entry->length, .sequence = entry->sequence};

    snprintf(link.kind, sizeof(link.kind), "%s", entry->kind);
    taking->link[entry->sequence] = entry->link;
    return chain_learn(&taking->chain, &link, error);
}

static enum status load_known(struct taking *taking, const char *trust, struct error *error)
{
    const char *id = taking->bundle.manifest.store;
    struct foreign_store foreign;
    enum status status = store_foreign(taking->store, id, &taking->arena, &foreign, error);

    if (status == STATUS_NOT_FOUND) {
        if (trust && strcmp(trust, taking->fingerprint) == 0)
            return STATUS_OK;
        return fail(error, STATUS_REFUSED,
                    "Ask its owner, in person or by telephone, for the fingerprint of their "
                    "certificate, and give it with --trust.",
                    "The store that this is from is not known here. It says: %s, certificate "
                    "%s.",
                    taking->bundle.manifest.name, taking->fingerprint);
    }
    if (status != STATUS_OK)
        return status;
    taking->before = taking->chain.count = foreign.head.count;
    taking->chain.link = foreign.head.link;
    snprintf(taking->chain.store, sizeof(taking->chain.store), "%s", id);
    taking->link =
        arena_alloc(&taking->arena, ((size_t)foreign.head.count + 1) * sizeof(*taking->link));
    status = store_foreign_each(taking->store, id, NULL, NULL, relearn, taking, error);
    /* As long as its log names no certificate, it is the one that was trusted. */
    if (status == STATUS_OK && !taking->chain.certificate_count &&
        strcmp(foreign.fingerprint, taking->fingerprint) != 0)
        status = fail(error, STATUS_REFUSED, "Ask whoever keeps that store what they sent.",
                      "This bundle is not signed with the certificate that was trusted.");
    return status;
}

static bool known(int64_t sequence, struct digest *ret_link, void *data)
{
    const struct taking *taking = data;

    if (sequence < 1 || sequence > taking->before)
        return false;
    *ret_link = taking->link[sequence];
    return true;
}

/* One reference, one record: ours is not theirs. */
static enum refusal judge(const struct link *link, const json_t *body, void *data)
{
    const struct taking *taking = data;
    struct arena arena = {0};
    struct error error;
    struct row row;
    bool ours;

    (void)body;
    if (strcmp(link->kind, "record") != 0 || !link->reference[0])
        return REFUSAL_COUNT;
    ours = store_find(taking->store, link->reference, &arena, &row, &error) == STATUS_OK;
    arena_release(&arena);
    return ours ? REFUSAL_TAKEN : REFUSAL_COUNT;
}

/* --- Keeping ------------------------------------------------------------------------------ */

static bool was_refused(const struct receipt *receipt, int64_t sequence)
{
    for (size_t i = 0; i < receipt->refused_count; i++) {
        if (receipt->refused[i].sequence == sequence)
            return true;
    }
    return false;
}

static struct foreign_entry entry_of(const struct link *link, bool with_body)
{
    struct foreign_entry entry = {.sequence = link->sequence,
                                  .kind = link->kind,
                                  .reference = link->reference,
                                  .link = link->link};

    entry.evidence.head = link->head;
    entry.evidence.head_length = link->head_length;
    memcpy(entry.evidence.signature, link->signature, sizeof(entry.evidence.signature));
    memcpy(entry.evidence.salt, link->salt, sizeof(entry.evidence.salt));
    if (with_body) {
        entry.body = link->body;
        entry.length = link->length;
        entry.view = link->view;
        entry.view_length = link->view_length;
    }
    return entry;
}

static void compose_import(const struct taking *taking, const struct receipt *receipt,
                           struct moment now, struct buf *out)
{
    json_t *body = body_object();
    char hex[DIGEST_HEX_SIZE];

    body_put_number(body, "schema", RECORD_SCHEMA);
    body_put_text(body, "kind", entry_kind_id(ENTRY_IMPORT));
    body_put_text(body, "store", receipt->store);
    body_put_text(body, "name", taking->bundle.manifest.name);
    body_put_text(body, "certificate", taking->fingerprint);
    body_put_text(body, "bundle", receipt->bundle);
    digest_hex(&receipt->digest, hex);
    body_put_text(body, "digest", hex);
    body_put_moment(body, "at", now);
    ranges_put(body, "accepted", receipt->accepted, receipt->accepted_count);
    mark_put(body, "head", &receipt->head);
    body_write(body, out);
}

static enum status keep(struct taking *taking, const struct receipt *receipt, struct moment now,
                        struct taken *taken, struct error *error)
{
    const struct bundle *bundle = &taking->bundle;
    struct foreign_store foreign = {.id = bundle->manifest.store,
                                    .name = bundle->manifest.name,
                                    .certificate = taking->signer,
                                    .fingerprint = taking->fingerprint,
                                    .head.count = taking->before};
    struct foreign_entry *entry =
        arena_alloc(&taking->arena, bundle->count * sizeof(*entry) + 1);
    struct buf body = {0};
    enum status status;

    for (size_t i = 0; i < bundle->count; i++) {
        const struct link *link = &bundle->entry[i];

        entry[i] = entry_of(link, !was_refused(receipt, link->sequence));
        taken->entries += link->sequence > taking->before;
        taken->decisions +=
            (entry[i].body || entry[i].view) &&
            (strcmp(link->kind, "record") == 0 || strcmp(link->kind, "amendment") == 0);
    }
    compose_import(taking, receipt, now, &body);
    status = store_import(taking->store, &foreign, entry, bundle->count, buf_text(&body),
                          body.length, now, error);
    buf_release(&body);
    return status;
}

/* --- The receipt -------------------------------------------------------------------------- */

static enum status sign_receipt(struct taking *taking, const struct receipt *receipt,
                                struct buf *out, struct error *error)
{
    struct buf text = {0};
    enum status status;

    receipt_write(receipt, &text);
    status = send_seal(taking->courier, &taking->identity, NULL, &text, out, error);
    buf_release(&text);
    return status;
}

/* --- All ---------------------------------------------------------------------------------- */

static enum status check_sender(const struct taking *taking, struct error *error)
{
    char id[STORE_ID_HEX_SIZE];

    store_id(taking->store, id);
    if (strcmp(taking->bundle.manifest.store, id) == 0)
        return fail(error, STATUS_REFUSED, "Give it to whoever it is for.",
                    "This bundle is from this very store.");
    return STATUS_OK;
}

static enum status receive(struct taking *taking, const struct intake *intake,
                           const struct buf *file, struct taken *taken, struct error *error)
{
    struct receiving receiving = {
        .me = taking->me,
        .name = intake->name,
        .signer = taking->fingerprint,
        .digest = digest_of(&(struct span){buf_text(file), file->length}, 1),
        .now = intake->now,
        .known = known,
        .judge = judge,
        .data = taking};
    struct receipt receipt;
    bool again = false;
    enum status status = STATUS_OK;
    struct error ignored;
    bool good =
        receive_bundle(&taking->bundle, &receiving, &taking->chain, &taking->arena, &receipt);

    if (!good)
        status = fail(error,
                      strcmp(receipt.refused[0].reason, refusal_id(REFUSAL_GAP)) == 0
                          ? STATUS_NOT_FOUND
                          : STATUS_REFUSED,
                      "Keep it, and ask whoever sent it.", "This bundle is not taken: %s",
                      receipt.refused[0].message);
    if (status == STATUS_OK)
        status = store_imported(taking->store, &receipt.digest, &again, error);
    if (status == STATUS_OK && !again)
        status = keep(taking, &receipt, intake->now, taken, error);
    taken->nothing_new = again;
    taken->refused = receipt.refused_count;
    if (status == STATUS_OK)
        return sign_receipt(taking, &receipt, &taken->receipt, error);
    /* Whoever sent it is to know why it was not taken, if they can be told at all. */
    if (!good && sign_receipt(taking, &receipt, &taken->receipt, &ignored) != STATUS_OK)
        buf_clear(&taken->receipt);
    return status;
}

enum status take_in(const struct intake *intake, const struct buf *file,
                    struct taken *ret_taken, struct error *error)
{
    struct taking taking = {.store = intake->store, .courier = intake->courier};
    struct taken taken = {0};
    enum status status = begin(&taking, intake->name, file, intake->now, error);

    if (status == STATUS_OK)
        status =
            bundle_read(buf_text(&taking.plain), taking.plain.length, &taking.bundle, error);
    if (status == STATUS_OK) {
        snprintf(taken.store, sizeof(taken.store), "%s", taking.bundle.manifest.store);
        snprintf(taken.name, sizeof(taken.name), "%s", taking.bundle.manifest.name);
        snprintf(taken.certificate, sizeof(taken.certificate), "%s", taking.fingerprint);
        status = check_sender(&taking, error);
    }
    if (status == STATUS_OK)
        status = load_known(&taking, intake->trust, error);
    if (status == STATUS_OK)
        status = receive(&taking, intake, file, &taken, error);
    if (status == STATUS_OK && fingerprint_among(intake->reviewers, taking.fingerprint))
        status = carry_in(intake->store, taken.store, intake->now, &taken.reviews, error);
    taking_release(&taking);
    *ret_taken = taken;
    return status;
}

/* --- Files -------------------------------------------------------------------------------- */

static char *receipt_path(const char *file, const char *folder)
{
    const char *slash = strrchr(file, '/');
    char *path = folder ? path_join(folder, slash ? slash + 1 : file) : xstrdup(file);
    char *named = xasprintf("%s" RECEIPT_SUFFIX, path);

    free(path);
    return named;
}

/* A bundle that was not taken is the greater trouble of two. */
static enum status put_receipt(const char *path, const struct buf *receipt, enum status status,
                               char **ret_receipt, struct error *error)
{
    struct error ignored;
    enum status put = file_write(path, buf_text(receipt), receipt->length, true,
                                 status == STATUS_OK ? error : &ignored);

    if (put == STATUS_OK)
        *ret_receipt = xstrdup(path);
    return status == STATUS_OK ? put : status;
}

enum status take_file(const struct intake *intake, const char *path, const char *receipts,
                      struct taken *ret_taken, char **ret_receipt, struct error *error)
{
    struct buf file = {0};
    char *beside = receipt_path(path, receipts);
    enum status status = file_read(path, TAKE_MAX, &file, error);

    if (status == STATUS_OK) {
        status = take_in(intake, &file, ret_taken, error);
        if (ret_taken->receipt.length)
            status = put_receipt(beside, &ret_taken->receipt, status, ret_receipt, error);
    }
    buf_release(&file);
    free(beside);
    return status;
}
