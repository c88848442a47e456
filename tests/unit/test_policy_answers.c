/* SPDX-License-Identifier: MIT */
/* Answers: what may be answered, what is said of what may not, and what is kept. */
#include "tests/unit/policy.h"

#include "base/buf.h"

static const struct moment then = {1000000, 0};

static const struct answer *answer(const struct setting *setting, const char *id)
{
    return &setting->answers.answer[question(setting, id)];
}

/* Answers as one line each, and what is then read back, or the words of the refusal. */
static const struct {
    const char *given, *id, *words, *wrong;
} rows[] = {
    {"emergency = yes", "emergency", "Yes", NULL},
    {"emergency = maybe", "emergency", "", "no option 'maybe'"},
    {"emergency = yess", "emergency", "", "Did you mean 'yes'?"},
    {"emergency = yes, no", "emergency", "", "Choose one answer."},
    {"emergency = ", "emergency", "", "no option ''"},
    {"emergency.name = yes", "emergency", "", "has no part 'name'"},
    {"risks = child, crime", "risks", "A child would be harmed; A crime would go on", NULL},
    {"risks = none", "risks", "None of these", NULL},
    {"risks = none, child", "risks", "", "'None of these' cannot be chosen together"},
    {"risks = child, unknown", "risks", "", "'Nobody can tell' cannot be chosen together"},
    {"advice = Ask  the\tlawyer ", "advice", "Ask  the lawyer", NULL},
    {"advice =", "advice", "Not provided", NULL},
    {"born = 3/4/2018", "born", "3 April 2018", NULL},
    {"born = 3 4 2018", "born", "3 April 2018", NULL},
    {"born = 31/2/2018", "born", "", "Enter the date as day month year"},
    {"subject = Kim Lee", "subject", "Kim Lee", NULL},
    {"subject =", "subject", "", "Enter the name of the person."},
    {"subject.born = 3 4 2018", "subject", "", NULL},
    {"subject.born = soon", "subject", "", "Date of birth: 'soon' is not a day"},
    {"subject.bron = 3 4 2018", "subject", "", "Did you mean 'born'?"},
    {"recipient =", "recipient", "", "Enter the name of the organisation."},
    {"items = requested, shared, withheld, opinion", "items", "2 items: 1 to share, 1 withheld",
     NULL},
    {"items = withheld", "items", "1 item: 0 to share, 1 withheld", NULL},
    {"items = opinion", "items", "", "Flags are of items that are shared"},
    {"items = shared, opinoin", "items", "", "Did you mean 'opinion'?"},
};

static void test_from_words_and_back(void **state)
{
    struct setting *setting = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t number = question(setting, rows[i].id);
        char *copy = xstrdup(rows[i].given), line[1000] = "";
        struct error error = {0};
        struct buf words = {0};

        answer_forget(&setting->answers, number);
        if (give_one(&setting->answers, copy, &error)) {
            assert_int_equal(error.status, STATUS_BAD_DATA);
            assert_memory_equal(error.field, rows[i].id, strlen(rows[i].id));
            assert_string_not_equal(error.remedy, "");
            error_line(&error, line, sizeof(line));
        }
        answer_words(&setting->pack->question[number], answer(setting, rows[i].id), &words);
        if (!!rows[i].wrong != !!line[0] || (rows[i].wrong && !strstr(line, rows[i].wrong)))
            fail_msg("'%s': %s", rows[i].given, line);
        assert_string_equal(buf_text(&words), rows[i].words);
        buf_release(&words);
        free(copy);
    }
}

/* Parts of a person may come in any order; without the name it is no answer. */
static void test_parts(void **state)
{
    struct setting *setting = *state;
    struct buf words = {0};

    give(&setting->answers, "subject.born = 3 4 2018");
    assert_false(answer(setting, "subject")->given);
    give(&setting->answers, "subject = Kim; subject.reference = 42");
    assert_true(answer(setting, "subject")->given);
    assert_string_equal(answer(setting, "subject")->field[1], "2018-04-03");
    answer_words(&setting->pack->question[question(setting, "subject")],
                 answer(setting, "subject"), &words);
    assert_string_equal(buf_text(&words), "Kim, 3 April 2018, 42");
    buf_clear(&words);
    give(&setting->answers, "recipient = School; recipient.person = A. Head; "
                            "recipient.role = head; recipient.contact = 01 23");
    answer_words(&setting->pack->question[question(setting, "recipient")],
                 answer(setting, "recipient"), &words);
    assert_string_equal(buf_text(&words), "School, A. Head, head, 01 23");
    buf_release(&words);
}

/* A refused answer leaves the old one. */
static void test_old_answer_stays(void **state)
{
    struct setting *setting = *state;
    size_t emergency = question(setting, "emergency"), subject = question(setting, "subject");
    const char *const nobody[FIELD_MAX] = {"  ", "3 4 2018"};
    struct error error = {0};

    give(&setting->answers, "emergency = no; subject = Kim");
    assert_int_equal(answer_choose(&setting->answers, emergency, BIT(5), then, &error),
                     STATUS_BAD_DATA);
    assert_int_equal(answer_choose(&setting->answers, emergency, 0, then, &error),
                     STATUS_BAD_DATA);
    assert_string_equal(error.remedy, "Choose one answer.");
    assert_int_equal(answer_choose(&setting->answers, subject, BIT(0), then, &error),
                     STATUS_BAD_DATA);
    assert_int_equal(answer_write(&setting->answers, subject, nobody, then, &error),
                     STATUS_BAD_DATA);
    assert_int_equal(answer_write(&setting->answers, emergency, nobody, then, &error),
                     STATUS_BAD_DATA);
    assert_int_equal(answer_skip(&setting->answers, emergency, then, &error), STATUS_BAD_DATA);
    assert_int_equal(answer_items(&setting->answers, emergency, NULL, 0, then, &error),
                     STATUS_BAD_DATA);
    assert_int_equal(answer(setting, "emergency")->options, BIT(1));
    assert_int_equal(answer(setting, "emergency")->changes, 0);
    assert_string_equal(answer(setting, "subject")->field[0], "Kim");
}

static void test_changes(void **state)
{
    struct setting *setting = *state;

    give(&setting->answers, "emergency = no; emergency = no");
    assert_int_equal(answer(setting, "emergency")->changes, 0);
    give(&setting->answers, "emergency = yes; emergency = no");
    assert_int_equal(answer(setting, "emergency")->changes, 2);
    give(&setting->answers, "advice = a; advice = a; advice =");
    assert_int_equal(answer(setting, "advice")->changes, 1);
    assert_true(answer(setting, "advice")->skipped);
    answer_forget(&setting->answers, question(setting, "emergency"));
    assert_false(answer(setting, "emergency")->given);
    assert_int_equal(answer(setting, "emergency")->changes, 2);
}

static void test_items(void **state)
{
    struct setting *setting = *state;
    size_t items = question(setting, "items");
    char what[] = "School report", reason[] = "Needed", blank[] = " ";
    char unseen[] = " \u200B\u00A0";
    struct item list[] = {
        {what, reason, true, true, BIT(1)},
        {what, NULL, true, false, BIT(0)},
        {what, reason, false, true, 0},
    };
    struct item unnamed = {blank, NULL, true, true, 0}, odd = {what, NULL, true, true, BIT(9)};
    struct error error = {0};

    assert_int_equal(answer_items(&setting->answers, items, list, 3, then, &error), STATUS_OK);
    assert_string_equal(answer(setting, "items")->item[1].reason, "");
    /* the flag of the withheld item is not seen */
    assert_int_equal(answer_bits(&setting->pack->question[items], answer(setting, "items")),
                     BIT_ANSWERED | BIT_ITEMS_REQUESTED | BIT_ITEMS_SHARED |
                         BIT_ITEMS_WITHHELD | BIT_ITEMS_UNREASONED | BIT(1));
    list[1].reason = unseen; /* a space of no width is no reason */
    assert_int_equal(item_bits(&list[1]),
                     BIT_ITEMS_REQUESTED | BIT_ITEMS_WITHHELD | BIT_ITEMS_UNREASONED);
    list[1].reason = reason;
    assert_int_equal(item_bits(&list[1]), BIT_ITEMS_REQUESTED | BIT_ITEMS_WITHHELD);
    assert_int_equal(answer_items(&setting->answers, items, &unnamed, 1, then, &error),
                     STATUS_BAD_DATA);
    assert_non_null(strstr(error.what, "Item 1"));
    assert_int_equal(answer_items(&setting->answers, items, &odd, 1, then, &error),
                     STATUS_BAD_DATA);
    assert_int_equal(answer_items(&setting->answers, items, NULL, 0, then, &error),
                     STATUS_BAD_DATA);
    assert_int_equal(answer(setting, "items")->item_count, 3);
    list[0].shared = false;
    assert_int_equal(answer_items(&setting->answers, items, list, 3, then, &error), STATUS_OK);
    assert_int_equal(answer(setting, "items")->changes, 1);
}

static void test_copy(void **state)
{
    struct setting *setting = *state;
    struct answers copy;

    give(&setting->answers, "emergency = no; subject = Kim; items = shared, withheld");
    answers_init(&copy, setting->pack);
    answers_copy(&copy, &setting->answers);
    give(&setting->answers, "subject = Lee; emergency = yes");
    answer_forget(&setting->answers, question(setting, "items"));
    assert_string_equal(copy.answer[question(setting, "subject")].field[0], "Kim");
    assert_int_equal(copy.answer[question(setting, "emergency")].options, BIT(1));
    assert_int_equal(copy.answer[question(setting, "items")].item_count, 2);
    answers_release(&copy);
}

/* What drives a terminal is not kept; line ends are, in a text. */
static void test_clean_text(void **state)
{
    struct setting *setting = *state;
    const char *const lines[FIELD_MAX] = {"one\r\ntwo\033[2J\n"};
    struct error error = {0};
    struct buf words = {0};

    assert_int_equal(
        answer_write(&setting->answers, question(setting, "advice"), lines, then, &error),
        STATUS_OK);
    assert_null(strchr(answer(setting, "advice")->field[0], '\033'));
    assert_true(!strncmp(answer(setting, "advice")->field[0], "one\ntwo", 7));
    answer_words(&setting->pack->question[question(setting, "advice")],
                 answer(setting, "advice"), &words);
    assert_null(strchr(buf_text(&words), '\n'));
    buf_release(&words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_from_words_and_back),
        TEST(test_parts),
        TEST(test_old_answer_stays),
        TEST(test_changes),
        TEST(test_items),
        TEST(test_copy),
        TEST(test_clean_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
