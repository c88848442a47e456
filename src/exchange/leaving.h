/* SPDX-License-Identifier: MIT */
/*
 * Where everything is that was to leave: computed from the entries of the log, whenever
 * somebody asks, never from a flag. It is about one receiver, known by the fingerprints of its
 * certificates.
 */
#ifndef DISCERN_EXCHANGE_LEAVING_H
#define DISCERN_EXCHANGE_LEAVING_H

#include "exchange/receipt.h"
#include "store/leave.h"

#define STAGE_TABLE(X)                                                                         \
    X(DRAFT, "draft", "Draft: not signed yet")                                                 \
    X(FINAL, "final", "Final: in no bundle yet")                                               \
    X(WAITING, "waiting", "Waiting: in a bundle that was not sent yet")                        \
    X(SENT, "sent", "Sent: no receipt yet")                                                    \
    X(ACCEPTED, "accepted", "Accepted by the receiver")                                        \
    X(REFUSED, "refused", "Refused by the receiver")                                           \
    X(SET_ASIDE, "set-aside", "Set aside: it stays here")
enum stage {
#define X(name, id, words) STAGE_##name,
    STAGE_TABLE(X)
#undef X
        STAGE_COUNT
};
const char *stage_id(enum stage stage);
const char *stage_words(enum stage stage);

/* A bundle that was made. */
struct made {
    const char *id;
    struct digest digest; /* of its file */
    const struct range *range;
    size_t range_count;
    struct mark since, head;
    bool sent, answered;
    const struct document *document; /* that it carries; only for leaving_log_made */
    size_t document_count;
};

/* Why an entry is where it is. */
struct reason {
    int64_t sequence; /* 0: a whole bundle */
    const char *reason, *message;
};

struct leaving {
    struct head head;          /* of our own log */
    unsigned char *stage;      /* an enum stage for each entry, from 1 */
    bool *newest;              /* for each entry: whether it is what a decision says now */
    bool *tried;               /* for each entry: whether it was in a bundle */
    struct mark known;         /* how far the receiver has our chain, by its newest receipt */
    struct moment accepted_at; /* when the newest acceptance was signed; 0 us: never */
    struct made *made;
    size_t made_count, made_room;
    struct reason *reason;
    size_t reason_count, reason_room;
    struct arena arena;
};

/* Computes it; `to` are fingerprints with blanks between them. Release with leaving_release. */
MUST_CHECK enum status leaving_load(struct store *store, const char *to,
                                    struct leaving *ret_leaving, struct error *error);
void leaving_release(struct leaving *leaving);

/* The bundle of that id, or NULL. Why that entry was refused or set aside, or NULL. */
const struct made *leaving_bundle(const struct leaving *leaving, const char *id);
const struct reason *leaving_reason(const struct leaving *leaving, int64_t sequence);

/* How many decisions are at each stage, as they are now. */
void leaving_tally(const struct leaving *leaving, size_t tally[STAGE_COUNT]);

/* The same, and when the newest acceptance was signed, at a cost by what is not accepted and
 * not by the length of the log: for the start page. */
struct whereabouts {
    size_t tally[STAGE_COUNT];
    struct moment accepted_at;
};
MUST_CHECK enum status leaving_whereabouts(struct store *store, const char *to,
                                           struct whereabouts *ret_whereabouts,
                                           struct error *error);

/* --- Entries ------------------------------------------------------------------------------ */

/* Appends what happened to a bundle. */
MUST_CHECK enum status leaving_log_made(struct store *store, const struct made *made,
                                        const char *to, const char *const *redacted,
                                        size_t redacted_count, struct moment now,
                                        struct error *error);
MUST_CHECK enum status leaving_log_sent(struct store *store, const char *bundle,
                                        const char *where, struct moment now,
                                        struct error *error);

/* That its receipt was chased, and how. */
MUST_CHECK enum status leaving_log_chased(struct store *store, const char *bundle,
                                          const char *message, struct moment now,
                                          struct error *error);

/* Sets the records of a decision aside so that no bundle takes them, or puts them back.
 * STATUS_NOT_FOUND. */
MUST_CHECK enum status leaving_set_aside(struct store *store, const char *reference,
                                         const char *to, bool aside, const char *reason,
                                         struct moment now, struct error *error);

#endif
