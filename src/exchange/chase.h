/* SPDX-License-Identifier: MIT */
/*
 * Receipts that did not come: what was sent and never answered, from the entries of bundles and
 * receipts alone. A chase is over when the receipt is in the log, and by nothing else.
 */
#ifndef DISCERN_EXCHANGE_CHASE_H
#define DISCERN_EXCHANGE_CHASE_H

#include "store/store.h"

struct chase {
    const char *bundle, *where; /* its id; what it was sent to */
    struct moment sent;         /* last */
    struct moment due;          /* when the time for its receipt was over */
};

/* The bundles whose receipt should have come within so many days of sending, the longest
 * overdue first; in the arena. */
MUST_CHECK enum status chase_list(struct store *store, int days, struct moment now,
                                  struct arena *arena, struct chase **ret_list,
                                  size_t *ret_count, struct error *error);

#endif
