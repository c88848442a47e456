/* SPDX-License-Identifier: MIT */
/* Lists: one page of decisions by one keyset query over indexes, however long the log is. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "store/project.h"

#define LIMIT_MAX 200

/* What a page is asked for, in terms of rows: where it goes on from, and which way. */
struct cursor {
    bool descending;    /* of the sequence, as it is read */
    bool priority_down; /* of the priority, as it is read: only when reading backwards */
    int64_t priority, after;
    size_t limit; /* one more than the page, to see whether there is more */
};

/* The query's words as FTS5 reads them: each quoted, each the beginning of a word. */
static void search_words(const char *typed, struct buf *out)
{
    struct buf folded = {0};
    const char *text;

    utf8_fold(&folded, typed, strlen(typed));
    text = buf_text(&folded);
    while (*text) {
        size_t length = strcspn(text, " \t\n");

        if (length > 0) {
            buf_puts(out, out->length ? " \"" : "\"");
            for (size_t i = 0; i < length; i++)
                buf_puts(out, text[i] == '"' ? "\"\"" : (char[]){text[i], '\0'});
            buf_puts(out, "\"*");
        }
        text += length + (text[length] != '\0');
    }
    buf_release(&folded);
}

/* Parameters of every query: 1 the user, 2 the sequence to go on after, 3 the limit; of a
 * search also 4 the words, 5 the priority of the row to go on after. */
static void add_whose(const struct log_query *query, struct buf *sql)
{
    if (query->mine)
        buf_puts(sql, " AND d.author = ?1");
    if (query->reviewable)
        buf_puts(sql, " AND d.author <> ?1 AND d.agreed_by <> ?1");
}

static void add_order(const struct log_query *query, const struct cursor *cursor,
                      struct buf *sql)
{
    buf_puts(sql, " ORDER BY ");
    if (query->reviewable)
        buf_puts(sql, cursor->priority_down ? "priority DESC, " : "priority, ");
    buf_puts(sql, cursor->descending ? "seq DESC LIMIT ?3" : "seq LIMIT ?3");
}

/* Rows that one index has in the order of the sequence: of one state (NULL: of any) and, in the
 * queue, of one priority. */
static void add_select(const struct log_query *query, const struct cursor *cursor,
                       const char *state, int priority, struct buf *sql)
{
    bool after = cursor->after && (!query->reviewable || priority == cursor->priority);

    if (sql->text[sql->length - 1] != '(')
        buf_puts(sql, " UNION ALL ");
    buf_puts(sql, "SELECT * FROM (SELECT d.* FROM decision d WHERE 1");
    if (state)
        buf_printf(sql, " AND d.state = '%s'", state);
    if (query->reviewable)
        buf_printf(sql, " AND d.priority = %d", priority);
    add_whose(query, sql);
    if (after)
        buf_printf(sql, " AND d.seq %s ?2", cursor->descending ? "<" : ">");
    buf_printf(sql, " ORDER BY d.seq%s LIMIT ?3)", cursor->descending ? " DESC" : "");
}

/* The queue has two priorities; those that the page has left behind are not looked at. */
static void add_selects(const struct log_query *query, const struct cursor *cursor,
                        const char *state, struct buf *sql)
{
    if (!query->reviewable) {
        add_select(query, cursor, state, 0, sql);
        return;
    }
    for (int priority = 0; priority <= 1; priority++) {
        bool behind = cursor->after && (cursor->priority_down ? priority > cursor->priority
                                                              : priority < cursor->priority);

        if (!behind)
            add_select(query, cursor, state, priority, sql);
    }
}

/* States wanted, as a set: those asked for, and in the queue those that wait for the role. */
static unsigned states_of(const struct store *store, const struct log_query *query)
{
    const unsigned all = (1u << STATE_COUNT) - 1;
    unsigned states = query->states ? query->states & all : all;

    if (query->reviewable) {
        switch (store->me.role) {
        case ROLE_SUPERVISOR:
            return states & 1u << STATE_WAITING;
        case ROLE_GUARDIAN:
            return states & 1u << STATE_COUNTERSIGN;
        default:
            return 0;
        }
    }
    return states;
}

/* By index: a select for each state wanted, merged. An author's rows are indexed by state. */
static void compose_scan(const struct store *store, const struct log_query *query,
                         const struct cursor *cursor, struct buf *sql)
{
    unsigned states = states_of(store, query);

    buf_puts(sql, "SELECT " PROJECTED_COLUMNS " FROM (");
    if (states == (1u << STATE_COUNT) - 1 && !query->mine)
        add_selects(query, cursor, NULL, sql);
    else if (!states)
        buf_puts(sql, "SELECT * FROM decision WHERE 0");
    else
        for (int state = 0; state < STATE_COUNT; state++) {
            if (states >> state & 1)
                add_selects(query, cursor, state_id((enum state)state), sql);
        }
    buf_puts(sql, ")");
    add_order(query, cursor, sql);
}

/* Where a page of a search goes on; the queue is in the order of its priorities first. */
static void add_search_cursor(const struct log_query *query, const struct cursor *cursor,
                              struct buf *sql)
{
    const char *further = cursor->descending ? "<" : ">";

    if (cursor->after && query->reviewable)
        buf_printf(sql, " AND (d.priority %s ?5 OR (d.priority = ?5 AND d.seq %s ?2))",
                   cursor->priority_down ? "<" : ">", further);
    else if (cursor->after)
        buf_printf(sql, " AND words.rowid %s ?2", further);
    buf_puts(sql, " ORDER BY ");
    if (query->reviewable)
        buf_puts(sql, cursor->priority_down ? "priority DESC, " : "priority, ");
    buf_puts(sql, cursor->descending ? "words.rowid DESC LIMIT ?3" : "words.rowid LIMIT ?3");
}

/* By words: in the order of the search index, which is that of the sequence. */
static void compose_search(const struct store *store, const struct log_query *query,
                           const struct cursor *cursor, struct buf *sql)
{
    unsigned states = states_of(store, query);

    buf_puts(sql, "SELECT " PROJECTED_COLUMNS
                  " FROM words JOIN decision d ON d.seq = words.rowid WHERE words MATCH ?4");
    buf_puts(sql, " AND d.state IN (''");
    for (int state = 0; state < STATE_COUNT; state++) {
        if (states >> state & 1)
            buf_printf(sql, ", '%s'", state_id((enum state)state));
    }
    buf_puts(sql, ")");
    add_whose(query, sql);
    add_search_cursor(query, cursor, sql);
}

static void reverse(struct row *row, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct row other = row[i];

        row[i] = row[count - 1 - i];
        row[count - 1 - i] = other;
    }
}

static struct row row_of(const struct projected *projected)
{
    return (struct row){.sequence = projected->sequence,
                        .state = projected->state,
                        .summary = projected->summary};
}

/* Takes up to `limit` rows; *ret_count may be one more than fits into the page. */
static enum status take_rows(struct store *store, sqlite3_stmt *statement, struct arena *arena,
                             size_t limit, struct row *rows, size_t *ret_count,
                             struct error *error)
{
    struct projected projected;
    enum status status = STATUS_OK;
    size_t count = 0;
    bool row = true;

    while (row && status == STATUS_OK) {
        status = query_row(store->database, statement, &row, error);
        if (status != STATUS_OK || !row || count == limit)
            break;
        projected_of_row(statement, arena, &projected);
        rows[count++] = row_of(&projected);
    }
    *ret_count = count;
    return status;
}

/* A parameter that the text has no use for may be beyond its last, which SQLite refuses. */
static void bind(sqlite3_stmt *statement, const struct store *store,
                 const struct cursor *cursor, const char *words)
{
    int last = sqlite3_bind_parameter_count(statement);

    if (last >= 1)
        sqlite3_bind_text(statement, 1, store->me.name, -1, SQLITE_STATIC);
    if (last >= 2)
        sqlite3_bind_int64(statement, 2, cursor->after);
    if (last >= 3)
        sqlite3_bind_int64(statement, 3, (int64_t)cursor->limit);
    if (last >= 4)
        sqlite3_bind_text(statement, 4, words, -1, SQLITE_STATIC);
    if (last >= 5)
        sqlite3_bind_int64(statement, 5, cursor->priority);
}

static enum status run_page(struct store *store, const struct log_query *query,
                            const struct cursor *cursor, const char *words, struct arena *arena,
                            struct row *rows, size_t *ret_count, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    struct buf sql = {0};
    enum status status = STATUS_OK;

    if (words[0])
        compose_search(store, query, cursor, &sql);
    else
        compose_scan(store, query, cursor, &sql);
    if (sqlite3_prepare_v2(database_handle(store->database), buf_text(&sql), -1, &statement,
                           NULL) != SQLITE_OK)
        status = database_error(store->database, error);
    if (status == STATUS_OK) {
        bind(statement, store, cursor, words);
        status = take_rows(store, statement, arena, cursor->limit, rows, ret_count, error);
    }
    sqlite3_finalize(statement);
    buf_release(&sql);
    return status;
}

/* The priority of the row that the page follows, wherever that row is by now. */
static enum status find_cursor(struct store *store, const struct log_query *query,
                               struct cursor *ret_cursor, struct error *error)
{
    size_t limit = query->limit < 1 ? 1 : query->limit > LIMIT_MAX ? LIMIT_MAX : query->limit;
    struct cursor cursor = {.descending =
                                (query->order == LOG_NEWEST_FIRST) != query->backwards,
                            .priority_down = query->backwards,
                            .after = query->after,
                            .limit = limit + 1};
    enum status status =
        query_number(store->database, 0, &cursor.priority, error,
                     "SELECT priority FROM decision WHERE seq = ?", "i", query->after);

    if (status == STATUS_OK)
        *ret_cursor = cursor;
    return status;
}

enum status store_list(struct store *store, const struct log_query *query, struct arena *arena,
                       struct window *ret_window, struct error *error)
{
    struct window window = {0};
    struct cursor cursor;
    struct buf words = {0};
    bool more;
    enum status status = find_cursor(store, query, &cursor, error);

    if (status != STATUS_OK)
        return status;
    search_words(query->search ? query->search : "", &words);
    window.row = arena_alloc(arena, cursor.limit * sizeof(*window.row));
    status = run_page(store, query, &cursor, buf_text(&words), arena, window.row, &window.count,
                      error);
    buf_release(&words);
    if (status != STATUS_OK)
        return status;
    more = window.count == cursor.limit;
    window.count -= more;
    if (query->backwards)
        reverse(window.row, window.count);
    window.more_after = query->backwards ? query->after != 0 : more;
    window.more_before = query->backwards ? more : query->after != 0;
    *ret_window = window;
    return STATUS_OK;
}

enum status store_find(struct store *store, const char *reference, struct arena *arena,
                       struct row *ret_row, struct error *error)
{
    char decision[REFERENCE_SIZE];
    struct projected projected;
    enum status status = project_resolve(store->database, reference, decision, error);

    if (status == STATUS_OK)
        status = projected_load(store->database, decision, arena, &projected, error);
    if (status == STATUS_OK)
        *ret_row = row_of(&projected);
    return status;
}

/* The sum of the tallies of a state, of one author or (for NULL) of all but `other`. */
static enum status sum_tally(struct store *store, enum state state, const char *author,
                             const char *other, int64_t *ret_sum, struct error *error)
{
    return query_number(store->database, 0, ret_sum, error,
                        "SELECT coalesce(sum(count), 0) FROM tally WHERE state = ?1 AND "
                        "(?2 IS NULL OR author = ?2) AND (?3 IS NULL OR author <> ?3)",
                        "ttt", state_id(state), author, other);
}

static enum status count_reviewable(struct store *store, int64_t *ret_count,
                                    struct error *error)
{
    switch (store->me.role) {
    case ROLE_SUPERVISOR:
        return sum_tally(store, STATE_WAITING, NULL, store->me.name, ret_count, error);
    case ROLE_GUARDIAN:
        return sum_tally(store, STATE_COUNTERSIGN, NULL, store->me.name, ret_count, error);
    default:
        *ret_count = 0;
        return STATUS_OK;
    }
}

enum status store_figures(struct store *store, struct figures *ret_figures, struct error *error)
{
    struct figures figures;
    int64_t countersign = 0;
    enum status status = query_number(store->database, 0, &figures.decisions, error,
                                      "SELECT coalesce(sum(count), 0) FROM tally", "");

    if (status == STATUS_OK)
        status = sum_tally(store, STATE_WAITING, NULL, NULL, &figures.waiting, error);
    if (status == STATUS_OK)
        status = sum_tally(store, STATE_COUNTERSIGN, NULL, NULL, &countersign, error);
    if (status == STATUS_OK)
        status = sum_tally(store, STATE_RETURNED, store->me.name, NULL, &figures.returned_to_me,
                           error);
    if (status == STATUS_OK)
        status = count_reviewable(store, &figures.reviewable, error);
    if (status == STATUS_OK)
        status =
            query_number(store->database, 0, &figures.drafts, error,
                         "SELECT count(*) FROM draft WHERE author = ?", "t", store->me.name);
    if (status != STATUS_OK)
        return status;
    figures.waiting += countersign;
    *ret_figures = figures;
    return STATUS_OK;
}
