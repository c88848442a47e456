/* SPDX-License-Identifier: MIT */
/* The report of `discern policy check`. The example of a fault follows it, indented. */
#include "command/policy_report.h"

#include <stdlib.h>
#include <string.h>

#include "command/print.h"

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

void policy_report_failed(struct policy_report *report, const struct error *error)
{
    const struct fault fault = {.rule = &rule_unreadable,
                                .file = error->file,
                                .line = error->line,
                                .field = error->field,
                                .what = error->what,
                                .remedy = error->remedy};

    report->checked++;
    report->tally[SEVERITY_ERROR]++;
    if (report->findings)
        body_append(report->findings, policy_fault_json(&fault));
    else
        policy_print_fault(report->context, &fault);
}

static void tell_json(struct policy_report *report, const struct proved *proved,
                      const struct fault *fault)
{
    json_t *object = policy_fault_json(fault);

    body_put_text(object, "agreement", proved->agreement);
    if (fault->has_example)
        body_put(object, "example", policy_example_json(proved->pack, &fault->example));
    body_append(report->findings, object);
}

/* A source that has still to be read in its own text: kept until the end, once for all packs
 * that cite it. False if the fault is about something else. */
static bool put_off(struct policy_report *report, const struct pack *pack,
                    const struct fault *fault)
{
    struct arena *arena = &report->context->arena;
    size_t source = 0, n = 0;

    if (fault->rule != &proof_rules[PROOF_SOURCE_VERIFY] || fault->accepted ||
        context_has(report->context, "--verbose"))
        return false;
    while (strcmp(fault->field, arena_printf(arena, "[source %s]", pack->source[source].id)))
        source++;
    while (n < report->unread_count &&
           strcmp(report->unread[n].title, pack->source[source].title))
        n++;
    if (n == report->unread_count) {
        report->unread = arena_grow(arena, report->unread, n, n + 1, sizeof(*report->unread));
        report->unread[report->unread_count++] =
            (struct unread){.title = pack->source[source].title};
    }
    report->unread[n].places += pack_citing(pack, source);
    return true;
}

static void tell(struct policy_report *report, const struct proved *proved,
                 const struct fault *fault)
{
    if (report->findings) {
        tell_json(report, proved, fault);
    } else if (!put_off(report, proved->pack, fault)) {
        policy_print_fault(report->context, fault);
        if (fault->has_example)
            policy_print_example(report->context, proved->pack, &fault->example);
    }
    ++*(fault->accepted ? &report->accepted : &report->tally[fault->rule->severity]);
}

bool policy_report_told(const struct proved *proved, const struct fault *fault)
{
    for (size_t i = 0; proved->alone && i < proved->alone->report.count; i++) {
        const struct fault *other = &proved->alone->report.fault[i];

        if (other->rule == fault->rule && !strcmp(other->field, fault->field) &&
            !strcmp(other->what, fault->what))
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
    for (size_t i = 0; i < proved->proof->report.count; i++) {
        const struct fault *fault = &proved->proof->report.fault[i];

        if (!policy_report_told(proved, fault))
            tell(report, proved, fault);
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

static int most_places_first(const void *a, const void *b)
{
    const struct unread *left = a, *right = b;

    if (left->places != right->places)
        return left->places > right->places ? -1 : 1;
    return strcmp(left->title, right->title);
}

static void print_unread(struct policy_report *report)
{
    FILE *out = report->context->out;

    if (!report->unread_count)
        return;
    qsort(report->unread, report->unread_count, sizeof(*report->unread), most_places_first);
    fprintf(out, "Still to be checked against the text, and how often cited (--verbose says "
                 "why):\n");
    for (size_t i = 0; i < report->unread_count; i++)
        fprintf(out, "  %4zu  %s\n", report->unread[i].places,
                context_safe(report->context, report->unread[i].title));
}

void policy_report_end(struct policy_report *report)
{
    json_t *object;

    if (!report->packs) {
        print_unread(report);
        fprintf(report->context->out,
                "Checked: %zu. Errors: %zu. Warnings: %zu. Notes: %zu. Accepted: %zu.\n",
                report->checked, report->tally[SEVERITY_ERROR], report->tally[SEVERITY_WARNING],
                report->tally[SEVERITY_NOTE], report->accepted);
        return;
    }
    object = body_object();
    body_put(object, "packs", report->packs);
    body_put(object, "findings", report->findings);
    body_put(object, "skipped", report->skipped);
    body_put_number(object, "errors", (long long)report->tally[SEVERITY_ERROR]);
    body_put_number(object, "warnings", (long long)report->tally[SEVERITY_WARNING]);
    body_put_number(object, "notes", (long long)report->tally[SEVERITY_NOTE]);
    body_put_number(object, "accepted", (long long)report->accepted);
    print_json(report->context->out, object);
}
