/* SPDX-License-Identifier: MIT */
/*
 * The supervisor's desk in the built program: a real store of two people, a decision returned,
 * amended and agreed; a record written to a file; an answer file replayed; and the same review
 * played by one person in practice.
 */
#include "../unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "drive.h"

/* From the end of a long page up to the line that holds the words, and Enter. */
static void choose_last(struct vt *vt, const char *page, const char *words)
{
    assert_true(vt_wait_text(vt, page));
    vt_send(vt, "G");
    assert_true(vt_wait_cursor(vt, "> Go back"));
    for (int n = 0; n < 8; n++) {
        int row, col;
        char was[400];

        vt_cursor(vt, &row, &col);
        snprintf(was, sizeof(was), "%s", vt_row(vt, row));
        if (strstr(was, words))
            break;
        vt_send(vt, VT_BACKTAB);
        assert_true(vt_wait_at(vt, row - 1, 1));
    }
    assert_true(vt_wait_cursor(vt, words));
    vt_send(vt, "\r");
}

/* From the first thing of a page down to the line that holds the words, and Enter. */
static void choose_first(struct vt *vt, const char *first, const char *words)
{
    assert_true(vt_wait_text(vt, first));
    vt_send(vt, "g");
    assert_true(vt_wait_cursor(vt, first));
    focus(vt, words);
    vt_send(vt, "\r");
}

static void decide(struct vt *vt)
{
    choose(vt, "What do you want to do?", "Make a new decision");
    answer_some(vt);
    answer_rest(vt);
    sign(vt);
}

static void add_supervisor(const struct place_apart *apart)
{
    const char *program = getenv("DISCERN");
    char *file = xasprintf("%s/passphrase", apart->dir);
    char *command = xasprintf("%s %s %s %s user add sam --user ann --name 'Sam Example' "
                              "--team East --role supervisor --passphrase-file %s "
                              "--new-passphrase-file %s >/dev/null",
                              apart->store, apart->data, apart->settings,
                              program ? program : "./discern", file, file);

    write_file(file, PASSPHRASE "\n");
    assert_int_equal(chmod(file, 0600), 0);
    assert_int_equal(system(command), 0);
    free(command);
    free(file);
}

static struct vt *start_as(const struct place_apart *apart, const char *name)
{
    struct vt *vt = start(apart, NULL);

    assert_true(vt_wait_text(vt, "Unlock Discern"));
    focus(vt, name);
    vt_send(vt, "\r");
    assert_true(vt_wait_text(vt, "> Passphrase"));
    vt_send(vt, PASSPHRASE "\r");
    return vt;
}

static void return_it(struct vt *vt)
{
    choose(vt, "Review decisions (1 waiting)", "Review decisions");
    type(vt, "Decisions waiting for your review", "\r");
    choose_last(vt, "Waiting for review.", "See how it was decided");
    assert_true(vt_wait_text(vt, "It follows the recommendation."));
    choose_last(vt, "How it was decided", "Review this decision");
    choose(vt, "Your review of the decision", "I return it");
    assert_true(vt_wait_cursor(vt, "( ) More detail is needed"));
    vt_send(vt, "\r");
    type(vt, "> Message to its author", "Say what the school saw\t\r");
    assert_true(vt_wait_text(vt, "Your review is signed and in the log."));
    assert_true(vt_wait_text(vt, "There is nothing here."));
}

static void amend_it(struct vt *vt)
{
    assert_true(vt_wait_cursor(vt, "> Returned to you: 1 decision"));
    vt_send(vt, "\r");
    type(vt, "Decisions returned to you", "\r");
    assert_true(vt_wait_text(vt, "More detail is needed."));
    assert_true(vt_wait_text(vt, "They say:"));
    choose_last(vt, "Returned to its author.", "Amend it");
    type(vt, "Why do you amend", "It says now what the school saw\t\r");
    sign(vt);
}

static void agree_to_it(struct vt *vt)
{
    choose(vt, "Review decisions (1 waiting)", "Review decisions");
    type(vt, "Decisions waiting for your review", "\r");
    choose_last(vt, "Waiting for review.", "Review this decision");
    choose(vt, "Your review of the decision", "I agree");
    assert_true(vt_wait_text(vt, "you say that you read the record"));
    assert_true(vt_wait_cursor(vt, "Sign this review"));
    vt_send(vt, "\r");
    assert_true(vt_wait_text(vt, "Your review is signed and in the log."));
}

static void returns_amends_and_agrees(void **state)
{
    struct place_apart *apart = *state;
    struct vt *vt = start(apart, NULL);

    set_up_store(vt);
    decide(vt);
    vt_send(vt, "q");
    check_end(vt);
    add_supervisor(apart);

    vt = start_as(apart, "sam");
    return_it(vt);
    vt_send(vt, "q");
    check_end(vt);

    vt = start_as(apart, "ann");
    amend_it(vt);
    vt_send(vt, "q");
    check_end(vt);

    vt = start_as(apart, "sam");
    agree_to_it(vt);
    vt_send(vt, VT_ESC);
    choose_first(vt, "Make a new decision", "Read the log");
    assert_true(vt_wait_text(vt, "Agreed"));
    vt_send(vt, "/");
    type(vt, "Names, references, recipients", "sch");
    assert_true(vt_wait_text(vt, "1 decision in all."));
    vt_send(vt, "q");
    assert_true(vt_wait_text(vt, "Nothing has these words."));
    vt_send(vt, VT_CTRL('c'));
    check_end(vt);
}

static void plays_both_sides_in_practice(void **state)
{
    struct vt *vt = start(*state, "--practice");

    decide(vt);
    choose(vt, "The record is in the log.", "Go to the start page");
    choose(vt, "What do you want to do?", "who reviews");
    return_it(vt);
    vt_send(vt, VT_ESC);
    choose_first(vt, "Make a new decision", "who decides");
    amend_it(vt);
    choose(vt, "The record is in the log.", "Go to the start page");
    choose(vt, "What do you want to do?", "who reviews");
    agree_to_it(vt);
    vt_send(vt, "q");
    check_end(vt);
}

static void writes_a_record_to_a_file_once(void **state)
{
    struct place_apart *apart = *state;
    char *path = xasprintf("%s/record.txt", apart->dir);
    struct vt *vt = start(apart, NULL);
    struct buf text = {0};
    struct error error;

    set_up_store(vt);
    decide(vt);
    for (int n = 0; n < 2; n++) {
        choose(vt, "The record is in the log.", "Write it to a file");
        type(vt, "Where should the record be written?", VT_CTRL('u'));
        assert_true(vt_wait_gone(vt, "discern-"));
        vt_send(vt, path);
        vt_send(vt, "\r");
        assert_true(vt_wait_text(vt, n == 0 ? "Written to" : "Error: "));
    }
    assert_true(vt_wait_text(vt, "There is a file of this name already."));
    assert_true(vt_wait_cursor(vt, "record.txt"));
    assert_int_equal(file_read(path, 1u << 20, &text, &error), STATUS_OK);
    assert_non_null(strstr(buf_text(&text), "Amy Example"));
    vt_send(vt, VT_CTRL('c'));
    check_end(vt);
    buf_release(&text);
    free(path);
}

static void replays_an_answer_file(void **state)
{
    struct place_apart *apart = *state;
    char *path = xasprintf("%s/answers.ini", apart->dir);
    char *option = xasprintf("--replay=%s", path);
    struct vt *vt;

    write_file(path, "[decision]\npack = record\ndate = 2026-11-20\n\n"
                     "[answers]\nemergency = no\n");
    vt = start(apart, option);
    assert_true(vt_wait_text(vt, "Practice"));
    assert_true(vt_wait_text(vt, "What made you think"));
    vt_send(vt, VT_ESC);
    assert_true(vt_wait_cursor(vt, "(*) No"));
    vt_send(vt, "q");
    check_end(vt);
    free(option);
    free(path);
}

#define SEEN(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        SEEN(returns_amends_and_agrees),
        SEEN(plays_both_sides_in_practice),
        SEEN(writes_a_record_to_a_file_once),
        SEEN(replays_an_answer_file),
    };

    return cmocka_run_group_tests(TESTS, NULL, NULL);
}
