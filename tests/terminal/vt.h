/* SPDX-License-Identifier: MIT */
/*
 * A program in a terminal of our own: a pseudo-terminal on one side, libvterm on the other. A
 * test types as a person would and waits for what the screen comes to show, until a deadline;
 * it never sleeps for a while and hopes.
 */
#ifndef DISCERN_TESTS_VT_H
#define DISCERN_TESTS_VT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct vt;

struct vt_options {
    const char *const *arguments; /* the program first; ended by NULL */
    const char *const
        *environment; /* "NAME=VALUE" sets, "NAME" unsets; ended by NULL; may be NULL */
    int rows, cols;   /* 0: 24, 80 */
};

/* Starts the program. TERM is xterm-256color and LC_ALL is C.UTF-8 unless the options say
 * otherwise; NO_COLOR, LINES, COLUMNS and ESCDELAY are not set. Free with vt_end. */
struct vt *vt_start(const struct vt_options *options);

/* Kills the program if it still runs, and frees. */
void vt_end(struct vt *vt);

/* --- what a person does ---------------------------------------------------------------------
 */

void vt_send(struct vt *vt, const char *keys);
void vt_paste(struct vt *vt, const char *text); /* bracketed, if the program asked for it */
void vt_resize(struct vt *vt, int rows, int cols);
void vt_signal(struct vt *vt, int number);
void vt_hang_up(struct vt *vt); /* closes the terminal */

#define VT_UP "\033OA"
#define VT_DOWN "\033OB"
#define VT_RIGHT "\033OC"
#define VT_LEFT "\033OD"
#define VT_HOME "\033OH"
#define VT_END "\033OF"
#define VT_PAGE_UP "\033[5~"
#define VT_PAGE_DOWN "\033[6~"
#define VT_BACKTAB "\033[Z"
#define VT_ESC "\033"
#define VT_CTRL(letter) ((const char[]){(letter)&0x1F, '\0'})

/* --- what it waits for: true if it came before the deadline ---------------------------------
 */

/* On failure the screen is printed as a TAP comment. */
bool vt_wait_text(struct vt *vt, const char *text); /* anywhere on the screen */
bool vt_wait_gone(struct vt *vt, const char *text);
bool vt_wait_cursor(struct vt *vt, const char *text); /* in the row of the cursor */
bool vt_wait_at(struct vt *vt, int row, int col);     /* the cursor, from 0 */
bool vt_wait_end(struct vt *vt, int *ret_status);     /* the program; as of waitpid() */

/* Any other state. */
bool vt_wait(struct vt *vt, bool (*holds)(struct vt *vt, const void *about), const void *about);

/* --- what there is, as far as it was waited for ---------------------------------------------
 */

/* The screen as lines, the spaces at their ends left out; borrowed until the next call. */
const char *vt_screen(struct vt *vt);
const char *vt_row(struct vt *vt, int row);
void vt_cursor(const struct vt *vt, int *ret_row, int *ret_col);
bool vt_alternate(const struct vt *vt); /* the alternate screen is shown */
bool vt_pasting(const struct vt *vt);   /* bracketed paste is asked for */
bool vt_is_raw(const struct vt *vt);    /* keys come at once and are not echoed */
bool vt_restored(const struct vt *vt);  /* settings, screen and modes are as at the start */

pid_t vt_pid(const struct vt *vt);

/* Everything that the program ever wrote. */
const char *vt_output(const struct vt *vt, size_t *ret_length);

#endif
