/* SPDX-License-Identifier: MIT */
/*
 * SQLite's own speed test, plain or sealed: registers the layer and then does what that test
 * does. `speed plain|sealed OPTIONS... FILE`, the options being the test's. Built by run.sh.
 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

#include "store/database_inside.h"

int speedtest(int count, char **arguments); /* main, as SQLite's file calls it */
int settle(sqlite3 *db, char **message, const void *unused);

/* As the store has it; the plain one too. */
int settle(sqlite3 *db, char **message, const void *unused)
{
    int reserved = PAGE_RESERVED;

    (void)unused;
    sqlite3_file_control(db, NULL, SQLITE_FCNTL_RESERVE_BYTES, &reserved);
#define X(name, value, answer) "PRAGMA " name " = " value ";"
    return sqlite3_exec(db, "PRAGMA journal_mode = MEMORY;" DATABASE_SETTINGS(X), NULL, NULL,
                        message);
#undef X
}

int main(int count, char **arguments)
{
    static const unsigned char key[STORE_KEY_SIZE] = {1}, id[STORE_ID_SIZE] = {2};
    struct vfs *layer;

    if (count < 3 || sodium_init() < 0) {
        fprintf(stderr, "usage: speed plain|sealed OPTIONS... FILE\n");
        return 2;
    }
    layer = vfs_register(cipher_new(key, id));
    if (strcmp(arguments[1], "sealed") == 0)
        sqlite3_vfs_register(sqlite3_vfs_find(vfs_name(layer)), 1);
    sqlite3_auto_extension((void (*)(void))settle);
    return speedtest(count - 1, arguments + 1);
}
