/* SPDX-License-Identifier: MIT */
/* The newest records, which are not in the search index yet (index.h): few, so they are looked
 * through one by one. Their words are kept while the store is open. */
#ifndef DISCERN_STORE_FRESH_H
#define DISCERN_STORE_FRESH_H

#include "store/opened.h"
#include "store/wanted.h"

/* Appends the sequences of those that meet it, with ", " between them. */
MUST_CHECK enum status fresh_find(struct store *store, const struct wanted *wanted,
                                  struct buf *out, size_t *ret_count, struct error *error);

/* NULL is fine. */
void fresh_free(struct fresh *fresh);

#endif
