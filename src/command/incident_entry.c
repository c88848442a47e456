/* SPDX-License-Identifier: MIT */
/* Entries of incidents, made. Prints nothing. */
#include "command/incident_entry.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define US_PER_SECOND INT64_C(1000000)
#define DAY_TEXT_MAX 32

/* The zone here says whether summer time held then. */
static struct moment wall_here(date day, int hour, int minute)
{
    struct tm tm = {.tm_isdst = -1, .tm_hour = hour, .tm_min = minute};
    char text[DATE_SIZE];
    time_t seconds;

    date_iso(day, text);
    (void)!sscanf(text, "%d-%d-%d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday);
    tm.tm_year -= 1900;
    tm.tm_mon--;
    seconds = mktime(&tm);
    return (struct moment){(int64_t)seconds * US_PER_SECOND, (int16_t)(tm.tm_gmtoff / 60)};
}

/* Where the time begins: after the last blank, or the T between it and the day. */
static const char *time_of(const char *text)
{
    const char *blank = strrchr(text, ' '), *joint = strchr(text, 'T');

    return blank ? blank : joint;
}

bool when_parse(const char *text, struct moment *ret_moment)
{
    char copy[DAY_TEXT_MAX];
    const char *time;
    int hour, minute, end = 0;
    size_t length = strlen(text);
    date day;

    if (moment_parse(text, ret_moment))
        return true;
    while (length && isspace((unsigned char)text[length - 1]))
        length--;
    if (length >= sizeof(copy))
        return false;
    snprintf(copy, sizeof(copy), "%.*s", (int)length, text);
    time = time_of(copy);
    if (!time || sscanf(time + 1, "%2d%*1[:.]%2d%n", &hour, &minute, &end) != 2 ||
        time[1 + end] || hour < 0 || hour > 23 || minute < 0 || minute > 59)
        return false;
    copy[time - copy] = '\0';
    if (!date_parse(copy, &day))
        return false;
    *ret_moment = wall_here(day, hour, minute);
    return true;
}

enum status incident_limits(struct library *library, const struct settings *settings,
                            const struct summary *record, const char *agreement,
                            struct incident_note *note, struct error *error)
{
    const struct agreement_volume *volume = NULL;
    const struct volume *pack;
    enum status status = library_pack(library, record->pack, &pack, error);

    if (!agreement)
        agreement =
            record->agreement[0] ? record->agreement : setting(settings, SETTING_AGREEMENT);
    if (status == STATUS_OK && agreement[0])
        status = library_agreement(library, agreement, &volume, error);
    if (status != STATUS_OK)
        return status;
    note->agreement = volume ? volume->agreement->id : "";
    return incident_clocks(pack->pack, volume ? volume->agreement : NULL, note->running,
                           &note->running_count, error);
}

enum status incident_append(struct store *store, const struct incident_note *note,
                            struct moment now, int64_t *ret_sequence, struct error *error)
{
    struct buf body = {0};
    enum status status = incident_check(note, now, error);

    if (status != STATUS_OK)
        return status;
    incident_compose(note, store_me(store), now, &body);
    status = store_append(store, ENTRY_INCIDENT, note->reference, buf_text(&body), body.length,
                          now, ret_sequence, error);
    buf_release(&body);
    return status;
}
