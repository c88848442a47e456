/* SPDX-License-Identifier: MIT */
/* Where pages go: pictures of some, and what holds of any page at any size. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "tests/unit/record_cases.h"
#include "ui/layout.h"

#define ROUNDS 3000
#define PRESSES 30

static const enum act footer[] = {ACT_CHOOSE, ACT_BACK,       ACT_HELP,
                                  ACT_SO_FAR, ACT_SAVE_LEAVE, ACT_HIDE};

static void check_golden(struct frame *frame, const struct page *page, int rows, int cols,
                         const char *name)
{
    struct buf out = {0};

    frame_layout(frame, page, rows, cols);
    for (int row = 0; row < frame->rows; row++)
        buf_printf(&out, "%s\n", frame->row[row].text);
    buf_printf(&out, "cursor %d,%d\n", frame->cursor_row, frame->cursor_col);
    assert_golden(name, &out);
    buf_release(&out);
}

static void fill_question(struct page *page)
{
    page_clear(page);
    page->title = "Consent and capacity";
    page->place = "Step 4 of 8";
    page_footer(page, footer, COUNT(footer));
    page_add(page, BLOCK_HEADING,
             "Has the person been asked whether they agree to the police being told?");
    page_add(page, BLOCK_HINT,
             "Ask only where you would respect a no. Asking can itself put someone at risk.");
    page_choice(page, 1, false, false, "Yes, and they agreed", NULL);
    page_choice(page, 2, false, false, "Yes, and they refused", NULL);
    page_choice(page, 3, false, true, "No: asking would put someone at risk", NULL);
    page_choice(page, 4, false, false,
                "No: asking would prejudice preventing or detecting a crime", NULL);
    page_choice(page, 5, false, false, "No: there was no time", "Say why, on the next page.");
    page_choice(page, 6, false, false, "I do not know yet", NULL);
    page_add(page, BLOCK_PROGRESS,
             "So far: seek advice. Their capacity to decide this is not yet known.");
    page_focus(page, 1);
}

static void test_question(void **state)
{
    struct frame frame = {0};
    struct page page;

    (void)state;
    page_init(&page);
    fill_question(&page);
    check_golden(&frame, &page, 24, 80, "layout-question.80x24");
    check_golden(&frame, &page, 12, 40, "layout-question.40x12");
    page_focus(&page, 6);
    check_golden(&frame, &page, 12, 40, "layout-question-end.40x12");
    page_release(&page);
    frame_release(&frame);
}

static void test_fields_and_rows(void **state)
{
    struct edit name = {0}, why = {.lines = true}, secret = {.secret = true};
    struct frame frame = {0};
    struct page page;

    (void)state;
    page_init(&page);
    edit_set(&name, "Zo\xc3\xab \xe4\xb8\xad\xe6\x96\x87");
    edit_set(&why, "They said that they were afraid of what would happen at home, and that "
                   "nobody had asked them before.\n\nI believed them.");
    edit_set(&secret, "four words that nobody sees");
    page.title = "Items \033]0;title\a";
    page.place = "A place whose name is too long to stand beside any title at all";
    page.message = "That key does nothing here.";
    page_add(&page, BLOCK_BANNER, "Practice: made-up people only.");
    page_add(&page, BLOCK_ERROR, "Enter why you are sharing.")->detail =
        "One sentence will do.";
    page_field(&page, 1, "Name", &name);
    page_field(&page, 2, "Why", &why)->detail = "In your own words.";
    page_field(&page, 3, "Passphrase", &secret);
    page_row(&page, 0, (struct column[]){{"Item", 20}, {"Shared", 8}, {"Why", 0}}, 3);
    page_row(&page, 4,
             (struct column[]){{"The address where they live now", 20},
                               {"yes", 8},
                               {"\xe4\xb8\xad\xe6\x96\x87 so that they can be found", 0}},
             3);
    page_row(&page, 5,
             (struct column[]){{"Health", 20},
                               {"no", 8},
                               {"It is not needed for this, and they asked that it stay "
                                "between us",
                                0}},
             3)
        ->wraps = true;
    page_choice(&page, 6, true, true, "Housing", NULL);
    page_choice(&page, 7, true, false, "Debts", NULL);
    page_action(&page, 8, "Continue");
    page_focus(&page, 2);
    check_golden(&frame, &page, 40, 80, "layout-fields.80x40");
    check_golden(&frame, &page, 12, 40, "layout-fields.40x12");
    page_focus(&page, 3);
    check_golden(&frame, &page, 12, 40, "layout-secret.40x12");
    page_release(&page);
    frame_release(&frame);
    edit_release(&name);
    edit_release(&why);
    edit_release(&secret);
}

static void test_hidden_page_shows_nothing(void **state)
{
    struct frame frame = {0};
    struct page page;

    (void)state;
    page_init(&page);
    fill_question(&page);
    page.blank = true;
    frame_layout(&frame, &page, 24, 80);
    for (int row = 0; row < frame.rows; row++)
        assert_string_equal(frame.row[row].text, "");
    page_release(&page);
    frame_release(&frame);
}

static void test_no_room_at_all(void **state)
{
    struct frame frame = {0};
    struct page page;

    (void)state;
    page_init(&page);
    fill_question(&page);
    frame_layout(&frame, &page, 0, 80);
    assert_int_equal(frame.rows, 0);
    frame_layout(&frame, &page, -3, -1);
    assert_int_equal(frame.rows, 0);
    frame_layout(&frame, &page, 1, 1);
    assert_string_equal(frame.row[0].text, ">");
    page_release(&page);
    frame_release(&frame);
}

/* What is written without anything to focus on can be read to its end and back. */
static void test_scrolling(void **state)
{
    struct frame frame = {0};
    struct page page;

    (void)state;
    page_init(&page);
    page.title = "Help";
    for (int i = 0; i < 30; i++)
        page_addf(&page, BLOCK_TEXT, "Paragraph %d", i);
    frame_layout(&frame, &page, 24, 80);
    assert_string_equal(frame.row[2].text, " Paragraph 0");
    assert_string_equal(frame.row[22].text, " More below");
    assert_false(frame_scroll(&frame, -1));
    assert_true(frame_scroll(&frame, 1));
    frame_layout(&frame, &page, 24, 80);
    assert_string_equal(frame.row[22].text, " More above and below");
    while (frame_scroll(&frame, 1))
        frame_layout(&frame, &page, 24, 80);
    assert_string_equal(frame.row[21].text, " Paragraph 29");
    assert_string_equal(frame.row[22].text, " More above");
    page.title = "Another page";
    frame_layout(&frame, &page, 24, 80);
    assert_string_equal(frame.row[2].text, " Paragraph 0");
    page_release(&page);
    frame_release(&frame);
}

/* Scrolled away, the focus stays where it was, and comes back with the next key. */
static void test_scrolling_away_from_the_focus(void **state)
{
    struct frame frame = {0};
    struct page page;

    (void)state;
    page_init(&page);
    page_choice(&page, 1, false, false, "Yes", NULL);
    for (int i = 0; i < 30; i++)
        page_addf(&page, BLOCK_TEXT, "Paragraph %d", i);
    page_choice(&page, 2, false, false, "No", NULL);
    page_focus(&page, 1);
    frame_layout(&frame, &page, 24, 80);
    assert_int_equal(frame.cursor_row, 2);
    assert_true(frame_scroll(&frame, 1));
    frame_layout(&frame, &page, 24, 80);
    assert_int_equal(frame.top, 19);
    assert_int_equal(frame.cursor_row, 2);
    frame_layout(&frame, &page, 24, 80);
    assert_int_equal(frame.top, 0);
    page_focus(&page, 2);
    frame_layout(&frame, &page, 24, 80);
    assert_string_equal(frame.row[frame.cursor_row].text, " > ( ) No");
    page_release(&page);
    frame_release(&frame);
}

/* --- any page at any size -------------------------------------------------------------------
 */

static uint32_t seed = 20261122;

static uint32_t any(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

static const char *any_text(void)
{
    static const char *const texts[] = {
        "",
        "Short",
        "A sentence of some length, such as a question would have, or its hint.",
        "Averyveryverylongwordthatdoesnotfitanywhereandmustbecutsomewhereinthemiddleofitself",
        "\xe4\xb8\xad\xe6\x96\x87\xe4\xb8\xad\xe6\x96\x87\xe4\xb8\xad\xe6\x96\x87 wide",
        "e\xcc\x81\xcc\x82 marks \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xf0\x9f\x98\x80",
        "\033[2J\033]0;x\a\xc2\x9b\xe2\x80\xae hostile \xff\xfe",
        "two\nlines\n",
        "   blanks   in   it   ",
    };

    return texts[any(COUNT(texts))];
}

static void add_any_block(struct page *page, struct edit *edits, int id)
{
    struct column columns[COLUMN_MAX];
    size_t count = 1 + any(COLUMN_MAX);
    enum block_kind kind = (enum block_kind)any(BLOCK_PROGRESS + 1);
    struct block *block;

    for (size_t i = 0; i < count; i++)
        columns[i] = (struct column){any_text(), (int)any(4) * 9};
    if (kind == BLOCK_ROW)
        block = page_row(page, any(3) ? id : 0, columns, count);
    else if (kind == BLOCK_FIELD)
        block = page_field(page, id, any_text(), any(9) ? &edits[any(3)] : NULL);
    else if (kind == BLOCK_CHOICE)
        block = page_choice(page, id, any(2), any(2), any_text(), NULL);
    else
        block = page_add(page, kind, any_text());
    block->detail = any(3) ? NULL : any_text();
    block->id = kind == BLOCK_ACTION ? id : block->id;
    block->wraps = any(2);
    block->spaced = any(2);
}

static void any_page(struct page *page, struct edit *edits)
{
    int count = (int)any(40);

    page_clear(page);
    page->title = any_text();
    page->place = any_text();
    page->message = any(4) ? NULL : any_text();
    page->blank = any(20) == 0;
    page_footer(page, footer, any(COUNT(footer) + 1));
    for (int id = 1; id <= count; id++)
        add_any_block(page, edits, id);
    page_focus(page, (int)any(40));
}

/* Safe to send to a terminal, and no wider than the screen. */
static void check_row(const struct frame_row *row, int cols)
{
    size_t length = strlen(row->text), step;
    uint32_t code;

    assert_true(utf8_cells(row->text, length) <= cols);
    for (size_t at = 0; at < length; at += step) {
        step = utf8_decode(row->text + at, length - at, &code);
        assert_false(utf8_hidden(code));
    }
}

static void check_frame(const struct frame *frame, const struct page *page, bool scrolled)
{
    int row = frame->cursor_row;

    for (int i = 0; i < frame->rows; i++)
        check_row(&frame->row[i], frame->cols);
    assert_in_range(row, 0, frame->rows - 1);
    assert_in_range(frame->cursor_col, 0, frame->cols - 1);
    if (page->blank || page->focus >= page->count || scrolled || frame->cols < 4)
        return;
    /* The cursor is on what has the focus: its mark, or its text. */
    if (page->block[page->focus].kind != BLOCK_FIELD)
        assert_true(frame->row[row].text[frame->cursor_col] == '>');
    else
        assert_true(frame->row[row].look == LOOK_FIELD);
}

static struct press any_press(void)
{
    struct press press = {.kind = (enum press_kind)any(PRESS_OTHER + 1), .letter = 'a'};

    press.letter = (char)('a' + any(26));
    if (press.kind == PRESS_TEXT)
        strcpy(press.text, any(2) ? "x" : "\xe4\xb8\xad");
    return press;
}

/* What the app would do with a press, as far as pages go. True if it scrolled. */
static bool do_press(struct page *page, struct frame *frame, struct edit *edits)
{
    struct press press = any_press();
    enum act act = act_of(&press, page_reach(page));
    const struct block *focused = page->focus < page->count ? &page->block[page->focus] : NULL;

    for (int i = 0; i < 3 && focused && act; i++)
        if (focused->edit == &edits[i])
            edit_act(&edits[i], act, &press, layout_field_cells(frame->cols));
    if (act == ACT_UP || act == ACT_PREVIOUS)
        page_focus(page, page_step(page, -1));
    if (act == ACT_DOWN || act == ACT_NEXT)
        page_focus(page, page_step(page, 1));
    if (act == ACT_FIRST || act == ACT_LAST)
        page_focus(page, page_end(page, act == ACT_LAST ? 1 : -1));
    if (act == ACT_PAGE_DOWN || act == ACT_PAGE_UP)
        return frame_scroll(frame, act == ACT_PAGE_DOWN ? 1 : -1);
    return false;
}

static void test_random_pages(void **state)
{
    struct edit edits[3] = {[0].lines = true, [2].secret = true};
    struct frame frame = {0};
    struct page page;

    (void)state;
    page_init(&page);
    for (int round = 0; round < ROUNDS; round++) {
        int rows = 1 + (int)any(40), cols = 1 + (int)any(any(4) ? 130 : 12);
        bool scrolled = false;

        for (int i = 0; i < 3; i++)
            edit_set(&edits[i], any_text());
        any_page(&page, edits);
        for (int i = 0; i < PRESSES; i++) {
            frame_layout(&frame, &page, rows, cols);
            check_frame(&frame, &page, scrolled);
            scrolled = do_press(&page, &frame, edits);
            assert_true(page.focus == PAGE_NO_FOCUS ||
                        block_can_focus(&page.block[page.focus]));
        }
    }
    page_release(&page);
    frame_release(&frame);
    for (int i = 0; i < 3; i++)
        edit_release(&edits[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_question),
        cmocka_unit_test(test_fields_and_rows),
        cmocka_unit_test(test_hidden_page_shows_nothing),
        cmocka_unit_test(test_no_room_at_all),
        cmocka_unit_test(test_scrolling),
        cmocka_unit_test(test_scrolling_away_from_the_focus),
        cmocka_unit_test(test_random_pages),
    };

    return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
