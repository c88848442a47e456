/* SPDX-License-Identifier: MIT */
/* `discern log`: the decisions, the newest first. */
#include "command/list.h"
#include "command/subcommands.h"

enum status command_log(struct context *context, struct error *error)
{
    return list_print(context, "", error);
}
