/* SPDX-License-Identifier: MIT */
/*
 * Signals while the terminal is open. They are held back but while we wait for input, where
 * each sets a flag and ends the wait: none is lost, and nothing is done in a handler, but for a
 * crash, where the terminal is put right with what a handler may call.
 */
#ifndef DISCERN_UI_TERM_SIGNALS_H
#define DISCERN_UI_TERM_SIGNALS_H

#include <signal.h>
#include <stdbool.h>
#include <termios.h>

/* From now on HUP, TERM, INT, WINCH, TSTP and CONT are held back, and a crash, once there is
 * something at `leave`, sends it and restores `settings` first; both are borrowed until
 * signals_close. */
void signals_open(char *const *leave, const struct termios *settings);

/* Everything as it was before; but if we are `ending` as we were told, being told so again must
 * not cut the ending short. */
void signals_close(bool ending);

/* Whether that signal came since it was last asked. */
bool signals_take(int number);

/* What is held back while we wait: for ppoll(). */
const sigset_t *signals_mask(void);

/* Stops the job as Ctrl-Z does; returns when it goes on. */
void signals_stop(void);

#endif
