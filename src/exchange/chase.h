/* SPDX-License-Identifier: MIT */
/*
 * Receipts that did not come: what was sent and never answered, from the entries of bundles and
 * receipts alone. A chase is over when the receipt is in the log, or when somebody says what
 * was done about it; sent again, it has its time again. Where its records are does not change
 * by what is said: they are accepted by a receipt alone.
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

/* Appends what was done about a bundle whose receipt did not come. STATUS_REFUSED if it does
 * not say what, STATUS_NOT_FOUND if no receipt for such a bundle is waited for. */
MUST_CHECK enum status chase_done(struct store *store, const char *bundle, const char *message,
                                  struct moment now, struct error *error);

#endif
