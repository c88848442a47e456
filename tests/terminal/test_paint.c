/* SPDX-License-Identifier: MIT */
/* Painting: after any frames in any order the screen shows the last, and no more was sent than
 * differs. The screen is libvterm's, and curses writes into a file; no program is run. */
#include "../unit/unit.h"

#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <vterm.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "ui/term_paint.h"

#define ROUNDS 4000
#define ROWS_MOST 12
#define COLS_MOST 40

struct canvas {
    VTerm *vterm;
    VTermScreen *screen;
    SCREEN *curses;
    FILE *paper;
    struct buf out; /* what was sent last */
    struct frame frame;
    struct frame_row row[ROWS_MOST];
    char text[ROWS_MOST][COLS_MOST * 8];
};

static uint32_t seed = 20261122;

static uint32_t any(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

static void canvas_init(struct canvas *canvas, const char *term)
{
    memset(canvas, 0, sizeof(*canvas));
    assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
    canvas->paper = tmpfile();
    assert_non_null(canvas->paper);
    canvas->curses = newterm(term, canvas->paper, stdin);
    assert_non_null(canvas->curses);
    paint_open(canvas->paper, true);
    canvas->vterm = vterm_new(ROWS_MOST, COLS_MOST);
    vterm_set_utf8(canvas->vterm, 1);
    canvas->screen = vterm_obtain_screen(canvas->vterm);
    vterm_screen_reset(canvas->screen, 1);
    canvas->frame.row = canvas->row;
}

static void canvas_release(struct canvas *canvas)
{
    paint_nothing();
    endwin();
    delscreen(canvas->curses);
    fclose(canvas->paper);
    buf_release(&canvas->out);
    vterm_free(canvas->vterm);
}

static void set_size(struct canvas *canvas, int rows, int cols)
{
    canvas->frame.rows = rows;
    canvas->frame.cols = cols;
    resize_term(rows, cols);
    paint_forget();
    vterm_set_size(canvas->vterm, rows, cols);
}

static void set_row(struct canvas *canvas, int row, const char *text, enum look look)
{
    /* libvterm 0.1 can lose a mark in the last column, and what an insertion moves there, which
     * is how curses fills the last cell of all in some terminals. */
    bool last = row == canvas->frame.rows - 1;
    int cells = canvas->frame.cols - (last || strstr(text, "\xcc\x81"));
    size_t length = utf8_fit(text, strlen(text), cells);

    while (length > 0 && text[length - 1] == ' ')
        length--;
    memcpy(canvas->text[row], text, length);
    canvas->text[row][length] = '\0';
    canvas->row[row] = (struct frame_row){canvas->text[row], look};
}

/* Paints, and returns how many bytes that took. */
static size_t paint(struct canvas *canvas)
{
    int file = fileno(canvas->paper);
    char bytes[4096];
    ssize_t got;

    paint_frame(&canvas->frame);
    buf_clear(&canvas->out);
    lseek(file, 0, SEEK_SET);
    while ((got = read(file, bytes, sizeof(bytes))) > 0)
        buf_add(&canvas->out, bytes, (size_t)got);
    assert_int_equal(ftruncate(file, 0), 0);
    rewind(canvas->paper);
    vterm_input_write(canvas->vterm, buf_text(&canvas->out), canvas->out.length);
    return canvas->out.length;
}

static void read_row(struct canvas *canvas, int row, char *text)
{
    VTermScreenCell cell;
    size_t length = 0, end = 0;

    for (int col = 0; col<canvas->frame.cols; col += cell.width> 0 ? cell.width : 1) {
        memset(&cell, 0, sizeof(cell));
        vterm_screen_get_cell(canvas->screen, (VTermPos){.row = row, .col = col}, &cell);
        for (size_t i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
            length += utf8_encode(cell.chars[i], text + length);
        if (!cell.chars[0])
            text[length++] = ' ';
        else if (cell.chars[0] != ' ')
            end = length;
    }
    text[end] = '\0';
}

static void check_screen(struct canvas *canvas)
{
    char text[COLS_MOST * 8 * 4];
    VTermPos place;

    for (int row = 0; row < canvas->frame.rows; row++) {
        read_row(canvas, row, text);
        assert_string_equal(text, canvas->row[row].text);
    }
    vterm_state_get_cursorpos(vterm_obtain_state(canvas->vterm), &place);
    assert_int_equal(place.row, canvas->frame.cursor_row);
    assert_int_equal(place.col, canvas->frame.cursor_col);
}

static void any_row(struct canvas *canvas, int row)
{
    static const char *const parts[] = {"word ",
                                        "  ",
                                        "R-000123  ",
                                        "\xc3\xa9t\xc3\xa9 ",
                                        "\xe4\xb8\xad\xe6\x96\x87",
                                        "e\xcc\x81",
                                        "x",
                                        "a rather longer piece of text"};
    char text[COLS_MOST * 8] = "";
    size_t pieces = any(6), kinds = any(3) ? 3 : COUNT(parts);

    for (size_t i = 0; i < pieces; i++)
        strcat(text, parts[any((uint32_t)kinds)]);
    set_row(canvas, row, text, (enum look)any(LOOK_COUNT));
}

static void test_shows_the_last_frame(void **state)
{
    static const char *const terms[] = {"xterm-256color", "linux", "vt100", "screen"};
    struct canvas canvas;

    (void)state;
    for (size_t term = 0; term < COUNT(terms); term++) {
        canvas_init(&canvas, terms[term]);
        set_size(&canvas, ROWS_MOST, COLS_MOST);
        for (int round = 0; round < ROUNDS; round++) {
            bool all = round == 0 || any(20) == 0;

            if (any(50) == 0) {
                set_size(&canvas, 1 + (int)any(ROWS_MOST), 1 + (int)any(COLS_MOST));
                all = true;
            }
            for (int row = 0; row < canvas.frame.rows; row++)
                if (all || any(4) == 0)
                    any_row(&canvas, row);
            canvas.frame.cursor_row = (int)any((uint32_t)canvas.frame.rows);
            canvas.frame.cursor_col = (int)any((uint32_t)canvas.frame.cols);
            paint(&canvas);
            check_screen(&canvas);
        }
        canvas_release(&canvas);
    }
}

static bool is_reversed(struct canvas *canvas, int row, int col)
{
    VTermScreenCell cell;

    vterm_screen_get_cell(canvas->screen, (VTermPos){.row = row, .col = col}, &cell);
    return cell.attrs.reverse;
}

/* A look covers its text and nothing else, and goes with it. */
static void test_looks(void **state)
{
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, "xterm-256color");
    set_size(&canvas, 2, 20);
    set_row(&canvas, 0, " > Yes", LOOK_FOCUS);
    set_row(&canvas, 1, "   No", LOOK_PLAIN);
    paint(&canvas);
    assert_false(is_reversed(&canvas, 0, 0));
    assert_true(is_reversed(&canvas, 0, 1));
    assert_true(is_reversed(&canvas, 0, 5));
    assert_false(is_reversed(&canvas, 0, 6));
    assert_false(is_reversed(&canvas, 1, 3));
    set_row(&canvas, 0, "   Yes", LOOK_PLAIN);
    set_row(&canvas, 1, " > No", LOOK_FOCUS);
    paint(&canvas);
    assert_false(is_reversed(&canvas, 0, 3));
    assert_true(is_reversed(&canvas, 1, 1));
    assert_false(is_reversed(&canvas, 1, 5));
    canvas_release(&canvas);
}

static void test_sends_no_more_than_differs(void **state)
{
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, "xterm-256color");
    set_size(&canvas, 4, 40);
    for (int row = 0; row < 4; row++)
        set_row(&canvas, row, "2026-09-30  R-000123  the same", LOOK_FIELD);
    paint(&canvas);
    assert_int_equal(paint(&canvas), 0);
    canvas.frame.cursor_row = 3;
    canvas.frame.cursor_col = 30;
    paint(&canvas);
    set_row(&canvas, 3, "2026-09-30  R-000123  the same!", LOOK_FIELD);
    canvas.frame.cursor_col = 31;
    assert_in_range(paint(&canvas), 1, 16); /* the letter, and its look on and off */
    set_row(&canvas, 3, "2026-09-30  R-000129  the same!", LOOK_FIELD);
    assert_in_range(paint(&canvas), 1, 30);
    check_screen(&canvas);
    paint_forget();
    assert_true(paint(&canvas) > 100);
    check_screen(&canvas);
    canvas_release(&canvas);
}

/* After a wide character the cursor is placed anew: the terminal may count it otherwise. */
static void test_trusts_no_width(void **state)
{
    static const char placed[] = "\033[1;3H";
    struct canvas canvas;
    size_t length;

    (void)state;
    canvas_init(&canvas, "xterm-256color");
    set_size(&canvas, 1, 20);
    set_row(&canvas, 0, "\xe4\xb8\xad", LOOK_PLAIN);
    canvas.frame.cursor_col = 2;
    length = paint(&canvas);
    assert_true(length > strlen(placed));
    assert_string_equal(buf_text(&canvas.out) + length - strlen(placed), placed);
    canvas_release(&canvas);
}

/* What is too wide stays in its row, and the last cell of all does not scroll the rest away. */
static void test_stays_in_its_row(void **state)
{
    struct canvas canvas;

    (void)state;
    canvas_init(&canvas, "vt100");
    set_size(&canvas, 2, 5);
    canvas.row[0] = (struct frame_row){(char[]){"abcdefgh"}, LOOK_PLAIN};
    canvas.row[1] =
        (struct frame_row){(char[]){"\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad"}, LOOK_PLAIN};
    paint(&canvas);
    set_row(&canvas, 0, "abcde", LOOK_PLAIN);
    canvas.row[1] = (struct frame_row){(char[]){"\xe4\xb8\xad\xe4\xb8\xad"}, LOOK_PLAIN};
    check_screen(&canvas);
    canvas.row[1] = (struct frame_row){(char[]){"fghij"}, LOOK_PLAIN};
    paint(&canvas);
    check_screen(&canvas);
    canvas_release(&canvas);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shows_the_last_frame),
        cmocka_unit_test(test_looks),
        cmocka_unit_test(test_sends_no_more_than_differs),
        cmocka_unit_test(test_trusts_no_width),
        cmocka_unit_test(test_stays_in_its_row),
    };

    return cmocka_run_group_tests_name("paint", tests, NULL, NULL);
}
