/* SPDX-License-Identifier: MIT */
/* Whole files: written whole or not at all, read up to a limit, listed in order. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

static int make_folder(void **state)
{
    *state = xasprintf("test_base_file.%d.d", (int)getpid());
    return mkdir(*state, 0700);
}

static int remove_folder(void **state)
{
    struct error error;
    size_t count = 0;
    char **names;

    if (file_list(*state, "", &names, &count, &error) != STATUS_OK)
        return -1;
    for (size_t i = 0; i < count; i++) {
        char *path = path_join(*state, names[i]);

        unlink(path);
        free(path);
    }
    free(names);
    if (rmdir(*state) != 0)
        return -1;
    free(*state);
    return 0;
}

static void test_written_and_read(void **state)
{
    char *path = path_join(*state, "a.txt");
    struct buf text = {0};
    struct error error = {0};
    struct stat found;

    assert_int_equal(file_write(path, "one", 3, false, &error), STATUS_OK);
    assert_int_equal(stat(path, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0600);
    assert_int_equal(file_write(path, "two", 3, false, &error), STATUS_REFUSED);
    buf_puts(&text, "> ");
    assert_int_equal(file_read(path, 3, &text, &error), STATUS_OK);
    assert_string_equal(buf_text(&text), "> one");
    assert_int_equal(file_write(path, "", 0, true, &error), STATUS_OK);
    assert_int_equal(file_write(path, "three", 5, true, &error), STATUS_OK);
    assert_int_equal(file_read(path, 4, &text, &error), STATUS_BAD_DATA);
    assert_string_equal(buf_text(&text), "> one");
    assert_string_equal(error.file, path);
    buf_release(&text);
    free(path);
}

static void test_large_file(void **state)
{
    char *path = path_join(*state, "large");
    struct buf text = {0}, again = {0};
    struct error error;

    buf_pad(&text, 'x', 3 * 65536); /* a whole number of the chunks it is read in */
    buf_puts(&text, "end");
    assert_int_equal(file_write(path, text.text, text.length, true, &error), STATUS_OK);
    assert_int_equal(file_read(path, text.length, &again, &error), STATUS_OK);
    assert_int_equal(again.length, text.length);
    assert_string_equal(again.text, text.text);
    buf_clear(&again);
    assert_int_equal(file_read(path, text.length - 1, &again, &error), STATUS_BAD_DATA);
    assert_int_equal(again.length, 0);
    buf_release(&text);
    buf_release(&again);
    free(path);
}

static void test_failures_leave_nothing(void **state)
{
    char *inside = path_join(*state, "no/file"), *folder = path_join(*state, "folder");
    struct buf text = {0};
    struct error error;
    char **names = NULL;
    size_t count = 0;

    assert_int_equal(file_read(inside, 10, &text, &error), STATUS_NOT_FOUND);
    assert_int_equal(file_write(inside, "x", 1, true, &error), STATUS_NOT_FOUND);
    assert_int_equal(file_list(inside, "", &names, &count, &error), STATUS_NOT_FOUND);
    assert_null(names);
    assert_int_equal(file_read(*state, 10, &text, &error), STATUS_IO);
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(file_write(folder, "x", 1, true, &error), STATUS_IO);
    assert_int_equal(file_write(folder, "x", 1, false, &error), STATUS_REFUSED);
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(file_list(*state, "", &names, &count, &error), STATUS_OK);
    for (size_t i = 0; i < count; i++)
        assert_null(strstr(names[i], ".new-"));
    free(names);
    free(inside);
    free(folder);
    buf_release(&text);
}

static void test_listed_in_order(void **state)
{
    static const char *const made[] = {"c.ini", "a.ini", "b.ini", "b.txt", ".hidden.ini"};
    struct error error;
    char **names, *hidden;
    size_t count;

    for (size_t i = 0; i < COUNT(made); i++) {
        char *path = path_join(*state, made[i]);

        assert_int_equal(file_write(path, "", 0, true, &error), STATUS_OK);
        free(path);
    }
    assert_int_equal(file_list(*state, ".ini", &names, &count, &error), STATUS_OK);
    assert_int_equal(count, 3);
    assert_string_equal(names[0], "a.ini");
    assert_string_equal(names[1], "b.ini");
    assert_string_equal(names[2], "c.ini");
    free(names);
    assert_int_equal(file_list(*state, ".none", &names, &count, &error), STATUS_OK);
    assert_int_equal(count, 0);
    free(names);
    hidden = path_join(*state, ".hidden.ini");
    assert_int_equal(unlink(hidden), 0);
    free(hidden);
}

static void test_paths(void **state)
{
    char *plain = path_join("dir", "name"), *slash = path_join("/", "name");

    (void)state;
    assert_string_equal(plain, "dir/name");
    assert_string_equal(slash, "/name");
    free(plain);
    free(slash);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_written_and_read),
        cmocka_unit_test(test_large_file),
        cmocka_unit_test(test_failures_leave_nothing),
        cmocka_unit_test(test_listed_in_order),
        cmocka_unit_test(test_paths),
    };

    return cmocka_run_group_tests_name("file", tests, make_folder, remove_folder);
}
