/* SPDX-License-Identifier: MIT */
/*
 * What drafts and records say of a decision besides its answers: the members that both read
 * back into one.
 */
#ifndef DISCERN_RECORD_HEADING_H
#define DISCERN_RECORD_HEADING_H

#include "record/decision.h"

/* Texts are "" where there is none, and borrowed. */
struct heading {
    long long schema;
    const char *reference, *pack, *version, *agreement, *programme;
    date day;
    struct moment begun;
    enum stance stance;
    enum outcome decided;
    const char *departure, *justification, *amends, *amendment, *sibling_of, *subject;
    bool practice;
};

/* Whether the reference is one. STATUS_BAD_DATA. */
MUST_CHECK enum status heading_check(const struct heading *heading, struct error *error);

/* Begins a decision as a checked heading says. Release it with decision_release. */
void heading_give(const struct heading *heading, const struct pack *pack,
                  struct decision *decision);

#endif
