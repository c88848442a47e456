/* SPDX-License-Identifier: MIT */
/* What a person is shown of the records about them, and what statistics say of nobody. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "record/json.h"
#include "record/statistics.h"
#include "record/subject_pack.h"
#include "tests/unit/record_cases.h"

#define RECORDS 40
#define OTHERS "Zyxwvutica"     /* a name that belongs to somebody else */
#define REFERRER "Quorblington" /* who made a report */

static const char *copy_of(struct arena *arena, json_t *body, size_t *ret_length)
{
    struct buf text = {0};
    const char *copy;

    body_write(body, &text);
    copy = arena_strndup(arena, buf_text(&text), text.length);
    *ret_length = text.length;
    buf_release(&text);
    return copy;
}

static json_t *item(const char *what, bool left_out)
{
    json_t *object = body_object();

    body_put_text(object, "what", what);
    body_put_text(object, "reason", what);
    body_put_flag(object, "requested", true);
    body_put_flag(object, "shared", true);
    if (left_out)
        body_put_flag(object, "leave-out", true);
    return object;
}

static json_t *with(const char *name, const char *text)
{
    json_t *object = body_object();

    body_put_text(object, name, text);
    return object;
}

/* A record that names others wherever it can. */
static const char *record_of(struct arena *arena, int number, size_t *ret_length)
{
    json_t *body = body_object(), *items = body_list(), *path = body_list();
    json_t *entry = with("id", "recipient"), *to = with("short", "County Hospital");
    char reference[16];

    snprintf(reference, sizeof(reference), "R%03d-0000", number);
    body_put_text(body, "reference", reference);
    body_put(body, "times", with("signed", "2026-11-20T14:30:00+00:00"));
    body_put(body, "decision", with("outcome", "share"));
    body_append(items, item("What is theirs", false));
    body_append(items, item("About " OTHERS " too", true));
    body_append(items, item("The house of " OTHERS, true));
    body_append(items, item("That " REFERRER " called", true));
    body_put(body, "items", items);
    body_put_text(entry, "type", number % 2 ? "organisation" : "person");
    body_append(path, entry);
    body_put(body, "path", path);
    body_put_text(to, "question", "recipient");
    body_put_text(to, "words", "County Hospital");
    body_put(body, "recipient", to);
    body_put(body, "requester", with("words", REFERRER));
    body_put(body, "trigger", with("words", "A call by " REFERRER));
    body_put(body, "justification", with("text", REFERRER " said of " OTHERS));
    body_put_flag(body, "restricted", number % 10 == 3);
    if (number % 10 == 7)
        body_put(body, "not-told", with("words", "It would tip off " OTHERS));
    return copy_of(arena, body, ret_length);
}

static void test_a_pack_holds_each_and_nobody_else(void **state)
{
    struct subject_record record[RECORDS];
    struct subject_report report;
    struct arena arena = {0};
    struct buf text = {0}, json = {0};
    struct error error;
    json_t *pack;

    (void)state;
    for (int i = 0; i < RECORDS; i++) {
        record[i].bytes = record_of(&arena, i, &record[i].length);
        record[i].reference = arena_printf(&arena, "R%03d-0000", i);
    }
    record[39].bytes = NULL;
    assert_int_equal(subject_pack_json("Sam Subject", record, RECORDS, test_moment(), &arena,
                                       &pack, &report, &error),
                     STATUS_OK);
    assert_int_equal(report.shown, RECORDS - 9);
    assert_int_equal(report.left_out, 9);
    assert_int_equal(report.items_left_out, 3 * (RECORDS - 9));
    assert_int_equal(report.omission[3], OMISSION_RESTRICTED);
    assert_int_equal(report.omission[7], OMISSION_NOT_TOLD);
    assert_int_equal(report.omission[39], OMISSION_ERASED);
    subject_pack_print(pack, &text);
    body_write(pack, &json);
    for (int i = 0; i < RECORDS; i++) {
        assert_non_null(strstr(buf_text(&text), record[i].reference));
        assert_non_null(strstr(buf_text(&json), record[i].reference));
    }
    assert_non_null(strstr(buf_text(&text), "What is theirs"));
    assert_non_null(strstr(buf_text(&text), "County Hospital"));
    assert_non_null(strstr(buf_text(&text), "Things that are also about someone else"));
    for (size_t i = 0; i < 2; i++) {
        const char *other = i ? OTHERS : REFERRER;

        assert_null(strstr(buf_text(&text), other));
        assert_null(strstr(buf_text(&json), other));
    }
    buf_release(&text);
    buf_release(&json);
    arena_release(&arena);
}

/* A record made by the program, not by hand: the same, and nothing that its own words give. */
static void test_a_real_record_is_shown_in_part(void **state)
{
    struct subject_record record = {.reference = "any"};
    struct subject_report report;
    struct arena arena = {0};
    struct made made;
    struct error error;
    struct buf body, text = {0};
    json_t *pack;

    (void)state;
    made_init(&made, "record-part.ini");
    body = made_record(&made);
    record.bytes = buf_text(&body);
    record.length = body.length;
    assert_int_equal(
        subject_pack_json("A", &record, 1, test_moment(), &arena, &pack, &report, &error),
        STATUS_OK);
    subject_pack_print(pack, &text);
    assert_true(text.length > 0);
    assert_int_equal(report.shown + report.left_out, 1);
    json_decref(pack);
    buf_release(&text);
    buf_release(&body);
    made_release(&made);
    arena_release(&arena);
}

static void test_statistics_name_nobody(void **state)
{
    struct summary summary = {.reference = "3333-3333",
                              .author = "a.example",
                              .team = "East",
                              .subject = OTHERS,
                              .pseudonym = "00ff",
                              .requester = REFERRER,
                              .recipient = REFERRER,
                              .purpose = "To \"help\", at once",
                              .exemptions = "=1+1",
                              .agreement = "",
                              .programme = "",
                              .pack = "sample",
                              .retention = "all",
                              .recommended = OUTCOME_SHARE,
                              .decided = OUTCOME_SEEK_ADVICE,
                              .departed = true,
                              .signed_at = test_moment(),
                              .review = DATE_NONE};
    struct buf csv = {0}, json = {0};

    (void)state;
    statistics_csv_heading(&csv);
    statistics_csv_row(&summary, STATE_AGREED, &csv);
    assert_string_equal(
        buf_text(&csv),
        "day,decided,recommended,departed,urgent,countersign,unfinished,restricted,practice,"
        "state,purpose,exemptions,agreement,programme,pack,retention,review\r\n"
        "2026-11-20,seek-advice,share,yes,no,no,no,no,no,agreed,\"To \"\"help\"\", at once\","
        "\"'=1+1\",,,sample,all,\r\n");
    body_write(statistics_json_row(&summary, STATE_AGREED), &json);
    assert_non_null(strstr(buf_text(&json), "\"day\":\"2026-11-20\""));
    assert_null(strstr(buf_text(&json), OTHERS));
    assert_null(strstr(buf_text(&json), REFERRER));
    assert_null(strstr(buf_text(&json), "3333-3333"));
    assert_null(strstr(buf_text(&json), "a.example"));
    buf_release(&csv);
    buf_release(&json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_pack_holds_each_and_nobody_else),
        cmocka_unit_test(test_a_real_record_is_shown_in_part),
        cmocka_unit_test(test_statistics_name_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
