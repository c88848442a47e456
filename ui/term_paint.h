/* SPDX-License-Identifier: MIT */
/*
 * Painting: frames onto the screen of curses, which finds what differs and how to send it.
 * Lays nothing out: see layout.h.
 *
 * Terminals disagree about the width of some characters. A row that holds any but the plain
 * ones, of one cell and one code, is therefore painted whole, and the cursor is placed anew
 * after it.
 */
#ifndef DISCERN_UI_TERM_PAINT_H
#define DISCERN_UI_TERM_PAINT_H

#include <stdbool.h>
#include <stdio.h>

#include "ui/layout.h"

/* Call after newterm(), with the file that it writes to, which is borrowed. */
void paint_open(FILE *paper, bool colour);

/* Makes the screen show the frame, its cursor last. */
void paint_frame(const struct frame *frame);

/* Forgets what is shown, wiping it: the next paint clears the screen first. */
void paint_forget(void);

/* The same, and empties the screen now. */
void paint_nothing(void);

#endif
