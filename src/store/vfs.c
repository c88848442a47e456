/* SPDX-License-Identifier: MIT */
/* The sealing layer as SQLite registers it: which files may be opened at all. What becomes of
 * their bytes is vfs_file.c's. */
#include "store/vfs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret.h"
#include "store/vfs_file.h"

struct vfs {
    sqlite3_vfs layer; /* pAppData leads back here: SQLite and others may copy it */
    sqlite3_vfs *below;
    sqlite3_vfs *memory; /* SQLite's own layer over memory, for journals; NULL: none */
    const struct cipher *cipher;
    char name[40];
};

static struct vfs *vfs_of(sqlite3_vfs *layer)
{
    return layer->pAppData;
}

void vfs_journal_in_memory(struct vfs *vfs)
{
    vfs->memory = sqlite3_vfs_find("memdb");
}

static int vfs_open(sqlite3_vfs *layer, const char *name, sqlite3_file *file, int flags,
                    int *ret_flags)
{
    struct vfs *vfs = vfs_of(layer);
    int code;

    memset(file_of(file), 0, sizeof(struct file));
    if (vfs->memory && flags & SQLITE_OPEN_MAIN_JOURNAL)
        return vfs->memory->xOpen(vfs->memory, NULL, file, flags, ret_flags);
    if (!name || !(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)))
        return SQLITE_CANTOPEN;
    code = vfs->below->xOpen(vfs->below, name, below(file), flags, ret_flags);
    if (code != SQLITE_OK)
        return code;
    file_of(file)->cipher = vfs->cipher;
    file_of(file)->kind = flags & SQLITE_OPEN_WAL ? FILE_LOG : FILE_DATABASE;
    file->pMethods = &file_methods;
    if (!(file_methods.xDeviceCharacteristics(file) & SQLITE_IOCAP_POWERSAFE_OVERWRITE)) {
        file_methods.xClose(file);
        file->pMethods = NULL;
        return SQLITE_CANTOPEN;
    }
    return SQLITE_OK;
}

static bool is_journal(const char *name)
{
    static const char suffix[] = "-journal";
    size_t length = strlen(name);

    return length >= sizeof(suffix) - 1 &&
           strcmp(name + length - (sizeof(suffix) - 1), suffix) == 0;
}

static int vfs_delete(sqlite3_vfs *layer, const char *name, int sync_folder)
{
    if (vfs_of(layer)->memory && is_journal(name))
        return SQLITE_OK;
    return vfs_of(layer)->below->xDelete(vfs_of(layer)->below, name, sync_folder);
}

/* There never is a rollback journal: one that lies there was put there by someone else. */
static int vfs_access(sqlite3_vfs *layer, const char *name, int flags, int *ret_found)
{
    if (is_journal(name)) {
        *ret_found = 0;
        return SQLITE_OK;
    }
    return vfs_of(layer)->below->xAccess(vfs_of(layer)->below, name, flags, ret_found);
}

static int vfs_full_path(sqlite3_vfs *layer, const char *name, int size, char *ret_path)
{
    return vfs_of(layer)->below->xFullPathname(vfs_of(layer)->below, name, size, ret_path);
}

static int vfs_randomness(sqlite3_vfs *layer, int size, char *ret_bytes)
{
    (void)layer;
    random_bytes(ret_bytes, (size_t)size);
    return size;
}

static int vfs_sleep(sqlite3_vfs *layer, int microseconds)
{
    return vfs_of(layer)->below->xSleep(vfs_of(layer)->below, microseconds);
}

static int vfs_time(sqlite3_vfs *layer, double *ret_time)
{
    return vfs_of(layer)->below->xCurrentTime(vfs_of(layer)->below, ret_time);
}

static int vfs_time64(sqlite3_vfs *layer, sqlite3_int64 *ret_time)
{
    return vfs_of(layer)->below->xCurrentTimeInt64(vfs_of(layer)->below, ret_time);
}

static int vfs_last_error(sqlite3_vfs *layer, int size, char *ret_text)
{
    return vfs_of(layer)->below->xGetLastError(vfs_of(layer)->below, size, ret_text);
}

struct vfs *vfs_register(const struct cipher *cipher)
{
    struct vfs *vfs = xcalloc(1, sizeof(*vfs));

    vfs->below = sqlite3_vfs_find("unix");
    if (!vfs->below)
        goto refused;
    vfs->cipher = cipher;
    snprintf(vfs->name, sizeof(vfs->name), "discern-%p", (void *)vfs);
    vfs->layer = (sqlite3_vfs){
        .iVersion = 2,
        .szOsFile = (int)sizeof(struct file) + vfs->below->szOsFile,
        .mxPathname = vfs->below->mxPathname,
        .zName = vfs->name,
        .pAppData = vfs,
        .xOpen = vfs_open,
        .xDelete = vfs_delete,
        .xAccess = vfs_access,
        .xFullPathname = vfs_full_path,
        .xRandomness = vfs_randomness,
        .xSleep = vfs_sleep,
        .xCurrentTime = vfs_time,
        .xCurrentTimeInt64 = vfs_time64,
        .xGetLastError = vfs_last_error,
    };
    if (sqlite3_vfs_register(&vfs->layer, 0) == SQLITE_OK)
        return vfs;
refused:
    free(vfs);
    return NULL;
}

const char *vfs_name(const struct vfs *vfs)
{
    return vfs->name;
}

void vfs_unregister(struct vfs *vfs)
{
    if (!vfs)
        return;
    sqlite3_vfs_unregister(&vfs->layer);
    free(vfs);
}
