/* SPDX-License-Identifier: MIT */
/*
 * The proof: what is true of every path through a pack, or the shortest answers that show that
 * it is not. Covers every combination of answers (space.h), so a clean proof means: whatever
 * is answered, the walk ends in one outcome, with a reason, and meets no never.
 *
 * Pure: the day on which sources are judged is an argument, and time is taken by who calls.
 */
#ifndef DISCERN_POLICY_PROOF_H
#define DISCERN_POLICY_PROOF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "policy/report.h"

/* The rules that a pack is checked against. Their ids are stable.
 *      name, id, severity, remedy */
#define PROOF_RULE_TABLE(X)                                                                    \
    X(QUESTION_UNREACHABLE, "question-unreachable", ERROR,                                     \
      "Change its `when`, or delete the question.")                                            \
    X(QUESTION_STUCK, "question-stuck", ERROR,                                                 \
      "Offer at least one option wherever the question is asked.")                             \
    X(LEAVE_OUT_MISSING, "leave-out-missing", WARNING,                                         \
      "List as `leave-out` the flags of what a person may not be shown about others.")         \
    X(OPTION_UNREACHABLE, "option-never-offered", ERROR,                                       \
      "Change the option's `when`, or delete the option.")                                     \
    X(FINDING_UNREACHABLE, "finding-unreachable", ERROR,                                       \
      "Change its `when`, `from` or `until`, or delete the finding.")                          \
    X(OUTCOME_UNREACHABLE, "outcome-unreachable", ERROR,                                       \
      "Change its `when`, or delete the outcome.")                                             \
    X(OUTCOME_SHADOWED, "outcome-shadowed", ERROR,                                             \
      "Move it up, or narrow the outcomes above it.")                                          \
    X(OUTCOME_MISSING, "outcome-missing", WARNING,                                             \
      "Add an outcome that recommends it, or say in `changed` why there is none.")             \
    X(RETENTION_UNREACHABLE, "retention-unreachable", ERROR,                                   \
      "Change its `when`, move it up, or delete it.")                                          \
    X(DUTY_UNREACHABLE, "must-unreachable", ERROR,                                             \
      "Change the `when` of what must be done, or delete it.")                                 \
    X(STOP_UNREACHABLE, "stop-unreachable", ERROR, "Change its `when`, or delete the stop.")   \
    X(STOP_FINAL, "stop-final", ERROR,                                                         \
      "Narrow the stop, so that there is a way of reaching the outcome and signing.")          \
    X(CONDITION_ALWAYS, "condition-always-true", ERROR, "Delete the `when`: it says nothing.") \
    X(CONDITION_IDLE, "condition-part-idle", WARNING,                                          \
      "Delete that part: the condition means the same without it.")                            \
    X(NEVER_MET, "never-met", ERROR,                                                           \
      "Change a question, finding or outcome so that these answers cannot end so.")            \
    X(PATH_LONG, "path-too-long", ERROR,                                                       \
      "Ask fewer questions on this path, or raise `most-questions`.")                          \
    X(URGENT_LONG, "urgent-too-long", ERROR,                                                   \
      "Let the emergency be decided earlier, with `later` on what can wait.")                  \
    X(KEEP_TWICE, "kept-twice", ERROR,                                                         \
      "Let one of the questions give up its `keep`, or keep them off one path.")               \
    X(SCENARIO_FAILS, "scenario-fails", ERROR,                                                 \
      "Mend the scenario, or the rule that it shows to be wrong.")                             \
    X(SOURCE_OVERDUE, "source-overdue", ERROR,                                                 \
      "Read the source again and give it a new `checked` and `review-by`.")                    \
    X(PACK_OVERDUE, "pack-overdue", ERROR, "Review the pack and give it a new `review-by`.")   \
    X(SOURCE_UNUSED, "source-unused", WARNING, "Cite it, or delete it.")                       \
    X(STEP_UNUSED, "step-unused", WARNING, "Put a question into the step, or delete it.")      \
    X(ACCEPT_UNUSED, "accept-unused", WARNING, "Delete it: there is nothing left to accept.")  \
    X(SOURCE_VERIFY, "source-verify", NOTE,                                                    \
      "Read the source's own text, then delete `verify`.")                                     \
    X(TOO_LARGE, "too-large", ERROR,                                                           \
      "Split the pack, or let later conditions look at fewer questions.")

enum proof_rule {
#define X(name, id, severity, remedy) PROOF_##name,
    PROOF_RULE_TABLE(X)
#undef X
        PROOF_RULE_COUNT
};
extern const struct check_rule proof_rules[PROOF_RULE_COUNT];

struct proof {
    struct report report;
    bool complete;     /* every check was carried out */
    long double paths; /* different combinations of answers, texts counted once */
    long double ending[OUTCOME_COUNT]; /* how many of them end in each outcome */
    long longest;                      /* questions before the decision, on the longest path */
    long urgent;   /* the same among paths that end in share-urgently; 0 if none */
    size_t states; /* nodes that the proof made: what it cost */
};

/* Proves the pack. `as_of` is the day on which sources and the pack must not be overdue
 * (DATE_NONE: not looked at). Release with proof_release. */
void proof_run(const struct pack *pack, date as_of, struct proof *ret_proof);
void proof_release(struct proof *proof);

#endif
