/* SPDX-License-Identifier: MIT */
/* `discern subject`: what is kept about a person, and a pack for them. Nothing is printed
 * before the log says that it was looked for. */
#include <string.h>

#include "command/subcommands.h"
#include "exchange/subject.h"

/* A name may be given as one word or as several. */
static const char *name_of(struct context *context)
{
    const char *name = context->operand[0];

    for (size_t i = 1; i < context->operand_count; i++)
        name = arena_printf(&context->arena, "%s %s", name, context->operand[i]);
    return name;
}

static enum status read_born(const struct context *context, const char **ret_born,
                             struct error *error)
{
    const char *born = context_option(context, "--born", 0);
    date day;

    if (born && !date_parse(born, &day))
        return fail_at(error, STATUS_USAGE, NULL, 0, "--born", "Write it as 2010-09-30.",
                       "'%s' is not a day.", born);
    *ret_born = born ? born : "";
    return STATUS_OK;
}

static void print_found(struct context *context, const struct subject_found *found)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct row *row = &found->row[i];
        char day[DATE_SIZE];

        date_iso(moment_date(row->summary.signed_at), day);
        fprintf(context->out, "%s  %s  %s, to %s: %s%s\n", row->summary.reference, day,
                outcome_words(row->summary.decided),
                context_safe(context, row->summary.recipient), state_words(row->state),
                row->summary.restricted ? ", not to be shown" : "");
    }
    if (!found->count)
        fputs("Nothing is kept about a person of that name and date of birth.\n"
              "Try without the date of birth, and other ways to write the name.\n",
              context->out);
}

static void print_report(struct context *context, const struct subject_found *found,
                         const struct subject_report *report, const char *path)
{
    fprintf(context->out, "%zu shown, %zu left out:\n", report->shown, report->left_out);
    for (size_t i = 0; i < found->count; i++) {
        if (report->omission[i] != OMISSION_NONE)
            fprintf(context->out, "  %s: %s\n", found->row[i].summary.reference,
                    omission_words(report->omission[i]));
    }
    if (report->items_left_out)
        fprintf(context->out, "%zu things that are also about others were left out.\n",
                report->items_left_out);
    fprintf(context->out, "Written to %s, unencrypted. Read it before you give it away.\n",
            context_safe(context, path));
}

enum status command_subject(struct context *context, struct error *error)
{
    const char *name = name_of(context), *path = context_option(context, "--pack", 0), *born;
    struct subject_found found;
    struct subject_report report;
    struct store *store;
    enum status status = read_born(context, &born, error);

    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    status = subject_find(store, name, born, context->now, &context->arena, &found, error);
    if (status == STATUS_OK && path)
        status = subject_write(store, name, &found, context_has(context, "--json"), path,
                               context->now, &context->arena, &report, error);
    store_close(store);
    if (status != STATUS_OK)
        return status;
    print_found(context, &found);
    if (path)
        print_report(context, &found, &report, path);
    return STATUS_OK;
}
