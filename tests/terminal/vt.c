/* SPDX-License-Identifier: MIT */
/* A program in a terminal of our own. Judges nothing: that is for the tests. */
#include "vt.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

#define DEADLINE 20000 /* ms: long, for machines that are slow and busy */

struct vt {
    VTerm *vterm;
    VTermScreen *screen;
    int rows, cols;
    int master, slave;       /* -1 when hung up; the slave keeps the settings readable */
    struct termios settings; /* at the start */
    pid_t pid;
    int pidfd;
    bool ended, alternate;
    int status;
    struct buf output, text;
};

static const char *const usual[] = {
    "TERM=xterm-256color", "LC_ALL=C.UTF-8", "NO_COLOR", "LINES", "COLUMNS", "ESCDELAY", NULL,
};

static void set_environment(const char *const *variables)
{
    const char *equals;

    for (; variables && *variables; variables++) {
        equals = strchr(*variables, '=');
        if (equals)
            setenv(xstrndup(*variables, (size_t)(equals - *variables)), equals + 1, 1);
        else
            unsetenv(*variables);
    }
}

/* In the child: the terminal becomes its own, and it the program. */
static void become(const struct vt *vt, const struct vt_options *options)
{
    sigset_t none;

    setsid();
    ioctl(vt->slave, TIOCSCTTY, 0);
    for (int fd = 0; fd <= 2; fd++)
        dup2(vt->slave, fd);
    close(vt->master);
    close(vt->slave);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    set_environment(usual);
    set_environment(options->environment);
    execvp(options->arguments[0], (char *const *)(uintptr_t)options->arguments);
    printf("%s could not be started: %s\n", options->arguments[0], strerror(errno));
    fflush(stdout);
    _exit(127);
}

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    struct vt *vt = user;

    if (property == VTERM_PROP_ALTSCREEN)
        vt->alternate = value->boolean;
    return 1;
}

static void make_screen(struct vt *vt)
{
    static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

    vt->vterm = vterm_new(vt->rows, vt->cols);
    vterm_set_utf8(vt->vterm, 1);
    vt->screen = vterm_obtain_screen(vt->vterm);
    vterm_screen_set_callbacks(vt->screen, &callbacks, vt);
    vterm_screen_enable_altscreen(vt->screen, 1);
    vterm_screen_reset(vt->screen, 1);
}

struct vt *vt_start(const struct vt_options *options)
{
    struct vt *vt = xcalloc(1, sizeof(*vt));
    struct winsize size;

    vt->rows = options->rows ? options->rows : 24;
    vt->cols = options->cols ? options->cols : 80;
    size = (struct winsize){.ws_row = (unsigned short)vt->rows,
                            .ws_col = (unsigned short)vt->cols};
    make_screen(vt);
    if (openpty(&vt->master, &vt->slave, NULL, NULL, &size) != 0)
        die("There is no pseudo-terminal: %s", strerror(errno));
    tcgetattr(vt->slave, &vt->settings);
    fflush(NULL);
    vt->pid = fork();
    if (vt->pid < 0)
        die("The program could not be started: %s", strerror(errno));
    if (vt->pid == 0)
        become(vt, options);
    vt->pidfd = (int)syscall(SYS_pidfd_open, vt->pid, 0);
    return vt;
}

void vt_end(struct vt *vt)
{
    if (!vt->ended) {
        kill(vt->pid, SIGKILL);
        waitpid(vt->pid, NULL, 0);
    }
    vt_hang_up(vt);
    if (vt->pidfd >= 0)
        close(vt->pidfd);
    vterm_free(vt->vterm);
    buf_release(&vt->output);
    buf_release(&vt->text);
    free(vt);
}

/* --- what a person does ---------------------------------------------------------------------
 */

static void send_bytes(struct vt *vt, const char *bytes, size_t length)
{
    ssize_t sent;

    while (length > 0) {
        sent = write(vt->master, bytes, length);
        if (sent < 0 && errno != EINTR)
            die("The program could not be typed at: %s", strerror(errno));
        if (sent > 0) {
            bytes += sent;
            length -= (size_t)sent;
        }
    }
}

void vt_send(struct vt *vt, const char *keys)
{
    send_bytes(vt, keys, strlen(keys));
}

void vt_paste(struct vt *vt, const char *text)
{
    bool bracketed = vt_pasting(vt);
    struct buf bytes = {0};

    buf_puts(&bytes, bracketed ? "\033[200~" : "");
    buf_puts(&bytes, text);
    buf_puts(&bytes, bracketed ? "\033[201~" : "");
    send_bytes(vt, buf_text(&bytes), bytes.length);
    buf_release(&bytes);
}

void vt_resize(struct vt *vt, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};

    vt->rows = rows;
    vt->cols = cols;
    vterm_set_size(vt->vterm, rows, cols);
    ioctl(vt->master, TIOCSWINSZ, &size);
}

void vt_signal(struct vt *vt, int number)
{
    kill(vt->pid, number);
}

void vt_hang_up(struct vt *vt)
{
    if (vt->master < 0)
        return;
    close(vt->slave);
    close(vt->master);
    vt->master = vt->slave = -1;
}

/* --- waiting --------------------------------------------------------------------------------
 */

static long long now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

/* Takes what the program wrote, waiting for it up to `ms`. False if nothing came. */
static bool take_output(struct vt *vt, int ms)
{
    struct pollfd fds[] = {{.fd = vt->master, .events = POLLIN},
                           {.fd = vt->ended ? -1 : vt->pidfd, .events = POLLIN}};
    char bytes[4096];
    ssize_t got;

    if (poll(fds, COUNT(fds), ms) <= 0)
        return false;
    if (fds[1].revents && waitpid(vt->pid, &vt->status, WNOHANG) == vt->pid)
        vt->ended = true;
    got = fds[0].revents ? read(vt->master, bytes, sizeof(bytes)) : 0;
    if (got <= 0)
        return false;
    vterm_input_write(vt->vterm, bytes, (size_t)got);
    buf_add(&vt->output, bytes, (size_t)got);
    return true;
}

static void show_failure(struct vt *vt)
{
    const char *line = vt_screen(vt);
    int row, col;

    vt_cursor(vt, &row, &col);
    fprintf(stderr, "# waited in vain; the cursor is at %d,%d of:\n", row, col);
    for (size_t length; *line; line += length + (line[length] == '\n')) {
        length = strcspn(line, "\n");
        fprintf(stderr, "# |%.*s\n", (int)length, line);
    }
}

bool vt_wait(struct vt *vt, bool (*holds)(struct vt *vt, const void *about), const void *about)
{
    long long end = now() + DEADLINE;

    while (!holds(vt, about)) {
        if (now() >= end) {
            show_failure(vt);
            return false;
        }
        take_output(vt, 50);
    }
    return true;
}

static bool has_text(struct vt *vt, const void *text)
{
    return strstr(vt_screen(vt), text) != NULL;
}

static bool lacks_text(struct vt *vt, const void *text)
{
    return !has_text(vt, text);
}

static bool cursor_has_text(struct vt *vt, const void *text)
{
    int row, col;

    vt_cursor(vt, &row, &col);
    return strstr(vt_row(vt, row), text) != NULL;
}

static bool cursor_is_at(struct vt *vt, const void *place)
{
    const int *wanted = place;
    int row, col;

    vt_cursor(vt, &row, &col);
    return row == wanted[0] && col == wanted[1];
}

/* Ended, and all its last words read. */
static bool has_ended(struct vt *vt, const void *nothing)
{
    (void)nothing;
    while (vt->ended && take_output(vt, 0))
        continue;
    return vt->ended;
}

bool vt_wait_text(struct vt *vt, const char *text)
{
    return vt_wait(vt, has_text, text);
}

bool vt_wait_gone(struct vt *vt, const char *text)
{
    return vt_wait(vt, lacks_text, text);
}

bool vt_wait_cursor(struct vt *vt, const char *text)
{
    return vt_wait(vt, cursor_has_text, text);
}

bool vt_wait_at(struct vt *vt, int row, int col)
{
    return vt_wait(vt, cursor_is_at, (const int[]){row, col});
}

bool vt_wait_end(struct vt *vt, int *ret_status)
{
    if (!vt_wait(vt, has_ended, NULL))
        return false;
    *ret_status = vt->status;
    return true;
}

/* --- what there is --------------------------------------------------------------------------
 */

static void add_row(struct vt *vt, int row)
{
    size_t end = vt->text.length;
    VTermScreenCell cell;
    char bytes[4];

    for (int col = 0; col<vt->cols; col += cell.width> 0 ? cell.width : 1) {
        cell = (VTermScreenCell){0};
        vterm_screen_get_cell(vt->screen, (VTermPos){.row = row, .col = col}, &cell);
        for (size_t i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
            buf_add(&vt->text, bytes, utf8_encode(cell.chars[i], bytes));
        if (!cell.chars[0])
            buf_putc(&vt->text, ' ');
        else if (cell.chars[0] != ' ')
            end = vt->text.length;
    }
    buf_cut(&vt->text, end);
}

const char *vt_row(struct vt *vt, int row)
{
    buf_clear(&vt->text);
    add_row(vt, row);
    return buf_text(&vt->text);
}

const char *vt_screen(struct vt *vt)
{
    buf_clear(&vt->text);
    for (int row = 0; row < vt->rows; row++) {
        add_row(vt, row);
        buf_putc(&vt->text, '\n');
    }
    return buf_text(&vt->text);
}

void vt_cursor(const struct vt *vt, int *ret_row, int *ret_col)
{
    VTermPos place;

    vterm_state_get_cursorpos(vterm_obtain_state(vt->vterm), &place);
    *ret_row = place.row;
    *ret_col = place.col;
}

bool vt_alternate(const struct vt *vt)
{
    return vt->alternate;
}

/* libvterm 0.1 keeps this mode to itself: the last that was asked for is looked up. */
bool vt_pasting(const struct vt *vt)
{
    const char *at = buf_text(&vt->output);
    bool on = false;

    while ((at = strstr(at, "\033[?2004"))) {
        at += strlen("\033[?2004");
        on = *at == 'h';
    }
    return on;
}

bool vt_is_raw(const struct vt *vt)
{
    struct termios settings;

    return tcgetattr(vt->slave, &settings) == 0 && !(settings.c_lflag & (ICANON | ECHO));
}

bool vt_restored(const struct vt *vt)
{
    struct termios settings;

    return tcgetattr(vt->slave, &settings) == 0 && settings.c_lflag == vt->settings.c_lflag &&
           settings.c_iflag == vt->settings.c_iflag &&
           settings.c_oflag == vt->settings.c_oflag && !vt->alternate && !vt_pasting(vt);
}

pid_t vt_pid(const struct vt *vt)
{
    return vt->pid;
}

const char *vt_output(const struct vt *vt, size_t *ret_length)
{
    *ret_length = vt->output.length;
    return buf_text(&vt->output);
}
