/* SPDX-License-Identifier: MIT */
/*
 * Text wrapped to a width of cells, one line after another. The screen, the caret, paper and
 * the command line use the same lines, so that the cursor stands where the text is.
 *
 * A line breaks at a newline, else at spaces, which hang at its end and do not count; a word
 * that is longer than a line is cut between clusters.
 */
#ifndef DISCERN_BASE_WRAP_H
#define DISCERN_BASE_WRAP_H

#include <stdbool.h>
#include <stddef.h>

struct wrap {
    const char *text;
    size_t length;
    int cells; /* at least 1 */
    size_t at; /* where the next line starts */
    bool over;
};

struct wrapped {
    size_t start, length; /* in bytes; the spaces or newline that end the line left out */
    size_t next;          /* where the line after it starts */
};

void wrap_init(struct wrap *wrap, const char *text, size_t length, int cells);

/* The next line; false after the last. A text has at least one line, and one more after a
 * newline at its end. */
bool wrap_next(struct wrap *wrap, struct wrapped *ret_line);

/* Appends the text as lines of at most `columns` cells, each after `indent` spaces (the first
 * only if `first`, for text that follows a label), each ended by a newline. An empty text adds
 * nothing. */
struct buf;
void wrap_text(struct buf *out, const char *text, int indent, int columns, bool first);

#endif
