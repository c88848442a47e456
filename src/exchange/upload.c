/* SPDX-License-Identifier: MIT */
/* Sending as one act: bundles made, carried, logged; receipts fetched, checked, logged. */
#include "exchange/upload.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

#define RECEIPT_FILE_MAX (RECEIPT_MAX + ((size_t)1 << 16))

static enum status deliver(const struct upload *upload, const struct parcel *parcel,
                           struct uploaded *uploaded, struct error *error)
{
    enum trouble trouble = TROUBLE_CUT;
    enum status status;
    char *path = NULL;

    if (upload->folder)
        status = parcel_put(parcel, upload->folder, &path, error);
    else
        status = parcel_carry(parcel, upload->courier, upload->route, &trouble, error);
    if (status == STATUS_OK)
        status = leaving_log_sent(upload->store, parcel->id,
                                  upload->folder ? "folder" : upload->route->url, upload->now,
                                  error);
    else if (!upload->folder)
        uploaded->stopped_for_good = !trouble_again(trouble);
    free(path);
    if (status == STATUS_OK) {
        uploaded->bundles++;
        uploaded->decisions += parcel->decisions;
        uploaded->documents += parcel->documents;
    }
    return status;
}

/* --- What is on its way ------------------------------------------------------------------- */

/* Decisions of a bundle that was made before: what each says now. */
static size_t decisions_of(const struct leaving *leaving, const struct made *made)
{
    size_t count = 0;

    for (size_t i = 0; i < made->range_count; i++) {
        for (int64_t at = made->range[i].from; at <= made->range[i].to; at++)
            count += leaving->newest[at];
    }
    return count;
}

static enum status deliver_outgoing(const struct upload *upload,
                                    const struct outgoing *outgoing,
                                    const struct leaving *leaving, struct uploaded *uploaded,
                                    struct error *error)
{
    const struct made *made = leaving_bundle(leaving, outgoing->bundle);
    struct parcel parcel = {0};
    enum status status = STATUS_OK;

    snprintf(parcel.id, sizeof(parcel.id), "%s", outgoing->bundle);
    snprintf(parcel.name, sizeof(parcel.name), "%s", outgoing->name);
    buf_add(&parcel.sealed, outgoing->sealed, outgoing->length);
    if (made && !made->sent) {
        parcel.decisions = decisions_of(leaving, made);
        status = deliver(upload, &parcel, uploaded, error);
    }
    if (status == STATUS_OK)
        status = store_outgoing_drop(upload->store, outgoing->bundle, error);
    parcel_release(&parcel);
    return status;
}

static enum status send_outgoing(const struct upload *upload, struct uploaded *uploaded,
                                 struct error *error)
{
    const char *to = upload->receiver->fingerprint;
    enum status status = STATUS_OK;

    while (status == STATUS_OK) {
        struct leaving leaving = {0};
        struct arena arena = {0};
        struct outgoing outgoing;

        status = store_outgoing(upload->store, to, &arena, &outgoing, error);
        if (status == STATUS_OK)
            status = leaving_load(upload->store, upload->receiver->all, &leaving, error);
        if (status == STATUS_OK)
            status = deliver_outgoing(upload, &outgoing, &leaving, uploaded, error);
        leaving_release(&leaving);
        arena_release(&arena);
    }
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* --- What was not sent yet ---------------------------------------------------------------- */

static enum status tally_now(const struct upload *upload, size_t tally[STAGE_COUNT],
                             struct error *error)
{
    struct leaving leaving = {0};
    enum status status = leaving_load(upload->store, upload->receiver->all, &leaving, error);

    if (status == STATUS_OK)
        leaving_tally(&leaving, tally);
    leaving_release(&leaving);
    return status;
}

/* Whether a decision, or something that happened to one, is in no bundle that was sent; or is
 * to be sent again, and is not in one that just went. */
static enum status anything_new(const struct upload *upload, const struct uploaded *uploaded,
                                bool *ret_new, struct error *error)
{
    size_t tally[STAGE_COUNT];
    enum status status = tally_now(upload, tally, error);

    if (status == STATUS_OK)
        *ret_new = (upload->again && !uploaded->bundles) || upload->contents->reference ||
                   upload->contents->document_count || tally[STAGE_SENT] == 0 ||
                   tally[STAGE_FINAL] || tally[STAGE_WAITING];
    return status;
}

static enum status send_parcel(const struct upload *upload, const struct parcel *parcel,
                               struct uploaded *uploaded, struct error *error)
{
    struct outgoing outgoing = {parcel->id, parcel->name, buf_text(&parcel->sealed),
                                parcel->sealed.length};
    enum status status =
        store_outgoing_keep(upload->store, upload->receiver->fingerprint, &outgoing, error);

    if (status == STATUS_OK)
        status = deliver(upload, parcel, uploaded, error);
    if (status == STATUS_OK)
        status = store_outgoing_drop(upload->store, parcel->id, error);
    return status;
}

static enum status send_new(const struct upload *upload, struct uploaded *uploaded,
                            struct error *error)
{
    struct mark end, *after = NULL;
    bool more = true;
    enum status status = anything_new(upload, uploaded, &more, error);

    while (status == STATUS_OK && more) {
        struct parcel parcel = {0};

        status = parcel_make(upload->store, upload->courier, upload->receiver, upload->contents,
                             after, upload->now, &parcel, &end, error);
        if (status == STATUS_OK) {
            status = send_parcel(upload, &parcel, uploaded, error);
            more = parcel.more;
            after = &end;
        } else if (status == STATUS_NOT_FOUND && !upload->contents->reference) {
            status = STATUS_OK;
            more = false;
        }
        parcel_release(&parcel);
    }
    return status;
}

/* --- Receipts ----------------------------------------------------------------------------- */

static enum status get_receipt(const struct upload *upload, const char *name, struct buf *out,
                               bool *ret_for_good, struct error *error)
{
    enum trouble trouble = TROUBLE_CUT;
    char *file = xasprintf("%s" RECEIPT_SUFFIX, name), *path = NULL;
    enum status status;

    if (upload->folder) {
        path = path_join(upload->folder, file);
        status = file_read(path, RECEIPT_FILE_MAX, out, error);
    } else {
        status = receipt_fetch(upload->courier, upload->route, file, out, &trouble, error);
        *ret_for_good = status != STATUS_OK && !trouble_again(trouble);
    }
    free(path);
    free(file);
    return status;
}

/* A receipt that cannot be taken stops neither the others nor what was sent. */
static enum status take_one(const struct upload *upload, const struct made *made,
                            struct uploaded *uploaded, struct error *error)
{
    char store[STORE_ID_HEX_SIZE], name[128];
    struct arena arena = {0};
    struct buf file = {0};
    struct receipt receipt;
    bool known = false;
    enum status status;

    store_id(upload->store, store);
    parcel_name(store, made->head.count, made->id, name);
    status = get_receipt(upload, name, &file, &uploaded->stopped_for_good, error);
    if (status == STATUS_OK) {
        status = receipt_take(upload->store, upload->courier, upload->receiver, &file,
                              upload->now, &arena, &receipt, &known, error);
        if (status == STATUS_OK)
            uploaded->receipts += !known;
        else if (status != STATUS_IO && status != STATUS_DAMAGED) {
            uploaded->receipt_error = *error;
            status = STATUS_OK;
        }
    }
    buf_release(&file);
    arena_release(&arena);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status take_receipts(const struct upload *upload, struct uploaded *uploaded,
                                 struct error *error)
{
    struct leaving leaving = {0};
    enum status status = leaving_load(upload->store, upload->receiver->all, &leaving, error);

    for (size_t i = 0; status == STATUS_OK && i < leaving.made_count; i++) {
        if (leaving.made[i].sent && !leaving.made[i].answered)
            status = take_one(upload, &leaving.made[i], uploaded, error);
    }
    leaving_release(&leaving);
    return status;
}

/* --- All ---------------------------------------------------------------------------------- */

static enum status count_all(const struct upload *upload, struct uploaded *uploaded,
                             struct error *error)
{
    size_t tally[STAGE_COUNT];
    enum status status = tally_now(upload, tally, error);

    if (status != STATUS_OK)
        return status;
    uploaded->all = 0;
    for (int i = 0; i < STAGE_COUNT; i++)
        uploaded->all += tally[i];
    uploaded->accepted = tally[STAGE_ACCEPTED];
    uploaded->refused = tally[STAGE_REFUSED];
    return STATUS_OK;
}

static enum status run(const struct upload *upload, struct uploaded *uploaded,
                       struct error *error)
{
    /* A receipt that has come meanwhile may leave nothing to send. */
    enum status status = take_receipts(upload, uploaded, error);

    if (status == STATUS_OK)
        status = send_outgoing(upload, uploaded, error);
    if (status == STATUS_OK)
        status = send_new(upload, uploaded, error);
    if (status == STATUS_OK)
        status = take_receipts(upload, uploaded, error);
    return status;
}

enum status upload_run(const struct upload *upload, struct uploaded *ret_uploaded,
                       struct error *error)
{
    struct error ignored;
    enum status status;
    int turn;

    *ret_uploaded = (struct uploaded){0};
    status = store_outgoing_turn(upload->store, &turn, error);
    if (status != STATUS_OK)
        return status;
    status = run(upload, ret_uploaded, error);
    close(turn);
    if (status == STATUS_OK)
        return count_all(upload, ret_uploaded, error);
    if (count_all(upload, ret_uploaded, &ignored) != STATUS_OK)
        ret_uploaded->all = 0;
    return status;
}
