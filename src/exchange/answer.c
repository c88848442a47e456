/* SPDX-License-Identifier: MIT */
/* Receipts checked against what was sent, and logged. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/send.h"
#include "record/json.h"

static enum status refused(const char *what, struct error *error)
{
    return fail(error, STATUS_REFUSED, "Ask the receiver for the receipt of this bundle.",
                "This receipt is not taken: %s.", what);
}

/* Opens the signature; whose it is must be the receiver's, under any of its certificates. */
static enum status open_receipt(const struct courier *courier, const struct receiver *receiver,
                                const struct buf *file, char signer[DIGEST_HEX_SIZE],
                                struct buf *plain, struct error *error)
{
    struct buf in = {0}, out = {0};
    char *fingerprint;
    enum status status;

    parts_put(&in, "sealed", buf_text(file), file->length);
    status = errand_run(courier, "open", &in, &out, NULL, error);
    fingerprint = parts_text(&out, "fingerprint");
    snprintf(signer, DIGEST_HEX_SIZE, "%s", fingerprint);
    if (status == STATUS_OK && !fingerprint_among(receiver->all, signer))
        status = refused("somebody else than the receiver signed it", error);
    if (status == STATUS_OK)
        parts_copy(&out, "plain", plain);
    free(fingerprint);
    buf_release(&in);
    buf_release(&out);
    return status;
}

/* Whether every entry of the list was in the bundle. */
static bool within(const struct made *made, int64_t from, int64_t to)
{
    for (size_t i = 0; i < made->range_count; i++) {
        if (from >= made->range[i].from && to <= made->range[i].to)
            return true;
    }
    return false;
}

static enum status check_lists(const struct made *made, const struct receipt *receipt,
                               struct error *error)
{
    for (size_t i = 0; i < receipt->accepted_count; i++) {
        if (!within(made, receipt->accepted[i].from, receipt->accepted[i].to))
            return refused("it accepts what was not in the bundle", error);
    }
    for (size_t i = 0; i < receipt->refused_count; i++) {
        int64_t at = receipt->refused[i].sequence;

        if (at && !within(made, at, at))
            return refused("it refuses what was not in the bundle", error);
    }
    return STATUS_OK;
}

/* The receiver is a witness: what it has seen of this log must still be there. */
static enum status check_head(struct store *store, const struct receipt *receipt,
                              struct error *error)
{
    struct arena arena = {0};
    struct entry entry;
    enum status status = STATUS_OK;

    if (receipt->head.count) {
        status = store_entry(store, receipt->head.count, &arena, &entry, error);
        if (status == STATUS_NOT_FOUND ||
            (status == STATUS_OK &&
             memcmp(entry.link.byte, receipt->head.link.byte, DIGEST_SIZE) != 0))
            status = fail(error, STATUS_DAMAGED,
                          "Keep the receipt, tell the guardian, and put the store back from a "
                          "backup.",
                          "The receiver has seen %lld entries of this log, and they are not "
                          "the ones that are here.",
                          (long long)receipt->head.count);
    }
    arena_release(&arena);
    return status;
}

static enum status check_receipt(struct store *store, const struct leaving *leaving,
                                 const struct receipt *receipt, struct error *error)
{
    const struct made *made = leaving_bundle(leaving, receipt->bundle);
    char id[STORE_ID_HEX_SIZE];
    enum status status;

    store_id(store, id);
    if (strcmp(receipt->store, id) != 0)
        return refused("it is for another store", error);
    if (!made)
        return refused("this store made no such bundle for this receiver", error);
    if (memcmp(made->digest.byte, receipt->digest.byte, DIGEST_SIZE) != 0)
        return refused("what arrived is not the bundle that was made", error);
    status = check_lists(made, receipt, error);
    return status == STATUS_OK ? check_head(store, receipt, error) : status;
}

/* Whether this very receipt is in the log. */
struct search {
    const struct buf *body;
    bool found;
};

static enum status compare(const struct entry *entry, void *data, struct error *error)
{
    struct search *search = data;

    (void)error;
    search->found =
        search->found ||
        (entry->kind == ENTRY_RECEIPT && entry->body && entry->length == search->body->length &&
         memcmp(entry->body, buf_text(search->body), entry->length) == 0);
    return STATUS_OK;
}

static enum status log_receipt(struct store *store, const char *signer, const struct buf *plain,
                               struct moment now, bool *ret_known, struct error *error)
{
    struct buf body = {0};
    struct search search = {.body = &body};
    json_t *object;
    enum status status = body_read(buf_text(plain), plain->length, "receipt", &object, error);

    if (status != STATUS_OK)
        return status;
    body_put_text(object, "from", signer);
    body_write(object, &body);
    status = store_each_leaving(store, compare, &search, error);
    if (status == STATUS_OK && !search.found)
        status = store_append(store, ENTRY_RECEIPT, NULL, buf_text(&body), body.length, now,
                              NULL, error);
    if (status == STATUS_OK)
        *ret_known = search.found;
    buf_release(&body);
    return status;
}

enum status receipt_look(const struct courier *courier, const struct receiver *receiver,
                         const struct buf *file, struct arena *arena,
                         struct receipt *ret_receipt, struct error *error)
{
    struct buf plain = {0};
    char signer[DIGEST_HEX_SIZE];
    enum status status = open_receipt(courier, receiver, file, signer, &plain, error);

    if (status == STATUS_OK)
        status = receipt_read(buf_text(&plain), plain.length, arena, ret_receipt, error);
    buf_release(&plain);
    return status;
}

enum status receipt_take(struct store *store, const struct courier *courier,
                         const struct receiver *receiver, const struct buf *file,
                         struct moment now, struct arena *arena, struct receipt *ret_receipt,
                         bool *ret_known, struct error *error)
{
    struct leaving leaving = {0};
    struct buf plain = {0};
    struct receipt receipt;
    char signer[DIGEST_HEX_SIZE];
    enum status status = open_receipt(courier, receiver, file, signer, &plain, error);

    if (status == STATUS_OK)
        status = receipt_read(buf_text(&plain), plain.length, arena, &receipt, error);
    if (status == STATUS_OK)
        status = leaving_load(store, receiver->all, &leaving, error);
    if (status == STATUS_OK)
        status = check_receipt(store, &leaving, &receipt, error);
    if (status == STATUS_OK)
        status = log_receipt(store, signer, &plain, now, ret_known, error);
    if (status == STATUS_OK)
        *ret_receipt = receipt;
    leaving_release(&leaving);
    buf_release(&plain);
    return status;
}
