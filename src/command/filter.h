/* SPDX-License-Identifier: MIT */
/* Filters of the log as options: each part of a query (store.h, log_query_words) is an option
 * of its name. */
#ifndef DISCERN_COMMAND_FILTER_H
#define DISCERN_COMMAND_FILTER_H

#include "command/command.h"

/* What the options ask for, after `words` (may be "") and after the user's filter that --filter
 * names, as of today. With --save the whole is kept under that name. Texts live in the arena of
 * the context. */
MUST_CHECK enum status filter_read(struct context *context, struct store *store,
                                   const char *words, struct log_query *ret_query,
                                   struct error *error);

#endif
