/* SPDX-License-Identifier: MIT */
/* One decision with all that is held of it, figures, and who looked. Reads only, but for the
 * table of looks. */
#include "exchange/register_look.h"

#include "record/decision.h"
#include "record/review.h"

enum status look_log(struct county *county, const char *what, const char *words,
                     long long found, struct error *error)
{
    char number[24];

    snprintf(number, sizeof(number), "%lld", found);
    return county_query(county,
                        "INSERT INTO looked (what, words, found) VALUES ($1, $2, $3::bigint)",
                        (const char *[]){what, words, number}, 3, NULL, error);
}

/* --- One decision ------------------------------------------------------------------------- */

static json_t *entries_json(const PGresult *result)
{
    static const char *const names[] = {"head", "link", "body", "view"};
    json_t *list = body_list();

    for (int row = 0; row < PQntuples(result); row++) {
        json_t *object = body_object();

        for (int i = 0; i < (int)COUNT(names); i++)
            body_put_text(object, names[i], PQgetvalue(result, row, i));
        body_append(list, object);
    }
    return list;
}

enum status look_entries(struct county *county, long long number, json_t **ret_entries,
                         struct error *error)
{
    char text[24];
    PGresult *result;
    enum status status;

    snprintf(text, sizeof(text), "%lld", number);
    status = county_query(
        county,
        "SELECT e.head, encode(e.link, 'hex'), b.body, v.body FROM reference r "
        "JOIN entry e USING (store, ref) "
        "LEFT JOIN body b ON b.store = e.store AND b.seq = e.seq AND b.month = e.month "
        "AND b.whole LEFT JOIN body v ON v.store = e.store AND v.seq = e.seq "
        "AND v.month = e.month AND NOT v.whole WHERE r.number = $1::bigint ORDER BY e.seq",
        (const char *[]){text}, 1, &result, error);
    if (status != STATUS_OK)
        return status;
    *ret_entries = entries_json(result);
    PQclear(result);
    return STATUS_OK;
}

/* --- Figures ------------------------------------------------------------------------------ */

/* Sums of what is counted as it comes; $1 is the first month. */
#define SUMS(what)                                                                             \
    "SELECT name, sum(count) FROM figure WHERE what = '" what "' AND month >= $1::date "       \
    "GROUP BY 1 HAVING sum(count) <> 0 ORDER BY 2 DESC, 1"

static const struct {
    const char *id, *title, *sql;
} figures[] = {
    {"all", "In all",
     "SELECT v.label, v.count FROM (VALUES ('stores', (SELECT count(*) FROM store)), "
     "('entries', (SELECT sum(h.n) FROM store s, LATERAL (SELECT coalesce(max(head_count), 0) "
     "FROM bundle b WHERE b.store = s.store) h (n))), "
     "('decisions', (SELECT sum(count) FROM figure WHERE what = 'state' "
     "AND month >= $1::date))) AS v (label, count)"},
    {"state", "By where they stand", SUMS("state")},
    {"outcome", "By what was decided", SUMS("decided")},
    {"recommended", "By what was recommended", SUMS("recommended")},
    {"departed", "Departed from the recommendation, by what was decided", SUMS("departed")},
    {"urgent", "Urgent, by what was decided", SUMS("urgent")},
    {"team", "By team",
     "SELECT s.name || coalesce(' / ' || nullif(f.name, ''), ''), sum(f.count) FROM figure f "
     "JOIN store s USING (store) WHERE f.what = 'team' AND f.month >= $1::date "
     "GROUP BY 1 HAVING sum(f.count) <> 0 ORDER BY 2 DESC, 1"},
    {"agreement", "By agreement", SUMS("agreement")},
    {"verdict", "Reviews, by verdict", SUMS("verdict")},
    {"months", "By month signed",
     "SELECT to_char(month, 'YYYY-MM'), sum(count) FROM figure WHERE what = 'state' "
     "AND month >= $1::date GROUP BY 1 HAVING sum(count) <> 0 ORDER BY 1"},
    {"refused", "Receipts with something refused, by reason",
     "SELECT reason, count(*) FROM receipt WHERE refused > 0 AND at >= $1::date "
     "GROUP BY 1 ORDER BY 2 DESC, 1"},
};

/* As a screen or paper says it: ids of tables in their words, what is not said as that. */
static const char *words_of(const char *label)
{
    enum outcome outcome;
    enum verdict verdict;
    enum state state;

    if (outcome_parse(label, &outcome))
        return outcome_words(outcome);
    if (state_parse(label, &state))
        return state_words(state);
    if (verdict_parse(label, &verdict))
        return verdict_words(verdict);
    return label[0] ? label : "not said";
}

static json_t *figure_json(size_t kind, const PGresult *result)
{
    json_t *figure = body_object(), *list = body_list();

    for (int i = 0; i < PQntuples(result); i++) {
        json_t *object = body_object();

        body_put_text(object, "label", PQgetvalue(result, i, 0));
        body_put_text(object, "words", words_of(PQgetvalue(result, i, 0)));
        body_put_number(object, "count", number_at(result, i, 1));
        body_append(list, object);
    }
    body_put_text(figure, "id", figures[kind].id);
    body_put_text(figure, "title", figures[kind].title);
    body_put_list(figure, "rows", list);
    return figure;
}

static enum status count_all(struct county *county, const char *since, json_t *list,
                             struct error *error)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < COUNT(figures); i++) {
        PGresult *result;

        status =
            county_query(county, figures[i].sql, (const char *[]){since}, 1, &result, error);
        if (status != STATUS_OK)
            break;
        body_append(list, figure_json(i, result));
        PQclear(result);
    }
    return status;
}

enum status look_figures(struct county *county, const char *since, json_t **ret_figures,
                         struct error *error)
{
    json_t *list = body_list();
    enum status status = county_run(county, "BEGIN ISOLATION LEVEL REPEATABLE READ", error);

    if (status == STATUS_OK)
        status = count_all(county, since, list, error);
    if (status == STATUS_OK)
        status = look_log(county, "figures", since, 0, error);
    status = county_end(county, status, error);
    if (status == STATUS_OK)
        *ret_figures = list;
    else
        json_decref(list);
    return status;
}
