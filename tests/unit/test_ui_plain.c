/* SPDX-License-Identifier: MIT */
/* The plain prompts: the page read aloud, and what a typed line means. */
#include "tests/unit/unit.h"

#include <string.h>

#include "tests/unit/record_cases.h"
#include "ui/plain.h"

static const enum act footer[] = {ACT_CHOOSE, ACT_BACK, ACT_HELP,
                                  ACT_SO_FAR, ACT_QUIT, ACT_HIDE};

/* A page with something of each kind. */
static void fill(struct page *page, const struct edit *name, const struct edit *secret)
{
    page_clear(page);
    page->title = "Consent and capacity";
    page->place = "Step 4 of 8";
    page_footer(page, footer, COUNT(footer));
    page_add(page, BLOCK_BANNER, "Practice: made-up people only.");
    page_add(page, BLOCK_ERROR, "Enter a name.");
    page_add(page, BLOCK_HEADING, "Who asked,\nand what for?");
    page_add(page, BLOCK_HINT, "Ask only where you would respect a no.");
    page_row(page, 0, (struct column[]){{"Purpose", 10}, {"To keep a child safe", 0}}, 2);
    page_choice(page, 1, false, true, "Yes", "They said so");
    page_choice(page, 2, false, false, "No\033[2J", NULL);
    page_choice(page, 3, true, true, "Housing", NULL)->spaced = true;
    page_choice(page, 4, true, false, "Health", NULL);
    page_field(page, 5, "Name", name);
    page_field(page, 6, "Passphrase", secret);
    page_row(page, 7, (struct column[]){{"R-1", 8}, {"2026-09-30", 10}, {"", 3}, {"shared", 0}},
             4);
    page_action(page, 8, "Continue");
    page_add(page, BLOCK_PROGRESS, "So far: seek advice.");
}

static void check_golden(const struct page *page, const char *name)
{
    struct buf out = {0};

    plain_print(page, &out);
    assert_golden(name, &out);
    buf_release(&out);
}

static void test_reads_well(void **state)
{
    struct edit name = {.lines = true}, secret = {.secret = true};
    struct page page;

    (void)state;
    page_init(&page);
    edit_set(&name, "Ann\nLee");
    fill(&page, &name, &secret);
    page_focus(&page, 8);
    check_golden(&page, "plain-list.txt");
    edit_set(&secret, "four words");
    page_focus(&page, 5);
    page.message = "That is too long.";
    check_golden(&page, "plain-field.txt");
    page_release(&page);
    edit_release(&name);
    edit_release(&secret);
}

static void test_hidden_page_says_nothing(void **state)
{
    struct edit edit = {0};
    struct buf out = {0};
    struct page page;

    (void)state;
    page_init(&page);
    fill(&page, &edit, &edit);
    page.blank = true;
    plain_print(&page, &out);
    assert_int_equal(out.length, 0);
    page_release(&page);
}

static void check_act(const struct page *page, const char *line, enum act act)
{
    struct plain_input input = plain_read(page, line);

    assert_int_equal(input.kind, PLAIN_ACT);
    assert_int_equal(input.act, act);
}

static void check_choice(const struct page *page, const char *line, int id)
{
    struct plain_input input = plain_read(page, line);

    assert_int_equal(input.kind, PLAIN_CHOOSE);
    assert_int_equal(input.id, id);
}

static void check_text(const struct page *page, const char *line, const char *text)
{
    struct plain_input input = plain_read(page, line);

    assert_int_equal(input.kind, PLAIN_TEXT);
    assert_int_equal(input.id, 5);
    assert_string_equal(input.text, text);
}

static void test_lines_in_a_list(void **state)
{
    static const char *const nothing[] = {
        "",    "0",    "9",
        "-1",  "1x",   "maybe",
        "< o", "TYPE", "a line that is much longer than any word here"};
    struct edit edit = {0};
    struct page page;

    (void)state;
    page_init(&page);
    fill(&page, &edit, &edit);
    page_focus(&page, 1);
    check_choice(&page, "1", 1);
    check_choice(&page, " 7 \t", 7);
    check_choice(&page, "8", 8);
    check_act(&page, "<", ACT_BACK);
    check_act(&page, "?", ACT_HELP);
    check_act(&page, "o", ACT_SO_FAR);
    check_act(&page, "q ", ACT_QUIT);
    check_act(&page, "hide", ACT_HIDE);
    for (size_t i = 0; i < COUNT(nothing); i++)
        assert_int_equal(plain_read(&page, nothing[i]).kind, PLAIN_UNKNOWN);
    page_focus(&page, 8);
    check_choice(&page, "", 8);
    page_release(&page);
}

/* In a field a line is its text, whatever it looks like, unless "<" begins it. */
static void test_lines_in_a_field(void **state)
{
    static const char *const texts[] = {"o",
                                        "1",
                                        "hide",
                                        " q",
                                        "? or not",
                                        "Lee <lee@x>",
                                        "a line that is much longer than any word here"};
    struct edit edit = {0};
    struct page page;

    (void)state;
    page_init(&page);
    fill(&page, &edit, &edit);
    page_focus(&page, 5);
    for (size_t i = 0; i < COUNT(texts); i++)
        check_text(&page, texts[i], texts[i]);
    check_text(&page, "-", "");
    check_act(&page, "", ACT_CONTINUE);
    check_act(&page, "<", ACT_BACK);
    check_act(&page, "?", ACT_HELP);
    check_act(&page, "<?", ACT_HELP);
    check_act(&page, "<o", ACT_SO_FAR);
    check_act(&page, " <hide", ACT_HIDE);
    check_choice(&page, "<2", 2);
    assert_int_equal(plain_read(&page, "<nonsense").kind, PLAIN_UNKNOWN);
    page_release(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_well),
        cmocka_unit_test(test_hidden_page_says_nothing),
        cmocka_unit_test(test_lines_in_a_list),
        cmocka_unit_test(test_lines_in_a_field),
    };

    return cmocka_run_group_tests_name("plain", tests, NULL, NULL);
}
