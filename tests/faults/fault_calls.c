/* SPDX-License-Identifier: MIT */
/* Calls to the system that the store makes itself, for its keyring and its folders, failing on
 * demand as those of SQLite do. The linker puts these in the place of the system's (--wrap). */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "tests/faults/fault_vfs.h"

/* What the linker calls them. */
int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
ssize_t __real_write(int fd, const void *bytes, size_t size);
ssize_t __wrap_write(int fd, const void *bytes, size_t size);

static bool fails(void)
{
    if (!fault_now(fault_of_files()))
        return false;
    errno = EIO;
    return true;
}

int __wrap_open(const char *path, int flags, ...)
{
    mode_t mode = 0;
    va_list list;

    va_start(list, flags);
    if (flags & O_CREAT)
        mode = va_arg(list, mode_t);
    va_end(list);
    return fails() ? -1 : __real_open(path, flags, mode);
}

/* Half of it is there nevertheless. */
ssize_t __wrap_write(int fd, const void *bytes, size_t size)
{
    if (!fails())
        return __real_write(fd, bytes, size);
    (void)!__real_write(fd, bytes, size / 2);
    errno = EIO;
    return -1;
}

/* The others either do it or answer -1. */
#define FAILING(call, parameters, arguments)                                                   \
    int __real_##call parameters;                                                              \
    int __wrap_##call parameters;                                                              \
    int __wrap_##call parameters                                                               \
    {                                                                                          \
        return fails() ? -1 : __real_##call arguments;                                         \
    }
FAILING(mkostemp, (char *path, int flags), (path, flags))
FAILING(fsync, (int fd), (fd))
FAILING(rename, (const char *from, const char *to), (from, to))
FAILING(renameat2, (int a, const char *from, int b, const char *to, unsigned flags),
        (a, from, b, to, flags))
FAILING(mkdir, (const char *path, mode_t mode), (path, mode))
FAILING(chmod, (const char *path, mode_t mode), (path, mode))
FAILING(fchmod, (int fd, mode_t mode), (fd, mode))
FAILING(flock, (int fd, int what), (fd, what))
