/* SPDX-License-Identifier: MIT */
/*
 * Export: chosen records written to a file that the user asked for, in the clear, for a person
 * or another program to read; and records shown. The log says who wrote what out, and who other
 * than its author read a record. Bundles, which are sealed, are another matter (design: bundles
 * and receipts).
 */
#ifndef DISCERN_EXCHANGE_EXPORT_H
#define DISCERN_EXCHANGE_EXPORT_H

#include <stddef.h>

#include "base/date.h"
#include "base/status.h"
#include "store/store.h"

/*      name, id in the export entry */
#define EXPORT_FORM_TABLE(X)                                                                   \
    X(TEXT, "text")       /* the full record as printed, one after the other */                \
    X(SUMMARY, "summary") /* one page each */                                                  \
    X(JSON, "json")       /* {"entries": [...], "head": ...}: all entries about each, as       \
                             stored, with what an outsider needs to verify them                \
                             (discern-record(5)) */                                            \
    X(CHAIN, "chain")     /* as json, and of every other entry of the log its head and         \
                             signature, so that the whole chain can be verified */
enum export_form {
#define X(name, id) EXPORT_##name,
    EXPORT_FORM_TABLE(X)
#undef X
};

/* Writes the records to `path` (mode 0600, whole or not at all; an existing file is refused)
 * and appends an export entry that names them. All or nothing: one unknown reference and no
 * file is written; no entry and the file is removed again. */
MUST_CHECK enum status export_write(struct store *store, const char *const *reference,
                                    size_t count, enum export_form form, const char *path,
                                    struct moment now, struct error *error);

/* Appends the record for a screen, in lines of at most so many cells; of entries that were read
 * already, wherever from. STATUS_NOT_FOUND if it was erased. */
struct buf;
MUST_CHECK enum status export_entries(const struct row *row, const struct entry *entry,
                                      size_t count, int cells, struct arena *arena,
                                      struct buf *out, struct error *error);

/* Appends the record as export_write would write it to *out, without an entry; for showing it
 * on screen, after export_viewed. STATUS_NOT_FOUND, also for the text of an erased record. */
MUST_CHECK enum status export_show(struct store *store, const char *reference,
                                   enum export_form form, struct buf *out, struct error *error);

/* Appends the entry that the user of the store read a record, unless it is their own. To be
 * called before it is shown: what cannot be logged is not shown. STATUS_NOT_FOUND. */
MUST_CHECK enum status export_viewed(struct store *store, const char *reference,
                                     struct moment now, struct error *error);

#endif
