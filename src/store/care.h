/* SPDX-License-Identifier: MIT */
/*
 * Looking after a store: who may open it, its key, how long records are kept, backups. Each of
 * these leaves an entry in the log; the database refuses what a role may not do.
 *
 * What it never does: remove a user's drafts or entries with the user, or put another store in
 * place of one that was not kept.
 */
#ifndef DISCERN_STORE_CARE_H
#define DISCERN_STORE_CARE_H

#include "store/store.h"

/* --- Users -------------------------------------------------------------------------------- */

/* A user who is disabled can neither open the store nor add to its log; drafts stay, and are
 * there again once the user is enabled. STATUS_NOT_FOUND, STATUS_REFUSED. */
MUST_CHECK enum status store_user_disable(struct store *store, const char *name,
                                          struct moment now, struct error *error);
MUST_CHECK enum status store_user_enable(struct store *store, const char *name,
                                         struct moment now, struct error *error);

/* Gives the drafts of a user who is disabled to another one. STATUS_REFUSED. */
MUST_CHECK enum status store_hand_over(struct store *store, const char *from, const char *to,
                                       struct moment now, size_t *ret_count,
                                       struct error *error);

/* --- The recovery key --------------------------------------------------------------------- */

/* Makes the key that opens the store when a passphrase is lost, in place of the one before: 40
 * letters and digits in groups, for paper. It is kept nowhere else. Free with secret_free. */
MUST_CHECK enum status store_recovery_make(struct store *store, struct moment now,
                                           struct passphrase **ret_code, struct error *error);

/* Gives a user another passphrase, and with it another signing key, by the recovery key as it
 * was typed. STATUS_LOCKED (another key), STATUS_BAD_DATA (mistyped), STATUS_NOT_FOUND. */
MUST_CHECK enum status store_recover(const char *dir, const char *name,
                                     const struct passphrase *code,
                                     const struct passphrase *passphrase, struct moment now,
                                     struct error *error);

/* Gives the store another key, in another file that is verified before it takes the place of
 * the old one, so that keys and copies which somebody still has are worth nothing for what
 * comes. Passphrases stay. Nobody else may have the store open; afterwards it can only be
 * closed. */
MUST_CHECK enum status store_rekey(struct store *store, struct moment now, struct error *error);

/* --- Keeping and erasing ------------------------------------------------------------------ */

struct due {
    char reference[REFERENCE_SIZE];
    const char *author, *subject, *retention; /* in the arena */
    date keep_until;                          /* DATE_NONE if a person decides */
    bool held;
};

/* The decisions that may go by that day, the longest overdue first, in the arena. */
MUST_CHECK enum status store_due(struct store *store, date day, struct arena *arena,
                                 struct due **ret_due, size_t *ret_count, struct error *error);

/* Keeps a decision beyond its time, or lets go of it again. A message is compulsory. */
MUST_CHECK enum status store_hold(struct store *store, const char *reference, bool hold,
                                  const char *message, struct moment now, struct error *error);

/* Removes the texts of all that was ever logged about a decision: from the database, its free
 * pages, the index of words and the write-ahead log. Heads stay. STATUS_REFUSED if it is held.
 */
MUST_CHECK enum status store_erase(struct store *store, const char *reference,
                                   const char *reason, struct moment now, struct error *error);

/* --- Copies ------------------------------------------------------------------------------- */

/* Makes a copy of the store in a folder that must not exist, while the store is in use, and
 * verifies it. It is a store, sealed as this one is, opened with the same passphrases. */
MUST_CHECK enum status store_backup(struct store *store, const char *dir, struct head *ret_head,
                                    struct error *error);

struct restored {
    struct head head;  /* of the backup */
    struct head known; /* of the store that was there; count 0 if there was none to read */
    char *kept;        /* where that store is now; NULL if there was none. free() it */
};

/* Verifies a backup and, unless `check`, puts a copy of it in the place of the store in `dir`,
 * which is kept beside it. A backup that lacks entries of that store is STATUS_REFUSED unless
 * `older`. Opens both as that user. */
struct restore_options {
    const char *backup, *dir, *name;
    const struct passphrase *passphrase;
    bool check, older;
};
MUST_CHECK enum status store_restore(const struct restore_options *options, struct moment now,
                                     struct restored *ret_restored, struct error *error);

#endif
