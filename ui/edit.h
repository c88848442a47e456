/* SPDX-License-Identifier: MIT */
/*
 * Text under a caret. Pure: bytes and a position, no screen. The caret moves over clusters
 * (utf8.h); what is typed or pasted is made clean first (utf8_clean). One change can be undone,
 * and done again: a run of typing or of deleting, a cut, a paste.
 *
 * A secret text takes all its room at once, is never copied for undo, and is wiped before its
 * room is given back.
 */
#ifndef DISCERN_UI_EDIT_H
#define DISCERN_UI_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "ui/press.h"

struct edit {
    struct buf text;
    size_t caret;     /* byte offset, always at the start of a cluster */
    bool lines;       /* several lines */
    bool secret;      /* a passphrase: never shown; the caller copies it out and sets "" */
    size_t max;       /* bytes that it takes at most; 0: 20,000 */
    struct buf before; /* for one undo */
    size_t before_caret;
    enum act last; /* what changed the text last: a run of the same is one change */
};

/* Zero-initialised is empty and valid; set `lines`, `secret` and `max` first. edit_set puts the
 * caret at the end and forgets the change before; NULL is "". */
void edit_set(struct edit *edit, const char *text);
void edit_release(struct edit *edit);
const char *edit_text(const struct edit *edit);

/* Carries out an act of REACH_TEXT. True if the text or the caret changed. Up and down move
 * over lines of the text, wrapped to `cells` (0: not wrapped); at the first and last line they
 * change nothing, and the caller may move the focus. */
bool edit_act(struct edit *edit, enum act act, const struct press *press, int cells);

/* Inserts at the caret, cleaned and cut to what still fits. False if something was cut. */
bool edit_insert(struct edit *edit, const char *text, size_t length);

#endif
