/* SPDX-License-Identifier: MIT */
/* An upload from beginning to end: what is on its way goes first, then what was not sent yet,
 * then the receipts are asked for. It can be stopped and begun again at any point. */
#ifndef DISCERN_EXCHANGE_UPLOAD_H
#define DISCERN_EXCHANGE_UPLOAD_H

#include "exchange/send.h"

struct upload {
    struct store *store;
    const struct courier *courier;
    const struct receiver *receiver;
    const struct contents *contents;
    const char *folder;        /* where bundles are put; NULL: the route is taken */
    const struct route *route; /* NULL with a folder */
    struct moment now;
    bool again; /* sends what has no receipt yet once more */
};

/* What an upload did, also as far as it got when it failed. */
struct uploaded {
    size_t bundles, decisions, documents; /* sent */
    size_t receipts;                      /* that were new */
    size_t accepted, refused;             /* decisions, as of now: all of them */
    size_t all;                           /* decisions that there are */
    bool stopped_for_good;                /* no use to try again as things are */
    struct error receipt_error; /* of the last receipt that was not taken; status OK if none */
};

/* Sends. STATUS_OK also if there was nothing to send; STATUS_REFUSED if somebody else sends
 * from this store now. What it did stands in *ret_uploaded while it runs, for whoever shows how
 * far it is. */
MUST_CHECK enum status upload_run(const struct upload *upload, struct uploaded *ret_uploaded,
                                  struct error *error);

#endif
