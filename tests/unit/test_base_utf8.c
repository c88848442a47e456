/* SPDX-License-Identifier: MIT */
/* UTF-8: every code there and back, clusters, cells, text made safe, words folded. */
#include "tests/unit/unit.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

#define E_ACUTE "e\xCC\x81"     /* e and a combining acute */
#define ZHONG "\xE4\xB8\xAD"    /* two cells */
#define OVERRIDE "\xE2\x80\xAE" /* U+202E */
#define REPLACED "\xEF\xBF\xBD" /* U+FFFD */

static void test_every_code(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        uint32_t read;
        char bytes[4];
        size_t size;

        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        size = utf8_encode(code, bytes);
        assert_int_equal(utf8_decode(bytes, size, &read), size);
        assert_int_equal(read, code);
        assert_true(utf8_valid(bytes, size, NULL));
        assert_in_range(utf8_width(code), 0, 2);
    }
}

static void test_malformed_bytes(void **state)
{
    static const char *const wrong[] = {
        "\x80",
        "\xBF",
        "\xC0\xAF",
        "\xC1\xBF",
        "\xE0\x80\xAF",
        "\xE0\x9F\xBF",
        "\xED\xA0\x80",
        "\xF0\x80\x80\xAF",
        "\xF4\x90\x80\x80",
        "\xF8\x88\x80\x80\x80",
        "\xFE",
        "\xFF",
        "\xC3",
        "\xE2\x82",
        "\xF0\x9F\x98",
        "\xE2\x28\xA1",
    };
    uint32_t code;
    size_t at;

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        assert_int_equal(utf8_decode(wrong[i], strlen(wrong[i]), &code), 1);
        assert_int_equal(code, 0xFFFD);
        assert_false(utf8_valid(wrong[i], strlen(wrong[i]), NULL));
    }
    assert_false(utf8_valid("ab\xC3\xA9\xFFz", 6, &at));
    assert_int_equal(at, 4);
    assert_true(utf8_valid("ab\xC3\xA9", 4, &at));
    assert_true(utf8_valid("", 0, NULL));
    assert_true(utf8_valid("\xEF\xBF\xBD", 3, NULL));
}

static void test_cells(void **state)
{
    (void)state;
    assert_int_equal(utf8_width('a'), 1);
    assert_int_equal(utf8_width('\n'), 0);
    assert_int_equal(utf8_width(0x7F), 0);
    assert_int_equal(utf8_width(0x9B), 0);
    assert_int_equal(utf8_width(0xA0), 1);
    assert_int_equal(utf8_width(0xE9), 1);
    assert_int_equal(utf8_width(0x301), 0);
    assert_int_equal(utf8_width(0x200D), 0);
    assert_int_equal(utf8_width(0x4E2D), 2);
    assert_int_equal(utf8_width(0xAC00), 2);
    assert_int_equal(utf8_width(0x1F600), 2);
    assert_int_equal(utf8_width(0x2013), 1);
    assert_int_equal(utf8_width(0x20AC), 1);
    assert_int_equal(utf8_cells("caf" E_ACUTE " " ZHONG, strlen("caf" E_ACUTE " " ZHONG)), 7);
    assert_int_equal(utf8_cells("\xFF\xFF", 2), 2);
}

static void test_clusters(void **state)
{
    static const char text[] = "a" E_ACUTE ZHONG "\xCC\x81\xCC\x82\n\xCC\x81\xE2\x82z";
    static const size_t step[] = {1, 3, 7, 1, 2, 1, 1, 1};
    size_t length = strlen(text), at = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(step); i++) {
        assert_int_equal(utf8_next(text + at, length - at), step[i]);
        at += step[i];
        assert_int_equal(utf8_prev(text, text + at), step[i]);
    }
    assert_int_equal(at, length);
    assert_int_equal(utf8_next(text + at, 0), 0);
    assert_int_equal(utf8_prev(text, text), 0);
}

static void test_fit(void **state)
{
    static const char text[] = E_ACUTE ZHONG "b";

    (void)state;
    assert_int_equal(utf8_fit(text, strlen(text), 0), 0);
    assert_int_equal(utf8_fit(text, strlen(text), 1), 3);
    assert_int_equal(utf8_fit(text, strlen(text), 2), 3);
    assert_int_equal(utf8_fit(text, strlen(text), 3), 6);
    assert_int_equal(utf8_fit(text, strlen(text), 4), 7);
    assert_int_equal(utf8_fit(text, strlen(text), 80), 7);
}

typedef void transform(struct buf *out, const char *text, size_t length, bool keep_newlines);

static void expect(transform *f, const char *text, size_t length, bool keep, const char *wanted)
{
    struct buf out = {0};

    f(&out, text, length, keep);
    assert_string_equal(buf_text(&out), wanted);
    buf_release(&out);
}

#define EXPECT(f, text, keep, wanted) expect(f, text, sizeof(text) - 1, keep, wanted)

static void test_printable(void **state)
{
    (void)state;
    EXPECT(utf8_printable, "caf\xC3\xA9", false, "caf\xC3\xA9");
    EXPECT(utf8_printable, "a\033[2J\0b\x7F", false,
           "a\xE2\x90\x9B[2J\xE2\x90\x80"
           "b\xE2\x90\xA1");
    EXPECT(utf8_printable, "a\tb\nc\r\n", true, "a b\nc\xE2\x90\x8D\n");
    EXPECT(utf8_printable, "a\nb", false,
           "a\xE2\x90\x8A"
           "b");
    EXPECT(utf8_printable,
           "\xC2\x9B"
           "2J",
           false, "<9B>2J");
    EXPECT(utf8_printable,
           "\x9B"
           "2J",
           false, REPLACED "2J");
    EXPECT(utf8_printable, "gpj" OVERRIDE "exe", false, "gpj<U+202E>exe");
    EXPECT(utf8_printable, "\xEF\xBB\xBF\xE2\x80\x8B\xC2\xAD", false,
           "<U+FEFF><U+200B><U+00AD>");
    EXPECT(utf8_printable, "\xF3\xA0\x81\x81", false, "<U+E0041>");
    EXPECT(utf8_printable, E_ACUTE "\xE2\x80\x8D", false, E_ACUTE "\xE2\x80\x8D");
}

static void test_clean(void **state)
{
    (void)state;
    EXPECT(utf8_clean, "one\r\ntwo\rthree\nfour", true, "one\ntwo\nthree\nfour");
    EXPECT(utf8_clean, "one\r\n\r\ntwo", true, "one\n\ntwo");
    EXPECT(utf8_clean, "one\r\ntwo\tthree\n", false, "one two three ");
    EXPECT(utf8_clean, "one\xE2\x80\xA9two\xC2\x85three", true, "one\ntwo\nthree");
    EXPECT(utf8_clean, "a\033[200~b\0c" OVERRIDE "d\x7F\xC2\x9B", true, "a[200~bcd");
    EXPECT(utf8_clean, "a\xFF", true, "a" REPLACED);
}

static void fold(struct buf *out, const char *text, size_t length, bool keep_newlines)
{
    (void)keep_newlines;
    utf8_fold(out, text, length);
}

static void test_fold(void **state)
{
    (void)state;
    EXPECT(fold,
           "Zo\xC3\x8B O\xE2\x80\x99"
           "Brien",
           false, "zoe o'brien");
    EXPECT(fold, "Siobh\xC3\xA1n \xC5\x81ukasz \xC5\xA0\xC4\x8D", false, "siobhan lukasz sc");
    EXPECT(fold, "Nguy\xE1\xBB\x85n", false, "nguyen");
    EXPECT(fold, "Jos" E_ACUTE, false, "jose");
    EXPECT(fold,
           "\xC3\x86sa Stra\xC3\x9F"
           "e \xC3\x9Eor",
           false, "aesa strasse thor");
    EXPECT(fold, "\xC3\x97 \xC3\xB7", false, "\xC3\x97 \xC3\xB7");
    EXPECT(fold, "\xD0\x98\xD0\x92\xD0\x90\xD0\x9D \xD0\x81", false,
           "\xD0\xB8\xD0\xB2\xD0\xB0\xD0\xBD \xD1\x91");
    EXPECT(fold, "\xCE\x91\xCE\xA9", false, "\xCE\xB1\xCF\x89");
    EXPECT(fold, "Anne\xE2\x80\x93Marie", false, "anne-marie");
    EXPECT(fold,
           "\xE0\xA8\xB8"
           "9",
           false,
           "\xE0\xA8\xB8"
           "9");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_code), cmocka_unit_test(test_malformed_bytes),
        cmocka_unit_test(test_cells),      cmocka_unit_test(test_clusters),
        cmocka_unit_test(test_fit),        cmocka_unit_test(test_printable),
        cmocka_unit_test(test_clean),      cmocka_unit_test(test_fold),
    };

    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
