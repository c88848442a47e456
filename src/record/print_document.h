/* SPDX-License-Identifier: MIT */
/* A document (document.h) on paper: 80 columns, pages of 60 lines, from its body alone. */
#ifndef DISCERN_RECORD_PRINT_DOCUMENT_H
#define DISCERN_RECORD_PRINT_DOCUMENT_H

#include <jansson.h>

#include "base/buf.h"

void print_document(const json_t *body, const char *title, struct buf *out);

#endif
