/* SPDX-License-Identifier: MIT */
/*
 * The walk: which questions the answers so far put on the path, what they establish, and what
 * the pack recommends. A pure function of pack, answers and day, run afresh whenever one of
 * them changes: there is no state in which an answer given earlier could linger.
 *
 * A question is on the path if and only if its condition holds on what came before it. The
 * first unanswered one is next; what depends on it is unknown until it is answered. Answers of
 * questions that are off the path are parked: conditions see them as not asked, the record
 * never holds them, and they return with their question.
 */
#ifndef DISCERN_POLICY_WALK_H
#define DISCERN_POLICY_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "policy/answers.h"
#include "policy/pack.h"

enum question_state {
    QUESTION_OFF,      /* not on the path */
    QUESTION_ANSWERED, /* on the path and answered */
    QUESTION_NEXT,     /* the first unanswered one: nothing after it is sure */
    QUESTION_DEFERRED, /* on the path, unanswered, and may be answered after the decision:
                          conditions see it as not asked */
    QUESTION_UNKNOWN   /* comes after the next one: unanswered, or not known to be asked */
};

#define WALK_NONE ((size_t)-1)

struct walk {
    const struct pack *pack;
    date day;
    enum question_state *state; /* by question */
    size_t *path;               /* on the path so far, in order: answered, deferred, next */
    size_t path_count;
    size_t answered;   /* how many of them are answered */
    size_t next;       /* the question to ask now (a deferred one if no other is
                          left), or WALK_NONE when all are answered */
    bits *offered;     /* by question on the path: its options that are offered */
    bits *value;       /* by variable, as conditions see them */
    bool *known;       /* by variable */
    size_t outcome;    /* index of the outcome rule, or WALK_NONE while open */
    unsigned possible; /* bit n: enum outcome n may still be recommended */
    bool ready;        /* the outcome is settled and nothing that is required before
                          the decision is unanswered */
    size_t retention;  /* index of the retention class, or WALK_NONE while open */
};

/* Walks. Release with walk_release; a zeroed walk may be released. */
void walk_init(struct walk *walk, const struct answers *answers, date day);
void walk_release(struct walk *walk);

/* Whether the finding holds. */
enum truth walk_finding(const struct walk *walk, size_t finding);

/* Whether the option of a question on the path is offered, given the answers before it. */
bool walk_offers(const struct walk *walk, size_t question, size_t option);

/* The facts at the end of the walk, to evaluate conditions of outcomes, nevers, retention and
 * duties with: a kind of findings counts all of that kind, also those that stand after some
 * earlier question (walk_trail takes care of that). Borrowed from the walk. */
struct facts walk_facts(const struct walk *walk);

/* What has to be done once the rule is what was decided, one duty a call: the rule's own, then
 * the pack's for such an outcome, those whose condition holds. *at starts at 0; NULL after the
 * last, and if there is no rule. */
const struct duty *walk_duty(const struct walk *walk, const struct outcome_rule *rule,
                             size_t *at);

/* Whether an answer is parked: given, and its question is off the path or unreached. */
bool walk_parked(const struct walk *walk, const struct answers *answers, size_t question);

/* What giving `question` the answer `value` (answer_bits; 0 skips it) instead would do, without
 * doing it. */
struct walk_change {
    size_t *voided; /* questions answered on the path now that would leave it */
    size_t voided_count;
    bool settled;   /* whether the outcome would be settled */
    size_t outcome; /* and which rule it would be */
};
void walk_would_change(const struct walk *walk, const struct answers *answers, size_t question,
                       bits value, struct walk_change *ret_change);
void walk_change_release(struct walk_change *change);

/* One line of a trail: a question and its answer, a finding, or the day of the decision made
 * a rule hold. Exactly one of question and finding is not WALK_NONE, or both are for the day.
 */
struct trail_line {
    size_t question, finding;
    bool holds; /* the test as written holds */
    const struct condition *test;
};
struct trail {
    struct trail_line *line;
    size_t count;
};

/* Which answers and findings make the condition what it is, each named once. Release it. */
void walk_trail(const struct walk *walk, const struct condition *condition,
                struct trail *ret_trail);
void trail_release(struct trail *trail);

/* Which single different answer on the path would give another recommendation: the nearest
 * other outcomes, in the order of the path. Release with free(). */
struct near_miss {
    size_t question;
    size_t option;
    size_t outcome; /* the outcome rule that would be reached, directly */
};
size_t walk_near_misses(const struct walk *walk, const struct answers *answers,
                        struct near_miss **ret_list);

#endif
