/* SPDX-License-Identifier: MIT */
/* `discern register`: hands every word over to discern-register, a program of its own, so that
 * this one need not link a database of the county's. */
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "command/subcommands.h"

#define NAME "discern-register"

/* Beside this program, else where the shell would look. */
static void become(char **arguments)
{
    char self[PATH_MAX], *path;
    ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);

    if (length > 0) {
        self[length] = '\0';
        *(strrchr(self, '/') + 1) = '\0';
        path = path_join(self, NAME);
        execv(path, arguments);
        free(path);
    }
    execvp(NAME, arguments);
}

enum status command_register(struct context *context, struct error *error)
{
    size_t count = context->operand_count;
    char **arguments = arena_alloc(&context->arena, (count + 2) * sizeof(*arguments));

    arguments[0] = arena_strdup(&context->arena, NAME);
    for (size_t i = 0; i < count; i++)
        arguments[i + 1] = arena_strdup(&context->arena, context->operand[i]);
    fflush(context->out);
    become(arguments);
    return fail(
        error, STATUS_NOT_FOUND,
        "Install it on the machine that receives for the county; Discern itself does not "
        "need it.",
        "The program " NAME " could not be started: %s.", strerror(errno));
}
