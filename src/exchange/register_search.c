/* SPDX-License-Identifier: MIT */
/* The tables made, stores admitted, and what the register holds searched and counted. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "exchange/register.h"
#include "exchange/register_schema.h"
#include "record/json.h"

#define WORDS_MAX 1000

enum status register_init(struct county *county, struct error *error)
{
    enum status status;

    if (strcmp(PQparameterStatus(county->connection, "server_encoding"), "UTF8") != 0)
        return fail(error, STATUS_REFUSED, "Make a database with ENCODING 'UTF8'.",
                    "This database does not keep texts as UTF-8.");
    if (PQserverVersion(county->connection) < 150000)
        return fail(error, STATUS_UNSUPPORTED, "Use PostgreSQL 15 or later.",
                    "This server is PostgreSQL %d.",
                    PQserverVersion(county->connection) / 10000);
    status = county_run(county, "BEGIN", error);
    if (status == STATUS_OK)
        status = county_end(county, county_run(county, register_sql, error), error);
    return status;
}

enum status register_admit(struct county *county, const char *store, const char *fingerprint,
                           const char *name, struct error *error)
{
    unsigned char id[(CHAIN_STORE_SIZE - 1) / 2], digest[DIGEST_SIZE];
    char bytes[DIGEST_HEX_SIZE + 2];

    if (!hex_read(store, id, sizeof(id)) || !hex_read(fingerprint, digest, sizeof(digest)))
        return fail(error, STATUS_USAGE, "Copy both as the keeper of the store reads them out.",
                    "A store has 32 hexadecimal digits, a fingerprint 64.");
    snprintf(bytes, sizeof(bytes), "\\x%s", fingerprint);
    return county_query(
        county,
        "INSERT INTO store (store, certificate, name) VALUES ($1::uuid, $2::bytea, $3) "
        "ON CONFLICT (store) DO UPDATE SET certificate = excluded.certificate, "
        "name = excluded.name, admitted = now(), admitted_by = session_user",
        (const char *[]){store, bytes, name}, 3, NULL, error);
}

/* --- Searching ---------------------------------------------------------------------------- */

/* Each word, or its beginning, must be there: 'ade':* & 'lane':*. Words are letters and digits
 * alone, so none can end its quotes. */
static void write_query(const char *words, struct buf *out)
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

static const struct column {
    const char *name;
    bool flag;
} columns[] = {{"reference", false}, {"signed", false},  {"decided", false},
               {"team", false},      {"store", false},   {"author", false},
               {"subject", false},   {"departed", true}, {"restricted", true}};

static const char search_sql[] =
    "SELECT ref, to_char(signed, 'YYYY-MM-DD'), decided, team, s.name, author, subject, "
    "departed, restricted FROM decision JOIN store s USING (store) WHERE words @@ $1::tsquery "
    "ORDER BY signed DESC, number DESC LIMIT $2::int";

static void put_json(const PGresult *result, int row, struct buf *out)
{
    json_t *object = body_object();

    for (int i = 0; i < (int)COUNT(columns); i++) {
        const char *text = PQgetvalue(result, row, i);

        if (columns[i].flag)
            body_put_flag(object, columns[i].name, text[0] == 't');
        else
            body_put_text(object, columns[i].name, text);
    }
    body_write(object, out);
}

static void put_line(const PGresult *result, int row, struct buf *out)
{
    static const int shown[] = {0, 1, 2, 3, 5, 6};
    struct buf line = {0};

    for (size_t i = 0; i < COUNT(shown); i++)
        buf_printf(&line, "%s%s", i ? "  " : "", PQgetvalue(result, row, shown[i]));
    if (PQgetvalue(result, row, 7)[0] == 't')
        buf_puts(&line, "  (departed)");
    if (PQgetvalue(result, row, 8)[0] == 't')
        buf_puts(&line, "  (do not show to the person)");
    utf8_printable(out, buf_text(&line), line.length, false);
    buf_release(&line);
}

/* What cannot be written down is not shown. */
static enum status log_look(struct county *county, const char *what, const char *words,
                            int found, struct error *error)
{
    char number[16];

    snprintf(number, sizeof(number), "%d", found);
    return county_query(county,
                        "INSERT INTO looked (what, words, found) VALUES ($1, $2, $3::bigint)",
                        (const char *[]){what, words, number}, 3, NULL, error);
}

enum status register_search(struct county *county, const char *words, int limit, bool json,
                            FILE *out, struct error *error)
{
    struct buf query = {0}, text = {0};
    PGresult *result = NULL;
    enum status status;
    char number[16];

    snprintf(number, sizeof(number), "%d", limit);
    write_query(words, &query);
    if (!query.length)
        return fail(error, STATUS_USAGE, NULL,
                    "Say what to look for: words, or their beginnings.");
    status = county_query(county, search_sql, (const char *[]){buf_text(&query), number}, 2,
                          &result, error);
    if (status == STATUS_OK)
        status = log_look(county, "search", buf_text(&query), PQntuples(result), error);
    for (int i = 0; status == STATUS_OK && i < PQntuples(result); i++) {
        (json ? put_json : put_line)(result, i, &text);
        buf_putc(&text, '\n');
    }
    if (status == STATUS_OK && !json && PQntuples(result) == 0)
        buf_puts(&text, "There are no such decisions.\n");
    fputs(buf_text(&text), out);
    PQclear(result);
    buf_release(&query);
    buf_release(&text);
    return status;
}

/* --- Counting ----------------------------------------------------------------------------- */

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
    {"states", "By where they stand", SUMS("state")},
    {"decided", "By what was decided", SUMS("decided")},
    {"departed", "Departed from the recommendation, by what was decided", SUMS("departed")},
    {"urgent", "Urgent, by what was decided", SUMS("urgent")},
    {"teams", "By team",
     "SELECT s.name || coalesce(' / ' || nullif(f.name, ''), ''), sum(f.count) FROM figure f "
     "JOIN store s USING (store) WHERE f.what = 'team' AND f.month >= $1::date "
     "GROUP BY 1 HAVING sum(f.count) <> 0 ORDER BY 2 DESC, 1"},
    {"agreements", "By agreement", SUMS("agreement")},
    {"reviews", "Reviews, by verdict", SUMS("verdict")},
    {"months", "By month signed",
     "SELECT to_char(month, 'YYYY-MM'), sum(count) FROM figure WHERE what = 'state' "
     "AND month >= $1::date GROUP BY 1 HAVING sum(count) <> 0 ORDER BY 1"},
    {"refused", "Receipts with something refused, by reason",
     "SELECT reason, count(*) FROM receipt WHERE refused > 0 AND at >= $1::date "
     "GROUP BY 1 ORDER BY 2 DESC, 1"},
};

static json_t *figure_json(const PGresult *result)
{
    json_t *list = body_list();

    for (int i = 0; i < PQntuples(result); i++) {
        json_t *object = body_object();

        body_put_text(object, "label", PQgetvalue(result, i, 0));
        body_put_number(object, "count", strtoll(PQgetvalue(result, i, 1), NULL, 10));
        body_append(list, object);
    }
    return list;
}

static void figure_lines(const PGresult *result, const char *title, struct buf *out)
{
    if (PQntuples(result) == 0)
        return;
    buf_printf(out, "%s%s\n", out->length ? "\n" : "", title);
    for (int i = 0; i < PQntuples(result); i++) {
        const char *label = PQgetvalue(result, i, 0);

        buf_printf(out, "%10s  ", PQgetvalue(result, i, 1));
        utf8_printable(out, label, strlen(label), false);
        buf_putc(out, '\n');
    }
}

static enum status count_all(struct county *county, const char *since, json_t *object,
                             struct buf *out, struct error *error)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < COUNT(figures); i++) {
        PGresult *result;

        status =
            county_query(county, figures[i].sql, (const char *[]){since}, 1, &result, error);
        if (status != STATUS_OK)
            break;
        if (object)
            body_put(object, figures[i].id, figure_json(result));
        else
            figure_lines(result, figures[i].title, out);
        PQclear(result);
    }
    return status;
}

/* All figures are of the same moment. */
enum status register_figures(struct county *county, const char *since, bool json, FILE *out,
                             struct error *error)
{
    json_t *object = json ? body_object() : NULL;
    struct buf text = {0};
    enum status status = county_run(county, "BEGIN ISOLATION LEVEL REPEATABLE READ", error);

    if (status == STATUS_OK)
        status = count_all(county, since, object, &text, error);
    if (status == STATUS_OK)
        status = log_look(county, "figures", "", 0, error);
    status = county_end(county, status, error);
    if (object && status == STATUS_OK) {
        body_write(object, &text);
        buf_putc(&text, '\n');
    } else {
        json_decref(object);
    }
    if (status == STATUS_OK)
        fputs(buf_text(&text), out);
    buf_release(&text);
    return status;
}
