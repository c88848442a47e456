/* SPDX-License-Identifier: MIT */
/* `discern statistics`: rows for a spreadsheet, about nobody. */
#include "command/filter.h"
#include "command/subcommands.h"
#include "exchange/subject.h"

enum status command_statistics(struct context *context, struct error *error)
{
    const char *path = context_option(context, "--to", 0);
    struct log_query query;
    struct store *store;
    int64_t count = 0;
    enum status status;

    if (!path)
        return fail(error, STATUS_USAGE, NULL, "Say where to with --to FILE.");
    status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    status = filter_read(context, store, "without-practice; order oldest", &query, error);
    if (status == STATUS_OK)
        status = statistics_write(store, &query, context_has(context, "--json"), path,
                                  context->now, &count, error);
    store_close(store);
    if (status == STATUS_OK)
        fprintf(context->out, "%lld decisions written to %s, without names.\n",
                (long long)count, context_safe(context, path));
    return status;
}
