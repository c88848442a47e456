/* SPDX-License-Identifier: MIT */
/*
 * The built program in a terminal, with a real store in a folder of its own: whole decisions by
 * keyboard, a crash and what comes back after it, hiding, and the terminal as it is left.
 */
#include "../unit/unit.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "drive.h"

/* --- What must hold ----------------------------------------------------------------------- */

static void decides_by_keyboard_in_practice(void **state)
{
    struct vt *vt = start(*state, "--practice");

    choose(vt, "What do you want to do?", "Make a new decision");
    answer_some(vt);
    answer_rest(vt);
    sign(vt);
    choose(vt, "Signed: share", "Read the record");
    assert_true(vt_wait_text(vt, "Waiting for review"));
    vt_send(vt, "q");
    check_end(vt);
}

/* No file of the store holds these words in the clear. They are long: three letters turn up in
 * a megabyte of random bytes once in every seventeen runs. */
static void check_sealed(const struct place_apart *apart)
{
    static const char *const WORDS[] = {"Amy Example", "North School", "called back",
                                        "Ann Example"};
    char *path = xasprintf("%s/store", apart->dir);
    DIR *dir = opendir(path);
    struct dirent *entry;

    assert_non_null(dir);
    while ((entry = readdir(dir))) {
        char *name = xasprintf("%s/%s", path, entry->d_name);
        struct buf bytes = {0};
        struct error error;

        if (entry->d_name[0] != '.')
            assert_int_equal(file_read(name, 1u << 26, &bytes, &error), STATUS_OK);
        for (size_t n = 0; n < COUNT(WORDS) && bytes.length > 0; n++)
            assert_null(memmem(bytes.text, bytes.length, WORDS[n], strlen(WORDS[n])));
        buf_release(&bytes);
        free(name);
    }
    closedir(dir);
    free(path);
}

static void kill_it(struct vt *vt)
{
    int status;

    vt_signal(vt, SIGKILL);
    assert_true(vt_wait_end(vt, &status));
    assert_true(WIFSIGNALED(status));
    vt_end(vt);
}

static void finds_every_answer_after_a_crash(void **state)
{
    struct place_apart *apart = *state;
    struct vt *vt = start(apart, NULL);

    set_up_store(vt);
    choose(vt, "What do you want to do?", "Make a new decision");
    choose(vt, "Is somebody in danger now?", "( ) No");
    assert_true(vt_wait_text(vt, "What made you think"));
    kill_it(vt);

    vt = start(apart, NULL);
    unlock(vt);
    choose(vt, "Carry on, or begin", "You were deciding");
    carry_on(vt, "1 of at most 20");
    choose(vt, "What made you think", "We were asked");
    choose(vt, "Is this once or again", "Once");
    type(vt, "Who asked?", "North School\r\r\r\r");
    choose(vt, "How did you check", "I called back");
    choose(vt, "What is it for?", "To protect a child");
    type(vt, "Who is the information about?", "Amy Example\r3 4 2018\r\r");
    assert_true(vt_wait_text(vt, "whether they agree?"));
    kill_it(vt);
    check_sealed(apart);

    vt = start(apart, NULL);
    unlock(vt);
    choose(vt, "Carry on, or begin", "You were deciding about Amy Example");
    carry_on(vt, "7 of at most 20");
    type(vt, "whether they agree?", "c");
    assert_true(vt_wait_text(vt, "North School"));
    assert_true(vt_wait_text(vt, "I called back on a number we knew"));
    vt_resize(vt, 50, 100);
    assert_true(vt_wait_text(vt, "Amy Example, 3 April 2018"));
    assert_true(vt_wait_cursor(vt, "> Go on answering"));
    vt_resize(vt, 6, 30);
    assert_true(vt_wait_cursor(vt, "> Go on answering"));
    vt_resize(vt, 24, 80);
    vt_send(vt, "\r");
    answer_rest(vt);
    sign(vt);
    vt_send(vt, "q");
    check_end(vt);
    check_sealed(apart);
}

static void add_agreement(const struct place_apart *apart)
{
    char path[128];

    snprintf(path, sizeof(path), "%s/data/agreements", apart->dir);
    assert_int_equal(mkdir(path, 0700), 0);
    copy_case(apart->dir, "agreements", "county.ini");
}

/* What an agreement adds outlives a crash, the signature, and the file of the agreement. */
static void decides_under_an_agreement(void **state)
{
    struct place_apart *apart = *state;
    struct vt *vt;
    char path[128];

    add_agreement(apart);
    vt = start(apart, NULL);
    set_up_store(vt);
    choose(vt, "What do you want to do?", "Make a new decision");
    choose(vt, "Which agreement is this under?", "The Made-up County Agreement");
    choose(vt, "Which programme does it belong to?", "The weekly list");
    assert_true(vt_wait_text(vt, "Warning: The Made-up County Agreement: Review overdue"));
    answer_some(vt);
    assert_true(vt_wait_text(vt, "whether they agree?"));
    kill_it(vt);

    vt = start(apart, NULL);
    unlock(vt);
    choose(vt, "Carry on, or begin", "You were deciding about Amy Example");
    carry_on(vt, "7 of at most 20");
    answer_rest(vt);
    sign(vt);
    assert_true(vt_wait_text(vt, "Send a copy of the record to the records"));
    snprintf(path, sizeof(path), "%s/data/agreements/county.ini", apart->dir);
    assert_int_equal(remove(path), 0);
    choose(vt, "Signed: share", "Read the record");
    assert_true(vt_wait_text(vt, "The Made-up County Agreement (county)"));
    vt_send(vt, "G");
    type(vt, "> Go back", "k\r");
    assert_true(vt_wait_text(vt, "Amend a record"));
    vt_send(vt, VT_CTRL('x'));
    assert_true(vt_wait_text(vt, "Unlock Discern"));
    vt_signal(vt, SIGTERM);
    check_end(vt);
}

static void hides_and_locks_at_once(void **state)
{
    struct vt *vt = start(*state, NULL);

    set_up_store(vt);
    choose(vt, "What do you want to do?", "Make a new decision");
    answer_some(vt);
    assert_true(vt_wait_text(vt, "whether they agree?"));
    vt_send(vt, VT_CTRL('x'));
    assert_true(vt_wait_text(vt, "Unlock Discern"));
    assert_null(strstr(vt_screen(vt), "agree"));
    type(vt, "Unlock Discern", "not the one\r");
    assert_true(vt_wait_text(vt, "Error: This is not the passphrase"));
    unlock(vt);
    assert_true(vt_wait_text(vt, "You were deciding about Amy Example"));
    vt_signal(vt, SIGTERM);
    check_end(vt);
}

/* With "Who asked?" on the screen, three answers given. */
static struct vt *start_asking(const struct place_apart *apart)
{
    struct vt *vt = start(apart, NULL);

    set_up_store(vt);
    choose(vt, "What do you want to do?", "Make a new decision");
    choose(vt, "Is somebody in danger now?", "( ) No");
    choose(vt, "What made you think", "We were asked");
    choose(vt, "Is this once or again", "Once");
    assert_true(vt_wait_text(vt, "Who asked?"));
    return vt;
}

static void come_back(struct vt *vt, const char *answered)
{
    unlock(vt);
    choose(vt, "Carry on, or begin", "You were deciding");
    carry_on(vt, answered);
}

static struct vt *start_again(const struct place_apart *apart, const char *answered)
{
    struct vt *vt = start(apart, NULL);

    come_back(vt, answered);
    return vt;
}

/* What is half-typed is no answer, but stands where it was typed when the decision is carried
 * on: after being told to end, after the line was cut, after Ctrl-X. */
static void keeps_what_was_typed(void **state)
{
    struct place_apart *apart = *state;
    struct vt *vt = start_asking(apart);

    vt_send(vt, "North Sch");
    assert_true(vt_wait_cursor(vt, "North Sch"));
    vt_signal(vt, SIGTERM);
    check_end(vt);
    check_sealed(apart);

    vt = start_again(apart, "3 of at most 20");
    assert_true(vt_wait_text(vt, "North Sch"));
    vt_send(vt, VT_END "ool\r\r\r\r");
    choose(vt, "How did you check", "I called back");
    choose(vt, "What is it for?", "To protect a child");
    type(vt, "Who is the information about?", "Amy Example\r3 4");
    assert_true(vt_wait_cursor(vt, "3 4"));
    vt_signal(vt, SIGHUP);
    check_end(vt);

    vt = start_again(apart, "6 of at most 20");
    assert_true(vt_wait_text(vt, "Amy Example"));
    vt_send(vt, "\r" VT_END " 2018\r\r");
    assert_true(vt_wait_text(vt, "whether they agree?"));
    vt_send(vt, "c");
    assert_true(vt_wait_text(vt, "Amy Example, 3 April 2018"));
    assert_true(vt_wait_text(vt, "North School"));
    vt_send(vt, VT_CTRL('x'));
    assert_true(vt_wait_text(vt, "Unlock Discern"));
    vt_signal(vt, SIGTERM);
    check_end(vt);
}

/* A half-written item, through Ctrl-X. */
static void keeps_a_half_written_item(void **state)
{
    struct vt *vt = start(*state, NULL);

    set_up_store(vt);
    choose(vt, "What do you want to do?", "Make a new decision");
    answer_some(vt);
    answer_to_items(vt);
    choose(vt, "What was asked for, and what is needed?", "Add the first item");
    type(vt, "What it is", "Attendance this term\r");
    assert_true(vt_wait_cursor(vt, "( ) Yes, it was asked for"));
    vt_send(vt, "\r");
    assert_true(vt_wait_cursor(vt, "( ) Share it"));
    vt_send(vt, VT_CTRL('x'));
    come_back(vt, "13 of at most 20");
    choose(vt, "What was asked for, and what is needed?", "Finish the item");
    assert_true(vt_wait_text(vt, "Attendance this term"));
    assert_true(vt_wait_text(vt, "(*) Yes, it was asked for"));
    vt_signal(vt, SIGTERM);
    check_end(vt);
}

/* Nobody types for a while: the page goes, and comes back with all that was given and typed. */
static void locks_when_nobody_types(void **state)
{
    struct place_apart *apart = *state;
    struct vt *vt = start_asking(apart);
    char path[128];

    vt_signal(vt, SIGTERM);
    check_end(vt);
    snprintf(path, sizeof(path), "%s/discern.ini", apart->dir);
    write_file(path, "[data]\npack = record\n[screen]\nlock-after = 5\n");
    vt = start_again(apart, "3 of at most 20");
    type(vt, "Who asked?", "North Sch");
    assert_true(vt_wait_cursor(vt, "North Sch"));
    assert_true(vt_wait_text(vt, "Unlock Discern"));
    assert_null(strstr(vt_screen(vt), "North"));
    assert_null(strstr(vt_screen(vt), "asked"));
    come_back(vt, "3 of at most 20");
    assert_true(vt_wait_text(vt, "Who asked?"));
    assert_true(vt_wait_text(vt, "North Sch"));
    vt_signal(vt, SIGTERM);
    check_end(vt);
}

/* A terminal of one cell shows what it can, and nothing is lost by it. */
static void bears_a_screen_of_one_cell(void **state)
{
    struct place_apart *apart = *state;
    struct vt *vt = start_asking(apart);

    vt_send(vt, "North Sch");
    assert_true(vt_wait_cursor(vt, "North Sch"));
    vt_resize(vt, 1, 1);
    vt_send(vt, "ool");
    vt_resize(vt, 24, 80);
    assert_true(vt_wait_cursor(vt, "North School"));
    vt_send(vt, "\r\r\r\r");
    assert_true(vt_wait_text(vt, "How did you check"));
    vt_send(vt, "c");
    assert_true(vt_wait_text(vt, "North School"));
    assert_true(vt_wait_text(vt, "We were asked"));
    vt_resize(vt, 1, 1);
    vt_signal(vt, SIGTERM);
    check_end(vt);
}

static void speaks_plainly(void **state)
{
    struct vt *vt = start(*state, "--plain");
    size_t length;
    int status;

    type(vt, "Set up for real decisions", "2\n");
    type(vt, "Type this on one line: Your full name", "Ann Example\n");
    type(vt, "Type this on one line: A short name", "ann\n");
    type(vt, "Type this on one line: Your team", "East\n");
    type(vt, "4. Practitioner", "4\n");
    type(vt, "Practitioner (chosen)", "7\n");
    type(vt, "Type this on one line: Passphrase", PASSPHRASE "\n");
    type(vt, "Type this on one line: The same", PASSPHRASE "\n");
    type(vt, "What do you want to do?", "1\n");
    type(vt, "Is somebody in danger now?", "1\n");
    assert_true(vt_wait_text(vt, "Follow it: share urgently"));
    assert_null(strstr(vt_output(vt, &length), PASSPHRASE));
    vt_send(vt, "\004");
    assert_true(vt_wait_end(vt, &status));
    assert_true(WIFEXITED(status));
    assert_true(vt_restored(vt));
    vt_end(vt);
}

#define SEEN(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        SEEN(decides_by_keyboard_in_practice),
        SEEN(finds_every_answer_after_a_crash),
        SEEN(decides_under_an_agreement),
        SEEN(hides_and_locks_at_once),
        SEEN(keeps_what_was_typed),
        SEEN(keeps_a_half_written_item),
        SEEN(locks_when_nobody_types),
        SEEN(bears_a_screen_of_one_cell),
        SEEN(speaks_plainly),
    };

    return cmocka_run_group_tests(TESTS, NULL, NULL);
}
