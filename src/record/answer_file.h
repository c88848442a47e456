/* SPDX-License-Identifier: MIT */
/* What the two halves of reading an answer file share; decision.h has what others call. */
#ifndef DISCERN_RECORD_ANSWER_FILE_H
#define DISCERN_RECORD_ANSWER_FILE_H

#include "record/decision.h"

/* STATUS_BAD_DATA at a key of the file. */
enum status answer_file_fail(struct error *error, const struct ini *ini,
                             const struct ini_key *key, const char *remedy, const char *format,
                             ...) __attribute__((format(printf, 5, 6)));

/* Refuses a key of the section that is not among the names. */
MUST_CHECK enum status answer_file_keys(const struct ini *ini,
                                        const struct ini_section *section,
                                        const char *const *names, size_t count,
                                        struct error *error);

/* [item 1], [item 2] ...: whether a section is one, and the first of them or NULL. */
bool answer_file_is_item(const struct ini_section *section);
const struct ini_section *answer_file_first_item(const struct ini *ini);

/* Gives all items of the file to the items question; `key` is one of [answers] that tries to
 * answer it, which is refused, or NULL. */
MUST_CHECK enum status answer_file_items(const struct ini *ini, struct decision *decision,
                                         size_t at, const struct ini_key *key,
                                         struct error *error);

#endif
