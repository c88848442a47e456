/* SPDX-License-Identifier: MIT */
/*
 * What the terminal at hand can do, read once from the terminfo database that comes with
 * curses: term_caps.c is the only file that includes its headers. Plain bytes from there on, so
 * that painting and reading keys (term_paint.h, term_keys.h) need no terminal to be tested.
 */
#ifndef DISCERN_UI_TERM_CAPS_H
#define DISCERN_UI_TERM_CAPS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "ui/layout.h"
#include "ui/press.h"

/*    name, its terminfo name, whether nothing can be done without it */
#define CAP_TABLE(X)                                                                           \
    X(GOTO, "cup", true)                                                                       \
    X(FORWARD, "cuf", false)                                                                   \
    X(CLEAR, "clear", true)                                                                    \
    X(CLEAR_LINE, "el", true)                                                                  \
    X(ENTER, "smcup", false)                                                                   \
    X(LEAVE, "rmcup", false)                                                                   \
    X(KEYS_ON, "smkx", false)                                                                  \
    X(KEYS_OFF, "rmkx", false)                                                                 \
    X(NORMAL, "sgr0", false)                                                                   \
    X(BOLD, "bold", false)                                                                     \
    X(REVERSE, "rev", false)                                                                   \
    X(UNDERLINE, "smul", false)                                                                \
    X(COLOUR, "setaf", false)

enum cap {
#define X(name, terminfo, needed) CAP_##name,
    CAP_TABLE(X)
#undef X
        CAP_COUNT
};

#define CAP_SIZE 96
#define CAP_KEYS 24

struct caps {
    char text[CAP_COUNT][CAP_SIZE];  /* "" for what it cannot do; padding left out */
    char look[LOOK_COUNT][CAP_SIZE]; /* what turns each look on; "" for none */
    struct caps_key {
        char bytes[16];
        enum press_kind kind;
    } key[CAP_KEYS];
    size_t key_count;
    bool moves_with_look; /* the cursor may be moved while a look is on */
    int rows, cols;       /* as the database says; 0 if it does not */
    bool corner_scrolls;  /* writing the last cell of the last row scrolls the screen */
    bool brackets_paste;  /* it can be asked to mark what is pasted */
};

/* Looks up TERM, or xterm-256color if that is not known, which *ret_notice then says (else
 * NULL). STATUS_UNSUPPORTED if the terminal cannot place its cursor. */
MUST_CHECK enum status caps_load(struct caps *caps, bool colour, const char **ret_notice,
                                 struct error *error);

/* Gives back what the database holds in memory. `caps` stays as it is. */
void caps_release(void);

/* What moves the cursor there, counted from 0, or `count` cells to the right. Borrowed until
 * the next call. */
const char *caps_goto(const struct caps *caps, int row, int col);
const char *caps_forward(const struct caps *caps, int count);

#endif
