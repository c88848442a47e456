/* SPDX-License-Identifier: MIT */
/*
 * Text on A4 paper: lines of at most 80 cells, wrapped between words, on pages of exactly 60
 * lines with a head and a foot. What it is given is made safe to show; what the lines say is
 * none of its business.
 */
#ifndef DISCERN_RECORD_PAPER_H
#define DISCERN_RECORD_PAPER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/mem.h"

#define PAPER_WIDTH 80
#define PAPER_LINES 60
#define PAPER_BODY 55 /* lines of a page between its head and its foot */

struct paper_line {
    const char *text;
    bool keep; /* stays on the page of the line after it */
};

/* Zero-initialised is empty and valid. */
struct paper {
    struct paper_line *line;
    size_t count, room;
    int cells; /* of a line, where it is shown on something else than paper; 0: PAPER_WIDTH */
    struct arena arena;
};
void paper_release(struct paper *paper);

/* A heading with an empty line before it; kept with what follows. */
void paper_heading(struct paper *paper, const char *text);
void paper_blank(struct paper *paper);

/* A text, indented by `indent` cells, its paragraphs kept apart. */
void paper_text(struct paper *paper, int indent, const char *text);

/* A text with `lead` ("- ", "Why: ") before its first line and the others indented as far. */
void paper_hung(struct paper *paper, int indent, const char *lead, const char *text);

/* "Label        text" in two columns; nothing if the text is "". At most `most` lines (0: all),
 * the last of which then ends in an ellipsis. */
void paper_row(struct paper *paper, const char *label, const char *text, size_t most);

/* Adds the lines of another; of more than `most` the last says that there is more. */
void paper_join(struct paper *paper, const struct paper *other, size_t most, const char *more);

/* The head and foot of each page. Texts that are "" leave their line empty. */
struct paper_frame {
    const char *title;  /* head, left; "Page n of m" is right of it */
    const char *banner; /* below it, on every page */
    const char *foot;
};

/* Appends the pages, with a form feed between them. */
void paper_print(const struct paper *paper, const struct paper_frame *frame, struct buf *out);

/* Appends the lines, without pages. */
void paper_unroll(const struct paper *paper, struct buf *out);

#endif
