/* SPDX-License-Identifier: MIT */
/* Signals while the terminal is open. Decides nothing: see term.c. */
#include "ui/term_signals.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

#define STACK_SIZE (1 << 16)

static const int watched[] = {SIGHUP, SIGTERM, SIGINT, SIGWINCH, SIGTSTP, SIGCONT};
static const int crashes[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGQUIT};

static volatile sig_atomic_t caught[NSIG];

static struct {
    const char *leave;
    const struct termios *settings;
    sigset_t mask, waiting; /* as found; while we wait */
    struct sigaction watched[COUNT(watched)], crash[COUNT(crashes)];
    stack_t stack;
} found;

/* A crash for want of stack needs another one. */
static char spare_stack[STACK_SIZE];

static void note(int number)
{
    caught[number] = 1;
}

/* Puts the terminal right, and lets the signal do what it would have done. */
static void crash(int number)
{
    ssize_t sent = write(STDOUT_FILENO, found.leave, strlen(found.leave));

    (void)sent;
    tcsetattr(STDIN_FILENO, TCSANOW, found.settings);
    for (size_t i = 0; i < COUNT(crashes); i++)
        if (crashes[i] == number)
            sigaction(number, &found.crash[i], NULL);
    raise(number);
}

static void handle(int number, void (*handler)(int), int flags, struct sigaction *ret_found)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};

    sigemptyset(&action.sa_mask);
    sigaction(number, &action, ret_found);
}

void signals_open(const char *leave, const struct termios *settings)
{
    stack_t stack = {.ss_sp = spare_stack, .ss_size = sizeof(spare_stack)};
    sigset_t blocked;

    found.leave = leave;
    found.settings = settings;
    sigemptyset(&blocked);
    for (size_t i = 0; i < COUNT(watched); i++) {
        sigaddset(&blocked, watched[i]);
        caught[watched[i]] = 0;
    }
    sigprocmask(SIG_BLOCK, &blocked, &found.mask);
    found.waiting = found.mask;
    for (size_t i = 0; i < COUNT(watched); i++) {
        sigdelset(&found.waiting, watched[i]);
        handle(watched[i], note, 0, &found.watched[i]);
    }
    sigaltstack(&stack, &found.stack);
    for (size_t i = 0; i < COUNT(crashes); i++)
        handle(crashes[i], crash, SA_ONSTACK, &found.crash[i]);
}

void signals_close(bool ending)
{
    for (size_t i = 0; i < COUNT(crashes); i++)
        sigaction(crashes[i], &found.crash[i], NULL);
    sigaltstack(&found.stack, NULL);
    for (size_t i = 0; i < COUNT(watched); i++)
        sigaction(watched[i], &found.watched[i], NULL);
    if (ending) {
        handle(SIGHUP, SIG_IGN, 0, NULL);
        handle(SIGTERM, SIG_IGN, 0, NULL);
    }
    sigprocmask(SIG_SETMASK, &found.mask, NULL);
}

bool signals_take(int number)
{
    bool was = caught[number];

    caught[number] = 0;
    return was;
}

const sigset_t *signals_mask(void)
{
    return &found.waiting;
}

void signals_stop(void)
{
    const struct timespec at_once = {0};
    struct sigaction ours;
    sigset_t stop, go;

    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigemptyset(&go);
    sigaddset(&go, SIGCONT);
    handle(SIGTSTP, SIG_DFL, 0, &ours);
    /* The whole job, as the terminal itself would: a script that started us stops as well. */
    kill(0, SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &stop, NULL); /* here we stop, and go on */
    sigprocmask(SIG_BLOCK, &stop, NULL);
    sigaction(SIGTSTP, &ours, NULL);
    sigtimedwait(&go, NULL, &at_once); /* what let us go on is no news */
}
