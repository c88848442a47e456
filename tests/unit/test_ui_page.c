/* SPDX-License-Identifier: MIT */
/* Pages: blocks, and the focus among them. */
#include "tests/unit/unit.h"

#include <string.h>

#include "ui/page.h"

/* A heading, a row to read, three choices, a field and an action. */
static void fill(struct page *page, const struct edit *edit)
{
    page_clear(page);
    page_add(page, BLOCK_HEADING, "Heading");
    page_row(page, 0, (struct column[]){{"To read", 0}}, 1);
    for (int id = 1; id <= 3; id++)
        page_choice(page, id, false, id == 2, page_format(page, "Choice %d", id), NULL);
    page_field(page, 10, "Field", edit);
    page_action(page, 20, "Continue");
}

static void test_focus(void **state)
{
    struct edit edit = {0};
    struct page page;

    (void)state;
    page_init(&page);
    assert_int_equal(page_focused(&page), 0);
    assert_int_equal(page_step(&page, 1), 0);
    assert_int_equal(page_end(&page, 1), 0);
    page_focus(&page, 1);
    assert_true(page.focus == PAGE_NO_FOCUS);
    fill(&page, &edit);
    assert_int_equal(page_focused(&page), 0);
    page_focus(&page, 0);
    assert_int_equal(page_focused(&page), 1);
    page_focus(&page, 99);
    assert_int_equal(page_focused(&page), 1);
    page_focus(&page, 10);
    assert_int_equal(page_focused(&page), 10);
    assert_int_equal(page_step(&page, 1), 20);
    assert_int_equal(page_step(&page, -1), 3);
    assert_int_equal(page_end(&page, 1), 20);
    assert_int_equal(page_end(&page, -1), 1);
    page_focus(&page, 20);
    assert_int_equal(page_step(&page, 1), 20);
    page_focus(&page, 1);
    assert_int_equal(page_step(&page, -1), 1);
    page_release(&page);
}

static void test_numbers(void **state)
{
    struct edit edit = {0};
    struct page page;

    (void)state;
    page_init(&page);
    fill(&page, &edit);
    assert_int_equal(page_number(&page, 3), 3);
    assert_int_equal(page_number(&page, 4), 0);
    assert_int_equal(page_number(&page, 0), 0);
    page_clear(&page);
    page_row(&page, 0, (struct column[]){{"Reference", 0}}, 1);
    page_row(&page, 7, (struct column[]){{"R-1", 0}}, 1);
    page_action(&page, 20, "Continue");
    assert_int_equal(page_number(&page, 1), 7);
    assert_int_equal(page_number(&page, 2), 20);
    page_release(&page);
}

static void test_reach(void **state)
{
    struct edit line = {0}, lines = {.lines = true};
    struct page page;

    (void)state;
    page_init(&page);
    assert_int_equal(page_reach(&page), REACH_LIST);
    page_field(&page, 1, "Line", &line);
    page_field(&page, 2, "Lines", &lines);
    page_action(&page, 3, "Continue");
    page_focus(&page, 1);
    assert_int_equal(page_reach(&page), REACH_TEXT);
    page_focus(&page, 2);
    assert_int_equal(page_reach(&page), REACH_TEXT | REACH_LINES);
    page.blank = true;
    assert_int_equal(page_reach(&page), REACH_LIST);
    page_release(&page);
}

static void test_many_blocks_and_formats(void **state)
{
    struct page page;

    (void)state;
    page_init(&page);
    for (int round = 0; round < 2; round++) {
        page_clear(&page);
        for (int i = 0; i < 1000; i++)
            page_addf(&page, BLOCK_TEXT, "%d of %s", i, "many");
        assert_int_equal(page.count, 1000);
        assert_string_equal(page.block[0].text, "0 of many");
        assert_string_equal(page.block[999].text, "999 of many");
    }
    assert_string_equal(page_add(&page, BLOCK_TEXT, NULL)->text, "");
    page_release(&page);
}

/* Whatever is asked for, the list of the footer keeps its end. */
static void test_footer(void **state)
{
    enum act acts[20];
    struct page page;

    (void)state;
    page_init(&page);
    for (size_t i = 0; i < COUNT(acts); i++)
        acts[i] = ACT_BACK;
    page_footer(&page, acts, COUNT(acts));
    assert_int_equal(page.footer[COUNT(page.footer) - 1], ACT_NONE);
    assert_int_equal(page.footer[COUNT(page.footer) - 2], ACT_BACK);
    page_footer(&page, acts, 1);
    assert_int_equal(page.footer[1], ACT_NONE);
    page_clear(&page);
    assert_int_equal(page.footer[0], ACT_NONE);
    page_release(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_focus),  cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_reach),  cmocka_unit_test(test_many_blocks_and_formats),
        cmocka_unit_test(test_footer),
    };

    return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
