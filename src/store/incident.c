/* SPDX-License-Identifier: MIT */
/* Incidents as a table, and each as its entries have it. What an incident is, and where its
 * clocks stand, is the record room's to say (record/incident.h). */
#include <string.h>

#include "store/project.h"

#define LIMIT_MAX 200

/* Takes the entries of one incident together. */
static enum status fold_entry(struct incident *incident, const struct entry *entry,
                              int64_t number, struct arena *arena, struct error *error)
{
    struct incident_note note;
    enum status status;

    if (!entry->body)
        return STATUS_OK;
    status = incident_read(entry->body, entry->length, arena, &note, error);
    if (status == STATUS_OK &&
        (note.act == INCIDENT_REPORT ? entry->sequence : note.incident) == number)
        incident_fold(incident, &note, entry->sequence, entry->at);
    return status;
}

static enum status fold_incident(struct database *database, const char *reference,
                                 int64_t number, struct arena *arena,
                                 struct incident *ret_incident, struct error *error)
{
    struct incident incident = {0};
    sqlite3_stmt *statement = NULL;
    struct stored_entry stored;
    bool row = false;
    enum status status = query(database, &statement, error,
                               "SELECT " ENTRY_COLUMNS " FROM " ENTRY_TABLES
                               " WHERE ref = ? AND entry.seq >= ? AND kind = 'incident' "
                               "ORDER BY entry.seq",
                               "ti", reference, number);

    while (status == STATUS_OK) {
        status = query_row(database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        status = entry_of_row(statement, arena, &stored, error);
        if (status == STATUS_OK)
            status = fold_entry(&incident, &stored.entry, number, arena, error);
    }
    query_done(statement);
    if (status == STATUS_OK)
        *ret_incident = incident;
    return status;
}

/* Puts the incident of that report in the place of what the table has of it; one whose report
 * was erased has no row. */
static enum status save_incident(struct database *database, const char *reference,
                                 int64_t number, struct arena *arena, struct error *error)
{
    struct incident incident;
    struct moment next;
    size_t running = 0;
    enum status status = fold_incident(database, reference, number, arena, &incident, error);

    if (status != STATUS_OK || !incident.number)
        return status;
    next = incident_next(&incident, &running);
    return query_run(database, error,
                     "INSERT INTO incident VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE "
                     "SET open = excluded.open, running = excluded.running, due = "
                     "excluded.due",
                     "itiii", number, reference, (int64_t)!incident.closed, (int64_t)running,
                     next.us);
}

enum status incident_project(struct database *database, const struct entry *entry,
                             struct error *error)
{
    struct arena arena = {0};
    struct incident_note note;
    int64_t number = entry->sequence;
    enum status status = STATUS_OK;

    if (!entry->body)
        return STATUS_OK;
    status = incident_read(entry->body, entry->length, &arena, &note, error);
    if (status == STATUS_OK && note.act != INCIDENT_REPORT)
        number = note.incident;
    if (status == STATUS_OK)
        status = save_incident(database, entry->reference, number, &arena, error);
    arena_release(&arena);
    return status;
}

enum status incidents_erased(struct database *database, const char *reference,
                             struct error *error)
{
    struct arena arena = {0};
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status =
        query_run(database, error, "DELETE FROM incident WHERE ref = ?", "t", reference);

    if (status == STATUS_OK)
        status =
            query(database, &statement, error,
                  "SELECT entry.seq FROM entry JOIN body ON body.seq = entry.seq WHERE ref = "
                  "? AND kind = 'incident' AND json_extract(body, '$.act') = 'report'",
                  "t", reference);
    while (status == STATUS_OK) {
        status = query_row(database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        status = save_incident(database, reference, sqlite3_column_int64(statement, 0), &arena,
                               error);
    }
    query_done(statement);
    arena_release(&arena);
    return status;
}

enum status store_incident(struct store *store, int64_t number, struct arena *arena,
                           struct incident *ret_incident, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    const char *reference = NULL;
    bool row = false;
    enum status status = query(store->database, &statement, error,
                               "SELECT ref FROM incident WHERE seq = ?", "i", number);

    if (status == STATUS_OK)
        status = query_row(store->database, statement, &row, error);
    if (status == STATUS_OK && row)
        reference = column_copy(statement, 0, arena);
    query_done(statement);
    if (status == STATUS_OK && !row)
        status = fail(error, STATUS_NOT_FOUND, "Look at `discern incident list`.",
                      "There is no incident %lld in this store.", (long long)number);
    return status == STATUS_OK
               ? fold_incident(store->database, reference, number, arena, ret_incident, error)
               : status;
}

/* Open ones are few, so those are sorted as they are read. */
static const char open_sql[] =
    "SELECT seq FROM incident WHERE open = 1 AND (?1 = 0 OR (due = 0, due, seq) > (SELECT due = "
    "0, due, seq FROM incident WHERE seq = ?1)) ORDER BY due = 0, due, seq LIMIT ?2";
static const char closed_sql[] =
    "SELECT seq FROM incident WHERE open = 0 AND (?1 = 0 OR seq < ?1) ORDER BY seq DESC LIMIT ?2";

static enum status find_numbers(struct store *store, bool closed, int64_t after, size_t limit,
                                int64_t *numbers, size_t *ret_count, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    size_t count = 0;
    bool row = true;
    enum status status = query(store->database, &statement, error,
                               closed ? closed_sql : open_sql, "ii", after, (int64_t)limit);

    while (status == STATUS_OK) {
        status = query_row(store->database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        numbers[count++] = sqlite3_column_int64(statement, 0);
    }
    query_done(statement);
    *ret_count = count;
    return status;
}

enum status store_incidents(struct store *store, bool closed, int64_t after, size_t limit,
                            struct arena *arena, struct incident **ret_list, size_t *ret_count,
                            struct error *error)
{
    int64_t numbers[LIMIT_MAX];
    struct incident *list;
    size_t count = 0;
    enum status status;

    limit = limit < 1 ? 1 : limit > LIMIT_MAX ? LIMIT_MAX : limit;
    status = find_numbers(store, closed, after, limit, numbers, &count, error);
    list = arena_alloc(arena, (count + 1) * sizeof(*list));
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = store_incident(store, numbers[i], arena, &list[i], error);
    if (status != STATUS_OK)
        return status;
    *ret_list = list;
    *ret_count = count;
    return STATUS_OK;
}
