/* SPDX-License-Identifier: MIT */
/* The words of the command line: what they become, and what is said of those that are wrong. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "command/arguments.h"

/* What the full screen was started with. */
static struct run_options started;
static int starts;

static enum status start(const struct run_options *options, struct error *error)
{
    (void)error;
    started = *options;
    starts++;
    return STATUS_OK;
}

/* Runs `discern WORDS` (blanks between them) and keeps what it printed. */
static int run_words(const char *words, char **ret_out, char **ret_err)
{
    char *copy = xasprintf("discern %s", words), *rest = copy, *argv[20];
    size_t out_size, err_size;
    FILE *out = open_memstream(ret_out, &out_size), *err = open_memstream(ret_err, &err_size);
    int argc = 0, code;

    while ((argv[argc] = strsep(&rest, " ")))
        argc++;
    code = command_main(argc, argv, out, err, start);
    fclose(out);
    fclose(err);
    free(copy);
    return code;
}

static void expect(const char *words, int code, const char *in_out, const char *in_err)
{
    char *out, *err;

    assert_int_equal(run_words(words, &out, &err), code);
    assert_non_null(strstr(out, in_out));
    assert_non_null(strstr(err, in_err));
    if (code == 0)
        assert_string_equal(err, "");
    free(out);
    free(err);
}

static void read_words(char **argv, struct context *context, struct error *error,
                       enum status status)
{
    int argc = 0;

    while (argv[argc])
        argc++;
    *context = (struct context){0};
    assert_int_equal(arguments_read(context, argc, argv, error), status);
}

#define WORDS(...) ((char *[]){(char[]){"discern"}, __VA_ARGS__, NULL})
#define W(text) ((char[]){text})

static void test_options_stand_before_and_after_the_command(void **state)
{
    struct context context;
    struct error error;

    (void)state;
    read_words(WORDS(W("--store"), W("/s"), W("log"), W("--json"), W("--search=a b"), W("--"),
                     W("--mine")),
               &context, &error, STATUS_OK);
    assert_string_equal(context.command->name, "log");
    assert_string_equal(context_option(&context, "--store", 0), "/s");
    assert_string_equal(context_option(&context, "--search", 0), "a b");
    assert_string_equal(context_option(&context, "--json", 0), "");
    assert_false(context_has(&context, "--mine"));
    assert_int_equal(context.operand_count, 1);
    assert_string_equal(context.operand[0], "--mine");
    arena_release(&context.arena);
}

static void test_commands_may_have_two_words(void **state)
{
    struct context context;
    struct error error;

    (void)state;
    read_words(WORDS(W("policy"), W("check"), W("a"), W("b")), &context, &error, STATUS_OK);
    assert_string_equal(context.command->name, "policy check");
    assert_int_equal(context.operand_count, 2);
    arena_release(&context.arena);
}

static void test_what_may_be_given_often_keeps_its_order(void **state)
{
    struct context context;
    struct error error;

    (void)state;
    read_words(WORDS(W("decide"), W("--answers"), W("1"), W("2"), W("--answers"), W("3")),
               &context, &error, STATUS_OK);
    assert_string_equal(context_option(&context, "--answers", 0), "1");
    assert_string_equal(context_option(&context, "--answers", 1), "3");
    assert_null(context_option(&context, "--answers", 2));
    assert_string_equal(context.operand[0], "2");
    arena_release(&context.arena);
}

static void test_what_was_not_understood_is_named(void **state)
{
    (void)state;
    expect("lgo", 2, "", "Did you mean 'log'?");
    expect("log --serach x", 2, "", "Did you mean '--search'?");
    expect("--plian", 2, "", "Did you mean '--plain'?");
    expect("policy", 2, "", "`discern policy check`");
    expect("policy chek", 2, "", "`discern policy check`");
    expect("log --search", 2, "", "--search WORDS");
    expect("log --json=yes", 2, "", "--json takes no value");
    expect("log --json --json", 2, "", "twice");
    expect("log extra", 2, "", "'extra' is one word too many");
    expect("show", 2, "", "discern show REF");
    expect("--replay f log", 2, "", "--replay");
    expect("log --limit 0", 2, "", "from 1");
    expect("log --limit 1x", 2, "", "whole number");
    expect("show ZZZZ-ZZZZ", 2, "", "ZZZZ-ZZZZ");
    expect("show a\x1b[31mb", 2, "", "\xe2\x90\x9b");
    expect("decide", 2, "", "--answers FILE");
}

static void expect_review(const char *words, int code, const char *in_err)
{
    const unsigned char random[REFERENCE_RANDOM] = {1, 2, 3, 4, 5, 6, 7};
    char reference[REFERENCE_SIZE], *line;

    reference_make(random, reference);
    line = xasprintf("review %s %s", reference, words);
    expect(line, code, "", in_err);
    free(line);
}

static void test_a_review_says_what_and_why(void **state)
{
    (void)state;
    expect_review("--message m", 2, "one of --agree");
    expect_review("--agree --return law", 2, "one of --agree");
    expect_review("--return lwa --message m", 2, "Did you mean 'law'?");
    expect_review("--return law", 4, "message");
}

static void test_help_is_for_everybody(void **state)
{
    (void)state;
    setenv("DISCERN_CONFIG", "/nowhere", 1);
    expect("--help", 0, "--plain", "");
    expect("help", 0, "policy check", "");
    expect("help policy check", 0, "discern policy check [PACK...]", "");
    expect("decide --help", 0, "--dry-run", "");
    expect("--version", 0, "Discern ", "");
    expect("help nothing", 2, "", "'nothing'");
    expect("help log log", 2, "", "'log'");
    setenv("DISCERN_CONFIG", "/dev/null", 1);
}

static void test_the_full_screen_is_started_as_asked(void **state)
{
    (void)state;
    starts = 0;
    expect("--plain", 0, "", "");
    assert_true(started.plain && !started.practice && !started.replay);
    expect("practice", 0, "", "");
    assert_true(!started.plain && started.practice);
    expect("--practice --data /d", 0, "", "");
    assert_true(started.practice);
    assert_int_equal(starts, 3);
}

static int begin(void **state)
{
    (void)state;
    secret_init();
    return setenv("DISCERN_CONFIG", "/dev/null", 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options_stand_before_and_after_the_command),
        cmocka_unit_test(test_commands_may_have_two_words),
        cmocka_unit_test(test_what_may_be_given_often_keeps_its_order),
        cmocka_unit_test(test_what_was_not_understood_is_named),
        cmocka_unit_test(test_a_review_says_what_and_why),
        cmocka_unit_test(test_help_is_for_everybody),
        cmocka_unit_test(test_the_full_screen_is_started_as_asked),
    };

    return cmocka_run_group_tests(tests, begin, NULL);
}
