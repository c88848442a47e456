/* SPDX-License-Identifier: MIT */
/*
 * Text under a caret. Pure: bytes and a position, no screen. The caret moves over clusters
 * (utf8.h); what is typed or pasted is made clean first (utf8_clean); one change can be undone.
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
    bool secret;      /* a passphrase: shown as nothing, kept out of bufs by the caller */
    size_t max;       /* bytes that it takes at most; 0: 20,000 */
    struct buf before; /* for one undo */
    size_t before_caret;
};

void edit_set(struct edit *edit, const char *text); /* caret to the end; NULL is "" */
void edit_release(struct edit *edit);
const char *edit_text(const struct edit *edit);

/* Carries out an act of REACH_TEXT. True if the text or the caret changed. Up and down move
 * over lines of the text, wrapped to `cells` (0: not wrapped). */
bool edit_act(struct edit *edit, enum act act, const struct press *press, int cells);

/* Inserts at the caret, cleaned and cut to what still fits. False if something was cut. */
bool edit_insert(struct edit *edit, const char *text, size_t length);

#endif
