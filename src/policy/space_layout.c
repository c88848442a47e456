/* SPDX-License-Identifier: MIT */
/* Lays out the variables of a space: days, then question by question. Two packs that are to be
 * compared are laid out together, so that what both ask is one variable. */
#include "policy/space_layout.h"

#include <stdlib.h>

#include "base/mem.h"
#include "policy/words.h"

struct days {
    date *day;
    size_t count;
};

static void add_day(struct days *days, date day)
{
    if (day == DATE_NONE)
        return;
    for (size_t i = 0; i < days->count; i++)
        if (days->day[i] == day)
            return;
    days->day = xrealloc(days->day, days->count + 1, sizeof(*days->day));
    days->day[days->count++] = day;
}

static void add_leaf_days(const struct condition *leaf, void *data)
{
    if (leaf->kind != CONDITION_DATE)
        return;
    add_day(data, leaf->from);
    add_day(data, leaf->until);
}

static int compare_days(const void *a, const void *b)
{
    date left = *(const date *)a, right = *(const date *)b;
    return (left > right) - (left < right);
}

static void visit_days(struct days *days, const struct condition *condition)
{
    if (condition)
        condition_leaves(condition, add_leaf_days, days);
}

/* Adds every day on which something of the pack begins or ends. */
static void days_of(const struct pack *pack, struct days *days)
{
    add_day(days, pack->from);
    add_day(days, pack->until);
    for (size_t i = 0; i < pack->question_count; i++) {
        const struct question *question = &pack->question[i];
        visit_days(days, question->when);
        visit_days(days, question->later);
        for (size_t o = 0; o < question->option_count; o++)
            visit_days(days, question->option[o].when);
    }
    for (size_t i = 0; i < pack->finding_count; i++) {
        visit_days(days, pack->finding[i].when);
        add_day(days, pack->finding[i].from);
        add_day(days, pack->finding[i].until);
    }
    for (size_t i = 0; i < pack->outcome_count; i++) {
        visit_days(days, pack->outcome[i].when);
        for (size_t m = 0; m < pack->outcome[i].must_count; m++)
            visit_days(days, pack->outcome[i].must[m].when);
    }
    for (size_t i = 0; i < pack->must_count; i++)
        visit_days(days, pack->must[i].when);
    for (size_t i = 0; i < pack->stop_count; i++)
        visit_days(days, pack->stop[i].when);
    for (size_t i = 0; i < pack->never_count; i++)
        visit_days(days, pack->never[i].when);
    for (size_t i = 0; i < pack->retention_count; i++)
        visit_days(days, pack->retention[i].when);
}

static void add_place(struct space *space, struct place_in_space place)
{
    space->place = xrealloc(space->place, space->place_count + 1, sizeof(*space->place));
    space->place[space->place_count++] = place;
}

/* Adds a variable that means `bit` of question[i] to each pack that has it. */
static void add_bit(const struct space_layout *layout, const size_t question[2],
                    const bits bit[2])
{
    for (size_t i = 0; i < layout->count; i++) {
        struct place_in_space place = {.kind = PLACE_FOREIGN};
        if (question[i] != PACK_NONE)
            place = (struct place_in_space){.kind = bit[i] ? PLACE_BIT : PLACE_DENIED,
                                            .question = question[i],
                                            .bit = bit[i]};
        add_place(layout->space[i], place);
    }
}

/* A variable for each pack that asks the question: whether it must be answered there. */
static void add_asked(const struct space_layout *layout, const size_t question[2])
{
    for (size_t asking = 0; asking < layout->count; asking++) {
        if (question[asking] == PACK_NONE)
            continue;
        for (size_t i = 0; i < layout->count; i++)
            add_place(layout->space[i], i == asking
                                            ? (struct place_in_space){.kind = PLACE_ASKED,
                                                                      .question = question[i]}
                                            : (struct place_in_space){.kind = PLACE_FOREIGN});
    }
}

static const struct question *question_of(const struct space_layout *layout, size_t which,
                                          const size_t question[2])
{
    return which < layout->count && question[which] != PACK_NONE
               ? &layout->space[which]->pack->question[question[which]]
               : NULL;
}

static bits option_of(const struct question *question, const char *id)
{
    size_t option = question ? question_find_option(question, id) : NO_OPTION;
    return option == NO_OPTION ? 0 : BIT(option);
}

/* The options of the first, then those that only the second has. */
static void add_options(const struct space_layout *layout, const size_t question[2])
{
    const struct question *both[2] = {question_of(layout, 0, question),
                                      question_of(layout, 1, question)};
    for (size_t which = 0; which < 2; which++)
        for (size_t o = 0; both[which] && o < both[which]->option_count; o++) {
            const char *id = both[which]->option[o].id;
            if (which == 1 && option_of(both[0], id))
                continue;
            add_bit(layout, question, (bits[]){option_of(both[0], id), option_of(both[1], id)});
        }
}

/* The variables of one question, which either pack or both may ask. */
static void add_question(const struct space_layout *layout, const size_t question[2])
{
    const struct question *any = question_of(layout, 0, question);
    if (!any)
        any = question_of(layout, 1, question);
    for (size_t i = 0; i < layout->count; i++)
        if (question[i] != PACK_NONE)
            layout->space[i]->first[question[i]] = layout->space[i]->place_count;
    add_asked(layout, question);
    add_options(layout, question);
    for (size_t i = 0; any->type == QUESTION_ITEMS && i < ITEM_ATTRIBUTE_COUNT; i++)
        add_bit(layout, question, (bits[]){item_attributes[i].value, item_attributes[i].value});
    if (any->type != QUESTION_CHOICE && any->type != QUESTION_CHOICES)
        add_bit(layout, question, (bits[]){BIT_ANSWERED, BIT_ANSWERED});
    for (size_t i = 0; i < layout->count; i++)
        if (question[i] != PACK_NONE)
            layout->space[i]->end[question[i]] = layout->space[i]->place_count;
}

/* The question of the other pack that is the same, or PACK_NONE. */
static size_t counterpart(const struct space_layout *layout, size_t which, size_t number)
{
    if (layout->count < 2)
        return PACK_NONE;
    const struct question *question = &layout->space[which]->pack->question[number];
    const struct pack *other = layout->space[!which]->pack;
    size_t same = pack_find_question(other, question->id);
    return same != PACK_NONE && other->question[same].type == question->type ? same : PACK_NONE;
}

/* In the order of the first pack; what only the second asks comes where the second asks it. */
static void add_questions(const struct space_layout *layout)
{
    size_t next = 0; /* of the second pack */
    const struct pack *second = layout->count > 1 ? layout->space[1]->pack : NULL;
    for (size_t q = 0; q < layout->space[0]->pack->question_count; q++) {
        size_t same = counterpart(layout, 0, q);
        for (; same != PACK_NONE && next <= same; next++)
            if (counterpart(layout, 1, next) == PACK_NONE)
                add_question(layout, (size_t[]){PACK_NONE, next});
        add_question(layout, (size_t[]){q, same});
    }
    for (; second && next < second->question_count; next++)
        if (counterpart(layout, 1, next) == PACK_NONE)
            add_question(layout, (size_t[]){PACK_NONE, next});
}

static void add_days(const struct space_layout *layout)
{
    struct days days = {0};
    for (size_t i = 0; i < layout->count; i++)
        days_of(layout->space[i]->pack, &days);
    if (days.count)
        qsort(days.day, days.count, sizeof(*days.day), compare_days);
    for (size_t i = 0; i < layout->count; i++) {
        layout->space[i]->day_count = days.count;
        for (size_t d = 0; d < days.count; d++)
            add_place(layout->space[i],
                      (struct place_in_space){.kind = PLACE_DAY, .day = days.day[d]});
    }
    free(days.day);
}

void space_lay_out(const struct space_layout *layout)
{
    add_days(layout);
    add_questions(layout);
}
