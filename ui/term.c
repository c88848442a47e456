/* SPDX-License-Identifier: MIT */
/*
 * The terminal: opens it, waits for input, gives it back. Holds what it knows in one variable,
 * since there is one terminal, and who dies knows no other way to it. What is painted is made
 * by term_paint.c, what a key is by term_keys.c.
 */
#include "ui/term.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/timerfd.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/secret.h"
#include "ui/term_keys.h"
#include "ui/term_paint.h"
#include "ui/term_signals.h"

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define PASTE_MAX (1 << 20) /* bytes; the rest is read and dropped */
#define PASTE_WAIT 1000     /* ms: a paste that goes silent for so long has lost its end */
#define ESC_WAIT 50         /* ms: Esc, and not the start of an arrow; ESCDELAY changes it */
#define SIZE_MOST 1000      /* rows or columns: more than any screen has */

static struct {
    bool open;
    bool away;   /* the other end is gone */
    bool ending; /* we were told to end */
    struct caps caps;
    struct painter painter;
    struct termios found, ours;
    int timer;
    bool timed;
    int rows, cols;
    int esc_wait;
    char input[1024];
    size_t held; /* bytes of it */
    bool late;   /* nothing came to complete them */
    bool pasting;
    size_t matched; /* bytes of PASTE_END seen */
    struct buf paste;
    char leave[4 * CAP_SIZE];
} term = {.timer = -1};

/* --- the line ------------------------------------------------------------------------- */

/* Sends what the painter has gathered, in one write unless the line is slow. */
static void flush(void)
{
    struct buf *out = &term.painter.out;
    struct pollfd line = {.fd = STDOUT_FILENO, .events = POLLOUT};
    ssize_t sent;

    for (size_t done = 0; done < out->length && !term.away;) {
        sent = write(STDOUT_FILENO, out->text + done, out->length - done);
        if (sent > 0)
            done += (size_t)sent;
        else if (errno == EAGAIN)
            poll(&line, 1, -1);
        else if (errno != EINTR)
            term.away = true;
    }
    buf_clear(out);
}

/* Takes the terminal; what has to be sent for it goes out with the first paint. */
static void enter(void)
{
    struct buf *out = &term.painter.out;

    tcsetattr(STDIN_FILENO, TCSADRAIN, &term.ours);
    buf_puts(out, term.caps.text[CAP_ENTER]);
    buf_puts(out, term.caps.text[CAP_KEYS_ON]);
    if (term.caps.brackets_paste)
        buf_puts(out, PASTE_ON);
    painter_forget(&term.painter);
}

/* Clears the screen, so that no case text stays on it, and gives the terminal back as it was
 * found. Works from the background as well, where changing its settings would stop us. */
static void leave(void)
{
    sigset_t output, before;

    sigemptyset(&output);
    sigaddset(&output, SIGTTOU);
    sigprocmask(SIG_BLOCK, &output, &before);
    buf_clear(&term.painter.out);
    buf_puts(&term.painter.out, term.leave);
    flush();
    painter_forget(&term.painter);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &term.found);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

static void prepare_leave(void)
{
    const struct caps *caps = &term.caps;
    struct buf text = {0};

    buf_puts(&text, caps->text[CAP_NORMAL]);
    buf_puts(&text, caps->text[CAP_CLEAR]);
    buf_puts(&text, caps->text[CAP_KEYS_OFF]);
    if (caps->brackets_paste)
        buf_puts(&text, PASTE_OFF);
    buf_puts(&text, caps->text[CAP_LEAVE]);
    if (text.length < sizeof(term.leave))
        memcpy(term.leave, text.text, text.length + 1);
    buf_release(&text);
}

static int within(int number, int otherwise)
{
    number = number > 0 ? number : otherwise > 0 ? otherwise : 1;
    return number < SIZE_MOST ? number : SIZE_MOST;
}

static void measure(void)
{
    struct winsize size = {0};

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        size = (struct winsize){0};
    term.rows = within(size.ws_row, term.caps.rows);
    term.cols = within(size.ws_col, term.caps.cols);
}

/* --- opening and closing -------------------------------------------------------------- */

/* Whether text is UTF-8 here. Where no language is set (LANG=C) nothing says that it is not,
 * and every terminal of today takes it. */
static bool speaks_utf8(void)
{
    locale_t here = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    const char *codeset = here ? nl_langinfo_l(CODESET, here) : "";
    bool utf8 =
        !here || strcmp(codeset, "UTF-8") == 0 || strcmp(codeset, "ANSI_X3.4-1968") == 0;

    if (here)
        freelocale(here);
    return utf8;
}

static enum status check(struct error *error)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return fail(error, STATUS_UNSUPPORTED, "Use the plain prompts.",
                    "There is no terminal to show a full screen on.");
    if (!speaks_utf8())
        return fail(error, STATUS_UNSUPPORTED, "Set LANG to a UTF-8 locale, such as C.UTF-8.",
                    "This locale does not use UTF-8.");
    if (tcgetattr(STDIN_FILENO, &term.found) != 0)
        return fail(error, STATUS_UNSUPPORTED, "Use the plain prompts.",
                    "The terminal's settings could not be read: %s.", strerror(errno));
    return STATUS_OK;
}

/* Every key comes as it is and at once, Ctrl-C, Ctrl-S and Ctrl-Z included; nothing is shown
 * or changed on its way out. */
static struct termios raw_settings(const struct termios *settings)
{
    struct termios raw = *settings;

    raw.c_iflag &= ~(tcflag_t)(BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
    raw.c_oflag &= ~(tcflag_t)OPOST;
    raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    return raw;
}

static int esc_wait(void)
{
    const char *text = getenv("ESCDELAY");
    int wait = text ? atoi(text) : 0;

    return wait > 0 && wait <= 5000 ? wait : ESC_WAIT;
}

/* Counts while the machine sleeps as well: idle is idle. */
static enum status open_timer(struct error *error)
{
    term.timed = false;
    term.timer = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    if (term.timer >= 0)
        return STATUS_OK;
    caps_release();
    return fail(error, STATUS_UNSUPPORTED, "Use the plain prompts.",
                "The time without input could not be measured: %s.", strerror(errno));
}

enum status term_open(const struct term_options *options, const char **ret_notice,
                      struct error *error)
{
    const char *no_colour = getenv("NO_COLOR");
    bool colour = options->colour && !(no_colour && no_colour[0]);
    enum status status = check(error);

    if (!status)
        status = caps_load(&term.caps, colour, ret_notice, error);
    if (!status)
        status = open_timer(error);
    if (status)
        return status;
    term.away = term.ending = term.pasting = false;
    term.held = 0;
    term.esc_wait = esc_wait();
    term.ours = raw_settings(&term.found);
    painter_init(&term.painter, &term.caps);
    prepare_leave();
    measure();
    signals_open(term.leave, &term.found);
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
    signals_close(term.ending);
    painter_release(&term.painter);
    buf_release(&term.paste);
    secret_wipe(term.input, sizeof(term.input));
    caps_release();
    if (term.timer >= 0)
        close(term.timer);
    term.timer = -1;
}

void term_size(int *rows, int *cols)
{
    *rows = term.rows;
    *cols = term.cols;
}

void term_paint(const struct frame *frame)
{
    painter_paint(&term.painter, frame);
    flush();
}

void term_repaint(void)
{
    painter_forget(&term.painter);
}

void term_suspend(void)
{
    leave();
    signals_stop();
    enter();
    measure();
}

/* --- input ---------------------------------------------------------------------------- */

static void consume(size_t used)
{
    memmove(term.input, term.input + used, term.held - used);
    secret_wipe(term.input + term.held - used, used);
    term.held -= used;
    term.late = false;
}

static void add_pasted(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length && term.paste.length < PASTE_MAX; i++)
        if (bytes[i])
            buf_putc(&term.paste, bytes[i]);
}

/* Takes what is held into the paste, up to its end. True when it has ended. */
static bool read_paste(void)
{
    size_t at = 0;

    while (at < term.held && term.matched < strlen(PASTE_END)) {
        if (term.input[at] == PASTE_END[term.matched]) {
            term.matched++;
            at++;
        } else if (term.matched > 0) {
            add_pasted(PASTE_END, term.matched);
            term.matched = 0;
        } else {
            add_pasted(&term.input[at++], 1);
        }
    }
    consume(at);
    if (term.matched < strlen(PASTE_END))
        return false;
    term.pasting = false;
    return true;
}

static void begin_paste(void)
{
    term.pasting = true;
    term.matched = 0;
}

/* Forgets the paste before: it may have been a passphrase. */
static void drop_paste(void)
{
    if (term.paste.text && !term.pasting) {
        secret_wipe(term.paste.text, term.paste.size);
        buf_clear(&term.paste);
    }
}

/* Whether a whole key waits: what is only the start of one must not hold up a paint. */
static bool more_waits(void)
{
    struct press press;
    bool paste;

    return keys_read(&term.caps, term.input, term.held, false, &press, &paste) > 0 && !paste;
}

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
        enter();
        measure();
        return true;
    }
    if (!signals_take(SIGWINCH))
        return false;
    measure();
    return true;
}

/* Takes a press or a paste out of what is held. */
static bool act_on_input(enum term_input *ret_input, struct press *press)
{
    bool paste;
    size_t used;

    while (!term.pasting) {
        used = keys_read(&term.caps, term.input, term.held, term.late, press, &paste);
        if (used == 0)
            return false;
        consume(used);
        if (!paste) {
            *ret_input = TERM_PRESS;
            return true;
        }
        begin_paste();
    }
    *ret_input = TERM_PASTE;
    if (term.late)
        term.pasting = false;
    return read_paste() || !term.pasting;
}

/* Also a timer that has gone off is set anew, and one that is not wanted is stopped. */
static void set_timer(int seconds)
{
    struct itimerspec when = {.it_value = {.tv_sec = seconds > 0 ? seconds : 0}};

    if (seconds == 0)
        when.it_value.tv_nsec = 1;
    if (seconds >= 0 || term.timed)
        timerfd_settime(term.timer, 0, &when, NULL);
    term.timed = seconds >= 0;
}

static void read_input(void)
{
    ssize_t got = read(STDIN_FILENO, term.input + term.held, sizeof(term.input) - term.held);

    if (got > 0)
        term.held += (size_t)got;
    else if (got == 0 || (errno != EINTR && errno != EAGAIN))
        term.away = true;
    term.late = false;
}

/* Waits for bytes, signals, or the end of the time. True if the time is over. */
static bool wait_for_any(void)
{
    struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                           {.fd = term.timer, .events = POLLIN}};
    int ms = term.pasting ? PASTE_WAIT : term.held > 0 ? term.esc_wait : -1;
    struct timespec most = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
    int ready = ppoll(fds, COUNT(fds), ms < 0 ? NULL : &most, signals_mask());

    if (ready == 0)
        term.late = true;
    if (ready <= 0)
        return false;
    if (fds[0].revents)
        read_input();
    return !fds[0].revents && fds[1].revents;
}

enum term_input term_wait(int seconds, struct press *press, const char **text, bool *more)
{
    enum term_input input;

    *more = false;
    drop_paste();
    set_timer(seconds);
    for (;;) {
        if (act_on_signals(&input, press))
            return input;
        if (act_on_input(&input, press))
            break;
        if (wait_for_any())
            return TERM_IDLE;
    }
    if (input == TERM_PASTE)
        *text = buf_text(&term.paste);
    *more = more_waits();
    return input;
}
