/* SPDX-License-Identifier: MIT */
/* Where words begin and end, for looking things up: one rule for what is kept and for what is
 * typed. Knows nothing of case or accents: see utf8_fold. */
#ifndef DISCERN_RECORD_SPLIT_H
#define DISCERN_RECORD_SPLIT_H

#include <stdbool.h>
#include <stddef.h>

/* A run of letters, digits and marks, of at most WORD_MAX bytes: of a longer one the rest is
 * passed over. */
#define WORD_MAX 48

struct word {
    size_t at, length; /* in bytes */
};

/* The next word at or after *at, which is moved behind it. False if there is none. */
bool split_next(const char *text, size_t length, size_t *at, struct word *ret_word);

#endif
