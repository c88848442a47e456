/* SPDX-License-Identifier: MIT */
/* A decision in the making. Never decides: it says what is missing before a person can. */
#include "record/decision.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

void decision_init(struct decision *decision, const struct pack *pack, date day,
                   struct moment begun, const unsigned char random[REFERENCE_RANDOM])
{
    *decision = (struct decision){.pack = pack, .day = day, .begun = begun};
    reference_make(random, decision->reference);
    answers_init(&decision->answers, pack);
}

void decision_release(struct decision *decision)
{
    answers_release(&decision->answers);
    free(decision->agreement);
    free(decision->programme);
    free(decision->departure);
    free(decision->justification);
    free(decision->amends);
    free(decision->amendment);
    free(decision->sibling_of);
    decision_drop_loose(decision);
    *decision = (struct decision){0};
}

void decision_add_loose(struct decision *decision, const char *name, const char *text)
{
    decision->loose =
        xrealloc(decision->loose, decision->loose_count + 1, sizeof(*decision->loose));
    decision->loose[decision->loose_count++] = (struct loose){xstrdup(name), xstrdup(text)};
}

const char *decision_loose(const struct decision *decision, const char *name)
{
    for (size_t i = 0; i < decision->loose_count; i++) {
        if (strcmp(decision->loose[i].name, name) == 0)
            return decision->loose[i].text;
    }
    return NULL;
}

void decision_drop_loose(struct decision *decision)
{
    for (size_t i = 0; i < decision->loose_count; i++) {
        free(decision->loose[i].name);
        free(decision->loose[i].text);
    }
    free(decision->loose);
    decision->loose = NULL;
    decision->loose_count = 0;
}

enum outcome decision_outcome(const struct decision *decision, const struct walk *walk)
{
    if (decision->stance == STANCE_DEPART)
        return decision->decided;
    return walk->pack->outcome[walk->outcome].recommends;
}

const struct outcome_rule *decision_rule(const struct decision *decision,
                                         const struct walk *walk)
{
    const struct pack *pack = walk->pack;
    enum outcome decided = decision_outcome(decision, walk);
    const struct outcome_rule *last = NULL;
    struct facts facts = walk_facts(walk);

    if (pack->outcome[walk->outcome].recommends == decided)
        return &pack->outcome[walk->outcome];
    for (size_t i = 0; i < pack->outcome_count; i++) {
        if (pack->outcome[i].recommends != decided)
            continue;
        last = &pack->outcome[i];
        if (condition_eval(last->when, &facts) == TRUTH_TRUE)
            break;
    }
    return last;
}

static enum status unanswered(const struct walk *walk, struct error *error)
{
    if (walk->next == WALK_NONE)
        return fail(error, STATUS_REFUSED, "Answer the questions that are left.",
                    "There is no recommendation yet.");
    return fail_at(error, STATUS_REFUSED, NULL, 0, walk->pack->question[walk->next].id,
                   "Answer it before you sign.", "This question has no answer yet: %s",
                   walk->pack->question[walk->next].ask);
}

enum status decision_ready(const struct decision *decision, const struct walk *walk,
                           struct error *error)
{
    if (!walk->ready || walk->outcome == WALK_NONE)
        return unanswered(walk, error);
    if (decision->stance == STANCE_OPEN)
        return fail(error, STATUS_REFUSED,
                    "Follow the recommendation, or depart from it and say why.",
                    "You have not said what you decide.");
    if (decision->stance == STANCE_DEPART && utf8_blank(decision->departure))
        return fail_at(error, STATUS_REFUSED, NULL, 0, "reason",
                       "Write why you decide otherwise.",
                       "You depart from the recommendation without a reason.");
    if (decision->stance == STANCE_DEPART &&
        decision->decided == walk->pack->outcome[walk->outcome].recommends)
        return fail(error, STATUS_REFUSED,
                    "Follow the recommendation, or choose another outcome.",
                    "You depart from the recommendation but chose what it recommends.");
    if (decision->amends && utf8_blank(decision->amendment))
        return fail_at(error, STATUS_REFUSED, NULL, 0, "amendment",
                       "Write what was wrong or what has changed.",
                       "This amends a record without saying why.");
    return STATUS_OK;
}

/* --- Stops -------------------------------------------------------------------------------- */

/* What makes a stop hold, as far as it is an item of a list. */
struct culprit {
    const struct decision *decision;
    const struct question *question; /* NULL while there is none */
    const struct item *item;
};

static void find_culprit(const struct condition *leaf, bool holds, void *data)
{
    struct culprit *culprit = data;
    const struct pack *pack = culprit->decision->pack;

    if (culprit->item || !holds || leaf->kind != CONDITION_BITS ||
        leaf->variable >= pack->rule_count || !pack->rule[leaf->variable].is_question)
        return;
    size_t number = pack->rule[leaf->variable].index;
    const struct answer *answer = &culprit->decision->answers.answer[number];

    culprit->question = &pack->question[number];
    for (size_t i = 0; i < answer->item_count && !culprit->item; i++) {
        if (item_bits(&answer->item[i]) & leaf->mask)
            culprit->item = &answer->item[i];
    }
}

/* The words of the stop, with the item in its place. */
static void put_words(const struct stop *stop, const struct culprit *culprit, struct buf *out)
{
    const char *gap = strstr(stop->says, "{}");

    if (gap && culprit->item)
        buf_printf(out, "%.*s%s%s", (int)(gap - stop->says), stop->says, culprit->item->what,
                   gap + 2);
    else
        buf_puts(out, stop->says);
}

static enum status fail_stop(const struct decision *decision, const struct walk *walk,
                             const struct stop *stop, struct error *error)
{
    struct culprit culprit = {.decision = decision};
    struct facts facts = walk_facts(walk);
    struct buf words = {0};

    condition_trail(stop->when, &facts, find_culprit, &culprit);
    put_words(stop, &culprit, &words);
    fail_at(error, STATUS_REFUSED, NULL, 0, culprit.question ? culprit.question->id : stop->id,
            stop->remedy, "%s", buf_text(&words));
    buf_release(&words);
    return STATUS_REFUSED;
}

enum status decision_complete(const struct decision *decision, const struct walk *walk,
                              struct error *error)
{
    struct facts facts = walk_facts(walk);
    enum status status = decision_ready(decision, walk, error);

    for (size_t i = 0; i < walk->pack->stop_count && status == STATUS_OK; i++) {
        const struct stop *stop = &walk->pack->stop[i];

        if (condition_eval(stop->when, &facts) == TRUTH_TRUE)
            status = fail_stop(decision, walk, stop, error);
    }
    return status;
}
