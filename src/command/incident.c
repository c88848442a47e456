/* SPDX-License-Identifier: MIT */
/* `discern incident report`, `update`, `close` and `list`: what went wrong, who was told of it
 * in time, what was learned. Time limits are those of the law and of an agreement. */
#include <stdlib.h>

#include "command/incident_entry.h"
#include "command/print.h"
#include "command/subcommands.h"

#define LIMIT 200

/* --- What was typed ----------------------------------------------------------------------- */

static enum status read_when(const struct context *context, const char *option,
                             struct moment *moment, struct error *error)
{
    const char *text = context_option(context, option, 0);

    if (!text || when_parse(text, moment))
        return STATUS_OK;
    return fail_at(error, STATUS_USAGE, NULL, 0, option, "Write it as 2026-09-30 14:30.",
                   "'%s' is not a day and a time.", text);
}

static enum status read_number(struct context *context, long long *ret_number,
                               struct error *error)
{
    const char *text = context->operand[0];
    char *end;
    long long number = strtoll(text, &end, 10);

    if (text[0] < '1' || text[0] > '9' || *end)
        return fail(error, STATUS_USAGE, "`discern incident list` has the numbers.",
                    "'%s' is not the number of an incident.", text);
    *ret_number = number;
    return STATUS_OK;
}

/* --- Where one stands --------------------------------------------------------------------- */

static void print_limit(struct context *context, const struct incident *incident, size_t i)
{
    const struct incident_limit *limit = &incident->limit[i];
    char due[MOMENT_WORDS_SIZE], told[MOMENT_WORDS_SIZE], words[LEFT_WORDS_SIZE];
    int64_t left;
    enum limit_state state = incident_state(incident, i, context->now, &left);

    moment_words(incident_due(incident, i), due);
    fprintf(context->out, "  %s, by %s: %s", context_safe(context, limit->clock.id), due,
            limit_state_words(state));
    incident_left_words(state, left, words);
    if (!incident->closed && words[0])
        fprintf(context->out, ": %s", words);
    if (limit->told.us) {
        moment_words(limit->told, told);
        fprintf(context->out, ": %s, %s", context_safe(context, limit->who), told);
    }
    putc('\n', context->out);
    if (limit->not_needed[0])
        print_entry(context->out, 4, "Because", limit->not_needed);
}

static void print_said(FILE *out, const char *name, const char *text)
{
    if (text[0])
        print_entry(out, 2, name, text);
}

static void print_incident(struct context *context, const struct incident *incident)
{
    char aware[MOMENT_WORDS_SIZE];

    moment_words(incident->aware, aware);
    fprintf(context->out, "Incident %lld, about %s, known since %s: %s\n", incident->number,
            context_safe(context, incident->reference), aware,
            incident->closed ? "closed" : "open");
    print_entry(context->out, 2, "What happened", incident->message);
    print_said(context->out, "Known first to", incident->who);
    print_said(context->out, "Kinds of data", incident->kinds);
    print_said(context->out, "How many people", incident->people);
    for (size_t i = 0; i < incident->limit_count; i++)
        print_limit(context, incident, i);
    if (incident->closed)
        print_entry(context->out, 2, "Learned", incident->lessons);
}

static json_t *incident_json(const struct context *context, const struct incident *incident)
{
    json_t *object = body_object(), *limits = body_list();

    body_put_number(object, "incident", incident->number);
    body_put_text(object, "reference", incident->reference);
    body_put_text(object, "agreement", incident->agreement);
    body_put_text(object, "message", incident->message);
    body_put_text(object, "lessons", incident->lessons);
    body_put_text(object, "who", incident->who);
    body_put_text(object, "kinds", incident->kinds);
    body_put_text(object, "people", incident->people);
    body_put_moment(object, "aware", incident->aware);
    body_put_flag(object, "closed", incident->closed);
    for (size_t i = 0; i < incident->limit_count; i++) {
        json_t *limit = body_object();
        int64_t left;

        body_put_text(limit, "id", incident->limit[i].clock.id);
        body_put_text(limit, "title", incident->limit[i].clock.title);
        body_put_number(limit, "hours", incident->limit[i].clock.hours);
        body_put_moment(limit, "due", incident_due(incident, i));
        body_put_text(limit, "state",
                      limit_state_id(incident_state(incident, i, context->now, &left)));
        body_put_text(limit, "who", incident->limit[i].who);
        if (incident->limit[i].told.us)
            body_put_moment(limit, "told", incident->limit[i].told);
        body_put_text(limit, "not-needed", incident->limit[i].not_needed);
        body_append(limits, limit);
    }
    body_put(object, "limits", limits);
    return object;
}

/* --- Entries ------------------------------------------------------------------------------ */

static enum status append_and_print(struct context *context, struct store *store,
                                    const struct incident_note *note, struct error *error)
{
    struct incident incident;
    int64_t sequence = 0;
    enum status status = incident_append(store, note, context->now, &sequence, error);

    if (status == STATUS_OK)
        status = store_incident(store, note->incident ? note->incident : sequence,
                                &context->arena, &incident, error);
    if (status == STATUS_OK)
        print_incident(context, &incident);
    return status;
}

enum status command_incident_report(struct context *context, struct error *error)
{
    char reference[REFERENCE_SIZE];
    struct incident_note note = {.act = INCIDENT_REPORT,
                                 .reference = reference,
                                 .who = context_option(context, "--who", 0),
                                 .kinds = context_option(context, "--kinds", 0),
                                 .people = context_option(context, "--people", 0),
                                 .message = context_option(context, "--message", 0)};
    struct store *store;
    struct row row;
    enum status status = context_reference(context->operand[0], reference, error);

    if (status == STATUS_OK)
        status = read_when(context, "--aware", &note.aware, error);
    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    status = store_find(store, reference, &context->arena, &row, error);
    if (status == STATUS_OK)
        status = incident_limits(context->library, &context->settings, &row.summary,
                                 context_option(context, "--agreement", 0), &note, error);
    if (status == STATUS_OK)
        status = append_and_print(context, store, &note, error);
    store_close(store);
    return status;
}

/* An entry about an incident that is there. */
static enum status follow(struct context *context, struct incident_note *note,
                          struct error *error)
{
    struct incident incident;
    struct store *store;
    enum status status = context_store(context, &store, error);

    if (status != STATUS_OK)
        return status;
    status = store_incident(store, note->incident, &context->arena, &incident, error);
    note->reference = incident.reference;
    if (status == STATUS_OK)
        status = append_and_print(context, store, note, error);
    store_close(store);
    return status;
}

enum status command_incident_update(struct context *context, struct error *error)
{
    const char *told = context_option(context, "--told", 0);
    const char *nobody = context_option(context, "--not-notify", 0);
    struct incident_note note = {.act = told     ? INCIDENT_TOLD
                                        : nobody ? INCIDENT_NOT_NOTIFY
                                                 : INCIDENT_UPDATE,
                                 .clock = told ? told : nobody,
                                 .who = context_option(context, "--who", 0),
                                 .kinds = context_option(context, "--kinds", 0),
                                 .people = context_option(context, "--people", 0),
                                 .message = context_option(context, "--message", 0)};
    enum status status = read_number(context, &note.incident, error);

    if (status == STATUS_OK && told && nobody)
        status = fail(error, STATUS_USAGE, NULL, "Give one of --told and --not-notify.");
    if (status == STATUS_OK)
        status = read_when(context, "--aware", &note.aware, error);
    if (status == STATUS_OK)
        status = read_when(context, "--when", &note.when, error);
    return status == STATUS_OK ? follow(context, &note, error) : status;
}

enum status command_incident_close(struct context *context, struct error *error)
{
    struct incident_note note = {.act = INCIDENT_CLOSE,
                                 .message = context_option(context, "--message", 0)};
    enum status status = read_number(context, &note.incident, error);

    return status == STATUS_OK ? follow(context, &note, error) : status;
}

/* --- The list ----------------------------------------------------------------------------- */

/* Open ones first. Only so many of each are shown: more open ones than that are another
 * problem. */
static enum status take_all(struct context *context, struct store *store, json_t *list,
                            size_t *ret_count, struct error *error)
{
    enum status status = STATUS_OK;

    *ret_count = 0;
    for (int closed = 0; closed <= context_has(context, "--all") && status == STATUS_OK;
         closed++) {
        struct incident *found;
        size_t count;

        status = store_incidents(store, closed != 0, 0, LIMIT, &context->arena, &found, &count,
                                 error);
        for (size_t i = 0; status == STATUS_OK && i < count; i++) {
            if (list)
                body_append(list, incident_json(context, &found[i]));
            else
                print_incident(context, &found[i]);
        }
        *ret_count += status == STATUS_OK ? count : 0;
    }
    return status;
}

enum status command_incident_list(struct context *context, struct error *error)
{
    json_t *list = context_has(context, "--json") ? body_list() : NULL, *all;
    struct store *store;
    size_t count = 0;
    enum status status = context_store(context, &store, error);

    if (status == STATUS_OK) {
        status = take_all(context, store, list, &count, error);
        store_close(store);
    }
    if (status == STATUS_OK && !list && !count)
        fputs("There are no such incidents.\n", context->out);
    if (!list)
        return status;
    all = body_object();
    body_put(all, "incidents", list);
    if (status == STATUS_OK)
        print_json(context->out, all);
    else
        json_decref(all);
    return status;
}
