/* SPDX-License-Identifier: MIT */
/* Receiver and wish, as options and settings have them. */
#include "command/leave.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

#define PEM_MAX ((size_t)1 << 16)

/* How far the courier is, on a terminal. */
struct shown {
    FILE *err;
    int64_t done; /* as it was shown last */
};

static bool show_progress(int64_t done, int64_t total, void *data)
{
    struct shown *shown = data;

    if (done != shown->done && isatty(fileno(shown->err)))
        fprintf(shown->err, "%lld of %lld bytes\n", (long long)done, (long long)total);
    shown->done = done;
    return true;
}

void leave_courier(struct context *context, struct courier *ret_courier)
{
    struct shown *shown = arena_alloc(&context->arena, sizeof(*shown));
    char *path = courier_find();

    shown->err = context->err;
    *ret_courier = (struct courier){
        .path = arena_strdup(&context->arena, path), .progress = show_progress, .data = shown};
    free(path);
}

const char *leave_name(struct context *context)
{
    const char *name = setting(&context->settings, SETTING_ORGANISATION);

    return name[0] ? name : "Discern";
}

enum status leave_check(const struct context *context, struct error *error)
{
    if (!context_has(context, "--practice"))
        return STATUS_OK;
    return fail(error, STATUS_REFUSED, "Leave out --practice.",
                "What is made in practice never leaves.");
}

static enum status read_references(struct context *context, struct wish *wish,
                                   struct error *error)
{
    const char **list =
        arena_alloc(&context->arena, (context->operand_count + 1) * sizeof(*list));

    for (size_t i = 0; i < context->operand_count; i++) {
        char reference[REFERENCE_SIZE];
        enum status status = context_reference(context->operand[i], reference, error);

        if (status != STATUS_OK)
            return status;
        list[i] = arena_strdup(&context->arena, reference);
    }
    wish->reference = context->operand_count ? list : NULL;
    wish->count = context->operand_count;
    return STATUS_OK;
}

/* The fields of the options, and those of the settings. */
static enum status read_redact(struct context *context, struct wish *wish, struct error *error)
{
    const char **list = arena_alloc(&context->arena, REDACTED_MAX * sizeof(*list));
    char *fixed =
        arena_strdup(&context->arena, setting(&context->settings, SETTING_UPLOAD_REDACT));
    const char *option;
    char *rest = fixed, *word;
    size_t count = 0;

    for (size_t i = 0; (option = context_option(context, "--redact", i)) != NULL; i++) {
        if (count < REDACTED_MAX)
            list[count++] = option;
    }
    while ((word = strtok_r(rest, " ,", &rest)) != NULL) {
        if (count < REDACTED_MAX)
            list[count++] = word;
    }
    if (count == REDACTED_MAX)
        return fail(error, STATUS_USAGE, NULL, "At most %d fields can be left out.",
                    REDACTED_MAX - 1);
    wish->redact = list;
    wish->redact_count = count;
    return STATUS_OK;
}

static enum status read_receiver(struct context *context, struct leave *leave,
                                 struct error *error)
{
    const char *path = context_option(context, "--receiver", 0);
    struct buf pem = {0};
    enum status status;

    if (!path)
        path = setting(&context->settings, SETTING_UPLOAD_RECEIVER);
    if (!path[0])
        return fail(error, STATUS_USAGE,
                    "Name the file with their certificate with --receiver, or in the settings.",
                    "It is not known who receives.");
    status = file_read(path, PEM_MAX, &pem, error);
    if (status == STATUS_OK)
        status = receiver_read(&leave->courier, arena_strdup(&context->arena, buf_text(&pem)),
                               &leave->receiver, error);
    buf_release(&pem);
    return status;
}

static void read_route(const struct context *context, struct route *route)
{
    const struct settings *settings = &context->settings;

    *route = (struct route){.url = setting(settings, SETTING_UPLOAD_URL),
                            .authority = setting(settings, SETTING_UPLOAD_AUTHORITY),
                            .proxy = setting(settings, SETTING_UPLOAD_PROXY),
                            .user = setting(settings, SETTING_UPLOAD_USER),
                            .password_file = setting(settings, SETTING_UPLOAD_PASSWORD),
                            .client_certificate = setting(settings, SETTING_UPLOAD_CERTIFICATE),
                            .client_key = setting(settings, SETTING_UPLOAD_KEY),
                            .known_hosts = setting(settings, SETTING_UPLOAD_HOSTS),
                            .timeout = setting(settings, SETTING_UPLOAD_TIMEOUT)};
}

enum status leave_read(struct context *context, struct leave *ret_leave, struct error *error)
{
    struct leave leave = {0};
    enum status status = leave_check(context, error);

    leave_courier(context, &leave.courier);
    leave.wish.name = leave_name(context);
    leave.wish.only_verdicts = context_has(context, "--reviews");
    read_route(context, &leave.route);
    if (status == STATUS_OK)
        status = read_redact(context, &leave.wish, error);
    if (status == STATUS_OK)
        status = read_receiver(context, &leave, error);
    if (status == STATUS_OK)
        *ret_leave = leave;
    return status == STATUS_OK ? read_references(context, &ret_leave->wish, error) : status;
}
