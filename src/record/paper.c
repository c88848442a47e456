/* SPDX-License-Identifier: MIT */
/* Text on A4 paper: wrapping and pages. Measures in cells, never in bytes. */
#include "record/paper.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "base/wrap.h"

#define LABEL_CELLS 18
#define ELLIPSIS "\xE2\x80\xA6"

static int width_of(const struct paper *paper)
{
    return paper->width ? paper->width : PAPER_WIDTH;
}

void paper_release(struct paper *paper)
{
    arena_release(&paper->arena);
    *paper = (struct paper){0};
}

static void add_line(struct paper *paper, const char *text, bool keep)
{
    if (paper->count == paper->room) {
        size_t room = paper->room ? paper->room * 2 : 64;

        paper->line =
            arena_grow(&paper->arena, paper->line, paper->count, room, sizeof(*paper->line));
        paper->room = room;
    }
    paper->line[paper->count++] = (struct paper_line){text, keep};
}

void paper_blank(struct paper *paper)
{
    add_line(paper, "", false);
}

/* Where the lines of one text go. */
struct column {
    const char *lead; /* before the first line */
    int indent, rest; /* cells before the lead, and before the lines after it */
};

static void add_wrapped_line(struct paper *paper, struct column *column, const char *text,
                             size_t length)
{
    int indent = column->lead ? column->indent : column->rest;

    add_line(paper,
             arena_printf(&paper->arena, "%*s%s%.*s", indent, "",
                          column->lead ? column->lead : "", (int)length, text),
             false);
    column->lead = NULL;
}

static void wrap_column(struct paper *paper, struct column column, const char *text)
{
    struct buf safe = {0};
    struct wrap wrap;
    struct wrapped line;

    utf8_printable(&safe, text, strlen(text), true);
    wrap_init(&wrap, buf_text(&safe), safe.length, width_of(paper) - column.rest);
    while (safe.length && wrap_next(&wrap, &line)) {
        if (line.length)
            add_wrapped_line(paper, &column, wrap.text + line.start, line.length);
        else if (!wrap.over)
            paper_blank(paper);
    }
    buf_release(&safe);
}

void paper_text(struct paper *paper, int indent, const char *text)
{
    wrap_column(paper, (struct column){"", indent, indent}, text);
}

void paper_hung(struct paper *paper, int indent, const char *lead, const char *text)
{
    wrap_column(paper, (struct column){lead, indent, indent + utf8_cells(lead, strlen(lead))},
                text);
}

void paper_heading(struct paper *paper, const char *text)
{
    size_t first;

    if (paper->count == 0 || paper->line[paper->count - 1].text[0])
        paper_blank(paper);
    first = paper->count;
    paper_text(paper, 0, text);
    for (size_t i = first; i < paper->count; i++)
        paper->line[i].keep = true;
}

void paper_row(struct paper *paper, const char *label, const char *text, size_t most)
{
    size_t first = paper->count;
    char *lead;

    if (!text[0])
        return;
    lead = arena_printf(&paper->arena, "%-*s", LABEL_CELLS, label);
    paper_hung(paper, 0, lead, text);
    if (most > 0 && paper->count - first > most) {
        const char *cut = paper->line[first + most - 1].text;
        size_t fits = utf8_fit(cut, strlen(cut), width_of(paper) - 2);

        paper->count = first + most;
        paper->line[first + most - 1].text =
            arena_printf(&paper->arena, "%.*s " ELLIPSIS, (int)fits, cut);
    }
}

void paper_join(struct paper *paper, const struct paper *other, size_t most, const char *more)
{
    bool cut = other->count > most;
    size_t count = !cut ? other->count : most > 0 ? most - 1 : 0;

    while (cut && count > 0 && (other->line[count - 1].keep || !other->line[count - 1].text[0]))
        count--; /* no heading without what it heads */
    for (size_t i = 0; i < count; i++)
        add_line(paper, arena_strdup(&paper->arena, other->line[i].text), other->line[i].keep);
    if (cut && most > 0)
        add_line(paper, more, false);
}

/* --- Pages -------------------------------------------------------------------------------- */

/* The lines from `at` that a page takes; *ret_first is the first of them: empty lines at the
 * top of a page are left out. At least one, unless nothing is left. */
static size_t page_lines(const struct paper *paper, size_t at, size_t *ret_first)
{
    size_t end;

    while (at < paper->count && !paper->line[at].text[0])
        at++;
    *ret_first = at;
    end = at + PAPER_BODY;
    if (end >= paper->count)
        return paper->count - at;
    while (end > at + 1 && paper->line[end - 1].keep)
        end--;
    return end - at;
}

static size_t page_count(const struct paper *paper)
{
    size_t pages = 0, at = 0, first;

    do {
        at = page_lines(paper, at, &first) + first;
        pages++;
    } while (at < paper->count);
    return pages;
}

static void print_head(const struct paper_frame *frame, size_t page, size_t pages,
                       struct buf *out)
{
    struct buf banner = {0};
    char number[64];
    int gap;

    snprintf(number, sizeof(number), "Page %zu of %zu", page, pages);
    gap = PAPER_WIDTH - utf8_cells(frame->title, strlen(frame->title)) - (int)strlen(number);
    buf_printf(out, "%s%*s%s\n", frame->title, gap > 1 ? gap : 1, "", number);
    utf8_printable(&banner, frame->banner, strlen(frame->banner), false);
    buf_add(out, buf_text(&banner), utf8_fit(buf_text(&banner), banner.length, PAPER_WIDTH));
    buf_puts(out, "\n\n");
    buf_release(&banner);
}

static void print_lines(const struct paper_line *line, size_t count, struct buf *out)
{
    for (size_t i = 0; i < count; i++)
        buf_printf(out, "%s\n", line[i].text);
}

void paper_print(const struct paper *paper, const struct paper_frame *frame, struct buf *out)
{
    size_t pages = page_count(paper), at = 0;

    for (size_t page = 1; page <= pages; page++) {
        size_t first, count = page_lines(paper, at, &first);

        if (page > 1)
            buf_putc(out, '\f');
        print_head(frame, page, pages, out);
        print_lines(paper->line + first, count, out);
        buf_pad(out, '\n', PAPER_BODY - count + 1);
        buf_printf(out, "%s\n", frame->foot);
        at = first + count;
    }
}

void paper_unroll(const struct paper *paper, const struct paper_frame *frame, struct buf *out)
{
    struct paper ends = {.width = paper->width};
    size_t head;

    paper_text(&ends, 0, frame->title);
    paper_text(&ends, 0, frame->banner);
    head = ends.count;
    paper_text(&ends, 0, frame->foot);
    print_lines(ends.line, head, out);
    buf_putc(out, '\n');
    print_lines(paper->line, paper->count, out);
    buf_putc(out, '\n');
    print_lines(ends.line + head, ends.count - head, out);
    paper_release(&ends);
}
