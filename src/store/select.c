/* SPDX-License-Identifier: MIT */
/* Writes the plan of a page of the log as SQL, and runs it. */
#include "store/select_plan.h"

#include <string.h>

#include "store/index.h"

/* --- SQL ---------------------------------------------------------------------------------- */

/* NULL: the table itself, which is in the order of the sequence. */
static const char *index_of(const struct plan *plan)
{
    static const char *const by_key[] = {
        [KEY_AUTHOR] = "decision_by_author",
        [KEY_DUE] = "decision_due",
        [KEY_KEEP] = "decision_keep",
    };

    if (plan->key != KEY_NONE && plan->key != KEY_PRIORITY)
        return by_key[plan->key];
    if (given(plan->query->pseudonym))
        return "decision_subject";
    if (plan->key == KEY_PRIORITY)
        return "decision_queue";
    if (given(author_of(plan)))
        return plan->per_state ? "decision_author" : "decision_by_author";
    return plan->per_state ? "decision_state" : NULL;
}

static void add_from(const struct plan *plan, struct buf *sql)
{
    if (plan->match)
        buf_printf(sql,
                   "FROM words CROSS JOIN decision d ON d.seq = words.rowid WHERE words MATCH "
                   "?%zu",
                   plan->match_at);
    else if (index_of(plan))
        buf_printf(sql, "FROM decision d INDEXED BY %s WHERE 1", index_of(plan));
    else
        buf_puts(sql, "FROM decision d NOT INDEXED WHERE 1");
    if (plan->key == KEY_DUE || plan->key == KEY_KEEP)
        buf_printf(sql, " AND d.%s > %d", key_column(plan->key), DATE_NONE);
}

/* Of the search index, which sequences: those that can meet the query, after the page before.
 */
static void add_bounds(const struct plan *plan, bool after, struct buf *sql)
{
    int64_t least = plan->least, most = plan->most;

    if (after && plan->descending && plan->query->after - 1 < most)
        most = plan->query->after - 1;
    if (after && !plan->descending && plan->query->after + 1 > least)
        least = plan->query->after + 1;
    buf_printf(sql, " AND words.rowid BETWEEN ?%zu AND ?%zu", bind_number(plan->to, least),
               bind_number(plan->to, most));
}

static void add_after(const struct plan *plan, struct buf *sql)
{
    size_t after = bind_number(plan->to, plan->query->after), key;

    if (plan->key == KEY_NONE || plan->key == KEY_PRIORITY) {
        buf_printf(sql, " AND d.seq %s ?%zu", plan->descending ? "<" : ">", after);
        return;
    }
    key = plan->key == KEY_AUTHOR ? bind_text(plan->to, plan->after_text)
                                  : bind_number(plan->to, plan->after_number);
    buf_printf(sql, " AND (d.%s, d.seq) %s (?%zu, ?%zu)", key_column(plan->key),
               plan->descending ? "<" : ">", key, after);
}

/* Rows that one index has in the order that is wanted: of one state (NULL: of those wanted),
 * and in the queue of one priority. */
static void add_select(const struct plan *plan, const char *state, int priority,
                       struct buf *sql)
{
    const char *way = plan->descending ? " DESC" : "";
    bool queue = plan->key == KEY_PRIORITY;
    bool after = plan->query->after && (!queue || priority == plan->after_number);

    if (sql->text[sql->length - 1] != '(')
        buf_puts(sql, " UNION ALL ");
    buf_puts(sql, "SELECT * FROM (SELECT d.* ");
    add_from(plan, sql);
    if (state)
        buf_printf(sql, " AND d.state = '%s'", state);
    else
        where_states(plan, sql);
    if (queue)
        buf_printf(sql, " AND d.priority = %d", priority);
    buf_puts(sql, buf_text(&plan->where));
    if (plan->match)
        add_bounds(plan, after, sql);
    else if (after)
        add_after(plan, sql);
    buf_puts(sql, " ORDER BY ");
    if (plan->match)
        buf_printf(sql, "words.rowid%s", way);
    else if (plan->key == KEY_NONE || queue)
        buf_printf(sql, "d.seq%s", way);
    else
        buf_printf(sql, "d.%s%s, d.seq%s", key_column(plan->key), way, way);
    buf_printf(sql, " LIMIT ?%zu)", plan->limit_at);
}

/* The queue has two priorities; those that the page has left behind are not looked at. */
static void add_selects(const struct plan *plan, const char *state, struct buf *sql)
{
    if (plan->key != KEY_PRIORITY) {
        add_select(plan, state, 0, sql);
        return;
    }
    for (int priority = 0; priority <= 1; priority++) {
        bool behind = plan->query->after && (plan->key_down ? priority > plan->after_number
                                                            : priority < plan->after_number);

        if (!behind)
            add_select(plan, state, priority, sql);
    }
}

static void add_order(const struct plan *plan, struct buf *sql)
{
    const char *way = plan->descending ? " DESC" : "";

    buf_puts(sql, ") ORDER BY ");
    if (plan->key == KEY_PRIORITY)
        buf_printf(sql, "priority%s, ", plan->key_down ? " DESC" : "");
    else if (plan->key != KEY_NONE)
        buf_printf(sql, "%s%s, ", key_column(plan->key), way);
    buf_printf(sql, "seq%s LIMIT ?%zu", way, plan->limit_at);
}

static void compose_page(struct plan *plan)
{
    struct buf *sql = &plan->to->sql;

    buf_puts(sql, "SELECT " PROJECTED_COLUMNS " FROM (");
    if (plan->none)
        buf_puts(sql, "SELECT * FROM decision WHERE 0");
    else if (plan->per_state)
        for (int state = 0; state < STATE_COUNT; state++) {
            if (plan->states >> state & 1)
                add_selects(plan, state_id((enum state)state), sql);
        }
    else
        add_selects(plan, NULL, sql);
    add_order(plan, sql);
}

enum status select_page(struct store *store, const struct log_query *query, size_t limit,
                        struct selection *selection, struct error *error)
{
    struct plan plan = {.store = store, .query = query, .to = selection};
    enum status status = plan_make(&plan, error);

    if (status == STATUS_OK) {
        plan.limit_at = bind_number(selection, (int64_t)limit);
        plan.match_at = bind_text(selection, buf_text(&selection->match));
        compose_page(&plan);
    }
    buf_release(&plan.where);
    return status;
}

/* What the search index alone answers: it has one entry a decision. */
static bool is_answered_by_words(const struct plan *plan)
{
    const struct log_query *query = plan->query;

    return plan->match && plan->states == ALL_STATES && !query->reviewable && !query->from &&
           !query->until && !query->overdue && !query->retention_due &&
           !given(query->pseudonym);
}

enum status select_count(struct store *store, const struct log_query *query,
                         struct selection *selection, struct error *error)
{
    struct plan plan = {.store = store, .query = query, .to = selection};
    struct buf *sql = &selection->sql;
    enum status status = plan_make(&plan, error);

    plan.match_at = bind_text(selection, buf_text(&selection->match));
    plan.per_state = false;
    plan.key = KEY_NONE;
    if (status == STATUS_OK && plan.none)
        buf_puts(sql, "SELECT 0");
    else if (status == STATUS_OK && is_answered_by_words(&plan))
        buf_printf(sql, "SELECT count(*) FROM words WHERE words MATCH ?%zu", plan.match_at);
    else if (status == STATUS_OK) {
        buf_puts(sql, "SELECT count(*) ");
        if (plan.match)
            add_from(&plan, sql);
        else
            buf_puts(sql, "FROM decision d WHERE 1");
        where_states(&plan, sql);
        buf_puts(sql, buf_text(&plan.where));
    }
    buf_release(&plan.where);
    return status;
}

enum status select_ready(struct store *store, const struct selection *selection,
                         sqlite3_stmt **ret_statement, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    int count, code = SQLITE_OK;

    if (sqlite3_prepare_v2(database_handle(store->database), buf_text(&selection->sql), -1,
                           &statement, NULL) != SQLITE_OK)
        return database_error(store->database, error);
    count = sqlite3_bind_parameter_count(statement); /* what is bound last may have no use */
    for (int i = 0; i < count && code == SQLITE_OK; i++)
        code = selection->bound[i].text
                   ? sqlite3_bind_text(statement, i + 1, selection->bound[i].text, -1,
                                       SQLITE_STATIC)
                   : sqlite3_bind_int64(statement, i + 1, selection->bound[i].number);
    if (code != SQLITE_OK) {
        sqlite3_finalize(statement);
        return database_error(store->database, error);
    }
    *ret_statement = statement;
    return STATUS_OK;
}
