/* SPDX-License-Identifier: MIT */
/* Opening and closing a store. Making one is create.c's. */
#include "store/store.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/folder.h"
#include "store/fresh.h"
#include "store/project.h"
#include "store/upgrade.h"

enum status store_of_secrets(const char *dir, const unsigned char id[STORE_ID_SIZE],
                             const struct secrets *secrets, bool make, struct store **ret_store,
                             struct error *error)
{
    struct store *store = xcalloc(1, sizeof(*store));
    enum status status;

    store->dir = xstrdup(dir);
    store->held = -1;
    store->keys = secret_new(sizeof(*store->keys));
    store->cost = KDF_STANDARD;
    memcpy(store->id, id, STORE_ID_SIZE);
    memcpy(store->keys->store_key, secrets->store_key, STORE_KEY_SIZE);
    subkey_derive(secrets->store_key, SUBKEY_PSEUDONYM, store->keys->pseudonym);
    crypto_sign_seed_keypair(store->public_key, store->keys->signing, secrets->seed);
    store->cipher = cipher_new(secrets->store_key, id);
    status = folder_hold(dir, &store->held, error);
    if (status == STATUS_OK)
        status = database_open(dir, store->cipher, make, &store->database, error);
    if (status == STATUS_OK)
        *ret_store = store;
    else
        store_close(store);
    return status;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    database_close(store->database);
    if (store->passing)
        folder_clear(store->dir);
    if (store->held >= 0)
        close(store->held);
    fresh_free(store->fresh);
    drafts_forget(store);
    secret_free(store->cipher);
    secret_free(store->keys);
    free(store->name);
    free(store->full);
    free(store->team);
    free(store->dir);
    free(store);
}

static enum status find_slot(const char *dir, const struct keyring *keyring, const char *name,
                             const struct slot **ret_slot, struct error *error)
{
    const struct slot *slot = keyring_find(keyring, name);

    if (!slot || slot->kind != SLOT_USER)
        return fail_at(error, STATUS_NOT_FOUND, dir, 0, "name",
                       "Check the name, or ask a guardian to add you.",
                       "This store has no user called %s.", name);
    if (slot->disabled)
        return fail_at(error, STATUS_LOCKED, dir, 0, "name", "Ask a guardian to enable you.",
                       "%s may no longer open this store.", name);
    *ret_slot = slot;
    return STATUS_OK;
}

/* Opens it, upgraded if an earlier Discern made it. */
static enum status open_current(const char *dir, const struct keyring *keyring,
                                const struct secrets *secrets, const struct watch *watch,
                                struct store **ret_store, struct error *error)
{
    struct store *store = NULL;
    bool needed = false;
    enum status status = store_of_secrets(dir, keyring->id, secrets, false, &store, error);

    if (status == STATUS_OK) {
        folder_sweep(dir);
        status = upgrade_needed(store, &needed, error);
    }
    if (status == STATUS_OK && needed) {
        status = store_upgrade(store, secrets, watch, error);
        store_close(store);
        store = NULL;
        if (status == STATUS_OK)
            status = store_of_secrets(dir, keyring->id, secrets, false, &store, error);
    }
    if (status == STATUS_OK)
        *ret_store = store;
    else
        store_close(store);
    return status;
}

/* What cannot be read with the keys of this keyring, while another lies there by now: somebody
 * gave the store another key, or restored it, after this one was read. */
static enum status judge_damage(const char *dir, const struct keyring *keyring,
                                struct error *error)
{
    struct keyring now = {0};
    struct error ignored;
    bool other = keyring_load(dir, &now, &ignored) == STATUS_OK &&
                 memcmp(&now.fingerprint, &keyring->fingerprint, sizeof(now.fingerprint)) != 0;

    keyring_release(&now);
    if (!other)
        return STATUS_DAMAGED;
    return fail_at(error, STATUS_IO, dir, 0, NULL, "Try again.",
                   "Another store, or this one with another key, was just put in the place of "
                   "this one.");
}

static enum status open_slot(const char *dir, const struct keyring *keyring,
                             const struct slot *slot, const struct secrets *secrets,
                             const struct watch *watch, struct store **ret_store,
                             struct error *error)
{
    struct store *store;
    enum status status = open_current(dir, keyring, secrets, watch, &store, error);

    if (status == STATUS_DAMAGED)
        status = judge_damage(dir, keyring, error);
    if (status != STATUS_OK)
        return status;
    if (slot->kind == SLOT_USER)
        store->cost = slot->cost;
    status = pseudonym_take(store, error);
    if (status == STATUS_OK)
        status = project_current(store->database, error);
    if (status == STATUS_OK)
        status = user_take(store, slot, error);
    if (status == STATUS_OK)
        status = keyring_settle(store, error);
    if (status == STATUS_OK)
        *ret_store = store;
    else
        store_close(store);
    return status;
}

enum status store_open_slot(const char *dir, const struct keyring *keyring,
                            const struct slot *slot, const struct secrets *secrets,
                            struct store **ret_store, struct error *error)
{
    return open_slot(dir, keyring, slot, secrets, NULL, ret_store, error);
}

enum status store_open_watched(const char *dir, const char *name,
                               const struct passphrase *passphrase, const struct watch *watch,
                               struct store **ret_store, struct error *error)
{
    struct keyring keyring = {0};
    struct secrets *secrets = NULL;
    const struct slot *slot;
    enum status status = keyring_load(dir, &keyring, error);

    if (status != STATUS_OK)
        return status;
    status = find_slot(dir, &keyring, name, &slot, error);
    if (status == STATUS_OK)
        status = slot_unwrap(slot, keyring.id, passphrase, &secrets, error);
    if (status == STATUS_OK)
        status = open_slot(dir, &keyring, slot, secrets, watch, ret_store, error);
    secret_free(secrets);
    keyring_release(&keyring);
    return status;
}

enum status store_open(const char *dir, const char *name, const struct passphrase *passphrase,
                       struct store **ret_store, struct error *error)
{
    return store_open_watched(dir, name, passphrase, NULL, ret_store, error);
}

enum status store_users(const char *dir, struct user_name **ret_names, size_t *ret_count,
                        struct error *error)
{
    struct keyring keyring = {0};
    struct user_name *names;
    size_t count = 0;
    enum status status = keyring_load(dir, &keyring, error);

    if (status != STATUS_OK)
        return status;
    names = xcalloc(keyring.count, sizeof(*names));
    for (size_t i = 0; i < keyring.count; i++) {
        const struct slot *slot = &keyring.slot[i];

        if (slot->disabled || slot->kind != SLOT_USER)
            continue;
        memcpy(names[count].name, slot->name, sizeof(names[count].name));
        names[count++].role = slot->role;
    }
    keyring_release(&keyring);
    if (ret_names)
        *ret_names = names;
    else
        free(names);
    if (ret_count)
        *ret_count = count;
    return STATUS_OK;
}
