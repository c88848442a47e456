/* SPDX-License-Identifier: MIT */
/* Drafts: one row an unfinished decision of a user. Never reads what is in them. */
#include <stdio.h>
#include <string.h>

#include "store/opened.h"

enum status store_draft_save(struct store *store, const char *reference, const char *bytes,
                             size_t length, struct moment now, struct error *error)
{
    enum status status = transaction_begin(store->database, error);

    if (status != STATUS_OK)
        return status;
    status = query_run(store->database, error,
                       "INSERT INTO draft VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                       "touched = excluded.touched, zone = excluded.zone, body = excluded.body",
                       "ttiib", store->me.name, reference, now.us, (int64_t)now.offset_minutes,
                       bytes, length);
    return transaction_end(store->database, status, error);
}

enum status store_draft_drop(struct store *store, const char *reference, struct error *error)
{
    enum status status = transaction_begin(store->database, error);

    if (status != STATUS_OK)
        return status;
    status = query_run(store->database, error, "DELETE FROM draft WHERE author = ? AND ref = ?",
                       "tt", store->me.name, reference);
    return transaction_end(store->database, status, error);
}

static void draft_of_row(sqlite3_stmt *row, struct arena *arena, struct draft *draft)
{
    snprintf(draft->reference, sizeof(draft->reference), "%s", column_text(row, 0));
    draft->touched.us = sqlite3_column_int64(row, 1);
    draft->touched.offset_minutes = (int16_t)sqlite3_column_int(row, 2);
    draft->bytes = column_copy(row, 3, arena);
    draft->length = (size_t)sqlite3_column_bytes(row, 3);
}

enum status store_drafts(struct store *store, struct arena *arena, struct draft **ret_drafts,
                         size_t *ret_count, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    struct draft *drafts = NULL;
    size_t count = 0, room = 0;
    bool row = false;
    enum status status = query(store->database, &statement, error,
                               "SELECT ref, touched, zone, body FROM draft WHERE author = ? "
                               "ORDER BY touched DESC, rowid DESC",
                               "t", store->me.name);

    while (status == STATUS_OK) {
        status = query_row(store->database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        if (count == room) {
            room = room ? 2 * room : 8;
            drafts = arena_grow(arena, drafts, count, room, sizeof(*drafts));
        }
        draft_of_row(statement, arena, &drafts[count++]);
    }
    query_done(statement);
    if (status == STATUS_OK) {
        *ret_drafts = drafts;
        *ret_count = count;
    }
    return status;
}
