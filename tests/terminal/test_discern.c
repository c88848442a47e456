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
#include "vt.h"

#define PASSPHRASE "four plain words of mine"

struct place_apart {
    char dir[64];
    char store[128], data[128], settings[128];
};

/* --- A folder with a pack, settings and room for a store ---------------------------------- */

static void write_file(const char *path, const char *text)
{
    struct error error;

    assert_int_equal(file_write(path, text, strlen(text), true, &error), STATUS_OK);
}

/* Puts a file of tests/cases into a folder of the data. */
static void copy_case(const char *dir, const char *folder, const char *name)
{
    const char *srcdir = getenv("srcdir");
    char *from = xasprintf("%s/tests/cases/%s", srcdir ? srcdir : ".", name);
    char *into = xasprintf("%s/data/%s/%s", dir, folder, name);
    struct buf text = {0};
    struct error error;

    assert_int_equal(file_read(from, 1u << 20, &text, &error), STATUS_OK);
    write_file(into, buf_text(&text));
    buf_release(&text);
    free(from);
    free(into);
}

static int set_up(void **state)
{
    struct place_apart *apart = xcalloc(1, sizeof(*apart));
    char path[128];

    snprintf(apart->dir, sizeof(apart->dir), "/tmp/discern-test-XXXXXX");
    assert_non_null(mkdtemp(apart->dir));
    snprintf(path, sizeof(path), "%s/data", apart->dir);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof(path), "%s/data/policy", apart->dir);
    assert_int_equal(mkdir(path, 0700), 0);
    copy_case(apart->dir, "policy", "record.ini");
    snprintf(path, sizeof(path), "%s/discern.ini", apart->dir);
    write_file(path, "[data]\npack = record\n");
    snprintf(apart->store, sizeof(apart->store), "DISCERN_STORE=%s/store", apart->dir);
    snprintf(apart->data, sizeof(apart->data), "DISCERN_DATA=%s/data", apart->dir);
    snprintf(apart->settings, sizeof(apart->settings), "DISCERN_CONFIG=%s/discern.ini",
             apart->dir);
    *state = apart;
    return 0;
}

static void remove_all(const char *path)
{
    DIR *dir = opendir(path);
    struct dirent *entry;

    while (dir && (entry = readdir(dir))) {
        char *inside = xasprintf("%s/%s", path, entry->d_name);

        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
            remove_all(inside);
        free(inside);
    }
    if (dir)
        closedir(dir);
    remove(path);
}

static int tear_down(void **state)
{
    struct place_apart *apart = *state;

    remove_all(apart->dir);
    free(apart);
    return 0;
}

/* --- Driving ------------------------------------------------------------------------------ */

static struct vt *start(const struct place_apart *apart, const char *option)
{
    const char *program = getenv("DISCERN");
    const char *arguments[] = {program ? program : "./discern", option, NULL};
    const char *environment[] = {apart->store, apart->data, apart->settings, NULL};

    return vt_start(&(struct vt_options){arguments, environment, 24, 80});
}

struct cursor_was {
    int row;
    char text[400];
};

static const char *cursor_text(struct vt *vt, int *ret_row)
{
    int col;

    vt_cursor(vt, ret_row, &col);
    return vt_row(vt, *ret_row);
}

static bool has_moved(struct vt *vt, const void *about)
{
    const struct cursor_was *was = about;
    int row;
    const char *text = cursor_text(vt, &row);

    return row != was->row || strcmp(text, was->text) != 0;
}

/* Moves the focus with Tab to the line that holds the words. */
static void focus(struct vt *vt, const char *words)
{
    struct cursor_was was;

    for (int n = 0; n < 100; n++) {
        const char *text = cursor_text(vt, &was.row);

        if (strstr(text, words))
            return;
        snprintf(was.text, sizeof(was.text), "%s", text);
        vt_send(vt, "\t");
        if (!vt_wait(vt, has_moved, &was))
            break;
    }
    fail_msg("the cursor never came to '%s':\n%s", words, vt_screen(vt));
}

/* Waits for a page that says `page`, then chooses what begins with the words. */
static void choose(struct vt *vt, const char *page, const char *words)
{
    assert_true(vt_wait_text(vt, page));
    focus(vt, words);
    vt_send(vt, "\r");
}

static void type(struct vt *vt, const char *page, const char *keys)
{
    assert_true(vt_wait_text(vt, page));
    vt_send(vt, keys);
}

static void check_end(struct vt *vt)
{
    int status;

    assert_true(vt_wait_end(vt, &status));
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_true(vt_restored(vt));
    assert_null(strstr(vt_screen(vt), "Amy"));
    assert_null(strstr(vt_screen(vt), "danger"));
    vt_end(vt);
}

static void set_up_store(struct vt *vt)
{
    choose(vt, "Deciding whether to share", "Set up");
    type(vt, "Who will use this store?", "Ann Example\rann\rEast\r");
    assert_true(vt_wait_cursor(vt, "( ) Practitioner"));
    vt_send(vt, "\r");
    assert_true(vt_wait_cursor(vt, "> Continue"));
    vt_send(vt, "\r");
    type(vt, "Choose a passphrase", PASSPHRASE "\r" PASSPHRASE "\r");
    assert_true(vt_wait_text(vt, "What do you want to do?"));
}

static void unlock(struct vt *vt)
{
    type(vt, "Unlock Discern", PASSPHRASE "\r");
}

static void carry_on(struct vt *vt, const char *answered)
{
    assert_true(vt_wait_text(vt, "Unfinished decision"));
    assert_true(vt_wait_text(vt, answered));
    assert_true(vt_wait_cursor(vt, "> Carry on"));
    vt_send(vt, "\r");
}

static void answer_some(struct vt *vt)
{
    choose(vt, "Is somebody in danger now?", "( ) No");
    choose(vt, "What made you think", "We were asked");
    choose(vt, "Is this once or again", "Once");
    type(vt, "Who asked?", "North School\r\r\r\r");
    choose(vt, "How did you check", "I called back");
    choose(vt, "What is it for?", "To protect a child");
    type(vt, "Who is the information about?", "Amy Example\r3 4 2018\r\r");
}

static void answer_rest(struct vt *vt)
{
    choose(vt, "whether they agree?", "they refused");
    choose(vt, "Can they decide this", "Yes");
    choose(vt, "if nothing is shared?", "A child could be hurt");
    focus(vt, "Continue");
    vt_send(vt, "\r");
    type(vt, "if it is shared?", "The family may stop coming\r");
    type(vt, "Who would receive it?", "East Police\r\r\r\r");
    choose(vt, "How would it be sent?", "By secure mail");
    choose(vt, "What was asked for, and what is needed?", "Add the first item");
    type(vt, "What it is", "Attendance this term\r");
    assert_true(vt_wait_cursor(vt, "( ) Yes, it was asked for"));
    vt_send(vt, "\r");
    assert_true(vt_wait_cursor(vt, "( ) Share it"));
    vt_send(vt, "\r");
    choose(vt, "(*) Share it", "Keep this item");
    choose(vt, "Attendance this term", "That is all");
    choose(vt, "Who gave you advice?", "I have nothing to say");
    choose(vt, "Will you tell them?", "Yes");
    choose(vt, "May the person see this record?", "Yes, all of it");
}

static void sign(struct vt *vt)
{
    choose(vt, "Check your answers", "See the recommendation");
    choose(vt, "Recommendation: share", "Follow it");
    type(vt, "> Justification", "\t\r");
    choose(vt, "Sign: share", "Sign this decision");
    assert_true(vt_wait_text(vt, "The record is in the log."));
}

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

/* No file of the store holds these words in the clear. */
static void check_sealed(const struct place_apart *apart)
{
    static const char *const WORDS[] = {"Amy", "North School", "called", "Ann Example"};
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
    assert_true(vt_wait_text(vt, "goes to: The records team"));
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

static void keeps_what_was_typed_when_told_to_end(void **state)
{
    struct place_apart *apart = *state;
    struct vt *vt = start(apart, NULL);

    set_up_store(vt);
    choose(vt, "What do you want to do?", "Make a new decision");
    choose(vt, "Is somebody in danger now?", "( ) No");
    choose(vt, "What made you think", "We were asked");
    choose(vt, "Is this once or again", "Once");
    type(vt, "Who asked?", "North School");
    assert_true(vt_wait_text(vt, "North School"));
    vt_signal(vt, SIGTERM);
    check_end(vt);

    vt = start(apart, NULL);
    unlock(vt);
    choose(vt, "Carry on, or begin", "You were deciding");
    carry_on(vt, "4 of at most 20");
    vt_send(vt, "c");
    assert_true(vt_wait_text(vt, "North School"));
    vt_send(vt, "q");
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
        SEEN(keeps_what_was_typed_when_told_to_end),
        SEEN(speaks_plainly),
    };

    return cmocka_run_group_tests(TESTS, NULL, NULL);
}
