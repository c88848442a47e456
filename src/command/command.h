/* SPDX-License-Identifier: MIT */
/*
 * The command line: one table of subcommands (table.c), one file each. Usage, help and the
 * lists of discern(1) come from the table. Commands print; nothing below them does.
 */
#ifndef DISCERN_COMMAND_COMMAND_H
#define DISCERN_COMMAND_COMMAND_H

#include <stdbool.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/secret.h"
#include "base/status.h"
#include "command/library.h"
#include "command/settings.h"
#include "store/store.h"
#include "ui/run.h"

/* An option of a command: "--json", or with a value "--store DIR". */
struct option_spec {
    const char *name;  /* "--store" */
    const char *value; /* "DIR"; NULL for a switch */
    const char *help;
    bool many; /* may be given more than once */
};

/* An option as it was given. */
struct given {
    const struct option_spec *spec;
    const char *value; /* "" for a switch */
};

/* The full screen, ui/run.h: an argument, so that commands link without a terminal. */
typedef enum status run_function(const struct run_options *options, struct error *error);

/* What the command line said, and what every command works with. */
struct context {
    struct settings settings;
    struct library *library;
    const struct command *command;
    run_function *run;
    FILE *out, *err;
    char **argv;
    const char **operand; /* what is not an option */
    size_t operand_count;
    struct given *given; /* options as given, in order: use context_option */
    size_t given_count;
    struct moment now;  /* when the command began */
    struct arena arena; /* for what lives as long as the command */
};

struct command {
    const char *name;                  /* "policy check"; "" is the full screen */
    const char *operands;              /* "REF..." as shown in usage */
    const char *summary;               /* one line of help */
    const struct option_spec *options; /* ends with a NULL name; besides the common ones */
    size_t operands_least, operands_most;
    enum status (*run)(struct context *context, struct error *error);
    bool bare; /* runs without settings and library, whatever is wrong with them */
};

/* The table, ended by a NULL name; and the options that every command takes. */
extern const struct command COMMANDS[];
extern const struct option_spec COMMON_OPTIONS[];

/* The options of a command that hands every word after it over to another program. */
extern const struct option_spec HANDED_OVER[];

/* Understands argv, runs the command, prints its error if it fails, and returns the exit code
 * (status_exit_code). secret_init() came before it. */
int command_main(int argc, char **argv, FILE *out, FILE *err, run_function *screen);

/* The value of an option ("--store"), "" for a switch that was given, NULL if it was not.
 * `nth` counts from 0 for options that may be given more than once. */
const char *context_option(const struct context *context, const char *name, size_t nth);
bool context_has(const struct context *context, const char *name);

/* The value of an option that is a whole number from `least` to `most`; `otherwise` if it was
 * not given. STATUS_USAGE. */
MUST_CHECK enum status context_number(const struct context *context, const char *name,
                                      size_t least, size_t most, size_t otherwise,
                                      size_t *ret_number, struct error *error);

/* The same text, safe to print on one line (utf8_printable), in the arena of the context. */
const char *context_safe(struct context *context, const char *text);

/* The user to open the store as: --user, or the only one, or the one who is called as the
 * person at the machine. STATUS_USAGE if that leaves a choice. */
MUST_CHECK enum status context_user(struct context *context, const char **ret_name,
                                    struct error *error);

/* Opens the store that the options and settings choose, as context_user, with the
 * passphrase from --passphrase-file or typed without echo at the terminal; with --practice a
 * throw-away store of made-up people. */
MUST_CHECK enum status context_store(struct context *context, struct store **ret_store,
                                     struct error *error);

/* Says how far something long is, to a person who waits at a terminal: a line every tenth.
 * `data` is a struct progress. For store_verify and struct watch. */
struct progress {
    FILE *err;
    const char *what; /* "Checking the log" */
    int64_t next;     /* entries at which to speak again; 0 to begin with */
};
bool progress_say(int64_t done, int64_t count, void *data);

/* A reference as it was typed, in its proper form. STATUS_USAGE if it is none. */
MUST_CHECK enum status context_reference(const char *typed, char text[REFERENCE_SIZE],
                                         struct error *error);

/* The same with all operands, in the arena of the context. */
MUST_CHECK enum status context_references(struct context *context, const char *const **ret_list,
                                          struct error *error);

/* A passphrase: from the file that the option (such as "--passphrase-file") names, or, if it
 * was not given, asked for at the terminal (twice if `twice`). Free it with secret_free. */
MUST_CHECK enum status context_passphrase(const struct context *context, const char *option,
                                          const char *prompt, bool twice,
                                          struct passphrase **ret_passphrase,
                                          struct error *error);

#endif
