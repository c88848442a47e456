/* SPDX-License-Identifier: MIT */
/* `discern register`: hands every word over to discern-register, a program of its own, so that
 * this one need not link a database of the county's; but shows on screen what it finds. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/subcommands.h"
#include "exchange/errand.h"

#define NAME "discern-register"

enum status command_register(struct context *context, struct error *error)
{
    size_t count = context->operand_count;
    char **arguments = arena_alloc(&context->arena, (count + 2) * sizeof(*arguments)), *path;

    arguments[0] = arena_strdup(&context->arena, NAME);
    for (size_t i = 0; i < count; i++)
        arguments[i + 1] = arena_strdup(&context->arena, context->operand[i]);
    fflush(context->out);
    path = program_find(NAME);
    execv(path, arguments);
    free(path);
    return fail(
        error, STATUS_NOT_FOUND,
        "Install it on the machine that receives for the county; Discern itself does not "
        "need it.",
        "The program " NAME " could not be started: %s.", strerror(errno));
}

/* The screen is ours, the register's rows come from that program. It finds in the environment
 * what it is told here, so that a command line does not show it again. */
enum status command_register_browse(struct context *context, struct error *error)
{
    const char *database = context_option(context, "--database", 0);
    const struct run_options options = {
        .settings = &context->settings,
        .library = context->library,
        .browse = true,
        .plain =
            context_has(context, "--plain") || setting_yes(&context->settings, SETTING_PLAIN),
        .argv = context->argv,
    };

    if (database)
        setenv("DISCERN_REGISTER", database, 1);
    return context->run(&options, error);
}
