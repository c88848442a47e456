/* SPDX-License-Identifier: MIT */
/* Sealed bundles on their way. */
#include <string.h>

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
