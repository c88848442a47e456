/* SPDX-License-Identifier: MIT */
/* A list of faults: what is wrong is said elsewhere. */
#include "policy/report.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

const struct check_rule rule_unreadable = {"unreadable", SEVERITY_ERROR, "Put the file right."};

const char *severity_id(enum severity severity)
{
    static const char *const ids[] = {"error", "warning", "note"};

    return ids[severity];
}

void report_release(struct report *report)
{
    arena_release(&report->arena);
    *report = (struct report){0};
}

struct fault *report_add(struct report *report, const struct check_rule *rule, const char *file,
                         int line, const char *field, const char *remedy,
                         const char *what_format, ...)
{
    struct arena *arena = &report->arena;
    struct buf what = {0};
    struct fault *fault;
    va_list arguments;

    if (report->count == report->room) {
        report->room = report->room ? report->room * 2 : 32;
        report->fault = arena_grow(arena, report->fault, report->count, report->room,
                                   sizeof(*report->fault));
    }
    va_start(arguments, what_format);
    buf_vprintf(&what, what_format, arguments);
    va_end(arguments);
    fault = &report->fault[report->count++];
    *fault = (struct fault){.rule = rule,
                            .file = arena_strdup(arena, file),
                            .line = line,
                            .field = arena_strdup(arena, field),
                            .what = arena_strdup(arena, buf_text(&what)),
                            .remedy = arena_strdup(arena, remedy ? remedy : rule->remedy)};
    buf_release(&what);
    return fault;
}

void report_error(struct report *report, const struct error *error)
{
    report_add(report, &rule_unreadable, error->file, error->line, error->field,
               error->remedy[0] ? error->remedy : NULL, "%s", error->what);
}

static int compare(const void *a, const void *b)
{
    const struct fault *left = a, *right = b;
    int order = strcmp(left->file, right->file);

    if (order == 0)
        order = left->line - right->line;
    if (order == 0) /* the rules of one report are of one table */
        order = (left->rule > right->rule) - (left->rule < right->rule);
    return order ? order : strcmp(left->what, right->what);
}

void report_settle(struct report *report)
{
    if (report->count)
        qsort(report->fault, report->count, sizeof(*report->fault), compare);
    for (size_t i = 0; i < report->count; i++) {
        const struct fault *fault = &report->fault[i];

        ++*(fault->accepted ? &report->accepted : &report->tally[fault->rule->severity]);
    }
}
