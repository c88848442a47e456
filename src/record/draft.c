/* SPDX-License-Identifier: MIT */
/* Drafts: a decision between two answers. Never refuses to write what it was given. */
#include <stdlib.h>
#include <string.h>

#include "record/answer_json.h"
#include "record/heading.h"
#include "record/json.h"
#include "record/record.h"

#define DRAFT_SCHEMA 1

static const struct field heading_fields[] = {
    {"draft", FIELD_NUMBER, true, offsetof(struct heading, schema), NULL},
    {"reference", FIELD_TEXT, true, offsetof(struct heading, reference), NULL},
    {"pack.id", FIELD_TEXT, true, offsetof(struct heading, pack), NULL},
    {"pack.version", FIELD_TEXT, false, offsetof(struct heading, version), NULL},
    {"agreement", FIELD_TEXT, false, offsetof(struct heading, agreement), NULL},
    {"programme", FIELD_TEXT, false, offsetof(struct heading, programme), NULL},
    {"day", FIELD_DAY, true, offsetof(struct heading, day), NULL},
    {"begun", FIELD_MOMENT, false, offsetof(struct heading, begun), NULL},
    {"stance", FIELD_NAME, false, offsetof(struct heading, stance), &stance_names},
    {"decided", FIELD_NAME, false, offsetof(struct heading, decided), &outcome_names},
    {"reason", FIELD_TEXT, false, offsetof(struct heading, departure), NULL},
    {"justification", FIELD_TEXT, false, offsetof(struct heading, justification), NULL},
    {"amends", FIELD_TEXT, false, offsetof(struct heading, amends), NULL},
    {"amendment", FIELD_TEXT, false, offsetof(struct heading, amendment), NULL},
    {"sibling-of", FIELD_TEXT, false, offsetof(struct heading, sibling_of), NULL},
    {"subject", FIELD_TEXT, false, offsetof(struct heading, subject), NULL},
    {"practice", FIELD_FLAG, false, offsetof(struct heading, practice), NULL},
};

/* Who a draft is about, for lists that are made without the pack. */
static void subject_of(const struct decision *decision, struct buf *out)
{
    for (size_t i = 0; i < decision->pack->question_count; i++) {
        const struct question *question = &decision->pack->question[i];
        const struct answer *answer = &decision->answers.answer[i];

        if (question->keep == KEEP_SUBJECT && answer->given && !answer->skipped) {
            answer_short(question, answer, out);
            return;
        }
    }
}

/* Given, or some of its fields were filled in. */
static bool is_begun(const struct answer *answer)
{
    for (size_t i = 0; i < FIELD_MAX; i++) {
        if (answer->field[i])
            return true;
    }
    return answer->given;
}

/* What was typed and not given, for whoever carries on. */
static void loose_write(const struct decision *decision, json_t *body)
{
    json_t *typed = body_object();

    for (size_t i = 0; i < decision->loose_count; i++)
        body_put(typed, decision->loose[i].name, json_string(decision->loose[i].text));
    body_put(body, "typed", typed);
}

static void loose_read(json_t *typed, struct decision *decision)
{
    const char *name;
    json_t *text;

    json_object_foreach(typed, name, text)
    {
        if (json_is_string(text))
            decision_add_loose(decision, name, json_string_value(text));
    }
}

void draft_write(const struct decision *decision, struct buf *out)
{
    json_t *body = body_object(), *answers = body_object();
    struct buf subject = {0};

    subject_of(decision, &subject);
    struct heading heading = {
        .schema = DRAFT_SCHEMA,
        .reference = decision->reference,
        .pack = decision->pack->id,
        .version = decision->pack->version,
        .agreement = decision->agreement,
        .programme = decision->programme,
        .day = decision->day,
        .begun = decision->begun,
        .stance = decision->stance,
        .decided = decision->decided,
        .departure = decision->departure,
        .justification = decision->justification,
        .amends = decision->amends,
        .amendment = decision->amendment,
        .sibling_of = decision->sibling_of,
        .subject = buf_text(&subject),
        .practice = decision->practice,
    };
    fields_write(body, heading_fields, COUNT(heading_fields), &heading);
    for (size_t i = 0; i < decision->pack->question_count; i++) {
        json_t *object;

        if (!is_begun(&decision->answers.answer[i]))
            continue;
        object = body_object();
        answer_to_json(&decision->pack->question[i], &decision->answers.answer[i], object);
        body_put(answers, decision->pack->question[i].id, object);
    }
    body_put(body, "answers", answers);
    loose_write(decision, body);
    body_write(body, out);
    buf_release(&subject);
}

static enum status heading_read(const json_t *body, struct arena *arena,
                                struct heading *heading, struct error *error)
{
    enum status status = fields_read(body, heading_fields, COUNT(heading_fields), "draft",
                                     arena, heading, error);

    if (status != STATUS_OK)
        return status;
    if (heading->schema != DRAFT_SCHEMA)
        return fail(error, STATUS_BAD_DATA, "Open it with the Discern that wrote it.",
                    "This draft is of a form that this Discern does not know.");
    if (!json_is_object(body_at(body, "answers")))
        return fail_at(error, STATUS_BAD_DATA, NULL, 0, "answers", NULL,
                       "This is no whole draft: 'answers' is missing.");
    return heading_check(heading, error);
}

static void answers_read(json_t *list, struct decision *decision, struct buf *lost)
{
    const char *id;
    json_t *object;

    json_object_foreach(list, id, object)
    {
        size_t at = pack_find_question(decision->pack, id);

        if (at == PACK_NONE)
            buf_printf(lost, "%s: the pack has no such question\n", id);
        else
            answer_from_json(&decision->answers, at, object, lost);
    }
}

enum status draft_read(const char *bytes, size_t length, const struct pack *pack,
                       struct decision *ret_decision, struct buf *ret_lost, struct error *error)
{
    struct heading heading = {0};
    struct decision fresh = {0};
    struct arena arena = {0};
    struct buf lost = {0};
    json_t *body = NULL;
    enum status status = body_read(bytes, length, "draft", &body, error);

    if (status == STATUS_OK)
        status = heading_read(body, &arena, &heading, error);
    if (status == STATUS_OK && strcmp(heading.pack, pack->id) != 0)
        status =
            fail_at(error, STATUS_BAD_DATA, NULL, 0, "pack", NULL,
                    "The draft belongs to the pack '%s', not to '%s'.", heading.pack, pack->id);
    if (status != STATUS_OK)
        goto out;
    heading_give(&heading, pack, &fresh);
    answers_read(json_object_get(body, "answers"), &fresh, &lost);
    loose_read(json_object_get(body, "typed"), &fresh);
    *ret_decision = fresh;
    if (ret_lost && lost.length > 0)
        buf_add(ret_lost, buf_text(&lost), lost.length);
out:
    buf_release(&lost);
    arena_release(&arena);
    json_decref(body);
    return status;
}

enum status draft_summarise(const char *bytes, size_t length, struct arena *arena,
                            struct draft_summary *ret_summary, struct error *error)
{
    struct heading heading = {0};
    json_t *body = NULL, *object;
    struct moment at;
    const char *id;
    enum status status = body_read(bytes, length, "draft", &body, error);

    if (status == STATUS_OK)
        status = heading_read(body, arena, &heading, error);
    if (status != STATUS_OK)
        goto out;
    *ret_summary = (struct draft_summary){
        .pack = heading.pack,
        .agreement = heading.agreement,
        .subject = heading.subject,
        .amends = heading.amends,
        .answered = json_object_size(json_object_get(body, "answers")),
        .begun = heading.begun,
        .touched = heading.begun,
    };
    if (!reference_read(heading.reference, ret_summary->reference))
        die("A reference was not checked.");
    json_object_foreach(json_object_get(body, "answers"), id, object)
    {
        if (moment_parse(body_text(object, "at"), &at) && at.us > ret_summary->touched.us)
            ret_summary->touched = at;
    }
out:
    json_decref(body);
    return status;
}
