/* SPDX-License-Identifier: MIT */
/* What must follow from the log: each table made again, row by row, and compared; and the pages
 * of the database, all of them. */
#include <string.h>

#include "record/json.h"
#include "store/verify.h"

static enum status differs(const char *table, const char *row, struct error *error)
{
    return fail(error, STATUS_DAMAGED, "Put the store back from a backup.",
                "The log is whole, but the table of %s does not follow from it (%s).", table,
                row);
}

/* --- Decisions ---------------------------------------------------------------------------- */

/* Whether the rules of review, and of amending, held when the entry was appended. */
static enum status check_rules(const struct projected *projected,
                               const struct stored_entry *stored, struct error *error)
{
    const struct entry *entry = &stored->entry;
    bool own = strcmp(projected->author, entry->author) == 0;

    if (entry->kind == ENTRY_RECORD)
        return projected->first
                   ? verify_wrong(entry->sequence, "its reference was taken already", error)
                   : STATUS_OK;
    if (!projected->first)
        return verify_wrong(entry->sequence, "it is about no decision", error);
    if (entry->kind == ENTRY_AMENDMENT && !own)
        return verify_wrong(entry->sequence, "it amends the record of someone else", error);
    if (entry->kind != ENTRY_REVIEW)
        return STATUS_OK;
    if (own)
        return verify_wrong(entry->sequence, "it reviews its author's own decision", error);
    if (projected->state != STATE_WAITING && projected->state != STATE_COUNTERSIGN)
        return verify_wrong(entry->sequence, "it reviews what did not wait for it", error);
    if ((projected->state == STATE_COUNTERSIGN) !=
            (stored->role == ROLE_GUARDIAN && projected->summary.countersign) &&
        entry->body && projected->summary.pack[0])
        return verify_wrong(entry->sequence, "it agrees out of turn", error);
    if (strcmp(projected->agreed_by, entry->author) == 0)
        return verify_wrong(entry->sequence, "both agreements are of one person", error);
    return STATUS_OK;
}

/* The name of an amendment leads to its decision. */
static enum status check_name(struct verify *verify, const struct projected *projected,
                              const struct entry *entry, struct error *error)
{
    const char *name = projected->summary.reference;
    int64_t found = 0;
    enum status status;

    if (entry->kind != ENTRY_AMENDMENT || !entry->body ||
        strcmp(name, projected->reference) == 0)
        return STATUS_OK;
    verify->names++;
    status = query_number(verify->store->database, 0, &found, error,
                          "SELECT count(*) FROM known_as WHERE name = ? AND ref = ?", "tt",
                          name, projected->reference);
    return status == STATUS_OK && !found ? differs("names", name, error) : status;
}

/* The fold over the history of a decision. */
static enum status fold_history(struct verify *verify, const char *reference,
                                struct arena *arena, struct projected *projected,
                                struct error *error)
{
    struct database *database = verify->store->database;
    sqlite3_stmt *statement = NULL;
    struct stored_entry stored;
    bool row = false;
    enum status status =
        query(database, &statement, error,
              "SELECT " ENTRY_COLUMNS " FROM " ENTRY_TABLES " WHERE ref = ? ORDER BY entry.seq",
              "t", reference);

    while (status == STATUS_OK) {
        status = query_row(database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        status = entry_of_row(statement, arena, &stored, error);
        if (status == STATUS_OK)
            status = check_rules(projected, &stored, error);
        if (status == STATUS_OK)
            status = project_fold(projected, &stored, arena, error);
        if (status == STATUS_OK)
            status = check_name(verify, projected, &stored.entry, error);
    }
    query_done(statement);
    return status;
}

static enum status check_decision(struct verify *verify, sqlite3_stmt *row, struct arena *arena,
                                  struct error *error)
{
    struct projected kept, made = {0};
    enum status status;

    projected_of_row(row, arena, &kept);
    status = duties_load(verify->store->database, arena, &kept, error);
    if (status == STATUS_OK)
        status = fold_history(verify, kept.reference, arena, &made, error);
    if (status == STATUS_OK && !projected_equal(&kept, &made))
        status = differs("decisions", kept.reference, error);
    return status;
}

static enum status check_decisions(struct verify *verify, struct error *error)
{
    struct database *database = verify->store->database;
    sqlite3_stmt *statement = NULL;
    struct arena arena = {0};
    int64_t count = 0;
    bool row = false;
    enum status status = query(database, &statement, error,
                               "SELECT " PROJECTED_COLUMNS " FROM decision ORDER BY first", "");

    while (status == STATUS_OK) {
        status = query_row(database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        count++;
        status = check_decision(verify, statement, &arena, error);
        if (status == STATUS_OK)
            status = verify_progress(verify, verify->count, error);
        arena_release(&arena);
    }
    query_done(statement);
    arena_release(&arena);
    if (status == STATUS_OK && count != verify->records)
        status = differs("decisions", "a row is missing or too many", error);
    return status;
}

/* --- The rest ----------------------------------------------------------------------------- */

static bool user_equal(sqlite3_stmt *row, const struct known_user *known)
{
    const struct log_user *user = &known->is;

    return strcmp(column_text(row, 1), user->full) == 0 &&
           strcmp(column_text(row, 2), user->team) == 0 &&
           strcmp(column_text(row, 3), role_id(user->role)) == 0 &&
           sqlite3_column_bytes(row, 4) == PUBLIC_KEY_SIZE &&
           memcmp(sqlite3_column_blob(row, 4), user->public_key, PUBLIC_KEY_SIZE) == 0 &&
           (sqlite3_column_int(row, 5) != 0) == !user->disabled &&
           (sqlite3_column_int(row, 6) != 0) == user->recovery &&
           sqlite3_column_int64(row, 7) == known->first;
}

static enum status check_users(struct verify *verify, struct error *error)
{
    struct database *database = verify->store->database;
    const struct known_user *known;
    sqlite3_stmt *statement = NULL;
    size_t count = 0;
    bool row = false;
    enum status status = query(database, &statement, error,
                               "SELECT name, full_name, team, role, public_key, active, "
                               "recovery, first FROM user",
                               "");

    while (status == STATUS_OK) {
        status = query_row(database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        count++;
        known = verify_find_user(verify, column_text(statement, 0));
        if (!known || !user_equal(statement, known))
            status = differs("users", column_text(statement, 0), error);
    }
    query_done(statement);
    if (status == STATUS_OK && count != verify->user_count)
        status = differs("users", "a row is missing", error);
    return status;
}

static enum status check_names(struct verify *verify, struct error *error)
{
    int64_t count;
    enum status status = query_number(verify->store->database, 0, &count, error,
                                      "SELECT count(*) FROM known_as", "");

    return status == STATUS_OK && count != verify->names
               ? differs("names", "a row is missing or too many", error)
               : status;
}

static enum status check_count(struct verify *verify, const char *table, const char *sql,
                               struct error *error)
{
    int64_t wrong;
    enum status status = query_number(verify->store->database, 0, &wrong, error, sql, "");

    return status == STATUS_OK && wrong ? differs(table, "a row is wrong", error) : status;
}

static enum status check_keyring(struct verify *verify, struct error *error)
{
    int64_t same;
    enum status status =
        query_number(verify->store->database, 0, &same, error,
                     "SELECT count(*) FROM keyring WHERE serial = ? AND fingerprint = ?", "ib",
                     verify->serial, verify->fingerprint.byte, (size_t)DIGEST_SIZE);

    return status == STATUS_OK && same != 1 ? differs("the keyring", "its only row", error)
                                            : status;
}

/* SQLite's own check reads every page that is in use, and so opens what seals it. */
static enum status check_pages(struct verify *verify, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status =
        query(verify->store->database, &statement, error, "PRAGMA quick_check(1)", "");

    if (status == STATUS_OK)
        status = query_row(verify->store->database, statement, &row, error);
    if (status == STATUS_OK && (!row || strcmp(column_text(statement, 0), "ok") != 0))
        status =
            fail(error, STATUS_DAMAGED, "Put the store back from a backup.",
                 "The log is whole, but the database is not: %s.", column_text(statement, 0));
    query_done(statement);
    return status;
}

enum status verify_tables(struct verify *verify, struct error *error)
{
    enum status status = check_decisions(verify, error);

    if (status == STATUS_OK)
        status = check_users(verify, error);
    if (status == STATUS_OK)
        status = check_keyring(verify, error);
    if (status == STATUS_OK)
        status =
            check_count(verify, "tallies",
                        "SELECT count(*) FROM (SELECT author, state, count(*) FROM decision "
                        "GROUP BY author, state EXCEPT SELECT author, state, count FROM "
                        "tally)",
                        error);
    if (status == STATUS_OK)
        status =
            check_count(verify, "tallies",
                        "SELECT count(*) FROM (SELECT author, state, count FROM tally WHERE "
                        "count <> 0 EXCEPT SELECT author, state, count(*) FROM decision "
                        "GROUP BY author, state)",
                        error);
    if (status == STATUS_OK)
        status = check_count(
            verify, "bodies",
            "SELECT count(*) FROM body WHERE seq NOT IN (SELECT seq FROM entry)", error);
    if (status == STATUS_OK)
        status = check_names(verify, error);
    if (status == STATUS_OK)
        status = check_pages(verify, error);
    if (status == STATUS_OK)
        status = verify_desk(verify, error);
    return status;
}
