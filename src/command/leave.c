/* SPDX-License-Identifier: MIT */
/* Receiver and contents, as options and settings have them. */
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

static const char *courier_path(struct arena *arena)
{
    char *path = courier_find();
    const char *kept = arena_strdup(arena, path);

    free(path);
    return kept;
}

static void show_courier(struct context *context, struct courier *ret_courier)
{
    struct shown *shown = arena_alloc(&context->arena, sizeof(*shown));

    shown->err = context->err;
    *ret_courier = (struct courier){
        .path = courier_path(&context->arena), .progress = show_progress, .data = shown};
}

/* --- Settings ----------------------------------------------------------------------------- */

const char *leave_name(const struct settings *settings)
{
    const char *name = setting(settings, SETTING_ORGANISATION);

    return name[0] ? name : "Discern";
}

void leave_settings(const struct settings *settings, struct arena *arena,
                    struct leave *ret_leave)
{
    const char *folder = setting(settings, SETTING_UPLOAD_FOLDER);

    *ret_leave = (struct leave){.courier.path = courier_path(arena),
                                .contents.name = leave_name(settings),
                                .folder = folder[0] ? folder : NULL};
    ret_leave->route =
        (struct route){.url = setting(settings, SETTING_UPLOAD_URL),
                       .authority = setting(settings, SETTING_UPLOAD_AUTHORITY),
                       .user = setting(settings, SETTING_UPLOAD_USER),
                       .password_file = setting(settings, SETTING_UPLOAD_PASSWORD),
                       .proxy = setting(settings, SETTING_UPLOAD_PROXY),
                       .proxy_user = setting(settings, SETTING_UPLOAD_PROXY_USER),
                       .proxy_password_file = setting(settings, SETTING_UPLOAD_PROXY_PASSWORD),
                       .client_certificate = setting(settings, SETTING_UPLOAD_CERTIFICATE),
                       .client_key = setting(settings, SETTING_UPLOAD_KEY),
                       .known_hosts = setting(settings, SETTING_UPLOAD_HOSTS),
                       .timeout = setting(settings, SETTING_UPLOAD_TIMEOUT)};
}

enum status leave_redact(const char *text, struct arena *arena, struct leave *leave,
                         struct error *error)
{
    struct contents *contents = &leave->contents;
    char *rest = arena_strdup(arena, text), *word;
    const char **list = arena_alloc(arena, REDACTED_MAX * sizeof(*list));

    if (contents->redact_count)
        memcpy(list, contents->redact, contents->redact_count * sizeof(*list));
    contents->redact = list;
    while ((word = strtok_r(rest, " ,", &rest)) != NULL) {
        if (contents->redact_count == REDACTED_MAX)
            return fail(error, STATUS_USAGE, "Name fewer.",
                        "At most %d fields can be left out.", REDACTED_MAX);
        list[contents->redact_count++] = word;
    }
    return STATUS_OK;
}

enum status leave_receiver(const char *path, struct arena *arena, struct leave *leave,
                           struct error *error)
{
    struct buf pem = {0};
    enum status status;

    if (!path[0])
        return fail(error, STATUS_USAGE,
                    "Name the file with their certificate with --receiver, or in the settings.",
                    "It is not known who receives.");
    status = file_read(path, PEM_MAX, &pem, error);
    if (status == STATUS_OK)
        status = receiver_read(&leave->courier, arena_strdup(arena, buf_text(&pem)),
                               &leave->receiver, error);
    buf_release(&pem);
    return status;
}

/* --- Options ------------------------------------------------------------------------------ */

/* Real records only: a store of practice sends nothing. */
static enum status check(const struct context *context, struct error *error)
{
    if (!context_has(context, "--practice"))
        return STATUS_OK;
    return fail(error, STATUS_REFUSED, "Leave out --practice.",
                "What is made in practice never leaves.");
}

enum status leave_open(struct context *context, struct courier *ret_courier,
                       struct store **ret_store, struct error *error)
{
    enum status status = check(context, error);

    show_courier(context, ret_courier);
    return status == STATUS_OK ? context_store(context, ret_store, error) : status;
}

static enum status read_redact(struct context *context, struct leave *leave,
                               struct error *error)
{
    enum status status = leave_redact(setting(&context->settings, SETTING_UPLOAD_REDACT),
                                      &context->arena, leave, error);
    const char *option;

    for (size_t i = 0;
         status == STATUS_OK && (option = context_option(context, "--redact", i)) != NULL; i++)
        status = leave_redact(option, &context->arena, leave, error);
    return status;
}

enum status leave_read(struct context *context, struct leave *ret_leave, struct error *error)
{
    const char *receiver = context_option(context, "--receiver", 0);
    struct leave leave;
    enum status status = check(context, error);

    leave_settings(&context->settings, &context->arena, &leave);
    show_courier(context, &leave.courier);
    leave.contents.only_verdicts = context_has(context, "--reviews");
    if (status == STATUS_OK)
        status = read_redact(context, &leave, error);
    if (status == STATUS_OK)
        status = leave_receiver(receiver ? receiver
                                         : setting(&context->settings, SETTING_UPLOAD_RECEIVER),
                                &context->arena, &leave, error);
    if (status == STATUS_OK && context->operand_count)
        status = context_references(context, &leave.contents.reference, error);
    leave.contents.count = context->operand_count;
    if (status == STATUS_OK)
        *ret_leave = leave;
    return status;
}
