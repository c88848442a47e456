/* SPDX-License-Identifier: MIT */
/*
 * Dates and moments. A date is a day of the Gregorian calendar; a moment is microseconds since
 * 1970-01-01T00:00:00Z with the offset of the clock on the wall. Nothing here reads the clock
 * but moment_now(), which only the outer rooms call.
 */
#ifndef DISCERN_BASE_DATE_H
#define DISCERN_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

/* Days since 1970-01-01; DATE_NONE where there is none. Compare with < and ==. */
typedef int32_t date;
#define DATE_NONE INT32_MIN

/* Reads "2026-09-30" (ISO 8601), or what people write, "30/9/2026" and "30 9 2026" (day
 * first). False, and *ret_date untouched, for anything that is not a day of the calendar. */
bool date_parse(const char *text, date *ret_date);

/* Writes "2026-09-30", or "" for DATE_NONE. */
#define DATE_SIZE 12
void date_iso(date day, char text[DATE_SIZE]);

/* Writes "30 September 2026", or "" for DATE_NONE. */
#define DATE_WORDS_SIZE 24
void date_words(date day, char text[DATE_WORDS_SIZE]);

/* `day` moved by whole months, kept within the month reached (31 January + 1 = 28 February). */
date date_add_months(date day, int months);

struct moment {
    int64_t us;             /* since 1970-01-01T00:00:00Z */
    int16_t offset_minutes; /* of local time, east positive */
};

/* The system's clock and time zone now. */
struct moment moment_now(void);

/* The day it is on the wall. */
date moment_date(struct moment moment);

/* Writes "2026-11-22T01:46:28+00:00" (RFC 3339, whole seconds). */
#define MOMENT_SIZE 32
void moment_iso(struct moment moment, char text[MOMENT_SIZE]);

/* Writes "22 November 2026, 01:46". */
#define MOMENT_WORDS_SIZE 40
void moment_words(struct moment moment, char text[MOMENT_WORDS_SIZE]);

/* Reads what moment_iso wrote. False for anything else. */
bool moment_parse(const char *text, struct moment *ret_moment);

#endif
