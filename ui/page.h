/* SPDX-License-Identifier: MIT */
/*
 * A page: what the screen says, as a short list of blocks that mean something. Where they go is
 * the layout's business (layout.h), how they look the terminal's; the plain prompts print the
 * same page as lines. The closed list of blocks is the whole language of the screens.
 *
 * A page is made anew for every paint and borrows its strings from the app, the pack, or its
 * own arena; page_clear ends them all.
 */
#ifndef DISCERN_UI_PAGE_H
#define DISCERN_UI_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"
#include "ui/edit.h"
#include "ui/press.h"

enum block_kind {
    BLOCK_BANNER,   /* practice; locked: one line, first */
    BLOCK_ERROR,    /* what is wrong and what to do; "Error: " is put before it */
    BLOCK_WARNING,  /* something to know before going on; "Warning: " is put before it */
    BLOCK_HEADING,  /* the page's question or title */
    BLOCK_HINT,     /* one short sentence under it */
    BLOCK_TEXT,     /* a paragraph */
    BLOCK_CHOICE,   /* an option: "( ) Yes" or "[ ] Yes"; can have the focus */
    BLOCK_FIELD,    /* a label and a text under a caret; can have the focus */
    BLOCK_ROW,      /* one line of a list or summary: columns; can have the focus if it has an id */
    BLOCK_ACTION,   /* something to do: "Continue"; can have the focus */
    BLOCK_PROGRESS  /* "So far: ...", shown as it stands */
};

#define COLUMN_MAX 6

struct column {
    const char *text;
    int cells;   /* its width, without the gap of two after it; 0: what is left. Long text is cut with "..." but in the last
                    column of a row that wraps */
};

struct block {
    enum block_kind kind;
    const char *text;         /* printable already, or made so by the layout; never NULL */
    const char *detail;       /* the hint of a choice, the second line of a row; may be NULL */
    int id;                   /* what the place knows it by; 0: cannot have the focus */
    bool chosen;              /* CHOICE */
    bool many;                /* CHOICE: several may be chosen */
    const struct edit *edit;  /* FIELD: borrowed from the app */
    struct column column[COLUMN_MAX]; /* ROW */
    size_t column_count;
    bool wraps;               /* ROW: the last column wraps instead of being cut */
    bool spaced;              /* an empty line before it */
};

struct page {
    const char *title;    /* first line, left: the step, or where we are */
    const char *place;    /* first line, right: "Step 4 of 8"; "" for none */
    struct block *block;
    size_t count, size;
    size_t focus;         /* index of the focused block, or PAGE_NO_FOCUS */
    enum act footer[12];  /* acts shown in the footer, in order, ended by ACT_NONE */
    const char *message;  /* instead of the footer, once: "That key does nothing here..." */
    bool blank;           /* hidden: nothing at all may be shown */
    struct arena arena;
};
#define PAGE_NO_FOCUS ((size_t)-1)

void page_init(struct page *page);    /* once */
void page_clear(struct page *page);   /* before each view */
void page_release(struct page *page);

/* Adds a block and returns it, to be filled in further; valid until the next addition. */
struct block *page_add(struct page *page, enum block_kind kind, const char *text);
struct block *page_addf(struct page *page, enum block_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
struct block *page_choice(struct page *page, int id, bool many, bool chosen, const char *text,
                          const char *hint);
struct block *page_field(struct page *page, int id, const char *label, const struct edit *edit);
struct block *page_action(struct page *page, int id, const char *text);
/* A row of `count` columns, copied. */
struct block *page_row(struct page *page, int id, const struct column *column, size_t count);

/* Formats into the page's arena. */
const char *page_format(struct page *page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Sets the footer. */
void page_footer(struct page *page, const enum act *acts, size_t count);

/* Puts the focus on the block of that id (0, or an id that is not there: the first block that
 * can have it). */
void page_focus(struct page *page, int id);

/* The id of the focused block, 0 if none; of the next (1) or previous (-1) one that can have the
 * focus (no wrapping round: at the end, the one that has it); of the last (1) or first (-1). */
int page_focused(const struct page *page);
int page_step(const struct page *page, int direction);
int page_end(const struct page *page, int direction);

/* The nth (from 1) choice or, if there is none, action or row of the page: its id, or 0. */
int page_number(const struct page *page, int nth);

/* Whether that block can have the focus; whether an empty line stands between the two blocks,
 * one above the other: choices, rows, actions and errors stand together, else all apart. */
bool block_can_focus(const struct block *block);
bool block_apart(const struct block *above, const struct block *block);

/* What the focus is in: REACH_LIST, REACH_TEXT, REACH_TEXT | REACH_LINES. */
unsigned page_reach(const struct page *page);

#endif
