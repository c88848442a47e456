/* SPDX-License-Identifier: MIT */
/* One answer as JSON. Knows nothing of the path. */
#include "record/answer_json.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/json.h"

#define ITEMS_MAX 10000      /* more is no list that a person made */
#define COUNT_MAX 1000000000 /* of changes and seconds */

/* --- Writing ------------------------------------------------------------------------------ */

static json_t *options_to_json(const struct question *question, bits options)
{
    json_t *list = body_list();

    for (size_t i = 0; i < question->option_count; i++) {
        json_t *option;

        if (!(options & BIT(i)))
            continue;
        option = body_object();
        body_put_text(option, "id", question->option[i].id);
        body_put_text(option, "label", question->option[i].label);
        body_append(list, option);
    }
    return list;
}

static json_t *items_to_json(const struct question *question, const struct answer *answer)
{
    json_t *list = body_list();

    for (size_t i = 0; i < answer->item_count; i++) {
        const struct item *item = &answer->item[i];
        json_t *object = body_object();

        body_put_text(object, "what", item->what);
        body_put_text(object, "reason", item->reason);
        body_put_flag(object, "requested", item->requested);
        body_put_flag(object, "shared", item->shared);
        body_put_list(object, "flags", options_to_json(question, item->flags));
        body_append(list, object);
    }
    return list;
}

/* A text or a date has one field without a name; it stands as "text". */
static void fields_to_json(const struct question *question, const struct answer *answer,
                           json_t *object)
{
    json_t *fields = object;
    const char *id;

    if (question_field_id(question->type, 0)[0]) {
        fields = body_object();
        body_put(object, "fields", fields);
    }
    for (size_t i = 0; i < question_field_count(question->type); i++) {
        id = question_field_id(question->type, i);
        body_put_text(fields, id[0] ? id : "text", answer->field[i]);
    }
}

void answer_to_json(const struct question *question, const struct answer *answer,
                    json_t *object)
{
    if (answer->skipped)
        body_put_flag(object, "skipped", true);
    else if (question->type == QUESTION_ITEMS)
        body_put(object, "items", items_to_json(question, answer));
    else if (question_field_count(question->type) > 0)
        fields_to_json(question, answer, object);
    else
        body_put(object, "options", options_to_json(question, answer->options));
    body_put_moment(object, "at", answer->at);
    body_put_number(object, "changes", answer->changes);
    body_put_number(object, "seconds", answer->seconds);
}

/* --- Reading ------------------------------------------------------------------------------ */

static void lose(struct buf *lost, const struct question *question, const char *what,
                 const char *id)
{
    buf_printf(lost, "%s: the %s '%s' is not in the pack\n", question->id, what, id);
}

static bits options_from_json(const struct question *question, const json_t *object,
                              const char *name, struct buf *lost)
{
    bits options = 0;

    for (size_t i = 0; i < body_count(object, name); i++) {
        const char *id = body_text(body_element(object, name, i), "id");
        size_t option = question_find_option(question, id);

        if (option == NO_OPTION)
            lose(lost, question, "option", id);
        else
            options |= BIT(option);
    }
    return options;
}

static enum status item_from_json(const struct question *question, const json_t *object,
                                  struct item *item, struct buf *lost, struct error *error)
{
    const char *what = body_text(object, "what");

    if (!what[0])
        return fail_at(error, STATUS_BAD_DATA, NULL, 0, question->id, NULL,
                       "An item does not say what it is.");
    *item = (struct item){
        .what = xstrdup(what),
        .reason = xstrdup(body_text(object, "reason")),
        .requested = body_flag(object, "requested"),
        .shared = body_flag(object, "shared"),
        .flags = options_from_json(question, object, "flags", lost),
    };
    return STATUS_OK;
}

static enum status items_from_json(const struct question *question, const json_t *object,
                                   struct answer *answer, struct buf *lost, struct error *error)
{
    size_t count = body_count(object, "items");
    enum status status = STATUS_OK;

    if (count > ITEMS_MAX)
        return fail_at(error, STATUS_BAD_DATA, NULL, 0, question->id, NULL,
                       "There are %zu items: too many to be true.", count);
    answer->item = xcalloc(count ? count : 1, sizeof(*answer->item));
    while (answer->item_count < count && status == STATUS_OK) {
        size_t at = answer->item_count;

        status = item_from_json(question, body_element(object, "items", at), &answer->item[at],
                                lost, error);
        if (status == STATUS_OK)
            answer->item_count++;
    }
    answer->given = status == STATUS_OK;
    return status;
}

static void fields_from_json(const struct question *question, const json_t *object,
                             struct answer *answer)
{
    for (size_t i = 0; i < question_field_count(question->type); i++) {
        const char *id = question_field_id(question->type, i);
        const json_t *fields = id[0] ? body_at(object, "fields") : object;
        const char *text = body_text(fields, id[0] ? id : "text");

        if (text[0])
            answer->field[i] = xstrdup(text);
    }
    answer->given = answer->field[0];
}

/* The member that holds an answer of this type. */
static const char *member_of(const struct question *question)
{
    if (question->type == QUESTION_ITEMS)
        return "items";
    if (question_field_count(question->type) == 0)
        return "options";
    return question_field_id(question->type, 0)[0] ? "fields" : "text";
}

static int small_number(const json_t *object, const char *name)
{
    long long number = body_number(object, name);

    return number > 0 && number < COUNT_MAX ? (int)number : 0;
}

enum status answer_from_json(const struct question *question, const json_t *object,
                             struct answer *answer, struct buf *lost, struct error *error)
{
    enum status status = STATUS_OK;

    if (!json_is_object(object))
        return fail_at(error, STATUS_BAD_DATA, NULL, 0, question->id, NULL,
                       "An answer must be a JSON object.");
    if (body_flag(object, "skipped"))
        answer->given = answer->skipped = true;
    else if (!body_at(object, member_of(question)))
        lose(lost, question, "kind of answer", "of another type");
    else if (question->type == QUESTION_ITEMS)
        status = items_from_json(question, object, answer, lost, error);
    else if (question_field_count(question->type) > 0)
        fields_from_json(question, object, answer);
    else
        answer->options = options_from_json(question, object, "options", lost);
    answer->given = answer->given || answer->options;
    if (answer->given && !moment_parse(body_text(object, "at"), &answer->at))
        answer->at = (struct moment){0};
    answer->changes = small_number(object, "changes");
    answer->seconds = small_number(object, "seconds");
    return status;
}

void answer_short(const struct question *question, const struct answer *answer, struct buf *out)
{
    if (answer->field[0] && !answer->skipped && !question_field_is_date(question->type, 0))
        buf_puts(out, answer->field[0]);
    else
        answer_words(question, answer, out);
}
