/* SPDX-License-Identifier: MIT */
/* Walks made-up answers. Says what is wrong with a scenario; the walk itself is walk.c's. */
#include "policy/scenario.h"

#include <stdlib.h>

#include "base/mem.h"
#include "policy/walk.h"

static struct item made_up_item(bool requested, bool shared, bits value, bits flags)
{
    return (struct item){.what = xstrdup(shared ? "Something shared" : "Something withheld"),
                         .reason = xstrdup(value & BIT_ITEMS_UNREASONED ? "" : "Made up"),
                         .requested = requested,
                         .shared = shared,
                         .flags = value & flags};
}

/* At most one item that is shared, with all the flags, and one that is withheld. */
static void example_items(struct answer *answer, bits value, bits flags)
{
    bool shared = value & BIT_ITEMS_SHARED, withheld = value & BIT_ITEMS_WITHHELD;
    answer->item = xcalloc(2, sizeof(*answer->item));
    if (shared)
        answer->item[answer->item_count++] =
            made_up_item((value & BIT_ITEMS_REQUESTED) && !withheld, true, value, flags);
    if (withheld)
        answer->item[answer->item_count++] = made_up_item(true, false, value, 0);
    if (!answer->item_count)
        answer->item[answer->item_count++] = made_up_item(false, false, 0, 0);
}

void answer_example(struct answers *answers, size_t question, bits value)
{
    if (!value)
        return;
    const struct question *asked = &answers->pack->question[question];
    bits options = asked->option_count ? BIT(asked->option_count) - 1 : 0;
    answer_forget(answers, question);
    struct answer *answer = &answers->answer[question];
    answer->given = true;
    if (asked->type == QUESTION_ITEMS)
        example_items(answer, value, options);
    else if (asked->type == QUESTION_CHOICE || asked->type == QUESTION_CHOICES)
        answer->options = value & options;
    else
        answer->field[0] = xstrdup(asked->type == QUESTION_DATE ? "2026-01-01" : "Made up");
}

/* Some answer to a question that is next, as conditions see it; 0 if there is none. */
static bits some_answer(const struct walk *walk, size_t question)
{
    const struct question *asked = &walk->pack->question[question];
    bits offered = walk->offered[question];
    switch (asked->type) {
    case QUESTION_CHOICE:
    case QUESTION_CHOICES:
        return offered & (~offered + 1);
    case QUESTION_ITEMS:
        return BIT_ANSWERED | BIT_ITEMS_REQUESTED | BIT_ITEMS_SHARED;
    default:
        return BIT_ANSWERED;
    }
}

/* Answers the question that is next. False if there is none, or nothing to answer it with. */
static bool answer_next(struct answers *answers, date day)
{
    struct walk walk;
    walk_init(&walk, answers, day);
    size_t next = walk.next;
    bool open = next != WALK_NONE && walk.state[next] == QUESTION_NEXT;
    bool required = open && answers->pack->question[next].required;
    bits value = required ? some_answer(&walk, next) : 0;
    walk_release(&walk);
    if (required && value)
        answer_example(answers, next, value);
    else if (open && !required)
        answers->answer[next] = (struct answer){.given = true, .skipped = true};
    return open && (value || !required);
}

void answers_complete(struct answers *answers, date day)
{
    while (answer_next(answers, day))
        ;
}

static enum status wrong(const struct pack *pack, const struct scenario *scenario,
                         enum status status, struct error *error, const char *what,
                         const char *which)
{
    char *field = xasprintf("[scenario %s]", scenario->id);
    fail_at(error, status, pack->file, scenario->line, field,
            "Mend the scenario, or the rule that it shows to be wrong.", "%s %s", what, which);
    free(field);
    return status;
}

static enum status check_answers(const struct walk *walk, const struct scenario *scenario,
                                 struct error *error)
{
    const struct pack *pack = walk->pack;
    for (size_t i = 0; i < scenario->answer_count; i++) {
        size_t question = scenario->answer[i].question;
        if (scenario->answer[i].value && walk->state[question] == QUESTION_OFF)
            return wrong(pack, scenario, STATUS_REFUSED, error,
                         "It answers a question that its other answers keep off the path:",
                         pack->question[question].id);
    }
    if (!walk->ready)
        return wrong(pack, scenario, STATUS_BAD_DATA, error, "It leaves a question open:",
                     walk->next == WALK_NONE ? "?" : pack->question[walk->next].id);
    return STATUS_OK;
}

static enum status check_findings(const struct walk *walk, const struct scenario *scenario,
                                  struct error *error)
{
    const struct pack *pack = walk->pack;
    for (size_t i = 0; i < scenario->finds_count; i++)
        if (walk_finding(walk, scenario->finds[i]) != TRUTH_TRUE)
            return wrong(pack, scenario, STATUS_REFUSED, error, "It does not find",
                         pack->finding[scenario->finds[i]].id);
    for (size_t i = 0; i < scenario->finds_not_count; i++)
        if (walk_finding(walk, scenario->finds_not[i]) == TRUTH_TRUE)
            return wrong(pack, scenario, STATUS_REFUSED, error, "It finds what it should not:",
                         pack->finding[scenario->finds_not[i]].id);
    return STATUS_OK;
}

static enum status check_walk(const struct walk *walk, const struct scenario *scenario,
                              struct error *error)
{
    enum status status = check_answers(walk, scenario, error);
    if (status)
        return status;
    const struct outcome_rule *reached = &walk->pack->outcome[walk->outcome];
    if (reached->recommends != scenario->expect) {
        char *which = xasprintf("%s by [outcome %s], not %s.", outcome_id(reached->recommends),
                                reached->id, outcome_id(scenario->expect));
        status = wrong(walk->pack, scenario, STATUS_REFUSED, error, "It ends in", which);
        free(which);
        return status;
    }
    return check_findings(walk, scenario, error);
}

enum status scenario_walk(const struct pack *pack, const struct scenario *scenario,
                          struct error *error)
{
    struct answers answers;
    answers_init(&answers, pack);
    for (size_t i = 0; i < scenario->answer_count; i++)
        answer_example(&answers, scenario->answer[i].question, scenario->answer[i].value);
    struct walk walk;
    walk_init(&walk, &answers, scenario->day == DATE_NONE ? pack->from : scenario->day);
    enum status status = check_walk(&walk, scenario, error);
    walk_release(&walk);
    answers_release(&answers);
    return status;
}
