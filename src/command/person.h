/* SPDX-License-Identifier: MIT */
/* A new user, as the options --name, --team and --role describe them. */
#ifndef DISCERN_COMMAND_PERSON_H
#define DISCERN_COMMAND_PERSON_H

#include "command/command.h"

/* The user of that name in the store; strings live in the arena of the context or as long as
 * its settings. STATUS_USAGE for a role that there is not or a full name that is missing. */
MUST_CHECK enum status person_read(struct context *context, const char *name,
                                   struct person *ret_person, struct error *error);

#endif
