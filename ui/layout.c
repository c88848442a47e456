/* SPDX-License-Identifier: MIT */
/*
 * Where a page goes. Makes the lines of the page's body, scrolls them, and puts title, banner
 * and footer round them. Knows no terminal and decides nothing about what is said.
 */
#include "ui/layout.h"

#include <string.h>

#include "ui/sheet.h"

#define FNV_START 14695981039346656037u
#define FNV_PRIME 1099511628211u

/* Rows round the body. */
struct edges {
    int title, banner, gap, footer;
};

int layout_text_cells(int cols)
{
    return sheet_cells(cols, SHEET_MARK);
}

int layout_field_cells(int cols)
{
    /* The cell after a full line is the caret's. */
    return layout_text_cells(cols) - 1;
}

static const struct block *banner_of(const struct page *page)
{
    for (size_t i = 0; i < page->count; i++)
        if (page->block[i].kind == BLOCK_BANNER)
            return &page->block[i];
    return NULL;
}

/* The body comes first: a small screen loses empty rows, then title, then footer. */
static struct edges share_rows(int rows, const struct block *banner)
{
    return (struct edges){
        .title = rows >= 4,
        .banner = banner && rows >= 5,
        .gap = rows >= 10,
        .footer = rows >= 2,
    };
}

/* Names a page, so that another one is known to be another. */
static uint64_t page_name(const struct page *page)
{
    const char *texts[3] = {page->title, page->place, ""};
    uint64_t name = FNV_START;

    for (size_t i = 0; i < page->count && !texts[2][0]; i++)
        if (page->block[i].kind == BLOCK_HEADING)
            texts[2] = page->block[i].text;
    for (size_t i = 0; i < COUNT(texts); i++)
        for (const char *at = texts[i] ? texts[i] : ""; *at; at++)
            name = (name ^ (unsigned char)*at) * FNV_PRIME;
    return name;
}

/* Scrolls as little as shows the focus; all of it if it fits, its cursor at least. From the
 * first thing that can have the focus on, the head of the page shows again; from the last, its
 * end. */
static void scroll_to_focus(struct frame *frame, const struct sheet *sheet)
{
    int body = frame->body, top = frame->top, end = sheet->count;

    if (sheet->focus_end > top + body)
        top = sheet->focus_end - body;
    if (sheet->focus_start < top)
        top = sheet->focus_start;
    if (sheet->first_focus && sheet->focus_end <= body)
        top = 0;
    if (sheet->last_focus && end - sheet->focus_start <= body && end - body > top)
        top = end - body;
    if (sheet->cursor_line >= top + body)
        top = sheet->cursor_line - body + 1;
    if (sheet->cursor_line < top)
        top = sheet->cursor_line;
    frame->top = top;
}

static void scroll(struct frame *frame, const struct sheet *sheet, const struct page *page)
{
    uint64_t name = page_name(page);
    int most;

    if (frame->page != name)
        frame->top = 0;
    if (page->focus < page->count && (!frame->scrolled || frame->page != name))
        scroll_to_focus(frame, sheet);
    frame->page = name;
    frame->scrolled = false;
    frame->content = sheet->count;
    most = frame->content > frame->body ? frame->content - frame->body : 0;
    frame->top = frame->top > most ? most : frame->top < 0 ? 0 : frame->top;
}

bool frame_scroll(struct frame *frame, int pages)
{
    /* One line stays, to read on from. */
    int step = frame->body > 1 ? frame->body - 1 : 1, most = frame->content - frame->body;
    int top = frame->top + pages * step;

    top = top > most ? most : top;
    top = top < 0 ? 0 : top;
    if (top == frame->top)
        return false;
    frame->top = top;
    frame->scrolled = true;
    return true;
}

static void put_cursor(struct frame *frame, const struct sheet *sheet, int body_row)
{
    int row = sheet->cursor_line - frame->top, col = sheet->cursor_col;

    if (row < 0 || row >= frame->body) {
        row = 0;
        col = 0;
    }
    frame->cursor_row = body_row + row;
    frame->cursor_col = col < frame->cols ? col : frame->cols - 1;
}

/* What says that there is more than shows, in the empty row above the footer. */
static const char *more_text(const struct frame *frame)
{
    bool above = frame->top > 0, below = frame->content > frame->top + frame->body;

    return above && below ? " More above and below"
           : above        ? " More above"
           : below        ? " More below"
                          : "";
}

static void fill(struct frame *frame, struct sheet *sheet, const struct page *page)
{
    const struct block *banner = banner_of(page);
    struct edges edges = share_rows(frame->rows, banner);
    int at = edges.title + edges.banner + edges.gap, last = frame->rows - edges.footer;

    frame->body = last - edges.gap - at;
    sheet_body(sheet, page);
    scroll(frame, sheet, page);
    if (edges.title)
        frame->row[0] = sheet_title(sheet, page);
    if (edges.banner)
        frame->row[1] = sheet_banner(sheet, banner);
    for (int i = 0; i < frame->body && frame->top + i < sheet->count; i++)
        frame->row[at + i] = sheet->line[frame->top + i];
    if (edges.gap)
        frame->row[last - 1] = sheet_line(sheet, more_text(frame), LOOK_HINT);
    if (edges.footer)
        frame->row[last] = sheet_footer(sheet, page);
    put_cursor(frame, sheet, at);
}

void frame_layout(struct frame *frame, const struct page *page, int rows, int cols)
{
    struct sheet sheet = {.arena = &frame->arena, .cols = cols};

    arena_release(&frame->arena);
    frame->rows = frame->cols = frame->cursor_row = frame->cursor_col = 0;
    frame->row = NULL;
    if (rows <= 0 || cols <= 0)
        return;
    frame->rows = rows;
    frame->cols = cols;
    frame->row = arena_alloc(&frame->arena, (size_t)rows * sizeof(*frame->row));
    if (!page->blank)
        fill(frame, &sheet, page);
    for (int i = 0; i < rows; i++)
        if (!frame->row[i].text)
            frame->row[i] = sheet_line(&sheet, "", LOOK_PLAIN);
    buf_release(&sheet.work);
    buf_release(&sheet.line_text);
}

void frame_release(struct frame *frame)
{
    arena_release(&frame->arena);
    *frame = (struct frame){0};
}
