/* SPDX-License-Identifier: MIT */
/* What the files of the proof share: the prover and how a failure is reported. */
#ifndef DISCERN_POLICY_PROOF_CHECK_H
#define DISCERN_POLICY_PROOF_CHECK_H

#include "policy/proof.h"
#include "policy/space.h"

struct prover {
    const struct pack *pack;
    struct space *space;
    node whole; /* every walk there is */
    struct proof *proof;
    date as_of;
};

/* Reports a fault at a line of the pack: "[kind id]" and a sentence. It is valid until the
 * next.
 */
struct fault *blame(struct prover *prover, enum proof_rule rule, int line, const char *kind,
                    const char *id, const char *what_format, ...)
    __attribute__((format(printf, 6, 7)));

/* Whether the function holds for some walk. False, and the proof incomplete, if that cannot be
 * told. */
bool possible(struct prover *prover, node function);

/* Adds the shortest answers for which the function holds; it must be possible. */
void show(struct prover *prover, struct fault *fault, node function);

/* The shortest answers for which the function holds; it must not be false. They live in the
 * arena. */
void proof_example(struct space *space, node function, struct arena *arena,
                   struct example *ret_example);

/* The questions that can be reached, offer options, and keep things once. */
void prove_questions(struct prover *prover);
/* The findings, outcomes, retention classes and nevers. */
void prove_results(struct prover *prover);
/* How many paths there are, how long, and where they end. */
void prove_paths(struct prover *prover);
/* Every part of a condition says something where it stands. */
void prove_condition(struct prover *prover, const struct condition *condition, node within,
                     int line, const char *kind, const char *id);
/* Sources, steps and scenarios. */
void prove_papers(struct prover *prover);
/* Marks what was found so far and the pack accepts; reports what accepts nothing. */
void prove_accepts(struct prover *prover);

#endif
