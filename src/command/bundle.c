/* SPDX-License-Identifier: MIT */
/* `discern bundle`: sealed files by hand. */
#include <stdlib.h>

#include "base/file.h"
#include "command/leave.h"
#include "command/print.h"
#include "command/subcommands.h"
#include "exchange/take.h"

enum status command_bundle_make(struct context *context, struct error *error)
{
    const char *folder = context_option(context, "--to", 0);
    struct leave leave;
    struct upload upload = {.receiver = &leave.receiver,
                            .contents = &leave.contents,
                            .now = context->now,
                            .again = true};
    struct uploaded uploaded;
    enum status status = leave_read(context, &leave, error);

    upload.courier = &leave.courier;
    upload.folder = folder ? folder : leave.folder;
    if (status == STATUS_OK && !upload.folder)
        return fail(error, STATUS_USAGE, NULL, "Say where to with --to FOLDER.");
    if (status == STATUS_OK)
        status = context_store(context, &upload.store, error);
    if (status != STATUS_OK)
        return status;
    status = leave_documents(context, upload.store, &leave, error);
    if (status == STATUS_OK)
        status = upload_run(&upload, &uploaded, error);
    store_close(upload.store);
    if (status == STATUS_OK && !uploaded.bundles)
        return fail(error, STATUS_NOT_FOUND, NULL,
                    "There is nothing to send: the receiver has accepted everything.");
    if (status == STATUS_OK)
        fprintf(context->out,
                "%s: %zu decisions and %zu documents in %zu bundles, sealed to %s.\n",
                context_safe(context, upload.folder), uploaded.decisions, uploaded.documents,
                uploaded.bundles, context_safe(context, leave.receiver.name));
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
    enum status status = file_read(context->operand[0], TAKE_MAX, &file, error);

    if (status == STATUS_OK)
        status = leave_open(context, &courier, &store, error);
    if (status == STATUS_OK) {
        status = take_open(store, &courier, &file, &plain, error);
        store_close(store);
    }
    if (status == STATUS_OK && to)
        status = file_write(to, buf_text(&plain), plain.length, false, error);
    else if (status == STATUS_OK)
        print_lines(context->out, &plain);
    buf_wipe(&plain);
    buf_release(&file);
    return status;
}
