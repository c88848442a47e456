/* SPDX-License-Identifier: MIT */
/* The library of packs: found by id, read once, its mistakes told. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "command/library.h"

#define PACK_MAX 1000000

static char dir[] = "/tmp/discern-library-XXXXXX";
static const char *const names[] = {"policy/small.ini", "policy/broken.ini",
                                    "policy/other.ini"};

static const char broken[] = "[pack]\nid = broken\nnonsense = 1\n";

static char *in_dir(const char *name)
{
    return path_join(dir, name);
}

static void put(const char *name, const char *text, size_t length)
{
    char *path = in_dir(name);
    struct error error;

    assert_int_equal(file_write(path, text, length, true, &error), STATUS_OK);
    free(path);
}

/* The pack of the policy tests: under its own name, under another, and cut short. */
static int begin(void **state)
{
    const char *source = getenv("srcdir");
    char *from = path_join(source ? source : ".", "tests/cases/small.ini");
    struct buf *text = xcalloc(1, sizeof(*text));
    struct error error;
    char *policy;

    if (!mkdtemp(dir) || file_read(from, PACK_MAX, text, &error) != STATUS_OK)
        return 1;
    policy = in_dir("policy");
    if (mkdir(policy, 0700) != 0)
        return 1;
    put(names[0], text->text, text->length);
    put(names[1], broken, strlen(broken));
    put(names[2], text->text, text->length);
    free(policy);
    free(from);
    *state = text;
    return 0;
}

static int end(void **state)
{
    struct buf *text = *state;
    char *path;

    for (size_t i = 0; i < COUNT(names); i++) {
        path = in_dir(names[i]);
        unlink(path);
        free(path);
    }
    path = in_dir("policy");
    rmdir(path);
    free(path);
    buf_release(text);
    free(text);
    return rmdir(dir);
}

static void test_a_pack_is_found_by_its_id_and_read_once(void **state)
{
    const struct buf *text = *state;
    struct library *library = library_new(dir);
    const struct volume *first, *second;
    struct error error;

    assert_int_equal(library_pack(library, "small", &first, &error), STATUS_OK);
    assert_string_equal(first->pack->id, "small");
    assert_int_equal(first->length, text->length);
    assert_memory_equal(first->text, text->text, text->length);
    assert_int_equal(library_pack(library, "small", &second, &error), STATUS_OK);
    assert_ptr_equal(first, second);
    library_free(library);
}

static void test_what_is_not_there_is_told_with_the_nearest(void **state)
{
    struct library *library = library_new(dir);
    const struct volume *volume = NULL;
    struct error error;

    (void)state;
    assert_int_equal(library_pack(library, "smal", &volume, &error), STATUS_NOT_FOUND);
    assert_non_null(strstr(error.remedy, "'small'"));
    assert_null(volume);
    library_free(library);
}

static void test_a_pack_with_a_mistake_hides_no_other(void **state)
{
    struct library *library = library_new(dir);
    const struct volume *volume;
    struct error error;
    size_t count;

    (void)state;
    assert_int_equal(library_packs(library, &volume, &count, &error), STATUS_OK);
    assert_int_equal(count, 3);
    assert_null(volume[0].pack);
    assert_int_equal(volume[0].error.status, STATUS_BAD_DATA);
    assert_true(volume[0].error.line > 0);
    assert_non_null(volume[2].pack);
    library_free(library);
}

static void test_a_file_must_be_called_as_its_pack(void **state)
{
    struct library *library = library_new(dir);
    const struct volume *volume;
    struct error error;

    (void)state;
    assert_int_equal(library_pack(library, "other", &volume, &error), STATUS_BAD_DATA);
    assert_non_null(strstr(error.what, "'small'"));
    library_free(library);
}

static void test_a_kept_pack_is_read_once(void **state)
{
    const struct buf *text = *state;
    struct library *library = library_new(dir);
    const struct volume *first, *second;
    struct error error;

    assert_int_equal(library_kept(library, text->text, text->length, &first, &error),
                     STATUS_OK);
    assert_int_equal(library_kept(library, text->text, text->length, &second, &error),
                     STATUS_OK);
    assert_ptr_equal(first, second);
    assert_int_equal(library_kept(library, "\0", 1, &second, &error), STATUS_BAD_DATA);
    library_free(library);
}

static void test_a_kept_pack_has_its_agreement(void **state)
{
    const struct buf *text = *state;
    const char *source = getenv("srcdir");
    char *path = path_join(source ? source : ".", "tests/cases/agreement.ini");
    struct library *library = library_new(dir);
    struct buf agreement = {0}, kept = {0};
    const struct volume *volume;
    struct error error;

    assert_int_equal(file_read(path, PACK_MAX, &agreement, &error), STATUS_OK);
    pack_kept_text(text->text, text->length, agreement.text, agreement.length, &kept);
    assert_int_equal(library_kept(library, kept.text, kept.length, &volume, &error), STATUS_OK);
    assert_string_equal(volume->pack->id, "small");
    assert_string_equal(volume->agreement->id, "made-up");
    assert_int_equal(library_kept(library, text->text, text->length, &volume, &error),
                     STATUS_OK);
    assert_null(volume->agreement);
    library_free(library);
    buf_release(&agreement);
    buf_release(&kept);
    free(path);
}

static void test_a_folder_that_is_not_there(void **state)
{
    struct library *library = library_new("/nowhere");
    const struct volume *volume;
    struct error error;

    (void)state;
    assert_int_equal(library_pack(library, "small", &volume, &error), STATUS_NOT_FOUND);
    assert_non_null(strstr(error.file, "/nowhere/policy"));
    library_free(library);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_pack_is_found_by_its_id_and_read_once),
        cmocka_unit_test(test_what_is_not_there_is_told_with_the_nearest),
        cmocka_unit_test(test_a_pack_with_a_mistake_hides_no_other),
        cmocka_unit_test(test_a_file_must_be_called_as_its_pack),
        cmocka_unit_test(test_a_kept_pack_is_read_once),
        cmocka_unit_test(test_a_kept_pack_has_its_agreement),
        cmocka_unit_test(test_a_folder_that_is_not_there),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
