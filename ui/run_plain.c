/* SPDX-License-Identifier: MIT */
/*
 * The loop of the plain prompts: prints a page, reads a line, tells the app. Lines are read
 * with read() and poll(), so that being idle locks here as well. A passphrase is read without
 * echo.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/secret.h"
#include "ui/plain.h"
#include "ui/runner.h"

#define LINE_MAX_BYTES 20000
#define LINES_TO_HIDE 100

enum input { INPUT_LINE, INPUT_END, INPUT_IDLE };

/* In guarded memory, since a line may be a passphrase. */
struct reader {
    char text[LINE_MAX_BYTES + 1];
    size_t length; /* bytes read and not used yet */
    size_t line;   /* of them, those of the line before, with its newline */
};

static enum input fill(struct reader *reader, int seconds)
{
    struct pollfd wait = {.fd = STDIN_FILENO, .events = POLLIN};
    int ready = poll(&wait, 1, seconds < 0 ? -1 : seconds * 1000);
    if (ready == 0)
        return INPUT_IDLE;
    if (ready < 0)
        return errno == EINTR ? INPUT_LINE : INPUT_END;
    ssize_t got =
        read(STDIN_FILENO, reader->text + reader->length, LINE_MAX_BYTES - reader->length);
    if (got <= 0)
        return INPUT_END;
    reader->length += (size_t)got;
    return INPUT_LINE;
}

/* The next line, without its newline; what is longer than the room is cut there. */
static enum input read_line(struct reader *reader, int seconds, const char **ret_line)
{
    memmove(reader->text, reader->text + reader->line, reader->length - reader->line);
    reader->length -= reader->line;
    reader->line = 0;
    for (;;) {
        char *end = memchr(reader->text, '\n', reader->length);
        if (end == NULL && reader->length == LINE_MAX_BYTES)
            end = reader->text + LINE_MAX_BYTES - 1;
        if (end != NULL) {
            *end = '\0';
            if (end > reader->text && end[-1] == '\r')
                end[-1] = '\0';
            reader->line = (size_t)(end - reader->text) + 1;
            *ret_line = reader->text;
            return INPUT_LINE;
        }
        enum input input = fill(reader, seconds);
        if (input != INPUT_LINE)
            return input;
    }
}

static bool asks_secret(const struct page *page)
{
    if (page->focus >= page->count)
        return false;
    const struct block *block = &page->block[page->focus];
    return block->kind == BLOCK_FIELD && block->edit != NULL && block->edit->secret;
}

/* Turns the echo of the terminal off or on again; a pipe has none. */
static void set_echo(bool on)
{
    struct termios modes;
    if (tcgetattr(STDIN_FILENO, &modes) != 0)
        return;
    modes.c_lflag = on ? modes.c_lflag | ECHO : modes.c_lflag & ~(tcflag_t)ECHO;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &modes);
}

static enum input ask(struct runner *runner, struct reader *reader, const char **ret_line)
{
    int seconds = setting_number(runner->options->settings, SETTING_IDLE);
    bool secret = asks_secret(&runner->page);
    enum input input;
    if (secret)
        set_echo(false);
    input = read_line(reader, seconds, ret_line);
    if (secret) {
        set_echo(true);
        putchar('\n');
    }
    return input;
}

static void answer(struct runner *runner, const char *line)
{
    struct plain_input input = plain_read(&runner->page, line);
    switch (input.kind) {
    case PLAIN_ACT:
        runner_feed(runner, (struct event){.kind = EVENT_ACT, .act = input.act});
        break;
    case PLAIN_CHOOSE:
        runner_feed(runner, (struct event){.kind = EVENT_CHOOSE, .id = input.id});
        break;
    case PLAIN_TEXT:
        runner_feed(runner,
                    (struct event){.kind = EVENT_WRITE, .id = input.id, .text = input.text});
        break;
    case PLAIN_UNKNOWN:
        printf("That is not one of the answers here.\n");
        break;
    }
}

static void print_page(struct runner *runner)
{
    struct buf out = {0};
    if (runner->app.world.counting == COUNT_WANTED)
        performer_count(&runner->performer, &runner->app, moment_now(), NULL, NULL);
    app_view(&runner->app, &runner->page);
    plain_print(&runner->page, &out);
    fwrite(buf_text(&out), 1, out.length, stdout);
    fflush(stdout);
    buf_release(&out);
}

/* A line for each bundle that went; Ctrl-C reaches the courier and stops it. An upgrade is told
 * of when it begins. */
void runner_plain_watch(void *data)
{
    struct runner *runner = data;
    const struct world *world = &runner->app.world;
    const struct sending *sending = &world->sending;
    if (world->upgrading > 0) {
        if (world->upgraded == 0)
            print_page(runner);
        return;
    }
    if (sending->bundles != runner->told)
        printf("%lld decisions sent.\n", sending->decisions);
    fflush(stdout);
    runner->told = sending->bundles;
}

/* A terminal that only goes forward hides what it showed by going on. */
static void hide(void)
{
    for (int n = 0; n < LINES_TO_HIDE && isatty(STDOUT_FILENO); n++)
        putchar('\n');
    fflush(stdout);
}

void runner_plain(struct runner *runner)
{
    struct reader *reader = secret_new(sizeof *reader);
    const char *line = "";
    while (runner->ending == ENDING_NONE) {
        print_page(runner);
        switch (ask(runner, reader, &line)) {
        case INPUT_LINE:
            answer(runner, line);
            break;
        case INPUT_IDLE:
            runner_feed(runner, (struct event){.kind = EVENT_IDLE});
            break;
        case INPUT_END:
            runner_hang_up(runner);
            break;
        }
    }
    if (runner->ending == ENDING_LOCK)
        hide();
    secret_free(reader);
}
