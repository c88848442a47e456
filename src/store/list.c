/* SPDX-License-Identifier: MIT */
/* Lists: pages of decisions, how many there are, and single ones. The way to a page is
 * select.c's. */
#include <string.h>

#include "base/utf8.h"
#include "store/stretch.h"

#define LIMIT_MAX 200
#define STEPS_BETWEEN_ASKING 1000 /* of SQLite's machine: a fraction of a millisecond */

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

static size_t page_limit(const struct log_query *query)
{
    return query->limit < 1 ? 1 : query->limit > LIMIT_MAX ? LIMIT_MAX : query->limit;
}

/* Adds what there is of one stretch, up to `limit` rows in all. */
static enum status run_stretch(struct store *store, const struct stretch *stretch, size_t limit,
                               struct arena *arena, struct window *window, struct error *error)
{
    struct selection selection = {0};
    sqlite3_stmt *statement = NULL;
    size_t count = 0;
    enum status status = select_page(store, &stretch->query,
                                     stretch->by == STRETCH_MONTH ? &stretch->month : NULL,
                                     limit - window->count, &selection, error);

    if (status == STATUS_OK)
        status = select_ready(store, &selection, &statement, error);
    if (status == STATUS_OK)
        status = take_rows(store, statement, arena, limit - window->count,
                           window->row + window->count, &count, error);
    sqlite3_finalize(statement);
    selection_release(&selection);
    window->count += count;
    return status;
}

static enum status run_page(struct store *store, const struct log_query *query,
                            struct arena *arena, struct window *window, struct error *error)
{
    size_t limit = page_limit(query) + 1; /* one more, to see whether there is more */
    struct stretch stretch;
    enum status status = stretch_first(store, query, &stretch, error);

    window->row = arena_alloc(arena, limit * sizeof(*window->row));
    while (status == STATUS_OK && !stretch.ended && window->count < limit) {
        status = run_stretch(store, &stretch, limit, arena, window, error);
        if (status == STATUS_OK)
            status = stretch_next(store, &stretch, error);
    }
    return status;
}

enum status store_list(struct store *store, const struct log_query *query, struct arena *arena,
                       struct window *ret_window, struct error *error)
{
    struct window window = {0};
    enum status status = run_page(store, query, arena, &window, error);
    bool more;

    if (status != STATUS_OK)
        return status;
    more = window.count > page_limit(query);
    window.count -= more;
    if (query->backwards)
        reverse(window.row, window.count);
    window.more_after = query->backwards ? query->after != 0 : more;
    window.more_before = query->backwards ? more : query->after != 0;
    *ret_window = window;
    return STATUS_OK;
}

/* --- Counting ----------------------------------------------------------------------------- */

struct asking {
    bool (*going)(void *data);
    void *data;
    bool stopped;
};

static int ask_whether_to_go_on(void *data)
{
    struct asking *asking = data;

    asking->stopped = !asking->going(asking->data);
    return asking->stopped;
}

static enum status run_count(struct store *store, const struct selection *selection,
                             struct asking *asking, int64_t *ret_count, struct error *error)
{
    sqlite3 *db = database_handle(store->database);
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status = select_ready(store, selection, &statement, error);

    if (status != STATUS_OK)
        return status;
    if (asking->going)
        sqlite3_progress_handler(db, STEPS_BETWEEN_ASKING, ask_whether_to_go_on, asking);
    status = query_row(store->database, statement, &row, error);
    sqlite3_progress_handler(db, 0, NULL, NULL);
    if (status == STATUS_OK)
        *ret_count = sqlite3_column_int64(statement, 0);
    else if (asking->stopped)
        status = fail(error, STATUS_FAILED, NULL, "The count was stopped before its end.");
    sqlite3_finalize(statement);
    return status;
}

enum status store_count(struct store *store, const struct log_query *query,
                        bool (*going)(void *data), void *data, int64_t *ret_count,
                        struct error *error)
{
    struct asking asking = {.going = going, .data = data};
    struct selection selection = {0};
    enum status status = select_count(store, query, &selection, error);

    if (status == STATUS_OK)
        status = run_count(store, &selection, &asking, ret_count, error);
    selection_release(&selection);
    return status;
}

/* --- Single ones -------------------------------------------------------------------------- */

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

enum status store_excerpt(struct store *store, int64_t sequence, const char *search, int cells,
                          struct arena *arena, struct excerpt *ret_excerpt, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    struct excerpt excerpt = {.text = ""};
    bool row = false;
    enum status status = query(store->database, &statement, error,
                               "SELECT body FROM body WHERE seq = ?", "i", sequence);

    if (status == STATUS_OK)
        status = query_row(store->database, statement, &row, error);
    if (status == STATUS_OK && row)
        status = record_excerpt(column_text(statement, 0),
                                (size_t)sqlite3_column_bytes(statement, 0), search, cells,
                                arena, &excerpt, error);
    query_done(statement);
    if (status == STATUS_OK)
        *ret_excerpt = excerpt;
    return status;
}

/* --- Duplicates --------------------------------------------------------------------------- */

#define US_PER_DAY INT64_C(86400000000)

static bool same_folded(const char *one, const char *other)
{
    struct buf a = {0}, b = {0};
    bool same;

    utf8_fold(&a, one, strlen(one));
    utf8_fold(&b, other, strlen(other));
    same = strcmp(buf_text(&a), buf_text(&b)) == 0;
    buf_release(&a);
    buf_release(&b);
    return same;
}

static bool is_duplicate(const struct row *row, const char *recipient, const char *except,
                         struct moment now)
{
    const struct summary *summary = &row->summary;

    return row->state != STATE_ERASED &&
           summary->signed_at.us >= now.us - DUPLICATE_DAYS * US_PER_DAY &&
           same_folded(summary->recipient, recipient) &&
           !(except && strcmp(summary->reference, except) == 0);
}

enum status store_duplicates(struct store *store, const char *pseudonym, const char *recipient,
                             const char *except, struct moment now, size_t most,
                             struct arena *arena, struct row **ret_rows, size_t *ret_count,
                             struct error *error)
{
    struct log_query query = {.pseudonym = pseudonym, .limit = LIMIT_MAX};
    struct row *rows = arena_alloc(arena, (most + 1) * sizeof(*rows));
    struct window window = {0};
    size_t count = 0;
    enum status status = STATUS_OK;

    if (pseudonym[0]) /* of a person without a name there is nothing to compare */
        status = store_list(store, &query, arena, &window, error);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < window.count && count < most; i++) {
        if (is_duplicate(&window.row[i], recipient, except, now))
            rows[count++] = window.row[i];
    }
    *ret_rows = rows;
    *ret_count = count;
    return STATUS_OK;
}

void store_pseudonym(const struct store *store, const char *name, const char *born,
                     char hex[DIGEST_HEX_SIZE])
{
    pseudonym_of(store->keys->pseudonym, name, born ? born : "", hex);
}
