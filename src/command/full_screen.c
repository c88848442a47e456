/* SPDX-License-Identifier: MIT */
/* The full screen, in earnest and in practice: hands over to ui/run.h. */
#include "command/subcommands.h"

/* Whom the page that unlocks begins with; there may be no store yet. */
static const char *likely_user(struct context *context)
{
    const char *name = NULL;
    struct error ignored;

    return context_user(context, &name, &ignored) == STATUS_OK ? name : NULL;
}

static enum status open_screen(struct context *context, bool practice, struct error *error)
{
    const struct run_options options = {
        .settings = &context->settings,
        .library = context->library,
        .practice = practice,
        .plain =
            context_has(context, "--plain") || setting_yes(&context->settings, SETTING_PLAIN),
        .user = practice ? NULL : likely_user(context),
        .replay = context_option(context, "--replay", 0),
        .argv = context->argv,
    };

    return context->run(&options, error);
}

enum status command_full_screen(struct context *context, struct error *error)
{
    return open_screen(context, context_has(context, "--practice"), error);
}

enum status command_practice(struct context *context, struct error *error)
{
    return open_screen(context, true, error);
}
