/* SPDX-License-Identifier: MIT */
/* Entries as those who are not the store can check them: the very bytes that were signed. */
#include <sodium.h>
#include <string.h>

#include "store/leave.h"
#include "store/log.h"

static void evidence_of(const struct stored_entry *stored, struct evidence *evidence)
{
    evidence->head = stored->head;
    evidence->head_length = stored->head_length;
    memcpy(evidence->signature, stored->signature, sizeof(evidence->signature));
    memcpy(evidence->salt, stored->salt, sizeof(evidence->salt));
}

enum status store_evidence(struct store *store, int64_t sequence, struct arena *arena,
                           struct entry *ret_entry, struct evidence *ret_evidence,
                           struct error *error)
{
    sqlite3_stmt *statement = NULL;
    struct stored_entry stored;
    bool row = false;
    enum status status = query(
        store->database, &statement, error,
        "SELECT " ENTRY_COLUMNS " FROM " ENTRY_TABLES " WHERE entry.seq = ?", "i", sequence);

    if (status == STATUS_OK)
        status = query_row(store->database, statement, &row, error);
    if (status == STATUS_OK && !row)
        status = fail(error, STATUS_NOT_FOUND, "Check the number.",
                      "There is no entry %lld in this log.", (long long)sequence);
    if (status == STATUS_OK)
        status = entry_of_row(statement, arena, &stored, error);
    query_done(statement);
    if (status != STATUS_OK)
        return status;
    *ret_entry = stored.entry;
    evidence_of(&stored, ret_evidence);
    return STATUS_OK;
}

void store_id(const struct store *store, char hex[STORE_ID_HEX_SIZE])
{
    sodium_bin2hex(hex, STORE_ID_HEX_SIZE, store->id, sizeof(store->id));
}

/* --- Many --------------------------------------------------------------------------------- */

/* Gives each row of the statement to `each`. */
static enum status give_rows(struct store *store, enum status status, sqlite3_stmt *statement,
                             entry_each *each, void *data, struct error *error)
{
    struct stored_entry stored;
    struct arena arena = {0};
    bool row = false;

    while (status == STATUS_OK) {
        status = query_row(store->database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        status = entry_of_row(statement, &arena, &stored, error);
        if (status == STATUS_OK)
            status = each(&stored.entry, data, error);
        arena_release(&arena);
    }
    query_done(statement);
    arena_release(&arena);
    return status;
}

enum status store_each_leaving(struct store *store, entry_each *each, void *data,
                               struct error *error)
{
    sqlite3_stmt *statement = NULL;
    enum status status = query(store->database, &statement, error,
                               "SELECT " ENTRY_COLUMNS " FROM " ENTRY_TABLES
                               " WHERE kind IN ('bundle', 'receipt') ORDER BY entry.seq",
                               "");

    return give_rows(store, status, statement, each, data, error);
}

enum status store_each_verdict(struct store *store, entry_each *each, void *data,
                               struct error *error)
{
    sqlite3_stmt *statement = NULL;
    enum status status = query(store->database, &statement, error,
                               "SELECT " ENTRY_COLUMNS " FROM " ENTRY_TABLES
                               " WHERE kind = 'verdict' ORDER BY entry.seq",
                               "");

    return give_rows(store, status, statement, each, data, error);
}

enum status store_each_decision(struct store *store, decision_each *each, void *data,
                                struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status = query(store->database, &statement, error,
                               "SELECT seq FROM decision WHERE state <> 'erased'", "");

    while (status == STATUS_OK) {
        status = query_row(store->database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        each(sqlite3_column_int64(statement, 0), data);
    }
    query_done(statement);
    return status;
}
