/* SPDX-License-Identifier: MIT */
/* Slots of the keyring: secrets wrapped under a passphrase or a recovery code. */
#include "store/keyring.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static_assert(KDF_SALT_SIZE == crypto_pwhash_SALTBYTES, "salt");
static_assert(SEED_SIZE == crypto_sign_SEEDBYTES, "seed");
static_assert(PUBLIC_KEY_SIZE == crypto_sign_PUBLICKEYBYTES, "public key");
static_assert(SLOT_NONCE_SIZE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "nonce");
static_assert(sizeof(struct secrets) + crypto_aead_xchacha20poly1305_ietf_ABYTES ==
                  SLOT_WRAPPED_SIZE,
              "wrapped");
static_assert(SLOT_SEALED_SIZE == STORE_KEY_SIZE + crypto_box_SEALBYTES &&
                  SLOT_SEALED_SIZE <= SLOT_WRAPPED_SIZE,
              "sealed");

/* All that a slot says but its role, which the log decides and may change without the user's
 * passphrase. Each text ends in its NUL, so no two slots give the same bytes. */
static void authenticate(const struct slot *slot, const unsigned char id[STORE_ID_SIZE],
                         struct buf *with)
{
    static const char label[] = "discern/slot/1";

    buf_add(with, label, sizeof(label));
    buf_add(with, id, STORE_ID_SIZE);
    buf_printf(with, "%d %u %zu", (int)slot->kind, slot->cost.passes, slot->cost.memory);
    buf_putc(with, '\0');
    buf_add(with, slot->name, strlen(slot->name) + 1);
    buf_add(with, slot->salt, sizeof(slot->salt));
    buf_add(with, slot->public_key, sizeof(slot->public_key));
}

/* A code has 128 random bits: it needs no stretching. */
static void key_of_code(const struct slot *slot, const struct passphrase *code,
                        unsigned char key[32])
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, slot->salt, sizeof(slot->salt), 32);
    crypto_generichash_update(&state, (const unsigned char *)"discern/recovery/1", 19);
    crypto_generichash_update(&state, (const unsigned char *)code->text, code->length);
    crypto_generichash_final(&state, key, 32);
    secret_wipe(&state, sizeof(state));
}

static enum status derive(const struct slot *slot, const struct passphrase *passphrase,
                          unsigned char key[32], struct error *error)
{
    if (slot->kind == SLOT_RECOVERY) {
        key_of_code(slot, passphrase, key);
        return STATUS_OK;
    }
    if (crypto_pwhash(key, 32, passphrase->text, passphrase->length, slot->salt,
                      slot->cost.passes, slot->cost.memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(error, STATUS_IO, "Close other programs and try again.",
                    "A passphrase takes %zu MiB of memory to check, and this machine has not "
                    "that much free.",
                    slot->cost.memory >> 20);
    return STATUS_OK;
}

bool slot_same(const struct slot *a, const struct slot *b)
{
    return a->kind == b->kind && a->disabled == b->disabled && a->resealed == b->resealed &&
           memcmp(a->public_key, b->public_key, sizeof(a->public_key)) == 0 &&
           memcmp(a->wrapped, b->wrapped, sizeof(a->wrapped)) == 0 &&
           memcmp(a->sealed, b->sealed, sizeof(a->sealed)) == 0;
}

void slot_set_public_key(struct slot *slot, const struct secrets *secrets)
{
    unsigned char *secret_key = secret_new(crypto_sign_SECRETKEYBYTES);

    crypto_sign_seed_keypair(slot->public_key, secret_key, secrets->seed);
    secret_free(secret_key);
}

enum status slot_wrap(struct slot *slot, const unsigned char id[STORE_ID_SIZE],
                      const struct passphrase *passphrase, const struct secrets *secrets,
                      struct error *error)
{
    unsigned char *key = secret_new(32);
    struct buf with = {0};
    enum status status;

    slot->resealed = false;
    random_bytes(slot->salt, sizeof(slot->salt));
    random_bytes(slot->nonce, sizeof(slot->nonce));
    status = derive(slot, passphrase, key, error);
    if (status != STATUS_OK)
        goto out;
    slot_set_public_key(slot, secrets);
    authenticate(slot, id, &with);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        slot->wrapped, NULL, (const unsigned char *)secrets, sizeof(*secrets),
        (const unsigned char *)with.text, with.length, NULL, slot->nonce, key);
out:
    buf_release(&with);
    secret_free(key);
    return status;
}

static enum status no_key(const struct slot *slot, struct error *error)
{
    return fail(error, STATUS_DAMAGED, "Put back the keyring from a backup of this store.",
                "The keyring has no key for %s that fits.", slot->name);
}

enum status slot_reseal(struct slot *slot, const unsigned char store_key[STORE_KEY_SIZE],
                        struct error *error)
{
    unsigned char to[crypto_box_PUBLICKEYBYTES];

    if (crypto_sign_ed25519_pk_to_curve25519(to, slot->public_key) != 0 ||
        crypto_box_seal(slot->sealed, store_key, STORE_KEY_SIZE, to) != 0)
        return no_key(slot, error);
    slot->resealed = true;
    return STATUS_OK;
}

/* The key that was sealed, in place of the one that was wrapped. */
static enum status open_sealed(const struct slot *slot, struct secrets *secrets,
                               struct error *error)
{
    unsigned char *signing = secret_new(crypto_sign_SECRETKEYBYTES);
    unsigned char *from = secret_new(crypto_box_SECRETKEYBYTES);
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], to[crypto_box_PUBLICKEYBYTES];
    enum status status = STATUS_OK;

    crypto_sign_seed_keypair(public_key, signing, secrets->seed);
    if (crypto_sign_ed25519_pk_to_curve25519(to, public_key) != 0 ||
        crypto_sign_ed25519_sk_to_curve25519(from, signing) != 0 ||
        crypto_box_seal_open(secrets->store_key, slot->sealed, sizeof(slot->sealed), to,
                             from) != 0)
        status = no_key(slot, error);
    secret_free(signing);
    secret_free(from);
    return status;
}

enum status slot_unwrap(const struct slot *slot, const unsigned char id[STORE_ID_SIZE],
                        const struct passphrase *passphrase, struct secrets **ret_secrets,
                        struct error *error)
{
    unsigned char *key = secret_new(32);
    struct secrets *secrets = secret_new(sizeof(*secrets));
    struct buf with = {0};
    enum status status = derive(slot, passphrase, key, error);

    if (status != STATUS_OK)
        goto out;
    authenticate(slot, id, &with);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            (unsigned char *)secrets, NULL, NULL, slot->wrapped, sizeof(slot->wrapped),
            (const unsigned char *)with.text, with.length, slot->nonce, key) != 0) {
        status = slot->kind == SLOT_USER
                     ? fail(error, STATUS_LOCKED, "Type it again. Check Caps Lock.",
                            "This is not the passphrase of %s.", slot->name)
                     : fail(error, STATUS_LOCKED, "Check it against the paper.",
                            "This is not the recovery code of this store.");
        goto out;
    }
    if (slot->resealed)
        status = open_sealed(slot, secrets, error);
    if (status != STATUS_OK)
        goto out;
    *ret_secrets = secrets;
    secrets = NULL;
out:
    buf_release(&with);
    secret_free(secrets);
    secret_free(key);
    return status;
}
