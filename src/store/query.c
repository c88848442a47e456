/* SPDX-License-Identifier: MIT */
/* Statements and transactions. */
#include <stdarg.h>
#include <string.h>

#include "base/secret.h"
#include "store/database_inside.h"

/* The statement, ready; each of the program's is prepared once. */
static enum status find_statement(struct database *database, const char *sql,
                                  sqlite3_stmt **ret_statement, struct error *error)
{
    sqlite3_stmt *statement = NULL;

    for (size_t i = 0; i < database->kept_count; i++) {
        if (database->kept[i].sql == sql) {
            *ret_statement = database->kept[i].statement;
            return STATUS_OK;
        }
    }
    if (sqlite3_prepare_v3(database->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement,
                           NULL) != SQLITE_OK)
        return database_error(database, error);
    if (database->kept_count == KEPT_MAX)
        die("There are more statements than are kept.");
    database->kept[database->kept_count].sql = sql;
    database->kept[database->kept_count++].statement = statement;
    *ret_statement = statement;
    return STATUS_OK;
}

static int bind_all(sqlite3_stmt *statement, const char *types, va_list list)
{
    int code = SQLITE_OK;

    for (int at = 1; types[at - 1] && code == SQLITE_OK; at++) {
        const void *bytes;

        switch (types[at - 1]) {
        case 'i':
            code = sqlite3_bind_int64(statement, at, va_arg(list, int64_t));
            break;
        case 't':
            code =
                sqlite3_bind_text(statement, at, va_arg(list, const char *), -1, SQLITE_STATIC);
            break;
        case 'T':
            bytes = va_arg(list, const void *);
            code = sqlite3_bind_text64(statement, at, bytes, va_arg(list, size_t),
                                       SQLITE_STATIC, SQLITE_UTF8);
            break;
        case 'b':
            bytes = va_arg(list, const void *);
            code =
                sqlite3_bind_blob64(statement, at, bytes, va_arg(list, size_t), SQLITE_STATIC);
            break;
        default:
            die("'%c' is no type to bind.", types[at - 1]);
        }
    }
    return code;
}

static enum status query_list(struct database *database, sqlite3_stmt **ret_statement,
                              struct error *error, const char *sql, const char *types,
                              va_list list)
{
    sqlite3_stmt *statement;
    enum status status = find_statement(database, sql, &statement, error);

    if (status != STATUS_OK)
        return status;
    if (bind_all(statement, types, list) != SQLITE_OK) {
        status = database_error(database, error);
        query_done(statement);
        return status;
    }
    *ret_statement = statement;
    return STATUS_OK;
}

enum status query(struct database *database, sqlite3_stmt **ret_statement, struct error *error,
                  const char *sql, const char *types, ...)
{
    enum status status;
    va_list list;

    va_start(list, types);
    status = query_list(database, ret_statement, error, sql, types, list);
    va_end(list);
    return status;
}

enum status query_row(struct database *database, sqlite3_stmt *statement, bool *ret_row,
                      struct error *error)
{
    int code = sqlite3_step(statement);

    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return database_error(database, error);
    *ret_row = code == SQLITE_ROW;
    return STATUS_OK;
}

void query_done(sqlite3_stmt *statement)
{
    if (!statement)
        return;
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

enum status query_run(struct database *database, struct error *error, const char *sql,
                      const char *types, ...)
{
    sqlite3_stmt *statement = NULL;
    enum status status;
    va_list list;
    bool row;

    va_start(list, types);
    status = query_list(database, &statement, error, sql, types, list);
    va_end(list);
    if (status == STATUS_OK)
        status = query_row(database, statement, &row, error);
    query_done(statement);
    return status;
}

enum status query_number(struct database *database, int64_t otherwise, int64_t *ret_number,
                         struct error *error, const char *sql, const char *types, ...)
{
    sqlite3_stmt *statement = NULL;
    enum status status;
    va_list list;
    bool row = false;

    va_start(list, types);
    status = query_list(database, &statement, error, sql, types, list);
    va_end(list);
    if (status == STATUS_OK)
        status = query_row(database, statement, &row, error);
    if (status == STATUS_OK)
        *ret_number = row ? sqlite3_column_int64(statement, 0) : otherwise;
    query_done(statement);
    return status;
}

const char *column_text(sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);

    return text ? (const char *)text : "";
}

const char *column_copy(sqlite3_stmt *statement, int column, struct arena *arena)
{
    const char *text = column_text(statement, column);

    return arena_strndup(arena, text, (size_t)sqlite3_column_bytes(statement, column));
}

/* Statements are known by their address, so these two have one each. */
static const char commit_sql[] = "COMMIT";
static const char rollback_sql[] = "ROLLBACK";

enum status transactions_ready(struct database *database, struct error *error)
{
    sqlite3_stmt *statement;
    enum status status = find_statement(database, commit_sql, &statement, error);

    return status == STATUS_OK ? find_statement(database, rollback_sql, &statement, error)
                               : status;
}

/* An error may have undone it already. */
static void undo(struct database *database)
{
    struct error ignored;

    if (!sqlite3_get_autocommit(database->db) &&
        query_run(database, &ignored, rollback_sql, "") != STATUS_OK &&
        !sqlite3_get_autocommit(database->db))
        die("A transaction could be neither kept nor undone: %s", ignored.what);
}

enum status transaction_begin(struct database *database, struct error *error)
{
    database->masked = false;
    return query_run(database, error, "BEGIN IMMEDIATE", "");
}

void transaction_masked(struct database *database)
{
    database->masked = true;
}

static enum status mask(struct database *database, struct error *error)
{
    unsigned char bytes[32];

    random_bytes(bytes, sizeof(bytes));
    return query_run(database, error, "UPDATE blind SET bytes = ?", "b", bytes, sizeof(bytes));
}

/* SQLite forgets a transaction whose last sync failed; but its pages may lie whole in the log,
 * and whoever recovers the log after a kill would take them for kept. The next transaction is
 * written over them, so there is one at once. */
static bool write_over(struct database *database)
{
    struct error ignored;
    bool written = transaction_begin(database, &ignored) == STATUS_OK &&
                   mask(database, &ignored) == STATUS_OK &&
                   query_run(database, &ignored, commit_sql, "") == STATUS_OK;

    undo(database);
    return written;
}

/* On a full disk the last page of a transaction never is, so that one is surely not kept. */
static enum status commit(struct database *database, struct error *error)
{
    enum status status = query_run(database, error, commit_sql, "");
    bool full = sqlite3_errcode(database->db) == SQLITE_FULL;

    if (status == STATUS_OK)
        return status;
    undo(database);
    if (write_over(database) || full)
        return status;
    return fail_at(error, STATUS_IO, database->path, 0, NULL,
                   "Check the disk. Open Discern again and look whether it is there before you "
                   "do it again.",
                   "The disk failed while this was saved: it may have been kept, or not.");
}

enum status transaction_end(struct database *database, enum status status, struct error *error)
{
    if (status == STATUS_OK && !database->masked)
        status = mask(database, error);
    if (status == STATUS_OK)
        return commit(database, error);
    undo(database);
    return status;
}

enum status reading_begin(struct database *database, struct error *error)
{
    return query_run(database, error, "BEGIN", "");
}

void reading_end(struct database *database)
{
    undo(database);
}
