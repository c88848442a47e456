/* SPDX-License-Identifier: MIT */
/*
 * Taking in: the bundle of another store, opened with our own certificate, checked entry by
 * entry, kept beside our log (never in it), and answered with a receipt. Reviews of our own
 * records that come back in it are logged, so that they count.
 */
#ifndef DISCERN_EXCHANGE_TAKE_H
#define DISCERN_EXCHANGE_TAKE_H

#include "exchange/send.h"

struct taken {
    char store[CHAIN_STORE_SIZE];
    char name[128]; /* what the other store is called */
    char certificate[DIGEST_HEX_SIZE];
    int64_t entries;    /* that are new here */
    size_t decisions;   /* records and amendments among them */
    size_t refused;     /* bodies that were not taken; the receipt says why */
    size_t reviews;     /* of our records, that came back */
    bool nothing_new;   /* all of it was here already */
    struct buf receipt; /* signed, to be given to whoever sent the bundle */
};
void taken_release(struct taken *taken);

/* Opens a bundle and appends its lines in the clear to *out. STATUS_REFUSED if it is sealed to
 * somebody else. */
MUST_CHECK enum status take_open(struct store *store, const struct courier *courier,
                                 const struct buf *file, struct buf *out, struct error *error);

/* Takes it in. Reviews of our records that are in it count if the certificate of their store is
 * in the list `reviewers`, fingerprints with blanks between them. `trust` is the fingerprint of
 * the certificate of a store that is not known yet, as its owner told it by another way, or
 * NULL. STATUS_REFUSED if the store is not known, if the bundle is for another, was altered, is
 * of a log that was rebuilt or is our own; STATUS_NOT_FOUND if an earlier one is missing. Then
 * *ret_taken (may be NULL on any failure) still has a receipt if one could be made. */
MUST_CHECK enum status take_in(struct store *store, const struct courier *courier,
                               const char *my_name, const struct buf *file, const char *trust,
                               const char *reviewers, struct moment now,
                               struct taken *ret_taken, struct error *error);

#endif
