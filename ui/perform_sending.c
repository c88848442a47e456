/* SPDX-License-Identifier: MIT */
/* Uploads, bundles by hand, receipts and what other stores send, between the app and exchange.
 * Shows nothing: while an upload runs, what watches it does. */
#include "ui/perform_sending.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "command/leave.h"
#include "exchange/take.h"

#define RECEIPT_FILE_MAX (RECEIPT_MAX + ((size_t)1 << 16))

/* --- To whom and how -------------------------------------------------------------------------
 */

static enum status find_peers(struct performer *performer, struct sending *sending,
                              struct error *error)
{
    struct foreign_store *list;
    size_t found = 0;
    enum status status =
        store_foreign_all(performer->store, &sending->arena, &list, &found, error);
    if (status != STATUS_OK || store_me(performer->store)->role == ROLE_PRACTITIONER)
        return status;
    sending->peer = arena_alloc(&sending->arena, (found + 1) * sizeof *sending->peer);
    for (size_t n = 0; n < found; n++)
        sending->peer[sending->peer_count++] = (struct world_peer){list[n].id, list[n].name};
    return STATUS_OK;
}

static enum status prepare(struct performer *performer, struct app *app, struct error *error)
{
    struct sending *sending = &app->world.sending;
    const struct settings *settings = performer->settings;
    const char *path = setting(settings, SETTING_UPLOAD_RECEIVER);
    struct leave leave;
    struct error why;
    enum status status = perform_counts(performer, &app->world, error);
    if (status != STATUS_OK)
        return status;
    arena_release(&sending->arena);
    sending->peer_count = 0;
    sending->problem = sending->remedy = "";
    sending->folder = setting(settings, SETTING_UPLOAD_FOLDER);
    sending->url = setting(settings, SETTING_UPLOAD_URL);
    sending->redact = setting(settings, SETTING_UPLOAD_REDACT);
    sending->ready = false;
    if (app->world.practice)
        return STATUS_OK;
    leave_settings(settings, &sending->arena, &leave);
    sending->ready =
        path[0] != '\0' && leave_receiver(path, &sending->arena, &leave, &why) == STATUS_OK;
    if (path[0] != '\0' && !sending->ready) {
        sending->problem = arena_strdup(&sending->arena, why.what);
        sending->remedy = arena_strdup(&sending->arena, why.remedy);
    } else if (sending->ready) {
        sending->receiver = arena_strdup(&sending->arena, leave.receiver.name);
        sending->fingerprint = arena_strdup(&sending->arena, leave.receiver.fingerprint);
    }
    return find_peers(performer, sending, error);
}

/* --- Sending
 * ----------------------------------------------------------------------------------- */

/* An upload while it runs. */
struct running {
    const struct performer *performer;
    struct sending *sending;
    struct uploaded uploaded;
};

static bool on_progress(int64_t done, int64_t total, void *data)
{
    struct running *running = data;
    struct sending *sending = running->sending;
    sending->done = done;
    sending->total = total;
    sending->bundles = (long long)running->uploaded.bundles;
    sending->decisions = (long long)running->uploaded.decisions;
    if (running->performer->watch != NULL)
        running->performer->watch(running->performer->watch_data);
    return !sending->stop;
}

/* The store of that id receives reviews of its decisions. */
static enum status to_peer(struct performer *performer, const char *id, struct arena *arena,
                           struct leave *leave, struct error *error)
{
    struct foreign_store foreign;
    enum status status = store_foreign(performer->store, id, arena, &foreign, error);
    leave->contents.only_verdicts = true;
    return status == STATUS_OK
               ? receiver_read(&leave->courier, foreign.certificate, &leave->receiver, error)
               : status;
}

static enum status configure(struct performer *performer, const struct sending_wish *wish,
                             struct arena *arena, struct leave *leave, struct error *error)
{
    const struct settings *settings = performer->settings;
    enum status status;
    leave_settings(settings, arena, leave);
    status = leave_redact(wish->redact != NULL ? wish->redact
                                               : setting(settings, SETTING_UPLOAD_REDACT),
                          arena, leave, error);
    if (status != STATUS_OK)
        return status;
    if (wish->peer != NULL)
        return to_peer(performer, wish->peer, arena, leave, error);
    return leave_receiver(setting(settings, SETTING_UPLOAD_RECEIVER), arena, leave, error);
}

static void bring_result(struct sending *sending, const struct uploaded *uploaded,
                         const struct upload *upload, bool reviews)
{
    const struct error *problem = &uploaded->receipt_error;
    struct arena *arena = &sending->result_arena;
    bool none = problem->status == STATUS_OK;
    sending->result = (struct sent_result){
        .kind = reviews ? SENT_REVIEWS : SENT_UPLOAD,
        .bundles = (long long)uploaded->bundles,
        .decisions = (long long)uploaded->decisions,
        .receipts = (long long)uploaded->receipts,
        .place = arena_strdup(arena, upload->folder ? upload->folder : upload->route->url),
        .problem = none ? "" : arena_strdup(arena, problem->what),
        .remedy = none ? "" : arena_strdup(arena, problem->remedy),
    };
}

static enum status upload(struct performer *performer, struct app *app, struct moment now,
                          struct error *error)
{
    struct sending *sending = &app->world.sending;
    const struct sending_wish *wish = &app->wish.sending;
    struct running running = {.performer = performer, .sending = sending};
    struct arena arena = {0};
    struct error ignored;
    struct leave leave;
    enum status status = configure(performer, wish, &arena, &leave, error);
    struct upload upload = {.store = performer->store,
                            .courier = &leave.courier,
                            .receiver = &leave.receiver,
                            .contents = &leave.contents,
                            .folder = wish->folder != NULL ? wish->folder : leave.folder,
                            .route = &leave.route,
                            .now = now,
                            .again = wish->folder != NULL};
    leave.courier.progress = on_progress;
    leave.courier.data = &running;
    sending->done = sending->total = sending->bundles = sending->decisions = 0;
    if (status == STATUS_OK)
        status = upload_run(&upload, &running.uploaded, error);
    arena_release(&sending->result_arena);
    bring_result(sending, &running.uploaded, &upload, wish->peer != NULL);
    if (wish->peer == NULL && perform_counts(performer, &app->world, &ignored) != STATUS_OK)
        sending->ready = false;
    arena_release(&arena);
    return status;
}

/* --- Taking in
 * --------------------------------------------------------------------------------- */

static enum status take_receipt(struct performer *performer, const struct sending_wish *wish,
                                const struct leave *leave, struct moment now,
                                struct sending *sending, struct error *error)
{
    struct arena *arena = &sending->result_arena;
    struct buf file = {0};
    struct receipt receipt;
    bool known = false;
    enum status status = file_read(wish->file, RECEIPT_FILE_MAX, &file, error);
    if (status == STATUS_OK)
        status = receipt_take(performer->store, &leave->courier, &leave->receiver, &file, now,
                              arena, &receipt, &known, error);
    buf_release(&file);
    if (status != STATUS_OK)
        return status;
    sending->result = (struct sent_result){.kind = SENT_RECEIPT,
                                           .from = receipt.by,
                                           .refused = (long long)receipt.refused_count,
                                           .known = known,
                                           .place = "",
                                           .problem = ""};
    for (size_t n = 0; n < receipt.accepted_count; n++)
        sending->result.entries += receipt.accepted[n].to - receipt.accepted[n].from + 1;
    return STATUS_OK;
}

static enum status take_bundle(struct performer *performer, const struct sending_wish *wish,
                               const struct leave *leave, struct moment now,
                               struct sending *sending, struct error *error)
{
    const struct settings *settings = performer->settings;
    struct intake intake = {.store = performer->store,
                            .courier = &leave->courier,
                            .name = leave_name(settings),
                            .trust = wish->trust[0] != '\0' ? wish->trust : NULL,
                            .reviewers = setting(settings, SETTING_UPLOAD_REVIEWERS),
                            .now = now};
    struct arena *arena = &sending->result_arena;
    struct taken taken = {0};
    char *receipt = NULL;
    enum status status = take_file(&intake, wish->file, NULL, &taken, &receipt, error);
    if (status == STATUS_OK)
        sending->result =
            (struct sent_result){.kind = SENT_TAKEN,
                                 .from = arena_strdup(arena, taken.name),
                                 .decisions = (long long)taken.decisions,
                                 .entries = (long long)taken.entries,
                                 .reviews = (long long)taken.reviews,
                                 .refused = (long long)taken.refused,
                                 .known = taken.nothing_new,
                                 .place = receipt != NULL ? arena_strdup(arena, receipt) : "",
                                 .problem = ""};
    taken_release(&taken);
    free(receipt);
    return status;
}

static bool is_receipt(const char *path)
{
    size_t length = strlen(path), suffix = strlen(RECEIPT_SUFFIX);
    return length > suffix && strcmp(path + length - suffix, RECEIPT_SUFFIX) == 0;
}

static enum status take(struct performer *performer, struct app *app, struct moment now,
                        struct error *error)
{
    const struct sending_wish *wish = &app->wish.sending;
    struct sending *sending = &app->world.sending;
    struct arena arena = {0};
    struct leave leave;
    enum status status = STATUS_OK;
    leave_settings(performer->settings, &arena, &leave);
    arena_release(&sending->result_arena);
    if (is_receipt(wish->file)) {
        status = leave_receiver(setting(performer->settings, SETTING_UPLOAD_RECEIVER), &arena,
                                &leave, error);
        if (status == STATUS_OK)
            status = take_receipt(performer, wish, &leave, now, sending, error);
    } else {
        status = take_bundle(performer, wish, &leave, now, sending, error);
    }
    arena_release(&arena);
    return status;
}

enum status perform_sending(struct performer *performer, struct app *app,
                            enum effect_kind effect, struct moment now, struct error *error)
{
    switch (effect) {
    case EFFECT_SENDING:
        return prepare(performer, app, error);
    case EFFECT_UPLOAD:
        return upload(performer, app, now, error);
    case EFFECT_WHERE:
        return perform_where(performer, app, error);
    case EFFECT_ASIDE:
        return perform_aside(performer, app, now, error);
    case EFFECT_TAKE:
        return take(performer, app, now, error);
    default:
        return STATUS_OK;
    }
}
