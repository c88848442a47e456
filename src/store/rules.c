/* SPDX-License-Identifier: MIT */
/* The schema of a store against a pattern: the same statements run in a database of memory. */
#include "store/rules.h"

#include <string.h>

#include "base/buf.h"
#include "store/log.h"
#include "store/schema.h"

/* But for the tables that FTS5 makes for itself, as its version has them. */
static const char objects_sql[] =
    "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND NOT (type = 'table' AND name "
    "IN ('words_data', 'words_idx', 'words_content', 'words_docsize', 'words_config')) ORDER BY "
    "name, type";
static const char triggers_sql[] =
    "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name";

static enum status no_pattern(sqlite3 *pattern, struct error *error)
{
    return fail(error, STATUS_FAILED, "Close other programs and try again.",
                "The rules of the database could not be compared (SQLite: %s).",
                sqlite3_errmsg(pattern));
}

static enum status pattern_open(sqlite3 **ret_pattern, struct error *error)
{
    sqlite3 *pattern = NULL;
    enum status status = STATUS_OK;

    if (sqlite3_open(":memory:", &pattern) != SQLITE_OK ||
        sqlite3_exec(pattern, schema_sql, NULL, NULL, NULL) != SQLITE_OK)
        status = no_pattern(pattern, error);
    if (status == STATUS_OK)
        *ret_pattern = pattern;
    else
        sqlite3_close(pattern);
    return status;
}

/* --- Compared ----------------------------------------------------------------------------- */

/* A statement apart from how it is laid out: an upgrade writes some of them in one line, and
 * SQLite puts names that it changed between quotes. Texts stay as they are. */
static void tidy(const char *sql, struct buf *out)
{
    bool quoted = false, apart = false;

    for (; *sql; sql++) {
        char last = out->length ? out->text[out->length - 1] : '(';

        quoted ^= *sql == '\'';
        if (!quoted && strchr(" \n\t\"", *sql)) {
            apart |= *sql != '"';
            continue;
        }
        if (apart && !strchr("(,", last) && !strchr("(),", *sql))
            buf_putc(out, ' ');
        apart = false;
        buf_putc(out, *sql);
    }
}

static bool same_sql(const char *a, const char *b)
{
    struct buf one = {0}, other = {0};
    bool same;

    tidy(a, &one);
    tidy(b, &other);
    same = strcmp(buf_text(&one), buf_text(&other)) == 0;
    buf_release(&one);
    buf_release(&other);
    return same;
}

static enum status differs(const char *name, struct error *error)
{
    return fail(error, STATUS_DAMAGED,
                "Put the store back from a backup, and tell the guardian.",
                "The log is whole, but the database has not the tables and rules that it was "
                "made with (%s).",
                name);
}

/* The next of each must be the same. */
static enum status compare_next(struct database *database, sqlite3_stmt *is, sqlite3 *pattern,
                                sqlite3_stmt *must, bool *ret_more, struct error *error)
{
    int code = sqlite3_step(must);
    bool row = false, wanted = code == SQLITE_ROW;
    enum status status = query_row(database, is, &row, error);

    if (status == STATUS_OK && code != SQLITE_ROW && code != SQLITE_DONE)
        status = no_pattern(pattern, error);
    if (status != STATUS_OK)
        return status;
    *ret_more = row;
    if (row != wanted)
        return differs(column_text(row ? is : must, 0), error);
    if (row && (strcmp(column_text(is, 0), column_text(must, 0)) != 0 ||
                !same_sql(column_text(is, 1), column_text(must, 1))))
        return differs(column_text(must, 0), error);
    return STATUS_OK;
}

static enum status compare(struct database *database, sqlite3 *pattern, struct error *error)
{
    sqlite3_stmt *is = NULL, *must = NULL;
    bool more = true;
    enum status status = query(database, &is, error, objects_sql, "");

    if (status == STATUS_OK &&
        sqlite3_prepare_v2(pattern, objects_sql, -1, &must, NULL) != SQLITE_OK)
        status = no_pattern(pattern, error);
    while (status == STATUS_OK && more)
        status = compare_next(database, is, pattern, must, &more, error);
    query_done(is);
    sqlite3_finalize(must);
    return status;
}

enum status rules_check(struct database *database, struct error *error)
{
    sqlite3 *pattern = NULL;
    bool allowed = false;
    enum status status = pattern_open(&pattern, error);

    if (status == STATUS_OK)
        status = compare(database, pattern, error);
    sqlite3_close(pattern);
    if (status == STATUS_OK)
        status = kinds_installed(database, &allowed, error);
    return status == STATUS_OK && !allowed ? differs("may", error) : status;
}

/* --- Renewed ------------------------------------------------------------------------------ */

/* One statement for each trigger that a database has: what drops it, or what makes it. */
static enum status list_triggers(sqlite3 *db, bool drop, struct buf *out, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, triggers_sql, -1, &statement, NULL);

    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW && drop)
            buf_printf(out, "DROP TRIGGER \"%s\";\n", column_text(statement, 0));
        else if (code == SQLITE_ROW)
            buf_printf(out, "%s;\n", column_text(statement, 1));
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? STATUS_OK : no_pattern(db, error);
}

enum status rules_renew(struct database *database, struct error *error)
{
    sqlite3 *pattern = NULL, *db = database_handle(database);
    struct buf sql = {0};
    enum status status = pattern_open(&pattern, error);

    buf_puts(&sql, "BEGIN IMMEDIATE;\n");
    if (status == STATUS_OK)
        status = list_triggers(db, true, &sql, error);
    if (status == STATUS_OK)
        status = list_triggers(pattern, false, &sql, error);
    buf_puts(&sql, "COMMIT");
    if (status == STATUS_OK && sqlite3_exec(db, buf_text(&sql), NULL, NULL, NULL) != SQLITE_OK)
        status = database_error(database, error);
    buf_release(&sql);
    sqlite3_close(pattern);
    return status;
}
