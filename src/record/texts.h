/* SPDX-License-Identifier: MIT */
/* The texts of a record that a search looks through, one by one: for indexing them and for
 * showing a hit in its context, so that what is found can be shown. */
#ifndef DISCERN_RECORD_TEXTS_H
#define DISCERN_RECORD_TEXTS_H

#include <stdbool.h>

#include <jansson.h>

/* Gives each text that is not empty, names and references first and free text after them,
 * until it returns false. */
typedef bool text_each(const char *text, bool free_text, void *data);
void texts_each(const json_t *body, text_each *each, void *data);

#endif
