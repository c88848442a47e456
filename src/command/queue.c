/* SPDX-License-Identifier: MIT */
/* `discern queue`: what waits for a review by who asks. */
#include "command/list.h"
#include "command/subcommands.h"

enum status command_queue(struct context *context, struct error *error)
{
    return list_print(context, "queue; order oldest", error);
}
