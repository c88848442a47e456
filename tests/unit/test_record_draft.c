/* SPDX-License-Identifier: MIT */
/* Drafts and answer files: what comes back, and what is refused with its line. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/record_cases.h"

static void test_a_draft_comes_back_whole(void **state)
{
    struct made made;
    struct decision read;
    struct buf draft = {0}, again = {0}, lost = {0};
    struct error error;

    (void)state;
    made_init(&made, "record-part.ini");
    made.decision.amends = xstrdup(made.decision.reference);
    made.decision.amendment = xstrdup("The name was wrong.");
    made.decision.justification = xstrdup("By hand.\n\nTwice.");
    made.decision.practice = true;
    decision_add_loose(&made.decision, "subject/1", "3 4");
    draft_write(&made.decision, &draft);
    assert_int_equal(draft_read(draft.text, draft.length, made.pack, &read, &lost, &error),
                     STATUS_OK);
    assert_string_equal(buf_text(&lost), "");
    draft_write(&read, &again);
    assert_string_equal(again.text, draft.text);
    assert_string_equal(read.justification, "By hand.\n\nTwice.");
    assert_string_equal(decision_loose(&read, "subject/1"), "3 4");
    decision_release(&read);
    buf_release(&again);
    buf_release(&draft);
    made_release(&made);
}

static void test_a_draft_keeps_what_is_parked_and_half_given(void **state)
{
    struct made made;
    struct decision read;
    struct buf draft = {0};
    struct error error;
    size_t subject;

    (void)state;
    made_init(&made, "record-urgent.ini");
    subject = pack_find_question(made.pack, "subject");
    answer_forget(&made.decision.answers, subject);
    assert_int_equal(answer_from_words(&made.decision.answers, subject, "born", "3 4 2018",
                                       test_moment(), &error),
                     STATUS_OK);
    draft_write(&made.decision, &draft);
    assert_int_equal(draft_read(draft.text, draft.length, made.pack, &read, NULL, &error),
                     STATUS_OK);
    assert_false(read.answers.answer[subject].given);
    assert_string_equal(read.answers.answer[subject].field[1], "2018-04-03");
    decision_release(&read);
    buf_release(&draft);
    made_release(&made);
}

static void test_what_the_pack_lost_is_named(void **state)
{
    static const char draft[] =
        "{\"answers\":{\"emergency\":{\"options\":[{\"id\":\"perhaps\"}]},"
        "\"gone\":{\"text\":\"x\"},\"subject\":{\"text\":\"Ann\"},"
        "\"trigger\":{\"options\":[{\"id\":\"asked\"},{\"id\":\"worry\"}]},\"purpose\":7},"
        "\"day\":\"2026-11-20\",\"draft\":1,\"pack\":{\"id\":\"record\"},"
        "\"reference\":\"";
    struct pack *pack = pack_for_tests();
    char reference[REFERENCE_SIZE];
    unsigned char random[REFERENCE_RANDOM] = {1};
    struct decision read;
    struct buf lost = {0};
    struct error error;
    char *text;

    (void)state;
    reference_make(random, reference);
    text = xasprintf("%s%s\"}", draft, reference);
    assert_int_equal(draft_read(text, strlen(text), pack, &read, &lost, &error), STATUS_OK);
    assert_non_null(strstr(buf_text(&lost), "gone: "));
    assert_non_null(strstr(buf_text(&lost), "'perhaps'"));
    assert_non_null(strstr(buf_text(&lost), "subject: "));
    assert_non_null(strstr(buf_text(&lost), "trigger: "));
    assert_non_null(strstr(buf_text(&lost), "purpose: "));
    for (size_t i = 0; i < pack->question_count; i++)
        assert_false(read.answers.answer[i].given);
    decision_release(&read);
    buf_release(&lost);
    free(text);
    pack_free(pack);
}

static void test_draft_summary(void **state)
{
    struct made made;
    struct buf draft = {0};
    struct arena arena = {0};
    struct draft_summary summary;
    struct error error;

    (void)state;
    made_init(&made, "record-part.ini");
    draft_write(&made.decision, &draft);
    assert_int_equal(draft_summarise(draft.text, draft.length, &arena, &summary, &error),
                     STATUS_OK);
    assert_string_equal(summary.reference, made.decision.reference);
    assert_string_equal(summary.pack, "record");
    assert_string_equal(summary.agreement, "county");
    assert_string_equal(summary.subject, "Adébáyò 山田 שרה");
    assert_string_equal(summary.amends, "");
    assert_int_equal(summary.answered, made.walk.answered);
    assert_true(summary.begun.us == made.decision.begun.us);
    assert_int_equal(draft_summarise("{}", 2, &arena, &summary, &error), STATUS_BAD_DATA);
    for (size_t length = 0; length < draft.length; length++)
        assert_int_equal(draft_summarise(draft.text, length, &arena, &summary, &error),
                         STATUS_BAD_DATA);
    arena_release(&arena);
    buf_release(&draft);
    made_release(&made);
}

/* --- Answer files ------------------------------------------------------------------------- */

struct wrong {
    const char *text;
    int line;
    const char *field;
};

#define HEAD "[decision]\npack = record\ndate = 2026-11-20\n"

static const struct wrong wrong_files[] = {
    {"[answers]\nemergency = yes\n", 1, "decision"},
    {"[decision]\ndate = 2026-11-20\n", 1, "pack"},
    {"[decision]\npack = record\ndate = 30/2/2026\n", 3, "date"},
    {"[decision]\npack = record\nexpect = shar\n", 3, "expect"},
    {"[decision]\npack = record\nexpekt = share\n", 3, "expekt"},
    {HEAD "[notes]\nx = y\n", 4, "notes"},
    {HEAD "[answers]\nemergenzy = yes\n", 5, "emergenzy"},
    {HEAD "[answers]\nemergency = perhaps\n", 5, "emergency"},
    {HEAD "[answers]\nemergency = yes, no\n", 5, "emergency"},
    {HEAD "[answers]\nemergency = yes\nconsent = agreed\n", 6, "consent"},
    {HEAD "[answers]\nemergency = no\nconsent = agreed\nrequester = X\n", 7, "requester"},
    {HEAD "[answers]\nemergency = yes\nsubject = A\nsubject.born = soon\n", 7, "subject.born"},
    {HEAD "[answers]\nemergency = yes\nsubject.name.x = A\n", 6, "subject.name.x"},
    {HEAD "[answers]\nemergency = no\ntrigger = worry\nrepeat = once\npurpose = protect\n"
          "subject = A\nconsent = agreed\ncapacity = can\nrisks = harm\nrecipient = B\n"
          "method = post\n",
     14, "method"},
    {HEAD "decide = shares\n[answers]\nemergency = yes\n", 4, "decide"},
    {HEAD "decide = share\n[answers]\nemergency = yes\n", 4, "decide"},
    {HEAD "reason = Because.\n[answers]\nemergency = yes\n", 4, "reason"},
};

#define ORDINARY                                                                               \
    HEAD "[answers]\nemergency = no\ntrigger = worry\nrepeat = once\npurpose = protect\n"      \
         "subject = A\nconsent = agreed\ncapacity = can\nrisks = harm\nrecipient = B\n"        \
         "method = mail\n"

static const struct wrong wrong_items[] = {
    {ORDINARY "items = shared\n", 15, "items"},
    {ORDINARY "[item 1]\nshare = yes\n", 15, "item 1"},
    {ORDINARY "[item 1]\nwhat = X\n", 15, "item 1"},
    {ORDINARY "[item 1]\nwhat = X\nshare = perhaps\n", 17, "share"},
    {ORDINARY "[item 1]\nwhat = X\nshare = yes\nflags = opinio\n", 18, "flags"},
    {ORDINARY "[item 1]\nwhat = X\nshare = yes\nwhy = x\n", 18, "why"},
};

static void refuse(const struct wrong *wrong)
{
    static const unsigned char random[REFERENCE_RANDOM] = {1};
    struct pack *pack = pack_for_tests();
    struct decision decision;
    struct error error = {0};
    struct ini ini;

    assert_int_equal(ini_read("answers.ini", wrong->text, strlen(wrong->text), &ini, &error),
                     STATUS_OK);
    decision_init(&decision, pack, moment_date(test_moment()), test_moment(), random);
    assert_int_equal(answer_file_apply(&ini, &decision, &error), STATUS_BAD_DATA);
    if (error.line != wrong->line || strcmp(error.field, wrong->field) != 0)
        fail_msg("%s\nat %d, %s: %s", wrong->text, error.line, error.field, error.what);
    assert_string_equal(error.file, "answers.ini");
    assert_true(error.remedy[0]);
    decision_release(&decision);
    ini_release(&ini);
    pack_free(pack);
}

static void test_wrong_answer_files_name_their_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(wrong_files); i++)
        refuse(&wrong_files[i]);
    for (size_t i = 0; i < COUNT(wrong_items); i++)
        refuse(&wrong_items[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_draft_comes_back_whole),
        cmocka_unit_test(test_a_draft_keeps_what_is_parked_and_half_given),
        cmocka_unit_test(test_what_the_pack_lost_is_named),
        cmocka_unit_test(test_draft_summary),
        cmocka_unit_test(test_wrong_answer_files_name_their_line),
    };

    return cmocka_run_group_tests_name("record_draft", tests, NULL, NULL);
}
