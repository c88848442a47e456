/* SPDX-License-Identifier: MIT */
/* A passphrase typed at a terminal: never shown, taken as typed, and the terminal given back.
 */
#include "unit.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/secret.h"
#include "command/command.h"

#define WORDS "na\xc3\xafve w\xc3\xb6rds by four"
#define OTHER 42 /* what the child exits with if it was given other words */
#define DEADLINE 10000

struct terminal {
    int fd;
    pid_t child;
    char seen[4096];
    size_t length;
};

/* The child asks at its terminal, as a command does, and exits with how that went. */
static void ask(bool twice)
{
    struct context context = {0};
    struct passphrase *passphrase, *expected = passphrase_new(WORDS, strlen(WORDS));
    struct error error;
    enum status status = context_passphrase(&context, "--passphrase-file", "Words: ", twice,
                                            &passphrase, &error);

    if (status == STATUS_OK && !passphrase_equal(passphrase, expected))
        _exit(OTHER);
    _exit(status_exit_code(status));
}

static void begin(struct terminal *terminal, bool twice)
{
    *terminal = (struct terminal){0};
    terminal->child = forkpty(&terminal->fd, NULL, NULL, NULL);
    assert_true(terminal->child >= 0);
    if (terminal->child == 0)
        ask(twice);
}

/* Reads until the terminal has shown the words. */
static void await(struct terminal *terminal, const char *words)
{
    struct pollfd wait = {terminal->fd, POLLIN, 0};

    while (!strstr(terminal->seen, words)) {
        ssize_t got;

        assert_int_equal(poll(&wait, 1, DEADLINE), 1);
        got = read(terminal->fd, terminal->seen + terminal->length,
                   sizeof(terminal->seen) - terminal->length - 1);
        assert_true(got > 0);
        terminal->length += (size_t)got;
    }
    terminal->length = 0;
    memset(terminal->seen, 0, sizeof(terminal->seen));
}

static void type(struct terminal *terminal, const char *keys)
{
    assert_int_equal(write(terminal->fd, keys, strlen(keys)), (ssize_t)strlen(keys));
}

/* What the child ended with, after which its terminal must echo lines again and have shown
 * nothing of what was typed. */
static int end(struct terminal *terminal)
{
    struct termios modes;
    int result;

    assert_int_equal(waitpid(terminal->child, &result, 0), terminal->child);
    assert_int_equal(tcgetattr(terminal->fd, &modes), 0);
    assert_true(modes.c_lflag & ECHO);
    assert_true(modes.c_lflag & ICANON);
    assert_true(modes.c_lflag & ISIG);
    if (terminal->length < sizeof(terminal->seen) - 1) {
        ssize_t got = read(terminal->fd, terminal->seen, sizeof(terminal->seen) - 1);

        terminal->seen[got > 0 ? got : 0] = '\0';
    }
    assert_null(strstr(terminal->seen, "na"));
    assert_null(strstr(terminal->seen, "rds"));
    close(terminal->fd);
    return WIFEXITED(result) ? WEXITSTATUS(result) : -1;
}

static void test_what_is_typed_twice_is_taken(void **state)
{
    struct terminal terminal;

    (void)state;
    begin(&terminal, true);
    await(&terminal, "Words: ");
    type(&terminal, WORDS "\r");
    await(&terminal, "The same again: ");
    type(&terminal, WORDS "\n");
    assert_int_equal(end(&terminal), 0);
}

static void test_backspace_takes_whole_characters(void **state)
{
    struct terminal terminal;

    (void)state;
    begin(&terminal, false);
    await(&terminal, "Words: ");
    type(&terminal, "wrong\x15na\xc3\xa9\x7f\xc3\xafve x\bw\xc3\xb6rds by four\r");
    assert_int_equal(end(&terminal), 0);
}

static void test_two_that_differ_are_refused(void **state)
{
    struct terminal terminal;

    (void)state;
    begin(&terminal, true);
    await(&terminal, "Words: ");
    type(&terminal, "one of four other words\r");
    await(&terminal, "Strength: strong.\r\nThe same again: ");
    type(&terminal, "two\r");
    assert_int_equal(end(&terminal), status_exit_code(STATUS_REFUSED));
}

static void test_a_weak_one_is_not_asked_for_again(void **state)
{
    struct terminal terminal;

    (void)state;
    begin(&terminal, true);
    await(&terminal, "Words: ");
    type(&terminal, "password1234\r");
    assert_int_equal(end(&terminal), status_exit_code(STATUS_REFUSED));
}

static void test_control_c_leaves_it_locked(void **state)
{
    struct terminal terminal;

    (void)state;
    begin(&terminal, false);
    await(&terminal, "Words: ");
    type(&terminal, "na\x03");
    assert_int_equal(end(&terminal), status_exit_code(STATUS_LOCKED));
}

static void test_a_signal_gives_the_terminal_back_first(void **state)
{
    struct terminal terminal;

    (void)state;
    begin(&terminal, false);
    await(&terminal, "Words: ");
    kill(terminal.child, SIGTERM);
    assert_int_equal(end(&terminal), -1);
}

static int ready(void **state)
{
    (void)state;
    secret_init();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_typed_twice_is_taken),
        cmocka_unit_test(test_backspace_takes_whole_characters),
        cmocka_unit_test(test_two_that_differ_are_refused),
        cmocka_unit_test(test_a_weak_one_is_not_asked_for_again),
        cmocka_unit_test(test_control_c_leaves_it_locked),
        cmocka_unit_test(test_a_signal_gives_the_terminal_back_first),
    };

    return cmocka_run_group_tests(tests, ready, NULL);
}
