/* SPDX-License-Identifier: MIT */
/*
 * The space of a pack: every combination of day and answers that a walk can meet, as decision
 * diagrams. Free text, persons and dates count only as answered or not, days only as far as
 * conditions look at them. What the walk computes for one set of answers, this knows for all.
 */
#ifndef DISCERN_POLICY_SPACE_H
#define DISCERN_POLICY_SPACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "policy/diagram.h"
#include "policy/pack.h"

/* A yes/no variable of the space: whether the day has come, whether a question must be answered
 * before the decision, or whether an answer has a bit. A pair of packs shares its variables:
 * FOREIGN is what only the other pack asks, DENIED an option that only the other pack has. */
enum place_kind { PLACE_DAY, PLACE_ASKED, PLACE_BIT, PLACE_FOREIGN, PLACE_DENIED };
struct place_in_space {
    enum place_kind kind;
    size_t question; /* ASKED, BIT */
    bits bit;        /* BIT */
    date day;        /* DAY: on or after that day */
};

struct space {
    const struct pack *pack;
    struct diagram *diagram;
    bool owns_diagram;
    struct place_in_space *place; /* by variable */
    size_t place_count, day_count;
    size_t *first; /* by question: its first variable */
    size_t *end;   /* by question: the variable after its last */
    node days;     /* the order of days, and the pack being in force */
    node *on;      /* by question: it is on the path */
    node *valid;   /* by question: its variables are as its condition and type allow */
    node *stuck;   /* by question: it must be answered and no option is offered */
    node *found;   /* by finding */
    node *outcome; /* by outcome rule: it is the first that holds */
    node *holds;   /* by outcome rule: its condition holds */
    size_t known;  /* conditions on a kind mean its findings below this: space_stand_at */
};

/* Builds the functions. Free with space_free. */
struct space *space_new(const struct pack *pack);

/* The spaces of two packs over the same variables and diagram, so that their functions can be
 * compared: questions of the same id and type are one, and so are their options of the same
 * id. The first owns the diagram: free it last. */
void space_new_pair(const struct pack *a, const struct pack *b, struct space **ret_a,
                    struct space **ret_b);
void space_free(struct space *space);

/* From now on conditions mean what they mean where that rule stands: "basis is found" looks at
 * the findings before it only. pack->rule_count, where a new space stands, is after them all.
 */
void space_stand_at(struct space *space, size_t rule);

/* A condition of the pack as a function; NULL is true. */
node space_condition(struct space *space, const struct condition *condition);

/* What is possible, as far as it bears on `function`: the conjunction of the function and the
 * constraints of the questions that it depends on, of those that they depend on, and so on.
 * Every assignment of it can be completed to a walk, provided no question is stuck. */
node space_within(struct space *space, node function);

/* All constraints together. */
node space_whole(struct space *space);

/* The answers of an assignment: value of each question as conditions see it, and a day. */
void space_answers(const struct space *space, const bool *assignment, bits *ret_value,
                   date *ret_day);

#endif
