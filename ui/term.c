/* SPDX-License-Identifier: MIT */
/*
 * The terminal: starts curses, waits for input, gives the terminal back. Holds what it knows in
 * one variable, since there is one terminal, and who dies knows no other way to it. What is
 * painted is made by term_paint.c, what a key is by term_keys.c.
 *
 * Curses writes whenever it pleases, in some versions at every move of the cursor, and each
 * write wakes the terminal. So it is given a file in memory, the paper, and what a paint left
 * there goes out in one write. The terminal's settings, which curses cannot reach through a
 * file, are therefore set here.
 */
#include "ui/term.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/timerfd.h>
#include <term.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/secret.h"
#include "ui/term_keys.h"
#include "ui/term_paint.h"
#include "ui/term_signals.h"

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define ESC_WAIT 50 /* ms: Esc, and not the start of an arrow; ESCDELAY changes it */
#define ESC_WAIT_MOST 5000
#define SIZE_MOST 1000 /* rows or columns: more than any screen has */

static struct {
    bool open;
    bool away;   /* the other end is gone */
    bool ending; /* we were told to end */
    SCREEN *screen;
    FILE *paper;
    struct termios found;
    int timer;
    bool brackets_paste; /* the terminal can be asked to mark what is pasted */
    char *leave;         /* what gives the terminal back, for a crash */
} term = {.timer = -1};

/* --- the paper ------------------------------------------------------------------------ */

/* Takes what was written since, as a string; the caller frees it. */
static char *take_paper(size_t *ret_length)
{
    int file = fileno(term.paper);
    off_t length = lseek(file, 0, SEEK_CUR);
    char *bytes = xcalloc((size_t)length + 1, 1);

    if (pread(file, bytes, (size_t)length, 0) != length)
        die("What was painted could not be read back: %s.", strerror(errno));
    rewind(term.paper);
    *ret_length = (size_t)length;
    return bytes;
}

/* Sends what was written, in one write unless the line is slow. */
static void flush(void)
{
    struct pollfd line = {.fd = STDOUT_FILENO, .events = POLLOUT};
    size_t length;
    char *bytes = take_paper(&length);
    ssize_t sent;

    for (size_t done = 0; done < length && !term.away;) {
        sent = write(STDOUT_FILENO, bytes + done, length - done);
        if (sent > 0)
            done += (size_t)sent;
        else if (errno == EAGAIN)
            poll(&line, 1, -1);
        else if (errno != EINTR)
            term.away = true;
    }
    secret_wipe(bytes, length);
    free(bytes);
}

static void bracket_pastes(const char *sequence)
{
    if (term.brackets_paste)
        fputs(sequence, term.paper);
    fflush(term.paper);
}

/* Clears the screen, so that no case text stays on it, and ends what curses does there. */
static void end_screen(void)
{
    paint_nothing();
    bracket_pastes(PASTE_OFF);
    endwin();
}

/* --- taking and giving back ----------------------------------------------------------- */

static void measure(void)
{
    struct winsize size;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
        resize_term(size.ws_row < SIZE_MOST ? size.ws_row : SIZE_MOST,
                    size.ws_col < SIZE_MOST ? size.ws_col : SIZE_MOST);
    paint_forget();
}

/* Takes the terminal; what has to be sent for it goes out with the first paint. Every key comes
 * as it is and at once, Ctrl-C, Ctrl-S and Ctrl-Z included. */
static void enter(void)
{
    struct termios ours = term.found;

    cfmakeraw(&ours);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &ours);
    bracket_pastes(PASTE_ON);
    keys_ask();
    measure();
}

/* Gives the terminal back as it was found. Works from the background as well, where changing
 * its settings would stop us. */
static void leave(void)
{
    sigset_t output, before;

    sigemptyset(&output);
    sigaddset(&output, SIGTTOU);
    sigprocmask(SIG_BLOCK, &output, &before);
    end_screen();
    flush();
    tcsetattr(STDIN_FILENO, TCSADRAIN, &term.found);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

/* --- opening and closing -------------------------------------------------------------- */

/* Whether text is UTF-8 here, in curses' eyes too. Where no language is set (LANG=C) nothing
 * says that it is not, and every terminal of today takes it. */
static bool speaks_utf8(void)
{
    if (setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
        return true;
    return strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") == 0 &&
           setlocale(LC_CTYPE, "C.UTF-8");
}

/* No full screen, and why. */
static enum status plain(struct error *error, const char *why)
{
    return fail(error, STATUS_UNSUPPORTED, "Use the plain prompts.", "%s", why);
}

/* Also opens the paper, and a timer that counts while the machine sleeps: idle is idle. */
static enum status check(struct error *error)
{
    int file;

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) ||
        tcgetattr(STDIN_FILENO, &term.found) != 0)
        return plain(error, "There is no terminal to show a full screen on.");
    if (!speaks_utf8())
        return fail(error, STATUS_UNSUPPORTED, "Set LANG to a UTF-8 locale, such as C.UTF-8.",
                    "This locale does not use UTF-8.");
    file = memfd_create("screen", MFD_CLOEXEC);
    term.paper = file >= 0 ? fdopen(file, "w") : NULL;
    term.timer = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    if (!term.paper || term.timer < 0)
        return plain(error, "What the full screen needs could not be opened.");
    return STATUS_OK;
}

/* Gives up all that was opened, whatever there is of it. */
static void release(void)
{
    signals_close(term.ending);
    keys_close();
    if (term.screen)
        delscreen(term.screen);
    if (term.paper)
        fclose(term.paper);
    if (term.timer >= 0)
        close(term.timer);
    free(term.leave);
    memset(&term, 0, sizeof(term));
    term.timer = -1;
}

/* Whether curses can do with the terminal of that name, NULL for TERM. */
static bool is_known(const char *name, bool *ret_able)
{
    int problem;

    if (setupterm(name, STDOUT_FILENO, &problem) != OK)
        return false;
    *ret_able = cursor_address && clear_screen && clr_eol;
    term.brackets_paste = *ret_able && strncmp(cursor_address, "\033[", 2) == 0;
    del_curterm(cur_term);
    return true;
}

/* Starts curses. Signals are ours by now, which makes it leave them alone. */
static enum status start(const char **ret_notice, struct error *error)
{
    const char *name = NULL, *notice = NULL;
    bool able;

    if (!is_known(NULL, &able)) {
        name = "xterm-256color";
        notice = "This terminal's name (TERM) is not known here. It is used as xterm-256color.";
        if (!is_known(name, &able))
            return fail(error, STATUS_UNSUPPORTED, "Install ncurses-base.",
                        "The descriptions of terminals are not installed.");
    }
    if (!able)
        return plain(error, "This terminal cannot show full screens.");
    use_env(FALSE); /* the size is measured here */
    use_tioctl(TRUE);
    term.screen = newterm(name, term.paper, stdin);
    if (!term.screen)
        die("Curses could not be started.");
    typeahead(-1);
    if (!getenv("ESCDELAY") || get_escdelay() < 1 || get_escdelay() > ESC_WAIT_MOST)
        set_escdelay(ESC_WAIT);
    *ret_notice = notice;
    return STATUS_OK;
}

/* Begins and ends a screen on paper only, which says what a crash must send. */
static void prepare_leave(void)
{
    size_t length;

    refresh();
    free(take_paper(&length));
    end_screen();
    term.leave = take_paper(&length);
}

enum status term_open(const struct term_options *options, const char **ret_notice,
                      struct error *error)
{
    const char *no_colour = getenv("NO_COLOR");
    enum status status;

    signals_open(&term.leave, &term.found);
    status = check(error);
    if (!status)
        status = start(ret_notice, error);
    if (status) {
        release();
        return status;
    }
    paint_open(term.paper, options->colour && !(no_colour && no_colour[0]));
    keys_open();
    prepare_leave();
    enter();
    term.open = true;
    die_hook(term_close);
    return STATUS_OK;
}

void term_close(void)
{
    if (!term.open)
        return;
    term.open = false;
    die_hook(NULL);
    leave();
    release();
}

void term_size(int *rows, int *cols)
{
    getmaxyx(stdscr, *rows, *cols);
}

void term_paint(const struct frame *frame)
{
    paint_frame(frame);
    flush();
}

void term_repaint(void)
{
    paint_forget();
}

void term_suspend(void)
{
    leave();
    signals_stop();
    enter();
}

/* --- input ---------------------------------------------------------------------------- */

/* What is to be done at once, whatever else waits. */
static bool act_on_signals(enum term_input *ret_input, struct press *press)
{
    if (term.away || signals_take(SIGHUP) || signals_take(SIGTERM)) {
        term.ending = true;
        *ret_input = TERM_HANGUP;
        return true;
    }
    if (signals_take(SIGINT)) {
        *press = (struct press){.kind = PRESS_CTRL, .letter = 'c'};
        *ret_input = TERM_PRESS;
        return true;
    }
    *ret_input = TERM_RESIZE;
    if (signals_take(SIGTSTP)) {
        term_suspend();
        return true;
    }
    if (signals_take(SIGCONT)) { /* after a stop that nobody could see coming */
        endwin();
        enter();
        return true;
    }
    if (!signals_take(SIGWINCH))
        return false;
    measure();
    return true;
}

/* Also a timer that has gone off is set anew, and one that is not wanted is stopped. */
static void set_timer(int seconds)
{
    const struct itimerspec when = {
        .it_value = {.tv_sec = seconds > 0 ? seconds : 0, .tv_nsec = seconds == 0}};

    timerfd_settime(term.timer, 0, &when, NULL);
}

/* Waits for bytes, signals, or the end of the time. True if the time is over. */
static bool wait_for_any(void)
{
    struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                           {.fd = term.timer, .events = POLLIN}};

    if (ppoll(fds, COUNT(fds), NULL, signals_mask()) <= 0)
        return false;
    if (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL))
        term.away = true;
    return !fds[0].revents && fds[1].revents;
}

enum term_input term_wait(int seconds, struct press *press, const char **text)
{
    enum term_input input;
    enum keys_got got;

    set_timer(seconds);
    for (;;) {
        if (act_on_signals(&input, press))
            return input;
        got = keys_take(press, text);
        if (got != KEYS_NONE)
            return got == KEYS_PRESS ? TERM_PRESS : TERM_PASTE;
        if (wait_for_any())
            return TERM_IDLE;
    }
}

bool term_waits(void)
{
    struct pollfd keys = {.fd = STDIN_FILENO, .events = POLLIN};

    return poll(&keys, 1, 0) > 0;
}
