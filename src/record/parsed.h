/* SPDX-License-Identifier: MIT */
/* What record.h, review.h and follow_up.h read out of a body, for those who have read its JSON
 * already: one reading serves them all. The body stays the caller's. */
#ifndef DISCERN_RECORD_PARSED_H
#define DISCERN_RECORD_PARSED_H

#include "record/follow_up.h"
#include "record/json.h"
#include "record/review.h"

MUST_CHECK enum status body_summarise(const json_t *body, struct arena *arena,
                                      struct summary *ret_summary, struct error *error);
void body_duties(const json_t *body, struct arena *arena, struct duty_to_do **ret_duties,
                 size_t *ret_count);
void body_words(const json_t *body, struct buf *out);
MUST_CHECK enum status body_reopen(const json_t *body, const struct pack *pack,
                                   struct decision *ret_decision, struct error *error);
MUST_CHECK enum status body_review(const json_t *body, struct arena *arena,
                                   struct review *ret_review, struct error *error);
MUST_CHECK enum status body_follow_up(const json_t *body, struct arena *arena,
                                      struct follow_up *ret_follow_up, struct error *error);

#endif
