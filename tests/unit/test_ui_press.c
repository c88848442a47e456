/* SPDX-License-Identifier: MIT */
/* What keys mean: one table, without two meanings for one key in one place. */
#include "tests/unit/unit.h"

#include <string.h>

#include "base/mem.h"
#include "ui/press.h"

#define IN_LINE REACH_TEXT
#define IN_LINES (REACH_TEXT | REACH_LINES)

static struct press text(const char *character)
{
    struct press press = {.kind = PRESS_TEXT};

    strcpy(press.text, character);
    return press;
}

static enum act kind_means(enum press_kind kind, unsigned reach)
{
    return act_of(&(struct press){.kind = kind}, reach);
}

static enum act text_means(const char *character, unsigned reach)
{
    struct press press = text(character);

    return act_of(&press, reach);
}

static enum act ctrl_means(char letter, unsigned reach)
{
    return act_of(&(struct press){.kind = PRESS_CTRL, .letter = letter}, reach);
}

static void test_enter_means_what_the_focus_is(void **state)
{
    (void)state;
    assert_int_equal(kind_means(PRESS_ENTER, REACH_LIST), ACT_CHOOSE);
    assert_int_equal(kind_means(PRESS_ENTER, IN_LINE), ACT_CONTINUE);
    assert_int_equal(kind_means(PRESS_ENTER, IN_LINES), ACT_NEW_LINE);
}

static void test_arrows_move_the_focus_or_the_caret(void **state)
{
    (void)state;
    assert_int_equal(kind_means(PRESS_UP, REACH_LIST), ACT_UP);
    assert_int_equal(kind_means(PRESS_UP, IN_LINE), ACT_UP);
    assert_int_equal(kind_means(PRESS_UP, IN_LINES), ACT_LINE_UP);
    assert_int_equal(kind_means(PRESS_HOME, REACH_LIST), ACT_FIRST);
    assert_int_equal(kind_means(PRESS_HOME, IN_LINE), ACT_LINE_START);
    assert_int_equal(kind_means(PRESS_WORD_LEFT, IN_LINES), ACT_WORD_LEFT);
    assert_int_equal(kind_means(PRESS_LEFT, REACH_LIST), ACT_NONE);
}

/* Both habits work in a list; in a text every letter is a letter. */
static void test_letters(void **state)
{
    static const char *const letters[] = {"j", "k", "q", "?", "o", "w",
                                          "c", "/", " ", "1", "G"};

    (void)state;
    assert_int_equal(text_means("j", REACH_LIST), ACT_DOWN);
    assert_int_equal(text_means("k", REACH_LIST), ACT_UP);
    assert_int_equal(text_means("G", REACH_LIST), ACT_LAST);
    assert_int_equal(text_means("g", REACH_LIST), ACT_FIRST);
    assert_int_equal(text_means(" ", REACH_LIST), ACT_TICK);
    assert_int_equal(text_means("?", REACH_LIST), ACT_HELP);
    assert_int_equal(text_means("\xc3\xa9", REACH_LIST), ACT_NONE);
    for (char digit = '0'; digit <= '9'; digit++)
        assert_int_equal(text_means((char[]){digit, '\0'}, REACH_LIST),
                         digit == '0' ? ACT_NONE : ACT_NUMBER);
    for (size_t i = 0; i < COUNT(letters); i++) {
        assert_int_equal(text_means(letters[i], IN_LINE), ACT_TYPE);
        assert_int_equal(text_means(letters[i], IN_LINES), ACT_TYPE);
    }
}

/* The ways out and the ways to hide are there wherever the focus is. */
static void test_some_keys_work_everywhere(void **state)
{
    static const unsigned reaches[] = {REACH_LIST, IN_LINE, IN_LINES};

    (void)state;
    for (size_t i = 0; i < COUNT(reaches); i++) {
        assert_int_equal(kind_means(PRESS_ESC, reaches[i]), ACT_BACK);
        assert_int_equal(kind_means(PRESS_TAB, reaches[i]), ACT_NEXT);
        assert_int_equal(kind_means(PRESS_BACKTAB, reaches[i]), ACT_PREVIOUS);
        assert_int_equal(kind_means(PRESS_PAGE_DOWN, reaches[i]), ACT_PAGE_DOWN);
        assert_int_equal(kind_means(PRESS_F1, reaches[i]),
                         reaches[i] == REACH_LIST ? ACT_HELP : ACT_HELP_TYPING);
        assert_int_equal(ctrl_means('x', reaches[i]), ACT_HIDE);
        assert_int_equal(ctrl_means('c', reaches[i]), ACT_INTERRUPT);
        assert_int_equal(ctrl_means('z', reaches[i]), ACT_SUSPEND);
        assert_int_equal(ctrl_means('l', reaches[i]), ACT_REPAINT);
        assert_int_equal(kind_means(PRESS_OTHER, reaches[i]), ACT_NONE);
    }
    assert_int_equal(ctrl_means('_', IN_LINE), ACT_UNDO);
    assert_int_equal(ctrl_means('y', IN_LINE), ACT_UNDO);
    assert_int_equal(ctrl_means('k', REACH_LIST), ACT_NONE);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(act_keys(ACT_UP), "Up");
    assert_string_equal(act_key(ACT_UP, 1), "k");
    assert_null(act_key(ACT_UP, 2));
    assert_string_equal(act_keys(ACT_TYPE), "");
    assert_null(act_key(ACT_TYPE, 0));
    assert_string_equal(act_name(ACT_BACK), "back");
    assert_string_equal(act_keys(ACT_COUNT), "");
    assert_null(act_key(ACT_NONE, 0));
}

/* No key has two meanings in one reach, and what the help lists, it explains. */
static void test_the_table_is_clear(void **state)
{
    const char *key, *other;

    (void)state;
    for (enum act a = ACT_NONE + 1; a < ACT_COUNT; a++) {
        assert_true(act_reach(a) != 0);
        for (size_t i = 0; (key = act_key(a, i)); i++) {
            assert_true(act_help(a)[0] != '\0');
            for (enum act b = a + 1; b < ACT_COUNT; b++)
                for (size_t j = 0; (other = act_key(b, j)); j++)
                    assert_false(act_reach(a) == act_reach(b) && strcmp(key, other) == 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_enter_means_what_the_focus_is),
        cmocka_unit_test(test_arrows_move_the_focus_or_the_caret),
        cmocka_unit_test(test_letters),
        cmocka_unit_test(test_some_keys_work_everywhere),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_the_table_is_clear),
    };

    return cmocka_run_group_tests_name("press", tests, NULL, NULL);
}
