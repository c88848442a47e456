/* SPDX-License-Identifier: MIT */
/* Whole files. Never leaves one half written under its own name. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

#define CHUNK 65536

static enum status cannot(const char *verb, const char *path, int number, struct error *error)
{
    enum status status = STATUS_IO;
    const char *remedy = "Check the disk and the permissions of this file and its folder.";

    if (number == ENOENT || number == ENOTDIR) {
        status = STATUS_NOT_FOUND;
        remedy = "Check the name and the folder.";
    } else if (number == ENOSPC || number == EDQUOT) {
        remedy = "Free some space on this disk.";
    }
    return fail_at(error, status, path, 0, NULL, remedy, "This could not be %s: %s.", verb,
                   strerror(number));
}

/* Reads up to `size` bytes; fewer only at the end of the file. -1 and errno on failure. */
static ssize_t read_all(int fd, char *bytes, size_t size)
{
    size_t done = 0;
    ssize_t got;

    while (done < size) {
        got = read(fd, bytes + done, size - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        done += (size_t)got;
    }
    return (ssize_t)done;
}

enum status file_read(const char *path, size_t max, struct buf *out, struct error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    size_t before = out->length;
    enum status status = STATUS_OK;
    char *chunk;
    ssize_t got;

    if (fd < 0)
        return cannot("opened", path, errno, error);
    chunk = xmalloc(CHUNK);
    do {
        got = read_all(fd, chunk, CHUNK);
        if (got < 0) {
            status = cannot("read", path, errno, error);
            break;
        }
        buf_add(out, chunk, (size_t)got);
        if (out->length - before > max) {
            status =
                fail_at(error, STATUS_BAD_DATA, path, 0, NULL, "Check that it is this file.",
                        "This file is larger than %zu bytes.", max);
            break;
        }
    } while (got == CHUNK);
    free(chunk);
    close(fd);
    if (status != STATUS_OK)
        buf_cut(out, before);
    return status;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
    ssize_t done;

    while (length > 0) {
        done = write(fd, bytes, length);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        bytes += done;
        length -= (size_t)done;
    }
    return true;
}

/* Renames without ever replacing. A file system that cannot promise that gets a look first. */
static bool rename_new(const char *from, const char *to)
{
    struct stat found;

    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    if (lstat(to, &found) == 0) {
        errno = EEXIST;
        return false;
    }
    return errno == ENOENT && rename(from, to) == 0;
}

/* Makes the new name last through a power cut. */
static bool sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *dir = !slash          ? xstrdup(".")
                : slash == path ? xstrdup("/")
                                : xstrndup(path, (size_t)(slash - path));
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done =
        fd >= 0 && (fsync(fd) == 0 || errno == EINVAL); /* some disks know no such sync */
    int number = errno;

    if (fd >= 0)
        close(fd);
    free(dir);
    errno = number;
    return done;
}

static enum status refuse_existing(const char *path, struct error *error)
{
    return fail_at(error, STATUS_REFUSED, path, 0, NULL, "Choose another name.",
                   "There is a file of this name already.");
}

enum status file_write(const char *path, const void *bytes, size_t length, bool may_replace,
                       struct error *error)
{
    char *fresh = xasprintf("%s.new-XXXXXX", path);
    int fd = mkostemp(fresh, O_CLOEXEC); /* makes it with mode 0600 */
    enum status status = STATUS_OK;
    bool written, closed;

    if (fd < 0) {
        status = cannot("written", path, errno, error);
        goto out;
    }
    written = write_all(fd, bytes, length) && fsync(fd) == 0;
    if (!written)
        status = cannot("written", path, errno, error);
    closed = close(fd) == 0;
    if (written && !closed)
        status = cannot("written", path, errno, error);
    if (status == STATUS_OK &&
        !(may_replace ? rename(fresh, path) == 0 : rename_new(fresh, path)))
        status = errno == EEXIST ? refuse_existing(path, error)
                                 : cannot("written", path, errno, error);
    if (status != STATUS_OK)
        unlink(fresh);
    else if (!sync_folder(path))
        status = cannot("written", path, errno, error);
out:
    free(fresh);
    return status;
}

char *path_join(const char *dir, const char *name)
{
    size_t length = strlen(dir);

    return xasprintf("%s%s%s", dir, length && dir[length - 1] == '/' ? "" : "/", name);
}

static bool ends_in(const char *text, const char *suffix)
{
    size_t length = strlen(text), suffix_length = strlen(suffix);

    return length >= suffix_length && strcmp(text + length - suffix_length, suffix) == 0;
}

static int by_name(const void *a, const void *b)
{
    const char *const *first = a, *const *second = b;

    return strcmp(*first, *second);
}

/* Makes the array of names from names that follow each other, a NUL after each. */
static char **array_of(const struct buf *names, size_t count)
{
    char **array = xmalloc(count * sizeof(*array) + names->length + 1);
    char *text = (char *)(array + count);

    if (names->length)
        memcpy(text, names->text, names->length);
    for (size_t i = 0; i < count; i++) {
        array[i] = text;
        text += strlen(text) + 1;
    }
    qsort(array, count, sizeof(*array), by_name);
    return array;
}

enum status file_list(const char *dir, const char *suffix, char ***ret_names, size_t *ret_count,
                      struct error *error)
{
    struct buf names = {0};
    struct dirent *entry;
    size_t count = 0;
    DIR *folder = opendir(dir);
    int number;

    if (!folder)
        return cannot("opened", dir, errno, error);
    errno = 0;
    while ((entry = readdir(folder))) {
        if (entry->d_name[0] != '.' && ends_in(entry->d_name, suffix)) {
            buf_add(&names, entry->d_name, strlen(entry->d_name) + 1);
            count++;
        }
        errno = 0;
    }
    number = errno;
    closedir(folder);
    if (number == 0) {
        *ret_names = array_of(&names, count);
        *ret_count = count;
    }
    buf_release(&names);
    return number == 0 ? STATUS_OK : cannot("read", dir, number, error);
}
