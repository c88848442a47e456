/* SPDX-License-Identifier: MIT */
/* Runs the command that was asked for and says how it went. Knows no command but by the
 * table. */
#include "command/command.h"

#include <string.h>

#include "base/utf8.h"
#include "command/arguments.h"
#include "command/help.h"

static void print_error(FILE *err, const struct error *error)
{
    char line[sizeof(*error) + 32];

    error_line(error, line, sizeof(line));
    fprintf(err, "discern: %s.\n%s\n", status_sentence(error->status), line);
}

static void take_overrides(struct context *context)
{
    const char *store = context_option(context, "--store", 0);
    const char *data = context_option(context, "--data", 0);

    if (store)
        settings_set(&context->settings, SETTING_STORE, store);
    if (data)
        settings_set(&context->settings, SETTING_DATA, data);
}

/* Help and the version are for everybody, whatever the settings say. */
static bool print_help(const struct context *context)
{
    if (context_has(context, "--help")) {
        if (context->command->name[0])
            help_command(context->out, context->command);
        else
            help_all(context->out);
        return true;
    }
    if (context_has(context, "--version")) {
        fprintf(context->out, "%s\n", PACKAGE_STRING);
        return true;
    }
    return false;
}

static enum status run_command(struct context *context, struct error *error)
{
    enum status status = arguments_check(context, error);

    if (status != STATUS_OK)
        return status;
    if (context->command->bare)
        return context->command->run(context, error);
    status = settings_load(&context->settings, error);
    if (status != STATUS_OK)
        return status;
    take_overrides(context);
    context->library = library_new(settings_data_dir(&context->settings));
    status = context->command->run(context, error);
    library_free(context->library);
    settings_release(&context->settings);
    return status;
}

/* What was printed counts only once it is out: a full disk must not look like success. */
static enum status flush(FILE *out, struct error *error)
{
    if (fflush(out) == 0 && !ferror(out))
        return STATUS_OK;
    return fail(error, STATUS_IO, "Check where the output goes.",
                "What was to be printed could not be written.");
}

int command_main(int argc, char **argv, FILE *out, FILE *err, run_function *screen)
{
    struct context context = {
        .out = out, .err = err, .argv = argv, .run = screen, .now = moment_now()};
    struct error error = {0};
    enum status status = arguments_read(&context, argc, argv, &error);

    if (status == STATUS_OK && !print_help(&context))
        status = run_command(&context, &error);
    if (status == STATUS_OK)
        status = flush(out, &error);
    else
        fflush(out);
    if (status != STATUS_OK)
        print_error(err, &error);
    if (secret_exposed())
        fprintf(err, "discern: %s\n%s\n", SECRET_EXPOSED_WHAT, SECRET_EXPOSED_REMEDY);
    arena_release(&context.arena);
    return status_exit_code(status);
}
