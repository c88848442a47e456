/* SPDX-License-Identifier: MIT */
/* Signals while the terminal is open. Decides nothing: see term.c. */
#include "ui/term_signals.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

#define STACK_SIZE (1 << 16)

static void note(int number);
static void crash(int number);

static const struct {
    int number;
    void (*handler)(int);
} handled[] = {
    {SIGHUP, note},   {SIGTERM, note}, {SIGINT, note},   {SIGWINCH, note},
    {SIGTSTP, note},  {SIGCONT, note}, {SIGSEGV, crash}, {SIGBUS, crash},
    {SIGABRT, crash}, {SIGFPE, crash}, {SIGILL, crash},  {SIGQUIT, crash},
};

static volatile sig_atomic_t caught[NSIG];

static struct {
    char *const *leave;
    const struct termios *settings;
    sigset_t mask, waiting; /* as found; while we wait */
    struct sigaction actions[COUNT(handled)];
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
    if (*found.leave) {
        ssize_t sent = write(STDOUT_FILENO, *found.leave, strlen(*found.leave));

        (void)sent;
        tcsetattr(STDIN_FILENO, TCSANOW, found.settings);
    }
    for (size_t i = 0; i < COUNT(handled); i++)
        if (handled[i].number == number)
            sigaction(number, &found.actions[i], NULL);
    raise(number);
}

static void handle(int number, void (*handler)(int), struct sigaction *ret_found)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_ONSTACK};

    sigemptyset(&action.sa_mask);
    sigaction(number, &action, ret_found);
}

void signals_open(char *const *leave, const struct termios *settings)
{
    const stack_t stack = {.ss_sp = spare_stack, .ss_size = sizeof(spare_stack)};
    sigset_t held;

    found.leave = leave;
    found.settings = settings;
    sigemptyset(&held);
    for (size_t i = 0; i < COUNT(handled); i++)
        if (handled[i].handler == note)
            sigaddset(&held, handled[i].number);
    sigprocmask(SIG_BLOCK, &held, &found.mask);
    found.waiting = found.mask;
    sigaltstack(&stack, &found.stack);
    for (size_t i = 0; i < COUNT(handled); i++) {
        if (handled[i].handler == note)
            sigdelset(&found.waiting, handled[i].number);
        caught[handled[i].number] = 0;
        handle(handled[i].number, handled[i].handler, &found.actions[i]);
    }
}

void signals_close(bool ending)
{
    for (size_t i = 0; i < COUNT(handled); i++)
        sigaction(handled[i].number, &found.actions[i], NULL);
    sigaltstack(&found.stack, NULL);
    if (ending) {
        handle(SIGHUP, SIG_IGN, NULL);
        handle(SIGTERM, SIG_IGN, NULL);
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
    handle(SIGTSTP, SIG_DFL, &ours);
    /* The whole job, as the terminal itself would: a script that started us stops as well. */
    kill(0, SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &stop, NULL); /* here we stop, and go on */
    sigprocmask(SIG_BLOCK, &stop, NULL);
    sigaction(SIGTSTP, &ours, NULL);
    sigtimedwait(&go, NULL, &at_once); /* what let us go on is no news */
}
