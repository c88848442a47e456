/* SPDX-License-Identifier: MIT */
/* Help from the table, so that it cannot say what is not so. */
#include "command/help.h"

#include <string.h>

#include "command/arguments.h"
#include "command/subcommands.h"

#define INDENT 2
#define COLUMN 32 /* where explanations begin */

/* A name and what it is; on a line of its own if the name is long. */
static void print_row(FILE *out, const char *name, const char *value, const char *help)
{
    int width =
        fprintf(out, "%*s%s%s%s", INDENT, "", name, value ? " " : "", value ? value : "");

    if (width >= COLUMN)
        fprintf(out, "\n%*s%s\n", COLUMN, "", help);
    else
        fprintf(out, "%*s%s\n", COLUMN - width, "", help);
}

static void print_options(FILE *out, const struct option_spec *option)
{
    for (; option && option->name; option++)
        print_row(out, option->name, option->value, option->help);
}

void help_all(FILE *out)
{
    fputs("Discern: should this information about a person be shared to keep someone safe?\n"
          "With a screen reader or a braille display, add --plain.\n\n"
          "Usage: discern [OPTION...] [COMMAND] [OPTION...]\n\n"
          "Commands (discern help COMMAND says more):\n",
          out);
    for (const struct command *command = COMMANDS; command->name; command++) {
        if (command->name[0])
            print_row(out, command->name, command->operands, command->summary);
        else
            print_row(out, "(none)", NULL, command->summary);
    }
    fputs("\nOptions:\n", out);
    print_options(out, COMMON_OPTIONS);
    fputs("\ndiscern(1) describes answer files and exit codes.\n", out);
}

void help_command(FILE *out, const struct command *command)
{
    fprintf(out, "Usage: discern%s%s%s%s [OPTION...]\n\n%s.\n", command->name[0] ? " " : "",
            command->name, command->operands[0] ? " " : "", command->operands,
            command->summary);
    if (command->options) {
        fputs("\nOptions:\n", out);
        print_options(out, command->options);
    }
    fputs("\nOptions of every command:\n", out);
    print_options(out, COMMON_OPTIONS);
}

enum status command_help(struct context *context, struct error *error)
{
    const char *word = context->operand_count ? context->operand[0] : NULL;
    const char *next = context->operand_count > 1 ? context->operand[1] : NULL;
    const struct command *command;
    size_t words;

    if (!word) {
        help_all(context->out);
        return STATUS_OK;
    }
    command = command_of(word, next, &words);
    if (!command || words < context->operand_count)
        return command_unknown(command ? next : word, error);
    help_command(context->out, command);
    return STATUS_OK;
}
