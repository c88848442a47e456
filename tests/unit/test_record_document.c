/* SPDX-License-Identifier: MIT */
/* The documents that agreements ask for: what is in them, and what must not be. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "record/document.h"
#include "record/json.h"
#include "tests/unit/record_cases.h"

/* The Record of Sharing of a made decision, or why there is none. */
static enum status sharing_of(const struct made *made, struct buf *out, struct error *error)
{
    struct buf record = made_record(made);
    enum status status = record_of_sharing(record.text, record.length, made->pack, out, error);

    buf_release(&record);
    return status;
}

static void test_a_record_of_sharing_has_what_the_form_needs(void **state)
{
    struct arena arena = {0};
    struct document document;
    struct buf out = {0}, text = {0};
    struct error error;
    struct made made;

    (void)state;
    made_init(&made, "record-part.ini");
    assert_int_equal(sharing_of(&made, &out, &error), STATUS_OK);
    assert_int_equal(document_read(buf_text(&out), out.length, &arena, &document, &error),
                     STATUS_OK);
    assert_string_equal(document.kind, "record-of-sharing");
    assert_string_equal(document.agreement, "county");
    assert_string_equal(document.reference, made.decision.reference);
    assert_string_equal(document.body, buf_text(&out));
    buf_puts(&text, document.text);
    assert_golden("document-sharing.txt", &text);
    buf_release(&text);
    buf_release(&out);
    arena_release(&arena);
    made_release(&made);
}

/* Whom it is about, what was withheld, the risks and the reasons stay in the decision. */
static void test_a_record_of_sharing_has_nothing_else(void **state)
{
    static const char *const absent[] = {"Adébáyò",      "2018-04-03",    "C-1042",
                                         "01632 960001", "Zoë",           "stepfather",
                                         "family ",      "justification", "withheld"};
    struct buf out = {0};
    struct error error;
    struct made made;
    json_t *body;

    (void)state;
    made_init(&made, "record-part.ini");
    assert_int_equal(sharing_of(&made, &out, &error), STATUS_OK);
    for (size_t i = 0; i < COUNT(absent); i++) {
        if (strstr(buf_text(&out), absent[i]))
            fail_msg("'%s' is in it", absent[i]);
    }
    assert_int_equal(body_read(buf_text(&out), out.length, "document", &body, &error),
                     STATUS_OK);
    assert_int_equal(body_count(body, "path"), 1);
    assert_string_equal(body_text(body, "path.0.id"), "county-list");
    assert_int_equal(body_count(body, "must"), 1);
    assert_string_equal(body_text(body, "must.0.id"), "county-record");
    assert_string_equal(body_text(body, "terms.records-to"), "The records team of the county");
    json_decref(body);
    buf_release(&out);
    made_release(&made);
}

static void test_it_is_made_only_where_an_agreement_asks(void **state)
{
    struct buf out = {0};
    struct error error;
    struct made made;

    (void)state;
    made_init(&made, "record-urgent.ini"); /* under no agreement */
    assert_int_equal(sharing_of(&made, &out, &error), STATUS_REFUSED);
    made_release(&made);

    made_init(&made, "record-part.ini"); /* nothing goes, for a person decided so */
    made.decision.stance = STANCE_DEPART;
    made.decision.decided = OUTCOME_DO_NOT_SHARE;
    made.decision.departure = xstrdup("The school closed.");
    assert_int_equal(sharing_of(&made, &out, &error), STATUS_REFUSED);
    made_release(&made);

    made_init(&made, "record-part.ini"); /* the pack alone, as if the agreement added nothing */
    made.pack->added_count = 0;
    assert_int_equal(sharing_of(&made, &out, &error), STATUS_REFUSED);
    assert_int_equal(out.length, 0);
    made_release(&made);
    buf_release(&out);
}

static void test_the_register_of_agreements(void **state)
{
    struct agreement *terms = agreement_for_tests("county");
    const struct agreement *list[] = {terms, terms};
    struct arena arena = {0};
    struct document document;
    struct buf out = {0}, text = {0};
    struct error error;
    date day;

    (void)state;
    assert_true(date_parse("2026-11-20", &day));
    register_of_agreements(list, COUNT(list), day, &out);
    assert_int_equal(document_read(buf_text(&out), out.length, &arena, &document, &error),
                     STATUS_OK);
    assert_string_equal(document.kind, "agreement-register");
    assert_string_equal(document.reference, "");
    buf_puts(&text, document.text);
    assert_golden("document-agreements.txt", &text);
    buf_release(&text);
    buf_release(&out);
    arena_release(&arena);
    agreement_free(terms);
}

static void test_other_bodies_are_no_documents(void **state)
{
    static const char body[] = "{\"kind\":\"record\",\"schema\":1}";
    struct document document;
    struct arena arena = {0};
    struct error error;

    (void)state;
    assert_int_equal(document_read(body, strlen(body), &arena, &document, &error),
                     STATUS_BAD_DATA);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_record_of_sharing_has_what_the_form_needs),
        cmocka_unit_test(test_a_record_of_sharing_has_nothing_else),
        cmocka_unit_test(test_it_is_made_only_where_an_agreement_asks),
        cmocka_unit_test(test_the_register_of_agreements),
        cmocka_unit_test(test_other_bodies_are_no_documents),
    };

    return cmocka_run_group_tests_name("record_document", tests, NULL, NULL);
}
