/* SPDX-License-Identifier: MIT */
/*
 * What every receiver of a bundle does the same way: follow it, judge each record, say so in a
 * receipt. Where things are kept is the caller's. Pure.
 */
#ifndef DISCERN_EXCHANGE_RECEIVE_H
#define DISCERN_EXCHANGE_RECEIVE_H

#include "exchange/receipt.h"

/* What a receiver knows. */
struct receiving {
    const char *me;       /* fingerprint of the receiver's own certificate */
    const char *name;     /* what the receiver is called */
    const char *signer;   /* fingerprint of the certificate that signed the envelope */
    struct digest digest; /* SHA-256 of the bundle's file */
    struct moment now;
    bundle_known *known;
    /* Whether an entry that brings a body or view, which was read for it once, is not wanted;
     * REFUSAL_COUNT if it is. May be NULL. */
    enum refusal (*judge)(const struct link *link, const json_t *body, void *data);
    void *data; /* of both */
};

/* Follows the bundle from where the receiver's copy of the chain ends and makes the receipt,
 * in the arena; it borrows from the bundle. False if nothing of the bundle may be kept: then
 * the receipt says why, and *chain is as it was. Otherwise what the receipt accepts, and the
 * head of every entry, is to be kept, and *chain has gone forward. */
bool receive_bundle(const struct bundle *bundle, const struct receiving *receiving,
                    struct chain *chain, struct arena *arena, struct receipt *ret_receipt);

#endif
