/* SPDX-License-Identifier: MIT */
/*
 * Answering a person who asks what is kept about them: the search, the pack, and the entry of
 * the log that says who looked. The entry has the pseudonym, not the name. Figures without
 * personal data leave the same way.
 */
#ifndef DISCERN_EXCHANGE_SUBJECT_H
#define DISCERN_EXCHANGE_SUBJECT_H

#include "record/subject_pack.h"
#include "store/store.h"

/* What was found about a person, the newest first; in the arena. */
struct subject_found {
    struct row *row;
    size_t count;
    char pseudonym[DIGEST_HEX_SIZE];
};

/* Looks for all decisions about the person, and appends the entry (kind export, form
 * "subject-search") that says so before it gives anything back. */
MUST_CHECK enum status subject_find(struct store *store, const char *name, const char *born,
                                    struct moment now, struct arena *arena,
                                    struct subject_found *ret_found, struct error *error);

/* Writes the pack to `path` (mode 0600, as export_write), as text or as JSON, and appends the
 * entry (form "subject-pack") with what was shown and what was left out. */
MUST_CHECK enum status subject_write(struct store *store, const char *name,
                                     const struct subject_found *found, bool json,
                                     const char *path, struct moment now, struct arena *arena,
                                     struct subject_report *ret_report, struct error *error);

/* Writes the decisions that a query shows as rows of statistics (record/statistics.h) to
 * `path`, as CSV or JSON, and appends the entry (form "statistics") with their number. */
MUST_CHECK enum status statistics_write(struct store *store, const struct log_query *query,
                                        bool json, const char *path, struct moment now,
                                        int64_t *ret_count, struct error *error);

#endif
