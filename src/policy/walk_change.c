/* SPDX-License-Identifier: MIT */
/* What another answer would do: the walk done again with one answer replaced, in room of its
 * own. Never changes the answers or the walk it is asked about. */
#include <stdlib.h>

#include "base/mem.h"
#include "policy/walk.h"
#include "policy/walk_run.h"

/* Whether a question answered in the walk would not be answered in the other. */
static bool is_voided(const struct walk *walk, const struct walk *other,
                      const struct answers *answers, size_t question)
{
    bits options = answers->answer[question].options;

    if (walk->state[question] != QUESTION_ANSWERED ||
        other->state[question] == QUESTION_ANSWERED)
        return false;
    if (other->state[question] != QUESTION_UNKNOWN)
        return true;
    /* Unknown may be because something before it is asked first, which voids nothing, or
     * because none of what was chosen is offered any more. */
    return options && other->offered[question] && !(options & other->offered[question]);
}

void walk_would_change(const struct walk *walk, const struct answers *answers, size_t question,
                       bits value, struct walk_change *ret_change)
{
    struct walk other;
    struct walk_change change = {.outcome = WALK_NONE};

    walk_make(&other, walk->pack);
    walk_run(&other, answers, walk->day, (struct instead){question, value});
    change.voided = xcalloc(walk->path_count, sizeof(*change.voided));
    for (size_t i = 0; i < walk->path_count; i++) {
        size_t other_question = walk->path[i];

        if (other_question != question && is_voided(walk, &other, answers, other_question))
            change.voided[change.voided_count++] = other_question;
    }
    change.settled = other.outcome != WALK_NONE;
    change.outcome = other.outcome;
    walk_release(&other);
    *ret_change = change;
}

void walk_change_release(struct walk_change *change)
{
    free(change->voided);
    *change = (struct walk_change){.outcome = WALK_NONE};
}

static bits exclusive_options(const struct question *question)
{
    bits options = 0;

    if (question->none != NO_OPTION)
        options |= BIT(question->none);
    if (question->unknown != NO_OPTION)
        options |= BIT(question->unknown);
    return options;
}

/* The answer with one option chosen instead, or of several added or taken away; 0 if that is no
 * answer. */
static bits changed_value(const struct question *question, bits value, size_t option)
{
    bits alone = exclusive_options(question), changed;

    if (question->type == QUESTION_CHOICE || (alone & BIT(option)))
        changed = BIT(option);
    else
        changed = (value ^ BIT(option)) & ~alone & (BIT(question->option_count) - 1);
    if (!changed || (changed | BIT_ANSWERED) == value)
        return 0;
    return changed | BIT_ANSWERED;
}

/* Walks with each other answer to one question, and appends those that end differently. */
static size_t try_question(const struct walk *walk, const struct answers *answers,
                           size_t number, struct walk *other, struct near_miss *list)
{
    const struct outcome_rule *outcome = walk->pack->outcome;
    const struct question *question = &walk->pack->question[number];
    size_t count = 0;

    if (question->type != QUESTION_CHOICE && question->type != QUESTION_CHOICES)
        return 0;
    for (size_t i = 0; i < question->option_count; i++) {
        bits value = changed_value(question, walk->value[question->rule], i);

        if (!value || !walk_offers(walk, number, i))
            continue;
        walk_run(other, answers, walk->day, (struct instead){number, value});
        if (other->outcome == WALK_NONE ||
            outcome[other->outcome].recommends == outcome[walk->outcome].recommends)
            continue;
        list[count++] = (struct near_miss){number, i, other->outcome};
    }
    return count;
}

size_t walk_near_misses(const struct walk *walk, const struct answers *answers,
                        struct near_miss **ret_list)
{
    struct near_miss *list;
    struct walk other;
    size_t most = 0, count = 0;

    for (size_t i = 0; i < walk->path_count; i++)
        most += walk->pack->question[walk->path[i]].option_count;
    list = xcalloc(most, sizeof(*list));
    walk_make(&other, walk->pack);
    for (size_t i = 0; i < walk->path_count && walk->outcome != WALK_NONE; i++) {
        if (walk->state[walk->path[i]] == QUESTION_ANSWERED)
            count += try_question(walk, answers, walk->path[i], &other, list + count);
    }
    walk_release(&other);
    *ret_list = list;
    return count;
}
