/* SPDX-License-Identifier: MIT */
/*
 * One answer as JSON, the same in drafts and records: option ids with the labels that were
 * read, a text or fields, items with their flags, when it was given and how often changed.
 */
#ifndef DISCERN_RECORD_ANSWER_JSON_H
#define DISCERN_RECORD_ANSWER_JSON_H

#include <jansson.h>

#include "base/buf.h"
#include "policy/answers.h"

/* Adds the members of a given answer to the object. */
void answer_to_json(const struct question *question, const struct answer *answer,
                    json_t *object);

/* Gives the answer that the object holds. What the question does not know (an option, another
 * type, a day that is none) is left out and named in *lost, one line each. */
void answer_from_json(struct answers *answers, size_t question, const json_t *object,
                      struct buf *lost);

/* Appends what a list shows of an answer: the first field, else all of it in words. */
void answer_short(const struct question *question, const struct answer *answer,
                  struct buf *out);

#endif
