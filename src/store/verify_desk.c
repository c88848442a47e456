/* SPDX-License-Identifier: MIT */
/* What is kept for lists and figures beside the rows of decisions, against what it follows
 * from: incidents against their entries, counters against the rows and the duties that they
 * count. */
#include <string.h>

#include "store/verify.h"

/* Figures that must be the same as a count of what they are of: each counts the days and names
 * that are in one and not in the other. */
#define SAME_AS(what, counted)                                                                     \
    "SELECT count(*) FROM (SELECT * FROM (SELECT day, name, count FROM figure WHERE what = '" what \
    "' AND count <> 0 EXCEPT " counted ") UNION ALL SELECT * FROM (" counted                       \
    " EXCEPT SELECT day, name, count FROM figure WHERE what = '" what "'))"
#define SIGNED_DAY "(signed + zone * 60000000) / 86400000000"
#define COUNTING " FROM decision WHERE pack <> '' AND NOT practice"
#define OF_DECISIONS(name) "SELECT " SIGNED_DAY ", " name ", count(*)" COUNTING " GROUP BY 1, 2"

static const struct {
    const char *what, *sql;
} figures[] = {
    {"decisions", SAME_AS("decisions", OF_DECISIONS("''"))},
    {"agreements", SAME_AS("agreement", OF_DECISIONS("agreement"))},
    {"purposes", SAME_AS("purpose", OF_DECISIONS("purpose"))},
    {"duties", SAME_AS("open", "SELECT (duty.due + duty.zone * 60000000) / 86400000000, "
                               "duty.kind, count(*) FROM duty JOIN decision ON decision.ref = "
                               "duty.ref WHERE done = 0 AND duty.due <> 0 AND duty.kind <> "
                               "'amend' AND pack <> '' AND NOT practice GROUP BY 1, 2")},
};

static enum status differs(const char *what, struct error *error)
{
    return fail(error, STATUS_DAMAGED, "Put the store back from a backup.",
                "The log is whole, but the %s do not follow from it.", what);
}

static enum status check_figures(struct database *database, struct error *error)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < COUNT(figures) && status == STATUS_OK; i++) {
        int64_t wrong = 0;

        status = query_number(database, 0, &wrong, error, figures[i].sql, "");
        if (status == STATUS_OK && wrong)
            status = fail(error, STATUS_DAMAGED, "Put the store back from a backup.",
                          "The log is whole, but the figures of %s do not follow from it.",
                          figures[i].what);
    }
    return status;
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

enum status verify_desk(struct verify *verify, struct error *error)
{
    enum status status = check_figures(verify->store->database, error);

    if (status == STATUS_OK)
        status = check_incidents(verify, error);
    if (status == STATUS_OK)
        status = count_incidents(verify, error);
    return status;
}
