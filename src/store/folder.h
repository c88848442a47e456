/* SPDX-License-Identifier: MIT */
/*
 * Folders of stores: one is furnished beside its place, and put there whole or not at all; and
 * is held while it is open, so that nobody puts another in its place meanwhile. Knows nothing
 * of what is in them.
 */
#ifndef DISCERN_STORE_FOLDER_H
#define DISCERN_STORE_FOLDER_H

#include "base/status.h"

/* The same path without slashes at its end; free() it. */
char *folder_path(const char *dir);

/* That nothing would be lost: it is not there, or is empty. STATUS_REFUSED. */
MUST_CHECK enum status folder_free(const char *dir, struct error *error);

/* Makes a private folder beside `dir`, and those above that are missing. Free the name. */
MUST_CHECK enum status folder_stage(const char *dir, char **ret_staged, struct error *error);

/* Gives a staged folder the name under which what it takes the place of is kept: folder_sweep
 * leaves that alone. */
MUST_CHECK enum status folder_set_aside(const char *dir, char **staged, struct error *error);

/* Removes what was staged for `dir` by somebody who was killed. Only for who holds it: whoever
 * stages for a folder that is there holds it alone. */
void folder_sweep(const char *dir);

/* The staged folder takes the place of `dir`, which was folder_free, for good. */
MUST_CHECK enum status folder_put(const char *staged, const char *dir, struct error *error);

/* They change places, at one stroke and for good: what was in `dir` is in `staged` now. */
MUST_CHECK enum status folder_exchange(const char *staged, const char *dir,
                                       struct error *error);

/* Removes the folder and the files in it, as far as that goes. */
void folder_clear(const char *dir);

/* Holds the folder until *ret_held is closed. STATUS_IO if somebody holds it alone, or the disk
 * keeps no locks. */
MUST_CHECK enum status folder_hold(const char *dir, int *ret_held, struct error *error);

/* Holds it alone. STATUS_REFUSED if somebody else holds it too. */
MUST_CHECK enum status folder_hold_alone(const char *dir, int held, struct error *error);

#endif
