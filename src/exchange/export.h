/* SPDX-License-Identifier: MIT */
/*
 * Export: chosen records written to a file that the user asked for, in the clear, for a person
 * or another program to read. It says in the log that it happened. Bundles, which are sealed,
 * are another matter (design: bundles and receipts).
 */
#ifndef DISCERN_EXCHANGE_EXPORT_H
#define DISCERN_EXCHANGE_EXPORT_H

#include <stddef.h>

#include "base/date.h"
#include "base/status.h"
#include "store/store.h"

enum export_form {
    EXPORT_TEXT,    /* the full record as printed, one after the other */
    EXPORT_SUMMARY, /* one page each */
    EXPORT_JSON     /* {"entries": [...], "head": ...}: all entries about each, as stored, with
                       what an outsider needs to verify them (discern-record(5)) */
};

/* Writes the records to `path` (mode 0600, whole or not at all; an existing file is refused)
 * and appends an export entry that names them. All or nothing: one unknown reference and no
 * file is written. */
MUST_CHECK enum status export_write(struct store *store, const char *const *reference,
                                    size_t count, enum export_form form, const char *path,
                                    struct moment now, struct error *error);

/* Appends the record as export_write would write it to *out, without an entry; for showing it on
 * screen. `sequence` 0 takes the newest version. */
struct buf;
MUST_CHECK enum status export_show(struct store *store, const char *reference, enum export_form form,
                                   struct buf *out, struct error *error);

#endif
