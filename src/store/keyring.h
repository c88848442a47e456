/* SPDX-License-Identifier: MIT */
/*
 * The keyring: who can open the store. One slot a user wraps the store key and that user's
 * signing key under the user's passphrase (Argon2id, then XChaCha20-Poly1305). A recovery slot
 * does so under a code that is printed once and kept by the organisation.
 *
 * The file, "keyring", is JSON, canonical, written whole or not at all; discern-record(5) has
 * its fields. Each change raises its serial, names the fingerprint of the file before, and
 * is sealed (HMAC-SHA-256) with a key that only those have who can open the store, so that the
 * log can tell a change that was interrupted from a keyring that was put back or made up.
 *
 * What it does not do: decide who may do what. Names and roles in it are claims; the log has
 * the truth. Nor does it ever hold a passphrase, or a key outside guarded memory.
 */
#ifndef DISCERN_STORE_KEYRING_H
#define DISCERN_STORE_KEYRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/secret.h"
#include "base/status.h"
#include "record/record.h"
#include "store/cipher.h"
#include "store/store.h"

#define KEYRING_FILE "keyring"
#define KEYRING_FILE_MAX ((size_t)1 << 20)
#define KEYRING_SCHEMA 1
#define KEYRING_SLOTS_MAX 1000
#define KDF_SALT_SIZE 16
#define SEED_SIZE 32
#define PUBLIC_KEY_SIZE 32
#define SLOT_NONCE_SIZE 24
#define SLOT_WRAPPED_SIZE (STORE_KEY_SIZE + SEED_SIZE + 16)
#define SLOT_SEALED_SIZE (STORE_KEY_SIZE + 48)

/* What a guess at a passphrase costs. A keyring that asks for less than the floor, which would
 * make guessing cheap, or more than the ceiling, which would exhaust the machine, is refused.
 */
struct kdf_cost {
    unsigned passes;
    size_t memory; /* bytes */
};
#define KDF_STANDARD ((struct kdf_cost){3, (size_t)256 << 20})
#define KDF_FLOOR ((struct kdf_cost){2, (size_t)64 << 20})
#define KDF_CEILING ((struct kdf_cost){10, (size_t)1 << 30})

/* What a slot wraps. Guarded memory only. */
struct secrets {
    unsigned char store_key[STORE_KEY_SIZE];
    unsigned char seed[SEED_SIZE]; /* of the user's Ed25519 key */
};

enum slot_kind { SLOT_USER, SLOT_RECOVERY };

struct slot {
    enum slot_kind kind;
    char name[USER_NAME_MAX + 1];
    enum role role;
    bool disabled;
    struct kdf_cost cost; /* of a user's slot; a recovery code needs none */
    unsigned char salt[KDF_SALT_SIZE];
    unsigned char public_key[PUBLIC_KEY_SIZE];
    unsigned char nonce[SLOT_NONCE_SIZE];
    unsigned char wrapped[SLOT_WRAPPED_SIZE];
    /* The store was given a new key since: it is sealed to the user's own key, in place of the
     * one that is wrapped, until the user chooses another passphrase. */
    bool resealed;
    unsigned char sealed[SLOT_SEALED_SIZE];
};

/* Zero-initialised is empty. Release with keyring_release. */
struct keyring {
    unsigned char id[STORE_ID_SIZE];
    int64_t serial;
    struct digest previous;    /* fingerprint of the file before; zeros for the first */
    struct digest seal;        /* as read */
    struct digest fingerprint; /* of the file, as read or as written last */
    struct slot *slot;
    size_t count;
};

void keyring_release(struct keyring *keyring);

/* Reads a keyring. STATUS_DAMAGED, STATUS_UNSUPPORTED; `file` is used in errors. */
MUST_CHECK enum status keyring_read(const char *file, const char *bytes, size_t length,
                                    struct keyring *ret_keyring, struct error *error);

/* As keyring_read, from the folder of a store. STATUS_NOT_FOUND if no store is there,
 * STATUS_IO.
 */
MUST_CHECK enum status keyring_load(const char *dir, struct keyring *ret_keyring,
                                    struct error *error);

/* Counts the serial up, seals the keyring and appends the bytes of its file; the fingerprint
 * is theirs afterwards. */
void keyring_write(struct keyring *keyring, const unsigned char store_key[STORE_KEY_SIZE],
                   struct buf *out);

/* Whether the seal is that of someone who had the store key. */
bool keyring_sealed(const struct keyring *keyring,
                    const unsigned char store_key[STORE_KEY_SIZE]);

/* The slot of that name, NULL if there is none. Borrowed. */
struct slot *keyring_find(const struct keyring *keyring, const char *name);

/* Whether two slots of one name hold the same keys for the same use. */
bool slot_same(const struct slot *a, const struct slot *b);

/* Adds a slot, in place of the one of the same name if there is one. */
void keyring_put(struct keyring *keyring, const struct slot *slot);

/* The public key that goes with the seed. */
void slot_set_public_key(struct slot *slot, const struct secrets *secrets);

/* Wraps secrets into a slot whose kind, name and cost are set; its public key, salt, nonce and
 * wrapped bytes are made. A recovery slot takes the code as its passphrase. STATUS_IO if the
 * machine has not the memory. */
MUST_CHECK enum status slot_wrap(struct slot *slot, const unsigned char id[STORE_ID_SIZE],
                                 const struct passphrase *passphrase,
                                 const struct secrets *secrets, struct error *error);

/* Seals the key of the store to the user's public key: whoever unwraps the slot gets this one.
 * STATUS_DAMAGED if the public key is none. */
MUST_CHECK enum status slot_reseal(struct slot *slot,
                                   const unsigned char store_key[STORE_KEY_SIZE],
                                   struct error *error);

/* Unwraps it into guarded memory, to be freed with secret_free. STATUS_LOCKED if the passphrase
 * is another, STATUS_IO if the machine has not the memory. */
MUST_CHECK enum status slot_unwrap(const struct slot *slot,
                                   const unsigned char id[STORE_ID_SIZE],
                                   const struct passphrase *passphrase,
                                   struct secrets **ret_secrets, struct error *error);

#endif
