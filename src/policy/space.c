/* SPDX-License-Identifier: MIT */
/* Compiles a pack into decision diagrams, rule by rule in the order of the file. */
#include "policy/space.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "policy/space_layout.h"

/* Nodes of 16 bytes: at most half a gibibyte before the proof gives up. */
#define SPACE_NODE_LIMIT (32u << 20)

/* --- Tests and conditions ----------------------------------------------------------------- */

/* Whether the answer has a bit of the mask. Of choices, any option is an answer. */
static node answer_has(struct space *space, size_t question, bits mask)
{
    enum question_type type = space->pack->question[question].type;
    if ((mask & BIT_ANSWERED) && (type == QUESTION_CHOICE || type == QUESTION_CHOICES))
        mask = ~(bits)0;
    node has = NODE_FALSE;
    for (size_t v = space->end[question]; v-- > space->first[question];)
        if (space->place[v].bit & mask)
            has = diagram_or(space->diagram, has, diagram_variable(space->diagram, v));
    return has;
}

static node day_reached(struct space *space, date day)
{
    for (size_t v = 0; v < space->day_count; v++)
        if (space->place[v].day == day)
            return diagram_variable(space->diagram, v);
    return NODE_TRUE;
}

/* from <= day < until, either open. */
static node days_between(struct space *space, date from, date until)
{
    node begun = from == DATE_NONE ? NODE_TRUE : day_reached(space, from);
    node ended = until == DATE_NONE ? NODE_FALSE : day_reached(space, until);
    return diagram_and(space->diagram, begun, diagram_not(space->diagram, ended));
}

static node outcome_is(struct space *space, bits mask)
{
    node is = NODE_FALSE;
    for (size_t i = 0; i < space->pack->outcome_count; i++)
        if (mask & BIT(space->pack->outcome[i].recommends))
            is = diagram_or(space->diagram, is, space->outcome[i]);
    return is;
}

/* From the last to the first, so that each step adds on top of what is there. */
static node kind_found(struct space *space, enum finding_kind kind)
{
    node found = NODE_FALSE;
    for (size_t i = space->known; i-- > 0;)
        if (space->pack->finding[i].kind == kind)
            found = diagram_or(space->diagram, space->found[i], found);
    return found;
}

static node test_node(struct space *space, const struct condition *test)
{
    const struct pack *pack = space->pack;
    if (test->kind == CONDITION_DATE)
        return days_between(space, test->from, test->until);
    if (test->variable == pack_outcome_variable(pack))
        return outcome_is(space, test->mask);
    if (test->variable >= pack->rule_count)
        return kind_found(space, (enum finding_kind)(test->variable - pack->rule_count));
    const struct rule *rule = &pack->rule[test->variable];
    return rule->is_question ? answer_has(space, rule->index, test->mask)
                             : space->found[rule->index];
}

node space_condition(struct space *space, const struct condition *condition)
{
    if (!condition)
        return NODE_TRUE;
    switch (condition->kind) {
    case CONDITION_BITS:
    case CONDITION_DATE:
        return test_node(space, condition);
    case CONDITION_NOT:
        return diagram_not(space->diagram, space_condition(space, condition->first));
    case CONDITION_AND:
    case CONDITION_OR:
        break;
    }
    bool all = condition->kind == CONDITION_AND;
    node is = all ? NODE_TRUE : NODE_FALSE;
    for (const struct condition *part = condition->first; part; part = part->next) {
        node next = space_condition(space, part);
        is = all ? diagram_and(space->diagram, is, next) : diagram_or(space->diagram, is, next);
    }
    return is;
}

/* --- What an answer can be ---------------------------------------------------------------- */

/* At most one of the options `among` is chosen, and if one of `alone` is, nothing else. */
static node exclusive(struct space *space, size_t number, bits alone)
{
    struct diagram *diagram = space->diagram;
    node fits = NODE_TRUE;
    for (size_t v = space->first[number]; v < space->end[number]; v++) {
        if (!(space->place[v].bit & alone))
            continue;
        node others = NODE_FALSE;
        for (size_t w = space->end[number]; w-- > space->first[number];)
            if (w != v && space->place[w].bit)
                others = diagram_or(diagram, others, diagram_variable(diagram, w));
        fits = diagram_and(diagram, fits,
                           diagram_implies(diagram, diagram_variable(diagram, v),
                                           diagram_not(diagram, others)));
    }
    return fits;
}

static bits option_bit(size_t option)
{
    return option == NO_OPTION ? 0 : BIT(option);
}

/* What is withheld was asked for, what was asked for is shared or withheld, only of these a
 * reason can be lacking, only what is shared has flags, and where there is an item there is an
 * answer. */
static node items_fit(struct space *space, size_t number)
{
    struct diagram *diagram = space->diagram;
    node requested = answer_has(space, number, BIT_ITEMS_REQUESTED);
    node shared = answer_has(space, number, BIT_ITEMS_SHARED);
    node withheld = answer_has(space, number, BIT_ITEMS_WITHHELD);
    node settled = diagram_or(diagram, shared, withheld);
    node unreasoned = answer_has(space, number, BIT_ITEMS_UNREASONED);
    bits flags = BIT(space->pack->question[number].option_count) - 1;
    node fits = diagram_implies(diagram, withheld, requested);
    fits = diagram_and(diagram, fits, diagram_implies(diagram, requested, settled));
    fits = diagram_and(diagram, fits, diagram_implies(diagram, unreasoned, settled));
    fits = diagram_and(diagram, fits,
                       diagram_implies(diagram, answer_has(space, number, flags), shared));
    return diagram_and(diagram, fits,
                       diagram_implies(diagram, diagram_or(diagram, requested, shared),
                                       answer_has(space, number, BIT_ANSWERED)));
}

static node answer_fits(struct space *space, size_t number)
{
    const struct question *question = &space->pack->question[number];
    switch (question->type) {
    case QUESTION_CHOICE:
        return exclusive(space, number, ~(bits)0);
    case QUESTION_CHOICES:
        return exclusive(space, number,
                         option_bit(question->none) | option_bit(question->unknown));
    case QUESTION_ITEMS:
        return items_fit(space, number);
    default:
        return NODE_TRUE;
    }
}

/* Options are chosen only where they are offered; *ret_some is where any is. */
static node offers_fit(struct space *space, size_t number, node *ret_some)
{
    const struct question *question = &space->pack->question[number];
    struct diagram *diagram = space->diagram;
    node fits = NODE_TRUE, some = NODE_FALSE;
    for (size_t o = 0; o < question->option_count; o++) {
        node offered = space_condition(space, question->option[o].when);
        some = diagram_or(diagram, some, offered);
        fits =
            diagram_and(diagram, fits,
                        diagram_implies(diagram, answer_has(space, number, BIT(o)), offered));
    }
    bool chooses = question->type == QUESTION_CHOICE || question->type == QUESTION_CHOICES;
    *ret_some = chooses ? some : NODE_TRUE;
    return fits;
}

static size_t asked_variable(const struct space *space, size_t number)
{
    size_t variable = space->first[number];
    while (space->place[variable].kind != PLACE_ASKED)
        variable++;
    return variable;
}

/* Options that only the other pack has are not chosen. */
static node deny_foreign_options(struct space *space, size_t number)
{
    node none = NODE_TRUE;
    for (size_t v = space->first[number]; v < space->end[number]; v++)
        if (space->place[v].kind == PLACE_DENIED)
            none =
                diagram_and(space->diagram, none,
                            diagram_not(space->diagram, diagram_variable(space->diagram, v)));
    return none;
}

static void compile_question(struct space *space, size_t number)
{
    const struct question *question = &space->pack->question[number];
    struct diagram *diagram = space->diagram;
    node on = space_condition(space, question->when);
    node later = question->later ? space_condition(space, question->later) : NODE_FALSE;
    node asked = diagram_and(diagram, on, diagram_not(diagram, later));
    node answered = answer_has(space, number, BIT_ANSWERED);
    node offered;

    node valid =
        diagram_and(diagram, answer_fits(space, number), deny_foreign_options(space, number));
    valid = diagram_and(diagram, valid, offers_fit(space, number, &offered));
    valid = diagram_and(diagram, valid, diagram_implies(diagram, answered, on));
    if (question->required)
        valid = diagram_and(diagram, valid, diagram_implies(diagram, asked, answered));
    node marked = diagram_variable(diagram, asked_variable(space, number));
    space->valid[number] = diagram_and(diagram, valid, diagram_same(diagram, marked, asked));
    space->on[number] = on;
    space->stuck[number] = diagram_and(diagram, asked, diagram_not(diagram, offered));
}

static void compile_finding(struct space *space, size_t number)
{
    const struct finding *finding = &space->pack->finding[number];
    struct diagram *diagram = space->diagram;
    space->found[number] = diagram_and(diagram, space_condition(space, finding->when),
                                       days_between(space, finding->from, finding->until));
    space->known = number + 1;
}

static void compile_outcomes(struct space *space)
{
    struct diagram *diagram = space->diagram;
    node open = NODE_TRUE;
    for (size_t i = 0; i < space->pack->outcome_count; i++) {
        space->holds[i] = space_condition(space, space->pack->outcome[i].when);
        space->outcome[i] = diagram_and(diagram, open, space->holds[i]);
        open = diagram_and(diagram, open, diagram_not(diagram, space->holds[i]));
    }
}

/* Days come in order, from the pack's first to its last. */
static void compile_days(struct space *space)
{
    struct diagram *diagram = space->diagram;
    space->days = days_between(space, space->pack->from, space->pack->until);
    for (size_t v = 1; v < space->day_count; v++)
        space->days = diagram_and(diagram, space->days,
                                  diagram_implies(diagram, diagram_variable(diagram, v),
                                                  diagram_variable(diagram, v - 1)));
}

static struct space *empty_space(const struct pack *pack)
{
    struct space *space = xcalloc(1, sizeof(*space));
    space->pack = pack;
    space->first = xcalloc(pack->question_count + 1, sizeof(*space->first));
    space->end = xcalloc(pack->question_count + 1, sizeof(*space->end));
    space->on = xcalloc(pack->question_count + 1, sizeof(node));
    space->valid = xcalloc(pack->question_count + 1, sizeof(node));
    space->stuck = xcalloc(pack->question_count + 1, sizeof(node));
    space->found = xcalloc(pack->finding_count + 1, sizeof(node));
    space->outcome = xcalloc(pack->outcome_count + 1, sizeof(node));
    space->holds = xcalloc(pack->outcome_count + 1, sizeof(node));
    return space;
}

static void compile(struct space *space)
{
    compile_days(space);
    for (size_t i = 0; i < space->pack->rule_count; i++) {
        if (space->pack->rule[i].is_question)
            compile_question(space, space->pack->rule[i].index);
        else
            compile_finding(space, space->pack->rule[i].index);
    }
    compile_outcomes(space);
}

static void build(const struct space_layout *layout)
{
    space_lay_out(layout);
    struct diagram *diagram = diagram_new(layout->space[0]->place_count, SPACE_NODE_LIMIT);
    layout->space[0]->owns_diagram = true;
    for (size_t i = 0; i < layout->count; i++) {
        layout->space[i]->diagram = diagram;
        compile(layout->space[i]);
    }
}

struct space *space_new(const struct pack *pack)
{
    struct space_layout layout = {{empty_space(pack)}, 1};
    build(&layout);
    return layout.space[0];
}

void space_new_pair(const struct pack *a, const struct pack *b, struct space **ret_a,
                    struct space **ret_b)
{
    struct space_layout layout = {{empty_space(a), empty_space(b)}, 2};
    build(&layout);
    *ret_a = layout.space[0];
    *ret_b = layout.space[1];
}

void space_free(struct space *space)
{
    if (!space)
        return;
    if (space->owns_diagram)
        diagram_free(space->diagram);
    node *owned[] = {space->on,    space->valid, space->stuck,
                     space->found, space->holds, space->outcome};
    for (size_t i = 0; i < COUNT(owned); i++)
        free(owned[i]);
    free(space->place);
    free(space->first);
    free(space->end);
    free(space);
}

void space_stand_at(struct space *space, size_t rule)
{
    size_t known = 0;
    while (known < space->pack->finding_count && space->pack->finding[known].rule < rule)
        known++;
    space->known = known;
}

/* --- What is possible --------------------------------------------------------------------- */

node space_within(struct space *space, node function)
{
    if (function == NODE_LACKING || function == NODE_FALSE)
        return function;
    bool *support = xcalloc(space->place_count + 1, sizeof(*support));
    diagram_support(space->diagram, function, support);
    node within = diagram_and(space->diagram, function, space->days);
    /* A constraint reaches only backwards, so one pass from the last question suffices. */
    for (size_t q = space->pack->question_count; q-- > 0 && within != NODE_LACKING;) {
        bool bears = false;
        for (size_t v = space->first[q]; v < space->end[q]; v++)
            bears |= support[v];
        if (!bears)
            continue;
        diagram_support(space->diagram, space->valid[q], support);
        within = diagram_and(space->diagram, within, space->valid[q]);
    }
    free(support);
    return within;
}

node space_whole(struct space *space)
{
    node whole = NODE_TRUE;
    for (size_t q = space->pack->question_count; q-- > 0;)
        whole = diagram_and(space->diagram, space->valid[q], whole);
    return diagram_and(space->diagram, space->days, whole);
}

void space_answers(const struct space *space, const bool *assignment, bits *ret_value,
                   date *ret_day)
{
    *ret_day = space->pack->from;
    memset(ret_value, 0, space->pack->question_count * sizeof(*ret_value));
    for (size_t v = 0; v < space->place_count; v++) {
        const struct place_in_space *place = &space->place[v];
        if (!assignment[v])
            continue;
        if (place->kind == PLACE_DAY && place->day > *ret_day)
            *ret_day = place->day;
        if (place->kind == PLACE_BIT)
            ret_value[place->question] |= place->bit;
    }
}
