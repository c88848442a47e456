/* SPDX-License-Identifier: MIT */
/*
 * Projections: what follows from the log, kept in ordinary tables so that lists are quick.
 * A decision's row is a fold over the entries about it; appending takes one step of the fold,
 * verifying and rebuilding take all of them, so they cannot disagree by design.
 */
#ifndef DISCERN_STORE_PROJECT_H
#define DISCERN_STORE_PROJECT_H

#include "record/follow_up.h"
#include "store/log.h"

#define PROJECTION_VERSION 1 /* raised when a projection changes: older ones are made again */

/* A decision as its row has it. Zeroed: no entry yet. */
struct projected {
    char reference[REFERENCE_SIZE];
    int64_t first, sequence; /* of its record, and of its newest record or amendment */
    char author[USER_NAME_MAX + 1];
    enum state state;
    char agreed_by[USER_NAME_MAX + 1]; /* the first of two who agree; "" if none */
    struct summary summary;
    struct duty_to_do *duty; /* what must be done, done or not */
    size_t duty_count;
};

/* One step. STATUS_BAD_DATA if the entry's body does not fit. Texts live in the arena. */
MUST_CHECK enum status project_fold(struct projected *projected, struct stored_entry *stored,
                                    struct arena *arena, struct error *error);

/* Takes an entry that was just appended into every projection. */
MUST_CHECK enum status project_entry(struct database *database, struct stored_entry *stored,
                                     struct error *error);

/* Makes all projections again from the log, in a transaction of its own. */
MUST_CHECK enum status project_rebuild(struct database *database, struct error *error);

/* Rebuilds them if they are of another version. */
MUST_CHECK enum status project_current(struct database *database, struct error *error);

/* The row of a decision; STATUS_NOT_FOUND if there is none. */
MUST_CHECK enum status projected_load(struct database *database, const char *reference,
                                      struct arena *arena, struct projected *ret_projected,
                                      struct error *error);

/* Puts the row in place of the one of that reference. */
MUST_CHECK enum status projected_save(struct database *database,
                                      const struct projected *projected, struct error *error);

/* What the store has of a decision, in the order of PROJECTED_COLUMNS. */
#define PROJECTED_COLUMNS                                                                       \
    "ref, first, seq, author, state, agreed_by, amends, sibling_of, team, subject, pseudonym, " \
    "requester, recipient, purpose, pack, agreement, programme, retention, recommended, "       \
    "decided, departed, urgent, countersign, restricted, unfinished, practice, signed, zone, "  \
    "due, review, exemptions, keep_until, priority"
void projected_of_row(sqlite3_stmt *row, struct arena *arena, struct projected *ret_projected);

/* The duties of a decision (duty.c): read into it, put in place of those that are kept, and
 * folded: what a newest record asks for, what a review returned, what was done. */
MUST_CHECK enum status duties_load(struct database *database, struct arena *arena,
                                   struct projected *projected, struct error *error);
MUST_CHECK enum status duties_save(struct database *database, const struct projected *projected,
                                   struct error *error);
void duties_fold_record(struct projected *projected, const json_t *body, struct arena *arena);
void duties_fold_return(struct projected *projected, const struct entry *entry,
                        const struct review *review, struct arena *arena);
MUST_CHECK enum status duties_fold_done(struct projected *projected,
                                        struct stored_entry *stored, struct arena *arena,
                                        struct error *error);
bool duties_equal(const struct projected *a, const struct projected *b);

/* Counts what a decision adds to the figures in, in place of what it added before (figures.c).
 */
MUST_CHECK enum status figures_move(struct database *database, const struct projected *before,
                                    const struct projected *after, struct error *error);

/* Counts a review of what was signed then, or takes it out again with `sign` -1. */
MUST_CHECK enum status figures_review(struct database *database, struct moment signed_at,
                                      struct stored_entry *review, int64_t sign,
                                      struct error *error);

/* What a decision, or a review, adds to the figures, one by one. */
struct figure_of {
    enum figure_kind kind;
    date day;
    const char *name;
    int64_t count, total;
};
typedef enum status figure_each(void *data, const struct figure_of *figure,
                                struct error *error);
MUST_CHECK enum status figures_of_decision(const struct projected *projected, figure_each *each,
                                           void *data, struct error *error);
MUST_CHECK enum status figures_of_review(struct moment signed_at, struct stored_entry *review,
                                         figure_each *each, void *data, struct error *error);

/* Takes an entry of an incident in (incident.c). */
MUST_CHECK enum status incident_project(struct database *database, const struct entry *entry,
                                        struct error *error);

/* Makes the incidents of a decision again from what an erasure left of them. */
MUST_CHECK enum status incidents_erased(struct database *database, const char *reference,
                                        struct error *error);

/* Whether two are the same in every column. */
bool projected_equal(const struct projected *a, const struct projected *b);

/* The decision's own reference for one by which it or an amendment is known. */
MUST_CHECK enum status project_resolve(struct database *database, const char *name,
                                       char reference[REFERENCE_SIZE], struct error *error);

#endif
