/* SPDX-License-Identifier: MIT */
/* Whole files, read and written at one go. */
#ifndef DISCERN_BASE_FILE_H
#define DISCERN_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/status.h"

/* Appends the whole file to *out; refuses one longer than `max` bytes with STATUS_BAD_DATA.
 * STATUS_NOT_FOUND or STATUS_IO otherwise, and *out is as it was. */
MUST_CHECK enum status file_read(const char *path, size_t max, struct buf *out,
                                 struct error *error);

/* Writes a file whole or not at all: a temporary one beside it, synced, renamed over it, the
 * folder synced. Mode 0600. With `may_replace` false an existing file is STATUS_REFUSED. */
MUST_CHECK enum status file_write(const char *path, const void *bytes, size_t length,
                                  bool may_replace, struct error *error);

/* "dir/name" in memory of the caller's, to be freed with free(). */
char *path_join(const char *dir, const char *name);

/* The names in a folder that end in `suffix`, sorted, in *ret_names (an array of *ret_count
 * strings in one allocation; free() it). STATUS_NOT_FOUND or STATUS_IO. */
MUST_CHECK enum status file_list(const char *dir, const char *suffix, char ***ret_names,
                                 size_t *ret_count, struct error *error);

#endif
