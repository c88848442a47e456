/* SPDX-License-Identifier: MIT */
/* Opening the sealed database. Sets each thing that the promises of store.h rest on, reads it
 * back, and refuses to go on if it is not so. */
#include "store/database.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/secret.h"
#include "store/schema.h"
#include "store/database_inside.h"

static const struct {
    const char *set, *ask, *answer;
} settings[] = {
#define X(name, value, answer) {"PRAGMA " name " = " value, "PRAGMA " name, answer},
    DATABASE_SETTINGS(X)
#undef X
        {NULL, "PRAGMA page_size", "4096"},
};

static enum status run_sql(struct database *database, const char *sql, struct error *error)
{
    return sqlite3_exec(database->db, sql, NULL, NULL, NULL) == SQLITE_OK
               ? STATUS_OK
               : database_error(database, error);
}

static enum status check_setting(struct database *database, const char *ask, const char *answer,
                                 struct error *error)
{
    sqlite3_stmt *statement = NULL;
    enum status status = STATUS_OK;

    if (sqlite3_prepare_v2(database->db, ask, -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW)
        status = database_error(database, error);
    else if (strcmp(column_text(statement, 0), answer) != 0)
        status =
            fail_at(error, STATUS_IO, database->path, 0, NULL, "Put the store on a local disk.",
                    "The database cannot be kept as safely as it must: %s is %s.", ask,
                    column_text(statement, 0));
    sqlite3_finalize(statement);
    return status;
}

static enum status apply_settings(struct database *database, struct error *error)
{
    enum status status = STATUS_OK;

    sqlite3_db_config(database->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(database->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(database->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(database->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_limit(database->db, SQLITE_LIMIT_ATTACHED, 0); /* nothing leaves by ATTACH */
    for (size_t i = 0; i < COUNT(settings) && status == STATUS_OK; i++) {
        if (settings[i].set)
            status = run_sql(database, settings[i].set, error);
        if (status == STATUS_OK)
            status = check_setting(database, settings[i].ask, settings[i].answer, error);
    }
    return status;
}

/* The room for nonce and tag is reserved, and the log chosen, before anything is written. */
static enum status make_tables(struct database *database, struct error *error)
{
    int reserved = PAGE_RESERVED;
    enum status status;
    char *sql;

    if (sqlite3_file_control(database->db, NULL, SQLITE_FCNTL_RESERVE_BYTES, &reserved) !=
        SQLITE_OK)
        return database_error(database, error);
    status =
        run_sql(database, "PRAGMA journal_mode = MEMORY; PRAGMA journal_mode = WAL", error);
    if (status == STATUS_OK)
        status = apply_settings(database, error);
    if (status == STATUS_OK && chmod(database->path, 0600) != 0)
        status = fail_at(error, STATUS_IO, database->path, 0, NULL, "Put the store elsewhere.",
                         "This file could not be made private.");
    if (status != STATUS_OK)
        return status;
    sql = xasprintf("BEGIN; %s; PRAGMA user_version = %d; PRAGMA application_id = %d; COMMIT",
                    schema_sql, DATABASE_SCHEMA, DATABASE_APPLICATION);
    status = run_sql(database, sql, error);
    free(sql);
    return status;
}

static enum status damaged(struct database *database, struct error *error)
{
    return fail_at(error, STATUS_DAMAGED, database->path, 0, NULL,
                   "Put the store back from a backup.",
                   "The database of this store has been cut short or replaced.");
}

/* That it is a store's, of a version that this program knows. A database that was cut to
 * nothing opens as an empty one. */
static enum status check_version(struct database *database, struct error *error)
{
    int64_t version, application;
    enum status status =
        query_number(database, 0, &application, error, "PRAGMA application_id", "");

    if (status == STATUS_OK)
        status = query_number(database, 0, &version, error, "PRAGMA user_version", "");
    if (status != STATUS_OK)
        return status;
    if (application != DATABASE_APPLICATION || version < 1)
        return damaged(database, error);
    if (version > DATABASE_SCHEMA)
        return fail_at(error, STATUS_UNSUPPORTED, database->path, 0, NULL,
                       "Install a later Discern.", "This store was made by a later Discern.");
    return STATUS_OK;
}

static enum status open_file(struct database *database, bool make, struct error *error)
{
    int flags = SQLITE_OPEN_READWRITE | (make ? SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE : 0);
    struct stat found;
    int there = make ? 0 : stat(database->path, &found);

    if (!make && there == 0 && !S_ISREG(found.st_mode))
        return damaged(database, error);
    if (there != 0 && errno == ENOENT)
        return fail_at(error, STATUS_DAMAGED, database->path, 0, NULL,
                       "Put the store back from a backup.",
                       "The database of this store is missing.");
    if (sqlite3_open_v2(database->path, &database->db, flags, vfs_name(database->vfs)) !=
        SQLITE_OK)
        return database_error(database, error);
    sqlite3_extended_result_codes(database->db, 1);
    sqlite3_busy_timeout(database->db, WAIT_MS);
    return STATUS_OK;
}

/* A database that is there already: looked at first, since settings may write to it. */
static enum status enter(struct database *database, struct error *error)
{
    enum status status = check_version(database, error);

    return status == STATUS_OK ? apply_settings(database, error) : status;
}

/* Statistics that nobody asks for would have all threads wait for one another at every
 * allocation. Before SQLite starts; later it says no, and all is as it was. */
static void no_statistics(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

enum status database_open(const char *dir, const struct cipher *cipher, bool make,
                          struct database **ret_database, struct error *error)
{
    struct database *database = xcalloc(1, sizeof(*database));
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    enum status status;

    pthread_once(&once, no_statistics);
    database->path = path_join(dir, DATABASE_FILE);
    database->vfs = vfs_register(cipher);
    if (!database->vfs)
        status = fail(error, STATUS_FAILED, NULL, "SQLite did not start.");
    else
        status = open_file(database, make, error);
    if (status == STATUS_OK)
        status = make ? make_tables(database, error) : enter(database, error);
    if (status == STATUS_OK)
        status = transactions_ready(database, error);
    if (status == STATUS_OK)
        *ret_database = database;
    else
        database_close(database);
    return status;
}

void database_close(struct database *database)
{
    if (!database)
        return;
    for (size_t i = 0; i < database->kept_count; i++)
        sqlite3_finalize(database->kept[i].statement);
    sqlite3_close(database->db);
    vfs_unregister(database->vfs);
    free(database->path);
    free(database);
}

sqlite3 *database_handle(struct database *database)
{
    return database->db;
}

/* --- Errors ------------------------------------------------------------------------------- */

/* A rule of data/schema.sql said no: what is wrong, a newline, what to do. */
static enum status refused(const char *message, struct error *error)
{
    const char *newline = strchr(message, '\n');
    int length = newline ? (int)(newline - message) : (int)strlen(message);

    return fail(error, STATUS_REFUSED, newline ? newline + 1 : NULL, "%.*s", length, message);
}

static const struct {
    int code;
    enum status status;
    const char *what, *remedy;
} words[] = {
    {SQLITE_FULL, STATUS_IO, "The disk is full, so nothing was saved.",
     "Free some space on this disk and try again."},
    {SQLITE_BUSY, STATUS_IO, "Another Discern is writing to this store.",
     "Wait a moment and try again."},
    {SQLITE_LOCKED, STATUS_IO, "Another Discern is writing to this store.",
     "Wait a moment and try again."},
    {SQLITE_READONLY, STATUS_IO, "This store is read-only.",
     "Check the permissions of the folder and of the files in it."},
    {SQLITE_PERM, STATUS_IO, "This store may not be written.",
     "Check the permissions of the folder and of the files in it."},
    {SQLITE_CANTOPEN, STATUS_IO, "The database of this store could not be opened.",
     "Check the folder, its permissions, and that the disk is neither full nor read-only."},
    {SQLITE_IOERR_SHMSIZE, STATUS_IO, "The disk is full, so the store could not be opened.",
     "Free some space on this disk and try again."},
    {SQLITE_NOLFS, STATUS_IO, "This disk cannot hold a file as large as the store.",
     "Put the store on another disk."},
    {SQLITE_PROTOCOL, STATUS_IO, "This disk does not keep locks as a store needs them.",
     "Put the store on a local disk."},
    {SQLITE_NOMEM, STATUS_IO, "There is no memory left, so nothing was saved.",
     "Close other programs and try again."},
    {SQLITE_CORRUPT, STATUS_DAMAGED, "The database of this store has been damaged or altered.",
     "Put the store back from a backup."},
    {SQLITE_NOTADB, STATUS_DAMAGED, "The database of this store has been damaged or altered.",
     "Put the store back from a backup."},
    {SQLITE_IOERR_DATA, STATUS_DAMAGED,
     "A page of this store has been damaged or altered, or the keyring is of another store.",
     "Put the store back from a backup, with its keyring."},
};

/* The row for the extended code, else for the plain one. */
static size_t words_of(int code)
{
    for (size_t i = 0; i < COUNT(words); i++) {
        if (words[i].code == code)
            return i;
    }
    return (code & 0xff) == code ? COUNT(words) : words_of(code & 0xff);
}

enum status database_error(struct database *database, struct error *error)
{
    int code = database->db ? sqlite3_extended_errcode(database->db) : SQLITE_NOMEM;
    size_t at = words_of(code);

    if (code == SQLITE_CONSTRAINT_TRIGGER)
        return refused(sqlite3_errmsg(database->db), error);
    if (at < COUNT(words))
        return fail_at(error, words[at].status, database->path, 0, NULL, words[at].remedy, "%s",
                       words[at].what);
    if ((code & 0xff) == SQLITE_IOERR)
        return fail_at(error, STATUS_IO, database->path, 0, NULL,
                       "Check the disk, and the space on it.",
                       "The store could not be read or written (SQLite %d).", code);
    return fail_at(error, STATUS_FAILED, database->path, 0, NULL, NULL,
                   "The store could not do this (SQLite %d: %s).", code,
                   database->db ? sqlite3_errmsg(database->db) : "no memory");
}
