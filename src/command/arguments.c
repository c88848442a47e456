/* SPDX-License-Identifier: MIT */
/* The command line against its table. Never runs a command. */
#include "command/arguments.h"

#include <string.h>

#include "base/buf.h"
#include "base/suggest.h"

const struct command *command_find(const char *name)
{
    const struct command *command = COMMANDS;

    while (command->name && strcmp(command->name, name) != 0)
        command++;
    return command->name ? command : NULL;
}

const struct command *command_of(const char *word, const char *next, size_t *ret_words)
{
    const struct command *command;
    char pair[80];
    int length = next ? snprintf(pair, sizeof(pair), "%s %s", word, next) : -1;

    command = length > 0 && (size_t)length < sizeof(pair) ? command_find(pair) : NULL;
    *ret_words = command ? 2 : 1;
    if (!command && word[0])
        command = command_find(word);
    return command;
}

/* Adds the commands of two words that begin with this one: "policy check". */
static void add_family(struct buf *out, const char *word)
{
    size_t length = strlen(word);

    for (const struct command *command = COMMANDS; command->name; command++) {
        if (strncmp(command->name, word, length) == 0 && command->name[length] == ' ')
            buf_printf(out, "%s`discern %s`", out->length ? ", " : "", command->name);
    }
}

enum status command_unknown(const char *word, struct error *error)
{
    struct suggest suggest = {.wrong = word};
    struct buf family = {0};
    char text[300];

    add_family(&family, word);
    if (family.length) {
        snprintf(text, sizeof(text), "Write one of %s.", family.text);
        buf_release(&family);
        return fail(error, STATUS_USAGE, text, "'%s' alone is no command.", word);
    }
    for (const struct command *command = COMMANDS; command->name; command++)
        suggest_offer(&suggest, command->name);
    suggest_text(&suggest, "See `discern --help`.", text, sizeof(text));
    return fail(error, STATUS_USAGE, text, "There is no command '%s'.", word);
}

static const struct option_spec *find_option(const struct option_spec *list, const char *name,
                                             size_t length)
{
    for (; list && list->name; list++) {
        if (strncmp(list->name, name, length) == 0 && list->name[length] == '\0')
            return list;
    }
    return NULL;
}

static void offer_options(struct suggest *suggest, const struct option_spec *list)
{
    for (; list && list->name; list++)
        suggest_offer(suggest, list->name);
}

static enum status unknown_option(const struct command *command, const char *name,
                                  size_t length, struct error *error)
{
    char word[80], text[120];
    struct suggest suggest = {.wrong = word};

    snprintf(word, sizeof(word), "%.*s", (int)(length < 79 ? length : 79), name);
    offer_options(&suggest, command->options);
    offer_options(&suggest, COMMON_OPTIONS);
    suggest_text(&suggest, "See `discern --help`.", text, sizeof(text));
    if (!command->name[0])
        return fail(error, STATUS_USAGE, text, "There is no option '%s'.", word);
    return fail(error, STATUS_USAGE, text, "`discern %s` has no option '%s'.", command->name,
                word);
}

static enum status add_option(struct context *context, const struct option_spec *spec,
                              const char *value, struct error *error)
{
    if (!spec->many && context_has(context, spec->name))
        return fail(error, STATUS_USAGE, "Give it once.", "%s was given twice.", spec->name);
    context->given[context->given_count++] = (struct given){spec, value};
    return STATUS_OK;
}

/* The option at argv[*at]; moves *at over its value if that is a word of its own. */
static enum status take_option(struct context *context, char **argv, size_t *at,
                               struct error *error)
{
    const char *word = argv[*at], *equals = strchr(word, '=');
    size_t length = equals ? (size_t)(equals - word) : strlen(word);
    const struct option_spec *spec = find_option(context->command->options, word, length);

    if (!spec)
        spec = find_option(COMMON_OPTIONS, word, length);
    if (!spec)
        return unknown_option(context->command, word, length, error);
    if (!spec->value && equals)
        return fail(error, STATUS_USAGE, NULL, "%s takes no value.", spec->name);
    if (!spec->value)
        return add_option(context, spec, "", error);
    if (equals)
        return add_option(context, spec, equals + 1, error);
    if (!argv[*at + 1])
        return fail(error, STATUS_USAGE, NULL, "%s needs a value: %s %s.", spec->name,
                    spec->name, spec->value);
    return add_option(context, spec, argv[++*at], error);
}

/* Options of the full screen may stand before a command's name only if it takes them too. */
static enum status check_early(const struct context *context, struct error *error)
{
    for (size_t i = 0; i < context->given_count; i++) {
        const char *name = context->given[i].spec->name;

        if (!find_option(context->command->options, name, strlen(name)) &&
            !find_option(COMMON_OPTIONS, name, strlen(name)))
            return unknown_option(context->command, name, strlen(name), error);
    }
    return STATUS_OK;
}

/* The first word that is no option names the command. */
static enum status take_command(struct context *context, char **argv, size_t *at,
                                struct error *error)
{
    const struct command *command;
    size_t words;

    command = command_of(argv[*at], argv[*at + 1], &words);
    if (!command)
        return command_unknown(argv[*at], error);
    context->command = command;
    *at += words - 1;
    return check_early(context, error);
}

enum status arguments_read(struct context *context, int argc, char **argv, struct error *error)
{
    size_t count = (size_t)argc;
    bool named = false, only_operands = false;
    enum status status = STATUS_OK;

    context->command = command_find("");
    context->given = arena_alloc(&context->arena, (count + 1) * sizeof(*context->given));
    context->operand = arena_alloc(&context->arena, (count + 1) * sizeof(*context->operand));
    for (size_t at = 1; status == STATUS_OK && at < count; at++) {
        if (!only_operands && strcmp(argv[at], "--") == 0)
            only_operands = true;
        else if (!only_operands && argv[at][0] == '-' && argv[at][1])
            status = take_option(context, argv, &at, error);
        else if (!named)
            status = take_command(context, argv, &at, error);
        else
            context->operand[context->operand_count++] = argv[at];
        named = named || context->command->name[0];
        only_operands = only_operands || context->command->options == HANDED_OVER;
    }
    return status;
}

enum status arguments_check(const struct context *context, struct error *error)
{
    const struct command *command = context->command;
    size_t count = context->operand_count;

    if (count >= command->operands_least && count <= command->operands_most)
        return STATUS_OK;
    if (!command->operands_most)
        return fail(error, STATUS_USAGE, NULL, "'%s' is one word too many.",
                    context->operand[0]);
    return fail(error, STATUS_USAGE, NULL, "Write: discern %s %s", command->name,
                command->operands);
}
