/* SPDX-License-Identifier: MIT */
/* Conditions at work: truth, trail and leaves. Reading them is in condition_parse.c. */
#include "policy/condition.h"

static enum truth opposite(enum truth truth)
{
    if (truth == TRUTH_UNKNOWN)
        return TRUTH_UNKNOWN;
    return truth == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
}

static enum truth eval_date(const struct condition *test, date day)
{
    if (test->from != DATE_NONE && day < test->from)
        return TRUTH_FALSE;
    if (test->until != DATE_NONE && day >= test->until)
        return TRUTH_FALSE;
    return TRUTH_TRUE;
}

static enum truth eval_bits(const struct condition *test, const struct facts *facts)
{
    if (facts->known && !facts->known[test->variable])
        return TRUTH_UNKNOWN;
    return facts->value[test->variable] & test->mask ? TRUTH_TRUE : TRUTH_FALSE;
}

/* One operand that has the value `decisive` settles an AND or an OR, whatever is unknown. */
static enum truth eval_operands(const struct condition *condition, const struct facts *facts,
                                enum truth decisive)
{
    bool unknown = false;

    for (const struct condition *operand = condition->first; operand; operand = operand->next) {
        enum truth truth = condition_eval(operand, facts);

        if (truth == decisive)
            return decisive;
        unknown = unknown || truth == TRUTH_UNKNOWN;
    }
    return unknown ? TRUTH_UNKNOWN : opposite(decisive);
}

enum truth condition_eval(const struct condition *condition, const struct facts *facts)
{
    if (!condition)
        return TRUTH_TRUE;
    switch (condition->kind) {
    case CONDITION_AND:
        return eval_operands(condition, facts, TRUTH_FALSE);
    case CONDITION_OR:
        return eval_operands(condition, facts, TRUTH_TRUE);
    case CONDITION_NOT:
        return opposite(condition_eval(condition->first, facts));
    case CONDITION_BITS:
        return eval_bits(condition, facts);
    case CONDITION_DATE:
        return eval_date(condition, facts->day);
    }
    return TRUTH_UNKNOWN;
}

/* The operand that alone settles an AND or an OR, or NULL. */
static const struct condition *settling_operand(const struct condition *condition,
                                                const struct facts *facts)
{
    enum truth decisive = condition->kind == CONDITION_OR ? TRUTH_TRUE : TRUTH_FALSE;

    if (condition->kind != CONDITION_OR && condition->kind != CONDITION_AND)
        return NULL;
    for (const struct condition *operand = condition->first; operand; operand = operand->next) {
        if (condition_eval(operand, facts) == decisive)
            return operand;
    }
    return NULL;
}

void condition_trail(const struct condition *condition, const struct facts *facts,
                     void (*visit)(const struct condition *leaf, bool holds, void *data),
                     void *data)
{
    const struct condition *settling;

    if (!condition)
        return;
    if (condition->kind == CONDITION_BITS || condition->kind == CONDITION_DATE) {
        visit(condition, condition_eval(condition, facts) == TRUTH_TRUE, data);
        return;
    }
    settling = settling_operand(condition, facts);
    if (settling) {
        condition_trail(settling, facts, visit, data);
        return;
    }
    for (const struct condition *operand = condition->first; operand; operand = operand->next)
        condition_trail(operand, facts, visit, data);
}

void condition_leaves(const struct condition *condition,
                      void (*visit)(const struct condition *leaf, void *data), void *data)
{
    if (!condition)
        return;
    if (condition->kind == CONDITION_BITS || condition->kind == CONDITION_DATE) {
        visit(condition, data);
        return;
    }
    for (const struct condition *operand = condition->first; operand; operand = operand->next)
        condition_leaves(operand, visit, data);
}
