/* SPDX-License-Identifier: MIT */
/*
 * Made-up answers: scenarios, the tests that live in a pack, and counter-examples of the proof,
 * given to the walk as a practitioner's answers would be.
 */
#ifndef DISCERN_POLICY_SCENARIO_H
#define DISCERN_POLICY_SCENARIO_H

#include "base/status.h"
#include "policy/answers.h"
#include "policy/pack.h"

/* Gives the question a made-up answer that conditions see as `value` (for text types, some
 * text; for items, one or two items). An empty value leaves it alone. */
void answer_example(struct answers *answers, size_t question, bits value);

/* Makes up what the answers leave open, as walked on that day: the first option that is
 * offered. What may be passed over is left unanswered, and so is what no option is offered for.
 */
void answers_complete(struct answers *answers, date day);

/* Walks the scenario. STATUS_REFUSED with file, line and scenario if it does not give what it
 * expects, or answers a question that its own answers keep off the path; STATUS_BAD_DATA if it
 * leaves a question open. */
MUST_CHECK enum status scenario_walk(const struct pack *pack, const struct scenario *scenario,
                                     struct error *error);

#endif
