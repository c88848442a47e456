/* SPDX-License-Identifier: MIT */
/*
 * The stretches of a list. Most lists are one. A list in the order of authors is one of each
 * author after the other, and one in the order of retention that is filtered is one of each
 * month: so each is found by the search index, and none is looked for among everything.
 */
#ifndef DISCERN_STORE_STRETCH_H
#define DISCERN_STORE_STRETCH_H

#include "store/select.h"

struct stretch {
    struct log_query query; /* of this stretch */
    enum { STRETCH_ALL, STRETCH_AUTHOR, STRETCH_MONTH } by;
    date month; /* its first day */
    char author[USER_NAME_MAX + 1];
    bool ended; /* there is no more */
};

/* The stretch that the page begins in; texts of the query are borrowed. */
MUST_CHECK enum status stretch_first(struct store *store, const struct log_query *query,
                                     struct stretch *ret_stretch, struct error *error);

/* The next one in the direction of the query. */
MUST_CHECK enum status stretch_next(struct store *store, struct stretch *stretch,
                                    struct error *error);

#endif
