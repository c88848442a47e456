/* SPDX-License-Identifier: MIT */
/* The stretches of a list: which author or month comes next, by one look into an index. */
#include "store/stretch.h"

#include <stdio.h>
#include <string.h>

static bool is_set(const char *text)
{
    return text && text[0];
}

/* Everything else has an order of its own. */
static bool is_by_author(const struct log_query *query)
{
    return query->order == LOG_BY_AUTHOR && !query->reviewable && !is_set(query->search) &&
           !query->overdue && !query->retention_due;
}

/* --- Authors ------------------------------------------------------------------------------ */

/* Takes the author that a statement finds; ended if it finds none. */
static enum status take_author(struct store *store, struct stretch *stretch, enum status status,
                               sqlite3_stmt *statement, struct error *error)
{
    bool row = false;

    if (status == STATUS_OK)
        status = query_row(store->database, statement, &row, error);
    if (status == STATUS_OK && row)
        snprintf(stretch->author, sizeof(stretch->author), "%s", column_text(statement, 0));
    query_done(statement);
    stretch->ended = !row || !stretch->author[0];
    return status;
}

/* Of those after (or before) the author of the stretch. */
static enum status find_author(struct store *store, struct stretch *stretch,
                               struct error *error)
{
    char than[sizeof(stretch->author)];
    sqlite3_stmt *statement = NULL;
    enum status status;

    snprintf(than, sizeof(than), "%s", stretch->author);
    stretch->author[0] = '\0';
    if (stretch->query.backwards)
        status = query(store->database, &statement, error,
                       "SELECT max(author) FROM tally WHERE ?1 = '' OR author < ?1", "t", than);
    else
        status = query(store->database, &statement, error,
                       "SELECT min(author) FROM tally WHERE author > ?1", "t", than);
    return take_author(store, stretch, status, statement, error);
}

static enum status find_author_of(struct store *store, struct stretch *stretch,
                                  struct error *error)
{
    sqlite3_stmt *statement = NULL;
    enum status status =
        query(store->database, &statement, error,
              "SELECT author FROM decision WHERE ref = (SELECT ref FROM entry WHERE seq = ?)",
              "i", stretch->query.after);

    return take_author(store, stretch, status, statement, error);
}

static enum status begin_authors(struct store *store, struct stretch *stretch,
                                 struct error *error)
{
    enum status status = STATUS_OK;

    stretch->query.order = LOG_OLDEST_FIRST;
    if (stretch->query.mine || is_set(stretch->query.author))
        return STATUS_OK; /* of one author there is one stretch */
    stretch->by = STRETCH_AUTHOR;
    status = stretch->query.after ? find_author_of(store, stretch, error)
                                  : find_author(store, stretch, error);
    stretch->query.author = stretch->author;
    return status;
}

/* --- Months ------------------------------------------------------------------------------- */

#define KEEP "SELECT keep_until FROM decision WHERE keep_until > -2147483648 AND keep_until "

static date first_of_month(date day)
{
    char iso[DATE_SIZE];
    date first = day;

    date_iso(day, iso);
    memcpy(iso + sizeof("2026-09-") - 1, "01", 2);
    return date_parse(iso, &first) ? first : day;
}

/* The month of the first day from `day` on (or the last before it) on which something may go.
 */
static enum status find_month(struct store *store, struct stretch *stretch, int64_t day,
                              struct error *error)
{
    int64_t found = DATE_NONE;
    enum status status;

    if (stretch->query.backwards)
        status = query_number(store->database, DATE_NONE, &found, error,
                              KEEP "< ? ORDER BY keep_until DESC LIMIT 1", "i", day);
    else
        status = query_number(store->database, DATE_NONE, &found, error,
                              KEEP ">= ? ORDER BY keep_until LIMIT 1", "i", day);
    stretch->ended =
        found == DATE_NONE || (stretch->query.retention_due && !stretch->query.backwards &&
                               found > stretch->query.today);
    if (!stretch->ended)
        stretch->month = first_of_month((date)found);
    return status;
}

static enum status begin_months(struct store *store, struct stretch *stretch,
                                struct error *error)
{
    const struct log_query *query = &stretch->query;
    int64_t day = query->backwards ? INT32_MAX : DATE_NONE;
    enum status status = STATUS_OK;

    stretch->by = STRETCH_MONTH;
    if (query->after)
        status = query_number(store->database, day, &day, error,
                              "SELECT keep_until FROM decision WHERE ref = (SELECT ref FROM "
                              "entry WHERE seq = ?)",
                              "i", query->after);
    if (status == STATUS_OK)
        status =
            find_month(store, stretch, query->after && query->backwards ? day + 1 : day, error);
    return status;
}

/* ------------------------------------------------------------------------------------------ */

enum status stretch_first(struct store *store, const struct log_query *query,
                          struct stretch *ret_stretch, struct error *error)
{
    bool months = false;
    enum status status;

    *ret_stretch = (struct stretch){.query = *query, .by = STRETCH_ALL};
    if (is_by_author(query))
        return begin_authors(store, ret_stretch, error);
    status = select_by_months(store, query, &months, error);
    return status == STATUS_OK && months ? begin_months(store, ret_stretch, error) : status;
}

enum status stretch_next(struct store *store, struct stretch *stretch, struct error *error)
{
    switch (stretch->by) {
    case STRETCH_AUTHOR:
        stretch->query.after = 0; /* was in the one before */
        return find_author(store, stretch, error);
    case STRETCH_MONTH:
        return find_month(store, stretch,
                          stretch->query.backwards ? stretch->month
                                                   : date_add_months(stretch->month, 1),
                          error);
    default:
        stretch->ended = true;
        return STATUS_OK;
    }
}
