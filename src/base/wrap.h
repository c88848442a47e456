/* SPDX-License-Identifier: MIT */
/* Text broken into lines of cells, between words where it can be. */
#ifndef DISCERN_BASE_WRAP_H
#define DISCERN_BASE_WRAP_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Bytes of the first line of `text`: the longest run of whole words that fits into `cells`
 * (at least 1), or as much as fits of a word that is longer than a line. It ends at a newline.
 * *ret_skip is set to the bytes between it and the next line: blanks, one newline. Always
 * advances while length is not 0. */
size_t wrap_line(const char *text, size_t length, int cells, size_t *ret_skip);

/* Appends the text as lines of at most `columns` cells, each after `indent` spaces (the first
 * only if `first`, for text that follows a label), each ended by a newline. */
void wrap_text(struct buf *out, const char *text, int indent, int columns, bool first);

#endif
