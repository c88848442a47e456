/* SPDX-License-Identifier: MIT */
/* The commands about agreements, and how the library finds, reads and joins them. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "command/command.h"

static char dir[] = "/tmp/discern-agreement-XXXXXX";

/* Files of the data folder, and where each comes from; NULL is one that cannot be read. */
static const struct {
    const char *name, *from;
} files[] = {
    {"policy/small.ini", "tests/cases/small.ini"},
    {"agreements/made-up.ini", "tests/cases/agreement.ini"},
    {"agreements/CLAUSES.ini", "tests/cases/agreement-clauses.ini"},
    {"agreements/TEMPLATE.ini", "data/agreements/TEMPLATE.ini"},
    {"agreements/other.ini", "tests/cases/agreement.ini"},
    {"agreements/wrong.ini", NULL},
};

static const char wrong[] = "[agreement]\nkind = agreement\nid = wrong\n";

static char *source_text(const char *name)
{
    const char *source = getenv("srcdir");
    char *path = path_join(source ? source : ".", name);
    struct buf text = {0};
    struct error error;

    assert_int_equal(file_read(path, 100000, &text, &error), STATUS_OK);
    free(path);
    return buf_take(&text);
}

static int begin(void **state)
{
    static const char *const folders[] = {"policy", "agreements"};

    (void)state;
    if (!mkdtemp(dir))
        return 1;
    for (size_t i = 0; i < COUNT(folders); i++) {
        char *path = path_join(dir, folders[i]);

        mkdir(path, 0700);
        free(path);
    }
    for (size_t i = 0; i < COUNT(files); i++) {
        char *path = path_join(dir, files[i].name);
        char *text = files[i].from ? source_text(files[i].from) : xstrdup(wrong);
        struct error error;

        assert_int_equal(file_write(path, text, strlen(text), true, &error), STATUS_OK);
        free(text);
        free(path);
    }
    return setenv("DISCERN_DATA", dir, 1);
}

static int end(void **state)
{
    static const char *const folders[] = {"policy", "agreements", ""};

    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        char *path = path_join(dir, files[i].name);

        unlink(path);
        free(path);
    }
    for (size_t i = 0; i < COUNT(folders); i++) {
        char *path = path_join(dir, folders[i]);

        rmdir(path);
        free(path);
    }
    return access(dir, F_OK) == 0;
}

static enum status no_screen(const struct run_options *options, struct error *error)
{
    (void)options;
    return (fail)(error, STATUS_FAILED, NULL, "There is no screen here.");
}

/* Runs `discern WORDS` and looks for what it should print; the lists end with NULL. */
static void expect(const char *words, int code, const char *const *in_out, const char *in_err)
{
    char *copy = xasprintf("discern %s", words), *rest = copy, *argv[20], *out, *err;
    size_t out_size, err_size;
    FILE *out_file = open_memstream(&out, &out_size);
    FILE *err_file = open_memstream(&err, &err_size);
    int argc = 0, got;

    while ((argv[argc] = strsep(&rest, " ")))
        argc++;
    got = command_main(argc, argv, out_file, err_file, no_screen);
    fclose(out_file);
    fclose(err_file);
    if (got != code || !strstr(err, in_err))
        fail_msg("`%s` gave %d:\n%s%s", words, got, out, err);
    for (; *in_out; in_out++) {
        if (!strstr(out, *in_out))
            fail_msg("`%s` did not print '%s':\n%s", words, *in_out, out);
    }
    free(out);
    free(err);
    free(copy);
}

#define OUT(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_list(void **state)
{
    (void)state;
    /* What cannot be read, or stands under another name, is told; the rest is listed. */
    expect("agreement list", 3,
           OUT("made-up\n  Title: The Made-up Sharing Agreement",
               "State: Review overdue since 30 June 2026",
               "Signatories: 1 of 3 parties; of 1 no day"),
           "wrong.ini");
    expect("agreement list --json", 3,
           OUT("\"signatories\":1", "\"state\":\"review-overdue\"", "\"parties\":3"),
           "wrong.ini");
}

static void test_show(void **state)
{
    (void)state;
    expect("agreement show made-up --pack small", 0,
           OUT("made-up: The Made-up Sharing Agreement", "Notice of withdrawal: 30 days",
               "Left: 1 June 2025", "Signed: no day is given", "Says: And on which basis.",
               "Today: Repealed\n    Now: The Made-up Act", "Within: 48 hours",
               "Minimum data: Time of the call", "Shown in a decision by: the question ‘told’",
               "question made-up-repeat: Is this one"),
           "");
    expect("agreement show mad-up", 6, OUT(""), "Did you mean 'made-up'?");
    expect("agreement show other", 3, OUT(""), "its file is called other.ini");
    expect("agreement show TEMPLATE", 6, OUT(""), "no agreement 'TEMPLATE'");
}

static void test_check(void **state)
{
    (void)state;
    expect("agreement check made-up --pack small", 0,
           OUT("made-up.ini:58: warning statute-outdated: [statute old-act]: ",
               "Errors: 0. Warnings: 6. Notes: 1."),
           "");
    expect("agreement check made-up --pack small --json", 0,
           OUT("\"rule\":\"party-unsigned\"", "\"severity\":\"note\"", "\"errors\":0"), "");
    expect(
        "agreement check wrong --pack small", 3,
        OUT("wrong.ini:1: error unreadable: [agreement]", "'title' is missing", "Errors: 1."),
        "found errors: 1");
    expect("agreement check --pack small", 3,
           OUT("CLAUSES.ini:16: error clause-lost: [made-up 4]: ", "other.ini",
               "Agreements checked: 3."),
           "found errors");
    expect("agreement check nowhere.ini --pack small", 6, OUT(""), "nowhere.ini");
    expect("agreement check made-up --pack smal", 6, OUT(""), "Did you mean 'small'?");
}

static void test_joined(void **state)
{
    struct library *library = library_new(dir);
    const struct volume *volume, *again, *kept, *alone;
    struct digest digest;
    struct error error;

    (void)state;
    assert_int_equal(library_joined(library, "small", "made-up", &volume, &error), STATUS_OK);
    assert_int_not_equal(pack_find_question(volume->pack, "made-up-repeat"), PACK_NONE);
    digest = digest_of(&(struct span){volume->text, volume->length}, 1);
    assert_memory_equal(&digest, &volume->pack->fingerprint, sizeof(digest));
    assert_int_equal(library_joined(library, "small", "made-up", &again, &error), STATUS_OK);
    assert_ptr_equal(again, volume);
    assert_int_equal(library_pack(library, "small", &alone, &error), STATUS_OK);
    assert_ptr_not_equal(alone->pack, volume->pack);
    assert_int_equal(library_joined(library, "small", "wrong", &again, &error),
                     STATUS_BAD_DATA);
    assert_int_equal(library_joined(library, "smal", "made-up", &again, &error),
                     STATUS_NOT_FOUND);
    library_free(library);
    /* Another run knows the joined pack from what a store kept of it. */
    library = library_new("/nowhere");
    char *pack = source_text("tests/cases/small.ini");
    char *agreement = source_text("tests/cases/agreement.ini");
    struct buf text = {0};

    pack_kept_text(pack, strlen(pack), agreement, strlen(agreement), &text);
    assert_int_equal(library_kept(library, buf_text(&text), text.length, &kept, &error),
                     STATUS_OK);
    assert_memory_equal(&digest, &kept->pack->fingerprint, sizeof(digest));
    assert_int_not_equal(pack_find_question(kept->pack, "made-up-repeat"), PACK_NONE);
    buf_release(&text);
    free(agreement);
    free(pack);
    library_free(library);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_show),
        cmocka_unit_test(test_check),
        cmocka_unit_test(test_joined),
    };

    secret_init();
    setenv("DISCERN_CONFIG", "/dev/null", 1);
    return cmocka_run_group_tests(tests, begin, end);
}
