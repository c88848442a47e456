/* SPDX-License-Identifier: MIT */
/*
 * The receipt inside its signature (discern-bundle(5)): canonical JSON by which the receiver of
 * a bundle says what of it is kept, what is not and why, and how far it has the chain. Pure.
 */
#ifndef DISCERN_EXCHANGE_RECEIPT_H
#define DISCERN_EXCHANGE_RECEIPT_H

#include "exchange/bundle.h"

#define RECEIPT_SCHEMA 1
#define RECEIPT_MAX ((size_t)4 << 20)

/* Entries `from` to `to`, both included. */
struct range {
    int64_t from, to;
};

/* Why an entry, or the whole bundle, was not taken. */
#define REFUSAL_TABLE(X)                                                                       \
    X(ALTERED, "altered", "It is not as it was signed")                                        \
    X(GAP, "gap", "An earlier bundle is missing")                                              \
    X(REBUILT, "rebuilt", "It is not the entry that came before under its number")             \
    X(UNKNOWN, "unknown", "The store that it is from is not known")                            \
    X(MISDIRECTED, "misdirected", "It is for another receiver")                                \
    X(TAKEN, "taken", "There is another record of this reference")                             \
    X(UNREADABLE, "unreadable", "It is no record that the receiver can read")                  \
    X(UNWANTED, "unwanted", "The receiver does not take such records")
enum refusal {
#define X(name, id, words) REFUSAL_##name,
    REFUSAL_TABLE(X)
#undef X
        REFUSAL_COUNT
};
const char *refusal_id(enum refusal refusal);
const char *refusal_words(enum refusal refusal);

struct refused {
    int64_t sequence;      /* 0: the whole bundle */
    const char *reference; /* "" if the entry is about no decision */
    const char *reason;    /* an id of the table above, or of a later one */
    const char *message;   /* in words */
};

/* Texts and lists live in an arena, or are borrowed by the writer. */
struct receipt {
    const char *bundle, *store; /* ids */
    struct digest digest;       /* SHA-256 of the bundle's file */
    const char *by;             /* what the receiver is called */
    struct moment at;
    const struct range *accepted; /* entries whose bodies, or views, are kept */
    size_t accepted_count;
    const struct refused *refused;
    size_t refused_count;
    struct mark head; /* of the sender's chain, as far as the receiver has it */
};

void receipt_write(const struct receipt *receipt, struct buf *out);

/* STATUS_BAD_DATA, STATUS_UNSUPPORTED. */
MUST_CHECK enum status receipt_read(const char *bytes, size_t length, struct arena *arena,
                                    struct receipt *ret_receipt, struct error *error);

/* Lists of numbers as ranges. The list grows in the arena; numbers come in ascending order. */
struct ranges {
    struct range *range;
    size_t count, room;
};
void ranges_add(struct ranges *ranges, int64_t number, struct arena *arena);
void ranges_put(json_t *object, const char *name, const struct range *range, size_t count);
MUST_CHECK bool ranges_read(const json_t *object, const char *name, struct arena *arena,
                            struct range **ret_range, size_t *ret_count);

#endif
