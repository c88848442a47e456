/* SPDX-License-Identifier: MIT */
/*
 * Where a page goes: rows of cells for a terminal of any size, from 1x1 up, with the cursor on
 * the focused thing. Pure: the same page and size give the same frame.
 *
 * The first row holds title and place, the last the footer; between them the blocks, scrolled
 * so that the focus shows. A banner stays under the title. What is too little for all that keeps
 * the focused line. Text is wrapped at 77 cells at most. No boxes, no art: marks are
 * words and ASCII ("> ", "( )", "(*)", "[x]", "Error: ").
 */
#ifndef DISCERN_UI_LAYOUT_H
#define DISCERN_UI_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/page.h"

/* How a run of text is to be shown. The terminal gives each an attribute; without colour they
 * still differ by words. */
enum look {
    LOOK_PLAIN, LOOK_TITLE, LOOK_HEADING, LOOK_HINT, LOOK_FOCUS, LOOK_CHOSEN, LOOK_FIELD,
    LOOK_ERROR, LOOK_WARNING, LOOK_PROGRESS, LOOK_FOOTER, LOOK_BANNER, LOOK_COUNT
};

struct frame_row {
    char *text;      /* UTF-8, safe to show, at most `cols` cells wide; in the frame's arena */
    enum look look;
};

struct frame {
    int rows, cols;
    struct frame_row *row; /* `rows` of them */
    int cursor_row, cursor_col;
    int top;               /* first content line shown: kept between paints so that the page
                              scrolls no more than it must */
    int content;           /* content lines in all */
    int body;              /* rows there are for them */
    bool scrolled;         /* by frame_scroll: the next layout leaves the focus where it is */
    uint64_t page;         /* which page it was: another one starts at its top */
    struct arena arena;
};

/* Lays the page out. `frame` is zeroed the first time and then kept: its arena is reused and
 * its `top` remembered. At 0 or fewer rows or columns it is empty. */
void frame_layout(struct frame *frame, const struct page *page, int rows, int cols);
void frame_release(struct frame *frame);

/* Scrolls by so many pages (1, -1) at the next layout, even if the focus leaves the screen: for
 * PgUp and PgDn on a page longer than the screen. The cursor then stands at the first line shown,
 * until anything else is pressed. False, and nothing changed, if there is no more that way. */
bool frame_scroll(struct frame *frame, int pages);

/* Cells that the text of a row, or of a choice, is wrapped to on a screen so wide. */
int layout_text_cells(int cols);

/* Cells that a field's text is wrapped to on a screen so wide (for edit_act). */
int layout_field_cells(int cols);

#endif
