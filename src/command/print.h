/* SPDX-License-Identifier: MIT */
/* How commands print: prose wrapped for 80 columns, and JSON that is canonical and on one line.
 * Neither can drive a terminal. */
#ifndef DISCERN_COMMAND_PRINT_H
#define DISCERN_COMMAND_PRINT_H

#include <stddef.h>
#include <stdio.h>

#include "record/json.h"

/* Prints "label: text" (no colon after a question mark) after `indent` spaces, made safe to
 * show and wrapped, with a newline at the end. */
void print_entry(FILE *out, int indent, const char *label, const char *text);

/* Prints JSON text and a newline. Characters that a terminal could obey (utf8_hidden) are
 * written as \u escapes, which mean the same. */
void print_json_text(FILE *out, const char *text, size_t length);

/* Prints the canonical form of a value of record/json.h and frees it. */
void print_json(FILE *out, json_t *value);

#endif
