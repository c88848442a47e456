/* SPDX-License-Identifier: MIT */
/*
 * The words of the command line, sorted into command, options and operands by the table. Says
 * what is wrong with them; never prints.
 */
#ifndef DISCERN_COMMAND_ARGUMENTS_H
#define DISCERN_COMMAND_ARGUMENTS_H

#include "command/command.h"

/* Fills command, options and operands of a context whose arena they live in. Options may stand
 * before and after the command, as "--name VALUE" or "--name=VALUE"; after "--" all are
 * operands. STATUS_USAGE with "did you mean" for what is not in the table. */
MUST_CHECK enum status arguments_read(struct context *context, int argc, char **argv,
                                      struct error *error);

/* Whether the operands are as many as the command takes; else STATUS_USAGE. */
MUST_CHECK enum status arguments_check(const struct context *context, struct error *error);

/* The command of that name ("policy check"), or NULL. */
const struct command *command_find(const char *name);

/* The command that "WORD" or "WORD NEXT" names, and how many words it takes up, or NULL. */
const struct command *command_of(const char *word, const char *next, size_t *ret_words);

/* STATUS_USAGE for a command that there is not. */
enum status command_unknown(const char *word, struct error *error);

#endif
