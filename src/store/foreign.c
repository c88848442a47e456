/* SPDX-License-Identifier: MIT */
/* The logs of other stores, as far as their bundles were taken in. Who checked them is the
 * caller: here they are only kept, in order and as they came. */
#include <string.h>

#include "store/leave.h"
#include "store/log.h"

#define FOREIGN_COLUMNS                                                                        \
    "id, name, certificate, fingerprint, "                                                     \
    "coalesce((SELECT max(seq) FROM foreign_entry WHERE store = id), 0), "                     \
    "(SELECT link FROM foreign_entry WHERE store = id ORDER BY seq DESC LIMIT 1)"

static void take_foreign(sqlite3_stmt *row, struct arena *arena, struct foreign_store *foreign)
{
    foreign->id = column_copy(row, 0, arena);
    foreign->name = column_copy(row, 1, arena);
    foreign->certificate = column_copy(row, 2, arena);
    foreign->fingerprint = column_copy(row, 3, arena);
    foreign->head.count = sqlite3_column_int64(row, 4);
    memset(&foreign->head.link, 0, sizeof(foreign->head.link));
    if (sqlite3_column_bytes(row, 5) == DIGEST_SIZE)
        memcpy(foreign->head.link.byte, sqlite3_column_blob(row, 5), DIGEST_SIZE);
}

enum status store_foreign(struct store *store, const char *id, struct arena *arena,
                          struct foreign_store *ret_foreign, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status =
        query(store->database, &statement, error,
              "SELECT " FOREIGN_COLUMNS " FROM foreign_store WHERE id = ?", "t", id);

    if (status == STATUS_OK)
        status = query_row(store->database, statement, &row, error);
    if (status == STATUS_OK && !row)
        status = fail(error, STATUS_NOT_FOUND, NULL, "Nothing of that store is here.");
    if (status == STATUS_OK)
        take_foreign(statement, arena, ret_foreign);
    query_done(statement);
    return status;
}

enum status store_foreign_all(struct store *store, struct arena *arena,
                              struct foreign_store **ret_list, size_t *ret_count,
                              struct error *error)
{
    struct foreign_store *list = NULL;
    size_t count = 0, room = 0;
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status =
        query(store->database, &statement, error,
              "SELECT " FOREIGN_COLUMNS " FROM foreign_store ORDER BY name, id", "");

    while (status == STATUS_OK) {
        status = query_row(store->database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        if (count == room) {
            room = room ? 2 * room : 8;
            list = arena_grow(arena, list, count, room, sizeof(*list));
        }
        take_foreign(statement, arena, &list[count++]);
    }
    query_done(statement);
    if (status == STATUS_OK) {
        *ret_list = list;
        *ret_count = count;
    }
    return status;
}

/* --- Taking in ---------------------------------------------------------------------------- */

static enum status put_body(struct store *store, const char *id,
                            const struct foreign_entry *entry, struct error *error)
{
    if (!entry->body && !entry->view)
        return STATUS_OK;
    if (!entry->body)
        return query_run(store->database, error,
                         "INSERT INTO foreign_body VALUES (?, ?, NULL, NULL, ?) ON CONFLICT DO "
                         "NOTHING",
                         "tiT", id, entry->sequence, entry->view, entry->view_length);
    return query_run(
        store->database, error,
        "INSERT INTO foreign_body VALUES (?, ?, ?, ?, NULL) ON CONFLICT DO UPDATE "
        "SET salt = excluded.salt, body = excluded.body, view = NULL WHERE body IS "
        "NULL",
        "tibT", id, entry->sequence, entry->evidence.salt, sizeof(entry->evidence.salt),
        entry->body, entry->length);
}

static enum status put_entry(struct store *store, const struct foreign_store *foreign,
                             const struct foreign_entry *entry, struct error *error)
{
    enum status status = STATUS_OK;

    if (entry->sequence > foreign->head.count)
        status = query_run(
            store->database, error, "INSERT INTO foreign_entry VALUES (?, ?, ?, ?, ?, ?, ?)",
            "tittTbb", foreign->id, entry->sequence, entry->kind, entry->reference,
            entry->evidence.head, entry->evidence.head_length, entry->link.byte,
            (size_t)DIGEST_SIZE, entry->evidence.signature, sizeof(entry->evidence.signature));
    return status == STATUS_OK ? put_body(store, foreign->id, entry, error) : status;
}

enum status store_import(struct store *store, const struct foreign_store *foreign,
                         const struct foreign_entry *entry, size_t count, const char *body,
                         size_t length, struct moment now, struct error *error)
{
    struct foreign_store known = *foreign;
    enum status status = transaction_begin(store->database, error);

    if (status != STATUS_OK)
        return status;
    status = query_run(store->database, error,
                       "INSERT INTO foreign_store VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                       "tttt", foreign->id, foreign->name, foreign->certificate,
                       foreign->fingerprint);
    /* Somebody else may have taken entries in since they were checked. */
    if (status == STATUS_OK)
        status = query_number(store->database, 0, &known.head.count, error,
                              "SELECT coalesce(max(seq), 0) FROM foreign_entry WHERE store = ?",
                              "t", foreign->id);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = put_entry(store, &known, &entry[i], error);
    if (status == STATUS_OK)
        status = log_append(store, ENTRY_IMPORT, NULL, body, length, now, NULL, error);
    if (status == STATUS_OK)
        status = query_run(store->database, error,
                           "INSERT INTO foreign_bundle VALUES (json_extract(?, '$.digest')) ON "
                           "CONFLICT DO NOTHING",
                           "T", body, length);
    return transaction_end(store->database, status, error);
}

enum status store_imported(struct store *store, const struct digest *bundle, bool *ret_imported,
                           struct error *error)
{
    char hex[DIGEST_HEX_SIZE];
    int64_t count = 0;
    enum status status;

    digest_hex(bundle, hex);
    status = query_number(store->database, 0, &count, error,
                          "SELECT count(*) FROM foreign_bundle WHERE digest = ?", "t", hex);
    if (status == STATUS_OK)
        *ret_imported = count > 0;
    return status;
}

/* --- Reading ------------------------------------------------------------------------------ */

static enum status give_entry(sqlite3_stmt *row, struct arena *arena, foreign_each *each,
                              void *data, struct error *error)
{
    struct foreign_entry entry = {.sequence = sqlite3_column_int64(row, 0)};

    if (sqlite3_column_bytes(row, 4) != DIGEST_SIZE || sqlite3_column_bytes(row, 5) != 64)
        return fail(error, STATUS_DAMAGED, "Put the store back from a backup.",
                    "An entry of another store is not as it was kept.");
    entry.kind = column_copy(row, 1, arena);
    entry.reference = column_copy(row, 2, arena);
    entry.evidence.head = column_copy(row, 3, arena);
    entry.evidence.head_length = (size_t)sqlite3_column_bytes(row, 3);
    memcpy(entry.link.byte, sqlite3_column_blob(row, 4), DIGEST_SIZE);
    memcpy(entry.evidence.signature, sqlite3_column_blob(row, 5), 64);
    if (sqlite3_column_bytes(row, 6) == BODY_SALT_SIZE)
        memcpy(entry.evidence.salt, sqlite3_column_blob(row, 6), BODY_SALT_SIZE);
    if (sqlite3_column_type(row, 7) != SQLITE_NULL) {
        entry.body = column_copy(row, 7, arena);
        entry.length = (size_t)sqlite3_column_bytes(row, 7);
    }
    if (sqlite3_column_type(row, 8) != SQLITE_NULL) {
        entry.view = column_copy(row, 8, arena);
        entry.view_length = (size_t)sqlite3_column_bytes(row, 8);
    }
    return each(&entry, data, error);
}

enum status store_foreign_each(struct store *store, const char *id, const char *kind,
                               const char *reference, foreign_each *each, void *data,
                               struct error *error)
{
    sqlite3_stmt *statement = NULL;
    struct arena arena = {0};
    bool row = false;
    enum status status =
        query(store->database, &statement, error,
              "SELECT f.seq, kind, ref, head, link, signature, salt, body, view FROM "
              "foreign_entry f LEFT JOIN foreign_body b ON b.store = f.store AND b.seq = f.seq "
              "WHERE f.store = ?1 AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR ref = ?3) "
              "ORDER BY f.seq",
              "ttt", id, kind, reference);

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
