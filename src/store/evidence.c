/* SPDX-License-Identifier: MIT */
/* Entries as those who are not the store can check them: the very bytes that were signed. */
#include <sodium.h>
#include <string.h>

#include "store/log.h"

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
    ret_evidence->head = stored.head;
    ret_evidence->head_length = stored.head_length;
    memcpy(ret_evidence->signature, stored.signature, sizeof(ret_evidence->signature));
    memcpy(ret_evidence->salt, stored.salt, sizeof(ret_evidence->salt));
    return STATUS_OK;
}

void store_id(const struct store *store, char hex[STORE_ID_HEX_SIZE])
{
    sodium_bin2hex(hex, STORE_ID_HEX_SIZE, store->id, sizeof(store->id));
}
