/* SPDX-License-Identifier: MIT */
/* Failing on demand. A write that fails has written half of what it should: so do disks. */
#include "tests/faults/fault_vfs.h"

#include <sqlite3.h>
#include <string.h>

#include "base/mem.h"

/* SQLite's allocator takes no argument through which these could be reached. */
static struct fault files, memory;
static int unsynced;
static sqlite3_mem_methods real_memory;

static const struct fault_watch *watched;

struct file {
    sqlite3_file layer;
    bool log; /* the write-ahead log, not the database */
};

void fault_watch(const struct fault_watch *watch)
{
    watched = watch;
}

struct fault *fault_of_files(void)
{
    return &files;
}

int fault_unsynced(void)
{
    return unsynced;
}

struct fault *fault_of_memory(void)
{
    return &memory;
}

bool fault_now(struct fault *fault)
{
    bool now = fault->countdown == 1 || (fault->lasting && fault->fired);

    fault->calls++;
    if (fault->countdown > 0)
        fault->countdown--;
    fault->fired += now;
    return now;
}

static sqlite3_file *below(sqlite3_file *file)
{
    return (sqlite3_file *)(void *)((struct file *)(void *)file + 1);
}

static bool is_log(sqlite3_file *file)
{
    return ((struct file *)(void *)file)->log;
}

#define PASS(method, ...) below(file)->pMethods->method(below(file), ##__VA_ARGS__)

static int file_close(sqlite3_file *file)
{
    return PASS(xClose);
}

static int file_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
{
    return fault_now(&files) ? SQLITE_IOERR_READ : PASS(xRead, bytes, size, offset);
}

static int file_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
    unsynced++;
    if (watched)
        watched->wrote(is_log(file), bytes, size, offset, watched->data);
    if (!fault_now(&files))
        return PASS(xWrite, bytes, size, offset);
    PASS(xWrite, bytes, size / 2, offset);
    return files.lasting ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    if (watched)
        watched->cut(is_log(file), size, watched->data);
    return fault_now(&files) ? SQLITE_IOERR_TRUNCATE : PASS(xTruncate, size);
}

static int file_sync(sqlite3_file *file, int flags)
{
    if (fault_now(&files))
        return SQLITE_IOERR_FSYNC;
    unsynced = 0;
    if (watched)
        watched->synced(is_log(file), watched->data);
    return PASS(xSync, flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return fault_now(&files) ? SQLITE_IOERR_FSTAT : PASS(xFileSize, size);
}

static int file_lock(sqlite3_file *file, int level)
{
    return fault_now(&files) ? SQLITE_IOERR_LOCK : PASS(xLock, level);
}

/* To let go of a lock cannot be made to fail without breaking whoever asks. */
static int file_unlock(sqlite3_file *file, int level)
{
    return PASS(xUnlock, level);
}

static int file_check_lock(sqlite3_file *file, int *held)
{
    return fault_now(&files) ? SQLITE_IOERR_CHECKRESERVEDLOCK : PASS(xCheckReservedLock, held);
}

static int file_control(sqlite3_file *file, int what, void *argument)
{
    return PASS(xFileControl, what, argument);
}

static int file_sector_size(sqlite3_file *file)
{
    return PASS(xSectorSize);
}

static int file_traits(sqlite3_file *file)
{
    return PASS(xDeviceCharacteristics);
}

static int file_shm_map(sqlite3_file *file, int region, int size, int extend,
                        void volatile **memory_at)
{
    return fault_now(&files) ? SQLITE_IOERR_SHMMAP
                             : PASS(xShmMap, region, size, extend, memory_at);
}

static int file_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    if (flags & SQLITE_SHM_LOCK && fault_now(&files))
        return SQLITE_IOERR_SHMLOCK;
    return PASS(xShmLock, offset, count, flags);
}

static void file_shm_barrier(sqlite3_file *file)
{
    PASS(xShmBarrier);
}

static int file_shm_unmap(sqlite3_file *file, int delete_it)
{
    return PASS(xShmUnmap, delete_it);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_traits,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};

static int vfs_open(sqlite3_vfs *layer, const char *name, sqlite3_file *file, int flags,
                    int *ret_flags)
{
    sqlite3_vfs *real = layer->pAppData;
    int code;

    file->pMethods = NULL;
    ((struct file *)(void *)file)->log = flags & SQLITE_OPEN_WAL;
    if (fault_now(&files))
        return SQLITE_CANTOPEN;
    code = real->xOpen(real, name, below(file), flags, ret_flags);
    if (code == SQLITE_OK)
        file->pMethods = &methods;
    return code;
}

static int vfs_delete(sqlite3_vfs *layer, const char *name, int sync_folder)
{
    sqlite3_vfs *real = layer->pAppData;

    return fault_now(&files) ? SQLITE_IOERR_DELETE : real->xDelete(real, name, sync_folder);
}

static int vfs_access(sqlite3_vfs *layer, const char *name, int flags, int *ret_found)
{
    sqlite3_vfs *real = layer->pAppData;

    return fault_now(&files) ? SQLITE_IOERR_ACCESS
                             : real->xAccess(real, name, flags, ret_found);
}

static int vfs_full_path(sqlite3_vfs *layer, const char *name, int size, char *path)
{
    sqlite3_vfs *real = layer->pAppData;

    return real->xFullPathname(real, name, size, path);
}

static void *memory_new(int size)
{
    return fault_now(&memory) ? NULL : real_memory.xMalloc(size);
}

static void *memory_more(void *old, int size)
{
    return fault_now(&memory) ? NULL : real_memory.xRealloc(old, size);
}

void fault_install(void)
{
    static sqlite3_vfs layer;
    sqlite3_mem_methods failing;

    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory);
    failing = real_memory;
    failing.xMalloc = memory_new;
    failing.xRealloc = memory_more;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) != SQLITE_OK)
        die("SQLite took no other allocator.");
    layer = *sqlite3_vfs_find("unix");
    layer.pAppData = sqlite3_vfs_find("unix");
    layer.pNext = NULL;
    layer.szOsFile += (int)sizeof(struct file);
    layer.xOpen = vfs_open;
    layer.xDelete = vfs_delete;
    layer.xAccess = vfs_access;
    layer.xFullPathname = vfs_full_path;
    if (sqlite3_vfs_register(&layer, 1) != SQLITE_OK)
        die("SQLite took no other layer.");
}
