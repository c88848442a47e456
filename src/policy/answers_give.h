/* SPDX-License-Identifier: MIT */
/* Inside the answers: what the files that check answers use to keep them. */
#ifndef DISCERN_POLICY_ANSWERS_GIVE_H
#define DISCERN_POLICY_ANSWERS_GIVE_H

#include "policy/answers.h"

/* Puts a checked answer, whose content it takes over, in the place of what was there, and
 * counts it as a change if it differs. */
void answers_give(struct answers *answers, size_t question, struct answer fresh,
                  struct moment at);

/* A deep copy into an item that holds nothing yet. */
void item_copy(struct item *into, const struct item *from);

#endif
