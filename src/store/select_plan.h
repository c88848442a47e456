/* SPDX-License-Identifier: MIT */
/* The plan of a page of the log: which way leads to it. What select.c writes as SQL. */
#ifndef DISCERN_STORE_SELECT_PLAN_H
#define DISCERN_STORE_SELECT_PLAN_H

#include "store/select.h"

/* What the rows are in the order of before the sequence. */
enum key { KEY_NONE, KEY_PRIORITY, KEY_DUE, KEY_KEEP };

/* The way to them: the table as it lies, each state and priority, the index of the key, or the
 * search index and what is not in it yet. */
enum way { WAY_TABLE, WAY_STATES, WAY_KEY, WAY_WORDS };

struct plan {
    struct store *store;
    const struct log_query *query;
    struct selection *to;
    const date *month; /* of keep_until, its first day: rows of that month only; or NULL */
    enum key key;
    enum way way;
    bool none;       /* nothing can be found */
    bool descending; /* of the sequence, as it is read */
    bool key_down;   /* of the key, as it is read */
    unsigned states;
    int64_t least, most;  /* sequences that can meet it at all */
    int64_t after_number; /* the key of the row to go on after */
    struct buf where;
    size_t limit_at, match_at; /* their numbers among the bound */
};

#define ALL_STATES ((1u << STATE_COUNT) - 1)

/* The column of a key; NULL for KEY_NONE. */
const char *key_column(enum key key);

/* Whether it is a day of the decision, which not every decision has. */
bool is_by_day(enum key key);

/* Binds a value and returns its number, from 1. */
size_t bind_number(struct selection *to, int64_t number);
size_t bind_text(struct selection *to, const char *text);

/* Whether a filter of text is set. */
bool given(const char *text);

/* Appends that the state is one of those wanted, if not all are. */
void where_states(const struct plan *plan, struct buf *sql);

/* Chooses the way and writes what must hold into plan->where. */
MUST_CHECK enum status plan_make(struct plan *plan, struct error *error);

#endif
