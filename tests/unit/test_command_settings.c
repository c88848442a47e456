/* SPDX-License-Identifier: MIT */
/* Settings: which file, which value is the stronger, and what is refused. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "command/settings.h"

static char path[] = "/tmp/discern-settings-XXXXXX";

static int begin(void **state)
{
    int fd = mkstemp(path);

    (void)state;
    if (fd >= 0)
        close(fd);
    return fd < 0;
}

static int end(void **state)
{
    (void)state;
    return unlink(path);
}

static int clear(void **state)
{
    (void)state;
    unsetenv("DISCERN_STORE");
    unsetenv("DISCERN_DATA");
    return setenv("DISCERN_CONFIG", path, 1);
}

static enum status load(const char *text, struct settings *settings, struct error *error)
{
    assert_int_equal(file_write(path, text, strlen(text), true, error), STATUS_OK);
    return settings_load(settings, error);
}

static void test_defaults_stand_where_the_file_is_silent(void **state)
{
    struct settings settings;
    struct error error;

    (void)state;
    assert_int_equal(load("[screen]\nplain = yes\n", &settings, &error), STATUS_OK);
    assert_true(setting_yes(&settings, SETTING_PLAIN));
    assert_true(setting_yes(&settings, SETTING_COLOUR));
    assert_false(setting_yes(&settings, SETTING_MOUSE));
    assert_int_equal(setting_number(&settings, SETTING_IDLE), 600);
    assert_int_equal(setting_number(&settings, SETTING_UPLOAD_CHASE), 7);
    assert_string_equal(setting(&settings, SETTING_PACK), "england-safeguarding");
    settings_release(&settings);
}

static void test_the_environment_is_stronger_than_the_file(void **state)
{
    const char *text = "[store]\ndir = /from/file\n[data]\ndir = /data/file\n";
    struct settings settings;
    struct error error;

    (void)state;
    setenv("DISCERN_STORE", "/from/environment", 1);
    setenv("DISCERN_DATA", "", 1);
    assert_int_equal(load(text, &settings, &error), STATUS_OK);
    assert_string_equal(settings_store_dir(&settings), "/from/environment");
    assert_string_equal(settings_data_dir(&settings), "/data/file");
    settings_set(&settings, SETTING_STORE, "/from/command");
    assert_string_equal(settings_store_dir(&settings), "/from/command");
    settings_release(&settings);
}

static void test_the_store_is_at_home_unless_it_is_said(void **state)
{
    struct settings settings;
    struct error error;

    (void)state;
    setenv("HOME", "/home/pat", 1);
    assert_int_equal(load("", &settings, &error), STATUS_OK);
    assert_string_equal(settings_store_dir(&settings), "/home/pat/.local/share/discern/store");
    assert_string_equal(settings_data_dir(&settings), DATA_DIR);
    settings_release(&settings);
}

static void test_presets_are_settings_of_the_organisation_that_are_set(void **state)
{
    struct settings settings;
    struct error error;

    (void)state;
    assert_int_equal(load("[organisation]\nbody = council\n", &settings, &error), STATUS_OK);
    assert_string_equal(settings_preset(&settings, "body"), "council");
    assert_null(settings_preset(&settings, "nation"));
    assert_null(settings_preset(&settings, "dir"));
    settings_release(&settings);
}

static void test_what_is_wrong_is_named_with_its_line(void **state)
{
    static const struct {
        const char *text, *what;
        int line;
    } wrong[] = {
        {"[screen]\ncolor = no\n", "colour", 2},
        {"[scren]\nplain = no\n", "screen", 1},
        {"[screen]\n\nmouse = maybe\n", "yes or no", 3},
        {"[screen]\nlock-after = 4\n", "5", 2},
        {"[screen]\nlock-after = 3601\n", "3600", 2},
        {"[screen]\nlock-after = 600s\n", "600s", 2},
        {"[upload]\nchase-after = 0\n", "365", 2},
        {"[store]\ndir = a\ndir = b\n", "", 3},
    };
    struct settings settings;
    struct error error;
    char line[1200];

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        assert_int_equal(load(wrong[i].text, &settings, &error), STATUS_BAD_DATA);
        error_line(&error, line, sizeof(line));
        assert_int_equal(error.line, wrong[i].line);
        assert_string_equal(error.file, path);
        assert_non_null(strstr(line, wrong[i].what));
    }
}

static void test_a_file_that_was_named_must_be_there(void **state)
{
    struct settings settings;
    struct error error;

    (void)state;
    setenv("DISCERN_CONFIG", "/nowhere/discern.ini", 1);
    assert_int_equal(settings_load(&settings, &error), STATUS_NOT_FOUND);
    assert_string_equal(error.file, "/nowhere/discern.ini");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_defaults_stand_where_the_file_is_silent, clear),
        cmocka_unit_test_setup(test_the_environment_is_stronger_than_the_file, clear),
        cmocka_unit_test_setup(test_the_store_is_at_home_unless_it_is_said, clear),
        cmocka_unit_test_setup(test_presets_are_settings_of_the_organisation_that_are_set,
                               clear),
        cmocka_unit_test_setup(test_what_is_wrong_is_named_with_its_line, clear),
        cmocka_unit_test_setup(test_a_file_that_was_named_must_be_there, clear),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
