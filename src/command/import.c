/* SPDX-License-Identifier: MIT */
/* `discern import`: bundles of other stores, taken in beside the own log. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "command/leave.h"
#include "command/subcommands.h"
#include "exchange/take.h"

#define FILE_MAX (2 * BUNDLE_MAX)

/* Where the receipt for that file goes. */
static char *receipt_path(const struct context *context, const char *file)
{
    const char *folder = context_option(context, "--receipts", 0);
    const char *slash = strrchr(file, '/');
    char *path = folder ? path_join(folder, slash ? slash + 1 : file) : xstrdup(file);
    char *named = xasprintf("%s" RECEIPT_SUFFIX, path);

    free(path);
    return named;
}

static enum status put_receipt(struct context *context, const char *file,
                               const struct taken *taken, struct error *error)
{
    char *path;
    enum status status;

    if (!taken->receipt.length)
        return STATUS_OK;
    path = receipt_path(context, file);
    status = file_write(path, buf_text(&taken->receipt), taken->receipt.length, true, error);
    if (status == STATUS_OK)
        fprintf(context->out, "Receipt: %s\n", context_safe(context, path));
    free(path);
    return status;
}

static void print_taken(struct context *context, const struct taken *taken)
{
    const char *name = context_safe(context, taken->name);

    if (taken->nothing_new)
        fprintf(context->out, "%s: this bundle was taken in before; nothing has changed.\n",
                name);
    else
        fprintf(context->out, "%s: %zu decisions, %lld new entries.\n", name, taken->decisions,
                (long long)taken->entries);
    if (taken->reviews)
        fprintf(context->out, "Reviews of your store's decisions that came back: %zu.\n",
                taken->reviews);
    if (taken->refused)
        fprintf(context->out, "%zu not taken; the receipt says why.\n", taken->refused);
}

static enum status import_file(struct context *context, struct store *store,
                               const struct courier *courier, const char *path,
                               struct error *error)
{
    struct error ignored;
    struct taken taken = {0};
    struct buf file = {0};
    enum status status = file_read(path, FILE_MAX, &file, error);

    if (status == STATUS_OK) {
        status = take_in(
            store, courier, leave_name(context), &file, context_option(context, "--trust", 0),
            setting(&context->settings, SETTING_UPLOAD_REVIEWERS), context->now, &taken, error);
        if (status == STATUS_OK) {
            print_taken(context, &taken);
            status = put_receipt(context, path, &taken, error);
        } else if (put_receipt(context, path, &taken, &ignored) != STATUS_OK) {
            fputs("The receipt that says so could not be written.\n", context->err);
        }
    }
    taken_release(&taken);
    buf_release(&file);
    return status;
}

enum status command_import(struct context *context, struct error *error)
{
    struct courier courier;
    struct store *store;
    enum status status = leave_check(context, error);

    leave_courier(context, &courier);
    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; status == STATUS_OK && i < context->operand_count; i++)
        status = import_file(context, store, &courier, context->operand[i], error);
    store_close(store);
    return status;
}
