/* SPDX-License-Identifier: MIT */
/*
 * One answer as JSON, the same in drafts and records: option ids with the labels that were
 * read, a text or fields, items with their flags, when it was given and how often changed.
 */
#ifndef DISCERN_RECORD_ANSWER_JSON_H
#define DISCERN_RECORD_ANSWER_JSON_H

#include <jansson.h>

#include "base/buf.h"
#include "base/status.h"
#include "policy/answers.h"

/* Adds the members of a given answer to the object. */
void answer_to_json(const struct question *question, const struct answer *answer,
                    json_t *object);

/* Reads them into an answer that is not given yet. What the question does not know (an option,
 * a field, another type) is named in *lost, one line each, and left out; an answer of which
 * nothing is left is not given. STATUS_BAD_DATA for what no answer looks like. */
MUST_CHECK enum status answer_from_json(const struct question *question, const json_t *object,
                                        struct answer *answer, struct buf *lost,
                                        struct error *error);

/* Appends what a list shows of an answer: the first field, else all of it in words. */
void answer_short(const struct question *question, const struct answer *answer,
                  struct buf *out);

#endif
