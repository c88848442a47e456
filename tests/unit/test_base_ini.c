/* SPDX-License-Identifier: MIT */
/* INI files: read as a person sees them, or refused with file, line and remedy. */
#include "tests/unit/unit.h"

#include <string.h>

#include "base/buf.h"
#include "base/ini.h"

static struct ini read_well(const char *text)
{
    struct error error = {0};
    struct ini ini = {0};

    if (ini_read("test.ini", text, strlen(text), &ini, &error) != STATUS_OK)
        fail_msg("line %d: %s", error.line, error.what);
    return ini;
}

static void test_order_lines_and_values(void **state)
{
    struct ini ini = read_well("; about this file\n"
                               "# and more\n"
                               "\n"
                               "[pack]\n"
                               "id = england-safeguarding\n"
                               "  title =   Sharing to keep safe  \n"
                               "empty =\n"
                               "[question consent]\n"
                               "option.child-protection = \"Yes; section 47 #1\"\n"
                               "help.2 = a = b == \"c\" it's fine\n"
                               "none = \"\"\n"
                               "accented = na\xC3\xAFve \xE2\x80\x94 caf\xC3\xA9");
    const struct ini_section *consent = ini_find_section(&ini, "question consent");

    (void)state;
    assert_int_equal(ini.section_count, 2);
    assert_int_equal(ini.key_count, 7);
    assert_string_equal(ini.file, "test.ini");
    assert_string_equal(ini.section[0].name, "pack");
    assert_int_equal(ini.section[0].line, 4);
    assert_int_equal(ini.section[0].count, 3);
    assert_int_equal(consent->line, 8);
    assert_int_equal(consent->first, 3);
    assert_int_equal(consent->count, 4);
    assert_int_equal(ini_find(&ini, consent, "help.2")->line, 10);
    assert_int_equal(ini_find(&ini, consent, "help.2")->section, 1);
    assert_string_equal(ini_value(&ini, &ini.section[0], "title", ""), "Sharing to keep safe");
    assert_string_equal(ini_value(&ini, &ini.section[0], "empty", "x"), "");
    assert_string_equal(ini_value(&ini, consent, "option.child-protection", ""),
                        "Yes; section 47 #1");
    assert_string_equal(ini_value(&ini, consent, "help.2", ""), "a = b == \"c\" it's fine");
    assert_string_equal(ini_value(&ini, consent, "none", "x"), "");
    assert_string_equal(ini_value(&ini, consent, "accented", ""),
                        "na\xC3\xAFve \xE2\x80\x94 caf\xC3\xA9");
    assert_null(ini_find(&ini, consent, "id"));
    assert_null(ini_find_section(&ini, "question"));
    assert_string_equal(ini_value(&ini, NULL, "id", "otherwise"), "otherwise");
    ini_release(&ini);
}

static void test_other_machines(void **state)
{
    struct ini ini = read_well("\xEF\xBB\xBF[a]\r\n\r\nkey = value\r\nlast = 1");

    (void)state;
    assert_int_equal(ini.key[0].line, 3);
    assert_string_equal(ini.key[0].value, "value");
    assert_string_equal(ini.key[1].value, "1");
    ini_release(&ini);
    ini = read_well("");
    assert_int_equal(ini.section_count, 0);
    ini_release(&ini);
    ini = read_well("[a]\n[b]\n\n");
    assert_int_equal(ini.section_count, 2);
    assert_int_equal(ini.key_count, 0);
    ini_release(&ini);
}

#define REFUSED(text, line, about)                                                             \
    {                                                                                          \
        text, sizeof(text) - 1, line, about                                                    \
    }

static const struct {
    const char *text;
    size_t length;
    int line;
    const char *about; /* part of the sentence */
} refused[] = {
    REFUSED("[a]\nk = 1\nk = 2\n", 3, "already, on line 2"),
    REFUSED("[a]\nk = 1\n[b]\n[a]\n", 4, "already, on line 1"),
    REFUSED("[a]\nk = do this; then that\n", 2, "holds ; or #"),
    REFUSED("[a]\nk = 1 # comment\n", 2, "holds ; or #"),
    REFUSED("[a]\nk = ; nothing\n", 2, "holds ; or #"),
    REFUSED("[a]\nk = said \"yes; no\" twice\n", 2, "holds ; or #"),
    REFUSED("[a]\nk = \"one \"two\" three\"\n", 2, "within its quotes"),
    REFUSED("[a]\nk = \"one\" and \"two\"\n", 2, "within its quotes"),
    REFUSED("[a]\nk = \"open\n", 2, "does not close"),
    REFUSED("[a]\nk = \"closed\" tail\n", 2, "does not close"),
    REFUSED("[a]\nk = \"\n", 2, "does not close"),
    REFUSED("[a]\nk = \" spaces \"\n", 2, "spaces just within"),
    REFUSED("[a]\nk = 'single'\n", 2, "single quote"),
    REFUSED("[a]\nk = 'tis so\n", 2, "single quote"),
    REFUSED("[a]\nk = one \\\ntwo\n", 2, "backslash"),
    REFUSED("; comment \\ \n[a]\n", 1, "backslash"),
    REFUSED("[a]\nKey = 1\n", 2, "capital letters"),
    REFUSED("[A]\n", 1, "capital letters"),
    REFUSED("[a]\nk_y = 1\n", 2, "holds '_'"),
    REFUSED("[a]\nk\xC3\xA9y = 1\n", 2, "holds '\xC3\xA9'"),
    REFUSED("[a]\nk y = 1\n", 2, "holds ' '"),
    REFUSED("[a]\n= 1\n", 2, "has no name"),
    REFUSED("[]\n", 1, "has no name"),
    REFUSED("[a  b]\n", 1, "holds ' '"),
    REFUSED("[ a]\n", 1, "holds ' '"),
    REFUSED("[a] ; comment\n", 1, "does not end with ]"),
    REFUSED("[\n", 1, "does not end with ]"),
    REFUSED("[a]]\n", 1, "holds ']'"),
    REFUSED("k = 1\n", 1, "before the first section"),
    REFUSED("[a]\nword\n", 2, "neither a section"),
    REFUSED("[a]\nx", 2, "neither a section"),
    REFUSED("[a]\nk = a\0b\n", 2, "U+0000"),
    REFUSED("[a]\nk = a\rb\n", 2, "U+000D"),
    REFUSED("[a]\nk = a\x1B[2Jb\n", 2, "U+001B"),
    REFUSED("[a]\nk = a\xE2\x80\xAE"
            "b\n",
            2, "U+202E"),
    REFUSED("[a]\n\xEF\xBB\xBFk = a\n", 2, "U+FEFF"),
    REFUSED("[a]\n; \xFF\n", 2, "not UTF-8"),
    REFUSED("[a]\nk = \xE2\x82\n", 2, "not UTF-8"),
};

static void test_refusals(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct error error = {0};
        struct ini ini = {.file = "untouched"};
        enum status status =
            ini_read("bad.ini", refused[i].text, refused[i].length, &ini, &error);

        if (status != STATUS_BAD_DATA || error.line != refused[i].line ||
            !strstr(error.what, refused[i].about))
            fail_msg("%s: status %d, line %d: %s", refused[i].text, status, error.line,
                     error.what);
        assert_string_equal(error.file, "bad.ini");
        assert_true(error.remedy[0] != '\0');
        assert_string_equal(ini.file, "untouched");
    }
}

static void test_long_lines(void **state)
{
    struct buf text = {0};
    struct error error;
    struct ini ini;

    (void)state;
    buf_puts(&text, "[a]\nk = ");
    buf_pad(&text, 'x', INI_LINE_MAX - 4);
    ini = read_well(buf_text(&text));
    assert_int_equal(strlen(ini.key[0].value), INI_LINE_MAX - 4);
    ini_release(&ini);
    buf_putc(&text, 'x');
    assert_int_equal(ini_read("long.ini", text.text, text.length, &ini, &error),
                     STATUS_BAD_DATA);
    assert_int_equal(error.line, 2);
    assert_non_null(strstr(error.what, "longer than 1000"));
    buf_release(&text);
}

/* Enough keys for the arrays to have grown more than once. */
static void test_many_keys(void **state)
{
    struct buf text = {0};
    struct ini ini;

    (void)state;
    for (int section = 0; section < 100; section++) {
        buf_printf(&text, "[question q%d]\n", section);
        for (int key = 0; key < 5; key++)
            buf_printf(&text, "key.%d = value %d of %d\n", key, key, section);
    }
    ini = read_well(buf_text(&text));
    assert_int_equal(ini.section_count, 100);
    assert_int_equal(ini.key_count, 500);
    assert_string_equal(ini_value(&ini, ini_find_section(&ini, "question q99"), "key.4", ""),
                        "value 4 of 99");
    ini_release(&ini);
    buf_clear(&text);
    for (int section = 0; section < 10001; section++)
        buf_printf(&text, "[s%d]\n", section);
    assert_int_equal(ini_read("many.ini", text.text, text.length, &ini, &(struct error){0}),
                     STATUS_BAD_DATA);
    buf_release(&text);
}

static void test_missing_file(void **state)
{
    struct error error = {0};
    struct ini ini;

    (void)state;
    assert_int_equal(ini_load("no-such-folder/no.ini", &ini, &error), STATUS_NOT_FOUND);
    assert_string_equal(error.file, "no-such-folder/no.ini");
    assert_int_equal(ini_load(".", &ini, &error), STATUS_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_lines_and_values),
        cmocka_unit_test(test_other_machines),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_many_keys),
        cmocka_unit_test(test_missing_file),
    };

    return cmocka_run_group_tests_name("ini", tests, NULL, NULL);
}
