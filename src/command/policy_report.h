/* SPDX-License-Identifier: MIT */
/*
 * What `discern policy check` tells, in words or as JSON: each finding as it is met, what was
 * proved, and the totals. Findings that a pack has by itself are not told again of the pack
 * with an agreement.
 */
#ifndef DISCERN_COMMAND_POLICY_REPORT_H
#define DISCERN_COMMAND_POLICY_REPORT_H

#include "command/policy.h"

/* A source that has still to be read, and how often it is cited. */
struct unread {
    const char *title;
    size_t places;
};

struct policy_report {
    struct context *context;
    json_t *packs, *findings, *skipped; /* NULL when printing words */
    struct unread *unread;
    size_t unread_count;
    size_t checked, tally[SEVERITY_COUNT], accepted;
};

/* A pack that was proved, alone or with an agreement (then `agreement` is its id, and `alone`
 * the proof of the pack alone). */
struct proved {
    const struct pack *pack;
    const char *agreement; /* "" if alone */
    const struct proof *proof, *alone;
    long milliseconds;
};

void policy_report_begin(struct policy_report *report, struct context *context);

/* Something that could not be read. */
void policy_report_failed(struct policy_report *report, const struct error *error);

/* An agreement that the pack is not checked with, and why, in a sentence. */
void policy_report_skipped(struct policy_report *report, const char *agreement,
                           const char *why);

/* The findings, and what was proved. */
void policy_report_proved(struct policy_report *report, const struct proved *proved);

/* The totals. */
void policy_report_end(struct policy_report *report);

/* Whether the fault is told of the pack alone as well. */
bool policy_report_told(const struct proved *proved, const struct fault *fault);

#endif
