/* SPDX-License-Identifier: MIT */
/*
 * `discern agreement check`: reads agreements, joins each to a policy pack, and tells what each
 * lacks, what in it no longer holds, and what it names that is not there. When it checks all of
 * them, it checks the table of clauses as well.
 */
#include "policy/agreement_check.h"

#include <string.h>

#include "base/file.h"
#include "command/policy.h"
#include "command/print.h"
#include "command/subcommands.h"

/* One run of the command. */
struct survey {
    struct context *context;
    const struct volume *pack; /* the policy pack that agreements are joined to */
    struct report report;
    struct clause_home *home; /* those that could be read */
    size_t home_count, agreements;
};

static void check_one(struct survey *survey, const struct agreement_volume *volume)
{
    struct context *context = survey->context;
    const struct volume *joined = NULL;
    struct error error = {0};

    survey->agreements++;
    if (library_join(context->library, survey->pack, volume, &joined, &error) != STATUS_OK)
        report_error(&survey->report, &error);
    agreement_check(&survey->report, volume->agreement, joined ? joined->pack : NULL,
                    moment_date(context->now));
    survey->home = arena_grow(&context->arena, survey->home, survey->home_count,
                              survey->home_count + 1, sizeof(*survey->home));
    survey->home[survey->home_count++] =
        (struct clause_home){volume->agreement, joined ? joined->pack : NULL};
}

static void check_failed(struct survey *survey, const struct error *error)
{
    survey->agreements++;
    report_error(&survey->report, error);
}

/* What looks like a file is one; else it is the id of an installed agreement. */
static enum status check_named(struct survey *survey, const char *name, struct error *error)
{
    struct library *library = survey->context->library;
    const struct agreement_volume *volume;
    enum status status = strpbrk(name, "/.")
                             ? library_agreement_file(library, name, &volume, error)
                             : library_agreement(library, name, &volume, error);

    if (status == STATUS_BAD_DATA)
        check_failed(survey, error);
    else if (status != STATUS_OK)
        return status;
    else
        check_one(survey, volume);
    return STATUS_OK;
}

static enum status check_clauses(struct survey *survey, struct error *error)
{
    struct ini clauses;
    enum status status = ini_load(library_clauses(survey->context->library), &clauses, error);

    /* A folder of one's own agreements need not account for any document. */
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status == STATUS_BAD_DATA) {
        report_error(&survey->report, error);
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    clauses_check(&survey->report, &clauses, survey->home, survey->home_count);
    ini_release(&clauses);
    return STATUS_OK;
}

static enum status check_all(struct survey *survey, struct error *error)
{
    const struct agreement_volume *volume;
    size_t count;
    enum status status = library_agreements(survey->context->library, &volume, &count, error);

    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        if (volume[i].agreement)
            check_one(survey, &volume[i]);
        else
            check_failed(survey, &volume[i].error);
    }
    return check_clauses(survey, error);
}

/* --- telling ----------------------------------------------------------------------------- */

static void print_report_json(const struct survey *survey)
{
    const struct report *report = &survey->report;
    json_t *object = body_object(), *list = body_list();

    for (size_t i = 0; i < report->count; i++)
        body_append(list, policy_fault_json(&report->fault[i]));
    body_put_number(object, "agreements", (long long)survey->agreements);
    body_put_number(object, "errors", (long long)report->tally[SEVERITY_ERROR]);
    body_put_number(object, "warnings", (long long)report->tally[SEVERITY_WARNING]);
    body_put_number(object, "notes", (long long)report->tally[SEVERITY_NOTE]);
    body_put(object, "findings", list);
    print_json(survey->context->out, object);
}

static void print_report(const struct survey *survey)
{
    const struct report *report = &survey->report;

    if (context_has(survey->context, "--json")) {
        print_report_json(survey);
        return;
    }
    for (size_t i = 0; i < report->count; i++)
        policy_print_fault(survey->context, &report->fault[i]);
    fprintf(survey->context->out,
            "Agreements checked: %zu. Errors: %zu. Warnings: %zu. Notes: %zu.\n",
            survey->agreements, report->tally[SEVERITY_ERROR], report->tally[SEVERITY_WARNING],
            report->tally[SEVERITY_NOTE]);
}

static enum status find_pack(struct survey *survey, struct error *error)
{
    struct context *context = survey->context;
    const char *id = context_option(context, "--pack", 0);

    if (!id)
        id = setting(&context->settings, SETTING_PACK);
    return library_pack(context->library, id, &survey->pack, error);
}

enum status command_agreement_check(struct context *context, struct error *error)
{
    struct survey survey = {.context = context};
    enum status status = find_pack(&survey, error);

    if (status == STATUS_OK && !context->operand_count)
        status = check_all(&survey, error);
    for (size_t i = 0; status == STATUS_OK && i < context->operand_count; i++)
        status = check_named(&survey, context->operand[i], error);
    if (status == STATUS_OK) {
        report_settle(&survey.report);
        print_report(&survey);
        if (survey.report.tally[SEVERITY_ERROR])
            status = fail(error, STATUS_BAD_DATA, "Each error stands above.",
                          "The check of agreements found errors: %zu.",
                          survey.report.tally[SEVERITY_ERROR]);
    }
    report_release(&survey.report);
    return status;
}
