/* SPDX-License-Identifier: MIT */
/*
 * The terminal, the only part that knows curses. Paints frames, reads presses, and leaves the
 * terminal as it was found, however the program ends. One gathered write a paint; waiting keys
 * are taken before painting. The hardware cursor is on the focused thing and is always shown.
 *
 * Signals set one flag and are looked at in ppoll(): none is lost, nothing is done in a handler
 * but for a crash, where the terminal is put right with plain write().
 */
#ifndef DISCERN_UI_TERM_H
#define DISCERN_UI_TERM_H

#include <stdbool.h>

#include "base/status.h"
#include "ui/layout.h"
#include "ui/press.h"

struct term_options {
    bool colour; /* unless NO_COLOR is set and not empty */
};

/* Opens the terminal. An unknown TERM is tried as xterm-256color, said once in *ret_notice (a
 * string that lives for ever, or NULL). STATUS_UNSUPPORTED if there is no tty, no such terminal
 * or no UTF-8: the caller goes plain. */
MUST_CHECK enum status term_open(const struct term_options *options, const char **ret_notice,
                                 struct error *error);

/* Clears the screen and gives the terminal back. Safe to call twice, and at exit. */
void term_close(void);

void term_size(int *rows, int *cols);

/* Paints what differs from the last frame. */
void term_paint(const struct frame *frame);

/* Paints all of the next frame anew. */
void term_repaint(void);

/* Clears, gives the terminal back, stops the process, and paints anew when resumed. */
void term_suspend(void);

enum term_input {
    TERM_PRESS,  /* a key: *press */
    TERM_PASTE,  /* pasted text: *text, borrowed until the next call */
    TERM_RESIZE, /* the size changed */
    TERM_IDLE,   /* nothing came for `seconds` (of CLOCK_BOOTTIME: sleep counts) */
    TERM_HANGUP  /* the terminal went away, or we are told to end: save and go */
};

/* Waits for input; `seconds` < 0 waits for ever. */
enum term_input term_wait(int seconds, struct press *press, const char **text);

/* Whether something was typed already that term_wait has not given yet, so that painting can be
 * left until it is dealt with. */
bool term_waits(void);

#endif
