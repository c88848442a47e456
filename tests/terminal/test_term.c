/* SPDX-License-Identifier: MIT */
/*
 * The terminal, seen from outside: a small program of one page (demo.c) in a pseudo-terminal.
 * What it must always do: put the cursor on what has the focus, and give the terminal back.
 */
#include "../unit/unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "vt.h"

#define ROUNDS 30

static struct vt *start_with(const char *const *arguments, const char *variable, int rows,
                             int cols)
{
    const char *environment[] = {variable, NULL};

    return vt_start(&(struct vt_options){arguments, environment, rows, cols});
}

static struct vt *start(const char *variable)
{
    static const char *const demo[] = {"tests/terminal/demo", NULL};

    return start_with(demo, variable, 24, 80);
}

static struct vt *start_shown(const char *variable)
{
    struct vt *vt = start(variable);

    assert_true(vt_wait_cursor(vt, "> ( ) Yes, and they agreed"));
    return vt;
}

/* Ends in good order, and the terminal is as it was found, with nothing of the page on it. */
static void check_gone(struct vt *vt)
{
    int status;

    assert_true(vt_wait_end(vt, &status));
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_true(vt_restored(vt));
    assert_non_null(strstr(vt_screen(vt), "Goodbye."));
    assert_null(strstr(vt_screen(vt), "they agreed"));
    vt_end(vt);
}

static void leave(struct vt *vt)
{
    vt_send(vt, VT_CTRL('c'));
    check_gone(vt);
}

static void test_opens_and_closes(void **state)
{
    struct vt *vt = start_shown("TERM=xterm-256color");

    (void)state;
    assert_true(vt_alternate(vt));
    assert_true(vt_pasting(vt));
    assert_true(vt_is_raw(vt));
    leave(vt);
}

struct step {
    const char *keys, *row;
    int col;
};

/* The cursor is in that column of a row of that text. */
static bool stands_at(struct vt *vt, const void *about)
{
    const struct step *step = about;
    const char *text;
    int row, col;

    vt_cursor(vt, &row, &col);
    text = vt_row(vt, row);
    return strcmp(text + strspn(text, " "), step->row) == 0 && col == step->col;
}

/* After each key the cursor is on the line of what has the focus, at its start; in a text it is
 * where the next letter goes. */
static void test_cursor_is_on_the_focus(void **state)
{
    static const struct step steps[] = {
        {VT_DOWN, "> ( ) Yes, and they refused", 1},
        {"j", "> ( ) No: asking would put someone at risk", 1},
        {" ", "> (*) No: asking would put someone at risk", 1},
        {"k", "> ( ) Yes, and they refused", 1},
        {"\t\t", "> ( ) No: there was no time", 1},
        {"\t", "", 3},
        {"a", "a", 4},
        {"\xc3\xa9", "a\xc3\xa9", 5},
        {"\xe4\xb8\xad", "a\xc3\xa9\xe4\xb8\xad", 7},
        {VT_LEFT, "a\xc3\xa9\xe4\xb8\xad", 5},
        {VT_HOME, "a\xc3\xa9\xe4\xb8\xad", 3},
        {"b", "ba\xc3\xa9\xe4\xb8\xad", 4},
        {VT_DOWN, "", 3},
        {"c\rd", "d", 4},
        {VT_UP, "c", 4},
        {VT_BACKTAB, "ba\xc3\xa9\xe4\xb8\xad", 4},
        {VT_UP, "> ( ) No: there was no time", 1},
    };
    struct vt *vt = start_shown("TERM=xterm-256color");

    (void)state;
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        vt_send(vt, steps[i].keys);
        assert_true(vt_wait(vt, stands_at, &steps[i]));
    }
    leave(vt);
}

static void test_every_terminal(void **state)
{
    static const char *const terms[] = {"TERM=linux", "TERM=vt100", "TERM=xterm",
                                        "TERM=screen-256color"};
    struct vt *vt;

    (void)state;
    for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++) {
        vt = start_shown(terms[i]);
        vt_send(vt, VT_DOWN);
        assert_true(vt_wait_cursor(vt, "> ( ) Yes, and they refused"));
        leave(vt);
    }
}

static void test_unknown_terminal_is_taken_for_an_xterm(void **state)
{
    struct vt *vt = start_shown("TERM=no-such-terminal");

    (void)state;
    assert_true(vt_wait_text(vt, "not known here"));
    leave(vt);
}

static void check_unsupported(struct vt *vt, const char *what)
{
    int status;

    assert_true(vt_wait_end(vt, &status));
    assert_int_equal(WEXITSTATUS(status), 9);
    assert_non_null(strstr(vt_screen(vt), what));
    assert_true(vt_restored(vt));
    vt_end(vt);
}

static void test_goes_plain_where_it_must(void **state)
{
    static const char *const no_input[] = {"sh", "-c", "tests/terminal/demo </dev/null", NULL};
    static const char *const no_output[] = {"sh", "-c", "tests/terminal/demo | cat; exit 9",
                                            NULL};

    (void)state;
    check_unsupported(start("TERM=dumb"), "cannot show full screens");
    check_unsupported(start_with(no_input, NULL, 24, 80), "There is no terminal");
    check_unsupported(start_with(no_output, NULL, 24, 80), "There is no terminal");
}

/* Whether anything was written in a colour: an attribute of 30 or above. */
static bool wrote_colour(struct vt *vt)
{
    size_t length;
    const char *at = vt_output(vt, &length);
    bool colour = false;
    char *end;

    while ((at = strstr(at, "\033["))) {
        bool high = false;

        for (at += 2;; at = end + 1) {
            high = strtol(at, &end, 10) >= 30 || high;
            if (*end != ';')
                break;
        }
        colour = colour || (high && *end == 'm');
    }
    return colour;
}

static void test_no_color_means_none(void **state)
{
    struct vt *vt = start_shown("NO_COLOR=1");

    (void)state;
    assert_false(wrote_colour(vt));
    leave(vt);
    vt = start_shown("NO_COLOR=");
    assert_true(wrote_colour(vt));
    leave(vt);
}

static void test_any_size(void **state)
{
    static const int sizes[][2] = {{1, 1}, {2, 3}, {5, 200}, {12, 40}, {60, 10}, {1, 80}};
    struct vt *vt = start_shown(NULL);

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        vt_resize(vt, sizes[i][0], sizes[i][1]);
        assert_true(vt_wait_cursor(vt, ">"));
        vt_resize(vt, 24, 80);
        assert_true(vt_wait_cursor(vt, "> ( ) Yes, and they agreed"));
        assert_true(vt_wait_text(vt, "Enter choose"));
    }
    leave(vt);
    vt = start_with((const char *const[]){"tests/terminal/demo", NULL}, NULL, 1, 1);
    assert_true(vt_wait_text(vt, ">"));
    vt_resize(vt, 24, 80);
    assert_true(vt_wait_cursor(vt, "> ( ) Yes, and they agreed"));
    leave(vt);
}

/* A line end in what is pasted must not choose, continue or leave. */
static void test_paste_does_not_submit(void **state)
{
    struct vt *vt = start_shown(NULL);

    (void)state;
    vt_paste(vt, "q\r\rlost\r");
    vt_send(vt, "\t\t\t\t");
    assert_true(vt_wait_at(vt, 14, 3));
    vt_paste(vt, "Ann\rLee\033[31m \x01");
    assert_true(vt_wait_cursor(vt, "Ann Lee[31m"));
    assert_non_null(strstr(vt_screen(vt), "Submitted 0"));
    vt_send(vt, "\r");
    assert_true(vt_wait_text(vt, "Submitted 1"));
    leave(vt);
}

static void test_long_paste_and_held_keys(void **state)
{
    struct vt *vt = start_shown(NULL);
    char text[9001];

    (void)state;
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    memcpy(text + sizeof(text) - 5, " end", 4);
    vt_send(vt, "\t\t\t\t\t");
    vt_paste(vt, text);
    assert_true(vt_wait_cursor(vt, " end"));
    for (int i = 0; i < 200; i++)
        vt_send(vt, VT_LEFT VT_RIGHT);
    vt_send(vt, "!");
    assert_true(vt_wait_cursor(vt, " end!"));
    leave(vt);
}

/* Bytes of one key that come apart are still one key; an Esc alone is Esc. */
static void test_keys_in_pieces(void **state)
{
    struct vt *vt = start_shown("ESCDELAY=1000");

    (void)state;
    vt_send(vt, "\033");
    vt_send(vt, "O");
    vt_send(vt, "B");
    assert_true(vt_wait_cursor(vt, "> ( ) Yes, and they refused"));
    vt_send(vt, "\033[99;99R");
    assert_true(vt_wait_text(vt, "That key does nothing here."));
    vt_send(vt, "\033");
    check_gone(vt);
}

static void test_repaints_what_was_spoilt(void **state)
{
    struct vt *vt = start_shown(NULL);
    size_t before, after;

    (void)state;
    vt_output(vt, &before);
    vt_send(vt, VT_CTRL('l'));
    vt_send(vt, VT_DOWN);
    assert_true(vt_wait_cursor(vt, "> ( ) Yes, and they refused"));
    vt_output(vt, &after);
    assert_true(after - before > 500);
    leave(vt);
}

static void test_stops_and_goes_on(void **state)
{
    static const char *const shell[] = {"sh", "-i", NULL};
    struct vt *vt = start_with(shell, "PS1=ready> ", 24, 80);

    (void)state;
    assert_true(vt_wait_text(vt, "ready>"));
    vt_send(vt, "tests/terminal/demo\r");
    assert_true(vt_wait_cursor(vt, "> ( ) Yes, and they agreed"));
    vt_send(vt, VT_DOWN);
    assert_true(vt_wait_cursor(vt, "> ( ) Yes, and they refused"));
    for (int i = 0; i < 2; i++) {
        vt_send(vt, VT_CTRL('z'));
        assert_true(vt_wait_gone(vt, "they refused"));
        /* not the prompt that stood there before: the one that reads what comes next */
        assert_true(vt_wait_cursor(vt, "ready>"));
        assert_false(vt_alternate(vt));
        assert_false(vt_pasting(vt));
        vt_send(vt, "fg\r");
        assert_true(vt_wait_cursor(vt, "> ( ) Yes, and they refused"));
        assert_true(vt_is_raw(vt));
    }
    vt_send(vt, VT_DOWN);
    assert_true(vt_wait_cursor(vt, "> ( ) No: asking"));
    vt_send(vt, "q");
    assert_true(vt_wait_text(vt, "Goodbye."));
    assert_false(vt_alternate(vt));
    vt_end(vt);
}

/* SIGSTOP cannot be seen coming: what the shell did meanwhile is put right afterwards. */
static void test_goes_on_after_a_stop(void **state)
{
    struct vt *vt = start_shown(NULL);

    (void)state;
    vt_signal(vt, SIGSTOP);
    vt_signal(vt, SIGCONT);
    vt_send(vt, VT_DOWN);
    assert_true(vt_wait_cursor(vt, "> ( ) Yes, and they refused"));
    leave(vt);
}

static void test_ends_when_told_to(void **state)
{
    static const int signals[] = {SIGTERM, SIGHUP, SIGINT};
    struct vt *vt;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        vt = start_shown(NULL);
        for (int j = 0; j < i; j++)
            vt_send(vt, j % 2 ? VT_UP : VT_DOWN);
        vt_signal(vt, signals[i % 3]);
        check_gone(vt);
    }
}

static void test_ends_when_hung_up(void **state)
{
    struct vt *vt = start_shown(NULL);
    int status;

    (void)state;
    vt_hang_up(vt);
    assert_true(vt_wait_end(vt, &status));
    assert_true(WIFEXITED(status));
    vt_end(vt);
}

static void check_crashed(struct vt *vt, int number)
{
    int status;

    assert_true(vt_wait_end(vt, &status));
    assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) != 0);
    if (WIFSIGNALED(status))
        assert_int_equal(WTERMSIG(status), number);
    assert_true(vt_restored(vt));
    assert_null(strstr(vt_screen(vt), "they agreed"));
    vt_end(vt);
}

static void test_a_crash_gives_the_terminal_back(void **state)
{
    struct vt *vt = start_shown(NULL);

    (void)state;
    vt_signal(vt, SIGABRT);
    check_crashed(vt, SIGABRT);
    vt = start_shown(NULL);
    vt_signal(vt, SIGSEGV);
    check_crashed(vt, SIGSEGV);
    vt = start_shown(NULL);
    vt_send(vt, VT_CTRL('x')); /* the demo calls die() */
    assert_true(vt_wait_text(vt, "Asked to die."));
    check_crashed(vt, SIGABRT);
}

static void test_notices_that_nothing_comes(void **state)
{
    static const char *const idle[] = {"tests/terminal/demo", "idle", "1", NULL};
    struct vt *vt = start_with(idle, NULL, 24, 80);

    (void)state;
    assert_true(vt_wait_text(vt, "Nothing came."));
    leave(vt);
}

/* One write a paint is worth little if it sends what is on the screen already. */
static void test_sends_what_differs_only(void **state)
{
    struct vt *vt = start_shown(NULL);
    size_t before, after;

    (void)state;
    vt_output(vt, &before);
    vt_send(vt, VT_DOWN);
    assert_true(vt_wait_cursor(vt, "> ( ) Yes, and they refused"));
    vt_output(vt, &after);
    assert_true(after - before < 120);
    vt_send(vt, "\t\t\t");
    assert_true(vt_wait_at(vt, 14, 3));
    vt_send(vt, "a");
    assert_true(vt_wait_cursor(vt, "a"));
    vt_output(vt, &before);
    vt_send(vt, "b");
    assert_true(vt_wait_cursor(vt, "ab"));
    vt_output(vt, &after);
    assert_in_range(after - before, 1, 16); /* the letter, and its look on and off */
    leave(vt);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opens_and_closes),
        cmocka_unit_test(test_cursor_is_on_the_focus),
        cmocka_unit_test(test_every_terminal),
        cmocka_unit_test(test_unknown_terminal_is_taken_for_an_xterm),
        cmocka_unit_test(test_goes_plain_where_it_must),
        cmocka_unit_test(test_no_color_means_none),
        cmocka_unit_test(test_any_size),
        cmocka_unit_test(test_paste_does_not_submit),
        cmocka_unit_test(test_long_paste_and_held_keys),
        cmocka_unit_test(test_keys_in_pieces),
        cmocka_unit_test(test_repaints_what_was_spoilt),
        cmocka_unit_test(test_stops_and_goes_on),
        cmocka_unit_test(test_goes_on_after_a_stop),
        cmocka_unit_test(test_ends_when_told_to),
        cmocka_unit_test(test_ends_when_hung_up),
        cmocka_unit_test(test_a_crash_gives_the_terminal_back),
        cmocka_unit_test(test_notices_that_nothing_comes),
        cmocka_unit_test(test_sends_what_differs_only),
    };

    return cmocka_run_group_tests_name("terminal", tests, NULL, NULL);
}
