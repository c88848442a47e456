/* SPDX-License-Identifier: MIT */
/* What lists and searches need of a record, from its bytes alone. */
#include <string.h>

#include "base/utf8.h"
#include "record/json.h"
#include "record/record.h"

static const struct field summary_fields[] = {
    {"reference", FIELD_TEXT, true, offsetof(struct summary, reference), NULL},
    {"amends", FIELD_TEXT, false, offsetof(struct summary, amends), NULL},
    {"sibling-of", FIELD_TEXT, false, offsetof(struct summary, sibling_of), NULL},
    {"practitioner.name", FIELD_TEXT, true, offsetof(struct summary, author), NULL},
    {"practitioner.team", FIELD_TEXT, false, offsetof(struct summary, team), NULL},
    {"subject.0.short", FIELD_TEXT, false, offsetof(struct summary, subject), NULL},
    {"subject.0.pseudonym", FIELD_TEXT, false, offsetof(struct summary, pseudonym), NULL},
    {"requester.short", FIELD_TEXT, false, offsetof(struct summary, requester), NULL},
    {"recipient.short", FIELD_TEXT, false, offsetof(struct summary, recipient), NULL},
    {"purpose.short", FIELD_TEXT, false, offsetof(struct summary, purpose), NULL},
    {"pack.id", FIELD_TEXT, true, offsetof(struct summary, pack), NULL},
    {"agreement", FIELD_TEXT, false, offsetof(struct summary, agreement), NULL},
    {"programme", FIELD_TEXT, false, offsetof(struct summary, programme), NULL},
    {"retention.id", FIELD_TEXT, false, offsetof(struct summary, retention), NULL},
    {"recommendation.outcome", FIELD_NAME, true, offsetof(struct summary, recommended),
     &outcome_names},
    {"decision.outcome", FIELD_NAME, true, offsetof(struct summary, decided), &outcome_names},
    {"countersign", FIELD_FLAG, true, offsetof(struct summary, countersign), NULL},
    {"restricted", FIELD_FLAG, true, offsetof(struct summary, restricted), NULL},
    {"practice", FIELD_FLAG, true, offsetof(struct summary, practice), NULL},
    {"times.signed", FIELD_MOMENT, true, offsetof(struct summary, signed_at), NULL},
    {"review", FIELD_DAY, false, offsetof(struct summary, review), NULL},
};

static date earliest_due(const json_t *body)
{
    date earliest = DATE_NONE;

    for (size_t i = 0; i < body_count(body, "must"); i++) {
        struct moment due;

        if (!moment_parse(body_text(body_element(body, "must", i), "due"), &due))
            continue;
        if (earliest == DATE_NONE || moment_date(due) < earliest)
            earliest = moment_date(due);
    }
    return earliest;
}

enum status record_summarise(const char *bytes, size_t length, struct arena *arena,
                             struct summary *ret_summary, struct error *error)
{
    struct summary summary = {0};
    json_t *body;
    enum status status = body_read(bytes, length, "record", &body, error);

    if (status != STATUS_OK)
        return status;
    status = fields_read(body, summary_fields, COUNT(summary_fields), "record", arena, &summary,
                         error);
    if (status == STATUS_OK) {
        summary.departed = strcmp(body_text(body, "decision.stance"), "depart") == 0;
        summary.urgent = summary.recommended == OUTCOME_SHARE_URGENTLY ||
                         summary.decided == OUTCOME_SHARE_URGENTLY;
        summary.unfinished = body_count(body, "unfinished") > 0;
        summary.due = earliest_due(body);
        *ret_summary = summary;
    }
    json_decref(body);
    return status;
}

/* --- Words -------------------------------------------------------------------------------- */

static void add_words(const char *text, struct buf *out)
{
    if (!text[0])
        return;
    if (out->length > 0)
        buf_putc(out, '\n');
    utf8_fold(out, text, strlen(text));
}

/* Free text and names; not the labels of options, which would match everything. */
static void add_answer(const json_t *entry, struct buf *out)
{
    json_t *fields = body_at(entry, "fields");
    const char *name;
    json_t *text;

    add_words(body_text(entry, "text"), out);
    json_object_foreach(fields, name, text)
        add_words(json_is_string(text) ? json_string_value(text) : "", out);
}

enum status record_words(const char *bytes, size_t length, struct buf *out, struct error *error)
{
    static const char *const places[] = {
        "reference",
        "amends",
        "sibling-of",
        "practitioner.name",
        "agreement",
        "programme",
        "decision.reason",
        "practitioner.full",
        "amendment",
        "terms.title",
        "terms.programme.title",
    };
    json_t *body;
    enum status status = body_read(bytes, length, "record", &body, error);

    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < COUNT(places); i++)
        add_words(body_text(body, places[i]), out);
    for (size_t i = 0; i < body_count(body, "path"); i++)
        add_answer(body_element(body, "path", i), out);
    for (size_t i = 0; i < body_count(body, "items"); i++) {
        add_words(body_text(body_element(body, "items", i), "what"), out);
        add_words(body_text(body_element(body, "items", i), "reason"), out);
    }
    if (body_flag(body, "justification.edited"))
        add_words(body_text(body, "justification.text"), out);
    json_decref(body);
    return STATUS_OK;
}
