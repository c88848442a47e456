/* SPDX-License-Identifier: MIT */
/* `discern queue`: what waits for a review by who asks. */
#include "command/list.h"
#include "command/subcommands.h"

enum status command_queue(struct context *context, struct error *error)
{
    const struct log_query query = {.order = LOG_OLDEST_FIRST, .reviewable = true};

    return list_print(context, query, error);
}
