/* SPDX-License-Identifier: MIT */
/* Text under a caret: what each act does, and what holds whatever is done. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "ui/edit.h"

#define ACUTE "e\xcc\x81"   /* e and a combining accent */
#define WIDE "\xe4\xb8\xad" /* two cells */
#define ROUNDS 20000

static bool act(struct edit *edit, enum act what)
{
    static const struct press nothing = {.kind = PRESS_OTHER};

    return edit_act(edit, what, &nothing, 0);
}

static void type(struct edit *edit, const char *text)
{
    struct press press = {.kind = PRESS_TEXT};
    size_t step;

    for (size_t at = 0; text[at]; at += step) {
        uint32_t code;

        step = utf8_decode(text + at, strlen(text + at), &code);
        memset(press.text, 0, sizeof(press.text));
        memcpy(press.text, text + at, step);
        edit_act(edit, ACT_TYPE, &press, 0);
    }
}

/* The text with "|" where the caret is. */
static void check(const struct edit *edit, const char *expected)
{
    struct buf shown = {0};

    buf_add(&shown, edit_text(edit), edit->caret);
    buf_putc(&shown, '|');
    buf_puts(&shown, edit_text(edit) + edit->caret);
    assert_string_equal(buf_text(&shown), expected);
    buf_release(&shown);
}

static void test_typing_and_moving(void **state)
{
    struct edit edit = {0};

    (void)state;
    assert_string_equal(edit_text(&edit), "");
    assert_false(act(&edit, ACT_LEFT));
    assert_false(act(&edit, ACT_RUB_OUT));
    assert_false(act(&edit, ACT_DELETE));
    assert_false(act(&edit, ACT_CUT_TO_END));
    type(&edit, "ab" ACUTE WIDE);
    check(&edit, "ab" ACUTE WIDE "|");
    assert_true(act(&edit, ACT_LEFT));
    assert_true(act(&edit, ACT_LEFT));
    check(&edit, "ab|" ACUTE WIDE);
    assert_true(act(&edit, ACT_DELETE));
    check(&edit, "ab|" WIDE);
    assert_true(act(&edit, ACT_RUB_OUT));
    check(&edit, "a|" WIDE);
    assert_true(act(&edit, ACT_LINE_END));
    assert_false(act(&edit, ACT_RIGHT));
    assert_true(act(&edit, ACT_LINE_START));
    check(&edit, "|a" WIDE);
    edit_release(&edit);
}

/* A mark joins the character before it: the caret never comes between them. */
static void test_marks_join(void **state)
{
    struct edit edit = {0};

    (void)state;
    edit_set(&edit, "ex");
    act(&edit, ACT_LEFT);
    type(&edit, "\xcc\x81");
    check(&edit, ACUTE "|x");
    edit_set(&edit, "\xcc\x81x");
    act(&edit, ACT_LINE_START);
    type(&edit, "e");
    check(&edit, ACUTE "|x");
    edit_release(&edit);
}

static void test_words(void **state)
{
    struct edit edit = {0};

    (void)state;
    edit_set(&edit, "one two  three");
    act(&edit, ACT_WORD_LEFT);
    check(&edit, "one two  |three");
    act(&edit, ACT_WORD_LEFT);
    act(&edit, ACT_WORD_LEFT);
    check(&edit, "|one two  three");
    act(&edit, ACT_WORD_RIGHT);
    act(&edit, ACT_WORD_RIGHT);
    check(&edit, "one two  |three");
    act(&edit, ACT_RUB_OUT_WORD);
    check(&edit, "one |three");
    act(&edit, ACT_CUT_TO_START);
    check(&edit, "|three");
    act(&edit, ACT_CUT_TO_END);
    check(&edit, "|");
    edit_release(&edit);
}

static void test_lines(void **state)
{
    struct edit edit = {.lines = true};

    (void)state;
    edit_set(&edit, "first\nsecond one\nx");
    assert_true(act(&edit, ACT_LINE_UP));
    check(&edit, "first\ns|econd one\nx");
    act(&edit, ACT_LINE_END);
    check(&edit, "first\nsecond one|\nx");
    act(&edit, ACT_LINE_UP);
    check(&edit, "first|\nsecond one\nx");
    assert_false(act(&edit, ACT_LINE_UP));
    act(&edit, ACT_LINE_DOWN);
    act(&edit, ACT_LINE_DOWN);
    check(&edit, "first\nsecond one\nx|");
    assert_false(act(&edit, ACT_LINE_DOWN));
    act(&edit, ACT_NEW_LINE);
    check(&edit, "first\nsecond one\nx\n|");
    assert_true(act(&edit, ACT_LINE_UP));
    check(&edit, "first\nsecond one\n|x\n");
    act(&edit, ACT_CUT_TO_END);
    check(&edit, "first\nsecond one\n|\n");
    edit_release(&edit);
}

/* Up and down follow the lines that are shown, not those that were typed. */
static void test_wrapped_lines(void **state)
{
    static const struct press nothing = {.kind = PRESS_OTHER};
    struct edit edit = {.lines = true};

    (void)state;
    edit_set(&edit, "aaa bbb ccc ddd");
    assert_true(edit_act(&edit, ACT_LINE_UP, &nothing, 8));
    check(&edit, "aaa bbb| ccc ddd");
    assert_false(edit_act(&edit, ACT_LINE_UP, &nothing, 8));
    act(&edit, ACT_LINE_START);
    assert_true(edit_act(&edit, ACT_LINE_DOWN, &nothing, 8));
    check(&edit, "aaa bbb |ccc ddd");
    assert_false(edit_act(&edit, ACT_LINE_DOWN, &nothing, 8));
    edit_release(&edit);
}

static void test_one_line_stays_one(void **state)
{
    struct edit edit = {0};

    (void)state;
    assert_false(act(&edit, ACT_NEW_LINE));
    assert_true(edit_insert(&edit, "a\r\nb\tc\033[31m\x07", 13));
    check(&edit, "a b c[31m|");
    edit_release(&edit);
}

static void test_pasted_lines_stay(void **state)
{
    struct edit edit = {.lines = true};

    (void)state;
    assert_true(edit_insert(&edit, "a\r\nb\rc\xff", 7));
    check(&edit, "a\nb\nc\xef\xbf\xbd|");
    edit_release(&edit);
}

static void test_undo_takes_back_a_run(void **state)
{
    struct edit edit = {0};

    (void)state;
    assert_false(act(&edit, ACT_UNDO));
    type(&edit, "hello there");
    act(&edit, ACT_CUT_TO_START);
    check(&edit, "|");
    assert_true(act(&edit, ACT_UNDO));
    check(&edit, "hello there|");
    act(&edit, ACT_UNDO);
    check(&edit, "|");
    act(&edit, ACT_UNDO);
    type(&edit, "!!");
    act(&edit, ACT_UNDO);
    check(&edit, "hello there|");
    act(&edit, ACT_RUB_OUT);
    act(&edit, ACT_RUB_OUT);
    act(&edit, ACT_UNDO);
    check(&edit, "hello there|");
    edit_insert(&edit, " and all", 8);
    act(&edit, ACT_UNDO);
    check(&edit, "hello there|");
    edit_release(&edit);
}

static void test_takes_no_more_than_it_may(void **state)
{
    struct edit edit = {.max = 6};
    char *much = xcalloc(1, 30001);

    (void)state;
    assert_true(edit_insert(&edit, "abc", 3));
    assert_false(edit_insert(&edit, "d" WIDE "e", 5));
    check(&edit, "abcd|");
    assert_false(edit_insert(&edit, ACUTE, 3));
    type(&edit, "efg");
    check(&edit, "abcdef|");
    edit_release(&edit);
    memset(much, 'x', 30000);
    edit = (struct edit){0};
    assert_false(edit_insert(&edit, much, 30000));
    assert_int_equal(edit.text.length, 20000);
    edit_release(&edit);
    free(much);
}

/* A secret leaves no copy for undo and never moves to other memory. */
static void test_secrets_leave_no_copy(void **state)
{
    struct edit edit = {.secret = true, .max = 200};
    const char *where;

    (void)state;
    type(&edit, "p");
    where = edit.text.text;
    for (int i = 0; i < 150; i++)
        type(&edit, "q");
    assert_ptr_equal(edit.text.text, where);
    act(&edit, ACT_CUT_TO_START);
    assert_false(act(&edit, ACT_UNDO));
    assert_string_equal(edit_text(&edit), "");
    assert_null(edit.before.text);
    edit_release(&edit);
}

static void test_setting(void **state)
{
    struct edit edit = {0};

    (void)state;
    edit_set(&edit, "two\nlines");
    check(&edit, "two\nlines|");
    edit_set(&edit, edit_text(&edit) + 4);
    check(&edit, "lines|");
    edit_set(&edit, NULL);
    check(&edit, "|");
    assert_false(act(&edit, ACT_UNDO));
    edit_release(&edit);
}

static uint32_t seed = 20260930;

static uint32_t any(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

/* Whether the caret is at the start of a cluster, counted from the front. */
static bool caret_is_whole(const struct edit *edit)
{
    const char *text = edit_text(edit);
    size_t at = 0;

    while (at < edit->caret)
        at += utf8_next(text + at, edit->text.length - at);
    return at == edit->caret;
}

static void test_random_acts(void **state)
{
    static const char *const texts[] = {
        "a", " ", WIDE, "\xcc\x81", "\xf0\x9f\x98\x80", "\n", "\xff\xfe", "word ", "\r\n"};
    struct edit edit = {.lines = true, .max = 300};
    struct press press = {.kind = PRESS_TEXT};

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        const char *text = texts[any(COUNT(texts))];

        strcpy(press.text, text);
        if (any(3) == 0)
            edit_insert(&edit, text, strlen(text));
        else
            edit_act(&edit, (enum act)any(ACT_COUNT), &press, (int)any(12));
        assert_true(edit.caret <= edit.text.length);
        assert_true(edit.text.length <= 300);
        assert_true(utf8_valid(edit_text(&edit), edit.text.length, NULL));
        assert_true(caret_is_whole(&edit));
    }
    edit_release(&edit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typing_and_moving),
        cmocka_unit_test(test_marks_join),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_wrapped_lines),
        cmocka_unit_test(test_one_line_stays_one),
        cmocka_unit_test(test_pasted_lines_stay),
        cmocka_unit_test(test_undo_takes_back_a_run),
        cmocka_unit_test(test_takes_no_more_than_it_may),
        cmocka_unit_test(test_secrets_leave_no_copy),
        cmocka_unit_test(test_setting),
        cmocka_unit_test(test_random_acts),
    };

    return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
