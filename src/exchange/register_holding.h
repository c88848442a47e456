/* SPDX-License-Identifier: MIT */
/* What the register knows that one bundle is judged by, and what judging it finds out. For
 * register_*.c only. */
#ifndef DISCERN_EXCHANGE_REGISTER_HOLDING_H
#define DISCERN_EXCHANGE_REGISTER_HOLDING_H

#include "exchange/register.h"

/* What was found out about an entry whose body or view is kept. */
struct judged {
    bool kept;
    bool moves;                 /* a decision: then what follows is said */
    bool countersign;           /* a record needs a guardian */
    const char *role, *verdict; /* of a reviewer; "" for others */
    size_t row, row_length;     /* in `rows`: what a list shows of a record */
};

struct holding {
    const struct bundle *bundle;
    struct chain chain;
    char certificate[DIGEST_HEX_SIZE]; /* that the store was admitted with; "" if it was not */
    PGresult *known;       /* of entries that the bundle brings again: see enum known_column */
    PGresult *taken;       /* seq of records whose reference another record has */
    char month[DATE_SIZE]; /* the first day of this month */
    int64_t now;           /* of the transaction, in microseconds */
    struct judged *judged; /* by place in the bundle */
    struct buf rows;
};
enum known_column {
    KNOWN_SEQ,
    KNOWN_LINK,
    KNOWN_MONTH,
    KNOWN_WHOLE,  /* its body is held, or was erased */
    KNOWN_VIEW,   /* its view is held, or was erased */
    KNOWN_STEPPED /* its step is there */
};

/* Fills it, and keeps others from receiving of the same store until the transaction ends.
 * Release with holding_release, also after a failure. */
MUST_CHECK enum status holding_load(struct county *county, const struct bundle *bundle,
                                    struct holding *holding, struct error *error);
void holding_release(struct holding *holding);

/* The row of that number in a result sorted by its first column; -1 if there is none. */
int find_row(const PGresult *result, int64_t sequence);
int64_t number_at(const PGresult *result, int row, int column);

/* Whether a column of what is known is true of an entry. */
bool holding_has(const struct holding *holding, int64_t sequence, enum known_column column);

/* Puts what was judged, and the heads of all entries after `before`, into the tables. Part of a
 * transaction. (register_keep.c) */
MUST_CHECK enum status register_keep(struct county *county, const struct holding *holding,
                                     int64_t before, struct error *error);

/* Puts the decisions that the bundle is about where they now stand. (register_stand.c) */
MUST_CHECK enum status register_stand(struct county *county, const struct holding *holding,
                                      struct error *error);

/* Appends the columns of a decision that a list shows, from author to words, each after a tab,
 * as COPY reads them. (register_row.c) */
void row_put(const struct link *link, const json_t *body, struct buf *out);

/* Appends a text as COPY reads it; "\\N" for NULL. */
void row_text(struct buf *out, const char *text);

/* Adds texts one by one to a list as PostgreSQL writes one: {a,b}. They need no quotes. */
void list_add(struct buf *list, const char *text);
const char *list_end(struct buf *list);

#endif
