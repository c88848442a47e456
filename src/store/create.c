/* SPDX-License-Identifier: MIT */
/* Making a store: in a folder beside its own, renamed once it is whole. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/folder.h"
#include "store/log.h"
#include "store/people.h"
#include "store/project.h"

/* --- What is in it ------------------------------------------------------------------------ */

static enum status log_first(struct store *store, const struct person *first,
                             const struct slot *slot, const struct keyring *keyring,
                             struct moment now, struct error *error)
{
    struct log_user user = {.name = first->name,
                            .full = first->full ? first->full : "",
                            .team = first->team ? first->team : "",
                            .role = first->role,
                            .serial = keyring->serial,
                            .fingerprint = keyring->fingerprint};
    struct buf body = {0};
    enum status status = transaction_begin(store->database, error);

    if (status != STATUS_OK)
        return status;
    memcpy(user.public_key, slot->public_key, sizeof(user.public_key));
    log_user_compose(&user, &body);
    status = kinds_install(store->database, error);
    if (status == STATUS_OK)
        status = query_run(store->database, error, "INSERT INTO projection VALUES (1, ?, 0)",
                           "i", (int64_t)PROJECTION_VERSION);
    if (status == STATUS_OK)
        status =
            log_append(store, ENTRY_USER, NULL, buf_text(&body), body.length, now, NULL, error);
    buf_release(&body);
    return transaction_end(store->database, status, error);
}

/* The keyring, and the database with its first entry; the store is left open. */
static enum status furnish(const char *dir, const struct person *first, struct slot *slot,
                           const struct secrets *secrets, struct keyring *keyring,
                           struct moment now, struct store **ret_store, struct error *error)
{
    struct store *store = NULL;
    struct buf bytes = {0};
    char *path = path_join(dir, KEYRING_FILE);
    enum status status;

    keyring_put(keyring, slot);
    keyring_write(keyring, secrets->store_key, &bytes);
    status = file_write(path, buf_text(&bytes), bytes.length, false, error);
    if (status == STATUS_OK)
        status = store_of_secrets(dir, keyring->id, secrets, true, &store, error);
    if (status == STATUS_OK) {
        store_set_me(store, first);
        status = log_first(store, first, slot, keyring, now, error);
    }
    if (status == STATUS_OK)
        *ret_store = store;
    else
        store_close(store);
    buf_release(&bytes);
    free(path);
    return status;
}

/* New secrets, wrapped for the first user, and the store made with them. */
static enum status furnish_new(const char *dir, const struct person *first,
                               const struct passphrase *passphrase, struct kdf_cost cost,
                               struct moment now, struct store **ret_store, struct error *error)
{
    struct secrets *secrets = secret_new(sizeof(*secrets));
    struct keyring keyring = {0};
    struct slot slot = {.kind = SLOT_USER, .role = first->role, .cost = cost};
    enum status status;

    snprintf(slot.name, sizeof(slot.name), "%s", first->name);
    random_bytes(secrets, sizeof(*secrets));
    random_bytes(keyring.id, sizeof(keyring.id));
    status = slot_wrap(&slot, keyring.id, passphrase, secrets, error);
    if (status == STATUS_OK)
        status = furnish(dir, first, &slot, secrets, &keyring, now, ret_store, error);
    keyring_release(&keyring);
    secret_free(secrets);
    return status;
}

enum status store_create_at(const char *dir, const struct person *first,
                            const struct passphrase *passphrase, struct kdf_cost cost,
                            struct moment now, struct error *error)
{
    struct store *store = NULL;
    char *staged = NULL;
    enum status status = user_name_check(first->name, error);

    if (status == STATUS_OK)
        status = passphrase_check(passphrase, first->name, error);
    if (status == STATUS_OK)
        status = folder_free(dir, error);
    if (status == STATUS_OK)
        status = folder_stage(dir, &staged, error);
    if (status != STATUS_OK)
        return status;
    status = furnish_new(staged, first, passphrase, cost, now, &store, error);
    store_close(store);
    if (status == STATUS_OK)
        status = folder_put(staged, dir, error);
    if (status != STATUS_OK)
        folder_clear(staged);
    free(staged);
    return status;
}

enum status store_create(const char *dir, const struct person *first,
                         const struct passphrase *passphrase, struct moment now,
                         struct error *error)
{
    return store_create_at(dir, first, passphrase, KDF_STANDARD, now, error);
}

#define PEOPLE_MAX 8 /* more than practise */

/* --- Practice ----------------------------------------------------------------------------- */

/* Where a store of practice may lie: in memory, if there is such a place. */
static char *make_passing_folder(void)
{
    const char *places[] = {getenv("XDG_RUNTIME_DIR"), "/dev/shm", getenv("TMPDIR"), "/tmp"};

    for (size_t i = 0; i < COUNT(places); i++) {
        char *dir;

        if (!places[i] || places[i][0] != '/')
            continue;
        dir = xasprintf("%s/discern-practice-XXXXXX", places[i]);
        if (mkdtemp(dir))
            return dir;
        free(dir);
    }
    return NULL;
}

/* The signing key of somebody who practises: made from the key of the store, so that whoever
 * has the store open can carry on as any of them. */
static void seed_of(const unsigned char store_key[STORE_KEY_SIZE], const char *name,
                    unsigned char seed[SEED_SIZE])
{
    crypto_generichash(seed, SEED_SIZE, (const unsigned char *)name, strlen(name), store_key,
                       STORE_KEY_SIZE);
}

static void public_key_of(const struct store *store, const char *name,
                          unsigned char public_key[PUBLIC_KEY_SIZE])
{
    struct secrets *secrets = secret_new(sizeof(*secrets));
    struct slot slot = {.kind = SLOT_USER};

    seed_of(store->keys->store_key, name, secrets->seed);
    slot_set_public_key(&slot, secrets);
    memcpy(public_key, slot.public_key, PUBLIC_KEY_SIZE);
    secret_free(secrets);
}

static void become(struct store *store, const struct person *person)
{
    unsigned char seed[SEED_SIZE];

    seed_of(store->keys->store_key, person->name, seed);
    crypto_sign_seed_keypair(store->public_key, store->keys->signing, seed);
    sodium_memzero(seed, sizeof(seed));
    store_set_me(store, person);
}

static enum status check_practice(const struct store *store, struct error *error)
{
    if (store->passing)
        return STATUS_OK;
    return fail(error, STATUS_REFUSED, "Let them unlock the store with their passphrase.",
                "Only practice can carry on as somebody else.");
}

enum status store_practice_as(struct store *store, const char *name, struct error *error)
{
    struct arena arena = {0};
    struct person person;
    bool active = false;
    enum status status = check_practice(store, error);

    if (status == STATUS_OK)
        status = user_find(store, name, &arena, &person, &active, error);
    if (status == STATUS_OK)
        become(store, &person);
    arena_release(&arena);
    return status;
}

enum status store_practice_people(struct store *store, struct arena *arena,
                                  struct person **ret_people, size_t *ret_count,
                                  struct error *error)
{
    struct person *people = arena_alloc(arena, PEOPLE_MAX * sizeof(*people));
    sqlite3_stmt *statement = NULL;
    size_t count = 0;
    bool row = false;
    enum status status = check_practice(store, error);

    if (status == STATUS_OK)
        status = query(store->database, &statement, error,
                       "SELECT name, full_name, team, role FROM user WHERE active AND NOT "
                       "recovery ORDER BY rowid",
                       "");
    while (status == STATUS_OK && count < PEOPLE_MAX &&
           (status = query_row(store->database, statement, &row, error)) == STATUS_OK && row) {
        struct person *person = &people[count];

        person->name = arena_strdup(arena, column_text(statement, 0));
        person->full = arena_strdup(arena, column_text(statement, 1));
        person->team = arena_strdup(arena, column_text(statement, 2));
        if (role_parse(column_text(statement, 3), &person->role))
            count++;
    }
    query_done(statement);
    if (status == STATUS_OK) {
        *ret_people = people;
        *ret_count = count;
    }
    return status;
}

/* A colleague of each other role, so that what was decided can wait for someone. */
static enum status add_colleagues(struct store *store, struct moment now, struct error *error)
{
    static const struct person colleagues[] = {
        {"robin.practice", "Robin Practice", "Practice team", ROLE_PRACTITIONER},
        {"sam.practice", "Sam Practice", "Practice team", ROLE_SUPERVISOR},
        {"alex.practice", "Alex Practice", "Practice team", ROLE_GUARDIAN},
    };
    enum status status = STATUS_OK;

    for (size_t i = 0; i < COUNT(colleagues) && status == STATUS_OK; i++) {
        struct slot slot = {.kind = SLOT_USER, .role = colleagues[i].role, .cost = KDF_FLOOR};

        if (colleagues[i].role == store->me.role)
            continue;
        snprintf(slot.name, sizeof(slot.name), "%s", colleagues[i].name);
        public_key_of(store, slot.name, slot.public_key);
        status = keyring_change(store, NULL, &slot, &colleagues[i], NULL, now, error);
    }
    return status;
}

enum status store_practice(const struct person *first, struct moment now,
                           struct store **ret_store, struct error *error)
{
    struct secrets *secrets = secret_new(sizeof(*secrets));
    struct keyring keyring = {0};
    struct slot slot = {.kind = SLOT_USER, .role = first->role, .cost = KDF_FLOOR};
    struct store *store = NULL;
    char *dir = make_passing_folder();
    enum status status = user_name_check(first->name, error);

    if (status == STATUS_OK && !dir)
        status = fail(error, STATUS_IO, "Check the space in /tmp.",
                      "There is no place for a store of practice.");
    if (status != STATUS_OK)
        goto out;
    snprintf(slot.name, sizeof(slot.name), "%s", first->name);
    random_bytes(secrets, sizeof(*secrets));
    seed_of(secrets->store_key, first->name, secrets->seed);
    random_bytes(keyring.id, sizeof(keyring.id));
    slot_set_public_key(&slot, secrets);
    status = furnish(dir, first, &slot, secrets, &keyring, now, &store, error);
    if (status == STATUS_OK)
        status = add_colleagues(store, now, error);
    if (status == STATUS_OK) {
        store->passing = true;
        *ret_store = store;
        store = NULL;
    }
out:
    if (status != STATUS_OK) {
        store_close(store);
        if (dir)
            folder_clear(dir);
    }
    keyring_release(&keyring);
    secret_free(secrets);
    free(dir);
    return status;
}
