/* SPDX-License-Identifier: MIT */
/* Decisions listed a window at a time, by their keys. What is asked for more than all is looked
 * for from where the window begins, over a longer time at each step, so that what many
 * decisions have costs as little as what few have, however many there are. */
#include <string.h>

#include "exchange/register_look.h"

#define DAY_US INT64_C(86400000000)
#define WORDS_MAX 1000
#define LIMIT_MOST 10000

/* --- What is asked ------------------------------------------------------------------------ */

enum { SEARCH, ALL, STATES, OUTCOMES, FROM, UNTIL, KEY_AT, KEY, VALUES };

/* A query as the database takes it; times are microseconds since 1970. */
struct asking {
    struct buf search, all, states, outcomes;
    int64_t from, until; /* from <= signed < until */
    int64_t key_at, key; /* the decision that the window begins behind; key 0: none */
    bool up;             /* the oldest come first */
    bool filtered;
    int limit;
};

static void asking_release(struct asking *asking)
{
    buf_release(&asking->search);
    buf_release(&asking->all);
    buf_release(&asking->states);
    buf_release(&asking->outcomes);
}

/* Each word, or its beginning, must be there: 'ade':* & 'lane':*. Words are letters and digits
 * alone, so none can end its quotes. */
static void write_search(const char *words, struct buf *out)
{
    struct buf plain = {0};
    const char *at;

    row_words(words, strlen(words), WORDS_MAX, &plain);
    for (at = buf_text(&plain); *at;) {
        size_t length = strcspn(at, " ");

        buf_printf(out, "%s'%.*s':*", out->length ? " & " : "", (int)length, at);
        at += length + (at[length] == ' ');
    }
    buf_release(&plain);
}

/* A list of marks as PostgreSQL writes one; each may hold any character. */
static void write_marks(const json_t *query, const char *name, struct buf *out)
{
    for (size_t i = 0; i < body_count(query, name); i++) {
        const char *mark = json_string_value(body_element(query, name, i));

        buf_puts(out, i ? ",\"" : "{\"");
        for (; mark && *mark; mark++) {
            if (*mark == '"' || *mark == '\\')
                buf_putc(out, '\\');
            buf_putc(out, *mark);
        }
        buf_putc(out, '"');
    }
    buf_puts(out, out->length ? "}" : "{}");
}

/* Days count from 1970 as moments do. */
static int64_t day_us(const json_t *query, const char *name, int add, int64_t otherwise)
{
    date day;

    return date_parse(body_text(query, name), &day) ? ((int64_t)day + add) * DAY_US : otherwise;
}

static enum status load_key(struct county *county, const json_t *query, struct asking *asking,
                            struct error *error)
{
    char number[24];
    PGresult *result;
    enum status status;

    asking->key = body_number(query, "after");
    if (asking->key == 0)
        return STATUS_OK;
    snprintf(number, sizeof(number), "%lld", (long long)asking->key);
    status = county_query(county,
                          "SELECT (extract(epoch FROM signed) * 1000000)::bigint FROM decision "
                          "WHERE number = $1::bigint",
                          (const char *[]){number}, 1, &result, error);
    if (status != STATUS_OK)
        return status;
    if (PQntuples(result) == 1)
        asking->key_at = number_at(result, 0, 0);
    else
        asking->key = 0;
    PQclear(result);
    return STATUS_OK;
}

static enum status read_query(struct county *county, const json_t *query, struct asking *asking,
                              struct error *error)
{
    long long limit = body_number(query, "limit");

    write_search(body_text(query, "search"), &asking->search);
    if (body_text(query, "search")[0] && !asking->search.length)
        return fail(error, STATUS_USAGE, NULL,
                    "Say what to look for: words, or their beginnings.");
    write_marks(query, "all", &asking->all);
    write_marks(query, "states", &asking->states);
    write_marks(query, "outcomes", &asking->outcomes);
    asking->filtered = asking->search.length || body_count(query, "all") ||
                       body_count(query, "states") || body_count(query, "outcomes");
    asking->from = day_us(query, "from", 0, 0);
    asking->until = day_us(query, "until", 1, moment_now().us + DAY_US);
    asking->up = body_flag(query, "oldest") != body_flag(query, "backwards");
    asking->limit = limit >= 1 && limit <= LIMIT_MOST ? (int)limit : 1;
    return load_key(county, query, asking, error);
}

/* --- The questions ------------------------------------------------------------------------ */

#define TIME(n) "(timestamptz 'epoch' + " n "::bigint * interval '1 microsecond')"
#define WHERE                                                                                  \
    "WHERE signed >= " TIME("$5") " AND signed < " TIME(                                       \
        "$6") " AND ($1 = '' OR words @@ nullif($1, '')::tsquery) "                            \
              "AND ($2 = '{}' OR marks @> lower($2)::text[]) "                                 \
              "AND ($3 = '{}' OR marks && $3::text[]) AND ($4 = '{}' OR marks && $4::text[]) "

static enum status ask(struct county *county, const char *sql, const struct asking *asking,
                       int64_t from, int64_t until, PGresult **ret_result, struct error *error)
{
    char number[4][24];
    const int64_t numbers[] = {from, until, asking->key_at, asking->key};
    const char *value[VALUES] = {buf_text(&asking->search), buf_text(&asking->all),
                                 buf_text(&asking->states), buf_text(&asking->outcomes)};

    for (int i = 0; i < 4; i++) {
        snprintf(number[i], sizeof(number[i]), "%lld", (long long)numbers[i]);
        value[FROM + i] = number[i];
    }
    return county_query(county, sql, value, VALUES, ret_result, error);
}

static const struct {
    const char *name;
    enum { TEXT, NUMBER, FLAG } kind;
} columns[] = {{"number", NUMBER},    {"at", NUMBER},       {"zone", NUMBER},
               {"store", TEXT},       {"reference", TEXT},  {"state", TEXT},
               {"author", TEXT},      {"team", TEXT},       {"subject", TEXT},
               {"requester", TEXT},   {"recipient", TEXT},  {"purpose", TEXT},
               {"agreement", TEXT},   {"programme", TEXT},  {"recommended", TEXT},
               {"decided", TEXT},     {"departed", FLAG},   {"urgent", FLAG},
               {"countersign", FLAG}, {"unfinished", FLAG}, {"restricted", FLAG}};

/* The last of `columns`, as a decision has them; and all of them. */
#define SHOWN                                                                                  \
    "ref, state, author, team, subject, requester, recipient, purpose, agreement, programme, " \
    "recommended, decided, departed, urgent, countersign, unfinished, restricted "
#define COLUMNS                                                                                \
    "number, (extract(epoch FROM signed) * 1000000)::bigint, zone, "                           \
    "(SELECT name FROM store s WHERE s.store = hit.store), " SHOWN

/* What is filtered is gathered first and sorted then: the order alone would lead the database
 * to read every decision of the months for the sake of a few. */
static void write_list(const struct asking *asking, int rows, struct buf *out)
{
    const char *order = asking->up ? "ASC" : "DESC";

    buf_printf(out,
               "WITH hit AS %sMATERIALIZED (SELECT number, signed, zone, store, " SHOWN
               "FROM decision " WHERE "AND ($8::bigint = 0 OR (signed, number) %s (" TIME(
                   "$7") ", $8::bigint))) "
                         "SELECT " COLUMNS "FROM hit ORDER BY signed %s, number %s LIMIT %d",
               asking->filtered ? "" : "NOT ", asking->up ? ">" : "<", order, order, rows);
}

static json_t *row_json(const PGresult *result, int row)
{
    json_t *object = body_object();

    for (int i = 0; i < (int)COUNT(columns); i++) {
        const char *text = PQgetvalue(result, row, i);

        if (columns[i].kind == FLAG)
            body_put_flag(object, columns[i].name, text[0] == 't');
        else if (columns[i].kind == NUMBER)
            body_put_number(object, columns[i].name, number_at(result, row, i));
        else
            body_put_text(object, columns[i].name, text);
    }
    return object;
}

enum status list_one(struct county *county, long long number, json_t **ret_row,
                     struct error *error)
{
    char text[24];
    PGresult *result;
    enum status status;

    snprintf(text, sizeof(text), "%lld", number);
    status =
        county_query(county, "SELECT " COLUMNS "FROM decision hit WHERE number = $1::bigint",
                     (const char *[]){text}, 1, &result, error);
    if (status != STATUS_OK)
        return status;
    if (PQntuples(result) > 0)
        *ret_row = row_json(result, 0);
    else
        status = fail(error, STATUS_NOT_FOUND, "Look for it again.",
                      "There is no such decision in the register.");
    PQclear(result);
    return status;
}

/* --- Steps in time ------------------------------------------------------------------------ */

/* Where there is anything at all, so that looking on comes to an end. */
static enum status narrow(struct county *county, struct asking *asking, struct error *error)
{
    PGresult *result;
    enum status status = county_query(
        county, "SELECT (extract(epoch FROM min(signed)) * 1000000)::bigint FROM decision",
        NULL, 0, &result, error);
    int64_t first;

    if (status != STATUS_OK)
        return status;
    first = PQgetisnull(result, 0, 0) ? asking->until : number_at(result, 0, 0);
    PQclear(result);
    if (asking->from < first)
        asking->from = first;
    if (asking->key && asking->up && asking->from < asking->key_at)
        asking->from = asking->key_at;
    if (asking->key && !asking->up && asking->until > asking->key_at + 1)
        asking->until = asking->key_at + 1;
    return STATUS_OK;
}

static enum status take(struct county *county, const struct asking *asking, int64_t from,
                        int64_t until, json_t *rows, struct error *error)
{
    struct buf sql = {0};
    PGresult *result = NULL;
    enum status status;

    write_list(asking, asking->limit + 1 - (int)json_array_size(rows), &sql);
    status = ask(county, buf_text(&sql), asking, from, until, &result, error);
    for (int i = 0; status == STATUS_OK && i < PQntuples(result); i++)
        body_append(rows, row_json(result, i));
    PQclear(result);
    buf_release(&sql);
    return status;
}

/* Each step looks at four times as long a time as the one before. */
static enum status take_all(struct county *county, struct asking *asking, json_t *rows,
                            struct error *error)
{
    int64_t span = asking->filtered ? 2 * DAY_US : INT64_MAX / 2;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && asking->from < asking->until &&
           json_array_size(rows) <= (size_t)asking->limit) {
        int64_t from = asking->from, until = asking->until;

        if (until - from > span && asking->up)
            until = from + span;
        else if (until - from > span)
            from = until - span;
        status = take(county, asking, from, until, rows, error);
        *(asking->up ? &asking->from : &asking->until) = asking->up ? until : from;
        span = span < INT64_MAX / 8 ? 4 * span : span;
    }
    return status;
}

enum status list_rows(struct county *county, const json_t *query, json_t **ret_rows,
                      bool *ret_more, struct error *error)
{
    struct asking asking = {0};
    json_t *rows = body_list();
    enum status status = read_query(county, query, &asking, error);

    if (status == STATUS_OK)
        status = narrow(county, &asking, error);
    if (status == STATUS_OK)
        status = take_all(county, &asking, rows, error);
    if (status == STATUS_OK) {
        *ret_more = json_array_size(rows) > (size_t)asking.limit;
        if (*ret_more)
            json_array_remove(rows, (size_t)asking.limit);
        *ret_rows = rows;
    } else {
        json_decref(rows);
    }
    asking_release(&asking);
    return status;
}

enum status list_count(struct county *county, const json_t *query, int64_t *ret_count,
                       struct error *error)
{
    struct asking asking = {0};
    PGresult *result = NULL;
    enum status status = read_query(county, query, &asking, error);

    asking.key = asking.key_at = 0;
    if (status == STATUS_OK)
        status =
            ask(county, "SELECT count(*) FROM decision " WHERE "AND $7::bigint = $8::bigint",
                &asking, asking.from, asking.until, &result, error);
    if (status == STATUS_OK)
        *ret_count = number_at(result, 0, 0);
    PQclear(result);
    asking_release(&asking);
    return status;
}
