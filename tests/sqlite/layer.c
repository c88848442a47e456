/* SPDX-License-Identifier: MIT */
/*
 * SQLite's own tests, run on the sealing layer: what SQLite calls when it starts. With
 * DISCERN_SEALED set, the layer becomes the default one, so that every test opens its databases
 * and their logs through it. Rollback journals, which a store never has but most tests do, are
 * left to the disk, and so are SQLite's hooks for tests: random bytes that are always the same,
 * system calls that can be replaced. SQLite's simulated crashing disk stands below the layer,
 * where a disk is. It is built into SQLite's test program by run.sh, and never into Discern.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "store/vfs.h"

/* The layer over a disk, and what is left to the disk. */
struct tested {
    sqlite3_vfs vfs;
    struct vfs *layer;
    sqlite3_vfs *disk;
};

int sealed_start(const char *unused);
const char *sealed_disk(const char *otherwise);
void sealed_crash(sqlite3_vfs *disk, int as_default);
sqlite3_vfs *sealed_find(const char *name);

static struct tested all, crash;
static const struct cipher *cipher;
static const char *below = "unix";

/* The layer looks for what is below it with this one. */
sqlite3_vfs *sealed_find(const char *name)
{
    return sqlite3_vfs_find(strcmp(name, "unix") == 0 ? below : name);
}

static sqlite3_vfs *disk_of(sqlite3_vfs *vfs)
{
    return ((struct tested *)(void *)vfs)->disk;
}

static sqlite3_vfs *layer_of(sqlite3_vfs *vfs)
{
    return sqlite3_vfs_find(vfs_name(((struct tested *)(void *)vfs)->layer));
}

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                     int *ret_flags)
{
    sqlite3_vfs *by =
        flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL) ? layer_of(vfs) : disk_of(vfs);

    file->pMethods = NULL;
    return by->xOpen(by, name, file, flags, ret_flags);
}

/* The layer says of a rollback journal that it is not there. */
static int look_for(sqlite3_vfs *vfs, const char *name, int flags, int *ret_found)
{
    sqlite3_vfs *by = strstr(name, "-journal") ? disk_of(vfs) : layer_of(vfs);

    return by->xAccess(by, name, flags, ret_found);
}

static int give_random(sqlite3_vfs *vfs, int size, char *ret_bytes)
{
    return disk_of(vfs)->xRandomness(disk_of(vfs), size, ret_bytes);
}

static int put_over(struct tested *tested, const char *disk, const char *name, int as_default)
{
    below = disk;
    tested->disk = sqlite3_vfs_find(disk);
    tested->layer = vfs_register(cipher);
    below = "unix";
    if (!tested->layer)
        return SQLITE_ERROR;
    tested->vfs = *layer_of(&tested->vfs);
    tested->vfs.zName = name;
    tested->vfs.xOpen = open_file;
    tested->vfs.xAccess = look_for;
    tested->vfs.xRandomness = give_random;
    tested->vfs.iVersion = tested->disk->iVersion;
    tested->vfs.xSetSystemCall = tested->disk->xSetSystemCall;
    tested->vfs.xGetSystemCall = tested->disk->xGetSystemCall;
    tested->vfs.xNextSystemCall = tested->disk->xNextSystemCall;
    return sqlite3_vfs_register(&tested->vfs, as_default);
}

/* A key that all processes of a test share. */
int sealed_start(const char *unused)
{
    static const unsigned char key[STORE_KEY_SIZE] = {1}, id[STORE_ID_SIZE] = {2};

    (void)unused;
    if (!getenv("DISCERN_SEALED"))
        return SQLITE_OK;
    if (cipher) /* SQLite was shut down and starts again, its own layer as the default */
        return sqlite3_vfs_register(&all.vfs, 1);
    if (sodium_init() < 0)
        return SQLITE_ERROR;
    cipher = cipher_new(key, id);
    return put_over(&all, "unix", "sealed", 1);
}

/* The name under which the crashing disk is registered. */
const char *sealed_disk(const char *otherwise)
{
    return getenv("DISCERN_SEALED") ? "crashing disk" : otherwise;
}

/* Puts a layer over the crashing disk, under the name that tests know it by. NULL ends it. */
void sealed_crash(sqlite3_vfs *disk, int as_default)
{
    if (!getenv("DISCERN_SEALED"))
        return;
    if (disk) {
        if (put_over(&crash, disk->zName, "crash", as_default) != SQLITE_OK)
            abort();
        return;
    }
    sqlite3_vfs_unregister(&crash.vfs);
    vfs_unregister(crash.layer);
}
