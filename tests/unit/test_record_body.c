/* SPDX-License-Identifier: MIT */
/* The body of a record: its golden form, what is read back from it, and bytes that lie. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/record_cases.h"

static const char *const cases[] = {"record-part.ini", "record-refused.ini",
                                    "record-urgent.ini"};

static void test_golden_bodies(void **state)
{
    static const char *const golden[] = {"record-part.txt", "record-refused.txt",
                                         "record-urgent.txt"};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct made made;
        struct buf body;
        struct error error;

        made_init(&made, cases[i]);
        body = made_record(&made);
        assert_int_equal(record_check(body.text, body.length, &error), STATUS_OK);
        assert_golden(golden[i], &body);
        buf_release(&body);
        made_release(&made);
    }
}

/* A record reopened, walked and composed again gives the same bytes: nothing was lost. */
static void test_reopening_loses_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct made made, again;
        struct buf body, twice;
        struct error error;

        made_init(&made, cases[i]);
        body = made_record(&made);
        again = (struct made){.pack = made.pack};
        assert_int_equal(
            record_reopen(body.text, body.length, made.pack, &again.decision, &error),
            STATUS_OK);
        again.decision.terms = made.terms;
        made_walk(&again);
        assert_int_equal(again.walk.outcome, made.walk.outcome);
        twice = made_record(&again);
        assert_string_equal(twice.text, body.text);
        walk_release(&again.walk);
        decision_release(&again.decision);
        buf_release(&twice);
        buf_release(&body);
        made_release(&made);
    }
}

static void test_parked_answers_never_enter(void **state)
{
    struct made made;
    struct buf body;
    struct error error;
    size_t question;

    (void)state;
    made_init(&made, "record-part.ini");
    question = pack_find_question(made.pack, "emergency");
    assert_int_equal(
        answer_choose(&made.decision.answers, question,
                      BIT(question_find_option(&made.pack->question[question], "yes")),
                      test_moment(), &error),
        STATUS_OK);
    made_walk(&made);
    body = made_record(&made);
    assert_null(strstr(body.text, "stepfather"));
    assert_null(strstr(body.text, "home address"));
    assert_non_null(strstr(body.text, "\"changes\":1"));
    buf_release(&body);
    made_release(&made);
}

static void test_summary(void **state)
{
    struct made made;
    struct buf body;
    struct arena arena = {0};
    struct summary summary;
    struct error error;
    char day[DATE_SIZE];

    (void)state;
    made_init(&made, "record-part.ini");
    body = made_record(&made);
    assert_int_equal(record_summarise(body.text, body.length, &arena, &summary, &error),
                     STATUS_OK);
    assert_string_equal(summary.reference, made.decision.reference);
    assert_string_equal(summary.author, "a.example");
    assert_string_equal(summary.team, "East team");
    assert_string_equal(summary.subject, "Adébáyò 山田 שרה");
    assert_string_equal(summary.requester, "Óak Lane School");
    assert_string_equal(summary.recipient, "Óak Lane School");
    assert_string_equal(summary.purpose, "To protect a child from harm");
    assert_string_equal(summary.agreement, "county");
    assert_string_equal(summary.programme, "weekly");
    assert_string_equal(summary.retention, "child");
    assert_string_equal(summary.amends, "");
    assert_int_equal(strlen(summary.pseudonym), 64);
    assert_int_equal(summary.recommended, OUTCOME_SHARE_IN_PART);
    assert_int_equal(summary.decided, OUTCOME_SHARE_IN_PART);
    assert_true(summary.countersign);
    assert_true(summary.restricted);
    assert_false(summary.departed || summary.urgent || summary.unfinished || summary.practice);
    date_iso(summary.due, day);
    assert_string_equal(day, "2026-11-22");
    date_iso(summary.review, day);
    assert_string_equal(day, "2027-02-20");
    arena_release(&arena);
    buf_release(&body);
    made_release(&made);
}

static void test_summary_of_departure_and_of_danger(void **state)
{
    struct arena arena = {0};
    struct summary summary;
    struct error error;
    struct made made;
    struct buf body;

    (void)state;
    made_init(&made, "record-refused.ini");
    body = made_record(&made);
    assert_int_equal(record_summarise(body.text, body.length, &arena, &summary, &error),
                     STATUS_OK);
    assert_true(summary.departed);
    assert_int_equal(summary.recommended, OUTCOME_SHARE);
    assert_int_equal(summary.decided, OUTCOME_DO_NOT_SHARE);
    assert_false(summary.restricted);
    assert_int_equal(summary.due, DATE_NONE); /* nobody asked, so nobody waits for an answer */
    buf_release(&body);
    made_release(&made);

    made_init(&made, "record-urgent.ini");
    body = made_record(&made);
    assert_int_equal(record_summarise(body.text, body.length, &arena, &summary, &error),
                     STATUS_OK);
    assert_true(summary.urgent && summary.unfinished);
    arena_release(&arena);
    buf_release(&body);
    made_release(&made);
}

static void test_words_are_folded(void **state)
{
    struct made made;
    struct buf body, words = {0};
    struct error error;

    (void)state;
    made_init(&made, "record-part.ini");
    body = made_record(&made);
    assert_int_equal(record_words(body.text, body.length, &words, &error), STATUS_OK);
    assert_non_null(strstr(words.text, "adebayo"));
    assert_non_null(strstr(words.text, "zoe muller"));
    assert_non_null(strstr(words.text, "stepfather"));
    assert_non_null(strstr(words.text, "health record"));
    assert_null(strstr(words.text, "calling back")); /* the pack's words would match all */
    buf_release(&words);
    buf_release(&body);
    made_release(&made);
}

static void test_pseudonyms_match_spellings(void **state)
{
    static const unsigned char other_key[DIGEST_SIZE] = {9};
    char a[DIGEST_HEX_SIZE], b[DIGEST_HEX_SIZE];

    (void)state;
    pseudonym_of(test_key, "Zoë  MÜLLER", "3/4/2018", a);
    pseudonym_of(test_key, " zoe muller", "2018-04-03", b);
    assert_string_equal(a, b);
    pseudonym_of(test_key, "zoe muller", "2018-04-04", b);
    assert_string_not_equal(a, b);
    pseudonym_of(other_key, "zoe muller", "2018-04-03", b);
    assert_string_not_equal(a, b);
}

static void test_completeness(void **state)
{
    struct made made;
    struct error error;

    (void)state;
    made_init(&made, "record-part.ini");
    made.decision.stance = STANCE_OPEN;
    assert_int_equal(decision_complete(&made.decision, &made.walk, &error), STATUS_REFUSED);
    made.decision.stance = STANCE_DEPART;
    made.decision.decided = OUTCOME_SHARE;
    assert_int_equal(decision_complete(&made.decision, &made.walk, &error), STATUS_REFUSED);
    assert_string_equal(error.field, "reason");
    made.decision.departure = xstrdup("A reason.");
    assert_int_equal(decision_complete(&made.decision, &made.walk, &error), STATUS_OK);
    made.decision.decided = OUTCOME_SHARE_IN_PART;
    assert_int_equal(decision_complete(&made.decision, &made.walk, &error), STATUS_REFUSED);
    made.decision.stance = STANCE_FOLLOW;
    made.decision.amends = xstrdup(made.decision.reference);
    assert_int_equal(decision_complete(&made.decision, &made.walk, &error), STATUS_REFUSED);
    answer_forget(&made.decision.answers, pack_find_question(made.pack, "consent"));
    made_walk(&made);
    assert_int_equal(decision_complete(&made.decision, &made.walk, &error), STATUS_REFUSED);
    assert_string_equal(error.field, "consent");
    made_release(&made);
}

/* A stop of the pack: items without a reason. */
static void test_a_stop_keeps_it_from_being_signed(void **state)
{
    struct made made;
    struct error error;
    struct item *item;
    char *reason;

    (void)state;
    made_init(&made, "record-part.ini");
    item = &made.decision.answers.answer[pack_find_question(made.pack, "items")].item[1];
    reason = item->reason;
    item->reason = NULL;
    made_walk(&made);
    assert_int_equal(decision_ready(&made.decision, &made.walk, &error), STATUS_OK);
    assert_int_equal(decision_complete(&made.decision, &made.walk, &error), STATUS_REFUSED);
    assert_string_equal(error.field, "items");
    assert_non_null(strstr(error.what, item->what));
    assert_string_equal(error.remedy, "Say why it goes or stays.");
    item->reason = reason;
    made_walk(&made);
    assert_int_equal(decision_complete(&made.decision, &made.walk, &error), STATUS_OK);
    made_release(&made);
}

/* --- Bytes that lie ----------------------------------------------------------------------- */

/* Reads the bytes in every way there is. None may crash; gives the status of the summary. */
static enum status read_all_ways(const struct pack *pack, const char *bytes, size_t length)
{
    struct decision decision = {0};
    struct arena arena = {0};
    struct summary summary;
    struct buf out = {0};
    struct error error;
    enum status status;

    if (record_reopen(bytes, length, pack, &decision, &error) == STATUS_OK)
        decision_release(&decision);
    (void)!record_words(bytes, length, &out, &error);
    (void)!record_print(bytes, length, NULL, (struct print_form){0}, &out, &error);
    (void)!record_print(bytes, length, NULL, (struct print_form){.brief = true}, &out, &error);
    (void)!record_check(bytes, length, &error);
    status = record_summarise(bytes, length, &arena, &summary, &error);
    arena_release(&arena);
    buf_release(&out);
    return status;
}

static void test_truncated_records_are_refused(void **state)
{
    struct made made;
    struct buf body;

    (void)state;
    made_init(&made, "record-part.ini");
    body = made_record(&made);
    for (size_t length = 0; length < body.length; length += 7)
        assert_int_equal(read_all_ways(made.pack, body.text, length), STATUS_BAD_DATA);
    buf_release(&body);
    made_release(&made);
}

/* Replaces each value by one of another type: refused, or without that field, never a crash. */
static void test_wrong_types_never_crash(void **state)
{
    static const char *const values[] = {"7", "[]", "{}", "true", "\"x\"", "[[[\"x\"]]]"};
    struct made made;
    struct buf body;

    (void)state;
    made_init(&made, "record-urgent.ini");
    body = made_record(&made);
    for (size_t at = 0; at < body.length; at++) {
        if (body.text[at] != ':' || body.text[at - 1] != '"')
            continue;
        for (size_t i = 0; i < COUNT(values); i++) {
            struct buf changed = {0};
            size_t rest = at + 1, depth = 0;

            /* To the end of the value that stands here. */
            for (bool text = false; rest < body.length; rest++) {
                char c = body.text[rest];

                text = c == '"' ? !text : text;
                if (!text && depth == 0 && (c == ',' || c == '}' || c == ']'))
                    break;
                if (!text)
                    depth += (c == '{' || c == '[') ? 1 : 0;
                if (!text && depth > 0)
                    depth -= (c == '}' || c == ']') ? 1 : 0;
            }
            buf_add(&changed, body.text, at + 1);
            buf_puts(&changed, values[i]);
            buf_puts(&changed, body.text + rest);
            read_all_ways(made.pack, changed.text, changed.length);
            buf_release(&changed);
        }
    }
    buf_release(&body);
    made_release(&made);
}

static void test_hostile_json_is_refused(void **state)
{
    static const char *const hostile[] = {
        "",
        "[]",
        "null",
        "7",
        "\"x\"",
        "{",
        "{}",
        "{\"schema\":1}",
        "{\"schema\":1,\"schema\":1}",                /* duplicate */
        "{\"schema\":1.0}",                           /* real */
        "{\"schema\":99999999999999999999999999}",    /* huge */
        "{\"schema\":1,\"reference\":null}",          /* null */
        "{\"schema\":1,\"reference\":\"a\\u0000b\"}", /* NUL */
        "{\"schema\":1,\"reference\":\"\xff\"}",      /* no UTF-8 */
        "{\"schema\":1,\"reference\":\"\\ud800\"}",   /* half a surrogate */
        "{\"schema\":1} x",
    };
    struct pack *pack = pack_for_tests();
    char deep[20001];

    (void)state;
    for (size_t i = 0; i < COUNT(hostile); i++)
        assert_int_equal(read_all_ways(pack, hostile[i], strlen(hostile[i])), STATUS_BAD_DATA);
    memset(deep, '[', sizeof(deep));
    memcpy(deep, "{\"a\":", 5);
    assert_int_equal(read_all_ways(pack, deep, sizeof(deep)), STATUS_BAD_DATA);
    pack_free(pack);
}

static void test_only_canonical_bytes_pass(void **state)
{
    static const struct {
        const char *text;
        enum status status;
    } rows[] = {
        {"{\"a\":1,\"schema\":1}", STATUS_OK},
        {"{\"schema\":1,\"a\":1}", STATUS_BAD_DATA},
        {"{\"a\": 1,\"schema\":1}", STATUS_BAD_DATA},
        {"{\"a\":1,\"schema\":1}\n", STATUS_BAD_DATA},
        {"{\"a\":\"\\u0041\",\"schema\":1}", STATUS_BAD_DATA},
        {"{\"a\":01,\"schema\":1}", STATUS_BAD_DATA},
        {"{\"a\":1}", STATUS_BAD_DATA},
        {"{\"schema\":2}", STATUS_UNSUPPORTED},
    };
    struct error error;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(record_check(rows[i].text, strlen(rows[i].text), &error),
                         rows[i].status);
}

static void test_reopening_with_another_pack_is_refused(void **state)
{
    struct made made;
    struct buf body;
    struct decision decision = {0};
    struct error error;
    char *at;

    (void)state;
    made_init(&made, "record-urgent.ini");
    body = made_record(&made);
    at = strstr(body.text, "\"id\":\"emergency\"");
    assert_non_null(at);
    memcpy(at, "\"id\":\"emergence\"", 16);
    assert_int_equal(record_reopen(body.text, body.length, made.pack, &decision, &error),
                     STATUS_BAD_DATA);
    assert_null(decision.pack);
    assert_string_equal(error.field, "emergence");
    buf_release(&body);
    made_release(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden_bodies),
        cmocka_unit_test(test_reopening_loses_nothing),
        cmocka_unit_test(test_parked_answers_never_enter),
        cmocka_unit_test(test_summary),
        cmocka_unit_test(test_summary_of_departure_and_of_danger),
        cmocka_unit_test(test_words_are_folded),
        cmocka_unit_test(test_pseudonyms_match_spellings),
        cmocka_unit_test(test_completeness),
        cmocka_unit_test(test_a_stop_keeps_it_from_being_signed),
        cmocka_unit_test(test_truncated_records_are_refused),
        cmocka_unit_test(test_wrong_types_never_crash),
        cmocka_unit_test(test_hostile_json_is_refused),
        cmocka_unit_test(test_only_canonical_bytes_pass),
        cmocka_unit_test(test_reopening_with_another_pack_is_refused),
    };

    return cmocka_run_group_tests_name("record_body", tests, NULL, NULL);
}
