/* SPDX-License-Identifier: MIT */
/*
 * Documents that agreements ask for besides decisions: the Record of Sharing of a decision, and
 * the register of agreements. Each is canonical JSON, made once, and printed from those bytes
 * alone. Whether and to whom one leaves is none of its business.
 */
#ifndef DISCERN_RECORD_DOCUMENT_H
#define DISCERN_RECORD_DOCUMENT_H

#include <jansson.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/status.h"
#include "policy/agreement.h"

#define DOCUMENT_SCHEMA 1

#define DOCUMENT_TABLE(X)                                                                      \
    X(RECORD_OF_SHARING, "record-of-sharing", "Record of Sharing")                             \
    X(AGREEMENT_REGISTER, "agreement-register", "Register of agreements")
enum document_kind {
#define X(name, id, words) DOCUMENT_##name,
    DOCUMENT_TABLE(X)
#undef X
        DOCUMENT_KIND_COUNT
};
const char *document_id(enum document_kind kind);
bool document_parse(const char *id, enum document_kind *ret_kind);

/* A document on its way. Texts are never NULL and live in the arena that it was read into. */
struct document {
    const char *kind, *title;
    const char *agreement, *reference; /* "" if it is of none */
    const char *body;                  /* canonical JSON */
    const char *text;                  /* the same on paper */
};

/* Appends the Record of Sharing of a decision: of its record (or amendment), the fields that
 * the form needs, and of what the person is called or has gone through none. `pack` is the one
 * that it was walked with, joined with the agreement. STATUS_REFUSED if the agreement does not
 * ask for one: it names nobody who gets it, nothing that it adds to the walk had to be done, or
 * nothing was shared. STATUS_BAD_DATA if the bytes are no record. */
MUST_CHECK enum status record_of_sharing(const char *bytes, size_t length,
                                         const struct pack *pack, struct buf *out,
                                         struct error *error);

/* An agreement as the register has it. Appends the register of several, as of that day. */
json_t *agreement_to_json(const struct agreement *agreement, date day);
void register_of_agreements(const struct agreement *const *list, size_t count, date day,
                            struct buf *out);

/* The document that a body is. STATUS_BAD_DATA if it is none. */
MUST_CHECK enum status document_read(const char *body, size_t length, struct arena *arena,
                                     struct document *ret_document, struct error *error);

#endif
