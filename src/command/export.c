/* SPDX-License-Identifier: MIT */
/* `discern export`: records to a file in the clear, because somebody asked for it. */
#include "command/subcommands.h"
#include "exchange/export.h"

static enum status read_form(const struct context *context, enum export_form *ret_form,
                             struct error *error)
{
    bool json = context_has(context, "--json"), brief = context_has(context, "--summary");
    bool chain = context_has(context, "--chain");

    if (json + brief + chain > 1)
        return fail(error, STATUS_USAGE, NULL, "Give one of --json, --chain and --summary.");
    *ret_form = chain   ? EXPORT_CHAIN
                : json  ? EXPORT_JSON
                : brief ? EXPORT_SUMMARY
                        : EXPORT_TEXT;
    return STATUS_OK;
}

enum status command_export(struct context *context, struct error *error)
{
    const char *path = context_option(context, "--to", 0);
    const char *const *references;
    enum export_form form;
    struct store *store;
    enum status status;

    if (!path)
        return fail(error, STATUS_USAGE, NULL, "Say where to with --to FILE.");
    status = read_form(context, &form, error);
    if (status == STATUS_OK)
        status = context_references(context, &references, error);
    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    status = export_write(store, references, context->operand_count, form, path, context->now,
                          error);
    store_close(store);
    if (status == STATUS_OK)
        fprintf(context->out,
                "Written to %s, unencrypted. Keep it safe and delete it in time.\n",
                context_safe(context, path));
    return status;
}
