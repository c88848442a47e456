/* SPDX-License-Identifier: MIT */
/* Writes the plan of a page of the log as SQL, and runs it. */
#include "store/select_plan.h"

#include <string.h>

#include "store/index.h"

/* --- SQL ---------------------------------------------------------------------------------- */

/* Where the rows come from: `fresh` are those that the search index does not have yet. */
static void add_from(const struct plan *plan, bool fresh, struct buf *sql)
{
    static const char *const index[] = {
        [KEY_DUE] = "decision_due", [KEY_KEEP] = "decision_keep"};

    if (fresh)
        buf_printf(sql, "FROM decision d WHERE d.seq IN (%s)", buf_text(&plan->to->fresh));
    else if (plan->way == WAY_WORDS)
        buf_printf(sql,
                   "FROM words CROSS JOIN decision d ON d.seq = words.rowid WHERE words MATCH "
                   "?%zu",
                   plan->match_at);
    else if (plan->way == WAY_TABLE)
        buf_puts(sql, "FROM decision d NOT INDEXED WHERE 1");
    else
        buf_printf(sql, "FROM decision d INDEXED BY %s WHERE 1",
                   plan->way == WAY_KEY ? index[plan->key] : "decision_queue");
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
    size_t after = bind_number(plan->to, plan->query->after);

    if (plan->key == KEY_NONE || plan->key == KEY_PRIORITY)
        buf_printf(sql, " AND d.seq %s ?%zu", plan->descending ? "<" : ">", after);
    else
        buf_printf(sql, " AND (d.%s, d.seq) %s (?%zu, ?%zu)", key_column(plan->key),
                   plan->descending ? "<" : ">", bind_number(plan->to, plan->after_number),
                   after);
}

/* Rows of one source: one state and priority of a way by states, one priority of the queue, and
 * of a way by words what is indexed or what is not yet. */
struct part {
    const char *state; /* NULL: those wanted */
    int priority;      /* -1: both */
    bool fresh;
};

static void add_select(const struct plan *plan, const struct part *part, struct buf *sql)
{
    const char *way = plan->descending ? " DESC" : "";
    bool words = plan->way == WAY_WORDS && !part->fresh;
    bool keyed = is_by_day(plan->key);
    bool after = plan->query->after &&
                 (plan->key != KEY_PRIORITY || part->priority == plan->after_number);

    if (sql->text[sql->length - 1] != '(')
        buf_puts(sql, " UNION ALL ");
    buf_puts(sql, "SELECT * FROM (SELECT d.* ");
    add_from(plan, part->fresh, sql);
    if (part->state)
        buf_printf(sql, " AND d.state = '%s'", part->state);
    else
        where_states(plan, sql);
    if (part->priority >= 0)
        buf_printf(sql, " AND d.priority = %d", part->priority);
    buf_puts(sql, buf_text(&plan->where));
    if (words)
        add_bounds(plan, after && !keyed, sql);
    if (after && (keyed || !words))
        add_after(plan, sql);
    buf_puts(sql, " ORDER BY ");
    if (keyed)
        buf_printf(sql, "d.%s%s, ", key_column(plan->key), way);
    buf_printf(sql, "%s%s LIMIT ?%zu)", words ? "words.rowid" : "d.seq", way, plan->limit_at);
}

static void add_sources(const struct plan *plan, struct part part, struct buf *sql)
{
    const struct selection *to = plan->to;

    if (plan->way != WAY_WORDS || !to->wanted.none)
        add_select(plan, &part, sql);
    if (plan->way == WAY_WORDS && to->fresh_count) {
        part.fresh = true;
        add_select(plan, &part, sql);
    }
}

/* Each priority, if the way or the order is by them; those that a page of the queue has left
 * behind are not looked at. */
static void add_selects(const struct plan *plan, const char *state, struct buf *sql)
{
    if (plan->key != KEY_PRIORITY && plan->way != WAY_STATES) {
        add_sources(plan, (struct part){state, -1, false}, sql);
        return;
    }
    for (int priority = 0; priority <= 1; priority++) {
        bool behind =
            plan->key == KEY_PRIORITY && plan->query->after &&
            (plan->key_down ? priority > plan->after_number : priority < plan->after_number);

        if (!behind)
            add_sources(plan, (struct part){state, priority, false}, sql);
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

/* Neither the search index nor what it does not have yet can meet it. */
static bool finds_nothing(const struct plan *plan)
{
    const struct selection *to = plan->to;

    return plan->none || (plan->way == WAY_WORDS && to->wanted.none && !to->fresh_count);
}

static void compose_page(struct plan *plan)
{
    struct buf *sql = &plan->to->sql;

    buf_puts(sql, "SELECT " PROJECTED_COLUMNS " FROM (");
    if (finds_nothing(plan))
        buf_puts(sql, "SELECT * FROM decision WHERE 0");
    else if (plan->way == WAY_STATES)
        for (int state = 0; state < STATE_COUNT; state++) {
            if (plan->states >> state & 1)
                add_selects(plan, state_id((enum state)state), sql);
        }
    else
        add_selects(plan, NULL, sql);
    add_order(plan, sql);
}

enum status select_by_months(struct store *store, const struct log_query *query, bool *ret_so,
                             struct error *error)
{
    struct selection selection = {0};
    struct plan plan = {.store = store, .query = query, .to = &selection};
    enum status status;

    *ret_so = false;
    if (!query->retention_due && query->order != LOG_BY_RETENTION)
        return STATUS_OK;
    status = plan_make(&plan, error);
    if (status == STATUS_OK)
        *ret_so = plan.way == WAY_WORDS && plan.key == KEY_KEEP;
    buf_release(&plan.where);
    selection_release(&selection);
    return status;
}

enum status select_page(struct store *store, const struct log_query *query, const date *month,
                        size_t limit, struct selection *selection, struct error *error)
{
    struct plan plan = {.store = store, .query = query, .to = selection, .month = month};
    enum status status = plan_make(&plan, error);

    if (status == STATUS_OK) {
        plan.limit_at = bind_number(selection, (int64_t)limit);
        plan.match_at = bind_text(selection, buf_text(&selection->wanted.match));
        compose_page(&plan);
    }
    buf_release(&plan.where);
    return status;
}

/* What the search index alone answers: it has one entry a decision. */
static bool is_answered_by_words(const struct plan *plan)
{
    const struct log_query *query = plan->query;

    return plan->states == ALL_STATES && plan->key == KEY_NONE && !query->from &&
           !query->until && !query->overdue && !query->retention_due;
}

static void add_count(const struct plan *plan, bool fresh, struct buf *sql)
{
    buf_puts(sql, " + (SELECT count(*) ");
    add_from(plan, fresh, sql);
    where_states(plan, sql);
    buf_printf(sql, "%s)", buf_text(&plan->where));
}

static void compose_count(struct plan *plan)
{
    const struct selection *to = plan->to;
    struct buf *sql = &plan->to->sql;

    buf_puts(sql, "SELECT 0");
    if (plan->none)
        return;
    if (plan->way != WAY_WORDS) {
        buf_puts(sql, " + (SELECT count(*) FROM decision d WHERE 1");
        where_states(plan, sql);
        buf_printf(sql, "%s)", buf_text(&plan->where));
        return;
    }
    if (!to->wanted.none && is_answered_by_words(plan))
        buf_printf(sql, " + (SELECT count(*) FROM words WHERE words MATCH ?%zu)",
                   plan->match_at);
    else if (!to->wanted.none)
        add_count(plan, false, sql);
    if (to->fresh_count)
        add_count(plan, true, sql);
}

enum status select_count(struct store *store, const struct log_query *query,
                         struct selection *selection, struct error *error)
{
    struct plan plan = {.store = store, .query = query, .to = selection};
    enum status status = plan_make(&plan, error);

    plan.match_at = bind_text(selection, buf_text(&selection->wanted.match));
    if (status == STATUS_OK)
        compose_count(&plan);
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
