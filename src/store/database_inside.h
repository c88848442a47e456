/* SPDX-License-Identifier: MIT */
/* What a database holds: for the files that are it, database.c and query.c, only. */
#ifndef DISCERN_STORE_DATABASE_INSIDE_H
#define DISCERN_STORE_DATABASE_INSIDE_H

#include "store/database.h"
#include "store/vfs.h"

#define KEPT_MAX 128
#define WAIT_MS 10000 /* for another Discern that is writing */

/* Settings of a connection, in order, and what SQLite must answer when asked. The speed test of
 * tests/sqlite/ has them too. */
#define DATABASE_SETTINGS(X)                                                                   \
    X("journal_mode", "WAL", "wal")                                                            \
    X("synchronous", "FULL", "2")                                                              \
    X("temp_store", "MEMORY", "2")                                                             \
    X("secure_delete", "ON", "1")                                                              \
    X("mmap_size", "0", "0")                                                                   \
    X("cell_size_check", "ON", "1")                                                            \
    X("foreign_keys", "ON", "1")                                                               \
    X("recursive_triggers", "ON", "1")                                                         \
    X("cache_size", "-3072", "-3072")                                                          \
    X("wal_autocheckpoint", "1000", "1000")

struct database {
    char *path;
    struct vfs *vfs;
    sqlite3 *db;
    bool masked; /* the transaction writes random bytes anyway */
    struct {
        const char *sql; /* by address */
        sqlite3_stmt *statement;
    } kept[KEPT_MAX];
    size_t kept_count;
};

/* Readies what ends a transaction, so that it can be ended when there is no memory left. */
MUST_CHECK enum status transactions_ready(struct database *database, struct error *error);

#endif
