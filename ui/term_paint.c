/* SPDX-License-Identifier: MIT */
/* Painting: frames into bytes. Sends nothing itself: see term.c. */
#include "ui/term_paint.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret.h"
#include "base/utf8.h"

/* Cells that are sent again rather than jumped over: a jump takes about as many bytes. */
#define WORTH_A_JUMP 6

/* A plain character of a row. */
struct cell {
    const char *text;
    size_t length;
};

/* A row and its plain characters, if that is all it has. */
struct line {
    const char *text;
    size_t length, blank; /* bytes; spaces at its start */
    const char *look;
    struct cell *cell;
    int cells;
    bool plain;
};

void painter_init(struct painter *painter, const struct caps *caps)
{
    painter->caps = caps;
    painter->anew = true;
}

static void drop_shown(struct painter *painter)
{
    for (int i = 0; i < painter->rows; i++) {
        if (painter->shown[i].text)
            secret_wipe(painter->shown[i].text, painter->shown[i].size);
        buf_release(&painter->shown[i]);
    }
    free(painter->shown);
    free(painter->shown_look);
    free(painter->cell);
    painter->shown = NULL;
    painter->shown_look = NULL;
    painter->cell = NULL;
    painter->rows = painter->cols = 0;
}

void painter_forget(struct painter *painter)
{
    drop_shown(painter);
    painter->anew = true;
}

void painter_release(struct painter *painter)
{
    drop_shown(painter);
    if (painter->out.text)
        secret_wipe(painter->out.text, painter->out.size);
    buf_release(&painter->out);
}

static bool alike(const struct painter *painter, enum look a, enum look b)
{
    return a == b || strcmp(painter->caps->look[a], painter->caps->look[b]) == 0;
}

static void set_look(struct painter *painter, enum look look)
{
    const struct caps *caps = painter->caps;

    if (!alike(painter, look, painter->look)) {
        if (caps->look[painter->look][0])
            buf_puts(&painter->out, caps->text[CAP_NORMAL]);
        buf_puts(&painter->out, caps->look[look]);
    }
    painter->look = look;
}

void painter_clear(struct painter *painter)
{
    buf_puts(&painter->out, painter->caps->text[CAP_NORMAL]);
    buf_puts(&painter->out, painter->caps->text[CAP_CLEAR]);
    painter->look = LOOK_PLAIN;
    painter->row = painter->col = 0;
}

static void begin_anew(struct painter *painter, int rows, int cols)
{
    drop_shown(painter);
    painter_clear(painter);
    painter->rows = rows;
    painter->cols = cols;
    painter->shown = xcalloc((size_t)rows, sizeof(*painter->shown));
    painter->shown_look = xcalloc((size_t)rows, sizeof(*painter->shown_look));
    painter->cell = xcalloc((size_t)cols * 2, sizeof(*painter->cell));
    painter->anew = false;
}

/* Moves the cursor; `blank` cells at the start of that row are known to be empty. */
static void move(struct painter *painter, int row, int col, int blank)
{
    const char *way;
    int down = row - painter->row, right = col - painter->col;

    if (painter->row == row && right == 0)
        return;
    if (!painter->caps->moves_with_look)
        set_look(painter, LOOK_PLAIN);
    if (painter->row >= 0 && down > 0 && down <= 2 && col <= 3 && col <= blank &&
        !painter->caps->look[painter->look][0]) {
        buf_putc(&painter->out, '\r');
        buf_pad(&painter->out, '\n', (size_t)down);
        buf_pad(&painter->out, ' ', (size_t)col);
    } else {
        way = painter->row == row && right > 0 ? caps_forward(painter->caps, right) : "";
        buf_puts(&painter->out, way[0] ? way : caps_goto(painter->caps, row, col));
    }
    painter->row = row;
    painter->col = col;
}

/* Sends text of so many cells; at the end of a row nobody knows where the cursor is. */
static void send(struct painter *painter, const char *text, size_t length, int cells)
{
    buf_add(&painter->out, text, length);
    painter->col += cells;
    if (painter->col >= painter->cols)
        painter->row = -1;
}

static struct line read_line(const struct painter *painter, const char *text, size_t length,
                             enum look look, struct cell *cell)
{
    struct line line = {text, length, strspn(text, " "), painter->caps->look[look], cell,
                        0,    true};
    uint32_t code;
    size_t step;

    for (size_t at = 0; at < length; at += step) {
        step = utf8_decode(text + at, length - at, &code);
        line.plain = line.plain && utf8_width(code) == 1 && line.cells < painter->cols;
        if (line.plain)
            cell[line.cells] = (struct cell){text + at, step};
        line.cells += utf8_width(code);
    }
    return line;
}

static bool same_cell(const struct line *old, const struct line *new, int at)
{
    return at < old->cells &&
           old->cell[at].length ==
               new->cell[at].length &&memcmp(old->cell[at].text, new->cell[at].text,
                                             new->cell[at].length) == 0;
}

/* Where the cells from `at` on that differ end: at a stretch that is worth jumping over. */
static int differing_end(const struct line *old, const struct line *new, int at)
{
    int same = 0;

    while (at < new->cells && same < WORTH_A_JUMP) {
        same = same_cell(old, new, at) ? same + 1 : 0;
        at++;
    }
    return at - same;
}

static void clear_rest(struct painter *painter, int row, const struct line *new)
{
    if (new->cells >= painter->cols)
        return;
    set_look(painter, LOOK_PLAIN);
    if (new->plain)
        move(painter, row, new->cells, (int)new->blank);
    buf_puts(&painter->out, painter->caps->text[CAP_CLEAR_LINE]);
}

/* Sends what differs in a row that keeps its look. */
static void paint_cells(struct painter *painter, int row, const struct line *old,
                        const struct line *new, enum look look)
{
    int at = 0, end;
    const struct cell *first, *last;

    while (at < new->cells) {
        if (same_cell(old, new, at)) {
            at++;
            continue;
        }
        end = differing_end(old, new, at);
        first = &new->cell[at];
        last = &new->cell[end - 1];
        move(painter, row, at, (int)new->blank);
        set_look(painter, look);
        send(painter, first->text, (size_t)(last->text - first->text) + last->length, end - at);
        at = end;
    }
    if (old->cells > new->cells)
        clear_rest(painter, row, new);
}

/* Sends a row from where either has anything. Spaces at its start are never given a look. */
static void paint_whole(struct painter *painter, int row, const struct line *old,
                        const struct line *new, enum look look)
{
    size_t start = old->blank < new->blank ? old->blank : new->blank;

    move(painter, row, (int)start, (int)start);
    if (new->blank > start) {
        set_look(painter, LOOK_PLAIN);
        send(painter, new->text + start, new->blank - start, (int)(new->blank - start));
        start = new->blank;
    }
    set_look(painter, look);
    send(painter, new->text + start, new->length - start, new->cells - (int)start);
    if (old->cells > new->cells || !old->plain || !new->plain)
        clear_rest(painter, row, new);
    if (!new->plain)
        painter->row = -1;
}

static void paint_row(struct painter *painter, int row, const struct frame_row *wanted)
{
    struct buf *shown = &painter->shown[row];
    bool looks_alike = alike(painter, painter->shown_look[row], wanted->look);
    int most = painter->cols - (row == painter->rows - 1 && painter->caps->corner_scrolls);
    struct line old, new;
    size_t length;

    if (looks_alike && strcmp(buf_text(shown), wanted->text) == 0)
        return;
    length = utf8_fit(wanted->text, strlen(wanted->text), most);
    old = read_line(painter, buf_text(shown), shown->length, painter->shown_look[row],
                    painter->cell);
    new = read_line(painter, wanted->text, length, wanted->look, painter->cell + painter->cols);
    if (old.plain && new.plain && looks_alike && (!new.look[0] || old.blank == new.blank))
        paint_cells(painter, row, &old, &new, wanted->look);
    else
        paint_whole(painter, row, &old, &new, wanted->look);
    buf_clear(shown);
    buf_add(shown, wanted->text, length);
    painter->shown_look[row] = wanted->look;
}

void painter_paint(struct painter *painter, const struct frame *frame)
{
    if (painter->anew || frame->rows != painter->rows || frame->cols != painter->cols)
        begin_anew(painter, frame->rows, frame->cols);
    for (int i = 0; i < frame->rows; i++)
        paint_row(painter, i, &frame->row[i]);
    if (frame->rows > 0)
        move(painter, frame->cursor_row, frame->cursor_col, 0);
}
