/* SPDX-License-Identifier: MIT */
/* What lists and searches need of a record, from its bytes alone. */
#include <string.h>

#include "base/utf8.h"
#include "record/parsed.h"
#include "record/texts.h"

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
    {"retention.review", FIELD_DAY, false, offsetof(struct summary, keep_until), NULL},
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

/* The ids of the exemptions that were found, with a blank between them. */
static const char *exemptions_of(const json_t *body, struct arena *arena)
{
    struct buf ids = {0};
    const char *kept;

    for (size_t i = 0; i < body_count(body, "findings"); i++) {
        const json_t *finding = body_element(body, "findings", i);

        if (strcmp(body_text(finding, "kind"), finding_kind_id(FINDING_EXEMPTION)) == 0)
            buf_printf(&ids, "%s%s", ids.length ? " " : "", body_text(finding, "id"));
    }
    kept = arena_strdup(arena, buf_text(&ids));
    buf_release(&ids);
    return kept;
}

enum status body_summarise(const json_t *body, struct arena *arena, struct summary *ret_summary,
                           struct error *error)
{
    struct summary summary = {0};
    enum status status = fields_read(body, summary_fields, COUNT(summary_fields), "record",
                                     arena, &summary, error);

    if (status != STATUS_OK)
        return status;
    summary.departed = strcmp(body_text(body, "decision.stance"), "depart") == 0;
    summary.urgent = summary.recommended == OUTCOME_SHARE_URGENTLY ||
                     summary.decided == OUTCOME_SHARE_URGENTLY;
    summary.unfinished = body_count(body, "unfinished") > 0;
    summary.due = earliest_due(body);
    summary.exemptions = exemptions_of(body, arena);
    *ret_summary = summary;
    return STATUS_OK;
}

enum status record_summarise(const char *bytes, size_t length, struct arena *arena,
                             struct summary *ret_summary, struct error *error)
{
    json_t *body;
    enum status status = body_read(bytes, length, "record", &body, error);

    if (status != STATUS_OK)
        return status;
    status = body_summarise(body, arena, ret_summary, error);
    json_decref(body);
    return status;
}

/* --- Words -------------------------------------------------------------------------------- */

static bool add_words(const char *text, bool free_text, void *data)
{
    struct buf *out = data;

    (void)free_text;
    if (out->length > 0)
        buf_putc(out, '\n');
    utf8_fold(out, text, strlen(text));
    return true;
}

void body_words(const json_t *body, struct buf *out)
{
    texts_each(body, add_words, out);
}

enum status record_words(const char *bytes, size_t length, struct buf *out, struct error *error)
{
    json_t *body;
    enum status status = body_read(bytes, length, "record", &body, error);

    if (status != STATUS_OK)
        return status;
    body_words(body, out);
    json_decref(body);
    return STATUS_OK;
}
