/* SPDX-License-Identifier: MIT */
/*
 * Looking into the county's register from Discern, which does not know its database: each
 * question is one run of discern-register over pipes (register_answer.c is the other side), so
 * no word of it stands on a command line. Where the database is that program finds in the
 * environment. Reads only.
 */
#ifndef DISCERN_EXCHANGE_BROWSE_H
#define DISCERN_EXCHANGE_BROWSE_H

#include "exchange/errand.h"
#include "store/store.h"

struct browse {
    char *path;      /* of the program */
    char where[200]; /* what the last answer said of the database: "county at db.example" */
};

/* Release with browse_release. */
void browse_init(struct browse *browse);
void browse_release(struct browse *browse);

/* As store_list, store_count: the sequence of a row is the decision's number in the register,
 * its team says the store as well. STATUS_IO, STATUS_REFUSED in the words of the register. */
MUST_CHECK enum status browse_list(struct browse *browse, const struct log_query *query,
                                   struct arena *arena, struct window *ret_window,
                                   struct error *error);
MUST_CHECK enum status browse_count(struct browse *browse, const struct log_query *query,
                                    bool (*going)(void *data), void *data, int64_t *ret_count,
                                    struct error *error);

/* As store_find and store_history, by number. What was sent with something left out has that
 * for its body. */
MUST_CHECK enum status browse_record(struct browse *browse, int64_t number, struct arena *arena,
                                     struct row *ret_row, struct entry **ret_entries,
                                     size_t *ret_count, struct error *error);

/* Counts, in the order of the register; the heading is that of all rows of a kind. */
struct browse_figure {
    const char *heading, *name;
    int64_t count;
};
MUST_CHECK enum status browse_figures(struct browse *browse, date since, struct arena *arena,
                                      struct browse_figure **ret_list, size_t *ret_count,
                                      struct error *error);

#endif
