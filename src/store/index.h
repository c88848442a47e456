/* SPDX-License-Identifier: MIT */
/*
 * The search index: what of a record stands in it, and its way in and out. A word that is typed
 * is the beginning of words: up to three letters are looked up by their own index, longer ones
 * are first turned into the words that they may be (the table "term"), so that a common word
 * costs no more than a rare one: SQLite then walks the hits from the newest on and stops at the
 * end of the page.
 *
 * What a filter asks for (who, which outcome, which month) is indexed as a word as well, so
 * that any mixture of filters is found by walking along the shortest list.
 *
 * Records are taken in many at a time, which costs a fraction of taking in each; until then
 * they are looked through one by one (fresh.h), so a search finds them at once all the same.
 */
#ifndef DISCERN_STORE_INDEX_H
#define DISCERN_STORE_INDEX_H

#include "store/project.h"

/* What the index has of an entry: the same bytes each time, or it could not be taken out. */
struct indexed {
    char **word; /* in the arena; each once */
    size_t count;
    struct buf text; /* those, and what filters ask for, each between blanks */
};

/* Of a record or amendment; of one that is erased, what its head says. The caller releases the
 * text, whatever the status is. */
MUST_CHECK enum status index_of(struct stored_entry *stored, struct arena *arena,
                                struct indexed *indexed, struct error *error);
MUST_CHECK enum status index_load(struct database *database, int64_t sequence,
                                  struct arena *arena, struct indexed *indexed,
                                  struct error *error);

/* The newest entry whose words are in the index. */
MUST_CHECK enum status index_upto(struct database *database, int64_t *ret_sequence,
                                  struct error *error);

/* Takes an entry out, as it is now, and in again; nothing if the index is not that far. */
MUST_CHECK enum status index_drop(struct database *database, int64_t sequence,
                                  struct error *error);
MUST_CHECK enum status index_put(struct database *database, int64_t sequence,
                                 struct error *error);

/* Takes in what is not in the index yet, if that is much. `newest` is the entry appended last.
 */
MUST_CHECK enum status index_settle(struct database *database, int64_t newest,
                                    struct error *error);

/* The words of a text that was folded, each once, in order, in the arena. */
size_t index_split(const char *text, size_t length, struct arena *arena, char ***ret_words);

/* Appends the word that stands for a value of a filter. */
void index_filter_word(const char *name, const char *value, struct buf *out);

/* The month of a day, as filters have it: "2026-11". */
#define MONTH_SIZE 8
void index_month(date day, char text[MONTH_SIZE]);

#endif
