/* SPDX-License-Identifier: MIT */
/* Reviews: what they must say, how they come back, and what state follows from them. */
#include "tests/unit/unit.h"

#include <string.h>

#include "record/review.h"
#include "tests/unit/record_cases.h"

static void test_a_review_comes_back(void **state)
{
    struct review review = {"3333-3333", 7, VERDICT_RETURN, REVIEW_TOO_MUCH,
                            "Why the address?"};
    struct review read;
    struct arena arena = {0};
    struct buf body = {0};
    struct error error;

    (void)state;
    review_compose(&review, &test_signer, test_moment(), &body);
    assert_int_equal(record_check(body.text, body.length, &error), STATUS_OK);
    assert_string_equal(
        body.text, "{\"at\":\"2026-11-20T14:30:00+00:00\",\"kind\":\"review\","
                   "\"message\":\"Why the address?\",\"reason\":\"too-much\","
                   "\"reference\":\"3333-3333\",\"reviewer\":{\"full\":\"Ann Example\","
                   "\"name\":\"a.example\",\"role\":\"practitioner\",\"team\":\"East team\"},"
                   "\"schema\":1,\"sequence\":7,\"verdict\":\"return\"}");
    assert_int_equal(review_read(body.text, body.length, &arena, &read, &error), STATUS_OK);
    assert_string_equal(read.reference, review.reference);
    assert_string_equal(read.message, review.message);
    assert_int_equal(read.sequence, 7);
    assert_int_equal(read.verdict, VERDICT_RETURN);
    assert_int_equal(read.reason, REVIEW_TOO_MUCH);
    for (size_t length = 0; length < body.length; length++)
        assert_int_equal(review_read(body.text, length, &arena, &read, &error),
                         STATUS_BAD_DATA);
    arena_release(&arena);
    buf_release(&body);
}

static void test_what_a_review_must_say(void **state)
{
    static const struct {
        struct review review;
        enum status status;
    } rows[] = {
        {{"R", 1, VERDICT_AGREE, REVIEW_NONE, NULL}, STATUS_OK},
        {{"R", 1, VERDICT_AGREE, REVIEW_OTHER, "Well done."}, STATUS_OK},
        {{"R", 1, VERDICT_RETURN, REVIEW_LAW, "Look again."}, STATUS_OK},
        {{"R", 1, VERDICT_RETURN, REVIEW_NONE, "Look again."}, STATUS_REFUSED},
        {{"R", 1, VERDICT_RETURN, REVIEW_LAW, " \n"}, STATUS_REFUSED},
        {{"R", 1, VERDICT_NOT_AGREED, REVIEW_LAW, NULL}, STATUS_REFUSED},
    };
    struct error error;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(review_check(&rows[i].review, &error), rows[i].status);
}

static void test_reviews_that_lie_are_refused(void **state)
{
    static const char *const bad[] = {
        "{}",
        "{\"reason\":\"none\",\"reference\":\"R\",\"sequence\":1,\"verdict\":\"perhaps\"}",
        "{\"reason\":\"why\",\"reference\":\"R\",\"sequence\":1,\"verdict\":\"agree\"}",
        "{\"reason\":\"none\",\"reference\":\"R\",\"sequence\":\"1\",\"verdict\":\"agree\"}",
        "{\"reason\":\"none\",\"reference\":\"R\",\"sequence\":1,\"verdict\":\"return\"}",
        "{\"reason\":\"none\",\"reference\":\"R\",\"sequence\":1,\"sequence\":1,"
        "\"verdict\":\"agree\"}",
        "{\"message\":7,\"reason\":\"none\",\"reference\":\"R\",\"sequence\":1,"
        "\"verdict\":\"agree\"}",
    };
    struct arena arena = {0};
    struct review review;
    struct error error;

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(review_read(bad[i], strlen(bad[i]), &arena, &review, &error),
                         STATUS_BAD_DATA);
    arena_release(&arena);
}

static void test_states(void **state)
{
    static const struct {
        enum state before;
        bool countersign;
        enum role reviewer;
        enum verdict verdict;
        enum state after;
    } rows[] = {
        {STATE_WAITING, false, ROLE_SUPERVISOR, VERDICT_AGREE, STATE_AGREED},
        {STATE_WAITING, false, ROLE_GUARDIAN, VERDICT_AGREE, STATE_AGREED},
        {STATE_WAITING, false, ROLE_SUPERVISOR, VERDICT_RETURN, STATE_RETURNED},
        {STATE_WAITING, true, ROLE_SUPERVISOR, VERDICT_AGREE, STATE_COUNTERSIGN},
        {STATE_WAITING, true, ROLE_GUARDIAN, VERDICT_AGREE, STATE_WAITING},
        {STATE_COUNTERSIGN, true, ROLE_GUARDIAN, VERDICT_AGREE, STATE_AGREED},
        {STATE_COUNTERSIGN, true, ROLE_SUPERVISOR, VERDICT_AGREE, STATE_COUNTERSIGN},
        {STATE_COUNTERSIGN, true, ROLE_GUARDIAN, VERDICT_NOT_AGREED, STATE_NOT_AGREED},
        {STATE_AGREED, false, ROLE_SUPERVISOR, VERDICT_RETURN, STATE_RETURNED},
        {STATE_ERASED, false, ROLE_SUPERVISOR, VERDICT_AGREE, STATE_ERASED},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(
            state_after(rows[i].before, rows[i].countersign, rows[i].reviewer, rows[i].verdict),
            rows[i].after);
}

static void test_ids_are_read_back(void **state)
{
    (void)state;
    for (int i = 0; i < STATE_COUNT; i++) {
        enum state read = STATE_COUNT;

        assert_true(state_parse(state_id((enum state)i), &read));
        assert_int_equal(read, i);
    }
    for (int i = 0; i < REVIEW_REASON_COUNT; i++) {
        enum review_reason read = REVIEW_REASON_COUNT;

        assert_true(review_reason_parse(review_reason_id((enum review_reason)i), &read));
        assert_int_equal(read, i);
        assert_true(review_reason_words((enum review_reason)i)[0]);
    }
    for (int i = 0; i < ROLE_COUNT; i++) {
        enum role read = ROLE_COUNT;

        assert_true(role_parse(role_id((enum role)i), &read));
        assert_int_equal(read, i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_review_comes_back),
        cmocka_unit_test(test_what_a_review_must_say),
        cmocka_unit_test(test_reviews_that_lie_are_refused),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_ids_are_read_back),
    };

    return cmocka_run_group_tests_name("record_review", tests, NULL, NULL);
}
