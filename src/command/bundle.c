/* SPDX-License-Identifier: MIT */
/* `discern bundle`: sealed files by hand. */
#include <stdlib.h>

#include "base/file.h"
#include "base/secret.h"
#include "command/leave.h"
#include "command/print.h"
#include "command/subcommands.h"
#include "exchange/take.h"

#define FILE_MAX (2 * BUNDLE_MAX)

static enum status make_one(struct context *context, struct store *store,
                            const struct leave *leave, const char *folder, struct mark *end,
                            bool first, bool *ret_more, struct error *error)
{
    struct parcel parcel = {0};
    char *path = NULL;
    enum status status = parcel_make(store, &leave->courier, &leave->receiver, &leave->wish,
                                     first ? NULL : end, context->now, &parcel, end, error);

    if (status != STATUS_OK)
        return status;
    status = parcel_put(&parcel, folder, &path, error);
    if (status == STATUS_OK)
        status = leaving_log_sent(store, parcel.id, "folder", context->now, error);
    if (status == STATUS_OK)
        fprintf(context->out, "%s: %zu decisions, sealed to %s.\n", context_safe(context, path),
                parcel.decisions, context_safe(context, leave->receiver.name));
    *ret_more = parcel.more;
    free(path);
    parcel_release(&parcel);
    return status;
}

enum status command_bundle_make(struct context *context, struct error *error)
{
    const char *folder = context_option(context, "--to", 0);
    struct store *store;
    struct leave leave;
    struct mark end;
    bool more = true;
    enum status status;

    if (!folder)
        folder = setting(&context->settings, SETTING_UPLOAD_FOLDER);
    if (!folder[0])
        return fail(error, STATUS_USAGE, NULL, "Say where to with --to FOLDER.");
    status = leave_read(context, &leave, error);
    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    for (bool first = true; status == STATUS_OK && more; first = false)
        status = make_one(context, store, &leave, folder, &end, first, &more, error);
    store_close(store);
    return status;
}

/* Each line is JSON of its own. */
static void print_lines(FILE *out, const struct buf *plain)
{
    const char *line = buf_text(plain), *end = line + plain->length;

    while (line < end) {
        size_t length = 0;

        while (line + length < end && line[length] != '\n')
            length++;
        print_json_text(out, line, length);
        line += length + 1;
    }
}

enum status command_bundle_open(struct context *context, struct error *error)
{
    const char *to = context_option(context, "--to", 0);
    struct buf file = {0}, plain = {0};
    struct courier courier;
    struct store *store;
    enum status status = file_read(context->operand[0], FILE_MAX, &file, error);

    leave_courier(context, &courier);
    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status == STATUS_OK) {
        status = take_open(store, &courier, &file, &plain, error);
        store_close(store);
    }
    if (status == STATUS_OK && to)
        status = file_write(to, buf_text(&plain), plain.length, false, error);
    else if (status == STATUS_OK)
        print_lines(context->out, &plain);
    if (plain.text)
        secret_wipe(plain.text, plain.length);
    buf_release(&plain);
    buf_release(&file);
    return status;
}
