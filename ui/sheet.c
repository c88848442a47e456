/* SPDX-License-Identifier: MIT */
/*
 * The lines of a page. Every text passes utf8_printable here, so that nothing that is shown can
 * drive a terminal, and every row is cut to the screen.
 */
#include "ui/sheet.h"

#include <string.h>

#include "base/utf8.h"
#include "base/wrap.h"

#define TEXT_CELLS 77
#define COLUMN_GAP 2
#define FLEX_LEAST                                                                             \
    12 /* cells that a column of what is left gets at least, if there are twice */
#define FIRST_LINES 64

/* One empty cell at the left and two at the right, where there is room for them. */
static int margin_of(int cols)
{
    return cols >= 20 ? 1 : 0;
}

int sheet_cells(int cols, int indent)
{
    int cells = cols - 3 * margin_of(cols);

    cells = (cells > TEXT_CELLS ? TEXT_CELLS : cells) - indent;
    return cells > 0 ? cells : 1;
}

/* Cells from the margin to where the place ends. */
static int full_cells(const struct sheet *sheet)
{
    return sheet->cols - 3 * margin_of(sheet->cols);
}

/* Cut to the screen, spaces at the end left out. */
static struct frame_row make_row(struct sheet *sheet, const char *text, size_t length,
                                 enum look look)
{
    length = utf8_fit(text, length, sheet->cols);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return (struct frame_row){arena_strndup(sheet->arena, text, length), look};
}

struct frame_row sheet_line(struct sheet *sheet, const char *text, enum look look)
{
    return make_row(sheet, text, strlen(text), look);
}

static void add_row(struct sheet *sheet, struct frame_row row)
{
    int size = sheet->size ? sheet->size * 2 : FIRST_LINES;

    if (sheet->count == sheet->size) {
        sheet->line = arena_grow(sheet->arena, sheet->line, (size_t)sheet->count, (size_t)size,
                                 sizeof(*sheet->line));
        sheet->size = size;
    }
    sheet->line[sheet->count++] = row;
}

/* Empties the line that is being made and begins it with the margin. */
static struct buf *begin_line(struct sheet *sheet)
{
    buf_clear(&sheet->line_text);
    buf_pad(&sheet->line_text, ' ', (size_t)margin_of(sheet->cols));
    return &sheet->line_text;
}

/* Adds one line: margin, prefix, text. */
static void add_line(struct sheet *sheet, const char *prefix, const char *text, size_t length,
                     enum look look)
{
    struct buf *line = begin_line(sheet);

    buf_puts(line, prefix);
    buf_add(line, text, length);
    add_row(sheet, make_row(sheet, buf_text(line), line->length, look));
}

/* Text in the sheet's work buffer, safe to show. */
static const struct buf *safe(struct sheet *sheet, const char *text, size_t length)
{
    buf_clear(&sheet->work);
    utf8_printable(&sheet->work, text, length, true);
    return &sheet->work;
}

/* Adds wrapped text; lines after the first begin under its text. */
static void add_text(struct sheet *sheet, const char *prefix, const char *text, enum look look)
{
    const struct buf *shown = safe(sheet, text ? text : "", text ? strlen(text) : 0);
    int cells = utf8_cells(prefix, strlen(prefix));
    struct wrapped line;
    struct wrap wrap;

    wrap_init(&wrap, buf_text(shown), shown->length, sheet_cells(sheet->cols, cells));
    while (wrap_next(&wrap, &line)) {
        add_line(sheet, prefix, wrap.text + line.start, line.length, look);
        if (line.start == 0)
            prefix = arena_printf(sheet->arena, "%*s", cells, "");
    }
}

static const char *mark(bool focused)
{
    return focused ? "> " : "  ";
}

static void add_choice(struct sheet *sheet, const struct block *block, bool focused)
{
    const char *box =
        block->many ? (block->chosen ? "[x]" : "[ ]") : (block->chosen ? "(*)" : "( )");
    enum look look = focused ? LOOK_FOCUS : block->chosen ? LOOK_CHOSEN : LOOK_PLAIN;

    add_text(sheet, arena_printf(sheet->arena, "%s%s ", mark(focused), box), block->text, look);
    if (block->detail)
        add_text(sheet, "      ", block->detail, LOOK_HINT);
}

static void put_caret(struct sheet *sheet, const char *text, size_t bytes)
{
    int cells = utf8_cells(text, bytes), most = layout_field_cells(sheet->cols);

    sheet->cursor_line = sheet->count;
    sheet->cursor_col = margin_of(sheet->cols) + SHEET_MARK + (cells < most ? cells : most);
}

/* The text under its label. Its bytes are clean (edit.h), so that the lines of the caret and
 * of edit_act are the lines shown; each is made safe once more all the same. */
static void add_field_text(struct sheet *sheet, const struct edit *edit, bool focused)
{
    const char *text = edit_text(edit);
    struct wrapped line;
    struct wrap wrap;
    const struct buf *shown;

    wrap_init(&wrap, text, edit->text.length, layout_field_cells(sheet->cols));
    while (wrap_next(&wrap, &line)) {
        if (focused && edit->caret >= line.start && (edit->caret < line.next || wrap.over))
            put_caret(sheet, text + line.start, edit->caret - line.start);
        shown = safe(sheet, text + line.start, line.length);
        add_line(sheet, mark(false), buf_text(shown), shown->length, LOOK_FIELD);
    }
}

static void add_field(struct sheet *sheet, const struct block *block, bool focused)
{
    const struct edit *edit = block->edit;
    bool typed = edit && edit->text.length > 0;
    bool secret = edit && edit->secret;
    const char *instead = typed && secret              ? "(typed)"
                          : typed || focused || secret ? ""
                                                       : "(empty)";

    add_text(sheet, mark(focused), block->text, LOOK_PLAIN);
    if (block->detail)
        add_text(sheet, mark(false), block->detail, LOOK_HINT);
    if (typed && !secret) {
        add_field_text(sheet, edit, focused);
        return;
    }
    if (focused)
        put_caret(sheet, instead, strlen(instead));
    add_line(sheet, mark(false), instead, strlen(instead), LOOK_FIELD);
}

/* Cells of each column: as asked for, less if the screen is too narrow, and the rest shared by
 * those that take what is left. */
static void share_cells(const struct block *block, int cells, int width[COLUMN_MAX])
{
    int fixed = 0, flexible = 0, least;

    cells -= COLUMN_GAP * ((int)block->column_count - 1);
    for (size_t i = 0; i < block->column_count; i++) {
        fixed += block->column[i].cells;
        flexible += block->column[i].cells == 0;
    }
    least = flexible * (cells / 2 < FLEX_LEAST ? cells / 2 : FLEX_LEAST);
    least = least > cells / 2 ? cells / 2 : least;
    for (size_t i = 0; i < block->column_count; i++) {
        width[i] = block->column[i].cells;
        if (fixed > 0 && fixed > cells - least)
            width[i] = width[i] * (cells > least ? cells - least : 0) / fixed;
    }
    fixed = fixed > cells - least ? cells - least : fixed;
    for (size_t i = 0; i < block->column_count; i++)
        if (block->column[i].cells == 0)
            width[i] = (cells - fixed) / flexible;
}

/* Adds the text cut to `cells`, the last three of them "..." if it does not fit. Returns the
 * cells that it took. */
static int add_cut(struct buf *out, const char *text, size_t length, int cells)
{
    int dots = cells < 3 ? (cells > 0 ? cells : 0) : 3, all = utf8_cells(text, length);

    if (all > cells) {
        length = utf8_fit(text, length, cells - dots);
        all = utf8_cells(text, length) + dots;
    } else {
        dots = 0;
    }
    buf_add(out, text, length);
    buf_add(out, "...", (size_t)dots);
    return all;
}

/* The first line of a text that is to stay on one. */
static const struct buf *safe_line(struct sheet *sheet, const char *text)
{
    text = text ? text : "";
    buf_clear(&sheet->work);
    utf8_printable(&sheet->work, text, strcspn(text, "\n"), false);
    return &sheet->work;
}

static void add_columns(struct sheet *sheet, const struct block *block, bool focused,
                        const int width[COLUMN_MAX], size_t count)
{
    struct buf line = {0};
    enum look look = focused ? LOOK_FOCUS : LOOK_PLAIN;
    const struct buf *shown;
    int used;

    buf_puts(&line, mark(focused));
    for (size_t i = 0; i < count; i++) {
        shown = safe_line(sheet, block->column[i].text);
        used = add_cut(&line, buf_text(shown), shown->length, width[i]);
        buf_pad(&line, ' ', (size_t)(width[i] > used ? width[i] - used : 0) + COLUMN_GAP);
    }
    if (count < block->column_count)
        add_text(sheet, buf_text(&line), block->column[count].text, look);
    else
        add_line(sheet, "", buf_text(&line), line.length, look);
    buf_release(&line);
}

static void add_columns_row(struct sheet *sheet, const struct block *block, bool focused)
{
    int width[COLUMN_MAX] = {0};
    int cells =
        block->wraps ? sheet_cells(sheet->cols, SHEET_MARK) : full_cells(sheet) - SHEET_MARK;

    if (block->column_count == 0) {
        add_text(sheet, mark(focused), block->text, focused ? LOOK_FOCUS : LOOK_PLAIN);
    } else {
        share_cells(block, cells, width);
        add_columns(sheet, block, focused, width, block->column_count - (block->wraps ? 1 : 0));
    }
    if (block->detail)
        add_text(sheet, "    ", block->detail, LOOK_HINT);
}

static void add_paragraph(struct sheet *sheet, const struct block *block)
{
    static const struct {
        const char *prefix;
        enum look look;
    } kinds[] = {
        [BLOCK_ERROR] = {"Error: ", LOOK_ERROR}, [BLOCK_WARNING] = {"Warning: ", LOOK_WARNING},
        [BLOCK_HEADING] = {"", LOOK_HEADING},    [BLOCK_HINT] = {"", LOOK_HINT},
        [BLOCK_TEXT] = {"", LOOK_PLAIN},         [BLOCK_PROGRESS] = {"", LOOK_PROGRESS},
    };

    add_text(sheet, kinds[block->kind].prefix, block->text, kinds[block->kind].look);
    if (block->detail)
        add_text(sheet, "", block->detail, LOOK_HINT);
}

static void add_block(struct sheet *sheet, const struct block *block, bool focused)
{
    switch (block->kind) {
    case BLOCK_CHOICE:
        add_choice(sheet, block, focused);
        break;
    case BLOCK_FIELD:
        add_field(sheet, block, focused);
        break;
    case BLOCK_ROW:
        add_columns_row(sheet, block, focused);
        break;
    case BLOCK_ACTION:
        add_text(sheet, mark(focused), block->text, focused ? LOOK_FOCUS : LOOK_PLAIN);
        break;
    default:
        add_paragraph(sheet, block);
    }
}

static void add_focused(struct sheet *sheet, const struct page *page)
{
    int id = page_focused(page);

    sheet->focus_start = sheet->cursor_line = sheet->count;
    sheet->cursor_col = margin_of(sheet->cols);
    add_block(sheet, &page->block[page->focus], true);
    sheet->focus_end = sheet->count;
    sheet->first_focus = id == page_end(page, -1);
    sheet->last_focus = id == page_end(page, 1);
}

void sheet_body(struct sheet *sheet, const struct page *page)
{
    const struct block *above = NULL;

    sheet->cursor_col = margin_of(sheet->cols);
    for (size_t i = 0; i < page->count; i++) {
        const struct block *block = &page->block[i];

        if (block->kind == BLOCK_BANNER)
            continue;
        if (above && block_apart(above, block))
            add_line(sheet, "", "", 0, LOOK_PLAIN);
        if (i == page->focus)
            add_focused(sheet, page);
        else
            add_block(sheet, block, false);
        above = block;
    }
}

struct frame_row sheet_title(struct sheet *sheet, const struct page *page)
{
    const struct buf *place = safe_line(sheet, page->place);
    int cells = full_cells(sheet), room = cells, used;
    char *right = arena_strndup(sheet->arena, buf_text(place), place->length);
    int right_cells = utf8_cells(right, strlen(right));
    const struct buf *title = safe_line(sheet, page->title);
    struct buf *line = begin_line(sheet);

    if (right_cells > 0 && right_cells <= cells / 2) /* else the title matters more */
        room = cells - right_cells - COLUMN_GAP;
    used = add_cut(line, buf_text(title), title->length, room);
    if (room < cells) {
        buf_pad(line, ' ', (size_t)(cells - right_cells - used));
        buf_puts(line, right);
    }
    return make_row(sheet, buf_text(line), line->length, LOOK_TITLE);
}

/* A row of one line of text, cut to `cells`. */
static struct frame_row cut_row(struct sheet *sheet, const char *text, int cells,
                                enum look look)
{
    const struct buf *shown = safe_line(sheet, text);
    struct buf *line = begin_line(sheet);

    add_cut(line, buf_text(shown), shown->length, cells);
    return make_row(sheet, buf_text(line), line->length, look);
}

struct frame_row sheet_banner(struct sheet *sheet, const struct block *banner)
{
    return cut_row(sheet, banner->text, full_cells(sheet), LOOK_BANNER);
}

/* The acts with `gap` cells between them, as many as fit. True if all did. */
static bool add_acts(struct buf *line, const struct page *page, int gap, int cells)
{
    for (size_t i = 0; i < COUNT(page->footer) && page->footer[i]; i++) {
        const char *key = act_keys(page->footer[i]), *name = act_name(page->footer[i]);
        size_t more = (i > 0 ? (size_t)gap : 0) + strlen(key) + 1 + strlen(name);

        if (line->length + more > (size_t)cells)
            return false;
        buf_pad(line, ' ', i > 0 ? (size_t)gap : 0);
        buf_printf(line, "%s %s", key, name);
    }
    return true;
}

struct frame_row sheet_footer(struct sheet *sheet, const struct page *page)
{
    int margin = margin_of(sheet->cols);
    struct buf *line;

    if (page->message && page->message[0])
        return cut_row(sheet, page->message, sheet->cols - margin, LOOK_FOOTER);
    line = begin_line(sheet);
    if (!add_acts(line, page, 3, sheet->cols)) {
        buf_cut(line, (size_t)margin);
        add_acts(line, page, 2, sheet->cols);
    }
    return make_row(sheet, buf_text(line), line->length, LOOK_FOOTER);
}
