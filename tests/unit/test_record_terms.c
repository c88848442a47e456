/* SPDX-License-Identifier: MIT */
/* What a record says of the agreement that its decision was made under. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "policy/agreement_parts.h"
#include "record/json.h"
#include "tests/unit/record_cases.h"

static json_t *body_of(const struct made *made)
{
    struct buf text = made_record(made);
    struct error error;
    json_t *body;

    assert_int_equal(body_read(text.text, text.length, "record", &body, &error), STATUS_OK);
    buf_release(&text);
    return body;
}

static const json_t *meeting(const json_t *body, const char *id)
{
    for (size_t i = 0; i < body_count(body, "terms.meetings"); i++) {
        const json_t *one = body_element(body, "terms.meetings", i);

        if (strcmp(body_text(one, "id"), id) == 0)
            return one;
    }
    fail_msg("there is no meeting of '%s'", id);
    return NULL;
}

static void test_the_record_says_what_the_agreement_says(void **state)
{
    struct made made;
    json_t *body;

    (void)state;
    made_init(&made, "record-part.ini");
    body = body_of(&made);
    assert_string_equal(body_text(body, "agreement"), "county");
    assert_string_equal(body_text(body, "terms.title"), "The Made-up County Agreement");
    assert_string_equal(body_text(body, "terms.state"), "review-overdue");
    assert_string_equal(body_text(body, "terms.programme.title"), "The weekly list");
    assert_int_equal(body_count(body, "terms.programme.minimum"), 2);
    assert_string_equal(body_text(body, "terms.requester.party"), "oak-lane");
    assert_true(body_flag(body, "terms.requester.signed"));
    assert_int_equal(body_count(body, "terms.meetings"), 6);
    assert_true(body_flag(meeting(body, "least"), "met"));
    assert_true(body_flag(meeting(body, "list"), "met"));
    assert_false(body_flag(meeting(body, "goodwill"), "met"));
    json_decref(body);
    made_release(&made);
}

static void test_the_day_of_the_decision_counts(void **state)
{
    struct made made;
    json_t *body;

    (void)state;
    made_init(&made, "record-part.ini");
    assert_true(date_parse("2026-06-30", &made.decision.day));
    made_walk(&made);
    body = body_of(&made);
    assert_string_equal(body_text(body, "terms.state"), "in-force");
    json_decref(body);
    made_release(&made);
}

static void test_without_an_agreement_there_are_no_terms(void **state)
{
    struct made made;
    json_t *body;

    (void)state;
    made_init(&made, "record-urgent.ini");
    body = body_of(&made);
    assert_null(body_at(body, "terms"));
    json_decref(body);
    made_release(&made);
}

/* An agreement may say `met-by = record:NAME` for these names, so a record must have them. */
static void test_every_field_that_agreements_rely_on_is_written(void **state)
{
    struct made made;
    const char *name;
    json_t *body;

    (void)state;
    made_init(&made, "record-part.ini");
    made.decision.amends = xstrdup(made.decision.reference);
    made.decision.amendment = xstrdup("The name was wrong.");
    made.decision.sibling_of = xstrdup(made.decision.reference);
    body = body_of(&made);
    for (size_t i = 0; (name = record_field(i)); i++) {
        if (!body_at(body, name))
            fail_msg("the record has no '%s'", name);
    }
    json_decref(body);
    made_release(&made);
}

static void test_signatories_in_words(void **state)
{
    static const struct {
        const char *name, *words;
    } rows[] = {
        {"Oak Lane School", "Oak Lane School: signed up"},
        {"óak lane", "Oak Lane School: signed up"},
        {"East Police", "East Police: left on 31 January 2026"},
        {"North School", "North School: listed as a party; no day of signing is given"},
        {"West Police",
         "West Police: not among the parties listed here; ask the owner who has signed"},
    };
    struct agreement *terms = agreement_for_tests("county");
    struct buf words = {0};
    date day;

    (void)state;
    assert_true(date_parse("2026-11-20", &day));
    for (size_t i = 0; i < COUNT(rows); i++) {
        buf_clear(&words);
        record_signatory(terms, rows[i].name, day, &words);
        assert_string_equal(buf_text(&words), rows[i].words);
    }
    assert_true(date_parse("2024-01-31", &day));
    buf_clear(&words);
    record_signatory(terms, "East Police", day, &words);
    assert_string_equal(buf_text(&words), "East Police: signed up only on 1 February 2024");
    buf_release(&words);
    agreement_free(terms);
}

/* A list of parties without days makes nobody a stranger. */
static void test_parties_without_days(void **state)
{
    const struct article party = {.kind = ARTICLE_PARTY,
                                  .title = "Oak Lane School",
                                  .from = DATE_NONE,
                                  .until = DATE_NONE};
    const struct agreement undated = {.article = &party, .article_count = 1}, none = {0};
    struct buf words = {0};

    (void)state;
    record_signatory(&undated, "Oak Lane School", 0, &words);
    assert_string_equal(buf_text(&words),
                        "Oak Lane School: listed as a party; no day of signing is given");
    buf_clear(&words);
    record_signatory(&undated, "West Police", 0, &words);
    assert_string_equal(buf_text(&words), "West Police: not among the parties listed here; ask "
                                          "the owner who has signed");
    buf_clear(&words);
    record_signatory(&none, "West Police", 0, &words);
    assert_non_null(strstr(buf_text(&words), "Nothing here lists who has signed"));
    buf_release(&words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_record_says_what_the_agreement_says),
        cmocka_unit_test(test_the_day_of_the_decision_counts),
        cmocka_unit_test(test_without_an_agreement_there_are_no_terms),
        cmocka_unit_test(test_every_field_that_agreements_rely_on_is_written),
        cmocka_unit_test(test_signatories_in_words),
        cmocka_unit_test(test_parties_without_days),
    };

    return cmocka_run_group_tests_name("record_terms", tests, NULL, NULL);
}
