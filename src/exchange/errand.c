/* SPDX-License-Identifier: MIT */
/* The courier started, fed, listened to and waited for. */
#include "exchange/errand.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

#define ANSWER_MAX ((size_t)256 << 20)
#define CHUNK 65536
#define TELL_EVERY 200 /* milliseconds, while the courier says nothing */
#define NAME "discern-courier"

char *program_find(const char *name)
{
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);
    char *path;

    if (length > 0) {
        self[length] = '\0';
        *(strrchr(self, '/') + 1) = '\0';
        path = path_join(self, name);
        if (access(path, X_OK) == 0)
            return path;
        free(path);
    }
    return path_join(BIN_DIR, name);
}

char *courier_find(void)
{
    return program_find(NAME);
}

/* The three pipes from our side. */
struct running {
    pid_t pid;
    int in, out, progress; /* -1 once closed */
    size_t given;
    struct buf words;      /* of progress, up to the last whole line */
    long long done, total; /* as it said last */
    bool stopped;
};

static void shut(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static bool make_pipes(int pipes[3][2])
{
    for (int i = 0; i < 3; i++)
        pipes[i][0] = pipes[i][1] = -1;
    for (int i = 0; i < 3; i++) {
        if (pipe2(pipes[i], O_CLOEXEC) != 0)
            return false;
    }
    return true;
}

/* What is blocked here, while a screen is open, must reach the courier to stop it. It stops,
 * too, when whoever sent it is gone: there is nobody left to log what it does. */
static void become(const char *path, const char *task, pid_t sender, int pipes[3][2])
{
    char *const arguments[] = {(char *)(uintptr_t)path, (char *)(uintptr_t)task, NULL};
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != sender)
        _exit(127);
    if (dup2(pipes[0][0], 0) < 0 || dup2(pipes[1][1], 1) < 0 || dup2(pipes[2][1], 2) < 0)
        _exit(127);
    execv(path, arguments);
    _exit(127);
}

static bool start(const char *path, const char *task, struct running *running)
{
    int pipes[3][2];
    bool made = make_pipes(pipes);
    pid_t self = getpid();

    running->pid = made ? fork() : -1;
    if (running->pid == 0)
        become(path, task, self, pipes);
    running->in = pipes[0][1];
    running->out = pipes[1][0];
    running->progress = pipes[2][0];
    shut(&pipes[0][0]);
    shut(&pipes[1][1]);
    shut(&pipes[2][1]);
    if (running->in >= 0)
        fcntl(running->in, F_SETFL, O_NONBLOCK);
    return running->pid > 0;
}

static void feed(struct running *running, const struct buf *in)
{
    ssize_t done =
        write(running->in, buf_text(in) + running->given, in->length - running->given);

    if (done > 0)
        running->given += (size_t)done;
    if (running->given == in->length || (done < 0 && errno != EAGAIN && errno != EINTR))
        shut(&running->in);
}

static void listen_to(int *fd, struct buf *out)
{
    char chunk[CHUNK];
    ssize_t got = read(*fd, chunk, sizeof(chunk));

    if (got > 0 && out->length < ANSWER_MAX)
        buf_add(out, chunk, (size_t)got);
    if (got == 0 || (got < 0 && errno != EINTR))
        shut(fd);
    explicit_bzero(chunk, sizeof(chunk));
}

/* Understands the newest whole line of progress. */
static void read_progress(struct running *running)
{
    char *text = running->words.text, *last = text ? strrchr(text, '\n') : NULL, *line;

    if (!last)
        return;
    *last = '\0';
    line = strrchr(text, '\n');
    sscanf(line ? line + 1 : text, "%lld %lld", &running->done, &running->total);
    buf_clear(&running->words);
}

/* Whoever wants to know is told, and may stop it. */
static void tell(const struct courier *courier, struct running *running)
{
    if (running->stopped || !courier->progress ||
        courier->progress(running->done, running->total, courier->data))
        return;
    kill(running->pid, SIGTERM);
    running->stopped = true;
}

static void converse(const struct courier *courier, const struct buf *in, struct buf *out,
                     struct running *running)
{
    while (running->out >= 0 || running->progress >= 0) {
        struct pollfd fds[] = {{running->in, POLLOUT, 0},
                               {running->out, POLLIN, 0},
                               {running->progress, POLLIN, 0}};

        int ready = poll(fds, COUNT(fds), TELL_EVERY);

        if (ready < 0 && errno != EINTR)
            break;
        if (fds[0].revents)
            feed(running, in);
        if (fds[1].revents)
            listen_to(&running->out, out);
        if (fds[2].revents) {
            listen_to(&running->progress, &running->words);
            read_progress(running);
        }
        if (ready == 0 || fds[2].revents)
            tell(courier, running);
    }
}

static enum status understand(const struct buf *answer, const char *path,
                              enum trouble *ret_trouble, struct error *error)
{
    char *end = parts_text(answer, "end"), *id = parts_text(answer, "trouble");
    char *detail = parts_text(answer, "detail");
    enum status status = STATUS_OK;

    if (!answer->length) {
        status = fail_at(error, STATUS_IO, path, 0, NULL, "Install it beside Discern.",
                         "The courier, which seals and sends, could not be started.");
    } else if (strcmp(end, "done") != 0) {
        enum trouble trouble = trouble_of(id);

        status = trouble_fail(trouble, detail, error);
        if (ret_trouble)
            *ret_trouble = trouble;
    }
    free(end);
    free(id);
    free(detail);
    return status;
}

enum status errand_run(const struct courier *courier, const char *task, const struct buf *in,
                       struct buf *out, enum trouble *ret_trouble, struct error *error)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, pipe_before, int_before;
    struct running running = {.pid = -1, .in = -1, .out = -1, .progress = -1};
    struct buf answer = {0};
    enum status status;

    /* A courier that is gone shows by its answer; Ctrl-C is the courier's to end well. */
    sigaction(SIGPIPE, &ignore, &pipe_before);
    sigaction(SIGINT, &ignore, &int_before);
    if (start(courier->path, task, &running))
        converse(courier, in, &answer, &running);
    shut(&running.in);
    shut(&running.out);
    shut(&running.progress);
    while (running.pid > 0 && waitpid(running.pid, NULL, 0) < 0 && errno == EINTR)
        ;
    sigaction(SIGPIPE, &pipe_before, NULL);
    sigaction(SIGINT, &int_before, NULL);
    status = understand(&answer, courier->path, ret_trouble, error);
    if (status == STATUS_OK)
        buf_add(out, buf_text(&answer), answer.length);
    buf_wipe(&answer);
    buf_release(&running.words);
    return status;
}
