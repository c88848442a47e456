/* SPDX-License-Identifier: MIT */
/*
 * Incidents: something went wrong with information that a record is about. Each is a report,
 * and what followed: updates, who was told and when, a decision not to notify, the end with
 * what was learned. Where an incident stands follows from these entries and a moment.
 *
 * Its clocks are those that the law sets (the policy pack) and an agreement; the report keeps
 * them, so that what counted then can be read later. They run from the earliest moment at which
 * anyone knew, in real time: neither daylight saving nor a clock that was set back gives
 * anybody longer.
 */
#ifndef DISCERN_RECORD_INCIDENT_H
#define DISCERN_RECORD_INCIDENT_H

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/status.h"
#include "policy/agreement.h"
#include "record/record.h"

#define INCIDENT_CLOCKS_MAX 8

/*      name, id, in words */
#define INCIDENT_ACT_TABLE(X)                                                                  \
    X(REPORT, "report", "Reported")                                                            \
    X(UPDATE, "update", "Updated")                                                             \
    X(TOLD, "told", "Told")                                                                    \
    X(NOT_NOTIFY, "not-notify", "Decided not to notify")                                       \
    X(CLOSE, "close", "Closed")
enum incident_act {
#define X(name, id, words) INCIDENT_##name,
    INCIDENT_ACT_TABLE(X)
#undef X
        INCIDENT_ACT_COUNT
};
const char *incident_act_id(enum incident_act act);
const char *incident_act_words(enum incident_act act);
bool incident_act_parse(const char *id, enum incident_act *ret_act);

/* A time limit as the pack or the agreement has it. */
struct incident_clock {
    const char *id, *title;
    long long hours;
    long long warn_hours; /* left when the warning begins; 0 no warning */
};

/* The clocks that hold, borrowed: those of the agreement (NULL: none), then those of the pack.
 * Of two with one id the shorter holds. STATUS_NOT_FOUND if neither sets any. */
MUST_CHECK enum status incident_clocks(const struct pack *pack,
                                       const struct agreement *agreement,
                                       struct incident_clock clock[INCIDENT_CLOCKS_MAX],
                                       size_t *ret_count, struct error *error);

/* One entry of an incident. Texts that do not apply are NULL or "". */
struct incident_note {
    enum incident_act act;
    long long incident;    /* the sequence of its report; 0 in the report itself */
    const char *reference; /* of the decision */
    const char *message;   /* what happened, changed, was said, was decided, was learned */
    struct moment aware;   /* since when somebody knew, if that is said; a report must */
    const char *clock;     /* TOLD, NOT_NOTIFY: which clock; or, told, somebody else */
    const char *who;       /* TOLD: who was told; REPORT, UPDATE: who knew first */
    const char *kinds;     /* REPORT, UPDATE: which kinds of data it is about */
    const char *people;    /* REPORT, UPDATE: how many people, as far as it is known */
    struct moment when;    /* TOLD: when */
    const char *agreement; /* REPORT: whose clocks run beside the law's; "" none */
    struct incident_clock running[INCIDENT_CLOCKS_MAX]; /* REPORT */
    size_t running_count;
};

/* Whether it says enough and nothing is in the future; else STATUS_REFUSED. */
MUST_CHECK enum status incident_check(const struct incident_note *note, struct moment at,
                                      struct error *error);

void incident_compose(const struct incident_note *note, const struct person *by,
                      struct moment at, struct buf *out);
MUST_CHECK enum status incident_read(const char *bytes, size_t length, struct arena *arena,
                                     struct incident_note *ret_note, struct error *error);

/* A clock of an incident: what became of it. */
struct incident_limit {
    struct incident_clock clock;
    struct moment told;     /* us 0: nobody yet */
    const char *who;        /* was told; "" */
    const char *not_needed; /* why nobody is; "" */
};

/* An incident: the fold over its notes. */
struct incident {
    long long number; /* the sequence of its report */
    const char *reference, *agreement;
    const char *message;        /* of the report */
    const char *lessons;        /* "" while it is open */
    struct moment aware;        /* the earliest */
    const char *who;            /* knew then; "" if that was not said */
    const char *kinds, *people; /* as was said last; "" */
    struct moment newest;
    struct incident_limit limit[INCIDENT_CLOCKS_MAX];
    size_t limit_count;
    bool closed;
};

/* Takes one more note, in the order of the log; texts are borrowed from it. */
void incident_fold(struct incident *incident, const struct incident_note *note,
                   long long sequence, struct moment at);

/*      name, id, in words */
#define LIMIT_STATE_TABLE(X)                                                                   \
    X(RUNNING, "running", "Running")                                                           \
    X(SOON, "soon", "Little time left")                                                        \
    X(PAST, "past", "Past its time")                                                           \
    X(TOLD, "told", "Told in time")                                                            \
    X(TOLD_LATE, "told-late", "Told late")                                                     \
    X(NOT_NEEDED, "not-needed", "Decided not to notify")
enum limit_state {
#define X(name, id, words) LIMIT_##name,
    LIMIT_STATE_TABLE(X)
#undef X
        LIMIT_STATE_COUNT
};
const char *limit_state_id(enum limit_state state);
const char *limit_state_words(enum limit_state state);

/* When the clock runs out, on the wall of who knew first. */
struct moment incident_due(const struct incident *incident, size_t limit);

/* Where the clock stands, and how much is left of it (negative: how long it is past), at a
 * moment; a moment before the newest note counts as that of the note. */
enum limit_state incident_state(const struct incident *incident, size_t limit,
                                struct moment now, int64_t *ret_left_us);

/* "5 hours and 3 minutes left", "2 days and 4 hours ago"; "" for a clock that does not run. */
#define LEFT_WORDS_SIZE 64
void incident_left_words(enum limit_state state, int64_t left_us, char text[LEFT_WORDS_SIZE]);

/* Whether a clock of the incident is past, or near enough its end to be warned of. */
bool incident_presses(const struct incident *incident, struct moment now);

/* The end of the clock that runs out next, us 0 if none is running; and how many are. */
struct moment incident_next(const struct incident *incident, size_t *ret_running);

#endif
