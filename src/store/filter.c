/* SPDX-License-Identifier: MIT */
/* Filters in words, and those that a user keeps. One table says how each part of a query is
 * called; it is written and read by it. */
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "store/opened.h"

static const struct {
    const char *id, *words;
} orders[] = {
#define X(name, id, words) [LOG_##name] = {id, words},
    LOG_ORDER_TABLE(X)
#undef X
};

const char *log_order_id(enum log_order order)
{
    return orders[order].id;
}

const char *log_order_words(enum log_order order)
{
    return orders[order].words;
}

enum part_kind { PART_FLAG, PART_TEXT, PART_DAY, PART_SET, PART_ORDER };

static const char *state_name(int value)
{
    return state_id((enum state)value);
}

static const char *outcome_name(int value)
{
    return outcome_id((enum outcome)value);
}

static const char *order_name(int value)
{
    return log_order_id((enum log_order)value);
}

#define OFFSET(member) offsetof(struct log_query, member)
static const struct part {
    const char *id;
    enum part_kind kind;
    size_t offset;
    const char *(*name)(int value); /* of a set, or the order */
    int count;
} parts[] = {
    {"queue", PART_FLAG, OFFSET(reviewable), NULL, 0},
    {"mine", PART_FLAG, OFFSET(mine), NULL, 0},
    {"state", PART_SET, OFFSET(states), state_name, STATE_COUNT},
    {"outcome", PART_SET, OFFSET(outcomes), outcome_name, OUTCOME_COUNT},
    {"author", PART_TEXT, OFFSET(author), NULL, 0},
    {"team", PART_TEXT, OFFSET(team), NULL, 0},
    {"agreement", PART_TEXT, OFFSET(agreement), NULL, 0},
    {"programme", PART_TEXT, OFFSET(programme), NULL, 0},
    {"person", PART_TEXT, OFFSET(pseudonym), NULL, 0},
    {"purpose", PART_TEXT, OFFSET(purpose), NULL, 0},
    {"from", PART_DAY, OFFSET(from), NULL, 0},
    {"until", PART_DAY, OFFSET(until), NULL, 0},
    {"departed", PART_FLAG, OFFSET(departed), NULL, 0},
    {"urgent", PART_FLAG, OFFSET(urgent), NULL, 0},
    {"countersign", PART_FLAG, OFFSET(countersign), NULL, 0},
    {"unfinished", PART_FLAG, OFFSET(unfinished), NULL, 0},
    {"overdue", PART_FLAG, OFFSET(overdue), NULL, 0},
    {"retention-due", PART_FLAG, OFFSET(retention_due), NULL, 0},
    {"without-practice", PART_FLAG, OFFSET(without_practice), NULL, 0},
    {"search", PART_TEXT, OFFSET(search), NULL, 0},
    {"order", PART_ORDER, OFFSET(order), order_name, LOG_ORDER_COUNT},
};

/* --- Writing ------------------------------------------------------------------------------ */

static void write_set(const struct part *part, unsigned set, struct buf *out)
{
    const char *between = " ";

    for (int i = 0; i < part->count; i++) {
        if (set >> i & 1) {
            buf_printf(out, "%s%s", between, part->name(i));
            between = ", ";
        }
    }
}

/* What would end a part does not stand in one. */
static void write_text(const char *text, struct buf *out)
{
    for (; *text; text++)
        buf_putc(out, *text == ';' || *text == '\n' ? ' ' : *text);
}

/* Whether the query has something to say here. */
static bool says(const struct part *part, const void *member)
{
    switch (part->kind) {
    case PART_FLAG:
        return *(const bool *)member;
    case PART_TEXT:
        return *(const char *const *)member && **(const char *const *)member;
    case PART_DAY:
        return *(const date *)member != 0;
    case PART_SET:
        return *(const unsigned *)member != 0;
    default:
        return *(const enum log_order *)member != LOG_NEWEST_FIRST;
    }
}

static void write_part(const struct part *part, const void *member, struct buf *out)
{
    char day[DATE_SIZE];

    buf_printf(out, "%s%s", out->length ? "; " : "", part->id);
    switch (part->kind) {
    case PART_FLAG:
        break;
    case PART_TEXT:
        buf_putc(out, ' ');
        write_text(*(const char *const *)member, out);
        break;
    case PART_DAY:
        date_iso(*(const date *)member, day);
        buf_printf(out, " %s", day);
        break;
    case PART_SET:
        write_set(part, *(const unsigned *)member, out);
        break;
    case PART_ORDER:
        buf_printf(out, " %s", part->name((int)*(const enum log_order *)member));
        break;
    }
}

void log_query_words(const struct log_query *query, struct buf *out)
{
    for (size_t i = 0; i < COUNT(parts); i++) {
        const void *member = (const char *)query + parts[i].offset;

        if (says(&parts[i], member))
            write_part(&parts[i], member, out);
    }
}

/* --- Reading ------------------------------------------------------------------------------ */

static enum status no_such_value(const struct part *part, const char *value,
                                 struct error *error)
{
    struct suggest suggest = {.wrong = value};
    char text[120];

    for (int i = 0; i < part->count; i++)
        suggest_offer(&suggest, part->name(i));
    suggest_text(&suggest, "discern(1) lists what may stand there.", text, sizeof(text));
    return fail_at(error, STATUS_BAD_DATA, NULL, 0, part->id, text, "There is no %s '%s'.",
                   part->id, value);
}

static enum status find_value(const struct part *part, const char *value, int *ret_value,
                              struct error *error)
{
    for (int i = 0; i < part->count; i++) {
        if (strcmp(part->name(i), value) == 0) {
            *ret_value = i;
            return STATUS_OK;
        }
    }
    return no_such_value(part, value, error);
}

/* Cuts the text at the next of `ends` and takes the blanks off; moves *text behind it. */
static char *take_piece(char **text, const char *ends)
{
    char *piece = *text + strspn(*text, " \t\n");
    size_t length = strcspn(piece, ends);

    *text = piece + length + (piece[length] != '\0');
    piece[length] = '\0';
    while (length > 0 && strchr(" \t\n", piece[length - 1]))
        piece[--length] = '\0';
    return piece;
}

static enum status read_set(const struct part *part, char *text, unsigned *set,
                            struct error *error)
{
    enum status status = STATUS_OK;
    int value = 0;

    while (*text && status == STATUS_OK) {
        status = find_value(part, take_piece(&text, ","), &value, error);
        if (status == STATUS_OK)
            *set |= 1u << value;
    }
    return status;
}

static enum status read_day(const struct part *part, const char *text, date *day,
                            struct error *error)
{
    if (date_parse(text, day))
        return STATUS_OK;
    return fail_at(error, STATUS_BAD_DATA, NULL, 0, part->id, "Write it like 2026-09-30.",
                   "'%s' is no day.", text);
}

static enum status read_value(const struct part *part, char *text, void *member,
                              struct error *error)
{
    int value = 0;
    enum status status = STATUS_OK;

    if (part->kind == PART_FLAG) {
        *(bool *)member = true;
        return text[0] ? fail_at(error, STATUS_BAD_DATA, NULL, 0, part->id,
                                 "Put a semicolon between two filters.",
                                 "Nothing can follow '%s'.", part->id)
                       : STATUS_OK;
    }
    if (!text[0])
        return fail_at(error, STATUS_BAD_DATA, NULL, 0, part->id, "Write it after the name.",
                       "It is not said which %s.", part->id);
    switch (part->kind) {
    case PART_TEXT:
        *(const char **)member = text;
        return STATUS_OK;
    case PART_DAY:
        return read_day(part, text, member, error);
    case PART_SET:
        return read_set(part, text, member, error);
    default:
        status = find_value(part, text, &value, error);
        if (status == STATUS_OK)
            *(enum log_order *)member = (enum log_order)value;
        return status;
    }
}

static enum status read_part(char *piece, struct log_query *query, struct error *error)
{
    struct suggest suggest = {.wrong = piece};
    size_t length = strcspn(piece, " \t");
    char *value = piece + length, text[120];

    if (*value)
        *value++ = '\0';
    for (size_t i = 0; i < COUNT(parts); i++) {
        if (strcmp(parts[i].id, piece) == 0)
            return read_value(&parts[i], value + strspn(value, " \t"),
                              (char *)query + parts[i].offset, error);
        suggest_offer(&suggest, parts[i].id);
    }
    suggest_text(&suggest, "discern(1) lists the filters.", text, sizeof(text));
    return fail_at(error, STATUS_BAD_DATA, NULL, 0, "filter", text, "There is no filter '%s'.",
                   piece);
}

enum status log_query_parse(const char *words, struct arena *arena, struct log_query *ret_query,
                            struct error *error)
{
    struct log_query query = {0};
    char *text = arena_strdup(arena, words);
    enum status status = STATUS_OK;

    while (*text && status == STATUS_OK) {
        char *piece = take_piece(&text, ";");

        if (*piece)
            status = read_part(piece, &query, error);
    }
    if (status == STATUS_OK)
        *ret_query = query;
    return status;
}

/* --- Saved filters ------------------------------------------------------------------------ */

enum status store_filter_save(struct store *store, const char *name, const char *words,
                              struct error *error)
{
    enum status status;

    if (!name[strspn(name, " \t")])
        return fail_at(error, STATUS_REFUSED, NULL, 0, "name", "Give it a name.",
                       "A filter is not kept without a name.");
    status = transaction_begin(store->database, error);
    if (status != STATUS_OK)
        return status;
    status = query_run(store->database, error,
                       "INSERT INTO filter VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET words = "
                       "excluded.words",
                       "ttt", store->me.name, name, words);
    return transaction_end(store->database, status, error);
}

enum status store_filter_drop(struct store *store, const char *name, struct error *error)
{
    int64_t there;
    enum status status = transaction_begin(store->database, error);

    if (status != STATUS_OK)
        return status;
    status = query_number(store->database, 0, &there, error,
                          "SELECT count(*) FROM filter WHERE author = ? AND name = ?", "tt",
                          store->me.name, name);
    if (status == STATUS_OK && !there)
        status = fail(error, STATUS_NOT_FOUND, "Look at the list of your filters.",
                      "You have no filter called %s.", name);
    if (status == STATUS_OK)
        status = query_run(store->database, error,
                           "DELETE FROM filter WHERE author = ? AND name = ?", "tt",
                           store->me.name, name);
    return transaction_end(store->database, status, error);
}

enum status store_filters(struct store *store, struct arena *arena,
                          struct saved_filter **ret_filters, size_t *ret_count,
                          struct error *error)
{
    struct saved_filter *list = NULL;
    sqlite3_stmt *statement = NULL;
    size_t count = 0, room = 0;
    bool row = true;
    enum status status = query(store->database, &statement, error,
                               "SELECT name, words FROM filter WHERE author = ? ORDER BY name",
                               "t", store->me.name);

    while (status == STATUS_OK) {
        status = query_row(store->database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        if (count == room) {
            room = room ? 2 * room : 8;
            list = arena_grow(arena, list, count, room, sizeof(*list));
        }
        list[count++] = (struct saved_filter){column_copy(statement, 0, arena),
                                              column_copy(statement, 1, arena)};
    }
    query_done(statement);
    if (status != STATUS_OK)
        return status;
    *ret_filters = list;
    *ret_count = count;
    return STATUS_OK;
}
