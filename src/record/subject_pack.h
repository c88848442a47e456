/* SPDX-License-Identifier: MIT */
/*
 * The subject access pack: what may be shown to a person of the records about them. It is made
 * of what is known to be theirs and nothing else, so what is forgotten here stays in.
 *
 * Left out and listed as left out: records that must not be shown to the person, those that
 * they were not told of on purpose, and those that were erased; of the others, each thing that
 * is also about someone else, or could lead to someone who needs safety or who made a report;
 * who asked and what set it off; and reasons that were written by hand. A person reads those
 * before they are shown. The pack does not say why a record was left out: its maker is told.
 */
#ifndef DISCERN_RECORD_SUBJECT_PACK_H
#define DISCERN_RECORD_SUBJECT_PACK_H

#include <stdbool.h>

#include <jansson.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/status.h"
#include "record/record.h"

/* The newest record or amendment of a decision, as it was signed; bytes NULL: erased. */
struct subject_record {
    const char *reference;
    const char *bytes;
    size_t length;
};

/* Why a record is not in the pack. */
#define OMISSION_TABLE(X)                                                                      \
    X(NONE, "none", "In the pack")                                                             \
    X(RESTRICTED, "restricted", "It must not be shown to the person without a fresh check")    \
    X(NOT_TOLD, "not-told", "The person was not told of it on purpose")                        \
    X(ERASED, "erased", "It was erased")
enum omission {
#define X(name, id, words) OMISSION_##name,
    OMISSION_TABLE(X)
#undef X
        OMISSION_COUNT
};
const char *omission_words(enum omission omission);

/* What became of the records, for the person who made the pack. */
struct subject_report {
    enum omission *omission; /* of each record, in the arena */
    size_t shown, left_out;
    size_t items_left_out;
};

/* The pack as an object, canonical when written; the caller owns it. */
MUST_CHECK enum status subject_pack_json(const char *name, const struct subject_record *record,
                                         size_t count, struct moment at, struct arena *arena,
                                         json_t **ret_pack, struct subject_report *ret_report,
                                         struct error *error);

/* The same on paper, as record_print. */
void subject_pack_print(const json_t *pack, struct buf *out);

#endif
