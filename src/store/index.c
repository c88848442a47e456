/* SPDX-License-Identifier: MIT */
/* What of a record stands in the search index, and its way in and out. */
#include "store/index.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "record/parsed.h"
#include "record/split.h"

#define FILTER_MARK "\xee\x80\x80" /* U+E000: in no word of a text */
#define FILTER_BYTES 6             /* of a digest: what a query finds is checked again */
#define OF_HEAD 3                  /* filters that stay when a record is erased */
#define BEHIND_MAX 64              /* entries that the index may be behind the log */

/* --- Filters as words --------------------------------------------------------------------- */

void index_filter_word(const char *name, const char *value, struct buf *out)
{
    struct digest digest =
        digest_of((struct span[]){{name, strlen(name) + 1}, {value, strlen(value)}}, 2);
    char hex[2 * FILTER_BYTES + 1];

    sodium_bin2hex(hex, sizeof(hex), digest.byte, FILTER_BYTES);
    buf_puts(out, FILTER_MARK);
    buf_puts(out, hex);
}

void index_month(date day, char text[MONTH_SIZE])
{
    char iso[DATE_SIZE];

    date_iso(day, iso);
    snprintf(text, MONTH_SIZE, "%.7s", iso);
}

/* Each with a blank after it. Of what is erased there is left what its head says. */
static void add_filters(const struct summary *summary, bool erased, struct buf *out)
{
    char month[MONTH_SIZE], keep[MONTH_SIZE] = "";
    const struct {
        const char *name, *value; /* "": not there */
    } filters[] = {
        {"author", summary->author},
        {"month", month},
        {"practice", summary->practice ? "yes" : "no"},
        {"outcome", outcome_id(summary->decided)}, /* the first of a body's own */
        {"agreement", summary->agreement},
        {"programme", summary->programme},
        {"purpose", summary->purpose},
        {"team", summary->team},
        {"subject", summary->pseudonym},
        {"keep", keep},
        {"departed", summary->departed ? "yes" : ""},
        {"urgent", summary->urgent ? "yes" : ""},
        {"countersign", summary->countersign ? "yes" : ""},
        {"unfinished", summary->unfinished ? "yes" : ""},
    };

    index_month(moment_date(summary->signed_at), month);
    if (!erased && summary->keep_until != DATE_NONE)
        index_month(summary->keep_until, keep);
    for (size_t i = 0; i < (erased ? OF_HEAD : COUNT(filters)); i++) {
        if (filters[i].value[0]) {
            index_filter_word(filters[i].name, filters[i].value, out);
            buf_putc(out, ' ');
        }
    }
}

/* --- Words -------------------------------------------------------------------------------- */

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The words of a text that was folded, each once, in order. */
size_t index_split(const char *text, size_t length, struct arena *arena, char ***ret_words)
{
    char **words = NULL;
    size_t count = 0, room = 0, kept = 0, at = 0;
    struct word word;

    while (split_next(text, length, &at, &word)) {
        if (count == room) {
            room = room ? 2 * room : 64;
            words = arena_grow(arena, words, count, room, sizeof(*words));
        }
        words[count++] = arena_strndup(arena, text + word.at, word.length);
    }
    if (count)
        qsort(words, count, sizeof(*words), compare_words);
    for (size_t i = 0; i < count; i++) {
        if (!kept || strcmp(words[kept - 1], words[i]) != 0)
            words[kept++] = words[i];
    }
    *ret_words = words;
    return kept;
}

/* The words of a body, each with a blank after it. */
static void add_words(const json_t *body, struct arena *arena, struct indexed *indexed)
{
    struct buf folded = {0};

    body_words(body, &folded);
    indexed->count = index_split(buf_text(&folded), folded.length, arena, &indexed->word);
    for (size_t i = 0; i < indexed->count; i++) {
        buf_puts(&indexed->text, indexed->word[i]);
        buf_putc(&indexed->text, ' ');
    }
    buf_release(&folded);
}

enum status index_of(struct stored_entry *stored, struct arena *arena, struct indexed *indexed,
                     struct error *error)
{
    const struct entry *entry = &stored->entry;
    struct summary summary = {.author = entry->author};
    enum status status = STATUS_OK;

    *indexed = (struct indexed){.count = 0};
    buf_putc(&indexed->text, ' ');
    if (entry->body) {
        status = stored_body(stored, error);
        if (status == STATUS_OK)
            status = body_summarise(stored->body, arena, &summary, error);
        if (status == STATUS_OK)
            add_words(stored->body, arena, indexed);
    }
    summary.signed_at = entry->at; /* as lists have it */
    if (status == STATUS_OK)
        add_filters(&summary, !entry->body, &indexed->text);
    return status;
}

enum status index_load(struct database *database, int64_t sequence, struct arena *arena,
                       struct indexed *indexed, struct error *error)
{
    struct stored_entry stored;
    struct raw_entry raw;
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status = query(
        database, &statement, error,
        "SELECT " ENTRY_COLUMNS " FROM " ENTRY_TABLES " WHERE entry.seq = ?", "i", sequence);

    *indexed = (struct indexed){.count = 0};
    if (status == STATUS_OK)
        status = query_row(database, statement, &row, error);
    if (status == STATUS_OK && row) {
        raw_of_row(statement, arena, &raw);
        status = entry_of_checked(&raw, &stored, error);
    }
    query_done(statement);
    if (status == STATUS_OK && row) {
        status = index_of(&stored, arena, indexed, error);
        stored_release(&stored);
    }
    return status;
}

/* --- In and out --------------------------------------------------------------------------- */

static enum status put(struct database *database, int64_t sequence,
                       const struct indexed *indexed, struct error *error)
{
    enum status status =
        query_run(database, error, "INSERT INTO words (rowid, text) VALUES (?, ?)", "iT",
                  sequence, buf_text(&indexed->text), indexed->text.length);

    for (size_t i = 0; i < indexed->count && status == STATUS_OK; i++)
        status = query_run(database, error, "INSERT OR IGNORE INTO term VALUES (?)", "t",
                           indexed->word[i]);
    return status;
}

/* A word that stands in no other record leaves nothing behind. */
static enum status forget_word(struct database *database, const char *word, struct error *error)
{
    char *quoted = xasprintf("\"%s\"", word);
    int64_t found;
    enum status status =
        query_number(database, 0, &found, error,
                     "SELECT rowid FROM words WHERE words MATCH ? LIMIT 1", "t", quoted);

    if (status == STATUS_OK && !found)
        status = query_run(database, error, "DELETE FROM term WHERE word = ?", "t", word);
    free(quoted);
    return status;
}

static enum status drop(struct database *database, int64_t sequence,
                        const struct indexed *indexed, struct error *error)
{
    enum status status = query_run(
        database, error, "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)", "iT",
        sequence, buf_text(&indexed->text), indexed->text.length);

    for (size_t i = 0; i < indexed->count && status == STATUS_OK; i++)
        status = forget_word(database, indexed->word[i], error);
    return status;
}

enum status index_upto(struct database *database, int64_t *ret_sequence, struct error *error)
{
    return query_number(database, 0, ret_sequence, error, "SELECT indexed FROM projection", "");
}

static enum status change(struct database *database, int64_t sequence,
                          enum status (*how)(struct database *database, int64_t sequence,
                                             const struct indexed *indexed,
                                             struct error *error),
                          struct error *error)
{
    struct indexed indexed = {0};
    struct arena arena = {0};
    int64_t upto;
    enum status status = index_upto(database, &upto, error);

    if (status == STATUS_OK && sequence <= upto) {
        status = index_load(database, sequence, &arena, &indexed, error);
        if (status == STATUS_OK)
            status = how(database, sequence, &indexed, error);
    }
    buf_release(&indexed.text);
    arena_release(&arena);
    return status;
}

enum status index_put(struct database *database, int64_t sequence, struct error *error)
{
    return change(database, sequence, put, error);
}

enum status index_drop(struct database *database, int64_t sequence, struct error *error)
{
    return change(database, sequence, drop, error);
}

/* Takes in all that the index does not have yet. */
static enum status catch_up(struct database *database, int64_t upto, int64_t newest,
                            struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = true;
    enum status status =
        query_run(database, error, "UPDATE projection SET indexed = ?", "i", newest);

    if (status == STATUS_OK)
        status = query(database, &statement, error,
                       "SELECT seq FROM decision WHERE seq > ? ORDER BY seq", "i", upto);
    while (status == STATUS_OK) {
        status = query_row(database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        status = index_put(database, sqlite3_column_int64(statement, 0), error);
    }
    query_done(statement);
    return status;
}

enum status index_settle(struct database *database, int64_t newest, struct error *error)
{
    int64_t upto;
    enum status status = index_upto(database, &upto, error);

    return status == STATUS_OK && newest - upto >= BEHIND_MAX
               ? catch_up(database, upto, newest, error)
               : status;
}
