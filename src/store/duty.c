/* SPDX-License-Identifier: MIT */
/* What must be done, as a table: kept with the row of its decision, folded from the same
 * entries, listed with what is overdue first. Never says of itself that something was done. */
#include <stdio.h>
#include <string.h>

#include "record/parsed.h"
#include "store/project.h"

#define LIMIT_MAX 200
#define COUNT_MAX 1000

/* --- The fold ----------------------------------------------------------------------------- */

/* The earliest day on which something is due that the record itself asks for. */
static void settle_due(struct projected *projected)
{
    projected->summary.due = DATE_NONE;
    for (size_t i = 0; i < projected->duty_count; i++) {
        const struct duty_to_do *duty = &projected->duty[i];
        date day = moment_date(duty->due);

        if (duty->done || !duty->due.us || duty->kind != DUTY_MUST)
            continue;
        if (projected->summary.due == DATE_NONE || day < projected->summary.due)
            projected->summary.due = day;
    }
}

static struct duty_to_do *find_duty(const struct projected *projected, const char *id)
{
    for (size_t i = 0; i < projected->duty_count; i++) {
        if (strcmp(projected->duty[i].id, id) == 0)
            return &projected->duty[i];
    }
    return NULL;
}

/* The old list stays as it was: what went before is compared with what comes after. */
static void own_duties(struct projected *projected, size_t more, struct arena *arena)
{
    projected->duty = arena_grow(arena, projected->duty, projected->duty_count,
                                 projected->duty_count + more + 1, sizeof(*projected->duty));
}

void duties_fold_record(struct projected *projected, const json_t *body, struct arena *arena)
{
    const struct projected before = *projected;

    body_duties(body, arena, &projected->duty, &projected->duty_count);
    for (size_t i = 0; i < projected->duty_count; i++) {
        const struct duty_to_do *old = find_duty(&before, projected->duty[i].id);

        if (old && old->done && strcmp(old->text, projected->duty[i].text) == 0)
            projected->duty[i].done = old->done;
    }
    settle_due(projected);
}

void duties_fold_return(struct projected *projected, const struct entry *entry,
                        const struct review *review, struct arena *arena)
{
    own_duties(projected, 1, arena);
    projected->duty[projected->duty_count++] = (struct duty_to_do){
        .kind = DUTY_AMEND,
        .id = duty_kind_id(DUTY_AMEND),
        .text =
            arena_printf(arena, "%s: %s", review_reason_words(review->reason), review->message),
        .due = entry->at};
}

enum status duties_fold_done(struct projected *projected, struct stored_entry *stored,
                             struct arena *arena, struct error *error)
{
    const struct entry *entry = &stored->entry;
    struct follow_up follow_up;
    struct duty_to_do *duty;
    enum status status;

    if (!entry->body)
        return STATUS_OK;
    status = stored_body(stored, error);
    if (status == STATUS_OK)
        status = body_follow_up(stored->body, arena, &follow_up, error);
    if (status != STATUS_OK)
        return status;
    own_duties(projected, 0, arena);
    duty = find_duty(projected, follow_up.duty);
    if (duty && !duty->done)
        duty->done = entry->sequence;
    settle_due(projected);
    return STATUS_OK;
}

bool duties_equal(const struct projected *a, const struct projected *b)
{
    if (a->duty_count != b->duty_count)
        return false;
    for (size_t i = 0; i < a->duty_count; i++) {
        const struct duty_to_do *one = &a->duty[i], *other = &b->duty[i];

        if (strcmp(one->id, other->id) != 0 || strcmp(one->text, other->text) != 0 ||
            one->kind != other->kind || one->due.us != other->due.us ||
            one->due.offset_minutes != other->due.offset_minutes || one->done != other->done)
            return false;
    }
    return true;
}

/* --- The table ---------------------------------------------------------------------------- */

#define DUTY_COLUMNS "duty.id, duty.kind, duty.text, duty.due, duty.zone, duty.done"

static void duty_of_row(sqlite3_stmt *row, struct arena *arena, struct duty_to_do *duty)
{
    *duty = (struct duty_to_do){
        .id = column_copy(row, 0, arena),
        .text = column_copy(row, 2, arena),
        .due = {sqlite3_column_int64(row, 3), (int16_t)sqlite3_column_int(row, 4)},
        .done = sqlite3_column_int64(row, 5)};
    duty_kind_parse(column_text(row, 1), &duty->kind);
}

enum status duties_load(struct database *database, struct arena *arena,
                        struct projected *projected, struct error *error)
{
    struct duty_to_do *list = NULL;
    sqlite3_stmt *statement = NULL;
    size_t count = 0, room = 0;
    bool row = true;
    enum status status = query(database, &statement, error,
                               "SELECT " DUTY_COLUMNS " FROM duty WHERE ref = ? ORDER BY place",
                               "t", projected->reference);

    while (status == STATUS_OK) {
        status = query_row(database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        if (count == room) {
            room = room ? 2 * room : 8;
            list = arena_grow(arena, list, count, room, sizeof(*list));
        }
        duty_of_row(statement, arena, &list[count++]);
    }
    query_done(statement);
    if (status == STATUS_OK) {
        projected->duty = list;
        projected->duty_count = count;
    }
    return status;
}

enum status duties_save(struct database *database, const struct projected *projected,
                        struct error *error)
{
    enum status status =
        query_run(database, error, "DELETE FROM duty WHERE ref = ?", "t", projected->reference);

    for (size_t i = 0; i < projected->duty_count && status == STATUS_OK; i++) {
        const struct duty_to_do *duty = &projected->duty[i];

        status =
            query_run(database, error,
                      "INSERT INTO duty (ref, id, kind, text, due, zone, done, author, "
                      "place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      "ttttiiiti", projected->reference, duty->id, duty_kind_id(duty->kind),
                      duty->text, duty->due.us, (int64_t)duty->due.offset_minutes,
                      (int64_t)duty->done, projected->author, (int64_t)i);
    }
    return status;
}

/* --- Lists -------------------------------------------------------------------------------- */

/* The four ways through the list: whose, and which way. `rank` is the place of the row that the
 * page follows; the list begins after nothing, and ends before everything. */
#define DUTY_SELECT                                                                            \
    "SELECT " DUTY_COLUMNS ", duty.ref, duty.author, decision.subject, decision.recipient "    \
    "FROM duty CROSS JOIN decision ON decision.ref = duty.ref WHERE duty.done = 0 "
#define FORWARDS                                                                               \
    "AND (duty.rank, duty.ref, duty.id) > (?2, ?3, ?4) ORDER BY duty.rank, duty.ref, duty.id " \
    "LIMIT ?5"
#define BACKWARDS                                                                              \
    "AND (duty.rank, duty.ref, duty.id) < (?2, ?3, ?4) ORDER BY duty.rank DESC, duty.ref "     \
    "DESC, duty.id DESC LIMIT ?5"
#define MINE "AND duty.author = ?1 "
#define ANYBODYS "AND ?1 IS NOT NULL "

static enum status select_duties(struct store *store, const struct duty_query *query_of,
                                 int64_t rank, int64_t limit, sqlite3_stmt **ret_statement,
                                 struct error *error)
{
    static const char *const sql[2][2] = {
        {DUTY_SELECT ANYBODYS FORWARDS, DUTY_SELECT ANYBODYS BACKWARDS},
        {DUTY_SELECT MINE FORWARDS, DUTY_SELECT MINE BACKWARDS},
    };

    return query(store->database, ret_statement, error,
                 sql[query_of->mine][query_of->backwards], "titti", store->me.name, rank,
                 query_of->after_reference, query_of->after_duty, limit);
}

static void row_of_duty(sqlite3_stmt *row, struct moment now, struct arena *arena,
                        struct duty_row *duty)
{
    duty_of_row(row, arena, &duty->duty);
    snprintf(duty->reference, sizeof(duty->reference), "%s", column_text(row, 6));
    duty->author = column_copy(row, 7, arena);
    duty->subject = column_copy(row, 8, arena);
    duty->recipient = column_copy(row, 9, arena);
    duty->overdue = duty_overdue(&duty->duty, now);
}

static enum status take_duties(struct store *store, sqlite3_stmt *statement, size_t limit,
                               struct moment now, struct arena *arena,
                               struct duty_window *window, struct error *error)
{
    bool row = true;

    for (;;) {
        enum status status = query_row(store->database, statement, &row, error);

        if (status != STATUS_OK || !row)
            return status;
        if (window->count == limit) {
            window->more_after = true;
            return STATUS_OK;
        }
        row_of_duty(statement, now, arena, &window->row[window->count++]);
    }
}

/* What was read backwards is turned round; what there is more of, too. */
static void turn(struct duty_window *window, const struct duty_query *query_of)
{
    bool followed = query_of->after_reference && query_of->after_reference[0];
    bool more = window->more_after;

    window->more_before = query_of->backwards ? more : followed;
    window->more_after = query_of->backwards ? followed : more;
    for (size_t i = 0; query_of->backwards && i < window->count / 2; i++) {
        struct duty_row other = window->row[i];

        window->row[i] = window->row[window->count - 1 - i];
        window->row[window->count - 1 - i] = other;
    }
}

enum status store_duties(struct store *store, const struct duty_query *asked,
                         struct arena *arena, struct duty_window *ret_window,
                         struct error *error)
{
    size_t limit = asked->limit < 1 ? 1 : asked->limit > LIMIT_MAX ? LIMIT_MAX : asked->limit;
    struct duty_query query_of = *asked;
    struct duty_window window = {.row = arena_alloc(arena, limit * sizeof(*window.row))};
    sqlite3_stmt *statement = NULL;
    int64_t rank = asked->backwards ? INT64_MAX : INT64_MIN;
    enum status status = STATUS_OK;

    if (asked->after_reference && asked->after_reference[0])
        status = query_number(store->database, rank, &rank, error,
                              "SELECT rank FROM duty WHERE ref = ? AND id = ?", "tt",
                              asked->after_reference, asked->after_duty);
    else /* before every reference, or after it */
        query_of.after_reference = query_of.after_duty = asked->backwards ? "~" : "";
    if (status == STATUS_OK)
        status = select_duties(store, &query_of, rank, (int64_t)limit + 1, &statement, error);
    if (status == STATUS_OK)
        status = take_duties(store, statement, limit, asked->now, arena, &window, error);
    query_done(statement);
    if (status != STATUS_OK)
        return status;
    turn(&window, asked);
    *ret_window = window;
    return STATUS_OK;
}

enum status store_overdue(struct store *store, struct moment now, int64_t *ret_mine,
                          int64_t *ret_all, struct error *error)
{
    int64_t mine;
    enum status status =
        query_number(store->database, 0, &mine, error,
                     "SELECT count(*) FROM (SELECT 1 FROM duty WHERE done = 0 AND author = ? "
                     "AND rank < ? AND kind <> 'amend' LIMIT ?)",
                     "tii", store->me.name, now.us, (int64_t)COUNT_MAX);

    if (status == STATUS_OK)
        status = query_number(store->database, 0, ret_all, error,
                              "SELECT count(*) FROM (SELECT 1 FROM duty WHERE done = 0 AND "
                              "rank < ? AND kind <> 'amend' LIMIT ?)",
                              "ii", now.us, (int64_t)COUNT_MAX);
    if (status == STATUS_OK)
        *ret_mine = mine;
    return status;
}
