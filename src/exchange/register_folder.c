/* SPDX-License-Identifier: MIT */
/* Files received one by one, and a folder watched by looking at it now and then. Nothing in the
 * folder is changed or removed; receipts are put beside the bundles. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/file.h"
#include "base/utf8.h"
#include "exchange/register.h"

#define SEALED_MAX (2 * BUNDLE_MAX)

/* --- One file ----------------------------------------------------------------------------- */

static void say(FILE *out, const char *path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void say(FILE *out, const char *path, const char *format, ...)
{
    struct buf line = {0}, safe = {0};
    va_list list;

    buf_printf(&line, "%s: ", path);
    va_start(list, format);
    buf_vprintf(&line, format, list);
    va_end(list);
    utf8_printable(&safe, buf_text(&line), line.length, false);
    fprintf(out, "%s\n", buf_text(&safe));
    fflush(out);
    buf_release(&line);
    buf_release(&safe);
}

static void say_received(FILE *out, const char *path, const struct received *received)
{
    if (received->again)
        say(out, path, "was taken before; the same receipt");
    else if (received->taken)
        say(out, path, "taken: %lld accepted, %lld refused", (long long)received->accepted,
            (long long)received->refused);
    else if (received->refusal == REFUSAL_UNKNOWN)
        say(out, path,
            "refused: this store is not admitted. If its keeper confirms the numbers: "
            "discern register admit %s %s NAME",
            received->store, received->signer);
    else
        say(out, path, "refused: %s", received->message);
}

/* Nothing but a file: a pipe would keep us waiting, a link lead somewhere else. */
static enum status check_file(const char *path, struct error *error)
{
    struct stat found;

    if (lstat(path, &found) == 0 && !S_ISREG(found.st_mode))
        return fail_at(error, STATUS_REFUSED, path, 0, NULL, "Remove it.",
                       "This is not a plain file.");
    return STATUS_OK;
}

enum status register_file(struct county *county, const struct desk *desk, const char *path,
                          FILE *out, struct received *ret_received, struct error *error)
{
    char *to = xasprintf("%s" RECEIPT_SUFFIX, path);
    struct buf file = {0}, receipt = {0};
    struct received received = {0};
    enum status status = check_file(path, error);

    if (status == STATUS_OK)
        status = file_read(path, SEALED_MAX, &file, error);
    if (status == STATUS_OK)
        status = register_receive(county, desk, &file, &received, &receipt, error);
    if (status == STATUS_OK)
        status = file_write(to, buf_text(&receipt), receipt.length, true, error);
    if (status == STATUS_OK) {
        say_received(out, path, &received);
        *ret_received = received;
    }
    buf_release(&file);
    buf_release(&receipt);
    free(to);
    return status;
}

/* --- A folder ----------------------------------------------------------------------------- */

/* A signal can leave word nowhere else. */
static volatile sig_atomic_t stopped;

static void on_signal(int number)
{
    (void)number;
    stopped = 1;
}

/* A file as it was when it was last received. */
struct seen {
    char *name;
    struct stat as;
    bool waits; /* for an earlier bundle */
};

struct watch {
    struct county *county;
    const struct desk *desk;
    const char *folder;
    FILE *out;
    struct seen *seen;
    size_t count, room;
    bool progress; /* something was taken that others may have waited for */
};

static struct seen *find_seen(struct watch *watch, const char *name)
{
    for (size_t i = 0; i < watch->count; i++) {
        if (strcmp(watch->seen[i].name, name) == 0)
            return &watch->seen[i];
    }
    if (watch->count == watch->room) {
        watch->room = watch->room ? 2 * watch->room : 64;
        watch->seen = xrealloc(watch->seen, watch->room, sizeof(*watch->seen));
    }
    watch->seen[watch->count] = (struct seen){.name = xstrdup(name)};
    return &watch->seen[watch->count++];
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* Only a database that is gone or full stops the watch; a bad file is said once. */
static enum status look_at(struct watch *watch, const char *name, bool late,
                           struct error *error)
{
    char *path = path_join(watch->folder, name);
    struct seen *seen = find_seen(watch, name);
    struct received received = {0};
    enum status status = STATUS_OK;
    struct stat now;

    if (lstat(path, &now) == 0 && (!same_file(&now, &seen->as) || (late && seen->waits))) {
        seen->as = now;
        seen->waits = false;
        status = register_file(watch->county, watch->desk, path, watch->out, &received, error);
        if (status == STATUS_OK) {
            seen->waits = !received.taken && received.refusal == REFUSAL_GAP;
            watch->progress |= received.taken && !received.again;
        } else if (status != STATUS_IO && status != STATUS_FAILED) {
            say(watch->out, path, "not received: %s", error->what);
            status = STATUS_OK;
        }
    }
    free(path);
    return status;
}

/* As long as something is taken, what came too early may follow. */
static enum status pass(struct watch *watch, struct error *error)
{
    char **names = NULL;
    size_t count = 0;
    bool late = false;
    enum status status = file_list(watch->folder, BUNDLE_SUFFIX, &names, &count, error);

    do {
        watch->progress = false;
        for (size_t i = 0; status == STATUS_OK && i < count && !stopped; i++)
            status = look_at(watch, names[i], late, error);
        late = true;
    } while (status == STATUS_OK && watch->progress && !stopped);
    free(names);
    return status;
}

enum status register_serve(struct county *county, const struct desk *desk, const char *folder,
                           unsigned seconds, FILE *out, struct error *error)
{
    struct watch watch = {.county = county, .desk = desk, .folder = folder, .out = out};
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = on_signal}, before[COUNT(signals)];
    struct timespec wait = {.tv_sec = (time_t)seconds};
    enum status status;

    for (size_t i = 0; i < COUNT(signals); i++)
        sigaction(signals[i], &action, &before[i]);
    do {
        status = pass(&watch, error);
        if (status == STATUS_OK && seconds && !stopped)
            nanosleep(&wait, NULL);
    } while (status == STATUS_OK && seconds && !stopped);
    for (size_t i = 0; i < COUNT(signals); i++)
        sigaction(signals[i], &before[i], NULL);
    for (size_t i = 0; i < watch.count; i++)
        free(watch.seen[i].name);
    free(watch.seen);
    return status;
}
