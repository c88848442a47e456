/* SPDX-License-Identifier: MIT */
/*
 * The database of a store: SQLite with its pages sealed (vfs.h), every setting that the
 * promises rest on set and read back, statements kept ready, transactions, and SQLite's errors
 * in words. What the tables mean is not known here: see data/schema.sql.
 */
#ifndef DISCERN_STORE_DATABASE_H
#define DISCERN_STORE_DATABASE_H

#include <stdbool.h>
#include <stdint.h>

#include <sqlite3.h>

#include "base/mem.h"
#include "base/status.h"
#include "store/cipher.h"

#define DATABASE_FILE "discern.db"
#define DATABASE_SCHEMA 5               /* "user_version" */
#define DATABASE_APPLICATION 0x44736372 /* "application_id": "Dscr" */

struct database;

/* Opens the database in the folder; `cipher` must outlive it. With `make` it must not be there
 * yet and is made with its tables. STATUS_DAMAGED, STATUS_UNSUPPORTED or STATUS_IO. */
MUST_CHECK enum status database_open(const char *dir, const struct cipher *cipher, bool make,
                                     struct database **ret_database, struct error *error);

/* Copies all of it, as it is at one moment, into a new database in another folder, sealed with
 * another cipher (or the same). */
MUST_CHECK enum status database_copy(struct database *from, const char *dir,
                                     const struct cipher *cipher, struct error *error);

/* NULL is fine. */
void database_close(struct database *database);

/* SQLite's own handle. */
sqlite3 *database_handle(struct database *database);

/* Readies a statement, kept for the next time, and binds what `types` says, in order: 'i' an
 * int64_t, 't' text (NULL is null), 'b' bytes and 'T' text, each followed by a size_t length.
 * What is bound must live until the statement is done. `sql` is a literal: it is known by its
 * address. End it with query_done. */
MUST_CHECK enum status query(struct database *database, sqlite3_stmt **ret_statement,
                             struct error *error, const char *sql, const char *types, ...);

/* Takes the next row, if there is one. */
MUST_CHECK enum status query_row(struct database *database, sqlite3_stmt *statement,
                                 bool *ret_row, struct error *error);

/* Lets go of what the statement holds. NULL is fine. */
void query_done(sqlite3_stmt *statement);

/* A statement of which no rows are wanted. */
MUST_CHECK enum status query_run(struct database *database, struct error *error,
                                 const char *sql, const char *types, ...);

/* One number: the first column of the first row, `otherwise` if there is no row. */
MUST_CHECK enum status query_number(struct database *database, int64_t otherwise,
                                    int64_t *ret_number, struct error *error, const char *sql,
                                    const char *types, ...);

/* Columns as the store keeps them. Text is never NULL and borrowed until the next row. */
const char *column_text(sqlite3_stmt *statement, int column);
const char *column_copy(sqlite3_stmt *statement, int column, struct arena *arena);

/* Begins to write: waits for whoever else does. Each transaction writes 32 random bytes or more
 * that nobody outside knows (cipher.h), of its own at its end if it does not say that it has.
 */
MUST_CHECK enum status transaction_begin(struct database *database, struct error *error);

void transaction_masked(struct database *database);

/* Ends it: on the disk if `status` is STATUS_OK, else as if it had not begun. Returns the
 * status, or why it could not be written; then nothing of it comes back after a kill, or the
 * error says that it may. */
MUST_CHECK enum status transaction_end(struct database *database, enum status status,
                                       struct error *error);

/* A reading that sees one moment of the store throughout. */
MUST_CHECK enum status reading_begin(struct database *database, struct error *error);
void reading_end(struct database *database);

/* What SQLite says, in words: which status it is, and a remedy. */
enum status database_error(struct database *database, struct error *error);

#endif
