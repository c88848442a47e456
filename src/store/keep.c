/* SPDX-License-Identifier: MIT */
/* How long decisions are kept: what is due, what is held beyond its time, what is erased. Who
 * may do so is for the database to say. */
#include <stdio.h>
#include <string.h>

#include "record/json.h"
#include "store/care.h"
#include "store/log.h"
#include "store/project.h"

/* Whether the newest entry of kind "hold" about a decision holds it. */
#define HELD                                                                                   \
    "coalesce((SELECT json_extract(b.body, '$.hold') FROM entry e JOIN body b ON b.seq = "     \
    "e.seq WHERE e.ref = decision.ref AND e.kind = 'hold' ORDER BY e.seq DESC LIMIT 1), 0)"

static void due_of_row(sqlite3_stmt *row, struct arena *arena, struct due *due)
{
    snprintf(due->reference, sizeof(due->reference), "%s", column_text(row, 0));
    due->author = column_copy(row, 1, arena);
    due->subject = column_copy(row, 2, arena);
    due->retention = column_copy(row, 3, arena);
    due->keep_until = (date)sqlite3_column_int64(row, 4);
    due->held = sqlite3_column_int(row, 5) != 0;
}

enum status store_due(struct store *store, date day, struct arena *arena, struct due **ret_due,
                      size_t *ret_count, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    struct due *due = NULL;
    size_t count = 0, room = 0;
    bool row = false;
    enum status status = query(
        store->database, &statement, error,
        "SELECT ref, author, subject, retention, keep_until, " HELD " FROM decision WHERE "
        "keep_until <> ?1 AND keep_until <= ?2 AND state <> 'erased' ORDER BY "
        "keep_until, seq",
        "ii", (int64_t)DATE_NONE, (int64_t)day);

    while (status == STATUS_OK) {
        status = query_row(store->database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        if (count == room) {
            room = room ? 2 * room : 16;
            due = arena_grow(arena, due, count, room, sizeof(*due));
        }
        due_of_row(statement, arena, &due[count++]);
    }
    query_done(statement);
    if (status == STATUS_OK) {
        *ret_due = due;
        *ret_count = count;
    }
    return status;
}

static enum status check_message(const char *message, const char *option, struct error *error)
{
    if (message && message[strspn(message, " \t\n")])
        return STATUS_OK;
    return fail_at(error, STATUS_REFUSED, NULL, 0, option, "Say it in a sentence.",
                   "The log must say why.");
}

enum status store_hold(struct store *store, const char *reference, bool hold,
                       const char *message, struct moment now, struct error *error)
{
    struct buf bytes = {0};
    json_t *body = body_object();
    enum status status = check_message(message, "message", error);

    body_put_number(body, "schema", 1);
    body_put(body, "hold", json_boolean(hold));
    body_put_text(body, "message", message);
    body_write(body, &bytes);
    if (status == STATUS_OK)
        status = store_append(store, ENTRY_HOLD, reference, buf_text(&bytes), bytes.length, now,
                              NULL, error);
    buf_release(&bytes);
    return status;
}

/* --- Erasing ------------------------------------------------------------------------------ */

/* Adds the entries about the decision whose texts are about the person. Who read, exported or
 * held it is about those who did, and stays. */
static enum status list_entries(struct store *store, const char *reference, json_t *list,
                                struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status =
        query(store->database, &statement, error,
              "SELECT entry.seq FROM entry JOIN body ON body.seq = entry.seq WHERE ref = ? AND "
              "kind IN ('record', 'amendment', 'review', 'carried', 'incident', 'follow-up') "
              "ORDER BY entry.seq",
              "t", reference);

    while (status == STATUS_OK) {
        status = query_row(store->database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        body_append(list, json_integer(sqlite3_column_int64(statement, 0)));
    }
    query_done(statement);
    return status;
}

/* An amendment that somebody has begun holds the record's answers. */
static enum status drop_drafts(struct store *store, const char *reference, struct error *error)
{
    return query_run(store->database, error,
                     "DELETE FROM draft WHERE json_valid(CAST(body AS TEXT)) AND "
                     "json_extract(CAST(body AS TEXT), '$.amends') IN (SELECT name FROM "
                     "known_as WHERE ref = ?1 UNION SELECT ?1)",
                     "t", reference);
}

static enum status append_erasure(struct store *store, const struct row *found,
                                  const char *reason, json_t *list, struct moment now,
                                  struct error *error)
{
    struct buf bytes = {0};
    json_t *body = body_object();
    enum status status;

    body_put_number(body, "schema", 1);
    body_put_text(body, "reason", reason);
    body_put_text(body, "retention", found->summary.retention);
    body_put_list(body, "sequences", list);
    body_write(body, &bytes);
    status = log_append(store, ENTRY_ERASURE, found->summary.reference, buf_text(&bytes),
                        bytes.length, now, NULL, error);
    buf_release(&bytes);
    return status;
}

/* Within a transaction. */
static enum status erase(struct store *store, const char *name, const char *reason,
                         struct moment now, struct error *error)
{
    char reference[REFERENCE_SIZE];
    struct arena arena = {0};
    struct row found;
    json_t *list = body_list();
    enum status status = project_resolve(store->database, name, reference, error);

    if (status == STATUS_OK)
        status = store_find(store, reference, &arena, &found, error);
    if (status == STATUS_OK)
        status = list_entries(store, reference, list, error);
    if (status == STATUS_OK && json_array_size(list) == 0)
        status = fail(error, STATUS_REFUSED, NULL, "The record %s has been erased already.",
                      reference);
    if (status == STATUS_OK) {
        found.summary.reference = reference;
        status = append_erasure(store, &found, reason, json_incref(list), now, error);
    }
    if (status == STATUS_OK)
        status = drop_drafts(store, reference, error);
    json_decref(list);
    arena_release(&arena);
    return status;
}

enum status store_erase(struct store *store, const char *reference, const char *reason,
                        struct moment now, struct error *error)
{
    enum status status = check_message(reason, "reason", error);

    if (status == STATUS_OK)
        status = transaction_begin(store->database, error);
    if (status != STATUS_OK)
        return status;
    status =
        transaction_end(store->database, erase(store, reference, reason, now, error), error);
    return status == STATUS_OK ? log_empty(store, error) : status;
}
