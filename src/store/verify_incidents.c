/* SPDX-License-Identifier: MIT */
/* Incidents as the table has them, against their entries. */
#include <string.h>

#include "store/verify.h"

static enum status differs(const char *what, struct error *error)
{
    return fail(error, STATUS_DAMAGED, "Put the store back from a backup.",
                "The log is whole, but the %s do not follow from it.", what);
}

/* The row of an incident, made again. */
static enum status check_incident(struct verify *verify, sqlite3_stmt *row, struct arena *arena,
                                  struct error *error)
{
    struct incident incident;
    size_t running;
    struct moment next;
    enum status status =
        store_incident(verify->store, sqlite3_column_int64(row, 0), arena, &incident, error);

    if (status != STATUS_OK)
        return status;
    next = incident_next(&incident, &running);
    if (!incident.number || strcmp(incident.reference, column_text(row, 1)) != 0 ||
        (sqlite3_column_int(row, 2) != 0) == incident.closed ||
        sqlite3_column_int64(row, 3) != (int64_t)running ||
        sqlite3_column_int64(row, 4) != next.us)
        return differs("incidents", error);
    return STATUS_OK;
}

static enum status check_incidents(struct verify *verify, struct error *error)
{
    struct database *database = verify->store->database;
    sqlite3_stmt *statement = NULL;
    struct arena arena = {0};
    bool row = true;
    enum status status = query(database, &statement, error,
                               "SELECT seq, ref, open, running, due FROM incident", "");

    while (status == STATUS_OK) {
        status = query_row(database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        status = check_incident(verify, statement, &arena, error);
        arena_release(&arena);
    }
    query_done(statement);
    arena_release(&arena);
    return status;
}

/* Each report that has its body has a row, and each row a report. */
static enum status count_incidents(struct verify *verify, struct error *error)
{
    int64_t missing;
    enum status status = query_number(
        verify->store->database, 0, &missing, error,
        "SELECT count(*) FROM entry JOIN body ON body.seq = entry.seq WHERE kind = 'incident' "
        "AND json_extract(body, '$.act') = 'report' AND entry.seq NOT IN (SELECT seq FROM "
        "incident)",
        "");

    return status == STATUS_OK && missing ? differs("incidents", error) : status;
}

enum status verify_incidents(struct verify *verify, struct error *error)
{
    enum status status = check_incidents(verify, error);

    return status == STATUS_OK ? count_incidents(verify, error) : status;
}
