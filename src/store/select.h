/* SPDX-License-Identifier: MIT */
/*
 * A query of the log as SQL. Each page is one statement that walks along one index (or, for
 * words and mixtures of filters, along the search index) from where the page before ended, and
 * stops when the page is full. What it looks at on the way does not grow with the log, but for
 * filters that almost nothing meets in an order that is not that of signing.
 */
#ifndef DISCERN_STORE_SELECT_H
#define DISCERN_STORE_SELECT_H

#include "store/project.h"

#define BOUND_MAX 48

struct selection {
    struct buf sql;
    struct buf match; /* what is bound as the words to be found */
    struct {
        const char *text; /* NULL: the number */
        int64_t number;
    } bound[BOUND_MAX];
    size_t bound_count;
    struct arena arena;
};
void selection_release(struct selection *selection);

/* The page of a query: `limit` rows of PROJECTED_COLUMNS. A backwards page comes in reverse. */
MUST_CHECK enum status select_page(struct store *store, const struct log_query *query,
                                   size_t limit, struct selection *selection,
                                   struct error *error);

/* One row, one number: how many the query shows in all. */
MUST_CHECK enum status select_count(struct store *store, const struct log_query *query,
                                    struct selection *selection, struct error *error);

/* Readies it; the caller finalises the statement, and keeps the selection until then. */
MUST_CHECK enum status select_ready(struct store *store, const struct selection *selection,
                                    sqlite3_stmt **ret_statement, struct error *error);

#endif
