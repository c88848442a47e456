/* SPDX-License-Identifier: MIT */
/*
 * SQLite's own tests, run on the sealing layer: what SQLite calls when it starts. With
 * DISCERN_SEALED set, the layer becomes the default one, so that every test opens its databases
 * through it. SQLite's simulated crashing disk stands below the layer, where a disk is. It is
 * built into SQLite's test program by run.sh, and never into Discern.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "store/vfs.h"

int sealed_start(const char *unused);
const char *sealed_disk(const char *otherwise);
void sealed_crash(sqlite3_vfs *disk, int as_default);
sqlite3_vfs *sealed_find(const char *name);

static struct vfs *layer, *layer_of_crash;
static const struct cipher *cipher;
static sqlite3_vfs crash;
static const char *below = "unix";

/* The layer looks for what is below it with this one. */
sqlite3_vfs *sealed_find(const char *name)
{
    return sqlite3_vfs_find(strcmp(name, "unix") == 0 ? below : name);
}

/* A key that all processes of a test share. */
static int make_layer(void)
{
    static const unsigned char key[STORE_KEY_SIZE] = {1}, id[STORE_ID_SIZE] = {2};

    if (sodium_init() < 0)
        return SQLITE_ERROR;
    cipher = cipher_new(key, id);
    layer = vfs_register(cipher);
    if (!layer)
        return SQLITE_ERROR;
    vfs_journal_in_memory(layer);
    return SQLITE_OK;
}

int sealed_start(const char *unused)
{
    (void)unused;
    if (!getenv("DISCERN_SEALED"))
        return SQLITE_OK;
    if (!layer && make_layer() != SQLITE_OK)
        return SQLITE_ERROR;
    return sqlite3_vfs_register(sqlite3_vfs_find(vfs_name(layer)), 1);
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
    if (!disk) {
        sqlite3_vfs_unregister(&crash);
        vfs_unregister(layer_of_crash);
        layer_of_crash = NULL;
        return;
    }
    below = disk->zName;
    layer_of_crash = vfs_register(cipher);
    below = "unix";
    if (!layer_of_crash)
        abort();
    vfs_journal_in_memory(layer_of_crash);
    crash = *sqlite3_vfs_find(vfs_name(layer_of_crash));
    crash.zName = "crash";
    sqlite3_vfs_register(&crash, as_default);
}
