/* SPDX-License-Identifier: MIT */
/*
 * Keys as curses reads them, turned into presses; pasted text put together. Knows, besides what
 * the terminal's description says, the sequences that terminals of today share whatever their
 * description says. A sequence that nobody knows is one unknown key, never letters.
 */
#ifndef DISCERN_UI_TERM_KEYS_H
#define DISCERN_UI_TERM_KEYS_H

#include "ui/press.h"

enum keys_got {
    KEYS_NONE,  /* nothing waits */
    KEYS_PRESS, /* *ret_press */
    KEYS_PASTE  /* *ret_text, borrowed until the next call */
};

/* Call after newterm(). */
void keys_open(void);
void keys_close(void);

/* Asks the terminal for its keys, at the start and whenever curses comes back to it. */
void keys_ask(void);

/* Takes the next thing that waits. Waits itself only for the rest of what has begun. */
enum keys_got keys_take(struct press *ret_press, const char **ret_text);

#endif
