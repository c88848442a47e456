/* SPDX-License-Identifier: MIT */
/*
 * Checking agreements: what one lacks or still says that no longer holds, and whether what it
 * names is there. In the manner of the proof of a pack (proof.h): one table of rules, findings
 * in a stable order. An agreement in force may well have warnings; they are for its owner. An
 * error means that its pack does not say what it seems to say.
 *
 * Pure: the day is an argument, and so is everything that is checked.
 */
#ifndef DISCERN_POLICY_AGREEMENT_CHECK_H
#define DISCERN_POLICY_AGREEMENT_CHECK_H

#include <stddef.h>

#include "base/date.h"
#include "base/ini.h"
#include "base/mem.h"
#include "policy/agreement.h"
#include "policy/report.h"

/* The rules. Their ids are stable.
 *      name, id, severity, remedy */
#define AGREEMENT_RULE_TABLE(X)                                                                \
    X(WITHDRAWN, "withdrawn", NOTE, "Decide under another agreement, or under none.")          \
    X(REVIEW_OVERDUE, "review-overdue", WARNING,                                               \
      "Ask its owner to review it, then write the next day of review as `review-by`.")         \
    X(REVIEW_UNDATED, "review-undated", WARNING,                                               \
      "Ask its owner for a day of review and write it as `review-by`.")                        \
    X(ARTICLE_LACKING, "article-lacking", WARNING,                                             \
      "Ask its owner what has been agreed on it, and add it.")                                 \
    X(PARTY_UNSIGNED, "party-unsigned", WARNING,                                               \
      "Write the day on which it signed as `signed`, or ask its owner whether it has.")        \
    X(STATUTE_OUTDATED, "statute-outdated", WARNING,                                           \
      "Ask its owner to put what holds now into the agreement.")                               \
    X(ARTICLE_OUTDATED, "article-outdated", NOTE,                                              \
      "Ask its owner to put what holds now into the agreement.")                               \
    X(RECORD_UNSENT, "record-unsent", WARNING,                                                 \
      "Add a section [must NAME] that has the record sent, and when.")                         \
    X(CLOCK_WITHOUT_HOURS, "clock-without-hours", WARNING, "Write the time limit as `hours`.") \
    X(PRINCIPLE_UNMET, "principle-unmet", NOTE,                                                \
      "Name the question, finding or field of the record that shows it, as `met-by`.")         \
    X(MET_BY_UNKNOWN, "met-by-unknown", ERROR,                                                 \
      "Name a question or finding of the policy pack or of this agreement, or a field of the " \
      "record.")                                                                               \
    X(PROGRAMME_MINIMUM, "programme-without-minimum", WARNING,                                 \
      "List the least data that serves its purpose as `minimum.1`, `minimum.2` and so on.")    \
    X(PROGRAMME_LEGAL, "programme-without-legal", WARNING,                                     \
      "Say as `legal` what allows or requires the sharing.")                                   \
    X(PROGRAMME_RECIPIENTS, "programme-without-recipients", WARNING,                           \
      "Say as `recipients` who receives the data.")                                            \
    X(CLAUSE_KEY, "clause-key", ERROR, "Use `says`, and either `at` or `not`.")                \
    X(CLAUSE_SILENT, "clause-without-words", ERROR, "Say shortly what the clause says.")       \
    X(CLAUSE_LOST, "clause-lost", ERROR,                                                       \
      "Say as `at` where it stands in a pack, or as `not` why it stands in none.")             \
    X(CLAUSE_BOTH, "clause-at-and-not", ERROR, "Keep the one that is true.")                   \
    X(CLAUSE_DANGLING, "clause-dangling", ERROR,                                               \
      "Write it as AGREEMENT:KIND:NAME, all of which exist.")

enum agreement_rule {
#define X(name, id, severity, remedy) AGREEMENT_RULE_##name,
    AGREEMENT_RULE_TABLE(X)
#undef X
        AGREEMENT_RULE_COUNT
};
extern const struct check_rule agreement_rules[AGREEMENT_RULE_COUNT];

/* Checks one agreement on a day. `joined` is the policy pack with the agreement in it, NULL if
 * there is none: then what `met-by` names is not looked at. */
void agreement_check(struct report *report, const struct agreement *agreement,
                     const struct pack *joined, date day);

/* Checks the table of clauses (CLAUSES.ini): each is in a pack or has a reason not to be, and
 * what it names is there. */
struct clause_home {
    const struct agreement *agreement;
    const struct pack *joined; /* NULL: questions, findings and nevers are not looked at */
};
void clauses_check(struct report *report, const struct ini *clauses,
                   const struct clause_home *home, size_t home_count);

#endif
