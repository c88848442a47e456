/* SPDX-License-Identifier: MIT */
/* The built program driven as a person would: a folder of its own, keys, pages waited for. */
#include "drive.h"

#include "../unit/unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"

/* --- A folder with a pack, settings and room for a store ---------------------------------- */

void write_file(const char *path, const char *text)
{
    struct error error;

    assert_int_equal(file_write(path, text, strlen(text), true, &error), STATUS_OK);
}

/* Puts a file of tests/cases into a folder of the data. */
void copy_case(const char *dir, const char *folder, const char *name)
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

int set_up(void **state)
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

int tear_down(void **state)
{
    struct place_apart *apart = *state;

    remove_all(apart->dir);
    free(apart);
    return 0;
}

/* --- Driving ------------------------------------------------------------------------------ */

struct vt *start(const struct place_apart *apart, const char *option)
{
    const char *program = getenv("DISCERN");
    const char *arguments[] = {program ? program : "./discern", option, NULL};
    const char *environment[] = {apart->store, apart->data, apart->settings, NULL};

    return vt_start(&(struct vt_options){arguments, environment, 24, 80});
}

struct screen_was {
    int row;
    char *text;
};

/* The screen, without the count that may come behind the page of a filter at any time. */
static char *steady_screen(struct vt *vt)
{
    static const char action[] = "Show them";
    char *text = xstrdup(vt_screen(vt)), *at = strstr(text, action);

    if (at) {
        at += strlen(action);
        memmove(at, at + strcspn(at, "\n"), strlen(at + strcspn(at, "\n")) + 1);
    }
    return text;
}

/* A page that scrolls may leave the cursor in its row. */
static bool has_moved(struct vt *vt, const void *about)
{
    const struct screen_was *was = about;
    char *text = steady_screen(vt);
    bool moved = strcmp(text, was->text) != 0;
    int row, col;

    vt_cursor(vt, &row, &col);
    free(text);
    return moved || row != was->row;
}

static bool is_at(struct vt *vt, int row, const char *words)
{
    return strstr(vt_row(vt, row), words) ||
           (words[0] == '>' && row > 0 && strstr(vt_row(vt, row - 1), words));
}

/* Until the line of the cursor holds the words, or the line of a field's name above it. */
void focus(struct vt *vt, const char *words)
{
    bool moved = true;

    for (int n = 0; n < 100 && moved; n++) {
        struct screen_was was;
        int col;

        vt_cursor(vt, &was.row, &col);
        if (is_at(vt, was.row, words))
            return;
        was.text = steady_screen(vt);
        vt_send(vt, "\t");
        moved = vt_wait(vt, has_moved, &was);
        free(was.text);
    }
    fail_msg("the cursor never came to '%s':\n%s", words, vt_screen(vt));
}

/* Waits for a page that says `page`, then chooses what begins with the words. */
void choose(struct vt *vt, const char *page, const char *words)
{
    assert_true(vt_wait_text(vt, page));
    focus(vt, words);
    vt_send(vt, "\r");
}

void type(struct vt *vt, const char *page, const char *keys)
{
    assert_true(vt_wait_text(vt, page));
    vt_send(vt, keys);
}

void write_words(struct vt *vt, const char *words)
{
    vt_send(vt, words);
    assert_true(vt_wait_cursor(vt, words));
}

void check_end(struct vt *vt)
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

void set_up_store_as(struct vt *vt, const char *role)
{
    choose(vt, "Deciding whether to share", "Set up");
    type(vt, "Who will use this store?", "Ann Example\rann\rEast\r");
    assert_true(vt_wait_cursor(vt, "( ) Practitioner"));
    focus(vt, role);
    vt_send(vt, "\r");
    assert_true(vt_wait_cursor(vt, "> Continue"));
    vt_send(vt, "\r");
    type(vt, "Choose a passphrase", PASSPHRASE "\r" PASSPHRASE "\r");
    assert_true(vt_wait_text(vt, "What do you want to do?"));
}

void set_up_store(struct vt *vt)
{
    set_up_store_as(vt, "( ) Practitioner");
}

void unlock(struct vt *vt)
{
    type(vt, "Unlock Discern", PASSPHRASE "\r");
}

void carry_on(struct vt *vt, const char *answered)
{
    assert_true(vt_wait_text(vt, "Unfinished decision"));
    assert_true(vt_wait_text(vt, answered));
    assert_true(vt_wait_cursor(vt, "> Carry on"));
    vt_send(vt, "\r");
}

void answer_some(struct vt *vt)
{
    choose(vt, "Is somebody in danger now?", "( ) No");
    choose(vt, "What made you think", "We were asked");
    choose(vt, "Is this once or again", "Once");
    type(vt, "Who asked?", "North School\r\r\r\r");
    choose(vt, "How did you check", "I called back");
    choose(vt, "What is it for?", "To protect a child");
    type(vt, "Who is the information about?", "Amy Example\r3 4 2018\r\r");
}

void answer_to_items(struct vt *vt)
{
    choose(vt, "whether they agree?", "they refused");
    choose(vt, "Can they decide this", "Yes");
    choose(vt, "if nothing is shared?", "A child could be hurt");
    focus(vt, "Continue");
    vt_send(vt, "\r");
    type(vt, "if it is shared?", "The family may stop coming\r");
    type(vt, "Who would receive it?", "East Police\r\r\r\r");
    choose(vt, "How would it be sent?", "By secure mail");
}

void answer_rest(struct vt *vt)
{
    answer_to_items(vt);
    choose(vt, "What was asked for, and what is needed?", "Add the first item");
    type(vt, "What it is", "Attendance this term\r");
    assert_true(vt_wait_cursor(vt, "( ) Yes, it was asked for"));
    vt_send(vt, "\r");
    assert_true(vt_wait_cursor(vt, "( ) Share it"));
    vt_send(vt, "\r");
    type(vt, "> Why it is shared", "They need it to help\r");
    assert_true(vt_wait_cursor(vt, "[ ] Opinion, not fact"));
    choose(vt, "(*) Share it", "Keep this item");
    choose(vt, "Attendance this term", "That is all");
    choose(vt, "Who gave you advice?", "I have nothing to say");
    choose(vt, "Will you tell them?", "Yes");
    choose(vt, "May the person see this record?", "Yes, all of it");
}

void sign(struct vt *vt)
{
    choose(vt, "Check your answers", "See the recommendation");
    choose(vt, "Recommendation: share", "Follow it");
    type(vt, "> Justification", "\t\r");
    choose(vt, "Sign: share", "Sign this decision");
    assert_true(vt_wait_text(vt, "The record is in the log."));
}
