/* SPDX-License-Identifier: MIT */
/* What is looked for, taken apart. Looks for nothing but the words that a beginning may be. */
#include "store/wanted.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "store/index.h"

#define PREFIX_INDEXED 3 /* characters: see the table "words" */
#define TERMS_MAX 64     /* words that a beginning is turned into */
#define LAST_CHARACTER "\xf4\x8f\xbf\xbf"

void wanted_release(struct wanted *wanted)
{
    buf_release(&wanted->match);
    arena_release(&wanted->arena);
}

/* Room for a part with so many texts. */
static struct wanted_part *add_part(struct wanted *wanted, size_t count)
{
    struct wanted_part *part;

    if (wanted->count == wanted->room) {
        wanted->room = wanted->room ? 2 * wanted->room : 8;
        wanted->part = arena_grow(&wanted->arena, wanted->part, wanted->count, wanted->room,
                                  sizeof(*wanted->part));
    }
    part = &wanted->part[wanted->count++];
    *part =
        (struct wanted_part){.text = arena_alloc(&wanted->arena, count * sizeof(*part->text))};
    if (wanted->match.length)
        buf_puts(&wanted->match, " AND ");
    return part;
}

void wanted_filter(struct wanted *wanted, const char *name, const char *const *value,
                   size_t count)
{
    struct wanted_part *part = add_part(wanted, count);
    struct buf word = {0};

    buf_putc(&wanted->match, '(');
    for (size_t i = 0; i < count; i++) {
        buf_clear(&word);
        index_filter_word(name, value[i], &word);
        buf_printf(&wanted->match, "%s\"%s\"", i ? " OR " : "", buf_text(&word));
        part->text[part->count++] = arena_printf(&wanted->arena, " %s ", buf_text(&word));
    }
    buf_putc(&wanted->match, ')');
    buf_release(&word);
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
static enum status add_alternatives(struct wanted *wanted, struct database *database,
                                    const char *word, struct error *error)
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
    if (count > TERMS_MAX)
        buf_printf(&wanted->match, "\"%s\"*", word);
    else
        buf_printf(&wanted->match, "(%s)", count ? buf_text(&list) : "\"\"");
    wanted->none = wanted->none || !count;
    buf_release(&list);
    free(last);
    return status;
}

static enum status add_typed(struct wanted *wanted, struct database *database, const char *word,
                             struct error *error)
{
    struct wanted_part *part = add_part(wanted, 1);

    part->text[part->count++] = arena_printf(&wanted->arena, " %s", word);
    if (characters(word, strlen(word)) > PREFIX_INDEXED)
        return add_alternatives(wanted, database, word, error);
    buf_printf(&wanted->match, "\"%s\"*", word);
    return STATUS_OK;
}

enum status wanted_typed(struct wanted *wanted, struct database *database, const char *typed,
                         struct error *error)
{
    struct buf folded = {0};
    struct arena arena = {0};
    enum status status = STATUS_OK;
    char **word;
    size_t count;

    utf8_fold(&folded, typed, strlen(typed));
    count = index_split(buf_text(&folded), folded.length, &arena, &word);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = add_typed(wanted, database, word[i], error);
    buf_release(&folded);
    arena_release(&arena);
    return status;
}

/* --- Looking through ---------------------------------------------------------------------- */

static bool part_in(const struct wanted_part *part, const char *text)
{
    for (size_t i = 0; i < part->count; i++) {
        if (strstr(text, part->text[i]))
            return true;
    }
    return false;
}

bool wanted_in(const struct wanted *wanted, const char *text)
{
    for (size_t i = 0; i < wanted->count; i++) {
        if (!part_in(&wanted->part[i], text))
            return false;
    }
    return true;
}
