/* SPDX-License-Identifier: MIT */
/*
 * The search index. A word that is typed is the beginning of words: up to three letters are
 * looked up by their own index, longer ones are first turned into the words that they may be
 * (the table "term"), so that a common word costs no more than a rare one: SQLite then walks
 * the hits from the newest on and stops at the end of the page.
 *
 * What a filter asks for (who, which outcome, which month) is indexed as a word as well, so
 * that any mixture of filters is found by walking along the shortest list.
 */
#ifndef DISCERN_STORE_INDEX_H
#define DISCERN_STORE_INDEX_H

#include "store/project.h"

/* Takes the words of a record or amendment in. */
MUST_CHECK enum status index_add(struct database *database, const struct entry *entry,
                                 struct error *error);

/* Takes out what index_add took in, if the entry still has its body. */
MUST_CHECK enum status index_remove(struct database *database, int64_t sequence,
                                    struct error *error);

/* Appends, with AND before it if there is something before, what FTS5 must find for the words
 * that were typed. *ret_none: one of them is the beginning of no word. */
MUST_CHECK enum status index_typed(struct database *database, const char *typed,
                                   struct buf *out, bool *ret_none, struct error *error);

/* Appends, the same way, that one of the values of a filter must hold. */
void index_filter(const char *name, const char *const *value, size_t count, struct buf *out);

/* The month of a day, as filters have it: "2026-11". */
#define MONTH_SIZE 8
void index_month(date day, char text[MONTH_SIZE]);

/* Whether it comes early in the queue, as filters have it. */
const char *index_priority(bool early);

#endif
