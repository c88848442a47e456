/* SPDX-License-Identifier: MIT */
/* `floor`: the least that a list in ncurses can be, one row a line and no data behind it; what
 * bench_screen holds the log's pages against. PgDn turns a page, q leaves. */
#include <curses.h>
#include <locale.h>

static void show(int top)
{
    for (int row = 0; row < LINES - 1; row++) {
        if (row == 0)
            attron(A_REVERSE);
        mvprintw(row, 0, "R%07d  2026-%02d-%02d  share  agreed  person %d", top + row,
                 (top + row) % 12 + 1, (top + row) % 28 + 1, (top + row) * 7919 % 100000);
        clrtoeol();
        attroff(A_REVERSE);
    }
    mvprintw(LINES - 1, 0, "PgDn  q leave");
    move(0, 0);
    refresh();
}

int main(void)
{
    int top = 0, key = KEY_NPAGE;

    setlocale(LC_ALL, "");
    initscr();
    cbreak();
    noecho();
    keypad(stdscr, TRUE);
    do {
        if (key == KEY_NPAGE)
            show(top += LINES - 1);
    } while ((key = getch()) != 'q');
    endwin();
    return 0;
}
