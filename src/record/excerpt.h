/* SPDX-License-Identifier: MIT */
/* A search hit shown in context: a piece of a record around the first of the words that were
 * looked for. */
#ifndef DISCERN_RECORD_EXCERPT_H
#define DISCERN_RECORD_EXCERPT_H

#include <stddef.h>

#include "base/mem.h"
#include "base/status.h"

/* A line of the record. `at` and `length` say, in bytes, where in it the word stands that was
 * found; length is 0 if none was. */
struct excerpt {
    const char *text; /* in the arena; "" if nothing fits */
    size_t at, length;
};

/* The piece, at most `cells` wide, around the first word that begins like one of `search`. What
 * matches in free text is preferred to names, which a list shows anyway. */
MUST_CHECK enum status record_excerpt(const char *bytes, size_t length, const char *search,
                                      int cells, struct arena *arena,
                                      struct excerpt *ret_excerpt, struct error *error);

#endif
