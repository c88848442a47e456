/* SPDX-License-Identifier: MIT */
/* "Did you mean": the nearest of some names to one that was not known. */
#ifndef DISCERN_BASE_SUGGEST_H
#define DISCERN_BASE_SUGGEST_H

#include <stddef.h>

/* Holds the best candidate met so far. Start with {.wrong = name}. */
struct suggest {
    const char *wrong;
    const char *best; /* NULL while nothing is near enough */
    size_t distance;
};

/* Offers a candidate (Damerau-Levenshtein distance, at most a third of the length, at least
 * 1). Of equals the first offered stays. Borrowed: `candidate` must outlive the suggest. */
void suggest_offer(struct suggest *suggest, const char *candidate);

/* Writes "Did you mean 'x'?" into text, or `otherwise` if nothing was near; returns text. */
const char *suggest_text(const struct suggest *suggest, const char *otherwise, char *text,
                         size_t size);

#endif
