/* SPDX-License-Identifier: MIT */
/* Dates and moments. Reads the clock in moment_now() and nowhere else. */
#include "base/date.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"

#define FIRST_YEAR 1583 /* the first whole year of the Gregorian calendar */
#define LAST_YEAR 9999
#define US_PER_SECOND 1000000
#define SECONDS_PER_DAY 86400
#define MINUTES_PER_DAY 1440

struct civil {
    int year, month, day;
};

static const char *const month_name[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
};

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days from 1 March of the year 0 to that day: with the leap day at the end of such a year,
 * months have lengths that one multiplication gives. */
static int days_from_march(struct civil civil)
{
    int year = civil.month > 2 ? civil.year : civil.year - 1;
    int month = (civil.month + 9) % 12;

    return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + civil.day -
           1;
}

#define EPOCH_FROM_MARCH 719468 /* days_from_march of 1970-01-01 */

/* False if the day lies outside the years that are written with four figures. */
static bool civil_of(date day, struct civil *ret_civil)
{
    const date first = days_from_march((struct civil){FIRST_YEAR, 1, 1}) - EPOCH_FROM_MARCH;
    const date last = days_from_march((struct civil){LAST_YEAR, 12, 31}) - EPOCH_FROM_MARCH;
    struct civil civil = {0, 1, 1};
    int rest;

    if (day < first || day > last)
        return false;
    rest = day + EPOCH_FROM_MARCH;
    civil.year = rest / 366; /* at or below the true one; the loop below ends soon */
    while (days_from_march((struct civil){civil.year + 1, 1, 1}) <= rest)
        civil.year++;
    rest -= days_from_march((struct civil){civil.year, 1, 1});
    while (rest >= days_in_month(civil.year, civil.month))
        rest -= days_in_month(civil.year, civil.month++);
    civil.day = rest + 1;
    *ret_civil = civil;
    return true;
}

static bool date_of(struct civil civil, date *ret_date)
{
    if (civil.year < FIRST_YEAR || civil.year > LAST_YEAR || civil.month < 1 ||
        civil.month > 12 || civil.day < 1 || civil.day > days_in_month(civil.year, civil.month))
        return false;
    *ret_date = days_from_march(civil) - EPOCH_FROM_MARCH;
    return true;
}

/* Reads `least` to `most` figures at *text and moves past them. */
static bool figures(const char **text, int least, int most, int *ret_number)
{
    int number = 0, count = 0;

    while (count < most && **text >= '0' && **text <= '9') {
        number = number * 10 + (*(*text)++ - '0');
        count++;
    }
    *ret_number = number;
    return count >= least;
}

static bool mark(const char **text, char c)
{
    if (**text != c)
        return false;
    (*text)++;
    return true;
}

static bool iso_day(const char **text, struct civil *civil)
{
    return figures(text, 4, 4, &civil->year) && mark(text, '-') &&
           figures(text, 2, 2, &civil->month) && mark(text, '-') &&
           figures(text, 2, 2, &civil->day);
}

static bool written_day(const char **text, char between, struct civil *civil)
{
    return figures(text, 1, 2, &civil->day) && mark(text, between) &&
           figures(text, 1, 2, &civil->month) && mark(text, between) &&
           figures(text, 4, 4, &civil->year);
}

bool date_parse(const char *text, date *ret_date)
{
    const char *start = text + strspn(text, " "), *rest = start;
    struct civil civil;

    if (!iso_day(&rest, &civil)) {
        rest = start;
        if (!written_day(&rest, '/', &civil)) {
            rest = start;
            if (!written_day(&rest, ' ', &civil))
                return false;
        }
    }
    rest += strspn(rest, " ");
    return *rest == '\0' && date_of(civil, ret_date);
}

void date_iso(date day, char text[DATE_SIZE])
{
    struct civil civil;

    text[0] = '\0';
    if (civil_of(day, &civil))
        snprintf(text, DATE_SIZE, "%04u-%02u-%02u", (unsigned)civil.year % 10000,
                 (unsigned)civil.month % 100, (unsigned)civil.day % 100);
}

void date_words(date day, char text[DATE_WORDS_SIZE])
{
    struct civil civil;

    text[0] = '\0';
    if (civil_of(day, &civil))
        snprintf(text, DATE_WORDS_SIZE, "%d %s %d", civil.day, month_name[civil.month - 1],
                 civil.year);
}

date date_add_months(date day, int months)
{
    struct civil civil;
    int64_t total;
    int last;

    if (!civil_of(day, &civil))
        return DATE_NONE;
    total = (int64_t)civil.year * 12 + civil.month - 1 + months;
    if (total < FIRST_YEAR * 12 || total > LAST_YEAR * 12 + 11)
        return DATE_NONE;
    civil.year = (int)(total / 12);
    civil.month = (int)(total % 12) + 1;
    last = days_in_month(civil.year, civil.month);
    if (civil.day > last)
        civil.day = last;
    date_of(civil, &day);
    return day;
}

struct moment moment_now(void)
{
    struct moment now = {0};
    struct timespec clock;
    struct tm local;

    if (clock_gettime(CLOCK_REALTIME, &clock) != 0)
        die("The clock could not be read.");
    now.us = (int64_t)clock.tv_sec * US_PER_SECOND + clock.tv_nsec / 1000;
    tzset();
    if (localtime_r(&clock.tv_sec, &local))
        now.offset_minutes = (int16_t)(local.tm_gmtoff / 60);
    return now;
}

/* The quotient rounded down, so that moments before 1970 fall on the right day. */
static int64_t floor_div(int64_t number, int64_t by)
{
    return number / by - (number % by < 0);
}

/* The day on the wall, and the seconds since its midnight. */
static date wall(struct moment moment, int *ret_seconds)
{
    int64_t seconds = floor_div(moment.us, US_PER_SECOND) + moment.offset_minutes * 60;
    int64_t day = floor_div(seconds, SECONDS_PER_DAY);

    *ret_seconds = (int)(seconds - day * SECONDS_PER_DAY);
    return (date)day;
}

date moment_date(struct moment moment)
{
    int seconds;

    return wall(moment, &seconds);
}

void moment_iso(struct moment moment, char text[MOMENT_SIZE])
{
    int seconds, offset = moment.offset_minutes;
    int ahead = offset < 0 ? -offset : offset;
    char day[DATE_SIZE];

    date_iso(wall(moment, &seconds), day);
    text[0] = '\0';
    if (day[0] && ahead < MINUTES_PER_DAY)
        snprintf(text, MOMENT_SIZE, "%.10sT%02u:%02u:%02u%c%02u:%02u", day,
                 (unsigned)seconds / 3600 % 24, (unsigned)seconds / 60 % 60,
                 (unsigned)seconds % 60, offset < 0 ? '-' : '+', (unsigned)ahead / 60 % 24,
                 (unsigned)ahead % 60);
}

void moment_words(struct moment moment, char text[MOMENT_WORDS_SIZE])
{
    char day[DATE_WORDS_SIZE];
    int seconds;

    date_words(wall(moment, &seconds), day);
    text[0] = '\0';
    if (day[0])
        snprintf(text, MOMENT_WORDS_SIZE, "%s, %02d:%02d", day, seconds / 3600 % 24,
                 seconds / 60 % 60);
}

bool moment_parse(const char *text, struct moment *ret_moment)
{
    int hour, minute, second, ahead_hours, ahead_minutes, ahead;
    const char *rest = text;
    char again[MOMENT_SIZE];
    struct moment moment;
    struct civil civil;
    bool behind;
    date day;

    if (!iso_day(&rest, &civil) || !date_of(civil, &day) || !mark(&rest, 'T') ||
        !figures(&rest, 2, 2, &hour) || !mark(&rest, ':') || !figures(&rest, 2, 2, &minute) ||
        !mark(&rest, ':') || !figures(&rest, 2, 2, &second))
        return false;
    behind = *rest == '-';
    if (!(mark(&rest, '+') || mark(&rest, '-')) || !figures(&rest, 2, 2, &ahead_hours) ||
        !mark(&rest, ':') || !figures(&rest, 2, 2, &ahead_minutes))
        return false;
    ahead = (ahead_hours * 60 + ahead_minutes) * (behind ? -1 : 1);
    moment.us =
        ((int64_t)day * SECONDS_PER_DAY + hour * 3600 + (minute - ahead) * 60 + second) *
        US_PER_SECOND;
    moment.offset_minutes = (int16_t)ahead;
    /* What would be written otherwise (25:00, -00:00, a tail) was not written by us. */
    moment_iso(moment, again);
    if (strcmp(text, again) != 0)
        return false;
    *ret_moment = moment;
    return true;
}
