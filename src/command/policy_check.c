/* SPDX-License-Identifier: MIT */
/*
 * `discern policy check`: packs are loaded, which checks their names, types and order, and each
 * is put through the checks of one table. Every problem of every pack is told before the
 * command ends.
 */
#include "command/print.h"
#include "command/subcommands.h"
#include "policy/scenario.h"

/* One run of the command: what was found so far. */
struct survey {
    struct context *context;
    json_t *problems; /* NULL when printing words */
    size_t packs, failed;
    bool pack_failed; /* the pack that is being checked */
};

static void tell(struct survey *survey, const struct error *error)
{
    char line[sizeof(*error)];
    json_t *object;

    survey->pack_failed = true;
    if (!survey->problems) {
        error_line(error, line, sizeof(line));
        fprintf(survey->context->out, "%s\n", line);
        return;
    }
    object = body_object();
    body_put_text(object, "file", error->file);
    if (error->line)
        body_put_number(object, "line", error->line);
    body_put_text(object, "field", error->field);
    body_put_text(object, "what", error->what);
    body_put_text(object, "remedy", error->remedy);
    body_append(survey->problems, object);
}

static void check_scenarios(struct survey *survey, const struct pack *pack)
{
    struct error error;

    for (size_t i = 0; i < pack->scenario_count; i++) {
        if (scenario_walk(pack, &pack->scenario[i], &error) != STATUS_OK)
            tell(survey, &error);
    }
}

static void check_overdue(struct survey *survey, const struct pack *pack)
{
    date today = moment_date(survey->context->now);
    struct error error;

    for (size_t i = 0; i < pack->source_count; i++) {
        const struct source *source = &pack->source[i];

        if (source->review_by == DATE_NONE || source->review_by >= today)
            continue;
        if (fail_at(&error, STATUS_BAD_DATA, pack->file, source->line, source->id,
                    "Read the source again, then give it a new date.",
                    "This source should have been reviewed.") != STATUS_OK)
            tell(survey, &error);
    }
}

/* What is checked of a pack beyond what loading it has shown. */
static void (*const checks[])(struct survey *survey, const struct pack *pack) = {
    check_scenarios,
    check_overdue,
};

static void print_counts(const struct survey *survey, const struct pack *pack)
{
    fprintf(survey->context->out,
            "%s %s: %s (questions %zu, findings %zu, outcomes %zu, scenarios %zu)\n", pack->id,
            context_safe(survey->context, pack->version),
            survey->pack_failed ? "there are problems" : "in order", pack->question_count,
            pack->finding_count, pack->outcome_count, pack->scenario_count);
}

static void check_pack(struct survey *survey, const struct pack *pack,
                       const struct error *error)
{
    survey->packs++;
    survey->pack_failed = false;
    for (size_t i = 0; pack && i < COUNT(checks); i++)
        checks[i](survey, pack);
    if (!pack)
        tell(survey, error);
    if (pack && !survey->problems)
        print_counts(survey, pack);
    survey->failed += survey->pack_failed;
}

/* What looks like a file is one; else it is the id of an installed pack. */
static bool is_file(const char *name)
{
    for (; *name; name++) {
        if (*name == '/' || *name == '.')
            return true;
    }
    return false;
}

static enum status check_named(struct survey *survey, const char *name, struct error *error)
{
    struct library *library = survey->context->library;
    const struct volume *volume;
    enum status status = is_file(name) ? library_file(library, name, &volume, error)
                                       : library_pack(library, name, &volume, error);

    if (status != STATUS_OK && status != STATUS_BAD_DATA)
        return status;
    check_pack(survey, status == STATUS_OK ? volume->pack : NULL, error);
    return STATUS_OK;
}

static enum status check_all(struct survey *survey, struct error *error)
{
    const struct volume *volume;
    size_t count;
    enum status status = library_packs(survey->context->library, &volume, &count, error);

    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        check_pack(survey, volume[i].pack, &volume[i].error);
    return status;
}

enum status command_policy_check(struct context *context, struct error *error)
{
    struct survey survey = {.context = context};
    enum status status = STATUS_OK;

    if (context_has(context, "--json"))
        survey.problems = body_list();
    if (!context->operand_count)
        status = check_all(&survey, error);
    for (size_t i = 0; status == STATUS_OK && i < context->operand_count; i++)
        status = check_named(&survey, context->operand[i], error);
    if (survey.problems) {
        json_t *object = body_object();

        body_put_number(object, "packs", (long long)survey.packs);
        body_put(object, "problems", survey.problems);
        print_json(context->out, object);
    }
    if (status == STATUS_OK && survey.failed)
        return fail(error, STATUS_BAD_DATA, "Each problem stands above.",
                    "%zu of %zu packs have problems.", survey.failed, survey.packs);
    return status;
}
