/* SPDX-License-Identifier: MIT */
/* Help and usage, printed from the table of commands. */
#ifndef DISCERN_COMMAND_HELP_H
#define DISCERN_COMMAND_HELP_H

#include <stdio.h>

#include "command/command.h"

/* What Discern is, its commands and the options that all of them take. */
void help_all(FILE *out);

/* One command: usage, what it does, its options. */
void help_command(FILE *out, const struct command *command);

#endif
