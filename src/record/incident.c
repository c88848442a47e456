/* SPDX-License-Identifier: MIT */
/* What follows from the entries of an incident: where each of its clocks stands. */
#include "record/incident.h"

#include <string.h>

#define US_PER_HOUR ((int64_t)3600 * 1000000)

static const struct {
    const char *id, *words;
} limit_states[] = {
#define X(name, id, words) [LIMIT_##name] = {id, words},
    LIMIT_STATE_TABLE(X)
#undef X
};

const char *limit_state_id(enum limit_state state)
{
    return limit_states[state].id;
}

const char *limit_state_words(enum limit_state state)
{
    return limit_states[state].words;
}

/* Of two with one id the shorter holds. */
static void add_clock(struct incident_clock *clock, size_t *count, struct incident_clock next)
{
    for (size_t i = 0; i < *count; i++) {
        if (strcmp(clock[i].id, next.id) == 0) {
            if (next.hours < clock[i].hours)
                clock[i] = next;
            return;
        }
    }
    if (*count < INCIDENT_CLOCKS_MAX)
        clock[(*count)++] = next;
}

enum status incident_clocks(const struct pack *pack, const struct agreement *agreement,
                            struct incident_clock clock[INCIDENT_CLOCKS_MAX], size_t *ret_count,
                            struct error *error)
{
    size_t count = 0;

    for (size_t i = 0; agreement && i < agreement->article_count; i++) {
        const struct article *at = &agreement->article[i];

        if (at->kind == ARTICLE_CLOCK && at->hours > 0)
            add_clock(clock, &count,
                      (struct incident_clock){at->id, at->title, at->hours, at->warn_hours});
    }
    for (size_t i = 0; i < pack->clock_count; i++) {
        const struct clock *at = &pack->clock[i];

        add_clock(clock, &count,
                  (struct incident_clock){at->id, at->title, at->hours, at->warn_hours});
    }
    if (!count)
        return fail(error, STATUS_NOT_FOUND,
                    "Name the agreement whose time limits hold, with --agreement ID.",
                    "The policy pack %s sets no time limits for incidents.", pack->id);
    *ret_count = count;
    return STATUS_OK;
}

/* --- The fold ----------------------------------------------------------------------------- */

static void begin(struct incident *incident, const struct incident_note *note,
                  long long sequence)
{
    *incident = (struct incident){.number = sequence,
                                  .reference = note->reference,
                                  .agreement = note->agreement,
                                  .message = note->message,
                                  .lessons = "",
                                  .limit_count = note->running_count};
    for (size_t i = 0; i < note->running_count; i++)
        incident->limit[i] =
            (struct incident_limit){.clock = note->running[i], .who = "", .not_needed = ""};
}

static struct incident_limit *find_limit(struct incident *incident, const char *clock)
{
    for (size_t i = 0; i < incident->limit_count; i++) {
        if (strcmp(incident->limit[i].clock.id, clock) == 0)
            return &incident->limit[i];
    }
    return NULL;
}

/* Whoever was told first counts. */
static void take_told(struct incident_limit *limit, const struct incident_note *note)
{
    if (limit->told.us && limit->told.us <= note->when.us)
        return;
    limit->told = note->when;
    limit->who = note->who;
}

void incident_fold(struct incident *incident, const struct incident_note *note,
                   long long sequence, struct moment at)
{
    struct incident_limit *limit;

    if (note->act == INCIDENT_REPORT)
        begin(incident, note, sequence);
    if (note->aware.us && (!incident->aware.us || note->aware.us < incident->aware.us))
        incident->aware = note->aware;
    if (at.us > incident->newest.us)
        incident->newest = at;
    limit = find_limit(incident, note->clock);
    if (note->act == INCIDENT_TOLD && limit)
        take_told(limit, note);
    if (note->act == INCIDENT_NOT_NOTIFY && limit)
        limit->not_needed = note->message;
    if (note->act == INCIDENT_CLOSE) {
        incident->closed = true;
        incident->lessons = note->message;
    }
}

/* --- Where it stands ---------------------------------------------------------------------- */

struct moment incident_due(const struct incident *incident, size_t limit)
{
    return (struct moment){incident->aware.us +
                               incident->limit[limit].clock.hours * US_PER_HOUR,
                           incident->aware.offset_minutes};
}

static bool is_running(const struct incident_limit *limit)
{
    return !limit->told.us && !limit->not_needed[0];
}

enum limit_state incident_state(const struct incident *incident, size_t limit,
                                struct moment now, int64_t *ret_left_us)
{
    const struct incident_limit *one = &incident->limit[limit];
    int64_t due = incident_due(incident, limit).us;
    int64_t from = now.us > incident->newest.us ? now.us : incident->newest.us;
    int64_t left = due - (one->told.us ? one->told.us : from);

    *ret_left_us = left;
    if (one->told.us)
        return left >= 0 ? LIMIT_TOLD : LIMIT_TOLD_LATE;
    if (one->not_needed[0])
        return LIMIT_NOT_NEEDED;
    if (left < 0)
        return LIMIT_PAST;
    return left <= one->clock.warn_hours * US_PER_HOUR ? LIMIT_SOON : LIMIT_RUNNING;
}

struct moment incident_next(const struct incident *incident, size_t *ret_running)
{
    struct moment next = {0};
    size_t running = 0;

    for (size_t i = 0; i < incident->limit_count && !incident->closed; i++) {
        struct moment due = incident_due(incident, i);

        if (!is_running(&incident->limit[i]))
            continue;
        running++;
        if (!next.us || due.us < next.us)
            next = due;
    }
    *ret_running = running;
    return next;
}
