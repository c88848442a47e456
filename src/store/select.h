/* SPDX-License-Identifier: MIT */
/*
 * A query of the log as SQL. Each page is one statement that walks along one index (or, for
 * words and mixtures of filters, along the search index) from where the page before ended, and
 * stops when the page is full. What it looks at on the way does not grow with the log: a list
 * in the order of authors or of retention is put together of one page an author or a month
 * (stretch.c), and what is due is looked through only as far as it was not done.
 */
#ifndef DISCERN_STORE_SELECT_H
#define DISCERN_STORE_SELECT_H

#include "store/project.h"
#include "store/wanted.h"

#define BOUND_MAX 48

struct selection {
    struct buf sql;
    struct wanted wanted; /* of the search index */
    struct buf fresh;     /* what meets it and is not there yet, with ", " between them */
    size_t fresh_count;
    struct {
        const char *text; /* NULL: the number */
        int64_t number;
    } bound[BOUND_MAX];
    size_t bound_count;
};
void selection_release(struct selection *selection);

/* The page of a query: `limit` rows of PROJECTED_COLUMNS. A backwards page comes in reverse.
 * `month` is NULL, or the first day of the month in which what it shows may go. */
MUST_CHECK enum status select_page(struct store *store, const struct log_query *query,
                                   const date *month, size_t limit, struct selection *selection,
                                   struct error *error);

/* Whether the page is to be put together month by month: it is in the order of what may go
 * when, and filtered. */
MUST_CHECK enum status select_by_months(struct store *store, const struct log_query *query,
                                        bool *ret_so, struct error *error);

/* One row, one number: how many the query shows in all. */
MUST_CHECK enum status select_count(struct store *store, const struct log_query *query,
                                    struct selection *selection, struct error *error);

/* Readies it; the caller finalises the statement, and keeps the selection until then. */
MUST_CHECK enum status select_ready(struct store *store, const struct selection *selection,
                                    sqlite3_stmt **ret_statement, struct error *error);

#endif
