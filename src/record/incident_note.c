/* SPDX-License-Identifier: MIT */
/* The entries of an incident as bodies, and what each must say. */
#include <string.h>

#include "base/utf8.h"
#include "record/incident.h"
#include "record/json.h"

static const struct {
    const char *id, *words;
} acts[] = {
#define X(name, id, words) [INCIDENT_##name] = {id, words},
    INCIDENT_ACT_TABLE(X)
#undef X
};

const char *incident_act_id(enum incident_act act)
{
    return acts[act].id;
}

const char *incident_act_words(enum incident_act act)
{
    return acts[act].words;
}

bool incident_act_parse(const char *id, enum incident_act *ret_act)
{
    for (size_t i = 0; i < COUNT(acts); i++) {
        if (strcmp(acts[i].id, id) == 0) {
            *ret_act = (enum incident_act)i;
            return true;
        }
    }
    return false;
}

/* --- What it must say --------------------------------------------------------------------- */

static enum status check_times(const struct incident_note *note, struct moment at,
                               struct error *error)
{
    if (note->aware.us > at.us || note->when.us > at.us)
        return fail_at(error, STATUS_REFUSED, NULL, 0,
                       note->aware.us > at.us ? "aware" : "when",
                       "Check the date and the time, and the clock of this machine.",
                       "This has not happened yet.");
    return STATUS_OK;
}

static enum status check_report(const struct incident_note *note, struct error *error)
{
    if (!note->aware.us)
        return fail_at(error, STATUS_REFUSED, NULL, 0, "aware",
                       "Say when the first person knew, even if that was not you.",
                       "An incident is not reported without saying since when it is known.");
    if (!note->running_count)
        return fail_at(error, STATUS_REFUSED, NULL, 0, "clocks",
                       "Name the agreement whose time limits hold.",
                       "It is not known which time limits hold.");
    return STATUS_OK;
}

enum status incident_check(const struct incident_note *note, struct moment at,
                           struct error *error)
{
    static const char *const missing[] = {
        [INCIDENT_REPORT] = "Write what happened.",
        [INCIDENT_UPDATE] = "Write what is new.",
        [INCIDENT_TOLD] = "Write what they were told.",
        [INCIDENT_NOT_NOTIFY] = "Write the reasons: they may be asked for.",
        [INCIDENT_CLOSE] = "Write what was learned, and what will be done differently.",
    };

    if (utf8_blank(note->message))
        return fail_at(error, STATUS_REFUSED, NULL, 0, "message", missing[note->act],
                       "This does not say enough to be of use later.");
    if (note->act == INCIDENT_TOLD && (utf8_blank(note->who) || !note->when.us))
        return fail_at(error, STATUS_REFUSED, NULL, 0, utf8_blank(note->who) ? "who" : "when",
                       "Say who was told, and when.", "It is not said who was told, and when.");
    if ((note->act == INCIDENT_TOLD || note->act == INCIDENT_NOT_NOTIFY) &&
        utf8_blank(note->clock))
        return fail_at(error, STATUS_REFUSED, NULL, 0, "clock",
                       "Choose one of the incident's time limits.",
                       "It is not said which time limit this is about.");
    if (note->act == INCIDENT_REPORT && check_report(note, error) != STATUS_OK)
        return STATUS_REFUSED;
    return check_times(note, at, error);
}

/* --- Bodies ------------------------------------------------------------------------------- */

static bool act_from(const char *id, void *ret_value)
{
    return incident_act_parse(id, ret_value);
}

static const char *act_to(const void *value)
{
    return incident_act_id(*(const enum incident_act *)value);
}

static const struct names act_names = {act_from, act_to};

static const struct field fields[] = {
    {"act", FIELD_NAME, true, offsetof(struct incident_note, act), &act_names},
    {"incident", FIELD_NUMBER, false, offsetof(struct incident_note, incident), NULL},
    {"reference", FIELD_TEXT, true, offsetof(struct incident_note, reference), NULL},
    {"message", FIELD_TEXT, true, offsetof(struct incident_note, message), NULL},
    {"aware", FIELD_MOMENT, false, offsetof(struct incident_note, aware), NULL},
    {"clock", FIELD_TEXT, false, offsetof(struct incident_note, clock), NULL},
    {"who", FIELD_TEXT, false, offsetof(struct incident_note, who), NULL},
    {"kinds", FIELD_TEXT, false, offsetof(struct incident_note, kinds), NULL},
    {"people", FIELD_TEXT, false, offsetof(struct incident_note, people), NULL},
    {"when", FIELD_MOMENT, false, offsetof(struct incident_note, when), NULL},
    {"agreement", FIELD_TEXT, false, offsetof(struct incident_note, agreement), NULL},
};

static void put_clocks(const struct incident_note *note, json_t *body)
{
    json_t *list = body_list();

    for (size_t i = 0; i < note->running_count; i++) {
        json_t *clock = body_object();

        body_put_text(clock, "id", note->running[i].id);
        body_put_text(clock, "title", note->running[i].title);
        body_put_number(clock, "hours", note->running[i].hours);
        body_put_number(clock, "warn", note->running[i].warn_hours);
        body_append(list, clock);
    }
    body_put_list(body, "clocks", list);
}

void incident_compose(const struct incident_note *note, const struct person *by,
                      struct moment at, struct buf *out)
{
    json_t *body = body_object();

    body_put_number(body, "schema", RECORD_SCHEMA);
    body_put_text(body, "kind", "incident");
    fields_write(body, fields, COUNT(fields), note);
    if (note->act == INCIDENT_REPORT)
        json_object_del(body, "incident");
    put_clocks(note, body);
    body_put_moment(body, "at", at);
    body_put_person(body, "by", by);
    body_write(body, out);
}

static enum status read_clocks(const json_t *body, struct arena *arena,
                               struct incident_note *note, struct error *error)
{
    static const struct field clock_fields[] = {
        {"id", FIELD_TEXT, true, offsetof(struct incident_clock, id), NULL},
        {"title", FIELD_TEXT, false, offsetof(struct incident_clock, title), NULL},
        {"hours", FIELD_NUMBER, true, offsetof(struct incident_clock, hours), NULL},
        {"warn", FIELD_NUMBER, false, offsetof(struct incident_clock, warn_hours), NULL},
    };
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < body_count(body, "clocks"); i++) {
        if (i == INCIDENT_CLOCKS_MAX)
            return fail(error, STATUS_BAD_DATA, NULL, "This incident has more than %d clocks.",
                        INCIDENT_CLOCKS_MAX);
        status = fields_read(body_element(body, "clocks", i), clock_fields, COUNT(clock_fields),
                             "clock", arena, &note->running[i], error);
        note->running_count = i + 1;
    }
    return status;
}

enum status incident_read(const char *bytes, size_t length, struct arena *arena,
                          struct incident_note *ret_note, struct error *error)
{
    struct incident_note note = {0};
    json_t *body;
    enum status status = body_read(bytes, length, "incident", &body, error);

    if (status != STATUS_OK)
        return status;
    status = fields_read(body, fields, COUNT(fields), "incident", arena, &note, error);
    if (status == STATUS_OK)
        status = read_clocks(body, arena, &note, error);
    if (status == STATUS_OK && note.act != INCIDENT_REPORT && !note.incident)
        status =
            fail(error, STATUS_BAD_DATA, NULL, "This does not say which incident it is about.");
    json_decref(body);
    if (status == STATUS_OK)
        *ret_note = note;
    return status;
}
