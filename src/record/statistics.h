/* SPDX-License-Identifier: MIT */
/* Decisions as rows for statistics, without personal data: nobody's name, no pseudonym, no
 * reference, no free text; days, not times. */
#ifndef DISCERN_RECORD_STATISTICS_H
#define DISCERN_RECORD_STATISTICS_H

#include <jansson.h>

#include "base/buf.h"
#include "record/record.h"
#include "record/review.h"

/* The heading of the table, and a row of it: CSV (RFC 4180), lines ended by CR LF. */
void statistics_csv_heading(struct buf *out);
void statistics_csv_row(const struct summary *summary, enum state state, struct buf *out);

/* A row as an object. */
json_t *statistics_json_row(const struct summary *summary, enum state state);

#endif
