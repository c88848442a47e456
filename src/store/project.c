/* SPDX-License-Identifier: MIT */
/* An entry taken into the projections. Never touches the log, but for a body that a logged
 * erasure names. */
#include "store/project.h"

#include <stdio.h>
#include <string.h>

#include "record/json.h"
#include "store/people.h"

static enum status keyring_save(struct database *database, int64_t serial,
                                const struct digest *fingerprint, struct error *error)
{
    return query_run(database, error,
                     "INSERT INTO keyring VALUES (1, ?, ?) ON CONFLICT DO UPDATE SET serial = "
                     "excluded.serial, fingerprint = excluded.fingerprint",
                     "ib", serial, fingerprint->byte, (size_t)DIGEST_SIZE);
}

static enum status project_user(struct database *database, const struct entry *entry,
                                struct arena *arena, struct error *error)
{
    struct log_user user;
    enum status status = log_user_read(entry->body, entry->length, arena, &user, error);

    if (status == STATUS_OK)
        status = query_run(
            database, error,
            "INSERT INTO user VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
            "full_name = excluded.full_name, team = excluded.team, role = excluded.role, "
            "public_key = excluded.public_key, active = excluded.active",
            "ttttbiii", user.name, user.full, user.team, role_id(user.role), user.public_key,
            sizeof(user.public_key), (int64_t)!user.disabled, (int64_t)user.recovery,
            entry->sequence);
    if (status == STATUS_OK)
        status = keyring_save(database, user.serial, &user.fingerprint, error);
    return status;
}

static enum status project_keyring(struct database *database, const struct entry *entry,
                                   struct arena *arena, struct error *error)
{
    struct keyring_change change;
    enum status status = keyring_change_read(entry->body, entry->length, arena, &change, error);

    return status == STATUS_OK
               ? keyring_save(database, change.serial, &change.fingerprint, error)
               : status;
}

static enum status add_words(struct database *database, const struct entry *entry,
                             struct error *error)
{
    struct buf words = {0};
    enum status status = record_words(entry->body, entry->length, &words, error);

    if (status == STATUS_OK)
        status = query_run(database, error, "INSERT INTO words (rowid, text) VALUES (?, ?)",
                           "iT", entry->sequence, buf_text(&words), words.length);
    buf_release(&words);
    return status;
}

/* Words and name of a record or amendment that has its body. */
static enum status index_record(struct database *database, const struct stored_entry *stored,
                                const struct projected *projected, struct error *error)
{
    enum status status = add_words(database, &stored->entry, error);

    return status == STATUS_OK
               ? query_run(database, error,
                           "INSERT INTO known_as VALUES (?, ?) ON CONFLICT DO NOTHING", "tt",
                           projected->summary.reference, projected->reference)
               : status;
}

static enum status erase_words(struct database *database, int64_t sequence, const char *body,
                               size_t length, struct error *error)
{
    struct buf words = {0};
    enum status status = record_words(body, length, &words, error);

    if (status == STATUS_OK)
        status = query_run(database, error,
                           "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)",
                           "iT", sequence, buf_text(&words), words.length);
    buf_release(&words);
    return status;
}

/* Removes one body, and its words if it has any. */
static enum status erase_body(struct database *database, int64_t sequence, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status =
        query(database, &statement, error,
              "SELECT body FROM body JOIN entry ON entry.seq = body.seq WHERE body.seq = ? AND "
              "kind IN ('record', 'amendment')",
              "i", sequence);

    if (status == STATUS_OK)
        status = query_row(database, statement, &row, error);
    if (status == STATUS_OK && row)
        status = erase_words(database, sequence, column_text(statement, 0),
                             (size_t)sqlite3_column_bytes(statement, 0), error);
    query_done(statement);
    if (status == STATUS_OK)
        status = query_run(database, error, "DELETE FROM body WHERE seq = ?", "i", sequence);
    return status;
}

/* Removes the bodies that an erasure names; a trigger checks that it may. Terms of deleted
 * words stay in old parts of the search index until those are merged, so they are. */
static enum status erase_bodies(struct database *database, const struct entry *entry,
                                struct error *error)
{
    json_t *body;
    enum status status = body_read(entry->body, entry->length, "erasure", &body, error);

    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < body_count(body, "sequences") && status == STATUS_OK; i++)
        status =
            erase_body(database, json_integer_value(body_element(body, "sequences", i)), error);
    json_decref(body);
    if (status == STATUS_OK)
        status =
            query_run(database, error, "INSERT INTO words (words) VALUES ('optimize')", "");
    return status;
}

static enum status project_decision(struct database *database,
                                    const struct stored_entry *stored, struct arena *arena,
                                    struct error *error)
{
    const struct entry *entry = &stored->entry;
    struct projected projected = {0};
    enum status status = STATUS_OK;

    if (entry->kind != ENTRY_RECORD)
        status = projected_load(database, entry->reference, arena, &projected, error);
    if (status == STATUS_OK)
        status = project_fold(&projected, stored, arena, error);
    if (status == STATUS_OK)
        status = projected_save(database, &projected, error);
    if (status == STATUS_OK && entry->body &&
        (entry->kind == ENTRY_RECORD || entry->kind == ENTRY_AMENDMENT))
        status = index_record(database, stored, &projected, error);
    if (status == STATUS_OK && entry->kind == ENTRY_ERASURE && entry->body)
        status = erase_bodies(database, entry, error);
    return status;
}

enum status project_entry(struct database *database, const struct stored_entry *stored,
                          struct error *error)
{
    struct arena arena = {0};
    enum status status = STATUS_OK;

    switch (stored->entry.kind) {
    case ENTRY_USER:
        status = project_user(database, &stored->entry, &arena, error);
        break;
    case ENTRY_KEYRING:
        status = project_keyring(database, &stored->entry, &arena, error);
        break;
    case ENTRY_RECORD:
    case ENTRY_AMENDMENT:
    case ENTRY_REVIEW:
    case ENTRY_ERASURE:
        status = project_decision(database, stored, &arena, error);
        break;
    default: /* part of the history only */
        break;
    }
    arena_release(&arena);
    return status;
}

enum status project_resolve(struct database *database, const char *name,
                            char reference[REFERENCE_SIZE], struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status = query(database, &statement, error,
                               "SELECT ref FROM known_as WHERE name = ?1 UNION ALL SELECT ref "
                               "FROM decision WHERE ref = ?1 LIMIT 1",
                               "t", name);

    if (status == STATUS_OK)
        status = query_row(database, statement, &row, error);
    if (status == STATUS_OK && row)
        snprintf(reference, REFERENCE_SIZE, "%s", column_text(statement, 0));
    query_done(statement);
    if (status == STATUS_OK && !row)
        status = fail(error, STATUS_NOT_FOUND, "Check the reference.",
                      "There is no decision %s in this store.", name);
    return status;
}

/* --- Rebuilding --------------------------------------------------------------------------- */

static enum status clear_projections(struct database *database, struct error *error)
{
    static const char *const clear[] = {
        "DELETE FROM user",       "DELETE FROM keyring",
        "DELETE FROM decision",   "DELETE FROM known_as",
        "DELETE FROM tally",      "INSERT INTO words (words) VALUES ('delete-all')",
        "DELETE FROM projection",
    };
    enum status status = STATUS_OK;

    for (size_t i = 0; i < COUNT(clear) && status == STATUS_OK; i++)
        status = query_run(database, error, clear[i], "");
    return status;
}

static enum status refill(struct database *database, struct error *error)
{
    struct stored_entry stored;
    sqlite3_stmt *statement = NULL;
    struct arena arena = {0};
    bool row = false;
    enum status status =
        query(database, &statement, error,
              "SELECT " ENTRY_COLUMNS " FROM " ENTRY_TABLES " ORDER BY entry.seq", "");

    while (status == STATUS_OK) {
        status = query_row(database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        status = entry_of_row(statement, &arena, &stored, error);
        if (status == STATUS_OK)
            status = project_entry(database, &stored, error);
        arena_release(&arena);
    }
    query_done(statement);
    arena_release(&arena);
    return status;
}

enum status project_rebuild(struct database *database, struct error *error)
{
    enum status status = transaction_begin(database, error);

    if (status != STATUS_OK)
        return status;
    status = clear_projections(database, error);
    if (status == STATUS_OK)
        status = refill(database, error);
    if (status == STATUS_OK)
        status = query_run(database, error, "INSERT INTO projection VALUES (1, ?)", "i",
                           (int64_t)PROJECTION_VERSION);
    return transaction_end(database, status, error);
}

enum status project_current(struct database *database, struct error *error)
{
    int64_t version;
    enum status status =
        query_number(database, 0, &version, error, "SELECT version FROM projection", "");

    if (status != STATUS_OK || version == PROJECTION_VERSION)
        return status;
    return project_rebuild(database, error);
}
