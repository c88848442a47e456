/* SPDX-License-Identifier: MIT */
/* The record on paper, its justification, and the measures of a page. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "tests/unit/record_cases.h"

static const char *const later[] = {"21 November 2026: returned by Sue Pervisor"};
static const struct standing standing = {
    .sequence = 12,
    .link = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    .state = "Returned to its author",
    .later = later,
    .later_count = 1,
};

/* Every page has 60 lines of at most 80 cells and says what it is. Returns the pages. */
static int measure(const struct buf *text, const char *reference)
{
    int pages = 1, line = 0;
    const char *at = text->text;

    while (*at) {
        size_t length;

        if (*at == '\f') {
            assert_int_equal(line, 60);
            pages++;
            line = 0;
            at++;
        }
        length = strcspn(at, "\n");
        assert_int_equal(at[length], '\n');
        assert_in_range(utf8_cells(at, length), 0, 80);
        if (line == 0) {
            char number[32];

            snprintf(number, sizeof(number), "Page %d of ", pages);
            assert_non_null(memmem(at, length, number, strlen(number)));
            assert_non_null(memmem(at, length, reference, strlen(reference)));
        }
        for (size_t i = 0; i < length; i++)
            assert_in_range((unsigned char)at[i], 0x20, 0xFF);
        at += length + 1;
        line++;
    }
    assert_int_equal(line, 60);
    return pages;
}

static void measure_lines(const struct buf *shown, int cells)
{
    size_t length;

    for (const char *at = shown->text; *at; at += length + (at[length] != '\0')) {
        length = strcspn(at, "\n");
        if (utf8_cells(at, length) > cells)
            fail_msg("wider than %d: '%.*s'", cells, (int)length, at);
    }
}

static void print_case(const char *name, bool brief, const struct standing *around,
                       bool practice, const char *golden)
{
    struct made made;
    struct buf body, paper = {0};
    struct error error;

    made_init(&made, name);
    made.decision.practice = practice;
    body = made_record(&made);
    assert_int_equal(record_print(body.text, body.length, around, brief, &paper, &error),
                     STATUS_OK);
    if (brief)
        assert_int_equal(measure(&paper, made.decision.reference), 1);
    else
        assert_true(measure(&paper, made.decision.reference) > 1);
    assert_golden(golden, &paper);
    buf_release(&paper);
    buf_release(&body);
    made_release(&made);
}

static void test_golden_papers(void **state)
{
    (void)state;
    print_case("record-part.ini", true, &standing, false, "record-part-brief.txt");
    print_case("record-part.ini", false, &standing, true, "record-part-full.txt");
    print_case("record-refused.ini", true, &standing, false, "record-refused-brief.txt");
    print_case("record-urgent.ini", true, NULL, true, "record-urgent-brief.txt");
}

static void test_golden_justification(void **state)
{
    static const char *const cases[] = {"record-part.ini", "record-refused.ini",
                                        "record-urgent.ini"};
    struct buf all = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct made made;

        made_init(&made, cases[i]);
        buf_printf(&all, "== %s\n\n", cases[i]);
        record_justify(&made.decision, &made.walk, &all);
        buf_puts(&all, "\n\n");
        made_release(&made);
    }
    assert_golden("record-justification.txt", &all);
    buf_release(&all);
}

/* Long, wide and hostile text in every free field: still whole pages, nothing that drives a
 * terminal, and the summary still one page. */
static void test_long_and_hostile_text_stays_on_the_page(void **state)
{
    static const char piece[] =
        "\x1b]0;title\x07 \xE2\x80\xAEreversed e\xCC\x81\xCC\x81\xCC\x81 "
        "\xE5\xB1\xB1\xE7\x94\xB0"
        "averyveryverylongwordwithoutanyspacethatmustbebrokensomewhere"
        "becauseitislongerthanaline ";
    struct made made;
    struct buf body, paper = {0}, text = {0};
    struct error error;
    struct item *item;

    (void)state;
    made_init(&made, "record-part.ini");
    for (int i = 0; i < 60; i++)
        buf_puts(&text, piece);
    item = made.decision.answers.answer[pack_find_question(made.pack, "items")].item;
    for (int i = 0; i < 4; i++) {
        free(item[i].reason);
        item[i].reason = xstrdup(text.text);
    }
    made.decision.justification = xstrdup(text.text);
    made.decision.agreement[0] = '\x1b';
    body = made_record(&made);
    assert_int_equal(record_print(body.text, body.length, &standing, true, &paper, &error),
                     STATUS_OK);
    assert_int_equal(measure(&paper, made.decision.reference), 1);
    assert_non_null(strstr(paper.text, "0123 4567 89ab"));
    buf_clear(&paper);
    assert_int_equal(record_print(body.text, body.length, &standing, false, &paper, &error),
                     STATUS_OK);
    assert_true(measure(&paper, made.decision.reference) > 4);
    assert_null(strchr(paper.text, '\x1b'));
    assert_null(strstr(paper.text, "\xE2\x80\xAE"));
    buf_clear(&paper);
    assert_int_equal(record_unroll(body.text, body.length, &standing, 45, &paper, &error),
                     STATUS_OK);
    measure_lines(&paper, 45);
    assert_null(strchr(paper.text, '\x1b'));
    buf_release(&text);
    buf_release(&paper);
    buf_release(&body);
    made_release(&made);
}

/* The same words as on paper, without its pages: what stands at the head of each stands once.
 */
static void test_a_screen_has_its_own_width(void **state)
{
    static const char BANNER[] = "PRACTICE: made-up people, not a real decision.";
    struct made made;
    struct buf body, shown = {0};
    struct error error;

    (void)state;
    made_init(&made, "record-part.ini");
    made.decision.practice = true;
    body = made_record(&made);
    for (int cells = 40; cells <= 120; cells += 16) {
        buf_clear(&shown);
        assert_int_equal(record_unroll(body.text, body.length, NULL, cells, &shown, &error),
                         STATUS_OK);
        measure_lines(&shown, cells);
        assert_null(strchr(shown.text, '\f'));
        assert_null(strstr(shown.text, "Page 1"));
    }
    assert_non_null(strstr(shown.text, BANNER));
    assert_null(strstr(strstr(shown.text, BANNER) + 1, BANNER));
    assert_non_null(strstr(shown.text, "Discern advises"));
    buf_release(&shown);
    buf_release(&body);
    made_release(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden_papers),
        cmocka_unit_test(test_golden_justification),
        cmocka_unit_test(test_long_and_hostile_text_stays_on_the_page),
        cmocka_unit_test(test_a_screen_has_its_own_width),
    };

    return cmocka_run_group_tests_name("record_print", tests, NULL, NULL);
}
