/* SPDX-License-Identifier: MIT */
/*
 * What a check reports: the faults of packs and agreements, each with its rule, its place, a
 * sentence and the remedy. The proof (proof.h) and the check of agreements (agreement_check.h)
 * have their tables of rules and share the rest. Prints nothing.
 */
#ifndef DISCERN_POLICY_REPORT_H
#define DISCERN_POLICY_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/status.h"
#include "policy/pack.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE, SEVERITY_COUNT };
const char *severity_id(enum severity severity); /* "error", "warning", "note" */

/* Something that is checked. Its id is stable. */
struct check_rule {
    const char *id;
    enum severity severity;
    const char *remedy;
};

/* Of what could not be read at all. */
extern const struct check_rule rule_unreadable;

/* The answers that show a fault: what is not named may be answered in any way. In the order of
 * the path; `value` as conditions see it (scenario.h makes answers of it). */
struct example {
    date day;
    struct scenario_answer *answer;
    size_t count;
};

struct fault {
    const struct check_rule *rule;
    const char *file;
    int line;
    const char *field;             /* "[outcome share]" */
    const char *what;              /* one sentence */
    const char *remedy;            /* the rule's, or a nearer one: "Did you mean ..." */
    const struct accept *accepted; /* by whom in the pack; NULL if it is not */
    bool has_example;
    struct example example;
};

/* Starts zeroed; owns all that its faults hold. */
struct report {
    struct fault *fault;
    size_t count, room;
    size_t tally[SEVERITY_COUNT]; /* once settled, of those that nobody accepted */
    size_t accepted;
    struct arena arena;
};
void report_release(struct report *report);

/* Adds a fault, valid until the next. `remedy` NULL is the rule's. */
struct fault *report_add(struct report *report, const struct check_rule *rule, const char *file,
                         int line, const char *field, const char *remedy,
                         const char *what_format, ...) __attribute__((format(printf, 7, 8)));

/* That something could not be read or joined, as the error says. */
void report_error(struct report *report, const struct error *error);

/* Puts the faults into their order (by file, line, rule and words) and counts them. */
void report_settle(struct report *report);

#endif
