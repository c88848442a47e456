/* SPDX-License-Identifier: MIT */
/* The row of a decision: the fold over its entries, and its columns, by one table that binds,
 * reads and compares them. */
#include <stdio.h>
#include <string.h>

#include "record/parsed.h"
#include "store/project.h"

enum column_kind {
    COLUMN_TEXT,
    COLUMN_FLAG,
    COLUMN_OUTCOME,
    COLUMN_DAY,
    COLUMN_TIME,
    COLUMN_ZONE
};

/* Columns that come from the summary, in the order of PROJECTED_COLUMNS. */
static const struct {
    enum column_kind kind;
    size_t offset;
} columns[] = {
    {COLUMN_TEXT, offsetof(struct summary, amends)},
    {COLUMN_TEXT, offsetof(struct summary, sibling_of)},
    {COLUMN_TEXT, offsetof(struct summary, team)},
    {COLUMN_TEXT, offsetof(struct summary, subject)},
    {COLUMN_TEXT, offsetof(struct summary, pseudonym)},
    {COLUMN_TEXT, offsetof(struct summary, requester)},
    {COLUMN_TEXT, offsetof(struct summary, recipient)},
    {COLUMN_TEXT, offsetof(struct summary, purpose)},
    {COLUMN_TEXT, offsetof(struct summary, pack)},
    {COLUMN_TEXT, offsetof(struct summary, agreement)},
    {COLUMN_TEXT, offsetof(struct summary, programme)},
    {COLUMN_TEXT, offsetof(struct summary, retention)},
    {COLUMN_OUTCOME, offsetof(struct summary, recommended)},
    {COLUMN_OUTCOME, offsetof(struct summary, decided)},
    {COLUMN_FLAG, offsetof(struct summary, departed)},
    {COLUMN_FLAG, offsetof(struct summary, urgent)},
    {COLUMN_FLAG, offsetof(struct summary, countersign)},
    {COLUMN_FLAG, offsetof(struct summary, restricted)},
    {COLUMN_FLAG, offsetof(struct summary, unfinished)},
    {COLUMN_FLAG, offsetof(struct summary, practice)},
    {COLUMN_TIME, offsetof(struct summary, signed_at.us)},
    {COLUMN_ZONE, offsetof(struct summary, signed_at.offset_minutes)},
    {COLUMN_DAY, offsetof(struct summary, due)},
    {COLUMN_DAY, offsetof(struct summary, review)},
    {COLUMN_TEXT, offsetof(struct summary, exemptions)},
    {COLUMN_DAY, offsetof(struct summary, keep_until)},
};
#define COLUMNS_BEFORE 6

static int64_t number_at(const struct summary *summary, size_t i)
{
    const char *at = (const char *)summary + columns[i].offset;

    switch (columns[i].kind) {
    case COLUMN_FLAG:
        return *(const bool *)at;
    case COLUMN_OUTCOME:
        return (int64_t) * (const enum outcome *)(const void *)at;
    case COLUMN_DAY:
        return *(const date *)(const void *)at;
    case COLUMN_TIME:
        return *(const int64_t *)(const void *)at;
    default:
        return *(const int16_t *)(const void *)at;
    }
}

static const char *text_at(const struct summary *summary, size_t i)
{
    return *(const char *const *)(const void *)((const char *)summary + columns[i].offset);
}

static void set_at(struct summary *summary, size_t i, sqlite3_stmt *row, struct arena *arena)
{
    void *at = (char *)summary + columns[i].offset;
    int column = (int)i + COLUMNS_BEFORE;
    int64_t number = sqlite3_column_int64(row, column);

    switch (columns[i].kind) {
    case COLUMN_TEXT:
        *(const char **)at = column_copy(row, column, arena);
        break;
    case COLUMN_FLAG:
        *(bool *)at = number != 0;
        break;
    case COLUMN_OUTCOME:
        *(enum outcome *)at = (enum outcome)number;
        break;
    case COLUMN_DAY:
        *(date *)at = (date)number;
        break;
    case COLUMN_TIME:
        *(int64_t *)at = number;
        break;
    case COLUMN_ZONE:
        *(int16_t *)at = (int16_t)number;
        break;
    }
}

/* Departures and urgent ones come first in the queue. */
static int64_t priority_of(const struct summary *summary)
{
    return summary->departed || summary->urgent ? 0 : 1;
}

static void copy_name(sqlite3_stmt *row, int column, char *name, size_t size)
{
    const char *text = column_text(row, column);
    size_t length = strnlen(text, size - 1);

    memcpy(name, text, length);
    name[length] = '\0';
}

void projected_of_row(sqlite3_stmt *row, struct arena *arena, struct projected *ret_projected)
{
    struct projected projected = {.first = sqlite3_column_int64(row, 1),
                                  .sequence = sqlite3_column_int64(row, 2)};

    copy_name(row, 0, projected.reference, sizeof(projected.reference));
    copy_name(row, 3, projected.author, sizeof(projected.author));
    state_parse(column_text(row, 4), &projected.state);
    copy_name(row, 5, projected.agreed_by, sizeof(projected.agreed_by));
    for (size_t i = 0; i < COUNT(columns); i++)
        set_at(&projected.summary, i, row, arena);
    projected.summary.reference = arena_strdup(arena, projected.reference);
    projected.summary.author = arena_strdup(arena, projected.author);
    *ret_projected = projected;
}

bool projected_equal(const struct projected *a, const struct projected *b)
{
    if (strcmp(a->reference, b->reference) != 0 || strcmp(a->author, b->author) != 0 ||
        strcmp(a->agreed_by, b->agreed_by) != 0 || a->state != b->state ||
        a->first != b->first || a->sequence != b->sequence)
        return false;
    for (size_t i = 0; i < COUNT(columns); i++) {
        if (columns[i].kind == COLUMN_TEXT
                ? strcmp(text_at(&a->summary, i), text_at(&b->summary, i)) != 0
                : number_at(&a->summary, i) != number_at(&b->summary, i))
            return false;
    }
    return duties_equal(a, b);
}

/* Binds what follows the columns that query() bound. */
static int bind_summary(sqlite3_stmt *statement, const struct summary *summary)
{
    int code = SQLITE_OK;

    for (size_t i = 0; i < COUNT(columns) && code == SQLITE_OK; i++) {
        int at = (int)i + COLUMNS_BEFORE + 1;

        code = columns[i].kind == COLUMN_TEXT
                   ? sqlite3_bind_text(statement, at, text_at(summary, i), -1, SQLITE_STATIC)
                   : sqlite3_bind_int64(statement, at, number_at(summary, i));
    }
    if (code == SQLITE_OK)
        code = sqlite3_bind_int64(statement, (int)COUNT(columns) + COLUMNS_BEFORE + 1,
                                  priority_of(summary));
    return code;
}

enum status projected_save(struct database *database, const struct projected *projected,
                           struct error *error)
{
    sqlite3_stmt *statement = NULL;
    enum status status = query_run(database, error, "DELETE FROM decision WHERE ref = ?", "t",
                                   projected->reference);
    bool row;

    if (status == STATUS_OK)
        status = query(database, &statement, error,
                       "INSERT INTO decision (" PROJECTED_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, "
                       "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                       "?, ?, ?, ?)",
                       "tiittt", projected->reference, projected->first, projected->sequence,
                       projected->author, state_id(projected->state), projected->agreed_by);
    if (status == STATUS_OK && bind_summary(statement, &projected->summary) != SQLITE_OK)
        status = database_error(database, error);
    if (status == STATUS_OK)
        status = query_row(database, statement, &row, error);
    query_done(statement);
    if (status == STATUS_OK)
        status = duties_save(database, projected, error);
    return status;
}

enum status projected_load(struct database *database, const char *reference,
                           struct arena *arena, struct projected *ret_projected,
                           struct error *error)
{
    struct projected projected;
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status =
        query(database, &statement, error,
              "SELECT " PROJECTED_COLUMNS " FROM decision WHERE ref = ?", "t", reference);

    if (status == STATUS_OK)
        status = query_row(database, statement, &row, error);
    if (status == STATUS_OK && row)
        projected_of_row(statement, arena, &projected);
    query_done(statement);
    if (status == STATUS_OK && row)
        status = duties_load(database, arena, &projected, error);
    if (status == STATUS_OK && row)
        *ret_projected = projected;
    if (status == STATUS_OK && !row)
        status = fail(error, STATUS_NOT_FOUND, "Check the reference.",
                      "There is no decision %s in this store.", reference);
    return status;
}

/* --- The fold ----------------------------------------------------------------------------- */

/* What is left of a record when its body is gone: what its heads say. */
static struct summary blank_summary(const struct projected *projected, struct arena *arena)
{
    struct summary summary = {.signed_at = projected->summary.signed_at,
                              .due = DATE_NONE,
                              .review = DATE_NONE,
                              .keep_until = DATE_NONE};

    for (size_t i = 0; i < COUNT(columns); i++) {
        if (columns[i].kind == COLUMN_TEXT)
            *(const char **)(void *)((char *)&summary + columns[i].offset) = "";
    }
    summary.reference = arena_strdup(arena, projected->reference);
    summary.author = arena_strdup(arena, projected->author);
    return summary;
}

static enum status fold_record(struct projected *projected, struct stored_entry *stored,
                               struct arena *arena, struct error *error)
{
    const struct entry *entry = &stored->entry;
    enum status status = STATUS_OK;

    if (entry->kind == ENTRY_RECORD) {
        *projected = (struct projected){.first = entry->sequence};
        memcpy(projected->reference, entry->reference, sizeof(projected->reference));
        memcpy(projected->author, entry->author, sizeof(projected->author));
    }
    projected->sequence = entry->sequence;
    projected->state = STATE_WAITING;
    projected->agreed_by[0] = '\0';
    projected->summary.signed_at = entry->at;
    if (!entry->body) {
        projected->summary = blank_summary(projected, arena);
        projected->duty_count = 0;
        return STATUS_OK;
    }
    status = stored_body(stored, error);
    if (status == STATUS_OK)
        status = body_summarise(stored->body, arena, &projected->summary, error);
    if (status != STATUS_OK)
        return status;
    if (entry->kind == ENTRY_RECORD &&
        strcmp(projected->summary.reference, entry->reference) != 0)
        return fail(error, STATUS_BAD_DATA, NULL, "This record is %s, but is signed as %s.",
                    projected->summary.reference, entry->reference);
    if (strcmp(projected->summary.author, entry->author) != 0)
        return fail(error, STATUS_BAD_DATA, NULL, "This record is of %s, but %s signs it.",
                    projected->summary.author, entry->author);
    projected->summary.signed_at = entry->at;
    duties_fold_record(projected, stored->body, arena);
    return STATUS_OK;
}

/* What a reviewer of that role and name said, here or in a store of their own. */
static void fold_verdict(struct projected *projected, const struct entry *entry,
                         const struct review *review, enum role role, const char *name,
                         struct arena *arena)
{
    projected->state =
        state_after(projected->state, projected->summary.countersign, role, review->verdict);
    if (projected->state == STATE_COUNTERSIGN)
        snprintf(projected->agreed_by, sizeof(projected->agreed_by), "%s", name);
    if (projected->state == STATE_RETURNED)
        duties_fold_return(projected, entry, review, arena);
}

static enum status fold_review(struct projected *projected, struct stored_entry *stored,
                               struct arena *arena, struct error *error)
{
    const struct entry *entry = &stored->entry;
    struct review review;
    enum status status;

    if (!entry->body)
        return STATUS_OK;
    status = stored_body(stored, error);
    if (status == STATUS_OK)
        status = body_review(stored->body, arena, &review, error);
    if (status == STATUS_OK)
        fold_verdict(projected, entry, &review, stored->role, entry->author, arena);
    return status;
}

/* A review that came back: it counts as its reviewer's, not as that of whoever took it in. */
static enum status fold_carried(struct projected *projected, struct stored_entry *stored,
                                struct arena *arena, struct error *error)
{
    const struct entry *entry = &stored->entry;
    struct review review;
    enum status status;
    enum role role;

    if (!entry->body)
        return STATUS_OK;
    status = stored_body(stored, error);
    if (status == STATUS_OK)
        status = body_review(stored->body, arena, &review, error);
    if (status != STATUS_OK)
        return status;
    if (!role_parse(body_text(stored->body, "role"), &role))
        return fail(error, STATUS_BAD_DATA, NULL, "This review has no reviewer.");
    fold_verdict(projected, entry, &review, role, body_text(stored->body, "reviewer.name"),
                 arena);
    return STATUS_OK;
}

enum status project_fold(struct projected *projected, struct stored_entry *stored,
                         struct arena *arena, struct error *error)
{
    switch (stored->entry.kind) {
    case ENTRY_RECORD:
    case ENTRY_AMENDMENT:
        return fold_record(projected, stored, arena, error);
    case ENTRY_REVIEW:
        return fold_review(projected, stored, arena, error);
    case ENTRY_CARRIED:
        return fold_carried(projected, stored, arena, error);
    case ENTRY_ERASURE:
        projected->state = STATE_ERASED;
        projected->agreed_by[0] = '\0';
        projected->summary = blank_summary(projected, arena);
        projected->duty_count = 0;
        return STATUS_OK;
    case ENTRY_FOLLOW_UP:
        return duties_fold_done(projected, stored, arena, error);
    default:
        return STATUS_OK;
    }
}
