/* SPDX-License-Identifier: MIT */
/* The report of `discern policy check`. One finding is one line, so that other programs and
 * `sort` can work with it; its example follows, indented. */
#include "command/policy_report.h"

#include <string.h>

#include "command/print.h"

/* What could not be read has no rule of the proof. */
#define UNREADABLE "unreadable"

void policy_report_begin(struct policy_report *report, struct context *context)
{
    *report = (struct policy_report){.context = context};
    if (!context_has(context, "--json"))
        return;
    report->packs = body_list();
    report->findings = body_list();
    report->skipped = body_list();
}

/* --- findings ---------------------------------------------------------------------------- */

/* One line of the report, wherever it comes from. */
struct told {
    const char *file, *severity, *rule, *field, *what, *remedy;
    int line;
};

static void print_told(struct policy_report *report, const struct told *told)
{
    struct context *context = report->context;
    struct buf line = {0};

    buf_printf(&line, "%s:%d: %s %s: ", told->file, told->line, told->severity, told->rule);
    if (told->field[0])
        buf_printf(&line, "%s: ", told->field);
    buf_printf(&line, "%s%s%s", told->what, told->remedy[0] ? " " : "", told->remedy);
    fprintf(context->out, "%s\n", context_safe(context, buf_text(&line)));
    buf_release(&line);
}

static json_t *told_json(const struct told *told)
{
    json_t *object = body_object();

    body_put_text(object, "file", told->file);
    body_put_number(object, "line", told->line);
    body_put_text(object, "severity", told->severity);
    body_put_text(object, "rule", told->rule);
    body_put_text(object, "field", told->field);
    body_put_text(object, "what", told->what);
    body_put_text(object, "remedy", told->remedy);
    return object;
}

void policy_report_failed(struct policy_report *report, const struct error *error)
{
    const struct told told = {.file = error->file,
                              .line = error->line,
                              .severity = severity_id(SEVERITY_ERROR),
                              .rule = UNREADABLE,
                              .field = error->field,
                              .what = error->what,
                              .remedy = error->remedy};

    report->checked++;
    report->errors++;
    if (report->findings)
        body_append(report->findings, told_json(&told));
    else
        print_told(report, &told);
}

static struct told told_of(struct policy_report *report, const struct pack *pack,
                           const struct proof_finding *finding)
{
    const char *remedy = proof_rule_remedy(finding->rule);

    if (finding->accepted)
        remedy = arena_printf(&report->context->arena, "Accepted by [accept %s]: %s",
                              finding->accepted->id, finding->accepted->because);
    return (struct told){.file = pack_file_of(pack, finding->field),
                         .line = finding->line,
                         .severity = finding->accepted
                                         ? "accepted"
                                         : severity_id(proof_rule_severity(finding->rule)),
                         .rule = proof_rule_id(finding->rule),
                         .field = finding->field,
                         .what = finding->what,
                         .remedy = remedy};
}

static void tell(struct policy_report *report, const struct proved *proved,
                 const struct proof_finding *finding)
{
    const struct told told = told_of(report, proved->pack, finding);
    json_t *object;

    if (!report->findings) {
        print_told(report, &told);
        if (finding->has_example)
            policy_print_example(report->context, proved->pack, &finding->example);
        return;
    }
    object = told_json(&told);
    body_put_text(object, "agreement", proved->agreement);
    if (finding->has_example)
        body_put(object, "example", policy_example_json(proved->pack, &finding->example));
    body_append(report->findings, object);
}

static void count(struct policy_report *report, const struct proof_finding *finding)
{
    size_t *tally[] = {
        [SEVERITY_ERROR] = &report->errors,
        [SEVERITY_WARNING] = &report->warnings,
        [SEVERITY_NOTE] = &report->notes,
    };

    ++*(finding->accepted ? &report->accepted : tally[proof_rule_severity(finding->rule)]);
}

bool policy_report_told(const struct proved *proved, const struct proof_finding *finding)
{
    for (size_t i = 0; proved->alone && i < proved->alone->count; i++) {
        const struct proof_finding *other = &proved->alone->finding[i];

        if (other->rule == finding->rule && !strcmp(other->field, finding->field) &&
            !strcmp(other->what, finding->what))
            return true;
    }
    return false;
}

/* --- what was proved --------------------------------------------------------------------- */

static void print_proved(struct policy_report *report, const struct proved *proved)
{
    struct context *context = report->context;
    const struct pack *pack = proved->pack;
    const struct proof *proof = proved->proof;

    fprintf(context->out,
            "%s %s%s%s: %zu questions, %zu findings, %zu outcomes, %zu scenarios\n", pack->id,
            context_safe(context, pack->version), proved->agreement[0] ? " with " : "",
            proved->agreement, pack->question_count, pack->finding_count, pack->outcome_count,
            pack->scenario_count);
    if (!proof->complete)
        return;
    fprintf(context->out, "  paths      %s, proved by %zu states in %ld.%03ld seconds\n",
            policy_count(context, proof->paths), proof->states, proved->milliseconds / 1000,
            proved->milliseconds % 1000);
    for (unsigned i = 0; i < OUTCOME_COUNT; i++)
        fprintf(context->out, "    %-16s %s\n", outcome_id((enum outcome)i),
                policy_count(context, proof->ending[i]));
    fprintf(context->out, "  questions  at most %ld before the decision", proof->longest);
    if (proof->ending[OUTCOME_SHARE_URGENTLY] > 0)
        fprintf(context->out, ", %ld in an emergency", proof->urgent);
    fprintf(context->out, "\n");
}

static json_t *ending_json(struct policy_report *report, const struct proof *proof)
{
    json_t *object = body_object();

    for (unsigned i = 0; i < OUTCOME_COUNT; i++)
        body_put_text(object, outcome_id((enum outcome)i),
                      policy_count(report->context, proof->ending[i]));
    return object;
}

static json_t *proved_json(struct policy_report *report, const struct proved *proved)
{
    const struct pack *pack = proved->pack;
    const struct proof *proof = proved->proof;
    json_t *object = body_object();

    body_put_text(object, "id", pack->id);
    body_put_text(object, "version", pack->version);
    body_put_text(object, "file", pack->file);
    body_put_text(object, "agreement", proved->agreement);
    body_put_number(object, "questions", (long long)pack->question_count);
    body_put_number(object, "findings", (long long)pack->finding_count);
    body_put_number(object, "outcomes", (long long)pack->outcome_count);
    body_put_number(object, "scenarios", (long long)pack->scenario_count);
    body_put_flag(object, "complete", proof->complete);
    body_put_text(object, "paths", policy_count(report->context, proof->paths));
    body_put(object, "ending", ending_json(report, proof));
    body_put_number(object, "longest", proof->longest);
    body_put_number(object, "urgent", proof->urgent);
    body_put_number(object, "states", (long long)proof->states);
    body_put_number(object, "milliseconds", proved->milliseconds);
    return object;
}

void policy_report_proved(struct policy_report *report, const struct proved *proved)
{
    report->checked++;
    for (size_t i = 0; i < proved->proof->count; i++) {
        const struct proof_finding *finding = &proved->proof->finding[i];

        if (policy_report_told(proved, finding))
            continue;
        tell(report, proved, finding);
        count(report, finding);
    }
    if (report->packs)
        body_append(report->packs, proved_json(report, proved));
    else
        print_proved(report, proved);
}

void policy_report_skipped(struct policy_report *report, const char *agreement, const char *why)
{
    if (!report->skipped) {
        fprintf(report->context->out, "%s: not checked with it: %s\n",
                context_safe(report->context, agreement), context_safe(report->context, why));
        return;
    }
    json_t *object = body_object();

    body_put_text(object, "agreement", agreement);
    body_put_text(object, "why", why);
    body_append(report->skipped, object);
}

void policy_report_end(struct policy_report *report)
{
    json_t *object;

    if (!report->packs) {
        fprintf(report->context->out,
                "Checked: %zu. Errors: %zu. Warnings: %zu. Notes: %zu. Accepted: %zu.\n",
                report->checked, report->errors, report->warnings, report->notes,
                report->accepted);
        return;
    }
    object = body_object();
    body_put(object, "packs", report->packs);
    body_put(object, "findings", report->findings);
    body_put(object, "skipped", report->skipped);
    body_put_number(object, "errors", (long long)report->errors);
    body_put_number(object, "warnings", (long long)report->warnings);
    body_put_number(object, "notes", (long long)report->notes);
    body_put_number(object, "accepted", (long long)report->accepted);
    print_json(report->context->out, object);
}
