/* SPDX-License-Identifier: MIT */
/* References: what the check character catches, tried on every case there is. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "record/reference.h"

static const char alphabet[] = "34679ACDEFGHJKMNPQRTWXY";

static void make(unsigned seed, char text[REFERENCE_SIZE])
{
    unsigned char random[REFERENCE_RANDOM];

    for (size_t i = 0; i < sizeof(random); i++)
        random[i] = (unsigned char)((seed * 2654435761u) >> (i * 3));
    reference_make(random, text);
}

static void test_every_wrong_character_is_caught(void **state)
{
    (void)state;
    for (unsigned seed = 0; seed < 200; seed++) {
        char text[REFERENCE_SIZE], wrong[REFERENCE_SIZE], read[REFERENCE_SIZE];

        make(seed, text);
        assert_true(reference_read(text, read));
        assert_string_equal(read, text);
        for (size_t at = 0; at < 9; at++) {
            for (const char *c = alphabet; *c; c++) {
                if (at == 4 || text[at] == *c)
                    continue;
                memcpy(wrong, text, sizeof(wrong));
                wrong[at] = *c;
                assert_false(reference_read(wrong, read));
            }
        }
    }
}

static void test_every_swap_is_caught(void **state)
{
    (void)state;
    for (unsigned seed = 0; seed < 2000; seed++) {
        char text[REFERENCE_SIZE], read[REFERENCE_SIZE];

        make(seed, text);
        for (size_t a = 0; a < 9; a++) {
            for (size_t b = a + 1; b < 9; b++) {
                char swapped[REFERENCE_SIZE];

                if (a == 4 || b == 4 || text[a] == text[b])
                    continue;
                memcpy(swapped, text, sizeof(swapped));
                swapped[a] = text[b];
                swapped[b] = text[a];
                assert_false(reference_read(swapped, read));
            }
        }
    }
}

static void test_what_people_type_is_read(void **state)
{
    char text[REFERENCE_SIZE], typed[40], read[REFERENCE_SIZE];

    (void)state;
    make(7, text);
    snprintf(typed, sizeof(typed), "  %.4s  %s ", text, text + 5);
    for (char *c = typed; *c; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    assert_true(reference_read(typed, read));
    assert_string_equal(read, text);
}

static void test_what_is_no_reference_is_refused(void **state)
{
    static const char *const wrong[] = {
        "",          "-",         "3333-333",  "3333-33333",
        "0OIL-5S2Z", "é333-3334", "3333_3333", "33333333333333333333333333333333333333333333",
    };
    char read[REFERENCE_SIZE] = "as it was";

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_false(reference_read(wrong[i], read));
    assert_string_equal(read, "as it was");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_wrong_character_is_caught),
        cmocka_unit_test(test_every_swap_is_caught),
        cmocka_unit_test(test_what_people_type_is_read),
        cmocka_unit_test(test_what_is_no_reference_is_refused),
    };

    return cmocka_run_group_tests_name("record_reference", tests, NULL, NULL);
}
