/* SPDX-License-Identifier: MIT */
/* An open store from the inside: what its rooms share. Callers see store.h only. */
#ifndef DISCERN_STORE_OPENED_H
#define DISCERN_STORE_OPENED_H

#include "store/database.h"
#include "store/keyring.h"
#include "store/store.h"

/* Guarded memory. */
struct own_keys {
    unsigned char store_key[STORE_KEY_SIZE];
    unsigned char pseudonym[32];
    unsigned char signing[64]; /* Ed25519, as libsodium keeps it: seed and public key */
};

struct store {
    char *dir;
    int held;     /* the folder, while the store is open; -1 */
    bool passing; /* of practice: removed when it is closed */
    struct database *database;
    struct cipher *cipher;
    struct own_keys *keys;
    unsigned char id[STORE_ID_SIZE];
    unsigned char public_key[PUBLIC_KEY_SIZE];
    struct kdf_cost cost; /* of new slots: what this user's own slot has */
    struct fresh *fresh;  /* what fresh.h keeps; NULL at first */
    struct seen *seen;    /* drafts as they were last seen (draft.c) */
    size_t seen_count;
    struct person me;
    char *name, *full, *team; /* owned; me borrows them */
};

#define RECOVERY_NAME "recovery"

/* As store_create, at a cost of one's own: tests cannot wait half a second each time. */
MUST_CHECK enum status store_create_at(const char *dir, const struct person *first,
                                       const struct passphrase *passphrase,
                                       struct kdf_cost cost, struct moment now,
                                       struct error *error);

/* A store whose user is not known yet, from secrets that were unwrapped; opens or makes the
 * database in the folder. Free it with store_close. */
MUST_CHECK enum status store_of_secrets(const char *dir, const unsigned char id[STORE_ID_SIZE],
                                        const struct secrets *secrets, bool make,
                                        struct store **ret_store, struct error *error);

/* Opens the store with the keys of a slot that was unwrapped, as its user, as the log has them.
 */
MUST_CHECK enum status store_open_slot(const char *dir, const struct keyring *keyring,
                                       const struct slot *slot, const struct secrets *secrets,
                                       struct store **ret_store, struct error *error);

/* Makes the user of the store this person; texts are copied. */
void store_set_me(struct store *store, const struct person *person);

/* Whether a user may be called that; else STATUS_REFUSED. */
MUST_CHECK enum status user_name_check(const char *name, struct error *error);

/* Whether a passphrase will do; else STATUS_REFUSED. */
MUST_CHECK enum status passphrase_check(const struct passphrase *passphrase, const char *name,
                                        struct error *error);

/* The user of that name as the log has them, but for the recovery key; texts in the arena.
 * STATUS_NOT_FOUND. */
MUST_CHECK enum status user_find(struct store *store, const char *name, struct arena *arena,
                                 struct person *ret_person, bool *ret_active,
                                 struct error *error);

/* A copy of the slot of that name, as the keyring in the folder has it. STATUS_NOT_FOUND. */
MUST_CHECK enum status slot_find(const char *dir, const char *name, struct slot *ret_slot,
                                 struct error *error);

/* Takes the key of pseudonyms that was kept when the store was given another key, if it was. */
MUST_CHECK enum status pseudonym_take(struct store *store, struct error *error);

/* Removes a draft of the user, within the caller's transaction. STATUS_REFUSED if it was
 * changed or removed elsewhere since this opening of the store saw it. */
MUST_CHECK enum status draft_remove(struct store *store, const char *reference,
                                    struct error *error);

/* A draft, or all of them, as if they had not been seen: once one is gone, or they are somebody
 * else's. */
void draft_forget(struct store *store, const char *reference);
void drafts_forget(struct store *store);

/* Wraps the key of the store and a new signing key into a slot whose kind, name and cost are
 * set. */
MUST_CHECK enum status slot_make(struct store *store, struct slot *slot,
                                 const struct passphrase *passphrase, struct error *error);

/* --- The user, and the keyring (user.c, keyring_change.c) ----------------------------------
 */

/* Makes the user whose slot was unwrapped the store's own, as the log has them. STATUS_LOCKED
 * if the log has them disabled, or has no such user, or another key. */
MUST_CHECK enum status user_take(struct store *store, const struct slot *slot,
                                 struct error *error);

/* Compares the keyring in the folder with the last one that the log knows. One change that was
 * cut off before it was logged is logged now, at the time of the last entry; any other
 * difference is STATUS_DAMAGED: an old keyring put back, or one that was made up. */
MUST_CHECK enum status keyring_settle(struct store *store, struct error *error);

/* Reads the keyring in the folder, and checks that it is this store's. */
MUST_CHECK enum status keyring_own(struct store *store, struct keyring *ret_keyring,
                                   struct error *error);

/* Logs the keyring as a change of it, with `why`, and then writes its bytes into the folder;
 * within the caller's transaction. */
MUST_CHECK enum status keyring_log(struct store *store, const struct keyring *keyring,
                                   const struct buf *bytes, const char *why, struct moment now,
                                   struct error *error);

/* Puts a slot into the keyring and logs it, in one transaction: as the entry of a user if
 * `user` is not NULL, else as a change of the keyring, with `why`. `before` is the slot that it
 * was made from, NULL for a new one: STATUS_REFUSED if somebody changed it meanwhile. */
MUST_CHECK enum status keyring_change(struct store *store, const struct slot *before,
                                      const struct slot *slot, const struct person *user,
                                      const char *why, struct moment now, struct error *error);

#endif
