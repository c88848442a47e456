/* SPDX-License-Identifier: MIT */
/*
 * The recovery key: five references' worth of random letters and digits, so that each group of
 * eight has a character that catches a slip, and the person who types it is told which group.
 * 158 random bits: it needs no stretching, and guessing it no slowing down.
 */
#include <stdio.h>
#include <string.h>

#include "store/care.h"
#include "store/opened.h"

#define GROUPS 5
#define GROUP_LETTERS 8
#define CODE_LETTERS (GROUPS * GROUP_LETTERS)

static const struct person recovery_person = {RECOVERY_NAME, "Recovery key", "", ROLE_GUARDIAN};

static void add_group(struct passphrase *code, const char *group)
{
    if (code->length)
        code->text[code->length++] = ' ';
    memcpy(code->text + code->length, group, REFERENCE_SIZE - 1);
    code->length += REFERENCE_SIZE - 1;
}

static struct passphrase *new_code(void)
{
    struct passphrase *code = secret_new(sizeof(*code));
    unsigned char random[REFERENCE_RANDOM];
    char group[REFERENCE_SIZE];

    for (int i = 0; i < GROUPS; i++) {
        random_bytes(random, sizeof(random));
        reference_make(random, group);
        add_group(code, group);
    }
    secret_wipe(random, sizeof(random));
    secret_wipe(group, sizeof(group));
    return code;
}

/* Takes the letters and digits of what was typed, `ret_letters` having room for them and a NUL.
 * Returns how many there were. */
static size_t letters_of(const struct passphrase *typed, char ret_letters[CODE_LETTERS + 1])
{
    size_t count = 0;

    for (size_t i = 0; i < typed->length; i++) {
        char c = typed->text[i];

        if (c == ' ' || c == '-')
            continue;
        if (count < CODE_LETTERS)
            ret_letters[count] = c;
        count++;
    }
    ret_letters[count < CODE_LETTERS ? count : CODE_LETTERS] = '\0';
    return count;
}

/* What was typed as it was printed, whichever way it was spaced. */
static enum status read_code(const struct passphrase *typed, struct passphrase *code,
                             struct error *error)
{
    char *letters = secret_new(CODE_LETTERS + 1), *group = secret_new(GROUP_LETTERS + 1);
    char *proper = secret_new(REFERENCE_SIZE);
    size_t count = letters_of(typed, letters);
    enum status status = STATUS_OK;

    if (count != CODE_LETTERS)
        status = fail(error, STATUS_BAD_DATA, "Compare it with the paper.",
                      "A recovery key has %d letters and digits; this has %zu.", CODE_LETTERS,
                      count);
    for (int i = 0; i < GROUPS && status == STATUS_OK; i++) {
        memcpy(group, letters + i * GROUP_LETTERS, GROUP_LETTERS);
        if (reference_read(group, proper))
            add_group(code, proper);
        else
            status = fail(error, STATUS_BAD_DATA, "Compare them with the paper.",
                          "Something is mistyped in groups %d and %d of the recovery key.",
                          2 * i + 1, 2 * i + 2);
    }
    secret_free(letters);
    secret_free(group);
    secret_free(proper);
    return status;
}

enum status store_recovery_make(struct store *store, struct moment now,
                                struct passphrase **ret_code, struct error *error)
{
    struct slot slot = {.kind = SLOT_RECOVERY, .name = RECOVERY_NAME, .role = ROLE_GUARDIAN};
    struct slot before;
    struct passphrase *code = new_code();
    enum status status = slot_find(store->dir, RECOVERY_NAME, &before, error);
    bool first = status == STATUS_NOT_FOUND;

    if (status == STATUS_OK || first)
        status = slot_make(store, &slot, code, error);
    if (status == STATUS_OK)
        status = keyring_change(store, first ? NULL : &before, &slot, &recovery_person, NULL,
                                now, error);
    if (status == STATUS_OK)
        *ret_code = code;
    else
        secret_free(code);
    return status;
}

/* --- Recovering --------------------------------------------------------------------------- */

static enum status open_recovery(const char *dir, const struct passphrase *typed,
                                 struct store **ret_store, struct error *error)
{
    struct passphrase *code = secret_new(sizeof(*code));
    struct keyring keyring = {0};
    struct secrets *secrets = NULL;
    const struct slot *slot = NULL;
    enum status status = read_code(typed, code, error);

    if (status == STATUS_OK)
        status = keyring_load(dir, &keyring, error);
    if (status == STATUS_OK)
        slot = keyring_find(&keyring, RECOVERY_NAME);
    if (status == STATUS_OK && (!slot || slot->kind != SLOT_RECOVERY))
        status = fail_at(error, STATUS_NOT_FOUND, dir, 0, NULL,
                         "Restore a backup whose passphrase you know.",
                         "No recovery key was made for this store.");
    if (status == STATUS_OK)
        status = slot_unwrap(slot, keyring.id, code, &secrets, error);
    if (status == STATUS_OK)
        status = store_open_slot(dir, &keyring, slot, secrets, ret_store, error);
    secret_free(secrets);
    keyring_release(&keyring);
    secret_free(code);
    return status;
}

/* The user's signing key is lost with the passphrase, so there is another one from here on. */
static enum status give_passphrase(struct store *store, const char *name,
                                   const struct passphrase *passphrase, struct moment now,
                                   struct error *error)
{
    struct arena arena = {0};
    struct person person;
    struct slot before, slot;
    bool active;
    enum status status = user_find(store, name, &arena, &person, &active, error);

    if (status == STATUS_OK && !active)
        status = fail_at(error, STATUS_REFUSED, NULL, 0, "name",
                         "Recover a guardian, who can enable them.", "%s is disabled.", name);
    if (status == STATUS_OK)
        status = passphrase_check(passphrase, name, error);
    if (status == STATUS_OK)
        status = slot_find(store->dir, name, &before, error);
    if (status == STATUS_OK) {
        slot = before;
        status = slot_make(store, &slot, passphrase, error);
    }
    if (status == STATUS_OK)
        status = keyring_change(store, &before, &slot, &person, NULL, now, error);
    arena_release(&arena);
    return status;
}

enum status store_recover(const char *dir, const char *name, const struct passphrase *code,
                          const struct passphrase *passphrase, struct moment now,
                          struct error *error)
{
    struct store *store = NULL;
    enum status status = open_recovery(dir, code, &store, error);

    if (status == STATUS_OK)
        status = give_passphrase(store, name, passphrase, now, error);
    store_close(store);
    return status;
}
