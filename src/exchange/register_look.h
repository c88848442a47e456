/* SPDX-License-Identifier: MIT */
/*
 * Looking into the register, as rows of JSON: for the command line and for the screen alike.
 * For register_*.c only. A query is an object with any of
 *
 *     search                          words and their beginnings, all of which must be there
 *     all                             marks that a decision must have, such as "author jo" and
 *                                     "urgent" (data/register.sql)
 *     states, outcomes                marks of which it must have one each
 *     from, until                     days of signing, both included
 *     oldest, backwards, after, limit the window: behind the decision of that number
 */
#ifndef DISCERN_EXCHANGE_REGISTER_LOOK_H
#define DISCERN_EXCHANGE_REGISTER_LOOK_H

#include "exchange/register_holding.h"
#include "record/json.h"

/* One window, in the order of reading; and whether there is more beyond it. */
MUST_CHECK enum status list_rows(struct county *county, const json_t *query, json_t **ret_rows,
                                 bool *ret_more, struct error *error);
MUST_CHECK enum status list_count(struct county *county, const json_t *query,
                                  int64_t *ret_count, struct error *error);

/* One decision by its number: its row; and its entries, the oldest first, each with head, link
 * and what is held of its body. STATUS_NOT_FOUND. */
MUST_CHECK enum status list_one(struct county *county, long long number, json_t **ret_row,
                                struct error *error);
MUST_CHECK enum status look_entries(struct county *county, long long number,
                                    json_t **ret_entries, struct error *error);

/* A list of {"id", "title", "rows": [{"label", "words", "count"}]}, all of the same moment. */
MUST_CHECK enum status look_figures(struct county *county, const char *since,
                                    json_t **ret_figures, struct error *error);

/* Writes down that somebody looked: what cannot be written down is not shown. */
MUST_CHECK enum status look_log(struct county *county, const char *what, const char *words,
                                long long found, struct error *error);

#endif
