/* SPDX-License-Identifier: MIT */
/*
 * The command line: one table of subcommands (command.c), one file each. Usage, help and the
 * SYNOPSIS of discern(1) come from the table. Commands print; nothing below them does.
 */
#ifndef DISCERN_COMMAND_COMMAND_H
#define DISCERN_COMMAND_COMMAND_H

#include <stdbool.h>
#include <stdio.h>

#include "base/status.h"
#include "command/library.h"
#include "command/settings.h"
#include "store/store.h"

/* An option of a command: "--json", or with a value "--store DIR". */
struct option_spec {
    const char *name;  /* "--store" */
    const char *value; /* "DIR"; NULL for a switch */
    const char *help;
    bool many;         /* may be given more than once */
};

/* What the command line said, and what every command works with. */
struct context {
    struct settings settings;
    struct library *library;
    const struct command *command;
    FILE *out, *err;
    char **operand; /* what is not an option */
    size_t operand_count;
    struct given *given; /* options as given, in order: use context_option */
    size_t given_count;
};

struct command {
    const char *name;     /* "policy check"; "" is the full screen */
    const char *operands; /* "REF..." as shown in usage */
    const char *summary;  /* one line of help */
    const struct option_spec *options; /* ends with a NULL name; besides the common ones */
    size_t operands_least, operands_most;
    enum status (*run)(struct context *context, struct error *error);
};

/* The table, ended by a NULL name. */
extern const struct command COMMANDS[];

/* Understands argv, runs the command, prints its error if it fails, and returns the exit code
 * (status_exit_code). */
int command_main(int argc, char **argv, FILE *out, FILE *err);

/* The value of an option ("--store"), "" for a switch that was given, NULL if it was not.
 * `nth` counts from 0 for options that may be given more than once. */
const char *context_option(const struct context *context, const char *name, size_t nth);
bool context_has(const struct context *context, const char *name);

/* Opens the store that the options and settings choose, as --user (or the only user), with the
 * passphrase from --passphrase-file or typed without echo at the terminal. */
MUST_CHECK enum status context_store(struct context *context, struct store **ret_store,
                                     struct error *error);

/* A passphrase from the first line of a file, STATUS_REFUSED if others can read the file; or,
 * without --passphrase-file, asked for at the terminal (twice if `twice`). Free it with
 * secret_free. */
MUST_CHECK enum status context_passphrase(struct context *context, const char *prompt,
                                          bool twice, struct passphrase **ret_passphrase,
                                          struct error *error);

#endif
