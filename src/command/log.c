/* SPDX-License-Identifier: MIT */
/* `discern log`: the decisions, the newest first. */
#include "command/list.h"
#include "command/subcommands.h"

enum status command_log(struct context *context, struct error *error)
{
    const struct log_query query = {.order = LOG_NEWEST_FIRST,
                                    .mine = context_has(context, "--mine"),
                                    .search = context_option(context, "--search", 0)};

    return list_print(context, query, error);
}
