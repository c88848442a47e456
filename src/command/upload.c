/* SPDX-License-Identifier: MIT */
/* `discern upload`: what the receiver lacks, sent; and where every decision is. */
#include <string.h>

#include "command/leave.h"
#include "command/print.h"
#include "command/subcommands.h"

/* --- Where everything is ------------------------------------------------------------------ */

static json_t *status_json(const struct leaving *leaving, const size_t tally[STAGE_COUNT])
{
    json_t *object = body_object(), *stages = body_object();

    for (int i = 0; i < STAGE_COUNT; i++)
        body_put_number(stages, stage_id((enum stage)i), (long long)tally[i]);
    body_put(object, "stages", stages);
    if (leaving->accepted_at.us)
        body_put_moment(object, "accepted-at", leaving->accepted_at);
    body_put_number(object, "receiver-has", leaving->known.count);
    return object;
}

/* The decisions that did not arrive, each with where it is. */
static enum status print_open(struct context *context, struct store *store,
                              const struct leaving *leaving, struct error *error)
{
    enum status status = STATUS_OK;

    for (int64_t at = 1; status == STATUS_OK && at <= leaving->head.count; at++) {
        const struct reason *reason;
        struct arena arena = {0};
        struct entry entry;

        if (!leaving->newest[at] || leaving->stage[at] == STAGE_ACCEPTED)
            continue;
        status = store_entry(store, at, &arena, &entry, error);
        reason = leaving_reason(leaving, at);
        if (status == STATUS_OK)
            fprintf(context->out, "%s  %s%s%s\n", entry.reference,
                    stage_words((enum stage)leaving->stage[at]), reason ? ": " : "",
                    reason ? context_safe(context, reason->message) : "");
        arena_release(&arena);
    }
    return status;
}

static void print_tally(struct context *context, const struct leaving *leaving,
                        const size_t tally[STAGE_COUNT])
{
    char at[MOMENT_WORDS_SIZE];
    size_t all = 0;

    for (int i = 0; i < STAGE_COUNT; i++)
        all += tally[i];
    fprintf(context->out, "%zu of %zu decisions are accepted.\n", tally[STAGE_ACCEPTED], all);
    if (leaving->accepted_at.us) {
        moment_words(leaving->accepted_at, at);
        fprintf(context->out, "The newest receipt is of %s.\n", at);
    }
}

static enum status print_status(struct context *context, struct store *store,
                                const struct receiver *receiver, struct error *error)
{
    struct leaving leaving = {0};
    size_t tally[STAGE_COUNT];
    enum status status = leaving_load(store, receiver->all, &leaving, error);

    if (status != STATUS_OK)
        return status;
    leaving_tally(&leaving, tally);
    if (context_has(context, "--json")) {
        print_json(context->out, status_json(&leaving, tally));
    } else {
        status = print_open(context, store, &leaving, error);
        print_tally(context, &leaving, tally);
    }
    leaving_release(&leaving);
    return status;
}

/* --- Setting aside ------------------------------------------------------------------------ */

static enum status set_aside(struct context *context, struct store *store,
                             const struct leave *leave, bool aside, struct error *error)
{
    const char *reason = context_option(context, "--reason", 0);
    enum status status = STATUS_OK;

    if (!leave->contents.reference)
        return fail(error, STATUS_USAGE, NULL, "Say which decisions.");
    if (aside && !reason)
        return fail(error, STATUS_USAGE, NULL, "Say why with --reason TEXT.");
    for (size_t i = 0; status == STATUS_OK && i < leave->contents.count; i++)
        status =
            leaving_set_aside(store, leave->contents.reference[i], leave->receiver.fingerprint,
                              aside, reason ? reason : "", context->now, error);
    return status;
}

/* --- Sending ------------------------------------------------------------------------------ */

static void print_uploaded(struct context *context, const struct uploaded *uploaded)
{
    FILE *out = context->out;

    if (uploaded->bundles)
        fprintf(out, "Sent: %zu decisions and %zu documents in %zu bundles.\n",
                uploaded->decisions, uploaded->documents, uploaded->bundles);
    else
        fputs("There is nothing to send.\n", out);
    if (uploaded->receipts)
        fprintf(out, "Receipts taken in: %zu.\n", uploaded->receipts);
    if (uploaded->receipt_error.status != STATUS_OK)
        fprintf(out, "A receipt was not taken: %s\n",
                context_safe(context, uploaded->receipt_error.what));
    fprintf(out, "%zu of %zu decisions are accepted.\n", uploaded->accepted, uploaded->all);
    if (uploaded->refused)
        fprintf(out, "%zu were refused: `discern upload --status` says why.\n",
                uploaded->refused);
}

static enum status send(struct context *context, struct store *store, struct leave *leave,
                        struct error *error)
{
    struct upload upload = {.store = store,
                            .courier = &leave->courier,
                            .receiver = &leave->receiver,
                            .contents = &leave->contents,
                            .folder = leave->folder,
                            .route = &leave->route,
                            .now = context->now,
                            .again = context_has(context, "--again")};
    struct uploaded uploaded;
    enum status status;

    if (!upload.folder && !leave->route.url[0])
        return fail(
            error, STATUS_USAGE,
            "Name a folder or an address in the settings, or use `discern bundle make`.",
            "Upload is not set up.");
    status = leave_documents(context, store, leave, error);
    if (status != STATUS_OK)
        return status;
    status = upload_run(&upload, &uploaded, error);
    if (status == STATUS_OK || uploaded.bundles || uploaded.receipts)
        print_uploaded(context, &uploaded);
    return status;
}

enum status command_upload(struct context *context, struct error *error)
{
    bool aside = context_has(context, "--set-aside"), back = context_has(context, "--put-back");
    struct store *store;
    struct leave leave;
    enum status status = leave_read(context, &leave, error);

    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    if (aside || back)
        status = set_aside(context, store, &leave, aside, error);
    else if (!context_has(context, "--status"))
        status = send(context, store, &leave, error);
    if (status == STATUS_OK && (aside || back || context_has(context, "--status")))
        status = print_status(context, store, &leave.receiver, error);
    store_close(store);
    return status;
}
