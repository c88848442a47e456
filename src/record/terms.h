/* SPDX-License-Identifier: MIT */
/* What a record says of the agreement that its decision was made under. */
#ifndef DISCERN_RECORD_TERMS_H
#define DISCERN_RECORD_TERMS_H

#include <jansson.h>

#include "record/record.h"

/* `terms` of discern-record(5). The decision has terms. The caller owns it. */
json_t *terms_to_json(const struct decision *decision, const struct walk *walk);

#endif
