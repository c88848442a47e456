/* SPDX-License-Identifier: MIT */
/* From a record back to a decision, and whether bytes are a body at all. */
#include <string.h>

#include "record/answer_json.h"
#include "record/heading.h"
#include "record/parsed.h"

static const struct field heading_fields[] = {
    {"schema", FIELD_NUMBER, true, offsetof(struct heading, schema), NULL},
    {"reference", FIELD_TEXT, true, offsetof(struct heading, reference), NULL},
    {"pack.id", FIELD_TEXT, true, offsetof(struct heading, pack), NULL},
    {"pack.version", FIELD_TEXT, true, offsetof(struct heading, version), NULL},
    {"agreement", FIELD_TEXT, false, offsetof(struct heading, agreement), NULL},
    {"programme", FIELD_TEXT, false, offsetof(struct heading, programme), NULL},
    {"day", FIELD_DAY, true, offsetof(struct heading, day), NULL},
    {"times.begun", FIELD_MOMENT, false, offsetof(struct heading, begun), NULL},
    {"decision.stance", FIELD_NAME, true, offsetof(struct heading, stance), &stance_names},
    {"decision.outcome", FIELD_NAME, true, offsetof(struct heading, decided), &outcome_names},
    {"decision.reason", FIELD_TEXT, false, offsetof(struct heading, departure), NULL},
    {"justification.text", FIELD_TEXT, false, offsetof(struct heading, justification), NULL},
    {"amends", FIELD_TEXT, false, offsetof(struct heading, amends), NULL},
    {"amendment", FIELD_TEXT, false, offsetof(struct heading, amendment), NULL},
    {"sibling-of", FIELD_TEXT, false, offsetof(struct heading, sibling_of), NULL},
    {"practice", FIELD_FLAG, true, offsetof(struct heading, practice), NULL},
};

static enum status check_schema(const json_t *body, struct error *error)
{
    long long schema = body_number(body, "schema");

    if (schema < 1)
        return fail_at(error, STATUS_BAD_DATA, NULL, 0, "schema", NULL,
                       "This does not say which schema it follows.");
    if (schema > RECORD_SCHEMA)
        return fail_at(error, STATUS_UNSUPPORTED, NULL, 0, "schema", "Use a later Discern.",
                       "This follows schema %lld; this Discern knows %d.", schema,
                       RECORD_SCHEMA);
    return STATUS_OK;
}

enum status record_check(const char *bytes, size_t length, struct error *error)
{
    struct buf again = {0};
    json_t *body;
    enum status status = body_read(bytes, length, "record", &body, error);

    if (status != STATUS_OK)
        return status;
    status = check_schema(body, error);
    body_write(body, &again);
    if (status == STATUS_OK &&
        (again.length != length || memcmp(buf_text(&again), bytes, length) != 0))
        status = fail(error, STATUS_BAD_DATA, NULL,
                      "This is no record: it is not written in canonical form.");
    buf_release(&again);
    return status;
}

/* The items of a question stand in a list of their own; puts them back with their answer. */
static json_t *with_items(const json_t *body, json_t *entry)
{
    json_t *whole = json_copy(entry), *items = body_list();
    const char *id = body_text(entry, "id");

    for (size_t i = 0; i < body_count(body, "items"); i++) {
        const json_t *item = body_element(body, "items", i);

        if (strcmp(body_text(item, "question"), id) == 0)
            body_append(items, json_deep_copy(item));
    }
    body_put(whole, "items", items);
    return whole;
}

static enum status answer_read(const json_t *body, json_t *entry, struct decision *decision,
                               struct error *error)
{
    const char *id = body_text(entry, "id");
    size_t at = pack_find_question(decision->pack, id);
    const struct question *question;
    struct buf lost = {0};
    json_t *whole = NULL;
    enum status status = STATUS_OK;

    if (at == PACK_NONE)
        return fail_at(error, STATUS_BAD_DATA, NULL, 0, id,
                       "Use the pack that the record was made with.",
                       "The pack '%s' version %s has no question '%s'.", decision->pack->id,
                       decision->pack->version, id);
    question = &decision->pack->question[at];
    if (decision->answers.answer[at].given)
        return fail_at(error, STATUS_BAD_DATA, NULL, 0, id, NULL,
                       "The question '%s' is answered twice.", id);
    if (question->type == QUESTION_ITEMS)
        whole = with_items(body, entry);
    answer_from_json(&decision->answers, at, whole ? whole : entry, &lost);
    if (lost.length > 0 || !decision->answers.answer[at].given)
        status = fail_at(error, STATUS_BAD_DATA, NULL, 0, id,
                         "Use the pack that the record was made with.",
                         "An answer does not fit the pack. %s", buf_text(&lost));
    buf_release(&lost);
    json_decref(whole);
    return status;
}

static enum status heading_read(const json_t *body, const struct pack *pack,
                                struct arena *arena, struct heading *heading,
                                struct error *error)
{
    enum status status = check_schema(body, error);

    if (status == STATUS_OK)
        status = fields_read(body, heading_fields, COUNT(heading_fields), "record", arena,
                             heading, error);
    if (status == STATUS_OK)
        status = heading_check(heading, error);
    if (status == STATUS_OK && strcmp(heading->pack, pack->id) != 0)
        status = fail_at(error, STATUS_BAD_DATA, NULL, 0, "pack",
                         "Use the pack that the record was made with.",
                         "The record was made with the pack '%s', not '%s'.", heading->pack,
                         pack->id);
    /* Words that nobody edited are written afresh from the answers. */
    if (status == STATUS_OK && !body_flag(body, "justification.edited"))
        heading->justification = "";
    return status;
}

enum status body_reopen(const json_t *body, const struct pack *pack,
                        struct decision *ret_decision, struct error *error)
{
    struct heading heading = {0};
    struct decision fresh = {0};
    struct arena arena = {0};
    enum status status = heading_read(body, pack, &arena, &heading, error);

    if (status != STATUS_OK)
        goto out;
    heading_give(&heading, pack, &fresh);
    for (size_t i = 0; status == STATUS_OK && i < body_count(body, "path"); i++)
        status = answer_read(body, body_element(body, "path", i), &fresh, error);
    if (status == STATUS_OK)
        *ret_decision = fresh;
    else
        decision_release(&fresh);
out:
    arena_release(&arena);
    return status;
}

enum status record_reopen(const char *bytes, size_t length, const struct pack *pack,
                          struct decision *ret_decision, struct error *error)
{
    json_t *body;
    enum status status = body_read(bytes, length, "record", &body, error);

    if (status != STATUS_OK)
        return status;
    status = body_reopen(body, pack, ret_decision, error);
    json_decref(body);
    return status;
}
