/* SPDX-License-Identifier: MIT */
/* Keys out of bytes: what terminals send, whole, in pieces, and damaged. */
#include "tests/unit/unit.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "ui/term_keys.h"

#define ROUNDS 200000

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
    {"\033[?1;2c", PRESS_OTHER},
    {"\033[<0;3;4M", PRESS_OTHER},
    {"\033[97;5u", PRESS_OTHER},
    {"\033OM", PRESS_ENTER},
    {"\x1c", PRESS_OTHER},
    {"\x80", PRESS_OTHER},
    {"\xc2\x9b", PRESS_OTHER},
    {"\xe2\x80\xae", PRESS_OTHER},
};

static void test_keys(void **state)
{
    struct press press;
    bool paste;

    (void)state;
    for (size_t i = 0; i < COUNT(keys); i++) {
        size_t length = strlen(keys[i].bytes);

        assert_int_equal(keys_read(NULL, keys[i].bytes, length, false, &press, &paste), length);
        assert_int_equal(press.kind, keys[i].kind);
        assert_false(paste);
    }
    assert_int_equal(keys_read(NULL, "", 0, true, &press, &paste), 0);
}

/* The start of a key waits for its rest, unless nothing comes: then it is one key all the same,
 * and no letter of it is taken for typing. */
static void test_pieces(void **state)
{
    struct press press;
    bool paste;

    (void)state;
    for (size_t i = 0; i < COUNT(keys); i++) {
        for (size_t part = 1; part < strlen(keys[i].bytes); part++) {
            assert_int_equal(keys_read(NULL, keys[i].bytes, part, false, &press, &paste), 0);
            assert_int_equal(keys_read(NULL, keys[i].bytes, part, true, &press, &paste),
                             keys[i].bytes[0] == '\033' ? part : 1);
            assert_int_not_equal(press.kind, PRESS_TEXT);
        }
    }
    assert_int_equal(keys_read(NULL, "\033", 1, true, &press, &paste), 1);
    assert_int_equal(press.kind, PRESS_ESC);
    assert_int_equal(keys_read(NULL, "\033q", 2, false, &press, &paste), 1);
    assert_int_equal(press.kind, PRESS_ESC);
    assert_int_equal(keys_read(NULL, "\033\033[A", 4, false, &press, &paste), 1);
    assert_int_equal(press.kind, PRESS_ESC);
}

static void check_text(const char *bytes, const char *text, size_t used)
{
    struct press press;
    bool paste;

    assert_int_equal(keys_read(NULL, bytes, strlen(bytes), false, &press, &paste), used);
    assert_int_equal(press.kind, PRESS_TEXT);
    assert_string_equal(press.text, text);
}

static void test_characters(void **state)
{
    struct press press;
    bool paste;

    (void)state;
    check_text("ab", "a", 1);
    check_text(" ", " ", 1);
    check_text("\xc3\xa9x", "\xc3\xa9", 2);
    check_text("\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80", 4);
    check_text("\033Op", "0", 3);
    check_text("\033Oy", "9", 3);
    check_text("\033On", ".", 3);
    assert_int_equal(keys_read(NULL, "\xe4\xb8", 2, false, &press, &paste), 0);
    assert_int_equal(keys_read(NULL, "\xe4x", 2, false, &press, &paste), 1);
    assert_int_equal(press.kind, PRESS_OTHER);
    assert_int_equal(keys_read(NULL, "\x18", 1, false, &press, &paste), 1);
    assert_int_equal(press.kind, PRESS_CTRL);
    assert_int_equal(press.letter, 'x');
    assert_int_equal(keys_read(NULL, "\x1f", 1, false, &press, &paste), 1);
    assert_int_equal(press.letter, '_');
}

static void test_paste_is_announced(void **state)
{
    struct press press;
    bool paste;

    (void)state;
    assert_int_equal(keys_read(NULL, "\033[200~q", 7, false, &press, &paste), 6);
    assert_true(paste);
}

/* A terminal's own description comes first. */
static void test_described_keys(void **state)
{
    struct caps caps = {.key = {{"\033[A", PRESS_DELETE}, {"\033Ex", PRESS_HOME}},
                        .key_count = 2};
    struct press press;
    bool paste;

    (void)state;
    assert_int_equal(keys_read(&caps, "\033[A", 3, false, &press, &paste), 3);
    assert_int_equal(press.kind, PRESS_DELETE);
    assert_int_equal(keys_read(&caps, "\033E", 2, false, &press, &paste), 0);
    assert_int_equal(keys_read(&caps, "\033E", 2, true, &press, &paste), 1);
    assert_int_equal(press.kind, PRESS_ESC);
    assert_int_equal(keys_read(&caps, "\033Ex", 3, false, &press, &paste), 3);
    assert_int_equal(press.kind, PRESS_HOME);
    assert_int_equal(keys_read(&caps, "\033OB", 3, false, &press, &paste), 3);
    assert_int_equal(press.kind, PRESS_DOWN);
}

static uint32_t seed = 20261122;

static uint32_t any(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

/* Whatever comes, it is used up, no further than it goes, and makes no text that is not safe.
 */
static void test_any_bytes(void **state)
{
    static const char likely[] = "\033\033\033[[O;12056~ABMmab\xe4\xb8\xad\xc3\xa9\x9b\r";
    struct press press;
    char bytes[48];
    bool paste;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        size_t length = 1 + any(sizeof(bytes)), used;

        for (size_t j = 0; j < length; j++)
            bytes[j] = any(4) ? likely[any(sizeof(likely))] : (char)any(256);
        used = keys_read(NULL, bytes, length, false, &press, &paste);
        assert_true(used <= length);
        assert_true(used > 0 || length < sizeof(bytes));
        used = keys_read(NULL, bytes, length, true, &press, &paste);
        assert_in_range(used, 1, length);
        if (press.kind == PRESS_TEXT && !paste) {
            uint32_t code;

            assert_int_equal(utf8_decode(press.text, strlen(press.text), &code),
                             strlen(press.text));
            assert_false(utf8_hidden(code));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),           cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_characters),     cmocka_unit_test(test_paste_is_announced),
        cmocka_unit_test(test_described_keys), cmocka_unit_test(test_any_bytes),
    };

    return cmocka_run_group_tests_name("keys", tests, NULL, NULL);
}
