/* SPDX-License-Identifier: MIT */
/* Lists of decisions, as `discern log` and `discern queue` print them. */
#ifndef DISCERN_COMMAND_LIST_H
#define DISCERN_COMMAND_LIST_H

#include "command/command.h"

/* Opens the store and prints what a query in words (store.h, log_query_words) and the filters
 * among the options ask for: at most --limit decisions, in words or, with --json, as
 * {"decisions": [...]}; with --count only their number. */
MUST_CHECK enum status list_print(struct context *context, const char *words,
                                  struct error *error);

#endif
