/* SPDX-License-Identifier: MIT */
/* What follows from the entries of an incident: where each of its clocks stands. */
#include "record/incident.h"

#include <stdio.h>
#include <string.h>

#define US_PER_MINUTE ((int64_t)60 * 1000000)
#define US_PER_HOUR (60 * US_PER_MINUTE)

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
                                  .who = "",
                                  .kinds = "",
                                  .people = "",
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

static void take_text(const char **text, const char *newer)
{
    if (newer && newer[0])
        *text = newer;
}

void incident_fold(struct incident *incident, const struct incident_note *note,
                   long long sequence, struct moment at)
{
    struct incident_limit *limit;

    if (note->act == INCIDENT_REPORT)
        begin(incident, note, sequence);
    if (note->aware.us && (!incident->aware.us || note->aware.us < incident->aware.us)) {
        incident->aware = note->aware;
        incident->who = note->who ? note->who : "";
    }
    take_text(&incident->kinds, note->kinds);
    take_text(&incident->people, note->people);
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

static void two_units(int64_t larger, const char *large, int64_t smaller, const char *small,
                      const char *then, char text[LEFT_WORDS_SIZE])
{
    snprintf(text, LEFT_WORDS_SIZE, "%lld %s%s and %lld %s%s %s", (long long)larger, large,
             larger == 1 ? "" : "s", (long long)smaller, small, smaller == 1 ? "" : "s", then);
}

void incident_left_words(enum limit_state state, int64_t left_us, char text[LEFT_WORDS_SIZE])
{
    const char *then = left_us < 0 ? "ago" : "left";
    int64_t minutes = (left_us < 0 ? -left_us : left_us) / US_PER_MINUTE, hours = minutes / 60;

    text[0] = '\0';
    if (state != LIMIT_RUNNING && state != LIMIT_SOON && state != LIMIT_PAST)
        return;
    if (hours < 48)
        two_units(hours, "hour", minutes % 60, "minute", then, text);
    else
        two_units(hours / 24, "day", hours % 24, "hour", then, text);
}

bool incident_presses(const struct incident *incident, struct moment now)
{
    for (size_t i = 0; i < incident->limit_count && !incident->closed; i++) {
        int64_t left;
        enum limit_state state = incident_state(incident, i, now, &left);

        if (state == LIMIT_SOON || state == LIMIT_PAST)
            return true;
    }
    return false;
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
