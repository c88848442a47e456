/* SPDX-License-Identifier: MIT */
/*
 * The manual against the tables of the program. What a page says of commands, options, keys,
 * settings and exit codes stands between "[name]" and "[end]" and must be what the tables give;
 * UPDATE_GOLDEN=1 writes it anew.
 */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/ini.h"
#include "command/command.h"
#include "ui/press.h"

#define MANUAL_MAX 200000

static char *source_path(const char *name)
{
    const char *dir = getenv("srcdir");

    return path_join(dir ? dir : ".", name);
}

/* --- What the tables give ----------------------------------------------------------------- */

/* Text as a line of its own: without a dot or an apostrophe first, which would be a request. */
static void add_line(struct buf *out, const char *text)
{
    if (text[0] == '.' || text[0] == '\'')
        buf_puts(out, "\\&");
    for (; *text; text++)
        buf_puts(out, *text == '\\' ? "\\e" : (char[]){*text, '\0'});
    buf_putc(out, '\n');
}

static void add_option(struct buf *out, const struct option_spec *option)
{
    buf_printf(out, ".It Fl Fl %s", option->name + 2);
    if (option->value)
        buf_printf(out, " Ar %s", option->value);
    buf_putc(out, '\n');
    add_line(out, option->help);
}

static void add_options(struct buf *out, const struct option_spec *option)
{
    if (!option || !option->name)
        return;
    buf_puts(out, ".Bl -tag -width Ds -compact\n");
    for (; option->name; option++)
        add_option(out, option);
    buf_puts(out, ".El\n");
}

static void give_commands(struct buf *out)
{
    buf_puts(out, ".Bl -tag -width Ds\n");
    for (const struct command *command = COMMANDS; command->name; command++) {
        buf_printf(out, ".It Nm discern%s%s%s%s\n", command->name[0] ? " Cm " : "",
                   command->name, command->operands[0] ? " Ar " : "", command->operands);
        buf_printf(out, "%s.\n", command->summary);
        add_options(out, command->options);
    }
    buf_puts(out, ".El\n");
}

static void give_options(struct buf *out)
{
    add_options(out, COMMON_OPTIONS);
}

static void give_exit(struct buf *out)
{
    buf_puts(out, ".Bl -tag -width Ds -compact\n");
#define X(name, exit_code, sentence)                                                           \
    buf_printf(out, ".It %d\n", exit_code);                                                    \
    add_line(out, sentence ".");
    STATUS_TABLE(X)
#undef X
    buf_puts(out, ".El\n");
}

static void give_outcomes(struct buf *out)
{
    buf_puts(out, ".Bl -tag -width Ds -compact\n");
    for (int i = 0; i < OUTCOME_COUNT; i++)
        buf_printf(out, ".It Cm %s\n%s\n", outcome_id((enum outcome)i),
                   outcome_words((enum outcome)i));
    buf_puts(out, ".El\n");
}

static void give_reasons(struct buf *out)
{
    buf_puts(out, ".Bl -tag -width Ds -compact\n");
#define X(name, id, words)                                                                     \
    if (REVIEW_##name != REVIEW_NONE) {                                                        \
        buf_puts(out, ".It Cm " id "\n");                                                      \
        add_line(out, words);                                                                  \
    }
    REVIEW_REASON_TABLE(X)
#undef X
    buf_puts(out, ".El\n");
}

/* The keys of an act, which NULs separate in a text of `size` bytes: "Up, k". */
static void add_keys(struct buf *out, const char *keys, size_t size)
{
    buf_puts(out, ".It Ic \"");
    for (size_t i = 0; i + 1 < size; i++)
        buf_puts(out, keys[i] ? (char[]){keys[i], '\0'} : ", ");
    buf_puts(out, "\"\n");
}

static void give_keys(struct buf *out, unsigned wanted)
{
    buf_puts(out, ".Bl -tag -width \"Backspace, k\" -compact\n");
#define X(name, reach, keys, footer, help)                                                     \
    if ((reach) == (int)wanted && help[0] != '\0') {                                           \
        add_keys(out, keys, sizeof(keys));                                                     \
        add_line(out, help);                                                                   \
    }
    ACT_TABLE(X)
#undef X
    buf_puts(out, ".El\n");
}

static void give_keys_everywhere(struct buf *out)
{
    give_keys(out, REACH_EVERYWHERE);
}

static void give_keys_list(struct buf *out)
{
    give_keys(out, REACH_LIST);
}

static void give_keys_text(struct buf *out)
{
    give_keys(out, REACH_TEXT);
}

static void give_keys_lines(struct buf *out)
{
    give_keys(out, REACH_LINES);
}

struct row_of_settings {
    const char *section, *key, *value, *help;
};

static const struct row_of_settings settings_rows[] = {
#define X(name, section, key, kind, value, help) {section, key, value, help},
    SETTING_TABLE(X)
#undef X
};

static void give_settings(struct buf *out)
{
    const char *section = "";

    for (size_t i = 0; i < COUNT(settings_rows); i++) {
        const struct row_of_settings *row = &settings_rows[i];

        if (strcmp(section, row->section) != 0) {
            buf_printf(out, "%s.Ss [%s]\n.Bl -tag -width Ds -compact\n", i ? ".El\n" : "",
                       row->section);
            section = row->section;
        }
        buf_printf(out, ".It Cm %s\n", row->key);
        buf_printf(out, "%s.\n", row->help);
        if (row->value[0])
            buf_printf(out, "Default: %s.\n", row->value);
    }
    buf_puts(out, ".El\n");
}

static void give_settings_file(struct buf *out)
{
    const char *section = "";

    buf_puts(out,
             "; SPDX-License-Identifier: MIT\n"
             "; Settings of Discern with their defaults: see discern.ini(5). Copy this file "
             "to\n; /etc/discern.ini, or name your copy in DISCERN_CONFIG.\n");
    for (size_t i = 0; i < COUNT(settings_rows); i++) {
        const struct row_of_settings *row = &settings_rows[i];

        if (strcmp(section, row->section) != 0)
            buf_printf(out, "\n[%s]\n", row->section);
        section = row->section;
        buf_printf(out, "; %s\n%s =%s%s\n", row->help, row->key, row->value[0] ? " " : "",
                   row->value);
    }
}

/* --- The pages ---------------------------------------------------------------------------- */

static const struct part {
    const char *file, *name; /* a name of NULL is the whole file */
    void (*give)(struct buf *out);
} parts[] = {
    {"man/discern.1", "outcomes", give_outcomes},
    {"man/discern.1", "commands", give_commands},
    {"man/discern.1", "options", give_options},
    {"man/discern.1", "reasons", give_reasons},
    {"man/discern.1", "keys everywhere", give_keys_everywhere},
    {"man/discern.1", "keys list", give_keys_list},
    {"man/discern.1", "keys text", give_keys_text},
    {"man/discern.1", "keys lines", give_keys_lines},
    {"man/discern.1", "exit", give_exit},
    {"man/discern.ini.5", "settings", give_settings},
    {"data/discern.ini", NULL, give_settings_file},
};

/* The page with the part as the tables give it. */
static void renew(const struct part *part, const struct buf *page, struct buf *out)
{
    char *begin = xasprintf(".\\\" [%s]\n", part->name ? part->name : "");
    const char *text = buf_text(page), *from = strstr(text, begin), *to;

    if (!part->name) {
        part->give(out);
    } else {
        assert_non_null(from);
        to = strstr(from, ".\\\" [end]\n");
        assert_non_null(to);
        buf_add(out, text, (size_t)(from - text) + strlen(begin));
        part->give(out);
        buf_puts(out, to);
    }
    free(begin);
}

static void check_part(const struct part *part)
{
    char *path = source_path(part->file);
    struct buf page = {0}, renewed = {0};
    struct error error;

    if (part->name || !getenv("UPDATE_GOLDEN"))
        assert_int_equal(file_read(path, MANUAL_MAX, &page, &error), STATUS_OK);
    renew(part, &page, &renewed);
    if (getenv("UPDATE_GOLDEN"))
        assert_int_equal(file_write(path, buf_text(&renewed), renewed.length, true, &error),
                         STATUS_OK);
    else
        assert_string_equal(buf_text(&page), buf_text(&renewed));
    buf_release(&page);
    buf_release(&renewed);
    free(path);
}

static void test_the_manual_says_what_the_tables_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(parts); i++)
        check_part(&parts[i]);
}

static void test_every_command_and_option_is_explained(void **state)
{
    (void)state;
    for (const struct command *command = COMMANDS; command->name; command++) {
        assert_non_null(command->run);
        assert_true(strlen(command->summary) > 10);
        for (const struct option_spec *option = command->options; option && option->name;
             option++)
            assert_true(strncmp(option->name, "--", 2) == 0 && strlen(option->help) > 3);
    }
}

static void test_the_settings_file_is_read_as_the_defaults(void **state)
{
    char *path = source_path("data/discern.ini");
    struct settings settings;
    struct error error;

    (void)state;
    unsetenv("DISCERN_DATA");
    unsetenv("DISCERN_STORE");
    setenv("DISCERN_CONFIG", path, 1);
    assert_int_equal(settings_load(&settings, &error), STATUS_OK);
    for (size_t i = 0; i < COUNT(settings_rows); i++)
        assert_string_equal(setting(&settings, (enum setting)i), settings_rows[i].value);
    settings_release(&settings);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_manual_says_what_the_tables_say),
        cmocka_unit_test(test_every_command_and_option_is_explained),
        cmocka_unit_test(test_the_settings_file_is_read_as_the_defaults),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
