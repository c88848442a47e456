/* SPDX-License-Identifier: MIT */
/* What is looked for: words and beginnings of words that were typed, and values of filters, as
 * SQLite's search index is asked for them and as a text is looked through for them. */
#ifndef DISCERN_STORE_WANTED_H
#define DISCERN_STORE_WANTED_H

#include "store/database.h"
#include "base/buf.h"

/* Of each part one text must be there. */
struct wanted_part {
    const char *
        *text; /* a word, with a blank before it, and after it unless it is a beginning */
    size_t count;
};

struct wanted {
    struct buf match; /* for FTS5; empty: nothing is looked for */
    bool none;        /* one part stands in nothing that is indexed */
    struct wanted_part *part;
    size_t count, room;
    struct arena arena;
};
void wanted_release(struct wanted *wanted);

/* Adds each word that was typed. */
MUST_CHECK enum status wanted_typed(struct wanted *wanted, struct database *database,
                                    const char *typed, struct error *error);

/* Adds that one of the values of a filter must hold. */
void wanted_filter(struct wanted *wanted, const char *name, const char *const *value,
                   size_t count);

/* Whether a text as the index has it (index.h) meets all of it. */
bool wanted_in(const struct wanted *wanted, const char *text);

#endif
