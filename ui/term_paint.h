/* SPDX-License-Identifier: MIT */
/*
 * Painting: what must be sent so that the screen shows a frame. Remembers what it shows, sends
 * only what differs, and gathers it in one buffer. Pure: a frame in, bytes out.
 *
 * Terminals disagree about the width of some characters. A row that holds any but the plain
 * ones, of one cell and one code, is therefore painted whole and its end is never relied on.
 */
#ifndef DISCERN_UI_TERM_PAINT_H
#define DISCERN_UI_TERM_PAINT_H

#include "base/buf.h"
#include "ui/layout.h"
#include "ui/term_caps.h"

struct painter {
    const struct caps *caps; /* borrowed */
    struct buf out;          /* to be sent, and cleared by who sent it */
    int rows, cols;          /* of what is shown */
    struct buf *shown;       /* the text of each row on the screen */
    enum look *shown_look;
    int row, col;   /* where the cursor is; row -1: not known */
    enum look look; /* what is turned on */
    bool anew;
    struct cell *cell; /* room for two rows */
};

/* `painter` is zero-initialised. */
void painter_init(struct painter *painter, const struct caps *caps);
void painter_release(struct painter *painter);

/* Adds to `out` what makes the screen show the frame, its cursor last. */
void painter_paint(struct painter *painter, const struct frame *frame);

/* Forgets what is shown, wiping it: the next paint clears the screen first. */
void painter_forget(struct painter *painter);

/* Adds what clears the screen and puts the cursor at its top, with nothing turned on. */
void painter_clear(struct painter *painter);

#endif
