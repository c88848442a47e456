/* SPDX-License-Identifier: MIT */
/* One answer as JSON. Knows nothing of the path. */
#include "record/answer_json.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/json.h"

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
        if (item->flags & question->leave_out)
            body_put_flag(object, "leave-out", true);
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

/* An answer being read: given through the same checks as one that is typed, so that bytes
 * cannot hold what a person could not have answered. */
struct reading {
    struct answers *answers;
    size_t at;
    const struct question *question;
    const json_t *object;
    struct moment moment;
    struct buf *lost;
};

static void lose(struct reading *reading, const char *what)
{
    buf_printf(reading->lost, "%s: %s\n", reading->question->id, what);
}

static bits read_options(struct reading *reading, const json_t *object, const char *name)
{
    bits options = 0;

    for (size_t i = 0; i < body_count(object, name); i++) {
        const char *id = body_text(body_element(object, name, i), "id");
        size_t option = question_find_option(reading->question, id);

        if (option == NO_OPTION)
            buf_printf(reading->lost, "%s: the pack has no option '%s'\n",
                       reading->question->id, id);
        else
            options |= BIT(option);
    }
    return options;
}

static void give_options(struct reading *reading)
{
    bits options = read_options(reading, reading->object, "options");
    struct error error;

    if (options && answer_choose(reading->answers, reading->at, options, reading->moment,
                                 &error) != STATUS_OK)
        lose(reading, error.what);
}

/* Field by field: a draft may hold a date of birth before there is a name. */
static void give_fields(struct reading *reading)
{
    for (size_t i = 0; i < question_field_count(reading->question->type); i++) {
        const char *id = question_field_id(reading->question->type, i);
        const json_t *fields = id[0] ? body_at(reading->object, "fields") : reading->object;
        const char *text = body_text(fields, id[0] ? id : "text");
        struct error error;

        if (text[0] && answer_from_words(reading->answers, reading->at, id, text,
                                         reading->moment, &error) != STATUS_OK)
            lose(reading, error.what);
    }
}

static void give_items(struct reading *reading)
{
    size_t count = body_count(reading->object, "items");
    struct item *item = xcalloc(count ? count : 1, sizeof(*item));
    struct error error;

    for (size_t i = 0; i < count; i++) {
        const json_t *object = body_element(reading->object, "items", i);

        item[i] = (struct item){
            .what = xstrdup(body_text(object, "what")),
            .reason = xstrdup(body_text(object, "reason")),
            .requested = body_flag(object, "requested"),
            .shared = body_flag(object, "shared"),
            .flags = read_options(reading, object, "flags"),
        };
    }
    if (answer_items(reading->answers, reading->at, item, count, reading->moment, &error) !=
        STATUS_OK)
        lose(reading, error.what);
    for (size_t i = 0; i < count; i++)
        item_release(&item[i]);
    free(item);
}

static void give_nothing(struct reading *reading)
{
    struct error error;

    if (answer_skip(reading->answers, reading->at, reading->moment, &error) != STATUS_OK)
        lose(reading, error.what);
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

void answer_from_json(struct answers *answers, size_t at, const json_t *object,
                      struct buf *lost)
{
    const struct question *question = &answers->pack->question[at];
    struct reading reading = {answers, at, question, object, {0}, lost};
    struct answer *answer = &answers->answer[at];

    if (!moment_parse(body_text(object, "at"), &reading.moment))
        reading.moment = (struct moment){0};
    if (body_flag(object, "skipped"))
        give_nothing(&reading);
    else if (!body_at(object, member_of(question)))
        lose(&reading, "the answer is of another type than the question");
    else if (question->type == QUESTION_ITEMS)
        give_items(&reading);
    else if (question_field_count(question->type) > 0)
        give_fields(&reading);
    else
        give_options(&reading);
    answer->changes = small_number(object, "changes");
    answer->seconds = small_number(object, "seconds");
}

void answer_short(const struct question *question, const struct answer *answer, struct buf *out)
{
    if (answer->field[0] && !answer->skipped && !question_field_is_date(question->type, 0))
        buf_puts(out, answer->field[0]);
    else
        answer_words(question, answer, out);
}
