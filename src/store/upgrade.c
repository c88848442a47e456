/* SPDX-License-Identifier: MIT */
/* Stores of earlier versions: the steps are taken on a copy, which is verified before it takes
 * the store's place. Whatever goes wrong, the store is as it was. */
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/folder.h"
#include "store/project.h"
#include "store/rules.h"
#include "store/upgrade.h"

/* What makes a store of one version one of the next, the first being version 1. Rules are
 * renewed after the last step, whatever they were. */
static const char *const steps[] = {
    "CREATE TABLE pseudonym (one INTEGER PRIMARY KEY CHECK (one = 1),"
    " key BLOB NOT NULL CHECK (length(key) = 32))",
    "CREATE TABLE identities (number INTEGER PRIMARY KEY, key BLOB NOT NULL,"
    " certificate TEXT NOT NULL);"
    "INSERT INTO identities SELECT * FROM identity;"
    "DROP TABLE identity;"
    "ALTER TABLE identities RENAME TO identity",
    "CREATE TABLE whereabouts (receiver TEXT PRIMARY KEY, newest INTEGER NOT NULL,"
    " words TEXT NOT NULL) WITHOUT ROWID",
    /* What was reported of a decision that was erased stayed on the list. */
    "DELETE FROM incident WHERE seq NOT IN (SELECT seq FROM body)",
};

_Static_assert(COUNT(steps) == DATABASE_SCHEMA - 1, "a step for each version");

enum status upgrade_needed(struct store *store, bool *ret_needed, struct error *error)
{
    int64_t version;
    enum status status =
        query_number(store->database, 0, &version, error, "PRAGMA user_version", "");

    if (status == STATUS_OK)
        *ret_needed = version < DATABASE_SCHEMA;
    return status;
}

static enum status run(struct database *database, const char *sql, struct error *error)
{
    return sqlite3_exec(database_handle(database), sql, NULL, NULL, NULL) == SQLITE_OK
               ? STATUS_OK
               : database_error(database, error);
}

static enum status take_steps(struct database *database, struct error *error)
{
    int64_t version;
    enum status status = query_number(database, 0, &version, error, "PRAGMA user_version", "");
    char *set = xasprintf("PRAGMA user_version = %d", DATABASE_SCHEMA);

    for (; status == STATUS_OK && version < DATABASE_SCHEMA; version++)
        status = run(database, steps[version - 1], error);
    if (status == STATUS_OK)
        status = rules_renew(database, error);
    if (status == STATUS_OK)
        status = run(database, set, error);
    free(set);
    return status;
}

/* The keyring stays as it is. */
static enum status copy_keyring(const char *from, const char *to, struct error *error)
{
    char *source = path_join(from, KEYRING_FILE), *path = path_join(to, KEYRING_FILE);
    struct buf bytes = {0};
    enum status status = file_read(source, KEYRING_FILE_MAX, &bytes, error);

    if (status == STATUS_OK)
        status = file_write(path, buf_text(&bytes), bytes.length, false, error);
    buf_release(&bytes);
    free(source);
    free(path);
    return status;
}

enum status store_copy(struct store *store, const char *staged, struct error *error)
{
    enum status status = database_copy(store->database, staged, store->cipher, error);

    return status == STATUS_OK ? copy_keyring(store->dir, staged, error) : status;
}

static enum status make_copy(struct store *store, const struct secrets *secrets,
                             const struct watch *watch, const char *staged, struct error *error)
{
    const struct watch nobody = {NULL, NULL};
    struct store *copy = NULL;
    struct head head;
    enum status status = store_head(store, &head, error);

    if (!watch)
        watch = &nobody;
    if (status == STATUS_OK && watch->progress && !watch->progress(0, head.count, watch->data))
        status = fail(error, STATUS_FAILED, NULL, "The store was left as it was.");
    if (status == STATUS_OK)
        status = store_copy(store, staged, error);
    if (status == STATUS_OK)
        status = store_of_secrets(staged, store->id, secrets, false, &copy, error);
    if (status == STATUS_OK)
        status = take_steps(copy->database, error);
    if (status == STATUS_OK)
        status = project_current(copy->database, error);
    if (status == STATUS_OK)
        status = store_verify(copy, &head, watch->progress, watch->data, error);
    store_close(copy);
    return status;
}

enum status store_upgrade(struct store *store, const struct secrets *secrets,
                          const struct watch *watch, struct error *error)
{
    char *staged;
    enum status status = folder_hold_alone(store->dir, store->held, error);

    if (status == STATUS_OK)
        status = folder_stage(store->dir, &staged, error);
    if (status != STATUS_OK)
        return status;
    status = make_copy(store, secrets, watch, staged, error);
    if (status == STATUS_OK) {
        database_close(store->database);
        store->database = NULL;
        status = folder_exchange(staged, store->dir, error);
    }
    folder_clear(staged);
    free(staged);
    return status;
}
