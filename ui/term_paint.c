/* SPDX-License-Identifier: MIT */
/* Painting: only rows that differ from the last frame are given to curses. */
#include "ui/term_paint.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>

#include "base/mem.h"
#include "base/secret.h"
#include "base/utf8.h"

/* Without colour looks differ by these, and by their words. The colours are chosen to read on
 * black and on white. */
static const struct {
    attr_t attributes;
    short colour; /* 0 for none */
} looks[LOOK_COUNT] = {
    [LOOK_TITLE] = {A_BOLD, 0},
    [LOOK_HEADING] = {A_BOLD, 0},
    [LOOK_FOCUS] = {A_REVERSE, 0},
    [LOOK_CHOSEN] = {A_BOLD, 0},
    [LOOK_FIELD] = {A_UNDERLINE, 0},
    [LOOK_ERROR] = {A_BOLD, COLOR_RED},
    [LOOK_WARNING] = {A_BOLD, COLOR_MAGENTA},
    [LOOK_BANNER] = {A_BOLD | A_REVERSE, 0},
};

struct shown {
    char *text; /* NULL for an empty row */
    enum look look;
    bool plain;
};

static struct {
    FILE *paper;
    bool colour;
    int rows, cols;
    struct shown *row;
    cchar_t *cell; /* room for a row */
} paint;

void paint_open(FILE *paper, bool colour)
{
    paint.paper = paper;
    paint.colour = colour && start_color() == OK && COLORS >= 8;
    if (!paint.colour)
        return;
    use_default_colors();
    for (size_t i = 0; i < LOOK_COUNT; i++)
        if (looks[i].colour)
            init_pair(looks[i].colour, looks[i].colour, -1);
}

static void remember(struct shown *shown, const struct frame_row *row, bool plain)
{
    if (shown->text)
        secret_wipe(shown->text, strlen(shown->text));
    free(shown->text);
    *shown = (struct shown){xstrdup(row->text), row->look, plain};
}

void paint_forget(void)
{
    const struct frame_row nothing = {0};

    for (int i = 0; i < paint.rows; i++)
        remember(&paint.row[i], &nothing, true);
    free(paint.row);
    free(paint.cell);
    paint.row = NULL;
    paint.cell = NULL;
    paint.rows = paint.cols = 0;
    clear();
}

void paint_nothing(void)
{
    paint_forget();
    refresh();
}

static void begin_anew(int rows, int cols)
{
    paint_forget();
    paint.rows = rows;
    paint.cols = cols;
    paint.row = xcalloc((size_t)rows, sizeof(*paint.row));
    paint.cell = xcalloc((size_t)cols + 1, sizeof(*paint.cell));
    for (int i = 0; i < rows; i++)
        paint.row[i].plain = true;
}

/* Makes a cell of the character at `text` and the marks on it, as many as a cell holds. Returns
 * the bytes they take, and the columns. */
static size_t make_cell(const char *text, size_t length, attr_t attributes, short colour,
                        cchar_t *cell, int *ret_cols)
{
    wchar_t codes[CCHARW_MAX + 1] = {0};
    size_t whole = utf8_next(text, length), at = 0;
    uint32_t code;

    for (size_t i = 0; at < whole && i < CCHARW_MAX; i++) {
        at += utf8_decode(text + at, whole - at, &code);
        codes[i] = (wchar_t)code;
    }
    *ret_cols = utf8_width((uint32_t)codes[0]);
    if (setcchar(cell, codes, attributes, colour, NULL) != OK)
        setcchar(cell, L"?", attributes, colour, NULL);
    return whole;
}

/* Makes cells of a row, no more than there is room for, and returns how many. Spaces at its
 * start are never given a look. */
static int make_cells(const struct frame_row *row)
{
    const char *start = row->text + strspn(row->text, " ");
    size_t left = strlen(row->text), size;
    int count = 0, room = paint.cols, cols;

    for (const char *text = row->text; left > 0; text += size, left -= size) {
        enum look look = text < start ? LOOK_PLAIN : row->look;

        size = make_cell(text, left, looks[look].attributes,
                         paint.colour ? looks[look].colour : 0, &paint.cell[count], &cols);
        if (cols > room)
            break;
        count += cols > 0;
        room -= cols;
    }
    return count;
}

static bool is_plain(const char *text)
{
    while (*text > 0)
        text++;
    return !*text;
}

static int put(int byte)
{
    return putc(byte, paint.paper);
}

/* Sends what was painted. If the terminal may have counted otherwise, the cursor is placed once
 * more, wherever the terminal believes it to be. */
static void show(const struct frame *frame, bool plain)
{
    move(frame->cursor_row, frame->cursor_col);
    refresh();
    if (plain)
        return;
    tputs(tiparm(cursor_address, frame->cursor_row, frame->cursor_col), 1, put);
    fflush(paint.paper);
}

static void paint_row(const struct frame *frame, int at)
{
    const struct frame_row *wanted = &frame->row[at];
    struct shown *shown = &paint.row[at];
    bool plain = is_plain(wanted->text), whole = !plain || !shown->plain;

    move(at, 0);
    clrtoeol();
    add_wchnstr(paint.cell, make_cells(wanted));
    remember(shown, wanted, plain);
    if (!whole)
        return;
    wredrawln(stdscr, at, 1);
    show(frame, false);
}

void paint_frame(const struct frame *frame)
{
    const struct shown *shown;

    if (frame->rows < 1 || frame->cols < 1)
        return;
    if (frame->rows != paint.rows || frame->cols != paint.cols)
        begin_anew(frame->rows, frame->cols);
    for (int i = 0; i < frame->rows; i++) {
        shown = &paint.row[i];
        if (!shown->text || shown->look != frame->row[i].look ||
            strcmp(shown->text, frame->row[i].text) != 0)
            paint_row(frame, i);
    }
    show(frame, paint.row[frame->cursor_row].plain);
}
