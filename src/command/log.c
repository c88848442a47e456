/* SPDX-License-Identifier: MIT */
/* `discern log`: the decisions, the newest first; and the filters that a user kept of them. */
#include "command/list.h"
#include "command/subcommands.h"

static enum status print_filters(struct context *context, struct store *store,
                                 struct error *error)
{
    struct saved_filter *list;
    size_t count;
    enum status status = store_filters(store, &context->arena, &list, &count, error);

    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        fprintf(context->out, "%s: %s\n", context_safe(context, list[i].name),
                context_safe(context, list[i].words));
    if (!count)
        fputs("You have kept no filters.\n", context->out);
    return STATUS_OK;
}

/* What the user kept, or what is left of it. */
static enum status see_filters(struct context *context, const char *forgotten,
                               struct error *error)
{
    struct store *store;
    enum status status = context_store(context, &store, error);

    if (status != STATUS_OK)
        return status;
    if (forgotten)
        status = store_filter_drop(store, forgotten, error);
    if (status == STATUS_OK)
        status = print_filters(context, store, error);
    store_close(store);
    return status;
}

enum status command_log(struct context *context, struct error *error)
{
    const char *forgotten = context_option(context, "--forget", 0);

    return forgotten || context_has(context, "--filters")
               ? see_filters(context, forgotten, error)
               : list_print(context, "", error);
}
