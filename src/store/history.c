/* SPDX-License-Identifier: MIT */
/* Reading the log: entries, histories, packs, the head. */
#include <string.h>

#include "store/log.h"
#include "store/project.h"

enum status store_entry(struct store *store, int64_t sequence, struct arena *arena,
                        struct entry *ret_entry, struct error *error)
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
    if (status == STATUS_OK)
        *ret_entry = stored.entry;
    return status;
}

enum status store_history(struct store *store, const char *reference, struct arena *arena,
                          struct entry **ret_entries, size_t *ret_count, struct error *error)
{
    char decision[REFERENCE_SIZE];
    sqlite3_stmt *statement = NULL;
    struct stored_entry stored;
    struct entry *entries = NULL;
    size_t count = 0, room = 0;
    bool row = false;
    enum status status = project_resolve(store->database, reference, decision, error);

    if (status == STATUS_OK)
        status = query(store->database, &statement, error,
                       "SELECT " ENTRY_COLUMNS " FROM " ENTRY_TABLES
                       " WHERE ref = ? ORDER BY entry.seq",
                       "t", decision);
    while (status == STATUS_OK) {
        status = query_row(store->database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        status = entry_of_row(statement, arena, &stored, error);
        if (status != STATUS_OK)
            break;
        if (count == room) {
            room = room ? 2 * room : 8;
            entries = arena_grow(arena, entries, count, room, sizeof(*entries));
        }
        entries[count++] = stored.entry;
    }
    query_done(statement);
    if (status == STATUS_OK) {
        *ret_entries = entries;
        *ret_count = count;
    }
    return status;
}

enum status store_pack(struct store *store, const struct digest *fingerprint,
                       struct arena *arena, const char **ret_text, size_t *ret_length,
                       struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status =
        query(store->database, &statement, error, "SELECT text FROM pack WHERE fingerprint = ?",
              "b", fingerprint->byte, (size_t)DIGEST_SIZE);

    if (status == STATUS_OK)
        status = query_row(store->database, statement, &row, error);
    if (status == STATUS_OK && !row)
        status = fail(error, STATUS_NOT_FOUND, NULL,
                      "The pack of this record is not in this store.");
    if (status == STATUS_OK) {
        size_t length = (size_t)sqlite3_column_bytes(statement, 0);

        *ret_text = arena_strndup(arena, sqlite3_column_blob(statement, 0), length);
        *ret_length = length;
    }
    query_done(statement);
    return status;
}

enum status store_head(struct store *store, struct head *ret_head, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    struct head head = {0};
    bool row = false;
    enum status status = query(store->database, &statement, error,
                               "SELECT seq, link FROM entry ORDER BY seq DESC LIMIT 1", "");

    if (status == STATUS_OK)
        status = query_row(store->database, statement, &row, error);
    if (status == STATUS_OK && row && sqlite3_column_bytes(statement, 1) == DIGEST_SIZE) {
        head.count = sqlite3_column_int64(statement, 0);
        memcpy(head.link.byte, sqlite3_column_blob(statement, 1), DIGEST_SIZE);
    }
    query_done(statement);
    if (status == STATUS_OK)
        *ret_head = head;
    return status;
}
