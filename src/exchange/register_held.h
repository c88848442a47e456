/* SPDX-License-Identifier: MIT */
/* What is held of one store, from its first entry to its last, without all of it in memory. For
 * register_*.c only. */
#ifndef DISCERN_EXCHANGE_REGISTER_HELD_H
#define DISCERN_EXCHANGE_REGISTER_HELD_H

#include "exchange/register_holding.h"
#include "record/json.h"

/* One entry, as long as it is visited. */
struct held {
    json_t *entry; /* the members that a bundle has of it; what is not held is left out */
    int64_t sequence;
    const char *link; /* of its place, in hexadecimal; "" if it has none */
    bool erased;      /* its body is to be gone */
    bool stepped;     /* its body or view moved a decision on when it came */
};
typedef enum status held_visit(const struct held *held, void *data, struct error *error);

/* Visits the entries of a store in their order, until one visit fails. Part of a transaction,
 * once in each. */
MUST_CHECK enum status held_each(struct county *county, const char *store, held_visit *visit,
                                 void *data, struct error *error);

/* How far its bundles brought the chain; 0 and "" if none came. */
MUST_CHECK enum status held_head(struct county *county, const char *store, int64_t *ret_count,
                                 char link[DIGEST_HEX_SIZE], struct error *error);

#endif
