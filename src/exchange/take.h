/* SPDX-License-Identifier: MIT */
/*
 * Taking in: the bundle of another store, opened with our own certificate, checked entry by
 * entry, kept beside our log (never in it), and answered with a receipt. Reviews of our own
 * records that come back in it are logged, so that they count.
 */
#ifndef DISCERN_EXCHANGE_TAKE_H
#define DISCERN_EXCHANGE_TAKE_H

#include "exchange/send.h"

#define TAKE_MAX (2 * BUNDLE_MAX) /* bytes of a file that may hold a bundle */

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

/* Who takes in, and what is believed. */
struct intake {
    struct store *store;
    const struct courier *courier;
    const char *name;  /* what this store is called */
    const char *trust; /* fingerprint of the certificate of a store that is not known yet, as
                          its owner told it by another way; NULL for none */
    const char *reviewers; /* fingerprints of certificates of stores, with blanks between them,
                              whose reviews of our records count */
    struct moment now;
};

/* Takes it in, and reviews of our records that are in it. STATUS_REFUSED if the store is not
 * known, if the bundle is for another, was altered, is of a log that was rebuilt or is our own;
 * STATUS_NOT_FOUND if an earlier one is missing. Then *ret_taken still has a receipt if one
 * could be made. */
MUST_CHECK enum status take_in(const struct intake *intake, const struct buf *file,
                               struct taken *ret_taken, struct error *error);

/* The same with the bundle in a file. The receipt goes into the folder `receipts`, or beside
 * the bundle if that is NULL; *ret_receipt is its path, to be freed with free(), or stays as it
 * was if there is none. */
MUST_CHECK enum status take_file(const struct intake *intake, const char *path,
                                 const char *receipts, struct taken *ret_taken,
                                 char **ret_receipt, struct error *error);

#endif
