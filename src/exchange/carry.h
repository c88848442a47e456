/* SPDX-License-Identifier: MIT */
/*
 * Reviews between two stores. A supervisor reviews a decision of another store: the verdict is
 * an entry of the supervisor's own log, and leaves with the next bundle to that store. There it
 * is taken in and, if that store's certificate is one whose reviews count, changes the state of
 * the decision as a review at home does.
 */
#ifndef DISCERN_EXCHANGE_CARRY_H
#define DISCERN_EXCHANGE_CARRY_H

#include "store/leave.h"

/* A decision of another store: its newest record or amendment, as far as it was sent. Texts
 * live in the arena. */
struct carried {
    const char *store, *store_name, *reference, *author;
    int64_t sequence;
    const char *body; /* the body or the view of it */
    size_t length;
    bool whole;          /* nothing was left out of it */
    const char *verdict; /* the id of the newest verdict given here; "" if none */
};

/* All that were taken in, oldest first. */
MUST_CHECK enum status carry_list(struct store *store, struct arena *arena,
                                  struct carried **ret_list, size_t *ret_count,
                                  struct error *error);

/* The one of that reference. STATUS_NOT_FOUND. */
MUST_CHECK enum status carry_find(struct store *store, const char *reference,
                                  struct arena *arena, struct carried *ret_carried,
                                  struct error *error);

/* Appends a verdict on it. STATUS_REFUSED if the user may not review, or made it. */
MUST_CHECK enum status carry_review(struct store *store, const struct carried *carried,
                                    struct review *review, struct moment now,
                                    struct error *error);

/* Logs the verdicts on our decisions that came with that store's bundles and are not in the log
 * yet. What no longer fits (amended since, reviewed by somebody else) is left out. */
MUST_CHECK enum status carry_in(struct store *store, const char *from, struct moment now,
                                size_t *ret_count, struct error *error);

#endif
