/* SPDX-License-Identifier: MIT */
/*
 * What the app knows of records that leave: where they are, to whom they go, how far an upload
 * is and what came of it. Brought by perform; pages put it into words. For app.h.
 */
#ifndef DISCERN_UI_SENDING_H
#define DISCERN_UI_SENDING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/mem.h"
#include "record/reference.h"

/* How many decisions are where, as they are now. */
struct sent_counts {
    long long all, accepted, waiting, sent, refused, aside;
    struct moment accepted_at; /* of the newest acceptance; 0 us: never */
};

struct world_where {
    char reference[REFERENCE_SIZE];
    long long sequence;
    const char *subject, *stage, *reason; /* in words; reason: why it was refused, or "" */
    bool accepted, refused, aside;
};

/* Another store, to which reviews can be carried back. */
struct world_peer {
    const char *id, *name;
};

/* What came of what was asked for last. */
struct sent_result {
    enum { SENT_NOTHING, SENT_UPLOAD, SENT_REVIEWS, SENT_TAKEN, SENT_RECEIPT } kind;
    bool stopped;                           /* by the user */
    long long bundles, decisions, receipts; /* sent; taken in */
    const char *place;            /* the folder or address, or where a receipt was put; "" */
    const char *from;             /* TAKEN, RECEIPT: who it is from */
    long long entries, reviews;   /* TAKEN: new; RECEIPT: accepted entries */
    long long refused;            /* TAKEN, RECEIPT: not taken */
    bool known;                   /* it was here already */
    const char *problem, *remedy; /* of a receipt that was not taken; "" */
};

struct sending {
    struct arena arena;
    bool ready; /* a receiver is named, and its certificate can be used */
    struct sent_counts counts;
    const char *receiver, *fingerprint; /* NULL until the page was asked for */
    const char *folder, *url;           /* where to; "" if that is not set */
    const char *redact;                 /* fields that are left out, as the settings say */
    const char *problem, *remedy;       /* why there is no receiver; "" if none is named */
    struct world_peer *peer;
    size_t peer_count;

    struct arena where_arena;
    struct world_where *where;
    size_t where_count;
    bool more_before, more_after;

    bool stop; /* the user wants it to end: perform looks at it several times a second */
    long long done, total;        /* bytes of the bundle that is on its way */
    long long bundles, decisions; /* sent so far */

    struct arena result_arena;
    struct sent_result result;
};

/* What an effect about it wants. */
struct sending_wish {
    const char *folder;       /* UPLOAD: of a bundle by hand; NULL: as the settings say */
    const char *redact;       /* UPLOAD: fields to leave out; NULL: as the settings say */
    const char *peer;         /* UPLOAD: reviews only, to that store; NULL: to the receiver */
    const char *file, *trust; /* TAKE */
    const char *reason;       /* ASIDE */
    bool aside;               /* ASIDE: or put back */
    bool everything;          /* WHERE: also what is accepted */
    long long after;          /* WHERE: which the window follows; 0: from the newest on */
    bool backwards;
};

#endif
