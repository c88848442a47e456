/* SPDX-License-Identifier: MIT */
/* Folders of stores: staged, put in place, exchanged, held. */
#include "store/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

#define FOLDER_MODE 0700

static enum status cannot(const char *dir, const char *what, struct error *error)
{
    return fail_at(error, STATUS_IO, dir, 0, NULL,
                   "Check the folder above it, its permissions and the space on the disk.",
                   "The folder of the store could not be %s: %s.", what, strerror(errno));
}

char *folder_path(const char *dir)
{
    size_t length = strlen(dir);

    while (length > 1 && dir[length - 1] == '/')
        length--;
    return xstrndup(dir, length);
}

enum status folder_free(const char *dir, struct error *error)
{
    DIR *folder = opendir(dir);
    const struct dirent *entry;
    bool empty = true;

    if (!folder)
        return errno == ENOENT ? STATUS_OK : cannot(dir, "looked into", error);
    while ((entry = readdir(folder)))
        empty = empty && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
    closedir(folder);
    if (!empty)
        return fail_at(error, STATUS_REFUSED, dir, 0, NULL,
                       "Choose a folder that does not exist yet, or an empty one.",
                       "There is a store, or something else, in this folder already.");
    return STATUS_OK;
}

/* Makes the folders above it that are missing. */
static enum status make_parents(char *path, struct error *error)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(path, FOLDER_MODE) != 0 && errno != EEXIST)
            return cannot(path, "made", error);
        *slash = '/';
    }
    return STATUS_OK;
}

/* Begins the names of what is staged, and of what was replaced and is kept. Six characters that
 * nobody else has follow. */
#define STAGED ".new-"
#define SET_ASIDE ".before-"
#define UNIQUE "XXXXXX"

enum status folder_stage(const char *dir, char **ret_staged, struct error *error)
{
    char *path = folder_path(dir), *staged = xasprintf("%s" STAGED UNIQUE, path);
    enum status status = make_parents(path, error);

    if (status == STATUS_OK && !mkdtemp(staged))
        status = cannot(path, "made", error);
    free(path);
    if (status == STATUS_OK)
        *ret_staged = staged;
    else
        free(staged);
    return status;
}

enum status folder_set_aside(const char *dir, char **staged, struct error *error)
{
    char *path = folder_path(dir), *aside = xasprintf("%s" SET_ASIDE UNIQUE, path);
    enum status status = STATUS_OK;

    /* The empty folder that mkdtemp makes is one that rename may put another in place of. */
    if (!mkdtemp(aside) || rename(*staged, aside) != 0)
        status = cannot(path, "set aside", error);
    free(path);
    if (status != STATUS_OK) {
        free(aside);
        return status;
    }
    free(*staged);
    *staged = aside;
    return STATUS_OK;
}

void folder_sweep(const char *dir)
{
    char *path = folder_path(dir), *slash = strrchr(path, '/');
    char *above = xstrndup(path, slash ? (size_t)(slash - path) + 1 : 0);
    char *begin = xasprintf("%s" STAGED, slash ? slash + 1 : path);
    DIR *folder = opendir(above[0] ? above : ".");
    const struct dirent *entry;

    while (folder && (entry = readdir(folder))) {
        char *staged = xasprintf("%s%s", above, entry->d_name);

        if (strncmp(entry->d_name, begin, strlen(begin)) == 0 &&
            strlen(entry->d_name) == strlen(begin) + strlen(UNIQUE))
            folder_clear(staged);
        free(staged);
    }
    if (folder)
        closedir(folder);
    free(begin);
    free(above);
    free(path);
}

/* --- Putting in place --------------------------------------------------------------------- */

static bool sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    bool done = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);

    if (fd >= 0)
        close(fd);
    return done;
}

/* Of the folder above: "." if there is none. */
static bool sync_above(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *above =
        slash == path ? xstrdup("/") : xstrndup(path, (size_t)(slash ? slash - path : 0));
    bool done = sync_folder(above[0] ? above : ".");

    free(above);
    return done;
}

/* The folder above could not be synced, so that the new name may not last: it was taken back,
 * or that failed as well. */
static enum status not_lasting(const char *path, bool taken_back, struct error *error)
{
    if (taken_back)
        return cannot(path, "put in place", error);
    return fail_at(error, STATUS_IO, path, 0, NULL, "Check the disk and open Discern again.",
                   "The disk failed when the store was put in place: the change may have been "
                   "kept, or not.");
}

/* Closing the database has synced its file already, and file_write the keyring. */
enum status folder_put(const char *staged, const char *dir, struct error *error)
{
    char *path = folder_path(dir);
    enum status status = STATUS_OK;

    if (!sync_folder(staged) || rename(staged, path) != 0)
        status = cannot(path, "put in place", error);
    else if (!sync_above(path))
        status = not_lasting(path, rename(path, staged) == 0, error);
    free(path);
    return status;
}

static bool exchange(const char *one, const char *other)
{
    return renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE) == 0;
}

enum status folder_exchange(const char *staged, const char *dir, struct error *error)
{
    char *path = folder_path(dir);
    enum status status = STATUS_OK;

    if (!sync_folder(staged) || !exchange(staged, path))
        status = cannot(path, "put in place", error);
    else if (!sync_above(path))
        status = not_lasting(path, exchange(path, staged), error);
    free(path);
    return status;
}

void folder_clear(const char *dir)
{
    char **names = NULL;
    size_t count = 0;
    struct error ignored;

    if (file_list(dir, "", &names, &count, &ignored) == STATUS_OK) {
        for (size_t i = 0; i < count; i++) {
            char *path = path_join(dir, names[i]);

            unlink(path);
            free(path);
        }
        free(names);
    }
    rmdir(dir);
}

/* --- Holding ------------------------------------------------------------------------------ */

static enum status no_lock(const char *dir, enum status busy, const char *what,
                           const char *remedy, struct error *error)
{
    if (errno == EWOULDBLOCK)
        return fail_at(error, busy, dir, 0, NULL, remedy, "%s", what);
    return fail_at(error, STATUS_IO, dir, 0, NULL, "Put the store on a local disk.",
                   "This disk does not keep locks as a store needs them: %s.", strerror(errno));
}

/* Whether the folder that is held is still the one of that name. */
static bool still_there(const char *dir, int held)
{
    struct stat named, open;

    return stat(dir, &named) == 0 && fstat(held, &open) == 0 && named.st_dev == open.st_dev &&
           named.st_ino == open.st_ino;
}

/* A store is its owner's alone: whoever could write here could put files in the place of its
 * own. On a disk that cannot be written it stays as it is. */
static void make_private(int held)
{
    struct stat found;

    if (fstat(held, &found) == 0 && found.st_uid == geteuid() &&
        found.st_mode & (S_IRWXG | S_IRWXO))
        (void)!fchmod(held, FOLDER_MODE);
}

enum status folder_hold(const char *dir, int *ret_held, struct error *error)
{
    enum status status = STATUS_OK;
    int held = open(dir, O_RDONLY | O_CLOEXEC | O_DIRECTORY);

    if (held < 0)
        return cannot(dir, "opened", error);
    if (flock(held, LOCK_SH | LOCK_NB) != 0)
        status = no_lock(dir, STATUS_IO,
                         "This store is being restored, upgraded or given a new key.",
                         "Wait a moment and try again.", error);
    else if (!still_there(dir, held))
        status = fail_at(error, STATUS_IO, dir, 0, NULL, "Try again.",
                         "Another store was just put in the place of this one.");
    if (status == STATUS_OK) {
        make_private(held);
        *ret_held = held;
    } else {
        close(held);
    }
    return status;
}

enum status folder_hold_alone(const char *dir, int held, struct error *error)
{
    if (flock(held, LOCK_EX | LOCK_NB) == 0)
        return STATUS_OK;
    return no_lock(dir, STATUS_REFUSED, "Somebody else has this store open.",
                   "Close it everywhere else and try again.", error);
}
