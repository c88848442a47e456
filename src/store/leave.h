/* SPDX-License-Identifier: MIT */
/*
 * What a store keeps for what leaves it and for what comes from other stores: its certificate,
 * bundles on their way, the logs of others. Part of store.h, for those who need it. Sealing,
 * checking and deciding is the business of exchange.
 */
#ifndef DISCERN_STORE_LEAVE_H
#define DISCERN_STORE_LEAVE_H

#include "store/store.h"

/* --- The certificate (identity.c) --------------------------------------------------------- */

/* What the store signs its bundles with: PEM texts. The key is guarded memory, ended by a NUL:
 * free it with secret_free. */
struct identity {
    char *key;
    const char *certificate; /* in the arena */
    int64_t since;           /* the entry of the log that names it */
};

/* The one that signs what ends with entry `at` of the log: the newest by then, or the first.
 * STATUS_NOT_FOUND if the store has none yet. */
#define IDENTITY_NEWEST INT64_MAX
MUST_CHECK enum status store_identity(struct store *store, int64_t at, struct arena *arena,
                                      struct identity *ret_identity, struct error *error);

/* Keeps a new identity, and binds it to the log by an entry with the fingerprint of the
 * certificate. STATUS_REFUSED if there is one, unless it is to be `another`. */
MUST_CHECK enum status store_identity_keep(struct store *store, const struct identity *identity,
                                           const struct digest *fingerprint, bool another,
                                           struct moment now, struct error *error);

/* Calls `each` with the entries that say where bundles are (bundles and receipts), oldest
 * first, until it fails. What it is given lives until it returns. */
typedef enum status entry_each(const struct entry *entry, void *data, struct error *error);
MUST_CHECK enum status store_each_leaving(struct store *store, entry_each *each, void *data,
                                          struct error *error);

/* The same with the verdicts on decisions of other stores. */
MUST_CHECK enum status store_each_verdict(struct store *store, entry_each *each, void *data,
                                          struct error *error);

/* Calls `each` with the number of the newest record or amendment of every decision that was not
 * erased. */
typedef void decision_each(int64_t sequence, void *data);
MUST_CHECK enum status store_each_decision(struct store *store, decision_each *each, void *data,
                                           struct error *error);

/* --- On the way (outgoing.c, evidence.c) -------------------------------------------------- */

/* Sealed bundles that are on their way, so that sending can be taken up where it was cut. They
 * are copies: what became of a bundle is in the log. */
struct outgoing {
    const char *bundle, *name; /* its id, the name of its file */
    const char *sealed;
    size_t length;
};
MUST_CHECK enum status store_outgoing_keep(struct store *store, const char *to,
                                           const struct outgoing *outgoing,
                                           struct error *error);
MUST_CHECK enum status store_outgoing_drop(struct store *store, const char *bundle,
                                           struct error *error);

/* The oldest one to that receiver, in the arena. STATUS_NOT_FOUND if there is none. */
MUST_CHECK enum status store_outgoing(struct store *store, const char *to, struct arena *arena,
                                      struct outgoing *ret_outgoing, struct error *error);

/* Takes the turn at sending, which one program at a time has: *ret_turn, to be closed with
 * close(), as it is when the program ends. STATUS_REFUSED says who has it. */
MUST_CHECK enum status store_outgoing_turn(struct store *store, int *ret_turn,
                                           struct error *error);
/* --- Where decisions are (whereabouts.c) -------------------------------------------------- */

/* What was worked out from the entries that say where bundles are, kept so that a long log is
 * not gone through each time. STATUS_NOT_FOUND if none was kept, or such an entry came since;
 * then *ret_newest is the number of the newest such entry, 0 if there is none. The text is
 * JSON, in the arena. */
MUST_CHECK enum status store_whereabouts(struct store *store, const char *to,
                                         struct arena *arena, int64_t *ret_newest,
                                         const char **ret_text, struct error *error);
MUST_CHECK enum status store_whereabouts_keep(struct store *store, const char *to,
                                              int64_t newest, const char *text,
                                              struct error *error);

/* How many decisions there are that were not erased; and how many of them have their newest
 * record or amendment among the entries `from` to `to`. The latter costs by their number. */
MUST_CHECK enum status store_decisions(struct store *store, int64_t *ret_count,
                                       struct error *error);
MUST_CHECK enum status store_decisions_between(struct store *store, int64_t from, int64_t to,
                                               int64_t *ret_count, struct error *error);

/* --- Other stores (foreign.c) ------------------------------------------------------------- */

/* Another store, as far as its bundles were taken in. Texts live in the arena. */
struct foreign_store {
    const char *id, *name;
    const char *certificate; /* PEM */
    const char *fingerprint; /* of the certificate, in hexadecimal */
    struct head head;        /* how far its chain is known here */
};

/* STATUS_NOT_FOUND if nothing of it was ever taken in. */
MUST_CHECK enum status store_foreign(struct store *store, const char *id, struct arena *arena,
                                     struct foreign_store *ret_foreign, struct error *error);
MUST_CHECK enum status store_foreign_all(struct store *store, struct arena *arena,
                                         struct foreign_store **ret_list, size_t *ret_count,
                                         struct error *error);

/* An entry of another store, as its bundle had it, and what its head says that is looked for.
 */
struct foreign_entry {
    int64_t sequence;
    const char *kind, *reference; /* reference: "" if none */
    struct digest link;
    struct evidence evidence;
    const char *body; /* NULL if it was withheld */
    size_t length;
    const char *view; /* NULL if the body is whole, or all of it was withheld */
    size_t view_length;
};

/* Takes checked entries in, and appends the import entry that says so (its "digest" is the
 * fingerprint of the bundle's file), in one transaction. What
 * is there already is left as it is, but for bodies that were withheld until now.
 * STATUS_REFUSED if they do not go on where those that are there end. */
MUST_CHECK enum status store_import(struct store *store, const struct foreign_store *foreign,
                                    const struct foreign_entry *entry, size_t count,
                                    const char *body, size_t length, struct moment now,
                                    struct error *error);

/* Whether the bundle whose file has that fingerprint was taken in. */
MUST_CHECK enum status store_imported(struct store *store, const struct digest *bundle,
                                      bool *ret_imported, struct error *error);

/* Calls `each` with the entries of another store, oldest first: of one kind, or of all if it is
 * NULL; about one decision, or about all if `reference` is NULL. */
typedef enum status foreign_each(const struct foreign_entry *entry, void *data,
                                 struct error *error);
MUST_CHECK enum status store_foreign_each(struct store *store, const char *id, const char *kind,
                                          const char *reference, foreign_each *each, void *data,
                                          struct error *error);

#endif
