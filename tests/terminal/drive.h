/* SPDX-License-Identifier: MIT */
/*
 * The built program driven as a person would: a folder with a pack, settings and room for a
 * store; keys; pages that are waited for. Each fails the test if the page never comes.
 */
#ifndef DISCERN_TESTS_DRIVE_H
#define DISCERN_TESTS_DRIVE_H

#include "vt.h"

#define PASSPHRASE "four plain words of mine"

struct place_apart {
    char dir[64];
    char store[128], data[128], settings[128];
};

/* Fixtures: *state is a struct place_apart. */
int set_up(void **state);
int tear_down(void **state);
void write_file(const char *path, const char *text);
/* Puts a file of tests/cases into a folder of the data. */
void copy_case(const char *dir, const char *folder, const char *name);

struct vt *start(const struct place_apart *apart, const char *option);
/* Moves the focus with Tab to the line that holds the words; "> Name" may be a field's name. */
void focus(struct vt *vt, const char *words);
/* Waits for a page that says `page`, then chooses what holds the words; or types. */
void choose(struct vt *vt, const char *page, const char *words);
void type(struct vt *vt, const char *page, const char *keys);
/* Types words, and waits until they stand on the line of the cursor: only then is what moves
 * next the answer to the next key. */
void write_words(struct vt *vt, const char *words);
/* The program ends well, and leaves the terminal as it was and no word of a case on it. */
void check_end(struct vt *vt);

/* Whole ways: the first user is ann, with PASSPHRASE. */
void set_up_store(struct vt *vt);
void set_up_store_as(struct vt *vt, const char *role);
void unlock(struct vt *vt);
void carry_on(struct vt *vt, const char *answered);
void answer_some(struct vt *vt);
void answer_to_items(struct vt *vt); /* what is left but the items and what follows them */
void answer_rest(struct vt *vt);
void sign(struct vt *vt);

#endif
