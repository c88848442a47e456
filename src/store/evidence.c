/* SPDX-License-Identifier: MIT */
/* Entries as those who are not the store can check them: the very bytes that were signed. */
#include <sodium.h>
#include <string.h>

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

static enum status give_entry(sqlite3_stmt *row, struct arena *arena, entry_each *each,
                              void *data, struct error *error)
{
    struct stored_entry stored;
    struct evidence evidence;
    enum status status = entry_of_row(row, arena, &stored, error);

    if (status != STATUS_OK)
        return status;
    evidence_of(&stored, &evidence);
    return each(&stored.entry, &evidence, data, error);
}

enum status store_each(struct store *store, enum entry_kind kind, entry_each *each, void *data,
                       struct error *error)
{
    sqlite3_stmt *statement = NULL;
    struct arena arena = {0};
    bool row = false;
    enum status status =
        kind == ENTRY_KIND_COUNT
            ? query(store->database, &statement, error,
                    "SELECT " ENTRY_COLUMNS " FROM " ENTRY_TABLES " ORDER BY entry.seq", "")
            : query(store->database, &statement, error,
                    "SELECT " ENTRY_COLUMNS " FROM " ENTRY_TABLES
                    " WHERE kind = ? ORDER BY entry.seq",
                    "t", entry_kind_id(kind));

    while (status == STATUS_OK) {
        status = query_row(store->database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        status = give_entry(statement, &arena, each, data, error);
        arena_release(&arena);
    }
    query_done(statement);
    arena_release(&arena);
    return status;
}
