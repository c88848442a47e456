/* SPDX-License-Identifier: MIT */
/*
 * Passphrases, from a file that only its owner can read or typed at the terminal without echo.
 * They go from the system call into guarded memory and are never anywhere else.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/utf8.h"
#include "command/command.h"

#define KEY_WITH_CTRL(letter) ((letter)-0x40)

enum typed { TYPED_MORE, TYPED_END, TYPED_LEFT };

/* The terminal, put into a state in which nothing that is typed shows, and how it was. */
struct quiet {
    int fd, signals;
    struct termios before;
    sigset_t mask;
};

static enum status read_failed(const char *path, struct error *error)
{
    return fail_at(error, STATUS_IO, path, 0, NULL, "Check the name and the permissions.",
                   "The passphrase could not be read: %s.", strerror(errno));
}

static enum status check_private(int fd, const char *path, struct error *error)
{
    struct stat found;

    if (fstat(fd, &found) != 0)
        return read_failed(path, error);
    if (found.st_mode & (S_IRWXG | S_IRWXO))
        return fail_at(error, STATUS_REFUSED, path, 0, NULL,
                       "Make it yours alone with chmod 600.",
                       "Others can read or change this passphrase file.");
    if (found.st_uid != geteuid() && found.st_uid != 0)
        return fail_at(error, STATUS_REFUSED, path, 0, NULL, "Use a file of your own.",
                       "This passphrase file belongs to somebody else.");
    return STATUS_OK;
}

/* Reads up to the end of the first line. False and errno if that could not be read. */
static bool read_line(int fd, struct passphrase *passphrase)
{
    ssize_t got = 1;

    while (got > 0 && passphrase->length < PASSPHRASE_MAX) {
        char *at = passphrase->text + passphrase->length;

        got = read(fd, at, 1);
        if (got < 0 && errno == EINTR)
            got = 1;
        else if (got > 0 && *at == '\n')
            got = 0;
        else if (got > 0)
            passphrase->length++;
    }
    /* A carriage return is how some editors end a line. */
    if (passphrase->length && passphrase->text[passphrase->length - 1] == '\r')
        passphrase->length--;
    /* What is beyond the length is zero: passphrases are compared in full. */
    memset(passphrase->text + passphrase->length, 0, PASSPHRASE_MAX + 1 - passphrase->length);
    return got >= 0;
}

static enum status from_file(const char *path, struct passphrase **ret_passphrase,
                             struct error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct passphrase *passphrase;
    enum status status;

    if (fd < 0)
        return read_failed(path, error);
    status = check_private(fd, path, error);
    passphrase = secret_new(sizeof(*passphrase));
    if (status == STATUS_OK && !read_line(fd, passphrase))
        status = read_failed(path, error);
    if (status == STATUS_OK && !passphrase->length)
        status = fail_at(error, STATUS_REFUSED, path, 1, NULL,
                         "Write the passphrase on its first line.",
                         "This passphrase file is empty.");
    close(fd);
    if (status == STATUS_OK)
        *ret_passphrase = passphrase;
    else
        secret_free(passphrase);
    return status;
}

/* Signals that would end or stop the program wait until the terminal echoes again. */
static void block_signals(struct quiet *quiet)
{
    static const int held[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < COUNT(held); i++)
        sigaddset(&set, held[i]);
    sigprocmask(SIG_BLOCK, &set, &quiet->mask);
    quiet->signals = signalfd(-1, &set, SFD_CLOEXEC);
}

static enum status quiet_open(struct quiet *quiet, struct error *error)
{
    struct termios now;

    quiet->fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (quiet->fd < 0 || tcgetattr(quiet->fd, &quiet->before) != 0) {
        if (quiet->fd >= 0)
            close(quiet->fd);
        return fail(error, STATUS_LOCKED,
                    "Start Discern at a terminal, or use --passphrase-file FILE.",
                    "There is no terminal to type a passphrase at.");
    }
    block_signals(quiet);
    now = quiet->before;
    now.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG | IEXTEN);
    now.c_cc[VMIN] = 1;
    now.c_cc[VTIME] = 0;
    tcsetattr(quiet->fd, TCSAFLUSH, &now);
    return STATUS_OK;
}

static void quiet_close(struct quiet *quiet)
{
    tcsetattr(quiet->fd, TCSAFLUSH, &quiet->before);
    if (quiet->signals >= 0)
        close(quiet->signals);
    close(quiet->fd);
    sigprocmask(SIG_SETMASK, &quiet->mask, NULL);
}

static void quiet_say(const struct quiet *quiet, const char *text)
{
    struct buf safe = {0};

    utf8_printable(&safe, text, strlen(text), true);
    /* A prompt that cannot be written is no reason to refuse what is typed. */
    if (write(quiet->fd, buf_text(&safe), safe.length) < 0)
        errno = 0;
    buf_release(&safe);
}

/* What one byte from the keyboard does to the passphrase. */
static enum typed take_byte(struct passphrase *passphrase, char byte)
{
    size_t cut = passphrase->length;

    switch (byte) {
    case '\r':
    case '\n':
        return TYPED_END;
    case KEY_WITH_CTRL('C'):
    case KEY_WITH_CTRL('D'):
    case KEY_WITH_CTRL('Z'):
        return TYPED_LEFT;
    case KEY_WITH_CTRL('H'):
    case 0x7f:
        if (cut > 0)
            cut -= utf8_prev(passphrase->text, passphrase->text + cut);
        break;
    case KEY_WITH_CTRL('U'):
        cut = 0;
        break;
    default:
        if (cut < PASSPHRASE_MAX)
            passphrase->text[passphrase->length++] = byte;
        return TYPED_MORE;
    }
    secret_wipe(passphrase->text + cut, passphrase->length - cut);
    passphrase->length = cut;
    return TYPED_MORE;
}

static enum typed type_line(const struct quiet *quiet, struct passphrase *passphrase)
{
    struct pollfd wait[] = {{quiet->fd, POLLIN, 0}, {quiet->signals, POLLIN, 0}};
    enum typed typed = TYPED_MORE;
    char byte;

    while (typed == TYPED_MORE) {
        if (poll(wait, COUNT(wait), -1) < 0 && errno != EINTR)
            return TYPED_LEFT;
        if (wait[1].revents || (wait[0].revents & (POLLERR | POLLHUP | POLLNVAL)))
            return TYPED_LEFT;
        if (wait[0].revents & POLLIN)
            typed = read(quiet->fd, &byte, 1) == 1 ? take_byte(passphrase, byte) : TYPED_LEFT;
    }
    secret_wipe(&byte, sizeof(byte));
    return typed;
}

static enum status ask_once(const struct quiet *quiet, const char *prompt,
                            struct passphrase *passphrase, struct error *error)
{
    enum typed typed;

    quiet_say(quiet, prompt);
    typed = type_line(quiet, passphrase);
    quiet_say(quiet, "\n");
    if (typed != TYPED_END)
        return fail(error, STATUS_LOCKED, NULL, "No passphrase was given.");
    return STATUS_OK;
}

static enum status ask(const struct quiet *quiet, const char *prompt, bool twice,
                       struct passphrase *passphrase, struct error *error)
{
    struct passphrase *again;
    enum status status = ask_once(quiet, prompt, passphrase, error);

    if (status == STATUS_OK && twice)
        status = passphrase_weigh(passphrase, error);
    if (status != STATUS_OK || !twice)
        return status;
    quiet_say(quiet, strength_words(passphrase_strength(passphrase)));
    quiet_say(quiet, "\n");
    again = secret_new(sizeof(*again));
    status = ask_once(quiet, "The same again: ", again, error);
    if (status == STATUS_OK && !passphrase_equal(passphrase, again))
        status = fail(error, STATUS_REFUSED, "Start again and type the same twice.",
                      "The two passphrases differ.");
    secret_free(again);
    return status;
}

enum status context_passphrase(const struct context *context, const char *option,
                               const char *prompt, bool twice,
                               struct passphrase **ret_passphrase, struct error *error)
{
    const char *path = context_option(context, option, 0);
    struct passphrase *passphrase;
    struct quiet quiet;
    enum status status;

    if (path)
        return from_file(path, ret_passphrase, error);
    status = quiet_open(&quiet, error);
    if (status != STATUS_OK)
        return status;
    passphrase = secret_new(sizeof(*passphrase));
    status = ask(&quiet, prompt, twice, passphrase, error);
    quiet_close(&quiet);
    if (status == STATUS_OK)
        *ret_passphrase = passphrase;
    else
        secret_free(passphrase);
    return status;
}
