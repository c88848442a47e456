/* SPDX-License-Identifier: MIT */
/* Lines fit, break between words, lose nothing but blanks, and always come to an end. */
#include "tests/unit/unit.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/wrap.h"

static const struct {
    const char *text;
    int indent, columns;
    const char *lines;
} CASES[] = {
    {"one two three", 0, 7, "one two\nthree\n"},
    {"one two three", 2, 7, "  one\n  two\n  three\n"},
    {"abcdefghij", 0, 4, "abcd\nefgh\nij\n"},
    {"a  b", 0, 1, "a\nb\n"},
    {"first\n\nsecond", 0, 20, "first\n\nsecond\n"},
    {"caf\xC3\xA9 noir", 0, 4, "caf\xC3\xA9\nnoir\n"},
    {"\xE4\xB8\xAD\xE6\x96\x87", 0, 1,
     "\xE4\xB8\xAD\n\xE6\x96\x87\n"}, /* too wide: still one a line */
    {"", 0, 10, ""},
};

static void breaks_between_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct buf out = {0};
        wrap_text(&out, CASES[i].text, CASES[i].indent, CASES[i].columns, true);
        assert_string_equal(buf_text(&out), CASES[i].lines);
        buf_release(&out);
    }
}

static void fits_every_width(void **state)
{
    (void)state;
    const char *text =
        "A long sentence, with words of several lengths and an e\xCC\x81 to split.";
    for (int columns = 1; columns < 90; columns++) {
        struct wrap wrap;
        struct wrapped line;
        size_t after = 0;
        wrap_init(&wrap, text, strlen(text), columns);
        while (wrap_next(&wrap, &line)) {
            assert_true(line.start == after && line.next > line.start);
            assert_true(utf8_cells(text + line.start, line.length) <= columns);
            for (size_t i = line.start + line.length; i < line.next; i++)
                assert_int_equal(text[i], ' ');
            after = line.next;
        }
        assert_int_equal(after, strlen(text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(breaks_between_words),
        cmocka_unit_test(fits_every_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
