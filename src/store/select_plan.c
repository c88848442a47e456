/* SPDX-License-Identifier: MIT */
/* Chooses the way to a page of the log. Runs nothing but what it needs to choose. */
#include "store/select_plan.h"

#include <string.h>

#include "store/fresh.h"
#include "store/index.h"

#define FEW 4096       /* decisions of some states that are looked through one by one */
#define MONTHS_MAX 120 /* of a period that are looked up in the search index */
#define US_PER_DAY INT64_C(86400000000)

void selection_release(struct selection *selection)
{
    buf_release(&selection->sql);
    buf_release(&selection->fresh);
    wanted_release(&selection->wanted);
}

size_t bind_number(struct selection *to, int64_t number)
{
    if (to->bound_count == BOUND_MAX)
        die("A query of the log binds too much.");
    to->bound[to->bound_count].text = NULL;
    to->bound[to->bound_count++].number = number;
    return to->bound_count;
}

size_t bind_text(struct selection *to, const char *text)
{
    size_t at = bind_number(to, 0);

    to->bound[at - 1].text = text;
    return at;
}

bool given(const char *text)
{
    return text && text[0];
}

static const char *const key_columns[] = {NULL, "priority", "due", "keep_until"};

const char *key_column(enum key key)
{
    return key_columns[key];
}

bool is_by_day(enum key key)
{
    return key == KEY_DUE || key == KEY_KEEP;
}

/* --- What must hold ----------------------------------------------------------------------- */

/* Whose decisions alone are wanted, by name or as the user of the store; NULL: everybody's. */
static const char *author_of(const struct plan *plan)
{
    return plan->query->mine ? plan->store->me.name : plan->query->author;
}

static void where_text(struct plan *plan, const char *column, const char *value)
{
    if (given(value))
        buf_printf(&plan->where, " AND d.%s = ?%zu", column, bind_text(plan->to, value));
}

static void where_flag(struct plan *plan, const char *column, bool wanted)
{
    if (wanted)
        buf_printf(&plan->where, " AND d.%s", column);
}

static void where_outcomes(struct plan *plan)
{
    const char *between = " AND d.decided IN (";

    for (int i = 0; i < OUTCOME_COUNT; i++) {
        if (plan->query->outcomes >> i & 1) {
            buf_printf(&plan->where, "%s%d", between, i);
            between = ", ";
        }
    }
    if (plan->query->outcomes)
        buf_puts(&plan->where, ") AND d.state <> 'erased'");
}

/* Days on the wall where the record was signed. */
static void where_days(struct plan *plan)
{
    static const char wall[] = "(d.signed + d.zone * 60000000)";

    if (plan->query->from)
        buf_printf(&plan->where, " AND %s >= ?%zu", wall,
                   bind_number(plan->to, plan->query->from * US_PER_DAY));
    if (plan->query->until)
        buf_printf(&plan->where, " AND %s < ?%zu", wall,
                   bind_number(plan->to, (plan->query->until + INT64_C(1)) * US_PER_DAY));
    if (plan->query->overdue)
        buf_printf(&plan->where, " AND d.due > %d AND d.due < ?%zu", DATE_NONE,
                   bind_number(plan->to, plan->query->today));
    if (plan->query->retention_due)
        buf_printf(&plan->where, " AND d.keep_until > %d AND d.keep_until <= ?%zu", DATE_NONE,
                   bind_number(plan->to, plan->query->today));
}

/* In the order of a day, what has one; of one month, what may go in it. */
static void where_key(struct plan *plan)
{
    if (is_by_day(plan->key))
        buf_printf(&plan->where, " AND d.%s > %d", key_column(plan->key), DATE_NONE);
    if (plan->month)
        buf_printf(&plan->where, " AND d.keep_until >= %d AND d.keep_until < %d", *plan->month,
                   date_add_months(*plan->month, 1));
}

static void where_all(struct plan *plan)
{
    const struct log_query *query = plan->query;

    where_text(plan, "author", author_of(plan));
    where_text(plan, "team", query->team);
    where_text(plan, "agreement", query->agreement);
    where_text(plan, "programme", query->programme);
    where_text(plan, "purpose", query->purpose);
    where_text(plan, "pseudonym", query->pseudonym);
    where_outcomes(plan);
    where_flag(plan, "departed", query->departed);
    where_flag(plan, "urgent", query->urgent);
    where_flag(plan, "countersign", query->countersign);
    where_flag(plan, "unfinished", query->unfinished);
    if (query->without_practice)
        buf_puts(&plan->where, " AND NOT d.practice");
    where_days(plan);
    where_key(plan);
    if (query->reviewable) {
        size_t me = bind_text(plan->to, plan->store->me.name);

        buf_printf(&plan->where, " AND d.author <> ?%zu AND d.agreed_by <> ?%zu", me, me);
    }
}

void where_states(const struct plan *plan, struct buf *sql)
{
    const char *between = "";

    if (plan->states == ALL_STATES)
        return;
    buf_puts(sql, " AND d.state IN (");
    for (int state = 0; state < STATE_COUNT; state++) {
        if (plan->states >> state & 1) {
            buf_printf(sql, "%s'%s'", between, state_id((enum state)state));
            between = ", ";
        }
    }
    buf_putc(sql, ')');
}

/* --- The search index --------------------------------------------------------------------- */

static bool has_filters(const struct log_query *query)
{
    return query->mine || given(query->author) || given(query->pseudonym) || query->outcomes ||
           query->from || query->until || query->departed || query->urgent ||
           query->countersign || query->unfinished || given(query->team) ||
           given(query->agreement) || given(query->programme) || given(query->purpose);
}

static void match_text(struct plan *plan, const char *name, const char *value)
{
    if (given(value))
        wanted_filter(&plan->to->wanted, name, &value, 1);
}

static void match_outcomes(struct plan *plan)
{
    const char *wanted[OUTCOME_COUNT];
    size_t count = 0;

    for (int i = 0; i < OUTCOME_COUNT; i++) {
        if (plan->query->outcomes >> i & 1)
            wanted[count++] = outcome_id((enum outcome)i);
    }
    if (count)
        wanted_filter(&plan->to->wanted, "outcome", wanted, count);
}

/* The months that a period touches; a long one is left to the exact filter. */
static void match_months(struct plan *plan)
{
    const struct log_query *query = plan->query;
    date until = query->until ? query->until : query->today;
    char month[MONTHS_MAX][MONTH_SIZE], last[MONTH_SIZE];
    const char *wanted[MONTHS_MAX];
    size_t count = 0;

    if (!query->from || !until || until < query->from)
        return;
    index_month(until, last);
    do {
        if (count == MONTHS_MAX)
            return;
        index_month(date_add_months(query->from, (int)count), month[count]);
        wanted[count] = month[count];
        count++;
    } while (strcmp(month[count - 1], last) < 0);
    wanted_filter(&plan->to->wanted, "month", wanted, count);
}

static void match_keep(struct plan *plan)
{
    char month[MONTH_SIZE];

    if (plan->month) {
        index_month(*plan->month, month);
        match_text(plan, "keep", month);
    }
}

static enum status match_all(struct plan *plan, struct error *error)
{
    const struct log_query *query = plan->query;
    struct selection *to = plan->to;
    const char *search = query->search ? query->search : "";
    enum status status = wanted_typed(&to->wanted, plan->store->database, search, error);

    match_text(plan, "author", author_of(plan));
    match_text(plan, "subject", query->pseudonym);
    match_text(plan, "team", query->team);
    match_text(plan, "agreement", query->agreement);
    match_text(plan, "programme", query->programme);
    match_text(plan, "purpose", query->purpose);
    match_text(plan, "departed", query->departed ? "yes" : NULL);
    match_text(plan, "urgent", query->urgent ? "yes" : NULL);
    match_text(plan, "countersign", query->countersign ? "yes" : NULL);
    match_text(plan, "unfinished", query->unfinished ? "yes" : NULL);
    match_text(plan, "practice", query->without_practice ? "no" : NULL);
    match_outcomes(plan);
    match_months(plan);
    match_keep(plan);
    return status == STATUS_OK && to->wanted.count
               ? fresh_find(plan->store, &to->wanted, &to->fresh, &to->fresh_count, error)
               : status;
}

/* Between the oldest and the newest of a state, so that what waits is not looked for among all
 * that was ever found. */
static enum status find_bounds(struct plan *plan, struct error *error)
{
    enum status status = STATUS_OK;

    plan->least = 0;
    plan->most = INT64_MAX;
    if (plan->states == ALL_STATES)
        return STATUS_OK;
    plan->least = INT64_MAX;
    plan->most = 0;
    for (int state = 0; state < STATE_COUNT && status == STATUS_OK; state++) {
        const char *id = state_id((enum state)state);
        int64_t least, most;

        if (!(plan->states >> state & 1))
            continue;
        status = query_number(plan->store->database, 0, &least, error,
                              "SELECT min(least) FROM (SELECT min(seq) AS least FROM decision "
                              "WHERE state = ?1 AND priority = 0 UNION ALL SELECT min(seq) "
                              "FROM decision WHERE state = ?1 AND priority = 1)",
                              "t", id);
        if (status == STATUS_OK)
            status = query_number(plan->store->database, 0, &most, error,
                                  "SELECT max(most) FROM (SELECT max(seq) AS most FROM "
                                  "decision WHERE state = ?1 AND priority = 0 UNION ALL SELECT "
                                  "max(seq) FROM decision WHERE state = ?1 AND priority = 1)",
                                  "t", id);
        if (status == STATUS_OK && least) {
            plan->least = least < plan->least ? least : plan->least;
            plan->most = most > plan->most ? most : plan->most;
        }
    }
    return status;
}

/* --- The way ------------------------------------------------------------------------------ */

/* States wanted: those asked for, and in the queue those that wait for the role. */
static unsigned states_of(const struct plan *plan)
{
    unsigned states = plan->query->states ? plan->query->states & ALL_STATES : ALL_STATES;

    if (!plan->query->reviewable)
        return states;
    switch (plan->store->me.role) {
    case ROLE_SUPERVISOR:
        return states & 1u << STATE_WAITING;
    case ROLE_GUARDIAN:
        return states & 1u << STATE_COUNTERSIGN;
    default:
        return 0;
    }
}

static enum key key_of(const struct log_query *query)
{
    if (query->reviewable)
        return KEY_PRIORITY;
    if (given(query->search))
        return KEY_NONE;
    if (query->overdue || query->order == LOG_BY_DUE)
        return KEY_DUE;
    if (query->retention_due || query->order == LOG_BY_RETENTION)
        return KEY_KEEP;
    return KEY_NONE;
}

static enum status are_few(struct plan *plan, bool *ret_few, struct error *error)
{
    enum status status = STATUS_OK;
    int64_t sum = 0, count;

    for (int state = 0; state < STATE_COUNT && status == STATUS_OK; state++) {
        if (!(plan->states >> state & 1))
            continue;
        status = query_number(plan->store->database, 0, &count, error,
                              "SELECT coalesce(sum(count), 0) FROM tally WHERE state = ?", "t",
                              state_id((enum state)state));
        if (status == STATUS_OK)
            sum += count;
    }
    *ret_few = sum <= FEW;
    return status;
}

/* What is due is an index that holds only what was not done; any other filter is asked of the
 * search index, unless only few decisions are in the states that are wanted. */
static enum way way_of(const struct plan *plan, bool few)
{
    bool all = plan->states == ALL_STATES;

    if (given(plan->query->search))
        return WAY_WORDS;
    if (!all && few)
        return WAY_STATES;
    if (has_filters(plan->query) && plan->key != KEY_DUE)
        return WAY_WORDS;
    if (is_by_day(plan->key))
        return WAY_KEY;
    return all ? WAY_TABLE : WAY_STATES;
}

static enum status choose(struct plan *plan, struct error *error)
{
    bool few = false;
    enum status status = STATUS_OK;

    plan->none = plan->states == 0;
    if (plan->states != ALL_STATES)
        status = are_few(plan, &few, error);
    plan->way = way_of(plan, few);
    if (status == STATUS_OK && plan->way == WAY_WORDS)
        status = match_all(plan, error);
    if (plan->way == WAY_WORDS && !plan->to->wanted.count) /* nothing but signs was typed */
        plan->way = plan->states == ALL_STATES ? WAY_TABLE : WAY_STATES;
    if (status == STATUS_OK && plan->way == WAY_WORDS)
        status = find_bounds(plan, error);
    return status;
}

/* The key of the row that the page follows, wherever that row is by now. */
static enum status find_after(struct plan *plan, struct error *error)
{
    static const char *const sql[] = {
        [KEY_PRIORITY] = "SELECT priority FROM decision WHERE ref = (SELECT ref FROM entry "
                         "WHERE seq = ?)",
        [KEY_DUE] =
            "SELECT due FROM decision WHERE ref = (SELECT ref FROM entry WHERE seq = ?)",
        [KEY_KEEP] =
            "SELECT keep_until FROM decision WHERE ref = (SELECT ref FROM entry WHERE seq = ?)",
    };

    if (plan->key == KEY_NONE || !plan->query->after)
        return STATUS_OK;
    return query_number(plan->store->database, 0, &plan->after_number, error, sql[plan->key],
                        "i", plan->query->after);
}

enum status plan_make(struct plan *plan, struct error *error)
{
    const struct log_query *query = plan->query;
    enum status status;

    plan->states = states_of(plan);
    plan->key = key_of(query);
    plan->key_down = query->backwards;
    plan->descending = (query->order == LOG_NEWEST_FIRST) != query->backwards;
    if (is_by_day(plan->key))
        plan->descending = query->backwards;
    status = choose(plan, error);
    if (status == STATUS_OK)
        status = find_after(plan, error);
    if (status == STATUS_OK)
        where_all(plan);
    return status;
}
