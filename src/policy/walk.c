/* SPDX-License-Identifier: MIT */
/* The walk: one pass over the rules in the order of the file, then the outcomes. Pure: the day
 * is an argument, and nothing but the walk is written. */
#include "policy/walk.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "policy/walk_run.h"

/* What one pass carries along, besides the walk. */
struct pass {
    struct walk *walk;
    const struct answers *answers;
    struct instead instead;
    struct facts facts;
    bool blocked; /* a required question before the decision is unanswered */
};

void walk_make(struct walk *walk, const struct pack *pack)
{
    size_t variables = pack_variable_count(pack);

    *walk = (struct walk){.pack = pack};
    walk->state = xcalloc(pack->question_count, sizeof(*walk->state));
    walk->path = xcalloc(pack->question_count, sizeof(*walk->path));
    walk->offered = xcalloc(pack->question_count, sizeof(*walk->offered));
    walk->value = xcalloc(variables, sizeof(*walk->value));
    walk->known = xcalloc(variables, sizeof(*walk->known));
}

void walk_release(struct walk *walk)
{
    free(walk->state);
    free(walk->path);
    free(walk->offered);
    free(walk->value);
    free(walk->known);
    *walk = (struct walk){0};
}

static bool has_choice(const struct question *question)
{
    return question->type == QUESTION_CHOICE || question->type == QUESTION_CHOICES;
}

/* What was answered, or is to be taken for it. */
static bool given_value(const struct pass *pass, size_t number, bits *ret_value)
{
    const struct answer *answer = &pass->answers->answer[number];

    if (pass->instead.question == number) {
        *ret_value = pass->instead.value ? pass->instead.value | BIT_ANSWERED : 0;
        return true;
    }
    *ret_value = answer_bits(&pass->walk->pack->question[number], answer);
    return answer->given;
}

/* The options offered, and in *ret_unsure those that depend on what is not answered yet. */
static bits offered_options(const struct pass *pass, const struct question *question,
                            bits *ret_unsure)
{
    bits offered = 0;

    *ret_unsure = 0;
    for (size_t i = 0; i < question->option_count; i++) {
        enum truth truth = condition_eval(question->option[i].when, &pass->facts);

        if (truth != TRUTH_FALSE)
            offered |= BIT(i);
        if (truth == TRUTH_UNKNOWN)
            *ret_unsure |= BIT(i);
    }
    return offered;
}

static bool may_wait(const struct pass *pass, const struct question *question)
{
    return question->later && condition_eval(question->later, &pass->facts) == TRUTH_TRUE;
}

/* The state of a question that is on the path, and its value. Options that are not offered any
 * more are no answer; if nothing is left, the question is unanswered. */
static enum question_state answered_state(struct pass *pass, const struct question *question,
                                          size_t number, bits *value)
{
    bits unsure, offered = offered_options(pass, question, &unsure);
    bits all = BIT(question->option_count) - 1;
    bool given = given_value(pass, number, value);

    pass->walk->offered[number] = offered;
    if (given && (*value & unsure))
        return QUESTION_UNKNOWN;
    if (given && has_choice(question) && (*value & all)) {
        *value &= ~(all & ~offered);
        given = *value & all;
    }
    if (given)
        return QUESTION_ANSWERED;
    *value = 0;
    if (may_wait(pass, question))
        return QUESTION_DEFERRED;
    return pass->walk->next == WALK_NONE ? QUESTION_NEXT : QUESTION_UNKNOWN;
}

static void visit_question(struct pass *pass, size_t number)
{
    struct walk *walk = pass->walk;
    const struct question *question = &walk->pack->question[number];
    enum truth asked = condition_eval(question->when, &pass->facts);
    enum question_state state = asked == TRUTH_FALSE ? QUESTION_OFF : QUESTION_UNKNOWN;
    bits value = 0;

    if (asked == TRUTH_TRUE)
        state = answered_state(pass, question, number, &value);
    if ((state == QUESTION_NEXT || state == QUESTION_UNKNOWN) && question->required)
        pass->blocked = pass->blocked || !may_wait(pass, question);
    if (state == QUESTION_NEXT)
        walk->next = number;
    if (state == QUESTION_ANSWERED)
        walk->answered++;
    if (state != QUESTION_OFF && state != QUESTION_UNKNOWN)
        walk->path[walk->path_count++] = number;
    walk->state[number] = state;
    walk->known[question->rule] = state != QUESTION_NEXT && state != QUESTION_UNKNOWN;
    walk->value[question->rule] = walk->known[question->rule] ? value : 0;
}

/* A kind is found once one of it is, and unknown while one of it may still be. */
static void count_kind(struct walk *walk, const struct finding *finding)
{
    size_t kind = pack_kind_variable(walk->pack, finding->kind);

    if (walk->value[finding->rule]) {
        walk->value[kind] = BIT_FOUND;
        walk->known[kind] = true;
    } else if (!walk->known[finding->rule] && !walk->value[kind]) {
        walk->known[kind] = false;
    }
}

static void visit_finding(struct pass *pass, const struct finding *finding)
{
    struct walk *walk = pass->walk;
    bool in_time = (finding->from == DATE_NONE || walk->day >= finding->from) &&
                   (finding->until == DATE_NONE || walk->day < finding->until);
    enum truth truth = in_time ? condition_eval(finding->when, &pass->facts) : TRUTH_FALSE;

    walk->value[finding->rule] = truth == TRUTH_TRUE ? BIT_FOUND : 0;
    walk->known[finding->rule] = truth != TRUTH_UNKNOWN;
    count_kind(walk, finding);
}

static void visit_rules(struct pass *pass)
{
    const struct pack *pack = pass->walk->pack;

    for (size_t i = 0; i < pack->rule_count; i++) {
        if (pack->rule[i].is_question)
            visit_question(pass, pack->rule[i].index);
        else
            visit_finding(pass, &pack->finding[pack->rule[i].index]);
    }
}

/* The first outcome that holds, if none before it may still hold. */
static void settle_outcome(struct pass *pass)
{
    struct walk *walk = pass->walk;
    size_t variable = pack_outcome_variable(walk->pack);
    bool open = false;

    for (size_t i = 0; i < walk->pack->outcome_count; i++) {
        const struct outcome_rule *rule = &walk->pack->outcome[i];
        enum truth truth = condition_eval(rule->when, &pass->facts);

        if (truth == TRUTH_FALSE)
            continue;
        walk->possible |= 1u << rule->recommends;
        open = open || truth == TRUTH_UNKNOWN;
        if (truth == TRUTH_TRUE && !open) {
            walk->outcome = i;
            walk->value[variable] = BIT(rule->recommends);
            walk->known[variable] = true;
        }
        if (truth == TRUTH_TRUE)
            return;
    }
}

static void settle_retention(struct pass *pass)
{
    struct walk *walk = pass->walk;

    for (size_t i = 0; i < walk->pack->retention_count; i++) {
        enum truth truth = condition_eval(walk->pack->retention[i].when, &pass->facts);

        if (truth == TRUTH_TRUE)
            walk->retention = i;
        if (truth != TRUTH_FALSE)
            return;
    }
}

/* What may wait is asked when nothing else is left. */
static size_t first_deferred(const struct walk *walk)
{
    for (size_t i = 0; i < walk->path_count; i++) {
        if (walk->state[walk->path[i]] == QUESTION_DEFERRED)
            return walk->path[i];
    }
    return WALK_NONE;
}

static void start_over(struct walk *walk, date day)
{
    size_t kinds = pack_kind_variable(walk->pack, (enum finding_kind)0);

    walk->day = day;
    walk->path_count = walk->answered = 0;
    walk->next = walk->outcome = walk->retention = WALK_NONE;
    walk->possible = 0;
    memset(walk->offered, 0, walk->pack->question_count * sizeof(*walk->offered));
    for (size_t i = 0; i < FINDING_KIND_COUNT; i++) {
        walk->value[kinds + i] = 0;
        walk->known[kinds + i] = true;
    }
    walk->value[pack_outcome_variable(walk->pack)] = 0;
    walk->known[pack_outcome_variable(walk->pack)] = false;
}

void walk_run(struct walk *walk, const struct answers *answers, date day,
              struct instead instead)
{
    struct pass pass = {.walk = walk,
                        .answers = answers,
                        .instead = instead,
                        .facts = {day, walk->value, walk->known}};

    start_over(walk, day);
    visit_rules(&pass);
    settle_outcome(&pass);
    settle_retention(&pass);
    walk->ready = walk->outcome != WALK_NONE && !pass.blocked;
    if (walk->next == WALK_NONE)
        walk->next = first_deferred(walk);
}

void walk_init(struct walk *walk, const struct answers *answers, date day)
{
    walk_make(walk, answers->pack);
    walk_run(walk, answers, day, (struct instead){.question = WALK_NONE});
}

enum truth walk_finding(const struct walk *walk, size_t finding)
{
    size_t rule = walk->pack->finding[finding].rule;

    if (!walk->known[rule])
        return TRUTH_UNKNOWN;
    return walk->value[rule] ? TRUTH_TRUE : TRUTH_FALSE;
}

bool walk_offers(const struct walk *walk, size_t question, size_t option)
{
    return walk->offered[question] & BIT(option);
}

struct facts walk_facts(const struct walk *walk)
{
    return (struct facts){walk->day, walk->value, walk->known};
}

const struct duty *walk_duty(const struct walk *walk, const struct outcome_rule *rule,
                             size_t *at)
{
    struct facts facts = walk_facts(walk);

    while (rule && *at < rule->must_count + walk->pack->must_count) {
        size_t number = (*at)++;
        bool own = number < rule->must_count;
        const struct duty *duty =
            own ? &rule->must[number] : &walk->pack->must[number - rule->must_count];

        if ((own || duty->after & 1u << rule->recommends) &&
            condition_eval(duty->when, &facts) == TRUTH_TRUE)
            return duty;
    }
    return NULL;
}

bool walk_parked(const struct walk *walk, const struct answers *answers, size_t question)
{
    enum question_state state = walk->state[question];

    return answers->answer[question].given &&
           (state == QUESTION_OFF || state == QUESTION_UNKNOWN);
}
