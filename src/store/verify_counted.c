/* SPDX-License-Identifier: MIT */
/* What is counted of decisions: by each decision as it is made again, and by the tables that
 * are kept. The search index counts how often a record has a word: once. */
#include <string.h>

#include "store/index.h"
#include "store/verify.h"

#define FILTER_WORDS "\xee\x80\x80" /* what begins so is no word of a text (index.c) */

/* --- Of decisions ------------------------------------------------------------------------- */

static void add(const struct verify *verify, struct sum *sum, struct buf *thing, int64_t times)
{
    sum_add(sum, verify->key, buf_text(thing), thing->length, times);
    buf_release(thing);
}

static void add_figure(const struct verify *verify, struct sum *sum, int64_t day,
                       const char *what, const char *name, int64_t count, int64_t total)
{
    struct buf thing = {0};

    buf_printf(&thing, "%lld %s %s", (long long)day, what, name);
    sum_add(sum, verify->key, buf_text(&thing), thing.length, count);
    buf_puts(&thing, " total");
    add(verify, sum, &thing, total);
}

enum status count_figure(void *data, const struct figure_of *figure, struct error *error)
{
    const struct counting *counting = data;

    (void)error;
    add_figure(counting->verify, &counting->counted->figures, figure->day,
               figure_id(figure->kind), figure->name, figure->count, figure->total);
    return STATUS_OK;
}

void count_tally(struct counting *counting, const char *author, const char *state,
                 int64_t times)
{
    struct buf thing = {0};

    buf_printf(&thing, "%s %s", author, state);
    add(counting->verify, &counting->counted->tally, &thing, times);
}

static void add_word(const struct verify *verify, struct sum *sum, const char *word,
                     size_t length, int64_t sequence, struct buf *thing)
{
    buf_clear(thing);
    buf_add(thing, word, length);
    buf_add(thing, &sequence, sizeof(sequence));
    sum_add(sum, verify->key, thing->text, thing->length, 1);
}

enum status count_words(struct counting *counting, struct stored_entry *newest,
                        struct arena *arena, struct error *error)
{
    struct indexed indexed = {0};
    struct buf thing = {0};
    enum status status = index_of(newest, arena, &indexed, error);

    for (const char *at = buf_text(&indexed.text); status == STATUS_OK && *at;) {
        size_t length = strcspn(at, " ");

        if (length)
            add_word(counting->verify, &counting->counted->words, at, length,
                     newest->entry.sequence, &thing);
        at += length + (at[length] == ' ');
    }
    buf_release(&indexed.text);
    buf_release(&thing);
    return status;
}

/* --- Of tables ---------------------------------------------------------------------------- */

/* Gives each row to `take`. */
static enum status each_row(struct database *database, enum status status,
                            sqlite3_stmt *statement, struct counting *counting,
                            void (*take)(sqlite3_stmt *row, struct counting *counting),
                            struct error *error)
{
    bool row = true;

    while (status == STATUS_OK) {
        status = query_row(database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        take(statement, counting);
    }
    query_done(statement);
    return status;
}

static void take_tally(sqlite3_stmt *row, struct counting *counting)
{
    count_tally(counting, column_text(row, 0), column_text(row, 1),
                sqlite3_column_int64(row, 2));
}

static void take_figure(sqlite3_stmt *row, struct counting *counting)
{
    add_figure(counting->verify, &counting->counted->figures, sqlite3_column_int64(row, 0),
               column_text(row, 1), column_text(row, 2), sqlite3_column_int64(row, 3),
               sqlite3_column_int64(row, 4));
}

enum status counted_in_tables(struct verify *verify, struct counted *ret_counted,
                              struct error *error)
{
    struct database *database = verify->store->database;
    struct counted counted = {.decisions = 0};
    struct counting counting = {verify, &counted};
    sqlite3_stmt *statement = NULL;
    enum status status =
        query(database, &statement, error, "SELECT author, state, count FROM tally", "");

    status = each_row(database, status, statement, &counting, take_tally, error);
    if (status == STATUS_OK)
        status = query(database, &statement, error,
                       "SELECT day, what, name, count, total FROM figure", "");
    if (status == STATUS_OK)
        status = each_row(database, status, statement, &counting, take_figure, error);
    if (status == STATUS_OK)
        status = query_number(database, 0, &counted.names, error,
                              "SELECT count(*) FROM known_as", "");
    if (status == STATUS_OK)
        *ret_counted = counted;
    return status;
}

/* --- Of the search index ------------------------------------------------------------------ */

/* Two lists in the same order: what the index has, and the terms. */
struct listing {
    const struct verify *verify;
    struct database *database;
    sqlite3_stmt *index, *terms;
    struct buf last, thing; /* the word before */
    struct sum words;
};

static enum status differ(struct error *error)
{
    return fail(error, STATUS_DAMAGED, "Put the store back from a backup.",
                "The log is whole, but the table of terms does not follow from it.");
}

/* The next of the terms must be this one. */
static enum status check_term(struct listing *listing, const char *word, struct error *error)
{
    bool row = false;
    enum status status = query_row(listing->database, listing->terms, &row, error);

    if (status == STATUS_OK && (!row || strcmp(column_text(listing->terms, 0), word) != 0))
        status = differ(error);
    return status;
}

static enum status take_word(struct listing *listing, struct error *error)
{
    const char *word = column_text(listing->index, 0);
    size_t length = (size_t)sqlite3_column_bytes(listing->index, 0);

    add_word(listing->verify, &listing->words, word, length,
             sqlite3_column_int64(listing->index, 1), &listing->thing);
    if (strncmp(word, FILTER_WORDS, sizeof(FILTER_WORDS) - 1) == 0 ||
        strcmp(word, buf_text(&listing->last)) == 0)
        return STATUS_OK;
    buf_clear(&listing->last);
    buf_add(&listing->last, word, length);
    return check_term(listing, word, error);
}

static enum status list_words(struct listing *listing, struct error *error)
{
    bool row = true;
    enum status status = query(listing->database, &listing->index, error,
                               "SELECT term, doc FROM temp.vocabulary", "");

    if (status == STATUS_OK)
        status = query(listing->database, &listing->terms, error,
                       "SELECT word FROM term ORDER BY word", "");
    while (status == STATUS_OK) {
        status = query_row(listing->database, listing->index, &row, error);
        if (status != STATUS_OK || !row)
            break;
        status = take_word(listing, error);
    }
    if (status == STATUS_OK)
        status = query_row(listing->database, listing->terms, &row, error);
    return status == STATUS_OK && row ? differ(error) : status;
}

enum status counted_in_index(const struct verify *verify, struct database *database,
                             struct sum *ret_words, struct error *error)
{
    struct listing listing = {.verify = verify, .database = database};
    enum status status = query_run(
        database, error,
        "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, words, instance)", "");

    if (status == STATUS_OK)
        status = list_words(&listing, error);
    query_done(listing.index);
    query_done(listing.terms);
    buf_release(&listing.last);
    buf_release(&listing.thing);
    if (status == STATUS_OK)
        *ret_words = listing.words;
    return status;
}
