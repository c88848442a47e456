/* SPDX-License-Identifier: MIT */
/*
 * A program of one page, for the tests of the terminal: it uses nothing but pages, the layout
 * and the terminal. Its title counts what was submitted, so that a test sees what a key did.
 *
 *     demo [rows N | idle SECONDS]
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret.h"
#include "ui/layout.h"
#include "ui/page.h"
#include "ui/term.h"

enum { ID_NAME = 100, ID_WHY, ID_SECRET, ID_SUBMIT, ID_ROW = 1000 };

struct demo {
    int focus, chosen, submitted, idle, rows, top;
    bool over;
    struct edit name, why, secret;
    const char *message;
    struct page page;
    struct frame frame;
};

static const char *const choices[] = {
    "Yes, and they agreed",
    "Yes, and they refused",
    "No: asking would put someone at risk",
    "No: there was no time",
};

static void view_rows(struct demo *demo)
{
    struct page *page = &demo->page;

    for (int i = demo->top; i < demo->top + 20 && i < demo->rows; i++)
        page_row(page, ID_ROW + i,
                 (struct column[]){{page_format(page, "R-%06d", i), 8},
                                   {page_format(page, "2024-03-%02d", i % 28 + 1), 10},
                                   {page_format(page, "Decision %d: housing, option %d chosen",
                                                i * 7919 % 100000, i % 5),
                                    0}},
                 3);
}

static void view_form(struct demo *demo)
{
    struct page *page = &demo->page;

    page_add(page, BLOCK_ERROR, "This is what an error looks like.");
    page_add(page, BLOCK_HEADING, "Has the person been asked?");
    page_add(page, BLOCK_HINT, "Ask only where you would respect a no.");
    for (size_t i = 0; i < COUNT(choices); i++)
        page_choice(page, (int)i + 1, false, demo->chosen == (int)i + 1, choices[i], NULL);
    page_field(page, ID_NAME, "Name", &demo->name);
    page_field(page, ID_WHY, "Why", &demo->why);
    page_field(page, ID_SECRET, "Passphrase", &demo->secret);
    page_action(page, ID_SUBMIT, "Continue");
}

static void view(struct demo *demo)
{
    static const enum act footer[] = {ACT_CHOOSE, ACT_BACK, ACT_HELP, ACT_QUIT};
    struct page *page = &demo->page;
    int rows, cols;

    page_clear(page);
    page->title = "A demonstration";
    page->place = page_format(page, "Submitted %d", demo->submitted);
    page->message = demo->message;
    page_footer(page, footer, COUNT(footer));
    if (demo->rows)
        view_rows(demo);
    else
        view_form(demo);
    page_focus(page, demo->focus);
    demo->focus = page_focused(page);
    term_size(&rows, &cols);
    frame_layout(&demo->frame, page, rows, cols);
}

static struct edit *edit_of(struct demo *demo)
{
    return demo->focus == ID_NAME     ? &demo->name
           : demo->focus == ID_WHY    ? &demo->why
           : demo->focus == ID_SECRET ? &demo->secret
                                      : NULL;
}

static void turn_page(struct demo *demo, int direction)
{
    int most = demo->rows > 20 ? demo->rows - 20 : 0;

    if (!demo->rows) {
        frame_scroll(&demo->frame, direction);
        return;
    }
    demo->top += 20 * direction;
    demo->top = demo->top < 0 ? 0 : demo->top > most ? most : demo->top;
    demo->focus = ID_ROW + demo->top;
}

static void choose(struct demo *demo)
{
    if (demo->focus == ID_SUBMIT || edit_of(demo))
        demo->submitted++;
    else
        demo->chosen = demo->focus;
}

static void do_act(struct demo *demo, enum act act, const struct press *press)
{
    struct edit *edit = edit_of(demo);

    if (act == ACT_UP || act == ACT_PREVIOUS)
        demo->focus = page_step(&demo->page, -1);
    else if (act == ACT_DOWN || act == ACT_NEXT)
        demo->focus = page_step(&demo->page, 1);
    else if (act == ACT_PAGE_UP || act == ACT_PAGE_DOWN)
        turn_page(demo, act == ACT_PAGE_UP ? -1 : 1);
    else if (act == ACT_CHOOSE || act == ACT_CONTINUE || act == ACT_TICK)
        choose(demo);
    else if (act == ACT_SUSPEND)
        term_suspend();
    else if (act == ACT_REPAINT)
        term_repaint();
    else if (act == ACT_BACK || act == ACT_QUIT || act == ACT_INTERRUPT)
        demo->over = true;
    else if (act == ACT_HIDE)
        die("Asked to die.");
    else if (edit && act)
        edit_act(edit, act, press, layout_field_cells(demo->frame.cols));
    else
        demo->message = "That key does nothing here.";
}

static void run(struct demo *demo)
{
    struct press press;
    const char *text;

    while (!demo->over) {
        view(demo);
        if (!term_waits())
            term_paint(&demo->frame);
        demo->message = NULL;
        switch (term_wait(demo->idle > 0 ? demo->idle : -1, &press, &text)) {
        case TERM_PRESS:
            do_act(demo, act_of(&press, page_reach(&demo->page)), &press);
            break;
        case TERM_PASTE:
            if (edit_of(demo))
                edit_insert(edit_of(demo), text, strlen(text));
            break;
        case TERM_RESIZE:
            break;
        case TERM_IDLE:
            demo->message = "Nothing came.";
            break;
        case TERM_HANGUP:
            demo->over = true;
            break;
        }
    }
}

int main(int argc, char **argv)
{
    const struct term_options options = {.colour = true};
    struct demo demo = {.why = {.lines = true}, .secret = {.secret = true}};
    struct error error;

    if (argc > 2 && strcmp(argv[1], "rows") == 0)
        demo.rows = atoi(argv[2]);
    if (argc > 2 && strcmp(argv[1], "idle") == 0)
        demo.idle = atoi(argv[2]);
    if (term_open(&options, &demo.message, &error)) {
        printf("%s\n", error.what);
        return status_exit_code(error.status);
    }
    page_init(&demo.page);
    run(&demo);
    term_close();
    edit_release(&demo.name);
    edit_release(&demo.why);
    edit_release(&demo.secret);
    page_release(&demo.page);
    frame_release(&demo.frame);
    puts("Goodbye.");
    return 0;
}
