/* SPDX-License-Identifier: MIT */
/* What lists and searches need of a record whose bytes were read already: its summary; and the
 * texts that a search looks through, one by one, for indexing them and for showing a hit in its
 * context, so that what is found can be shown. */
#ifndef DISCERN_RECORD_TEXTS_H
#define DISCERN_RECORD_TEXTS_H

#include <stdbool.h>

#include <jansson.h>

#include "record/record.h"

/* Gives each text that is not empty, names and references first and free text after them,
 * until it returns false. */
typedef bool text_each(const char *text, bool free_text, void *data);
void texts_each(const json_t *body, text_each *each, void *data);

#endif
