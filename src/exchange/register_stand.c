/* SPDX-License-Identifier: MIT */
/* Where the decisions of a bundle now stand: what each shows is from its newest record or
 * amendment, its state from all steps that are held of it, in their order. */
#include <stdlib.h>
#include <string.h>

#include "exchange/register_holding.h"
#include "record/review.h"

#define OLDEST_US 0 /* 1970: what claims to be older is no older */

static bool of_record(const struct link *link)
{
    return strcmp(link->kind, "record") == 0 || strcmp(link->kind, "amendment") == 0;
}

/* --- What is asked ------------------------------------------------------------------------ */

/* Numbers are given to references that have none; then all steps are asked for. One that was
 * erased, be it by this very bundle, erases its decision: its words must be in no row. */
static enum status load_steps(struct county *county, const struct holding *holding,
                              PGresult **ret_steps, struct error *error)
{
    const struct bundle *bundle = holding->bundle;
    struct buf records = {0}, moved = {0};
    const char *value[2] = {bundle->manifest.store, NULL};
    enum status status;

    for (size_t i = 0; i < bundle->count; i++) {
        const struct link *link = &bundle->entry[i];

        if (!holding->judged[i].moves)
            continue;
        if (of_record(link))
            list_add(&records, link->reference);
        list_add(&moved, link->reference);
    }
    value[1] = list_end(&records);
    status = county_query(county,
                          "INSERT INTO reference (store, ref) SELECT $1::uuid, ref FROM "
                          "unnest($2::text[]) AS u (ref) ON CONFLICT DO NOTHING",
                          value, 2, NULL, error);
    value[1] = list_end(&moved);
    if (status == STATUS_OK)
        status = county_query(
            county,
            "SELECT r.ref, r.number, CASE WHEN x.seq IS NULL THEN s.kind ELSE 'erasure' END, "
            "s.role, s.verdict, s.countersign, d.seq, d.whole, d.state FROM reference r "
            "JOIN step s USING (store, ref) LEFT JOIN erased x USING (store, seq) "
            "LEFT JOIN decision d USING (number) WHERE r.store = $1::uuid "
            "AND r.ref = ANY ($2::text[]) ORDER BY r.ref COLLATE \"C\", s.seq",
            value, 2, ret_steps, error);
    buf_release(&records);
    buf_release(&moved);
    return status;
}
enum step_column {
    REF,
    NUMBER,
    KIND,
    ROLE,
    VERDICT,
    COUNTERSIGN,
    ROW_SEQ, /* this and the rest: of the decision's row, if there is one */
    WHOLE,
    STATE
};

/* --- The fold ----------------------------------------------------------------------------- */

/* As a store has it (discern-record(5)). */
static enum state fold(const PGresult *steps, int from, int to)
{
    enum state state = STATE_WAITING;
    bool countersign = false;

    for (int i = from; i < to; i++) {
        const char *kind = PQgetvalue(steps, i, KIND);
        enum role role;
        enum verdict verdict;

        if (strcmp(kind, "erasure") == 0)
            return STATE_ERASED;
        if (strcmp(kind, "record") == 0 || strcmp(kind, "amendment") == 0) {
            state = STATE_WAITING;
            countersign = PQgetvalue(steps, i, COUNTERSIGN)[0] == 't';
        } else if (role_parse(PQgetvalue(steps, i, ROLE), &role) &&
                   verdict_parse(PQgetvalue(steps, i, VERDICT), &verdict)) {
            state = state_after(state, countersign, role, verdict);
        }
    }
    return state;
}

/* --- What changes ------------------------------------------------------------------------- */

/* Decisions to be taken out, to be moved to a state, and rows to be put in. */
struct changes {
    struct buf dropped, moved, states, rows;
};

/* By reference, the newest first: the first of a decision is what it shows. */
static int compare(const void *a, const void *b)
{
    const struct link *one = *(const struct link *const *)a;
    const struct link *other = *(const struct link *const *)b;
    int order = strcmp(one->reference, other->reference);

    if (order)
        return order;
    return (one->sequence < other->sequence) - (one->sequence > other->sequence);
}

/* Whether an entry brings what was neither held before nor erased. */
static bool brings_news(const struct holding *holding, size_t i)
{
    const struct link *link = &holding->bundle->entry[i];

    return holding->judged[i].moves && of_record(link) &&
           !holding_has(holding, link->sequence, link->body ? KNOWN_WHOLE : KNOWN_VIEW);
}

/* Records and amendments that are new, sorted; free() it. */
static const struct link **sort_records(const struct holding *holding, size_t *ret_count)
{
    const struct bundle *bundle = holding->bundle;
    const struct link **list = xcalloc(bundle->count + 1, sizeof(*list));
    size_t count = 0;

    for (size_t i = 0; i < bundle->count; i++) {
        if (brings_news(holding, i))
            list[count++] = &bundle->entry[i];
    }
    qsort(list, count, sizeof(*list), compare);
    *ret_count = count;
    return list;
}

static void put_row(const struct holding *holding, const struct link *link, const char *number,
                    enum state state, struct buf *out)
{
    const struct judged *judged = &holding->judged[link - holding->bundle->entry];
    struct moment at = {.us = link->at.us};
    char text[MOMENT_SIZE];

    at.us = at.us < OLDEST_US ? OLDEST_US : at.us > holding->now ? holding->now : at.us;
    moment_iso(at, text);
    buf_printf(out, "%s\t%s\t%s\t%s\t%lld\t%c\t%d\t%s", number, text, link->store,
               link->reference, (long long)link->sequence, link->body ? 't' : 'f',
               link->at.offset_minutes, state_id(state));
    buf_add(out, holding->rows.text + judged->row, judged->row_length);
    buf_putc(out, '\n');
}

/* The steps of one decision are the rows `from` to `to`; `link` is its newest record in the
 * bundle, or NULL. */
static void change(const struct holding *holding, const PGresult *steps, int from, int to,
                   const struct link *link, struct changes *changes)
{
    const char *number = PQgetvalue(steps, from, NUMBER);
    bool there = !PQgetisnull(steps, from, ROW_SEQ);
    int64_t shown = there ? number_at(steps, from, ROW_SEQ) : 0;
    bool whole = there && PQgetvalue(steps, from, WHOLE)[0] == 't';
    enum state state = fold(steps, from, to);
    bool newer =
        link && (link->sequence > shown || (link->sequence == shown && link->body && !whole));

    if (state == STATE_ERASED) /* the database saw to it when the erasure came */
        return;
    if (newer) {
        if (there)
            list_add(&changes->dropped, number);
        put_row(holding, link, number, state, &changes->rows);
    } else if (there && strcmp(PQgetvalue(steps, from, STATE), state_id(state)) != 0 &&
               strcmp(PQgetvalue(steps, from, STATE), state_id(STATE_ERASED)) != 0) {
        list_add(&changes->moved, number);
        list_add(&changes->states, state_id(state));
    }
}

static void change_all(const struct holding *holding, const PGresult *steps,
                       struct changes *changes)
{
    size_t count = 0, next = 0;
    const struct link **record = sort_records(holding, &count);

    for (int from = 0, to; from < PQntuples(steps); from = to) {
        const char *reference = PQgetvalue(steps, from, REF);
        bool has;

        for (to = from + 1; to < PQntuples(steps); to++) {
            if (strcmp(PQgetvalue(steps, to, REF), reference) != 0)
                break;
        }
        while (next < count && strcmp(record[next]->reference, reference) < 0)
            next++;
        has = next < count && strcmp(record[next]->reference, reference) == 0;
        change(holding, steps, from, to, has ? record[next] : NULL, changes);
    }
    free(record);
}

static enum status apply(struct county *county, struct changes *changes, struct error *error)
{
    enum status status = STATUS_OK;

    if (changes->dropped.length)
        status = county_query(county, "SELECT decisions_drop($1::bigint[])",
                              (const char *[]){list_end(&changes->dropped)}, 1, NULL, error);
    if (status == STATUS_OK && changes->moved.length)
        status = county_query(
            county, "SELECT decisions_move($1::bigint[], $2::text[])",
            (const char *[]){list_end(&changes->moved), list_end(&changes->states)}, 2, NULL,
            error);
    if (status == STATUS_OK && changes->rows.length)
        status = county_copy(
            county,
            "COPY decision (number, signed, store, ref, seq, whole, zone, state, author, team, "
            "subject, requester, recipient, purpose, agreement, programme, recommended, "
            "decided, departed, urgent, countersign, unfinished, restricted, words) FROM STDIN",
            &changes->rows, error);
    return status;
}

enum status register_stand(struct county *county, const struct holding *holding,
                           struct error *error)
{
    struct changes changes = {0};
    PGresult *steps = NULL;
    enum status status = load_steps(county, holding, &steps, error);

    if (status == STATUS_OK) {
        change_all(holding, steps, &changes);
        status = apply(county, &changes, error);
    }
    PQclear(steps);
    buf_release(&changes.dropped);
    buf_release(&changes.moved);
    buf_release(&changes.states);
    buf_release(&changes.rows);
    return status;
}
