/* SPDX-License-Identifier: MIT */
/* What of a record stands in the search index, and how it is asked for. */
#include "store/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "record/split.h"

#define FILTER_MARK "\xee\x80\x80" /* U+E000: in no word of a text */
#define FILTER_BYTES 6             /* of a digest: what a query finds is checked again */
#define PREFIX_INDEXED 3           /* characters: see the table "words" */
#define TERMS_MAX 64               /* words that a beginning is turned into */
#define LAST_CHARACTER "\xf4\x8f\xbf\xbf"

/* --- Filters as words --------------------------------------------------------------------- */

static void add_filter(const char *name, const char *value, struct buf *out)
{
    struct digest digest =
        digest_of((struct span[]){{name, strlen(name) + 1}, {value, strlen(value)}}, 2);

    buf_puts(out, FILTER_MARK);
    for (size_t i = 0; i < FILTER_BYTES; i++)
        buf_printf(out, "%02x", digest.byte[i]);
}

void index_month(date day, char text[MONTH_SIZE])
{
    char iso[DATE_SIZE];

    date_iso(day, iso);
    snprintf(text, MONTH_SIZE, "%.7s", iso);
}

const char *index_priority(bool early)
{
    return early ? "early" : "late";
}

/* Each with a blank before it. */
static void add_filters(const struct summary *summary, struct buf *out)
{
    char month[MONTH_SIZE];
    const struct {
        const char *name, *value; /* "": not there */
    } filters[] = {
        {"author", summary->author},
        {"outcome", outcome_id(summary->decided)},
        {"agreement", summary->agreement},
        {"programme", summary->programme},
        {"purpose", summary->purpose},
        {"team", summary->team},
        {"month", month},
        {"departed", summary->departed ? "yes" : ""},
        {"urgent", summary->urgent ? "yes" : ""},
        {"countersign", summary->countersign ? "yes" : ""},
        {"unfinished", summary->unfinished ? "yes" : ""},
        {"practice", summary->practice ? "yes" : "no"},
        {"priority", index_priority(summary->departed || summary->urgent)},
    };

    index_month(moment_date(summary->signed_at), month);
    for (size_t i = 0; i < COUNT(filters); i++) {
        if (filters[i].value[0]) {
            buf_putc(out, ' ');
            add_filter(filters[i].name, filters[i].value, out);
        }
    }
}

static void begin_and(struct buf *out)
{
    if (out->length)
        buf_puts(out, " AND ");
}

void index_filter(const char *name, const char *const *value, size_t count, struct buf *out)
{
    begin_and(out);
    buf_putc(out, '(');
    for (size_t i = 0; i < count; i++) {
        buf_puts(out, i ? " OR \"" : "\"");
        add_filter(name, value[i], out);
        buf_putc(out, '"');
    }
    buf_putc(out, ')');
}

/* --- Words -------------------------------------------------------------------------------- */

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The words of a text that was folded, each once, in order. */
static size_t distinct_words(const char *text, size_t length, struct arena *arena,
                             char ***ret_words)
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

/* What the index has of an entry: the same bytes each time, or it could not be taken out. */
struct indexed {
    char **word;
    size_t count;
    struct buf text;
};

static enum status read_indexed(const char *body, size_t length, struct moment at,
                                struct arena *arena, struct indexed *indexed,
                                struct error *error)
{
    struct summary summary;
    struct buf folded = {0};
    enum status status = record_summarise(body, length, arena, &summary, error);

    if (status == STATUS_OK)
        status = record_words(body, length, &folded, error);
    if (status == STATUS_OK) {
        summary.signed_at = at; /* as lists have it */
        indexed->count =
            distinct_words(buf_text(&folded), folded.length, arena, &indexed->word);
        for (size_t i = 0; i < indexed->count; i++)
            buf_printf(&indexed->text, "%s ", indexed->word[i]);
        add_filters(&summary, &indexed->text);
    }
    buf_release(&folded);
    return status;
}

enum status index_add(struct database *database, const struct entry *entry, struct error *error)
{
    struct indexed indexed = {0};
    struct arena arena = {0};
    enum status status =
        read_indexed(entry->body, entry->length, entry->at, &arena, &indexed, error);

    if (status == STATUS_OK)
        status = query_run(database, error, "INSERT INTO words (rowid, text) VALUES (?, ?)",
                           "iT", entry->sequence, buf_text(&indexed.text), indexed.text.length);
    for (size_t i = 0; i < indexed.count && status == STATUS_OK; i++)
        status = query_run(database, error, "INSERT OR IGNORE INTO term VALUES (?)", "t",
                           indexed.word[i]);
    buf_release(&indexed.text);
    arena_release(&arena);
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

static enum status remove_words(struct database *database, int64_t sequence,
                                const struct indexed *indexed, struct error *error)
{
    enum status status = query_run(
        database, error, "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)", "iT",
        sequence, buf_text(&indexed->text), indexed->text.length);

    for (size_t i = 0; i < indexed->count && status == STATUS_OK; i++)
        status = forget_word(database, indexed->word[i], error);
    return status;
}

enum status index_remove(struct database *database, int64_t sequence, struct error *error)
{
    struct indexed indexed = {0};
    struct arena arena = {0};
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status =
        query(database, &statement, error,
              "SELECT body, json_extract(head, '$.at'), json_extract(head, '$.zone') FROM body "
              "JOIN entry ON entry.seq = body.seq WHERE body.seq = ?",
              "i", sequence);

    if (status == STATUS_OK)
        status = query_row(database, statement, &row, error);
    if (status == STATUS_OK && row)
        status =
            read_indexed(column_text(statement, 0), (size_t)sqlite3_column_bytes(statement, 0),
                         (struct moment){sqlite3_column_int64(statement, 1),
                                         (int16_t)sqlite3_column_int(statement, 2)},
                         &arena, &indexed, error);
    query_done(statement);
    if (status == STATUS_OK && row)
        status = remove_words(database, sequence, &indexed, error);
    buf_release(&indexed.text);
    arena_release(&arena);
    return status;
}

/* --- What is typed ------------------------------------------------------------------------ */

static size_t characters(const char *text, size_t length)
{
    size_t count = 0;
    uint32_t code;

    for (size_t at = 0; at < length; at += utf8_decode(text + at, length - at, &code))
        count++;
    return count;
}

/* Appends the words that begin so, as alternatives; the beginning itself if they are many. */
static enum status add_alternatives(struct database *database, const char *word,
                                    struct buf *out, size_t *ret_count, struct error *error)
{
    char *last = xasprintf("%s" LAST_CHARACTER, word);
    struct buf list = {0};
    sqlite3_stmt *statement = NULL;
    size_t count = 0;
    bool row = true;
    enum status status = query(database, &statement, error,
                               "SELECT word FROM term WHERE word >= ? AND word < ? LIMIT ?",
                               "tti", word, last, (int64_t)TERMS_MAX + 1);

    while (status == STATUS_OK && row) {
        status = query_row(database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        buf_printf(&list, "%s\"%s\"", count ? " OR " : "", column_text(statement, 0));
        count++;
    }
    query_done(statement);
    if (status == STATUS_OK && count > TERMS_MAX)
        buf_printf(out, "\"%s\"*", word);
    else if (status == STATUS_OK && count)
        buf_printf(out, "(%s)", buf_text(&list));
    buf_release(&list);
    free(last);
    *ret_count = count;
    return status;
}

static enum status add_typed(struct database *database, const char *word, struct buf *out,
                             bool *ret_none, struct error *error)
{
    size_t count = 1;
    enum status status = STATUS_OK;

    begin_and(out);
    if (characters(word, strlen(word)) <= PREFIX_INDEXED)
        buf_printf(out, "\"%s\"*", word);
    else
        status = add_alternatives(database, word, out, &count, error);
    if (!count)
        *ret_none = true;
    return status;
}

enum status index_typed(struct database *database, const char *typed, struct buf *out,
                        bool *ret_none, struct error *error)
{
    struct buf folded = {0};
    struct arena arena = {0};
    enum status status = STATUS_OK;
    char **word;
    size_t count;

    *ret_none = false;
    utf8_fold(&folded, typed, strlen(typed));
    count = distinct_words(buf_text(&folded), folded.length, &arena, &word);
    for (size_t i = 0; i < count && status == STATUS_OK && !*ret_none; i++)
        status = add_typed(database, word[i], out, ret_none, error);
    buf_release(&folded);
    arena_release(&arena);
    return status;
}
