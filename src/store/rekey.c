/* SPDX-License-Identifier: MIT */
/* Another key for a store: a copy sealed with it is furnished beside the store, verified, and
 * put in its place at one stroke. Until then the store is as it was. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/care.h"
#include "store/folder.h"
#include "store/log.h"

/* Pseudonyms of a subject must match those in records that were signed before. */
static enum status keep_pseudonyms(struct store *copy, const struct store *store,
                                   struct error *error)
{
    return query_run(copy->database, error,
                     "INSERT INTO pseudonym VALUES (1, ?) ON CONFLICT DO NOTHING", "b",
                     store->keys->pseudonym, sizeof(store->keys->pseudonym));
}

enum status pseudonym_take(struct store *store, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status =
        query(store->database, &statement, error, "SELECT key FROM pseudonym", "");

    if (status == STATUS_OK)
        status = query_row(store->database, statement, &row, error);
    if (status == STATUS_OK && row)
        memcpy(store->keys->pseudonym, sqlite3_column_blob(statement, 0),
               sizeof(store->keys->pseudonym));
    query_done(statement);
    return status;
}

/* The keyring for the new key: sealed to everyone who may open the store. Whoever is disabled
 * keeps a slot, but with the old key in it. */
static enum status reseal_all(struct keyring *keyring, const struct secrets *fresh,
                              struct error *error)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < keyring->count && status == STATUS_OK; i++) {
        struct slot *slot = &keyring->slot[i];

        if (slot->disabled)
            slot->resealed = false;
        else
            status = slot_reseal(slot, fresh->store_key, error);
    }
    return status;
}

static enum status furnish(struct store *copy, struct store *store, struct keyring *keyring,
                           const struct secrets *fresh, struct moment now, struct error *error)
{
    struct buf bytes = {0};
    enum status status = reseal_all(keyring, fresh, error);

    if (status == STATUS_OK)
        status = transaction_begin(copy->database, error);
    if (status != STATUS_OK)
        return status;
    keyring_write(keyring, fresh->store_key, &bytes);
    status = keep_pseudonyms(copy, store, error);
    if (status == STATUS_OK)
        status = keyring_log(copy, keyring, &bytes, "rekey", now, error);
    buf_release(&bytes);
    return transaction_end(copy->database, status, error);
}

/* The copy, sealed with the fresh key, with an entry that says so; verified and closed. */
static enum status make_copy(struct store *store, const char *staged,
                             const struct secrets *fresh, struct moment now,
                             struct error *error)
{
    struct cipher *cipher = cipher_new(fresh->store_key, store->id);
    struct keyring keyring = {0};
    struct store *copy = NULL;
    struct head head;
    enum status status = store_head(store, &head, error);

    if (status == STATUS_OK)
        status = database_copy(store->database, staged, cipher, error);
    if (status == STATUS_OK)
        status = store_of_secrets(staged, store->id, fresh, false, &copy, error);
    if (status == STATUS_OK) {
        store_set_me(copy, &store->me);
        status = keyring_own(store, &keyring, error);
    }
    if (status == STATUS_OK)
        status = furnish(copy, store, &keyring, fresh, now, error);
    if (status == STATUS_OK)
        status = store_verify(copy, &head, NULL, NULL, error);
    store_close(copy);
    keyring_release(&keyring);
    secret_free(cipher);
    return status;
}

enum status store_rekey(struct store *store, struct moment now, struct error *error)
{
    struct secrets *fresh = secret_new(sizeof(*fresh));
    char *staged = NULL;
    enum status status = keyring_settle(store, error);

    random_bytes(fresh->store_key, sizeof(fresh->store_key));
    memcpy(fresh->seed, store->keys->signing, sizeof(fresh->seed)); /* its first half */
    if (status == STATUS_OK)
        status = folder_hold_alone(store->dir, store->held, error);
    if (status == STATUS_OK)
        status = folder_stage(store->dir, &staged, error);
    if (status != STATUS_OK)
        goto out;
    status = make_copy(store, staged, fresh, now, error);
    if (status == STATUS_OK) {
        database_close(store->database);
        store->database = NULL;
        status = folder_exchange(staged, store->dir, error);
    }
    folder_clear(staged);
out:
    secret_free(fresh);
    free(staged);
    return status;
}
