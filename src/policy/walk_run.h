/* SPDX-License-Identifier: MIT */
/* Inside the walk: walking again with one answer replaced, into room that is used again. */
#ifndef DISCERN_POLICY_WALK_RUN_H
#define DISCERN_POLICY_WALK_RUN_H

#include "policy/walk.h"

/* One answer put in the place of what was answered; question WALK_NONE for none. */
struct instead {
    size_t question;
    bits value;
};

/* Makes room for a walk through the pack. */
void walk_make(struct walk *walk, const struct pack *pack);

/* Walks from the start; what the walk held before is overwritten. */
void walk_run(struct walk *walk, const struct answers *answers, date day,
              struct instead instead);

#endif
