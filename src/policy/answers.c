/* SPDX-License-Identifier: MIT */
/* Answers kept and changed. What may be answered is checked here; whether a question is on the
 * path is the walk's affair. */
#include "policy/answers.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "policy/answers_give.h"
#include "policy/words.h"

void answers_init(struct answers *answers, const struct pack *pack)
{
    answers->pack = pack;
    answers->answer = xcalloc(pack->question_count, sizeof(*answers->answer));
}

void item_release(struct item *item)
{
    free(item->what);
    free(item->reason);
    *item = (struct item){0};
}

static void release_content(struct answer *answer)
{
    for (size_t i = 0; i < FIELD_MAX; i++)
        free(answer->field[i]);
    for (size_t i = 0; i < answer->item_count; i++)
        item_release(&answer->item[i]);
    free(answer->item);
}

void answers_release(struct answers *answers)
{
    for (size_t i = 0; answers->pack && i < answers->pack->question_count; i++)
        release_content(&answers->answer[i]);
    free(answers->answer);
    *answers = (struct answers){0};
}

void item_copy(struct item *into, const struct item *from)
{
    *into = *from;
    into->what = xstrdup(from->what);
    into->reason = xstrdup(from->reason ? from->reason : "");
}

static void copy_answer(struct answer *into, const struct answer *from)
{
    *into = *from;
    for (size_t i = 0; i < FIELD_MAX; i++)
        into->field[i] = xstrdup(from->field[i]);
    into->item = from->item_count ? xcalloc(from->item_count, sizeof(*into->item)) : NULL;
    for (size_t i = 0; i < from->item_count; i++)
        item_copy(&into->item[i], &from->item[i]);
}

void answers_copy(struct answers *into, const struct answers *from)
{
    for (size_t i = 0; i < from->pack->question_count; i++) {
        release_content(&into->answer[i]);
        copy_answer(&into->answer[i], &from->answer[i]);
    }
}

bits item_bits(const struct item *item)
{
    bits value = 0;

    if (item->requested)
        value |= BIT_ITEMS_REQUESTED;
    if (item->shared)
        value |= BIT_ITEMS_SHARED | item->flags;
    if (item->requested && !item->shared)
        value |= BIT_ITEMS_WITHHELD;
    if ((item->requested || item->shared) && utf8_blank(item->reason))
        value |= BIT_ITEMS_UNREASONED;
    return value;
}

bits answer_bits(const struct question *question, const struct answer *answer)
{
    bits value = BIT_ANSWERED;

    if (!answer->given || answer->skipped)
        return 0;
    if (question->type == QUESTION_CHOICE || question->type == QUESTION_CHOICES)
        value |= answer->options;
    for (size_t i = 0; i < answer->item_count; i++)
        value |= item_bits(&answer->item[i]);
    return value;
}

/* --- giving ------------------------------------------------------------------------------ */

static bool same_text(const char *a, const char *b)
{
    return !strcmp(a ? a : "", b ? b : "");
}

static bool same_item(const struct item *a, const struct item *b)
{
    return same_text(a->what, b->what) && same_text(a->reason, b->reason) &&
           a->requested == b->requested && a->shared == b->shared && a->flags == b->flags;
}

static bool same_content(const struct answer *a, const struct answer *b)
{
    if (a->skipped != b->skipped || a->options != b->options || a->item_count != b->item_count)
        return false;
    for (size_t i = 0; i < FIELD_MAX; i++) {
        if (!same_text(a->field[i], b->field[i]))
            return false;
    }
    for (size_t i = 0; i < a->item_count; i++) {
        if (!same_item(&a->item[i], &b->item[i]))
            return false;
    }
    return true;
}

void answers_give(struct answers *answers, size_t question, struct answer fresh,
                  struct moment at)
{
    struct answer *answer = &answers->answer[question];

    fresh.at = at;
    fresh.seconds = answer->seconds;
    fresh.changes = answer->changes;
    if (answer->given && !same_content(answer, &fresh))
        fresh.changes++;
    release_content(answer);
    *answer = fresh;
}

enum status answer_choose(struct answers *answers, size_t question, bits options,
                          struct moment at, struct error *error)
{
    const struct question *asked = &answers->pack->question[question];
    enum status status;

    if (asked->type != QUESTION_CHOICE && asked->type != QUESTION_CHOICES)
        return fail_at(error, STATUS_BAD_DATA, NULL, 0, asked->id, "Answer it in words.",
                       "This question has no answers to choose from.");
    status = options_check(asked, options, NULL, 0, asked->id, error);
    if (!status)
        answers_give(answers, question, (struct answer){.given = true, .options = options}, at);
    return status;
}

static enum status check_item(const struct question *question, const struct item *item,
                              size_t number, struct error *error)
{
    if (utf8_blank(item->what))
        return fail_at(error, STATUS_BAD_DATA, NULL, 0, question->id,
                       "Enter what it is, or remove it.", "Item %zu has no name.", number + 1);
    if (item->flags & ~(BIT(question->option_count) - 1))
        return fail_at(error, STATUS_BAD_DATA, NULL, 0, question->id,
                       "Choose from the flags that the question offers.",
                       "Item %zu has a flag that does not exist.", number + 1);
    return STATUS_OK;
}

enum status answer_items(struct answers *answers, size_t question, const struct item *item,
                         size_t count, struct moment at, struct error *error)
{
    const struct question *asked = &answers->pack->question[question];
    struct answer fresh = {.given = true, .item_count = count};

    if (asked->type != QUESTION_ITEMS)
        return fail_at(error, STATUS_BAD_DATA, NULL, 0, asked->id, "Answer it in another way.",
                       "This question does not ask for items.");
    if (!count)
        return fail_at(error, STATUS_BAD_DATA, NULL, 0, asked->id,
                       "Enter each thing that was asked for or that you would share.",
                       "There are no items yet.");
    for (size_t i = 0; i < count; i++) {
        enum status status = check_item(asked, &item[i], i, error);

        if (status)
            return status;
    }
    fresh.item = xcalloc(count, sizeof(*fresh.item));
    for (size_t i = 0; i < count; i++)
        item_copy(&fresh.item[i], &item[i]);
    answers_give(answers, question, fresh, at);
    return STATUS_OK;
}

enum status answer_skip(struct answers *answers, size_t question, struct moment at,
                        struct error *error)
{
    const struct question *asked = &answers->pack->question[question];

    if (asked->required)
        return fail_at(error, STATUS_BAD_DATA, NULL, 0, asked->id, "Answer it to go on.",
                       "This question cannot be left out.");
    answers_give(answers, question, (struct answer){.given = true, .skipped = true}, at);
    return STATUS_OK;
}

void answer_forget(struct answers *answers, size_t question)
{
    struct answer *answer = &answers->answer[question];

    release_content(answer);
    *answer = (struct answer){.changes = answer->changes, .seconds = answer->seconds};
}
