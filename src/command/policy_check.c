/* SPDX-License-Identifier: MIT */
/*
 * `discern policy check`: packs are read, which checks their names, types and order, and proved
 * (policy/proof.h), each alone and, when all are checked, each with each agreement of its
 * nation. One problem does not hide the others.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "command/policy_report.h"
#include "command/subcommands.h"
#include "policy/scenario.h"

/* One run of the command. */
struct survey {
    struct context *context;
    struct policy_report report;
    date as_of;
    const char *examples; /* folder for counter-examples; NULL if they are not wanted */
};

/* --- counter-examples -------------------------------------------------------------------- */

/* "PACK-RULE-SECTION": a name for the file, by which it is found again after the next check. */
static char *example_path(const struct survey *survey, const struct proved *proved,
                          const struct fault *fault)
{
    struct buf name = {0};
    char *path;

    buf_printf(&name, "%s-%s%s%s-", proved->pack->id, proved->agreement,
               proved->agreement[0] ? "-" : "", fault->rule->id);
    for (const char *at = fault->field; *at; at++) {
        if (*at != '[' && *at != ']')
            buf_putc(&name, *at == ' ' ? '-' : *at);
    }
    buf_puts(&name, ".ini");
    path = path_join(survey->examples, buf_text(&name));
    buf_release(&name);
    return path;
}

static enum status write_example(struct survey *survey, const struct proved *proved,
                                 const struct fault *fault, struct error *error)
{
    const struct example *example = &fault->example;
    char *path = example_path(survey, proved, fault);
    struct answers answers;
    struct buf text = {0};
    enum status status;

    answers_init(&answers, proved->pack);
    for (size_t i = 0; i < example->count; i++)
        answer_example(&answers, example->answer[i].question, example->answer[i].value);
    answers_complete(&answers, example->day);
    answer_file_write(
        &(struct answer_file){
            .pack = proved->pack->id,
            .agreement = proved->agreement,
            .programme = "",
            .title =
                arena_printf(&survey->context->arena, "%s %s", fault->rule->id, fault->field),
            .day = example->day,
        },
        &answers, &text);
    status = file_write(path, buf_text(&text), text.length, true, error);
    answers_release(&answers);
    buf_release(&text);
    free(path);
    return status;
}

static enum status write_examples(struct survey *survey, const struct proved *proved,
                                  struct error *error)
{
    enum status status = STATUS_OK;

    for (size_t i = 0;
         survey->examples && status == STATUS_OK && i < proved->proof->report.count; i++) {
        const struct fault *fault = &proved->proof->report.fault[i];

        if (fault->has_example && !policy_report_told(proved, fault))
            status = write_example(survey, proved, fault, error);
    }
    return status;
}

static enum status make_folder(const char *path, struct error *error)
{
    if (!path || mkdir(path, 0700) == 0 || errno == EEXIST)
        return STATUS_OK;
    return fail_at(error, STATUS_IO, path, 0, NULL, "Make the folder, then check again.",
                   "The folder for counter-examples could not be made: %s.", strerror(errno));
}

/* --- packs ------------------------------------------------------------------------------- */

/* Proves and tells; *proof is the caller's to release. */
static enum status check_pack(struct survey *survey, const struct pack *pack,
                              const char *agreement, const struct proof *alone,
                              struct proof *proof, struct error *error)
{
    struct moment begun = moment_now();
    struct proved proved = {pack, agreement, proof, alone, 0};

    proof_run(pack, survey->as_of, proof);
    proved.milliseconds = (long)((moment_now().us - begun.us) / 1000);
    policy_report_proved(&survey->report, &proved);
    return write_examples(survey, &proved, error);
}

static enum status check_named(struct survey *survey, const char *name, struct error *error)
{
    const struct volume *volume;
    struct proof proof = {0};
    enum status status = policy_named(survey->context, name, &volume, error);

    if (status == STATUS_BAD_DATA) {
        policy_report_failed(&survey->report, error);
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        status = check_pack(survey, volume->pack, "", NULL, &proof, error);
    proof_release(&proof);
    return status;
}

/* --- packs with agreements --------------------------------------------------------------- */

static enum status check_joined(struct survey *survey, const struct volume *volume,
                                const struct agreement_volume *agreement,
                                const struct proof *alone, struct error *error)
{
    struct context *context = survey->context;
    const struct volume *joined;
    struct proof proof = {0};
    enum status status;

    if (!agreement_for_pack(agreement->agreement, volume->pack)) {
        policy_report_skipped(&survey->report, agreement->agreement->id,
                              arena_printf(&context->arena, "it holds in %s, and %s in %s.",
                                           agreement->agreement->jurisdiction, volume->pack->id,
                                           volume->pack->jurisdiction));
        return STATUS_OK;
    }
    status = library_join(context->library, volume, agreement, &joined, error);
    if (status == STATUS_BAD_DATA) {
        policy_report_failed(&survey->report, error);
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        status =
            check_pack(survey, joined->pack, agreement->agreement->id, alone, &proof, error);
    proof_release(&proof);
    return status;
}

static enum status check_with_all(struct survey *survey, const struct volume *volume,
                                  struct error *error)
{
    const struct agreement_volume *agreement;
    struct proof alone = {0};
    size_t count = 0;
    enum status status = check_pack(survey, volume->pack, "", NULL, &alone, error);

    if (status == STATUS_OK)
        status = library_agreements(survey->context->library, &agreement, &count, error);
    if (status == STATUS_NOT_FOUND) { /* a folder of one's own may have none */
        status = STATUS_OK;
        count = 0;
    }
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        if (agreement[i].agreement)
            status = check_joined(survey, volume, &agreement[i], &alone, error);
    }
    proof_release(&alone);
    return status;
}

/* An agreement that cannot be read is told once, not with every pack. */
static enum status tell_unread(struct survey *survey, struct error *error)
{
    const struct agreement_volume *agreement;
    size_t count = 0;
    enum status status =
        library_agreements(survey->context->library, &agreement, &count, error);

    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        if (!agreement[i].agreement)
            policy_report_failed(&survey->report, &agreement[i].error);
    }
    return status;
}

static enum status check_all(struct survey *survey, struct error *error)
{
    const struct volume *volume;
    size_t count;
    enum status status = library_packs(survey->context->library, &volume, &count, error);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        if (volume[i].pack)
            status = check_with_all(survey, &volume[i], error);
        else
            policy_report_failed(&survey->report, &volume[i].error);
    }
    return status == STATUS_OK ? tell_unread(survey, error) : status;
}

/* --- the command ------------------------------------------------------------------------- */

static enum status judge(const struct survey *survey, struct error *error)
{
    const struct policy_report *report = &survey->report;
    bool strict = context_has(survey->context, "--strict");

    if (!report->tally[SEVERITY_ERROR] && !(strict && report->tally[SEVERITY_WARNING]))
        return STATUS_OK;
    return fail(error, STATUS_BAD_DATA, "Each stands above, with what to do.",
                "The check found errors: %zu, warnings: %zu.", report->tally[SEVERITY_ERROR],
                report->tally[SEVERITY_WARNING]);
}

static enum status take_day(struct survey *survey, struct error *error)
{
    const char *day = context_option(survey->context, "--as-of", 0);

    survey->as_of = moment_date(survey->context->now);
    if (day && !date_parse(day, &survey->as_of))
        return fail(error, STATUS_USAGE, "Write it as 2026-09-30.",
                    "--as-of takes a day, and '%s' is none.", day);
    return STATUS_OK;
}

enum status command_policy_check(struct context *context, struct error *error)
{
    struct survey survey = {.context = context,
                            .examples = context_option(context, "--counter-examples", 0)};
    enum status status = take_day(&survey, error);

    if (status == STATUS_OK)
        status = make_folder(survey.examples, error);
    if (status != STATUS_OK)
        return status;
    policy_report_begin(&survey.report, context);
    if (!context->operand_count)
        status = check_all(&survey, error);
    for (size_t i = 0; status == STATUS_OK && i < context->operand_count; i++)
        status = check_named(&survey, context->operand[i], error);
    policy_report_end(&survey.report);
    return status == STATUS_OK ? judge(&survey, error) : status;
}
