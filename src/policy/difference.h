/* SPDX-License-Identifier: MIT */
/*
 * The difference between two packs, as practitioners meet it: the situations that now end
 * differently, with the fewest answers that show each, and what only one of them asks or finds.
 * Covers every combination of answers that both packs allow (space.h).
 */
#ifndef DISCERN_POLICY_DIFFERENCE_H
#define DISCERN_POLICY_DIFFERENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"
#include "policy/pack.h"
#include "policy/proof.h"

/* Situations that end in `was` in the first pack and in `now` in the second. */
struct turn {
    enum outcome was, now;
    long double situations; /* of those that both packs allow */
    struct example example; /* answers to questions of the second pack */
};

/* Something that only one of the packs has: "question", "option", "finding", "outcome". */
struct only {
    bool in_first;
    const char *kind, *id; /* of an option: "question.option" */
};

struct difference {
    struct turn *turn; /* fewest answers first */
    size_t turn_count;
    struct only *only;
    size_t only_count;
    bool complete; /* every situation was compared */
    struct arena arena;
};

/* Compares two packs. Release with difference_release. */
void difference_find(const struct pack *first, const struct pack *second,
                     struct difference *ret_difference);
void difference_release(struct difference *difference);

#endif
