/* SPDX-License-Identifier: MIT */
/* An entry taken into the projections. Never touches the log, but for a body that a logged
 * erasure names. */
#include "store/project.h"

#include <stdio.h>
#include <string.h>

#include "record/json.h"
#include "store/index.h"
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

/* The newest body of a decision is the one that is found; and its name leads to it. `before`
 * is the newest until now, 0 if there was none. */
static enum status index_record(struct database *database, const struct stored_entry *stored,
                                const struct projected *projected, int64_t before,
                                struct error *error)
{
    const char *name = projected->summary.reference;
    enum status status = before ? index_drop(database, before, error) : STATUS_OK;

    if (status == STATUS_OK)
        status = index_settle(database, stored->entry.sequence, error);
    if (status == STATUS_OK && stored->entry.body && strcmp(name, projected->reference) != 0)
        status = query_run(database, error,
                           "INSERT INTO known_as VALUES (?, ?) ON CONFLICT DO NOTHING", "tt",
                           name, projected->reference);
    return status;
}

/* A review that is erased counts no more: what is left of it does not say what it said. */
static enum status uncount_review(struct database *database, int64_t sequence,
                                  struct error *error)
{
    struct arena arena = {0};
    struct stored_entry stored = {.body = NULL};
    struct moment signed_at;
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status =
        query(database, &statement, error,
              "SELECT " ENTRY_COLUMNS ", (SELECT json_extract(r.head, '$.at') FROM entry r "
              "WHERE r.ref = entry.ref AND r.seq < entry.seq AND r.kind IN ('record', "
              "'amendment') ORDER BY r.seq DESC LIMIT 1) FROM " ENTRY_TABLES
              " WHERE entry.seq = ? AND kind = 'review' AND body IS NOT NULL",
              "i", sequence);

    if (status == STATUS_OK)
        status = query_row(database, statement, &row, error);
    if (status == STATUS_OK && row)
        status = entry_of_row(statement, &arena, &stored, error);
    signed_at = (struct moment){row ? sqlite3_column_int64(statement, 6) : 0, 0};
    query_done(statement);
    if (status == STATUS_OK && row)
        status = figures_review(database, signed_at, &stored, -1, error);
    stored_release(&stored);
    arena_release(&arena);
    return status;
}

/* Removes one body; if it is the newest of its decision, its words as well. */
static enum status erase_body(struct database *database, int64_t sequence, int64_t newest,
                              struct error *error)
{
    enum status status = uncount_review(database, sequence, error);

    if (status == STATUS_OK && sequence == newest)
        status = index_drop(database, sequence, error);
    if (status == STATUS_OK)
        status = query_run(database, error, "DELETE FROM body WHERE seq = ?", "i", sequence);
    if (status == STATUS_OK && sequence == newest)
        status = index_put(database, sequence, error);
    return status;
}

/* Removes the bodies that an erasure names, and what they were known by; a trigger checks that
 * it may. Terms of deleted words stay in old parts of the search index until those are merged,
 * so they are. */
static enum status erase_bodies(struct database *database, const struct entry *entry,
                                int64_t newest, struct error *error)
{
    json_t *body;
    enum status status = body_read(entry->body, entry->length, "erasure", &body, error);

    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < body_count(body, "sequences") && status == STATUS_OK; i++)
        status = erase_body(database, json_integer_value(body_element(body, "sequences", i)),
                            newest, error);
    json_decref(body);
    if (status == STATUS_OK)
        status = incidents_erased(database, entry->reference, error);
    if (status == STATUS_OK)
        status = query_run(database, error, "DELETE FROM known_as WHERE ref = ?", "t",
                           entry->reference);
    if (status == STATUS_OK)
        status =
            query_run(database, error, "INSERT INTO words (words) VALUES ('optimize')", "");
    return status;
}

/* What follows from a decision's row besides it. */
static enum status project_rest(struct database *database, struct stored_entry *stored,
                                const struct projected *before, const struct projected *after,
                                struct error *error)
{
    const struct entry *entry = &stored->entry;
    enum status status = figures_move(database, before, after, error);

    if (status == STATUS_OK && entry->kind == ENTRY_REVIEW)
        status = figures_review(database, before->summary.signed_at, stored, 1, error);
    if (status == STATUS_OK && (entry->kind == ENTRY_RECORD || entry->kind == ENTRY_AMENDMENT))
        status = index_record(database, stored, after, before->sequence, error);
    if (status == STATUS_OK && entry->kind == ENTRY_ERASURE && entry->body)
        status = erase_bodies(database, entry, after->sequence, error);
    return status;
}

static enum status project_decision(struct database *database, struct stored_entry *stored,
                                    struct arena *arena, struct error *error)
{
    struct projected before = {0}, after;
    enum status status = STATUS_OK;

    if (stored->entry.kind != ENTRY_RECORD)
        status = projected_load(database, stored->entry.reference, arena, &before, error);
    after = before;
    if (status == STATUS_OK)
        status = project_fold(&after, stored, arena, error);
    if (status == STATUS_OK)
        status = projected_save(database, &after, error);
    if (status == STATUS_OK)
        status = project_rest(database, stored, &before, &after, error);
    return status;
}

enum status project_entry(struct database *database, struct stored_entry *stored,
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
    case ENTRY_CARRIED:
    case ENTRY_FOLLOW_UP:
    case ENTRY_ERASURE:
        status = project_decision(database, stored, &arena, error);
        break;
    case ENTRY_INCIDENT:
        status = incident_project(database, &stored->entry, error);
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
        "DELETE FROM user",     "DELETE FROM keyring",
        "DELETE FROM decision", "DELETE FROM known_as",
        "DELETE FROM tally",    "INSERT INTO words (words) VALUES ('delete-all')",
        "DELETE FROM term",     "UPDATE projection SET indexed = 0",
        "DELETE FROM incident", "DELETE FROM figure",
        "DELETE FROM duty",
    };
    enum status status = STATUS_OK;

    for (size_t i = 0; i < COUNT(clear) && status == STATUS_OK; i++)
        status = query_run(database, error, clear[i], "");
    return status;
}

static enum status refill(struct database *database, struct error *error)
{
    struct stored_entry stored = {.body = NULL};
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
        stored_release(&stored);
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
        status = query_run(database, error, "UPDATE projection SET version = ?", "i",
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
