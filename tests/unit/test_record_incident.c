/* SPDX-License-Identifier: MIT */
/* Incidents and what must be done, under a fake clock: daylight saving, a clock that was set
 * back, the ends of months. */
#include "tests/unit/unit.h"

#include <string.h>

#include "record/follow_up.h"
#include "record/incident.h"
#include "record/json.h"

static const struct person pat = {"pat", "Pat Page", "Duty team", ROLE_PRACTITIONER};

static struct moment wall(const char *text)
{
    struct moment moment;

    assert_true(moment_parse(text, &moment));
    return moment;
}

static struct incident_note report_at(const char *aware)
{
    return (struct incident_note){
        .act = INCIDENT_REPORT,
        .reference = "3333-3333",
        .message = "Sent to the wrong house",
        .aware = wall(aware),
        .clock = "",
        .agreement = "made-up",
        .running = {{"partners", "Partners", 48, 24}, {"regulator", "Regulator", 72, 24}},
        .running_count = 2};
}

static struct incident incident_of(const char *aware, const char *at)
{
    struct incident_note note = report_at(aware);
    struct incident incident = {0};

    incident_fold(&incident, &note, 7, wall(at));
    return incident;
}

static enum limit_state state_at(const struct incident *incident, size_t limit, const char *now)
{
    int64_t left;

    return incident_state(incident, limit, wall(now), &left);
}

static void test_both_clocks_run_from_the_earliest_awareness(void **state)
{
    struct incident incident =
        incident_of("2026-11-20T10:00:00+00:00", "2026-11-20T12:00:00+00:00");
    struct incident_note earlier = {.act = INCIDENT_UPDATE,
                                    .incident = 7,
                                    .aware = wall("2026-11-20T04:00:00+00:00"),
                                    .clock = ""};
    char due[MOMENT_SIZE];

    (void)state;
    assert_int_equal(state_at(&incident, 0, "2026-11-21T09:59:59+00:00"), LIMIT_RUNNING);
    assert_int_equal(state_at(&incident, 0, "2026-11-21T10:00:00+00:00"), LIMIT_SOON);
    assert_int_equal(state_at(&incident, 1, "2026-11-22T09:59:59+00:00"), LIMIT_RUNNING);
    assert_int_equal(state_at(&incident, 0, "2026-11-22T10:00:00+00:00"), LIMIT_SOON);
    assert_int_equal(state_at(&incident, 0, "2026-11-22T10:00:01+00:00"), LIMIT_PAST);
    incident_fold(&incident, &earlier, 8, wall("2026-11-20T13:00:00+00:00"));
    moment_iso(incident_due(&incident, 0), due);
    assert_string_equal(due, "2026-11-22T04:00:00+00:00");
    /* Somebody else knew later: that changes nothing. */
    earlier.aware = wall("2026-11-20T11:00:00+00:00");
    incident_fold(&incident, &earlier, 9, wall("2026-11-20T14:00:00+00:00"));
    moment_iso(incident_due(&incident, 1), due);
    assert_string_equal(due, "2026-11-23T04:00:00+00:00");
}

static void test_what_is_left_is_said_in_words(void **state)
{
    static const struct {
        enum limit_state state;
        long long minutes;
        const char *words;
    } cases[] = {
        {LIMIT_RUNNING, 72 * 60, "3 days and 0 hours left"},
        {LIMIT_RUNNING, 48 * 60 - 1, "47 hours and 59 minutes left"},
        {LIMIT_SOON, 61, "1 hour and 1 minute left"},
        {LIMIT_SOON, 0, "0 hours and 0 minutes left"},
        {LIMIT_PAST, -90, "1 hour and 30 minutes ago"},
        {LIMIT_PAST, -49 * 60, "2 days and 1 hour ago"},
        {LIMIT_TOLD, 60, ""},
    };
    char text[LEFT_WORDS_SIZE];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        incident_left_words(cases[i].state, cases[i].minutes * 60 * 1000000, text);
        assert_string_equal(text, cases[i].words);
    }
}

static void test_who_knew_first_is_kept_with_the_earliest_moment(void **state)
{
    struct incident_note note = report_at("2026-11-20T10:00:00+00:00");
    struct incident_note later = {.act = INCIDENT_UPDATE,
                                  .incident = 7,
                                  .aware = wall("2026-11-20T11:00:00+00:00"),
                                  .clock = "",
                                  .who = "Somebody later",
                                  .people = "40"};
    struct incident incident = {0};

    (void)state;
    note.who = "The duty desk";
    note.kinds = "Addresses";
    incident_fold(&incident, &note, 7, wall("2026-11-20T12:00:00+00:00"));
    incident_fold(&incident, &later, 8, wall("2026-11-20T13:00:00+00:00"));
    assert_string_equal(incident.who, "The duty desk");
    assert_string_equal(incident.kinds, "Addresses");
    assert_string_equal(incident.people, "40");
    assert_false(incident_presses(&incident, wall("2026-11-21T09:59:59+00:00")));
    assert_true(incident_presses(&incident, wall("2026-11-21T10:00:00+00:00")));
}

/* The clocks went back on 25 October 2026 and go forward on 28 March 2027: 48 hours are 48
 * hours. */
static void test_summer_time_gives_nobody_an_hour(void **state)
{
    struct incident back =
        incident_of("2026-10-24T12:00:00+01:00", "2026-10-24T12:00:00+01:00");
    struct incident forward =
        incident_of("2027-03-27T12:00:00+00:00", "2027-03-27T12:00:00+00:00");

    (void)state;
    assert_int_equal(state_at(&back, 0, "2026-10-26T11:00:00+00:00"), LIMIT_SOON);
    assert_int_equal(state_at(&back, 0, "2026-10-26T11:00:01+00:00"), LIMIT_PAST);
    assert_int_equal(state_at(&forward, 0, "2027-03-29T13:00:00+01:00"), LIMIT_SOON);
    assert_int_equal(state_at(&forward, 0, "2027-03-29T13:00:01+01:00"), LIMIT_PAST);
}

static void test_a_clock_set_back_gives_no_time(void **state)
{
    struct incident incident =
        incident_of("2026-11-20T10:00:00+00:00", "2026-11-22T11:00:00+00:00");
    int64_t left;

    (void)state;
    assert_int_equal(state_at(&incident, 0, "2026-11-21T10:00:00+00:00"), LIMIT_PAST);
    assert_int_equal(incident_state(&incident, 1, wall("2026-01-01T00:00:00+00:00"), &left),
                     LIMIT_SOON);
    assert_int_equal(left, (int64_t)23 * 3600 * 1000000);
}

static void test_months_end_as_they_do(void **state)
{
    struct incident leap =
        incident_of("2028-02-28T22:00:00+00:00", "2028-02-28T22:00:00+00:00");
    struct incident year =
        incident_of("2026-12-30T22:00:00+00:00", "2026-12-30T22:00:00+00:00");
    char due[MOMENT_SIZE];

    (void)state;
    moment_iso(incident_due(&leap, 0), due);
    assert_string_equal(due, "2028-03-01T22:00:00+00:00");
    moment_iso(incident_due(&year, 1), due);
    assert_string_equal(due, "2027-01-02T22:00:00+00:00");
}

static void test_who_was_told_ends_a_clock(void **state)
{
    struct incident incident =
        incident_of("2026-11-20T10:00:00+00:00", "2026-11-20T12:00:00+00:00");
    struct incident_note told = {.act = INCIDENT_TOLD,
                                 .incident = 7,
                                 .clock = "partners",
                                 .who = "The school",
                                 .when = wall("2026-11-22T12:00:00+00:00")};
    size_t running;

    (void)state;
    assert_int_equal(incident_next(&incident, &running).us, incident_due(&incident, 0).us);
    assert_int_equal(running, 2);
    incident_fold(&incident, &told, 8, wall("2026-11-22T13:00:00+00:00"));
    assert_int_equal(state_at(&incident, 0, "2026-11-25T00:00:00+00:00"), LIMIT_TOLD_LATE);
    told.when = wall("2026-11-22T09:00:00+00:00"); /* another partner, sooner */
    incident_fold(&incident, &told, 9, wall("2026-11-22T14:00:00+00:00"));
    assert_int_equal(state_at(&incident, 0, "2026-11-25T00:00:00+00:00"), LIMIT_TOLD);
    assert_int_equal(incident_next(&incident, &running).us, incident_due(&incident, 1).us);
    assert_int_equal(running, 1);
    told.clock = "the person"; /* no clock of the agreement's */
    incident_fold(&incident, &told, 10, wall("2026-11-22T15:00:00+00:00"));
    incident_next(&incident, &running);
    assert_int_equal(running, 1);
}

static void test_the_law_has_clocks_where_an_agreement_has_none(void **state)
{
    static const struct clock of_law[] = {{.id = "regulator", .title = "Law", .hours = 72},
                                          {.id = "fund", .title = "Fund", .hours = 96}};
    const struct pack pack = {.id = "made-up", .clock = of_law, .clock_count = 2};
    const struct pack none = {.id = "made-up"};
    struct article article[] = {
        {.kind = ARTICLE_CLOCK, .id = "partners", .title = "Partners", .hours = 48},
        {.kind = ARTICLE_CLOCK, .id = "regulator", .title = "Late", .hours = 80},
        {.kind = ARTICLE_CLOCK, .id = "fund", .title = "Soon", .hours = 24, .warn_hours = 6},
        {.kind = ARTICLE_CLOCK, .id = "unsaid", .title = "Unsaid"},
    };
    const struct agreement agreement = {.article = article, .article_count = COUNT(article)};
    struct incident_clock clock[INCIDENT_CLOCKS_MAX];
    struct error error;
    size_t count = 9;

    (void)state;
    assert_int_equal(incident_clocks(&pack, NULL, clock, &count, &error), STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(clock[0].title, "Law");
    assert_int_equal(incident_clocks(&pack, &agreement, clock, &count, &error), STATUS_OK);
    assert_int_equal(count, 3);
    assert_string_equal(clock[0].title, "Partners");
    assert_string_equal(clock[1].title, "Law"); /* an agreement cannot give more time */
    assert_string_equal(clock[2].title, "Soon");
    assert_int_equal(clock[2].warn_hours, 6);
    assert_int_equal(incident_clocks(&none, NULL, clock, &count, &error), STATUS_NOT_FOUND);
}

static void test_what_an_incident_must_say(void **state)
{
    const struct moment now = wall("2026-11-20T12:00:00+00:00");
    struct incident_note note = report_at("2026-11-20T10:00:00+00:00");
    struct error error;

    (void)state;
    assert_int_equal(incident_check(&note, now, &error), STATUS_OK);
    note.aware = wall("2026-11-20T12:00:01+00:00");
    assert_int_equal(incident_check(&note, now, &error), STATUS_REFUSED);
    assert_string_equal(error.field, "aware");
    note.aware = (struct moment){0};
    assert_int_equal(incident_check(&note, now, &error), STATUS_REFUSED);
    note = report_at("2026-11-20T10:00:00+00:00");
    note.running_count = 0;
    assert_int_equal(incident_check(&note, now, &error), STATUS_REFUSED);
    assert_string_equal(error.field, "clocks");
    note = report_at("2026-11-20T10:00:00+00:00");
    note.message = " \n";
    assert_int_equal(incident_check(&note, now, &error), STATUS_REFUSED);
    note = (struct incident_note){
        .act = INCIDENT_TOLD, .incident = 7, .message = "By telephone", .clock = "partners"};
    assert_int_equal(incident_check(&note, now, &error), STATUS_REFUSED);
    assert_string_equal(error.field, "who");
    note.act = INCIDENT_NOT_NOTIFY;
    assert_int_equal(incident_check(&note, now, &error), STATUS_OK);
    note.clock = NULL;
    assert_int_equal(incident_check(&note, now, &error), STATUS_REFUSED);
}

static void test_an_incident_comes_back(void **state)
{
    struct incident_note note = report_at("2026-11-20T10:00:00+00:00"), read;
    struct arena arena = {0};
    struct buf body = {0};
    struct error error;

    (void)state;
    incident_compose(&note, &pat, wall("2026-11-20T12:00:00+00:00"), &body);
    assert_string_equal(
        buf_text(&body),
        "{\"act\":\"report\",\"agreement\":\"made-up\",\"at\":\"2026-11-20T12:00:00+00:00\","
        "\"aware\":\"2026-11-20T10:00:00+00:00\",\"by\":{\"full\":\"Pat Page\",\"name\":\"pat\","
        "\"role\":\"practitioner\",\"team\":\"Duty team\"},\"clocks\":[{\"hours\":48,\"id\":"
        "\"partners\",\"title\":\"Partners\",\"warn\":24},{\"hours\":72,\"id\":\"regulator\",\"title\":"
        "\"Regulator\",\"warn\":24}],\"kind\":\"incident\",\"message\":\"Sent to the wrong house\","
        "\"reference\":\"3333-3333\",\"schema\":1}");
    assert_int_equal(incident_read(buf_text(&body), body.length, &arena, &read, &error),
                     STATUS_OK);
    assert_int_equal(read.running_count, 2);
    assert_int_equal(read.running[1].hours, 72);
    assert_int_equal(read.aware.us, note.aware.us);
    for (size_t length = 0; length < body.length; length++)
        assert_int_equal(incident_read(buf_text(&body), length, &arena, &read, &error),
                         STATUS_BAD_DATA);
    arena_release(&arena);
    buf_release(&body);
}

/* --- Duties ------------------------------------------------------------------------------- */

static void test_duties_are_read_from_a_record(void **state)
{
    static const char record[] =
        "{\"must\":[{\"due\":\"2026-10-25T01:30:00+01:00\",\"id\":\"tell\",\"text\":\"Tell\"},"
        "{\"id\":\"keep\",\"text\":\"Keep\"},{\"id\":\"tell\",\"text\":\"Twice\"}],"
        "\"review\":\"2027-02-28\",\"schema\":1,"
        "\"times\":{\"signed\":\"2026-10-25T00:30:00+01:00\"}}";
    struct arena arena = {0};
    struct duty_to_do *duty;
    struct error error;
    size_t count;

    (void)state;
    assert_int_equal(record_duties(record, sizeof(record) - 1, &arena, &duty, &count, &error),
                     STATUS_OK);
    assert_int_equal(count, 3);
    assert_string_equal(duty[0].id, "tell");
    assert_string_equal(duty[1].id, "keep");
    assert_int_equal(duty[2].kind, DUTY_LOOK_AGAIN);
    /* Half past one is twice on that day; the first is meant, and is over at the second. */
    assert_false(duty_overdue(&duty[0], wall("2026-10-25T01:30:00+01:00")));
    assert_true(duty_overdue(&duty[0], wall("2026-10-25T01:30:00+00:00")));
    assert_false(duty_overdue(&duty[1], wall("2099-01-01T00:00:00+00:00")));
    /* A day lasts until its end, where the record was signed. */
    assert_false(duty_overdue(&duty[2], wall("2027-02-28T22:59:59+00:00")));
    assert_true(duty_overdue(&duty[2], wall("2027-02-28T23:00:00+00:00")));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_clocks_run_from_the_earliest_awareness),
        cmocka_unit_test(test_what_is_left_is_said_in_words),
        cmocka_unit_test(test_who_knew_first_is_kept_with_the_earliest_moment),
        cmocka_unit_test(test_summer_time_gives_nobody_an_hour),
        cmocka_unit_test(test_a_clock_set_back_gives_no_time),
        cmocka_unit_test(test_months_end_as_they_do),
        cmocka_unit_test(test_who_was_told_ends_a_clock),
        cmocka_unit_test(test_the_law_has_clocks_where_an_agreement_has_none),
        cmocka_unit_test(test_what_an_incident_must_say),
        cmocka_unit_test(test_an_incident_comes_back),
        cmocka_unit_test(test_duties_are_read_from_a_record),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
