/* SPDX-License-Identifier: MIT */
/* Lists of decisions, as `discern log` and `discern queue` print them. */
#ifndef DISCERN_COMMAND_LIST_H
#define DISCERN_COMMAND_LIST_H

#include "command/command.h"

/* Opens the store and prints what the query asks for: at most --limit decisions, in words or,
 * with --json, as {"decisions": [...]}. */
MUST_CHECK enum status list_print(struct context *context, struct log_query query,
                                  struct error *error);

#endif
