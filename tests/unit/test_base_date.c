/* SPDX-License-Identifier: MIT */
/* Dates and moments: read, written, moved; each day of the calendar there and back. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <time.h>

#include "base/date.h"
#include "base/mem.h"

static date day_of(const char *text)
{
    date day = DATE_NONE;

    if (!date_parse(text, &day))
        fail_msg("%s was not read", text);
    return day;
}

static void test_dates_that_are_read(void **state)
{
    (void)state;
    assert_int_equal(day_of("1970-01-01"), 0);
    assert_int_equal(day_of("1969-12-31"), -1);
    assert_int_equal(day_of("2000-02-29"), 11016);
    assert_int_equal(day_of("30/9/2026"), day_of("2026-09-30"));
    assert_int_equal(day_of("30/09/2026"), day_of("2026-09-30"));
    assert_int_equal(day_of("30 9 2026"), day_of("2026-09-30"));
    assert_int_equal(day_of(" 1 12 2026 "), day_of("2026-12-01"));
}

static void test_dates_that_are_not(void **state)
{
    static const char *const wrong[] = {
        "",           "today",       "2026-02-29",  "1900-02-29",  "2026-13-01", "2026-00-10",
        "2026-01-00", "2026-04-31",  "2026-1-1",    "26-01-01",    "30/9/26",    "9/30/2026",
        "30/9 2026",  "30-9-2026",   "2026-09-30T", "2026-09-301", "2026/09/30", "1582-10-14",
        "0000-01-01", "-2026-01-01", "30  9 2026",  "2026 -09-30", "1/1/20260",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        date day = 42;

        if (date_parse(wrong[i], &day))
            fail_msg("'%s' was read as a date", wrong[i]);
        assert_int_equal(day, 42);
    }
}

/* The C library's calendar must agree with ours on every day that can be written. */
static void test_every_day(void **state)
{
    const date last = day_of("9999-12-31");
    char ours[DATE_SIZE], theirs[24];

    (void)state;
    for (date day = day_of("1583-01-01"); day <= last; day++) {
        time_t seconds = (time_t)day * 86400;
        struct tm tm;

        date_iso(day, ours);
        gmtime_r(&seconds, &tm);
        strftime(theirs, sizeof(theirs), "%Y-%m-%d", &tm);
        assert_string_equal(ours, theirs);
        assert_int_equal(day_of(ours), day);
    }
}

static void test_dates_written(void **state)
{
    char text[DATE_WORDS_SIZE];

    (void)state;
    date_words(day_of("2026-09-30"), text);
    assert_string_equal(text, "30 September 2026");
    date_words(DATE_NONE, text);
    assert_string_equal(text, "");
    date_iso(DATE_NONE, text);
    assert_string_equal(text, "");
    date_iso(INT32_MAX, text);
    assert_string_equal(text, "");
}

static void test_months_added(void **state)
{
    (void)state;
    assert_int_equal(date_add_months(day_of("2026-01-31"), 1), day_of("2026-02-28"));
    assert_int_equal(date_add_months(day_of("2024-01-31"), 1), day_of("2024-02-29"));
    assert_int_equal(date_add_months(day_of("2026-11-22"), 3), day_of("2027-02-22"));
    assert_int_equal(date_add_months(day_of("2026-03-31"), -1), day_of("2026-02-28"));
    assert_int_equal(date_add_months(day_of("2026-01-15"), -13), day_of("2024-12-15"));
    assert_int_equal(date_add_months(day_of("2024-02-29"), 12), day_of("2025-02-28"));
    assert_int_equal(date_add_months(day_of("9999-12-01"), 1), DATE_NONE);
    assert_int_equal(date_add_months(DATE_NONE, 1), DATE_NONE);
    assert_int_equal(date_add_months(0, INT32_MIN), DATE_NONE);
}

static void test_moments(void **state)
{
    struct moment moment = {INT64_C(1795312000000000), 0}, read = {0};
    char text[MOMENT_WORDS_SIZE];

    (void)state;
    assert_true(moment_parse("2026-11-22T01:46:28+00:00", &moment));
    assert_int_equal(moment.us % 1000000, 0);
    moment.us += 999999; /* part seconds are not written */
    moment_iso(moment, text);
    assert_string_equal(text, "2026-11-22T01:46:28+00:00");
    moment_words(moment, text);
    assert_string_equal(text, "22 November 2026, 01:46");
    moment.offset_minutes = -150;
    moment_iso(moment, text);
    assert_string_equal(text, "2026-11-21T23:16:28-02:30");
    assert_int_equal(moment_date(moment), day_of("2026-11-21"));
    assert_true(moment_parse(text, &read));
    assert_true(read.us == moment.us - 999999);
    assert_int_equal(read.offset_minutes, -150);
    assert_true(moment_parse("1969-12-31T23:59:59+01:00", &read));
    assert_true(read.us == INT64_C(-3601000000));
    assert_int_equal(moment_date(read), -1);
    read.offset_minutes = 1440;
    moment_iso(read, text);
    assert_string_equal(text, "");
}

static void test_moments_that_are_not_read(void **state)
{
    static const char *const wrong[] = {
        "",
        "2026-11-22",
        "2026-11-22T01:46:28",
        "2026-11-22T01:46:28Z",
        "2026-11-22 01:46:28+00:00",
        "2026-11-22T24:00:00+00:00",
        "2026-11-22T01:60:00+00:00",
        "2026-11-22T01:46:60+00:00",
        "2026-11-22T01:46:28-00:00",
        "2026-11-22T01:46:28+24:00",
        "2026-11-22T01:46:28+00:60",
        "2026-11-22T01:46:28+00:00 ",
        "2026-11-31T01:46:28+00:00",
        "2026-11-22T01:46:28.5+00:00",
    };
    struct moment moment = {1, 2};

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++)
        if (moment_parse(wrong[i], &moment))
            fail_msg("'%s' was read as a moment", wrong[i]);
    assert_int_equal(moment.us, 1);
    assert_int_equal(moment.offset_minutes, 2);
}

static void test_now(void **state)
{
    struct moment now = moment_now();

    (void)state;
    assert_true(moment_date(now) > day_of("2020-01-01"));
    assert_true(moment_now().us >= now.us);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates_that_are_read),
        cmocka_unit_test(test_dates_that_are_not),
        cmocka_unit_test(test_every_day),
        cmocka_unit_test(test_dates_written),
        cmocka_unit_test(test_months_added),
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_moments_that_are_not_read),
        cmocka_unit_test(test_now),
    };

    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
