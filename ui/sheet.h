/* SPDX-License-Identifier: MIT */
/*
 * The lines of a page, without a screen's height: blocks made into rows of cells. Half of the
 * layout (layout.h), which scrolls them and sets the cursor; nobody else needs it.
 */
#ifndef DISCERN_UI_SHEET_H
#define DISCERN_UI_SHEET_H

#include "base/buf.h"
#include "ui/layout.h"

/* Cells of "> " before what can have the focus. */
#define SHEET_MARK 2

struct sheet {
    struct arena *arena; /* borrowed: the frame's */
    int cols;
    struct frame_row *line; /* the body */
    int count, size;
    int focus_start, focus_end;   /* its lines, the end left out */
    bool first_focus, last_focus; /* it is the first or last of the page that can have it */
    int cursor_line, cursor_col;
    struct buf work, line_text; /* released by the layout */
};

/* Cells for text on a screen so wide, `indent` left out of them; at least 1. */
int sheet_cells(int cols, int indent);

/* Makes the lines of all blocks but the banner. */
void sheet_body(struct sheet *sheet, const struct page *page);

/* The rows round the body. */
struct frame_row sheet_title(struct sheet *sheet, const struct page *page);
struct frame_row sheet_banner(struct sheet *sheet, const struct block *banner);
struct frame_row sheet_footer(struct sheet *sheet, const struct page *page);

/* A row of that text, cut to the screen. */
struct frame_row sheet_line(struct sheet *sheet, const char *text, enum look look);

#endif
