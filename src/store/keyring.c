/* SPDX-License-Identifier: MIT */
/* The keyring as a file: read with suspicion, written canonically. Opens no slot. */
#include "store/keyring.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "record/json.h"
#include "store/database.h"

#define REMEDY "Put back the keyring from a backup of this store."

static const char *const kind_id[] = {[SLOT_USER] = "argon2id", [SLOT_RECOVERY] = "code"};

void keyring_release(struct keyring *keyring)
{
    free(keyring->slot);
    *keyring = (struct keyring){0};
}

static enum status damaged(const char *file, const char *field, struct error *error)
{
    return fail_at(error, STATUS_DAMAGED, file, 0, field, REMEDY,
                   "The keyring of this store has been damaged or altered here.");
}

/* Exactly `size` bytes in lower-case hexadecimal. */
static bool read_hex(const json_t *object, const char *name, unsigned char *bytes, size_t size)
{
    const char *text = body_text(object, name);
    size_t length = strlen(text), got;

    return length == 2 * size && strspn(text, "0123456789abcdef") == length &&
           sodium_hex2bin(bytes, size, text, length, NULL, &got, NULL) == 0 && got == size;
}

static void put_hex(json_t *object, const char *name, const unsigned char *bytes, size_t size)
{
    char text[2 * SLOT_SEALED_SIZE + 1];

    sodium_bin2hex(text, sizeof(text), bytes, size);
    body_put_text(object, name, text);
}

static bool read_name(const json_t *object, char name[USER_NAME_MAX + 1])
{
    const char *text = body_text(object, "name");
    size_t length = strlen(text);

    if (length == 0 || length > USER_NAME_MAX ||
        strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789.-") != length)
        return false;
    memcpy(name, text, length + 1);
    return true;
}

static bool read_cost(const json_t *object, struct kdf_cost *cost)
{
    long long passes = body_number(object, "passes"), memory = body_number(object, "memory");

    if (passes < (long long)KDF_FLOOR.passes || passes > (long long)KDF_CEILING.passes ||
        memory < (long long)KDF_FLOOR.memory || memory > (long long)KDF_CEILING.memory)
        return false;
    *cost = (struct kdf_cost){(unsigned)passes, (size_t)memory};
    return true;
}

/* The field that is wrong, or NULL. */
static const char *read_slot(const json_t *object, struct slot *slot)
{
    *slot = (struct slot){0};
    if (!read_name(object, slot->name))
        return "name";
    if (!role_parse(body_text(object, "role"), &slot->role))
        return "role";
    if (strcmp(body_text(object, "kdf"), kind_id[SLOT_RECOVERY]) == 0)
        slot->kind = SLOT_RECOVERY;
    else if (strcmp(body_text(object, "kdf"), kind_id[SLOT_USER]) != 0)
        return "kdf";
    if (slot->kind == SLOT_USER && !read_cost(object, &slot->cost))
        return "memory";
    slot->disabled = body_flag(object, "disabled");
    if (!read_hex(object, "salt", slot->salt, sizeof(slot->salt)))
        return "salt";
    if (!read_hex(object, "public", slot->public_key, sizeof(slot->public_key)))
        return "public";
    if (!read_hex(object, "nonce", slot->nonce, sizeof(slot->nonce)))
        return "nonce";
    if (!read_hex(object, "wrapped", slot->wrapped, sizeof(slot->wrapped)))
        return "wrapped";
    slot->resealed = body_at(object, "sealed") != NULL;
    if (slot->resealed && !read_hex(object, "sealed", slot->sealed, sizeof(slot->sealed)))
        return "sealed";
    return NULL;
}

static const char *read_slots(const json_t *body, struct keyring *keyring)
{
    size_t count = body_count(body, "slots");
    const char *wrong;

    if (count == 0 || count > KEYRING_SLOTS_MAX)
        return "slots";
    keyring->slot = xcalloc(count, sizeof(*keyring->slot));
    for (size_t i = 0; i < count; i++) {
        wrong = read_slot(body_element(body, "slots", i), &keyring->slot[i]);
        if (wrong)
            return wrong;
        if (keyring_find(keyring, keyring->slot[i].name))
            return "name";
        keyring->count = i + 1;
    }
    return NULL;
}

static enum status read_body(const char *file, const json_t *body, struct keyring *keyring,
                             struct error *error)
{
    const char *wrong;

    if (body_number(body, "schema") > KEYRING_SCHEMA)
        return fail_at(error, STATUS_UNSUPPORTED, file, 0, "schema", "Install a later Discern.",
                       "This store was made by a later Discern.");
    if (body_number(body, "schema") != KEYRING_SCHEMA)
        return damaged(file, "schema", error);
    keyring->serial = body_number(body, "serial");
    if (keyring->serial < 1)
        return damaged(file, "serial", error);
    if (!read_hex(body, "store", keyring->id, sizeof(keyring->id)))
        return damaged(file, "store", error);
    if (!read_hex(body, "previous", keyring->previous.byte, DIGEST_SIZE))
        return damaged(file, "previous", error);
    if (!read_hex(body, "seal", keyring->seal.byte, DIGEST_SIZE))
        return damaged(file, "seal", error);
    wrong = read_slots(body, keyring);
    return wrong ? damaged(file, wrong, error) : STATUS_OK;
}

enum status keyring_read(const char *file, const char *bytes, size_t length,
                         struct keyring *ret_keyring, struct error *error)
{
    struct keyring keyring = {.fingerprint = digest_of(&(struct span){bytes, length}, 1)};
    json_t *body;
    enum status status = body_read(bytes, length, "keyring", &body, error);

    if (status != STATUS_OK)
        return fail_at(error, STATUS_DAMAGED, file, 0, NULL, REMEDY,
                       "The keyring of this store is not whole.");
    status = read_body(file, body, &keyring, error);
    json_decref(body);
    if (status == STATUS_OK)
        *ret_keyring = keyring;
    else
        keyring_release(&keyring);
    return status;
}

/* A folder with a database is a store that has lost its keyring. */
static enum status no_keyring(const char *dir, const char *path, struct error *error)
{
    char *database = path_join(dir, DATABASE_FILE);
    bool there = access(database, F_OK) == 0;

    free(database);
    if (there)
        return fail_at(error, STATUS_DAMAGED, path, 0, NULL, REMEDY,
                       "The keyring of this store is missing.");
    return fail_at(error, STATUS_NOT_FOUND, dir, 0, NULL,
                   "Check the folder, or make a store with \"discern init\".",
                   "There is no store in this folder.");
}

enum status keyring_load(const char *dir, struct keyring *ret_keyring, struct error *error)
{
    char *path = path_join(dir, KEYRING_FILE);
    struct buf bytes = {0};
    struct stat found;
    enum status status;

    /* A pipe would be waited for. */
    if (stat(path, &found) == 0 && !S_ISREG(found.st_mode))
        status = STATUS_BAD_DATA;
    else
        status = file_read(path, KEYRING_FILE_MAX, &bytes, error);
    if (status == STATUS_NOT_FOUND)
        status = no_keyring(dir, path, error);
    else if (status == STATUS_BAD_DATA)
        status = fail_at(error, STATUS_DAMAGED, path, 0, NULL, REMEDY,
                         "This is not a keyring: it is too large, or no file.");
    else if (status == STATUS_OK)
        status = keyring_read(path, buf_text(&bytes), bytes.length, ret_keyring, error);
    buf_release(&bytes);
    free(path);
    return status;
}

static json_t *slot_body(const struct slot *slot)
{
    json_t *object = body_object();

    body_put_text(object, "name", slot->name);
    body_put_text(object, "role", role_id(slot->role));
    body_put_text(object, "kdf", kind_id[slot->kind]);
    if (slot->kind == SLOT_USER) {
        body_put_number(object, "passes", slot->cost.passes);
        body_put_number(object, "memory", (long long)slot->cost.memory);
    }
    if (slot->disabled)
        body_put_flag(object, "disabled", true);
    put_hex(object, "salt", slot->salt, sizeof(slot->salt));
    put_hex(object, "public", slot->public_key, sizeof(slot->public_key));
    put_hex(object, "nonce", slot->nonce, sizeof(slot->nonce));
    put_hex(object, "wrapped", slot->wrapped, sizeof(slot->wrapped));
    if (slot->resealed)
        put_hex(object, "sealed", slot->sealed, sizeof(slot->sealed));
    return object;
}

/* All of it but the seal, which is over the rest. */
static json_t *keyring_body(const struct keyring *keyring)
{
    json_t *body = body_object(), *slots = body_list();

    body_put_number(body, "schema", KEYRING_SCHEMA);
    body_put_number(body, "serial", keyring->serial);
    put_hex(body, "store", keyring->id, sizeof(keyring->id));
    put_hex(body, "previous", keyring->previous.byte, DIGEST_SIZE);
    for (size_t i = 0; i < keyring->count; i++)
        body_append(slots, slot_body(&keyring->slot[i]));
    body_put_list(body, "slots", slots);
    return body;
}

static struct digest seal_of(const struct keyring *keyring,
                             const unsigned char store_key[STORE_KEY_SIZE])
{
    unsigned char *key = secret_new(32);
    struct buf bytes = {0};
    struct digest seal;

    subkey_derive(store_key, SUBKEY_KEYRING, key);
    body_write(keyring_body(keyring), &bytes);
    seal = digest_keyed(key, &(struct span){bytes.text, bytes.length}, 1);
    buf_release(&bytes);
    secret_free(key);
    return seal;
}

void keyring_write(struct keyring *keyring, const unsigned char store_key[STORE_KEY_SIZE],
                   struct buf *out)
{
    size_t before = out->length;
    json_t *body;

    keyring->previous = keyring->fingerprint;
    keyring->serial++;
    keyring->seal = seal_of(keyring, store_key);
    body = keyring_body(keyring);
    put_hex(body, "seal", keyring->seal.byte, DIGEST_SIZE);
    body_write(body, out);
    keyring->fingerprint =
        digest_of(&(struct span){out->text + before, out->length - before}, 1);
}

bool keyring_sealed(const struct keyring *keyring,
                    const unsigned char store_key[STORE_KEY_SIZE])
{
    struct digest seal = seal_of(keyring, store_key);

    return sodium_memcmp(seal.byte, keyring->seal.byte, DIGEST_SIZE) == 0;
}

struct slot *keyring_find(const struct keyring *keyring, const char *name)
{
    for (size_t i = 0; i < keyring->count; i++) {
        if (strcmp(keyring->slot[i].name, name) == 0)
            return &keyring->slot[i];
    }
    return NULL;
}

void keyring_put(struct keyring *keyring, const struct slot *slot)
{
    struct slot *found = keyring_find(keyring, slot->name);

    if (!found) {
        keyring->slot = xrealloc(keyring->slot, keyring->count + 1, sizeof(*keyring->slot));
        found = &keyring->slot[keyring->count++];
    }
    *found = *slot;
}
