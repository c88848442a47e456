/* SPDX-License-Identifier: MIT */
/* People of a store: names, passphrases, adding a user. Roles are the log's. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/opened.h"

enum status user_name_check(const char *name, struct error *error)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";
    size_t length = strlen(name);

    if (length == 0 || length > USER_NAME_MAX || strspn(name, letters) != length)
        return fail_at(error, STATUS_REFUSED, NULL, 0, "name",
                       "Use 1 to 32 lower case letters, digits, full stops and hyphens.",
                       "A user cannot be called that.");
    if (strcmp(name, RECOVERY_NAME) == 0)
        return fail_at(error, STATUS_REFUSED, NULL, 0, "name", "Choose another name.",
                       "The name \"" RECOVERY_NAME "\" is kept for the recovery code.");
    return STATUS_OK;
}

enum status passphrase_check(const struct passphrase *passphrase, const char *name,
                             struct error *error)
{
    size_t length = passphrase->length;

    if (length == PASSPHRASE_MAX)
        return fail_at(error, STATUS_REFUSED, NULL, 0, "passphrase", "Use a shorter one.",
                       "This passphrase is longer than %d bytes.", PASSPHRASE_MAX - 1);
    if (strlen(name) == length && memcmp(passphrase->text, name, length) == 0)
        return fail_at(error, STATUS_REFUSED, NULL, 0, "passphrase",
                       "Use four or more unrelated words.",
                       "This passphrase is the first that anyone would try.");
    return passphrase_weigh(passphrase, error);
}

void store_set_me(struct store *store, const struct person *person)
{
    char *name = xstrdup(person->name), *full = xstrdup(person->full ? person->full : "");
    char *team = xstrdup(person->team ? person->team : "");

    drafts_forget(store);
    free(store->name);
    free(store->full);
    free(store->team);
    store->name = name;
    store->full = full;
    store->team = team;
    store->me = (struct person){name, full, team, person->role};
}

const struct person *store_me(const struct store *store)
{
    return &store->me;
}

const unsigned char *store_pseudonym_key(const struct store *store)
{
    return store->keys->pseudonym;
}

static enum status not_in_log(const struct slot *slot, struct error *error)
{
    return fail(error, STATUS_LOCKED, "Ask a guardian to add you, or to enable you again.",
                "%s is not a user of this store, or is disabled.", slot->name);
}

enum status user_take(struct store *store, const struct slot *slot, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    struct person person = {.name = slot->name};
    bool row = false;
    enum status status =
        query(store->database, &statement, error,
              "SELECT full_name, team, role FROM user WHERE name = ? AND active AND "
              "public_key = ? AND recovery = ?",
              "tbi", slot->name, slot->public_key, sizeof(slot->public_key),
              (int64_t)(slot->kind == SLOT_RECOVERY));

    if (status == STATUS_OK)
        status = query_row(store->database, statement, &row, error);
    if (status == STATUS_OK && (!row || !role_parse(column_text(statement, 2), &person.role)))
        status = not_in_log(slot, error);
    if (status == STATUS_OK) {
        person.full = column_text(statement, 0);
        person.team = column_text(statement, 1);
        store_set_me(store, &person);
    }
    query_done(statement);
    return status;
}

enum status slot_make(struct store *store, struct slot *slot,
                      const struct passphrase *passphrase, struct error *error)
{
    struct secrets *secrets = secret_new(sizeof(*secrets));
    enum status status;

    memcpy(secrets->store_key, store->keys->store_key, sizeof(secrets->store_key));
    random_bytes(secrets->seed, sizeof(secrets->seed));
    status = slot_wrap(slot, store->id, passphrase, secrets, error);
    secret_free(secrets);
    return status;
}

static enum status check_new(struct store *store, const char *name, struct error *error)
{
    int64_t known;
    enum status status = query_number(store->database, 0, &known, error,
                                      "SELECT count(*) FROM user WHERE name = ?", "t", name);

    if (status == STATUS_OK && known)
        status = fail_at(error, STATUS_REFUSED, NULL, 0, "name", "Choose another name.",
                         "There is a user called %s already.", name);
    return status;
}

enum status store_user_add(struct store *store, const struct person *user,
                           const struct passphrase *passphrase, struct moment now,
                           struct error *error)
{
    struct slot slot = {.kind = SLOT_USER, .role = user->role, .cost = store->cost};
    enum status status = user_name_check(user->name, error);

    if (status == STATUS_OK)
        status = passphrase_check(passphrase, user->name, error);
    if (status == STATUS_OK)
        status = check_new(store, user->name, error);
    if (status != STATUS_OK)
        return status;
    memcpy(slot.name, user->name, strlen(user->name) + 1);
    status = slot_make(store, &slot, passphrase, error);
    if (status == STATUS_OK)
        status = keyring_change(store, NULL, &slot, user, NULL, now, error);
    return status;
}

/* Unwraps the user's own slot with the old passphrase: whoever sits at an open store is not
 * thereby its user. */
static enum status unwrap_own(struct store *store, const struct passphrase *old,
                              struct slot *ret_slot, struct secrets **ret_secrets,
                              struct error *error)
{
    struct keyring keyring = {0};
    const struct slot *slot;
    enum status status = keyring_load(store->dir, &keyring, error);

    if (status != STATUS_OK)
        return status;
    slot = keyring_find(&keyring, store->me.name);
    if (!slot)
        status = fail(error, STATUS_NOT_FOUND, "Put back the keyring from a backup.",
                      "The keyring has no slot for %s.", store->me.name);
    else
        status = slot_unwrap(slot, store->id, old, ret_secrets, error);
    if (status == STATUS_OK)
        *ret_slot = *slot;
    keyring_release(&keyring);
    return status;
}

enum status store_passphrase_change(struct store *store, const struct passphrase *old,
                                    const struct passphrase *new, struct moment now,
                                    struct error *error)
{
    struct secrets *secrets = NULL;
    struct slot before, slot;
    enum status status = passphrase_check(new, store->me.name, error);

    if (status == STATUS_OK)
        status = unwrap_own(store, old, &before, &secrets, error);
    if (status == STATUS_OK) {
        slot = before;
        status = slot_wrap(&slot, store->id, new, secrets, error);
    }
    if (status == STATUS_OK)
        status = keyring_change(store, &before, &slot, NULL, "passphrase", now, error);
    secret_free(secrets);
    return status;
}
