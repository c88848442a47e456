/* SPDX-License-Identifier: MIT */
/* Keys out of bytes: what terminals send, whole, in pieces, and damaged. Curses reads them from
 * a pipe; no terminal is there. */
#include "tests/unit/unit.h"

#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "ui/term_keys.h"

#define ROUNDS 3000

static const struct {
    const char *bytes;
    enum press_kind kind;
} keys[] = {
    {"\r", PRESS_ENTER},
    {"\n", PRESS_ENTER},
    {"\t", PRESS_TAB},
    {"\b", PRESS_BACKSPACE},
    {"\x7f", PRESS_BACKSPACE},
    {"\033[A", PRESS_UP},
    {"\033OA", PRESS_UP},
    {"\033[B", PRESS_DOWN},
    {"\033OC", PRESS_RIGHT},
    {"\033[D", PRESS_LEFT},
    {"\033[H", PRESS_HOME},
    {"\033OF", PRESS_END},
    {"\033[1~", PRESS_HOME},
    {"\033[4~", PRESS_END},
    {"\033[7~", PRESS_HOME},
    {"\033[8~", PRESS_END},
    {"\033[3~", PRESS_DELETE},
    {"\033[5~", PRESS_PAGE_UP},
    {"\033[6~", PRESS_PAGE_DOWN},
    {"\033[Z", PRESS_BACKTAB},
    {"\033[11~", PRESS_F1},
    {"\033OP", PRESS_F1},
    {"\033[[A", PRESS_F1},
    {"\033[[B", PRESS_OTHER},
    {"\033[1;5D", PRESS_WORD_LEFT},
    {"\033[1;5C", PRESS_WORD_RIGHT},
    {"\033[1;3D", PRESS_WORD_LEFT},
    {"\033O5C", PRESS_WORD_RIGHT},
    {"\033Od", PRESS_WORD_LEFT},
    {"\033[1;2A", PRESS_UP},
    {"\033[1;2C", PRESS_RIGHT},
    {"\033[5;5~", PRESS_PAGE_UP},
    {"\033[c", PRESS_OTHER},
    {"\033[2~", PRESS_OTHER},
    {"\033[201~", PRESS_OTHER},
    {"\033[[C", PRESS_OTHER},
    {"\033[?1;2c", PRESS_OTHER},
    {"\033[<0;3;4M", PRESS_OTHER},
    {"\033[97;5u", PRESS_OTHER},
    {"\033OM", PRESS_ENTER},
    {"\x1c", PRESS_OTHER},
    {"\x80", PRESS_OTHER},
    {"\xc2\x9b", PRESS_OTHER},
    {"\xe2\x80\xae", PRESS_OTHER},
};

static struct {
    int line[2]; /* where keys come out, where they are put in */
    FILE *in, *out;
    SCREEN *screen;
} at;

static int setup(void **state)
{
    (void)state;
    setlocale(LC_CTYPE, "C.UTF-8");
    if (pipe(at.line) != 0)
        return 1;
    at.in = fdopen(at.line[0], "r");
    at.out = tmpfile();
    at.screen = newterm("xterm-256color", at.out, at.in);
    if (!at.screen)
        return 1;
    set_escdelay(1);
    keys_open();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    keys_close();
    endwin();
    delscreen(at.screen);
    fclose(at.in);
    fclose(at.out);
    close(at.line[1]);
    return 0;
}

static void type(const char *bytes, size_t length)
{
    assert_int_equal(write(at.line[1], bytes, length), length);
}

static enum keys_got take_any(struct press *press)
{
    const char *text;

    return keys_take(press, &text);
}

static void check_nothing_waits(void)
{
    struct press press;

    assert_int_equal(take_any(&press), KEYS_NONE);
}

static struct press take(void)
{
    struct press press = {0};

    assert_int_equal(take_any(&press), KEYS_PRESS);
    return press;
}

static void test_keys(void **state)
{
    (void)state;
    check_nothing_waits();
    for (size_t i = 0; i < COUNT(keys); i++) {
        type(keys[i].bytes, strlen(keys[i].bytes));
        assert_int_equal(take().kind, keys[i].kind);
        check_nothing_waits();
    }
}

/* The start of a key, if nothing follows, is one key all the same, and no letter of it is taken
 * for typing. */
static void test_pieces(void **state)
{
    struct press press;

    (void)state;
    for (size_t i = 0; i < COUNT(keys); i++) {
        for (size_t part = 1; part < strlen(keys[i].bytes); part++) {
            type(keys[i].bytes, part);
            press = take();
            assert_int_not_equal(press.kind, PRESS_TEXT);
            check_nothing_waits();
        }
    }
    type("\033", 1);
    assert_int_equal(take().kind, PRESS_ESC);
    type("\033q", 2);
    assert_int_equal(take().kind, PRESS_ESC);
    assert_int_equal(take().kind, PRESS_TEXT);
    type("\033\033[A", 4);
    assert_int_equal(take().kind, PRESS_ESC);
    assert_int_equal(take().kind, PRESS_UP);
}

static void check_text(const char *bytes, const char *text)
{
    struct press press;

    type(bytes, strlen(bytes));
    press = take();
    assert_int_equal(press.kind, PRESS_TEXT);
    assert_string_equal(press.text, text);
    check_nothing_waits();
}

static void test_characters(void **state)
{
    struct press press;

    (void)state;
    check_text("a", "a");
    check_text(" ", " ");
    check_text("\xc3\xa9", "\xc3\xa9");
    check_text("\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80");
    check_text("\033Op", "0");
    check_text("\033Oy", "9");
    check_text("\033On", ".");
    type("\xe4x", 2);
    assert_int_equal(take().kind, PRESS_OTHER);
    assert_int_equal(take().kind, PRESS_TEXT);
    type("\xe4"
         "\033[A",
         4);
    assert_int_equal(take().kind, PRESS_OTHER);
    assert_int_equal(take().kind, PRESS_UP);
    type("\x18\x1f", 2);
    press = take();
    assert_int_equal(press.kind, PRESS_CTRL);
    assert_int_equal(press.letter, 'x');
    assert_int_equal(take().letter, '_');
    type("", 1);
    assert_int_equal(take().kind, PRESS_OTHER);
}

/* A paste is whole, whatever it holds; what comes behind it is typed. */
static void test_paste(void **state)
{
    static const char bytes[] = "\033[200~q\r\xc3\xa9\033[A\033[31m\033[201~j";
    struct press press;
    const char *text;

    (void)state;
    type(bytes, strlen(bytes));
    assert_int_equal(keys_take(&press, &text), KEYS_PASTE);
    assert_string_equal(text, "q\r\xc3\xa9\033[31m");
    assert_string_equal(take().text, "j");
    check_nothing_waits();
}

/* What a terminal's own description says of a sequence comes first. */
static void test_described_keys(void **state)
{
    (void)state;
    keys_close();
    define_key("\033[A", KEY_DC);
    define_key("\033Ex", KEY_HOME);
    keys_open();
    type("\033[A\033Ex\033OB", 9);
    assert_int_equal(take().kind, PRESS_DELETE);
    assert_int_equal(take().kind, PRESS_HOME);
    assert_int_equal(take().kind, PRESS_DOWN);
    check_nothing_waits();
}

static uint32_t seed = 20261122;

static uint32_t any(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

/* Whatever comes, it is used up, and makes no text that is not safe. */
static void test_any_bytes(void **state)
{
    static const char likely[] = "\033\033\033[[O;12056~ABMmab\xe4\xb8\xad\xc3\xa9\x9b\r";
    struct press press;
    char bytes[48];
    uint32_t code;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        size_t length = 1 + any(sizeof(bytes)), taken = 0;

        for (size_t j = 0; j < length; j++)
            bytes[j] = any(4) ? likely[any(sizeof(likely))] : (char)any(256);
        type(bytes, length);
        while (take_any(&press) == KEYS_PRESS) {
            assert_true(++taken <= length + 1);
            if (press.kind != PRESS_TEXT)
                continue;
            assert_int_equal(utf8_decode(press.text, strlen(press.text), &code),
                             strlen(press.text));
            assert_false(utf8_hidden(code));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),       cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_characters), cmocka_unit_test(test_paste),
        cmocka_unit_test(test_any_bytes),  cmocka_unit_test(test_described_keys),
    };

    return cmocka_run_group_tests_name("keys", tests, setup, teardown);
}
