/* SPDX-License-Identifier: MIT */
/* One table says what a row of statistics has, for CSV and for JSON. */
#include "record/statistics.h"

#include <string.h>

#include "record/json.h"

#define FIELD_SIZE 16

static const struct column {
    const char *name;
    enum { IS_TEXT, IS_OUTCOME, IS_FLAG, IS_DAY, IS_MOMENT, IS_STATE } kind;
    size_t offset;
} columns[] = {
    {"day", IS_MOMENT, offsetof(struct summary, signed_at)},
    {"decided", IS_OUTCOME, offsetof(struct summary, decided)},
    {"recommended", IS_OUTCOME, offsetof(struct summary, recommended)},
    {"departed", IS_FLAG, offsetof(struct summary, departed)},
    {"urgent", IS_FLAG, offsetof(struct summary, urgent)},
    {"countersign", IS_FLAG, offsetof(struct summary, countersign)},
    {"unfinished", IS_FLAG, offsetof(struct summary, unfinished)},
    {"restricted", IS_FLAG, offsetof(struct summary, restricted)},
    {"practice", IS_FLAG, offsetof(struct summary, practice)},
    {"state", IS_STATE, 0},
    {"purpose", IS_TEXT, offsetof(struct summary, purpose)},
    {"exemptions", IS_TEXT, offsetof(struct summary, exemptions)},
    {"agreement", IS_TEXT, offsetof(struct summary, agreement)},
    {"programme", IS_TEXT, offsetof(struct summary, programme)},
    {"pack", IS_TEXT, offsetof(struct summary, pack)},
    {"retention", IS_TEXT, offsetof(struct summary, retention)},
    {"review", IS_DAY, offsetof(struct summary, review)},
};

/* The value in words; `text` is room for a day. */
static const char *value_of(const struct column *column, const struct summary *summary,
                            enum state state, char text[FIELD_SIZE])
{
    const void *member = (const char *)summary + column->offset;

    switch (column->kind) {
    case IS_TEXT:
        return *(const char *const *)member;
    case IS_OUTCOME:
        return outcome_id(*(const enum outcome *)member);
    case IS_FLAG:
        return *(const bool *)member ? "yes" : "no";
    case IS_DAY:
        date_iso(*(const date *)member, text);
        return text;
    case IS_MOMENT:
        date_iso(moment_date(*(const struct moment *)member), text);
        return text;
    default:
        return state_id(state);
    }
}

/* A spreadsheet takes what begins so for a formula. */
static bool is_formula(const char *value)
{
    return value[0] && strchr("=+-@\t", value[0]);
}

/* Quoted where a reader could take it for more than one field, or for a formula. */
static void add_field(const char *value, struct buf *out)
{
    if (!value[strcspn(value, "\",\r\n")] && !is_formula(value)) {
        buf_puts(out, value);
        return;
    }
    buf_putc(out, '"');
    if (is_formula(value))
        buf_putc(out, '\'');
    for (; *value; value++)
        buf_puts(out, *value == '"' ? "\"\"" : (char[]){*value, '\0'});
    buf_putc(out, '"');
}

void statistics_csv_heading(struct buf *out)
{
    for (size_t i = 0; i < COUNT(columns); i++)
        buf_printf(out, "%s%s", i ? "," : "", columns[i].name);
    buf_puts(out, "\r\n");
}

void statistics_csv_row(const struct summary *summary, enum state state, struct buf *out)
{
    char text[FIELD_SIZE];

    for (size_t i = 0; i < COUNT(columns); i++) {
        if (i)
            buf_putc(out, ',');
        add_field(value_of(&columns[i], summary, state, text), out);
    }
    buf_puts(out, "\r\n");
}

json_t *statistics_json_row(const struct summary *summary, enum state state)
{
    json_t *row = body_object();
    char text[FIELD_SIZE];

    for (size_t i = 0; i < COUNT(columns); i++) {
        if (columns[i].kind == IS_FLAG)
            body_put_flag(row, columns[i].name,
                          *(const bool *)((const char *)summary + columns[i].offset));
        else
            body_put_text(row, columns[i].name, value_of(&columns[i], summary, state, text));
    }
    return row;
}
