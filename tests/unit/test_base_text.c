/* SPDX-License-Identifier: MIT */
/* Growable text, memory, secrets, suggestions and the sentences of failures. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/suggest.h"

static void test_buf_grows_and_is_cut(void **state)
{
    struct buf buf = {0};
    char *taken;

    (void)state;
    assert_string_equal(buf_text(&buf), "");
    buf_clear(&buf);
    buf_puts(&buf, "abc");
    buf_printf(&buf, "%d-%s", 42, "x");
    buf_pad(&buf, '.', 3);
    buf_putc(&buf, '!');
    assert_string_equal(buf_text(&buf), "abc42-x...!");
    buf_cut(&buf, 5);
    buf_cut(&buf, 50);
    assert_string_equal(buf_text(&buf), "abc42");
    buf_add(&buf, "\0b", 2);
    assert_int_equal(buf.length, 7);
    buf_clear(&buf);
    for (int i = 0; i < 1000; i++)
        buf_printf(&buf, "%03d", i);
    assert_int_equal(buf.length, 3000);
    assert_memory_equal(buf.text + 2997, "999", 4);
    taken = buf_take(&buf);
    assert_int_equal(buf.length, 0);
    assert_string_equal(buf_text(&buf), "");
    free(taken);
    taken = buf_take(&buf);
    assert_string_equal(taken, "");
    free(taken);
    buf_release(&buf);
}

static void test_arena_keeps_everything(void **state)
{
    struct arena arena = {0};
    const char *first = arena_strdup(&arena, "first");
    char *large = arena_alloc(&arena, 100000);
    const char *text[300];
    int *number = NULL;

    (void)state;
    assert_null(arena_strdup(&arena, NULL));
    assert_int_equal(large[0] | large[99999], 0);
    memset(large, 'x', 100000);
    for (int i = 0; i < 300; i++)
        text[i] = arena_printf(&arena, "text %d of %s", i, "many");
    for (int count = 0; count < 64; count = count ? count * 2 : 1) {
        number = arena_grow(&arena, number, (size_t)count, count ? (size_t)count * 2 : 1,
                            sizeof(*number));
        assert_int_equal((uintptr_t)number % _Alignof(max_align_t), 0);
        number[count] = count;
    }
    assert_int_equal(number[32], 32);
    assert_int_equal(number[4], 4);
    assert_int_equal(number[3], 0);
    assert_string_equal(first, "first");
    assert_string_equal(text[0], "text 0 of many");
    assert_string_equal(text[299], "text 299 of many");
    assert_string_equal(arena_strndup(&arena, "abcdef", 3), "abc");
    arena_release(&arena);
    assert_string_equal(arena_strdup(&arena, "again"), "again");
    arena_release(&arena);
}

static void test_copies(void **state)
{
    char *text = xasprintf("%s %d", "a", 1), *part = xstrndup("abcdef", 3);
    int *number = xcalloc(4, sizeof(*number));

    (void)state;
    assert_string_equal(text, "a 1");
    assert_string_equal(part, "abc");
    assert_null(xstrdup(NULL));
    assert_int_equal(number[3], 0);
    free(text);
    free(part);
    free(number);
}

static void test_failures_are_made_safe_and_whole(void **state)
{
    struct error error = {.line = 7, .file = "old"};
    char line[200], narrow[12];

    (void)state;
    assert_int_equal((fail)(&error, STATUS_IO, NULL, "No room for '%s'.", "a\033[2Jb"),
                     STATUS_IO);
    assert_string_equal(error.what, "No room for 'a\xE2\x90\x9B[2Jb'.");
    assert_string_equal(error.file, "");
    assert_int_equal(error.line, 0);
    fail_at(&error, STATUS_BAD_DATA, "p.ini", 3, "[a] b", "Mend it.", "It is %d.", 5);
    error_line(&error, line, sizeof(line));
    assert_string_equal(line, "p.ini:3: [a] b: It is 5. Mend it.");
    error_line(&error, narrow, sizeof(narrow));
    assert_string_equal(narrow, "p.ini:3: [a");
    /* A failure may be told again with its own words. */
    fail_at(&error, STATUS_FAILED, error.file, error.line, NULL, error.remedy, "Again: %s",
            error.what);
    error_line(&error, line, sizeof(line));
    assert_string_equal(line, "p.ini:3: Again: It is 5. Mend it.");
}

static void test_long_failures_are_cut_between_characters(void **state)
{
    struct error error;
    struct buf text = {0};

    (void)state;
    for (int i = 0; i < 300; i++)
        buf_puts(&text, "\xC3\xA9");
    (fail)(&error, STATUS_IO, NULL, "%s", buf_text(&text));
    assert_int_equal(strlen(error.what), sizeof(error.what) / 2 * 2 - 2);
    buf_release(&text);
}

static void test_statuses(void **state)
{
    (void)state;
    assert_int_equal(status_exit_code(STATUS_OK), 0);
    assert_int_equal(status_exit_code(STATUS_BAD_DATA), 3);
    assert_int_equal(status_exit_code((enum status)99), 1);
    assert_string_equal(status_sentence(STATUS_NOT_FOUND), "This was not found");
    for (int status = STATUS_OK; status <= STATUS_UNSUPPORTED; status++) {
        const char *sentence = status_sentence((enum status)status);

        assert_null(strcasestr(sentence, "sorry"));
        assert_null(strcasestr(sentence, "please"));
        assert_null(strcasestr(sentence, "valid"));
        assert_null(strcasestr(sentence, "forbidden"));
    }
}

static const char *suggested(const char *wrong)
{
    static const char *const known[] = {"purpose", "consent", "title", "text", "id"};
    struct suggest suggest = {.wrong = wrong};

    for (size_t i = 0; i < COUNT(known); i++)
        suggest_offer(&suggest, known[i]);
    return suggest.best ? suggest.best : "";
}

static void test_suggestions(void **state)
{
    struct suggest none = {.wrong = "zebra"}, near = {.wrong = "purpsoe"};
    char text[40];

    (void)state;
    assert_string_equal(suggested("purpsoe"), "purpose");
    assert_string_equal(suggested("consnet"), "consent");
    assert_string_equal(suggested("titel"), "title");
    assert_string_equal(suggested("txt"), "text");
    assert_string_equal(suggested("di"), "id");
    assert_string_equal(suggested("reason"), "");
    assert_string_equal(suggested("tent"), "text");
    suggest_offer(&near, "purpose");
    assert_string_equal(suggest_text(&near, "-", text, sizeof(text)),
                        "Did you mean 'purpose'?");
    assert_string_equal(suggest_text(&none, "See the manual.", text, sizeof(text)),
                        "See the manual.");
}

static void test_passphrases(void **state)
{
    struct passphrase *a, *b, *longer;
    char many[PASSPHRASE_MAX + 100];
    unsigned char one[16] = {0}, two[16] = {0};

    (void)state;
    secret_init();
    a = passphrase_new("correct horse", 13);
    b = passphrase_new("correct horse battery", 13);
    longer = passphrase_new("correct horse\0", 14);
    assert_true(passphrase_equal(a, b));
    assert_false(passphrase_equal(a, longer));
    secret_wipe(b, sizeof(*b));
    assert_int_equal(b->length, 0);
    assert_false(passphrase_equal(a, b));
    secret_free(longer);
    memset(many, 'x', sizeof(many));
    longer = passphrase_new(many, sizeof(many));
    assert_int_equal(longer->length, PASSPHRASE_MAX);
    assert_int_equal(longer->text[PASSPHRASE_MAX], '\0');
    secret_free(a);
    secret_free(b);
    secret_free(longer);
    secret_free(NULL);
    random_bytes(one, sizeof(one));
    random_bytes(two, sizeof(two));
    assert_memory_not_equal(one, two, sizeof(one));
}

static void test_strength_is_of_length_and_variety(void **state)
{
    static const struct {
        const char *text;
        enum strength strength;
    } cases[] = {
        {"", STRENGTH_WEAK},
        {"fjord wasp", STRENGTH_WEAK},
        {"aaaaaaaaaaaaaaaaaaaaaaaa", STRENGTH_WEAK},
        {"ababcbabacababcbab", STRENGTH_WEAK},
        {"12345678901234567890", STRENGTH_WEAK},
        {"abcdefghijklmnopqrstuvwxyz", STRENGTH_WEAK},
        {"password1234", STRENGTH_WEAK},
        {"\xc3\xa9\xc3\xa8\xc3\xaa\xc3\xab\xc3\xb4\xc3\xb6", STRENGTH_WEAK}, /* six */
        {"fjord wasp tin", STRENGTH_FAIR},
        {"fjord wasp tin lantern", STRENGTH_STRONG},
    };
    struct error error;

    (void)state;
    secret_init();
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct passphrase *one = passphrase_new(cases[i].text, strlen(cases[i].text));

        if (passphrase_strength(one) != cases[i].strength)
            fail_msg("'%s': %s", cases[i].text, strength_words(passphrase_strength(one)));
        assert_int_equal(passphrase_weigh(one, &error),
                         cases[i].strength == STRENGTH_WEAK ? STATUS_REFUSED : STATUS_OK);
        secret_free(one);
    }
}

/* A process of nobody's, which may lock no memory, says so. AddressSanitizer's own mlock does
 * nothing and says that it has. */
static void test_what_cannot_be_locked_is_told(void **state)
{
    const struct rlimit none = {0, 0};
    int result;
    pid_t child;

    (void)state;
    secret_init();
    secret_free(secret_new(1));
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if ((geteuid() == 0 && setresuid(65534, 65534, 65534) != 0) ||
            setrlimit(RLIMIT_MEMLOCK, &none) != 0)
            _exit(2);
        secret_free(secret_new(1));
        _exit(secret_exposed() ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
#ifndef __SANITIZE_ADDRESS__
    assert_int_equal(WEXITSTATUS(result), 0);
#endif
}

/* No core dump, and no other program of the same user may look into this one. */
static void test_nothing_is_dumped(void **state)
{
    struct rlimit limit;

    (void)state;
    secret_init();
    assert_int_equal(getrlimit(RLIMIT_CORE, &limit), 0);
    assert_int_equal(limit.rlim_cur, 0);
    assert_int_equal(limit.rlim_max, 0);
#ifndef __SANITIZE_ADDRESS__
    assert_int_equal(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buf_grows_and_is_cut),
        cmocka_unit_test(test_arena_keeps_everything),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_failures_are_made_safe_and_whole),
        cmocka_unit_test(test_long_failures_are_cut_between_characters),
        cmocka_unit_test(test_statuses),
        cmocka_unit_test(test_suggestions),
        cmocka_unit_test(test_passphrases),
        cmocka_unit_test(test_strength_is_of_length_and_variety),
        cmocka_unit_test(test_what_cannot_be_locked_is_told),
        cmocka_unit_test(test_nothing_is_dumped),
    };

    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
