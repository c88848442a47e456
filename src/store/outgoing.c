/* SPDX-License-Identifier: MIT */
/* Sealed bundles on their way. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/keyring.h"
#include "store/leave.h"
#include "store/log.h"

enum status store_outgoing_keep(struct store *store, const char *to,
                                const struct outgoing *outgoing, struct error *error)
{
    enum status status = transaction_begin(store->database, error);

    if (status != STATUS_OK)
        return status;
    status = query_run(store->database, error,
                       "INSERT INTO outgoing (bundle, receiver, name, sealed) VALUES (?, ?, ?, "
                       "?)",
                       "tttb", outgoing->bundle, to, outgoing->name, outgoing->sealed,
                       outgoing->length);
    return transaction_end(store->database, status, error);
}

enum status store_outgoing_drop(struct store *store, const char *bundle, struct error *error)
{
    enum status status = transaction_begin(store->database, error);

    if (status != STATUS_OK)
        return status;
    status =
        query_run(store->database, error, "DELETE FROM outgoing WHERE bundle = ?", "t", bundle);
    return transaction_end(store->database, status, error);
}

enum status store_outgoing(struct store *store, const char *to, struct arena *arena,
                           struct outgoing *ret_outgoing, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    char *sealed;
    enum status status = query(store->database, &statement, error,
                               "SELECT bundle, name, sealed FROM outgoing WHERE receiver = ? "
                               "ORDER BY number LIMIT 1",
                               "t", to);

    if (status == STATUS_OK)
        status = query_row(store->database, statement, &row, error);
    if (status == STATUS_OK && !row)
        status = fail(error, STATUS_NOT_FOUND, NULL, "No bundle is on its way.");
    if (status == STATUS_OK) {
        ret_outgoing->bundle = column_copy(statement, 0, arena);
        ret_outgoing->name = column_copy(statement, 1, arena);
        ret_outgoing->length = (size_t)sqlite3_column_bytes(statement, 2);
        sealed = arena_alloc(arena, ret_outgoing->length + 1);
        if (ret_outgoing->length)
            memcpy(sealed, sqlite3_column_blob(statement, 2), ret_outgoing->length);
        ret_outgoing->sealed = sealed;
    }
    query_done(statement);
    return status;
}

/* --- The turn ----------------------------------------------------------------------------- */

/* The process that has this file locked, or 0 if the system does not tell. */
static long holder(int file)
{
    FILE *locks = fopen("/proc/locks", "re");
    unsigned long long inode;
    char line[256], kind[16];
    struct stat found;
    long process = 0, one;

    while (locks && !process && fstat(file, &found) == 0 && fgets(line, sizeof(line), locks)) {
        if (sscanf(line, "%*s %15s %*s %*s %ld %*x:%*x:%llu", kind, &one, &inode) == 3 &&
            strcmp(kind, "FLOCK") == 0 && inode == (unsigned long long)found.st_ino)
            process = one;
    }
    if (locks)
        fclose(locks);
    return process;
}

/* The folder itself is held by everybody who has the store open, so it is the keyring that is
 * locked: the one other file that is always there. */
enum status store_outgoing_turn(struct store *store, int *ret_turn, struct error *error)
{
    char *path = path_join(store->dir, KEYRING_FILE), who[40] = "";
    int file = open(path, O_RDONLY | O_CLOEXEC);
    enum status status = STATUS_OK;
    long process;

    if (file < 0 || (flock(file, LOCK_EX | LOCK_NB) != 0 && errno != EWOULDBLOCK)) {
        status = fail_at(error, STATUS_IO, path, 0, NULL, "Put the store on a local disk.",
                         "This file could not be locked: %s.", strerror(errno));
    } else if (flock(file, LOCK_EX | LOCK_NB) != 0) {
        process = holder(file);
        if (process)
            snprintf(who, sizeof(who), " (process %ld)", process);
        status = fail(error, STATUS_REFUSED, "Wait until it is done, or stop it.",
                      "Somebody else is sending from this store now%s.", who);
    }
    if (status == STATUS_OK)
        *ret_turn = file;
    else if (file >= 0)
        close(file);
    free(path);
    return status;
}
