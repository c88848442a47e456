/* SPDX-License-Identifier: MIT */
/*
 * Changes of the keyring. The file and the log change together as far as two files can: within
 * one transaction the entry is appended, the file is written whole, and the transaction kept.
 * Cut off between the last two, the next to open the store finds a keyring that is one ahead of
 * the log, sealed by someone who could open the store, and logs it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/log.h"
#include "store/people.h"

/* The last keyring that the log knows. */
struct logged {
    int64_t serial;
    struct digest fingerprint;
};

static enum status find_logged(struct store *store, struct logged *ret_logged,
                               struct error *error)
{
    struct logged logged = {0};
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status = query(store->database, &statement, error,
                               "SELECT serial, fingerprint FROM keyring", "");

    if (status == STATUS_OK)
        status = query_row(store->database, statement, &row, error);
    if (status == STATUS_OK && row && sqlite3_column_bytes(statement, 1) == DIGEST_SIZE) {
        logged.serial = sqlite3_column_int64(statement, 0);
        memcpy(logged.fingerprint.byte, sqlite3_column_blob(statement, 1), DIGEST_SIZE);
    }
    query_done(statement);
    if (status == STATUS_OK)
        *ret_logged = logged;
    return status;
}

static bool same(const struct digest *a, const struct digest *b)
{
    return memcmp(a->byte, b->byte, DIGEST_SIZE) == 0;
}

static enum status not_the_last(const struct store *store, struct error *error)
{
    return fail_at(error, STATUS_DAMAGED, store->dir, 0, KEYRING_FILE,
                   "Put back the last keyring from a backup, and tell the guardian.",
                   "The keyring is not the last one that the log knows: an older one was put "
                   "back, or it was altered.");
}

enum status keyring_own(struct store *store, struct keyring *ret_keyring, struct error *error)
{
    struct keyring keyring = {0};
    enum status status = keyring_load(store->dir, &keyring, error);

    if (status != STATUS_OK)
        return status;
    if (memcmp(keyring.id, store->id, sizeof(store->id)) != 0 ||
        !keyring_sealed(&keyring, store->keys->store_key)) {
        keyring_release(&keyring);
        return not_the_last(store, error);
    }
    *ret_keyring = keyring;
    return STATUS_OK;
}

static enum status log_change(struct store *store, const struct keyring *keyring,
                              const char *why, struct moment now, struct error *error)
{
    struct keyring_change change = {keyring->serial, keyring->fingerprint, why};
    struct buf body = {0};
    enum status status;

    keyring_change_compose(&change, &body);
    status =
        log_append(store, ENTRY_KEYRING, NULL, buf_text(&body), body.length, now, NULL, error);
    buf_release(&body);
    return status;
}

static enum status log_user(struct store *store, const struct keyring *keyring,
                            const struct slot *slot, const struct person *user,
                            struct moment now, struct error *error)
{
    struct log_user entry = {.name = user->name,
                             .full = user->full,
                             .team = user->team,
                             .role = user->role,
                             .disabled = slot->disabled,
                             .recovery = slot->kind == SLOT_RECOVERY,
                             .serial = keyring->serial,
                             .fingerprint = keyring->fingerprint};
    struct buf body = {0};
    enum status status;

    memcpy(entry.public_key, slot->public_key, sizeof(entry.public_key));
    log_user_compose(&entry, &body);
    status =
        log_append(store, ENTRY_USER, NULL, buf_text(&body), body.length, now, NULL, error);
    buf_release(&body);
    return status;
}

/* The time of the last entry: the store does not read the clock. */
static enum status last_moment(struct store *store, struct moment *ret_moment,
                               struct error *error)
{
    struct arena arena = {0};
    struct entry entry;
    struct head head;
    enum status status = store_head(store, &head, error);

    if (status == STATUS_OK)
        status = store_entry(store, head.count, &arena, &entry, error);
    if (status == STATUS_OK)
        *ret_moment = entry.at;
    arena_release(&arena);
    return status;
}

/* Within a transaction, so that nobody else is half way through a change. */
static enum status settle(struct store *store, struct error *error)
{
    struct keyring keyring = {0};
    struct logged logged;
    struct moment then;
    enum status status = find_logged(store, &logged, error);

    if (status == STATUS_OK)
        status = keyring_own(store, &keyring, error);
    if (status != STATUS_OK)
        return status;
    if (!same(&keyring.fingerprint, &logged.fingerprint)) {
        if (keyring.serial != logged.serial + 1 ||
            !same(&keyring.previous, &logged.fingerprint))
            status = not_the_last(store, error);
        if (status == STATUS_OK)
            status = last_moment(store, &then, error);
        if (status == STATUS_OK)
            status = log_change(store, &keyring, "interrupted", then, error);
    }
    keyring_release(&keyring);
    return status;
}

/* As settle() does, but only looks: most of the time there is nothing to do. */
static enum status is_settled(struct store *store, bool *ret_settled, struct error *error)
{
    struct keyring keyring = {0};
    struct logged logged;
    enum status status = find_logged(store, &logged, error);

    if (status == STATUS_OK)
        status = keyring_own(store, &keyring, error);
    if (status != STATUS_OK)
        return status;
    *ret_settled = same(&keyring.fingerprint, &logged.fingerprint);
    keyring_release(&keyring);
    return STATUS_OK;
}

enum status keyring_settle(struct store *store, struct error *error)
{
    bool settled = false;
    enum status status = is_settled(store, &settled, error);

    if (status != STATUS_OK || settled)
        return status;
    status = transaction_begin(store->database, error);
    if (status != STATUS_OK)
        return status;
    return transaction_end(store->database, settle(store, error), error);
}

static enum status read_file(const struct store *store, struct buf *out, struct error *error)
{
    char *path = path_join(store->dir, KEYRING_FILE);
    enum status status = file_read(path, KEYRING_FILE_MAX, out, error);

    free(path);
    return status;
}

static enum status write_file(const struct store *store, const struct buf *bytes,
                              struct error *error)
{
    char *path = path_join(store->dir, KEYRING_FILE);
    enum status status = file_write(path, buf_text(bytes), bytes->length, true, error);

    free(path);
    return status;
}

enum status keyring_log(struct store *store, const struct keyring *keyring,
                        const struct buf *bytes, const char *why, struct moment now,
                        struct error *error)
{
    enum status status = log_change(store, keyring, why, now, error);

    return status == STATUS_OK ? write_file(store, bytes, error) : status;
}

/* Whoever made a slot from another may have taken a while over it. */
static enum status check_unchanged(const struct keyring *keyring, const struct slot *before,
                                   const char *name, struct error *error)
{
    const struct slot *found = keyring_find(keyring, name);

    if (before ? found && slot_same(found, before) : !found)
        return STATUS_OK;
    return fail_at(error, STATUS_REFUSED, NULL, 0, "name", "Look, and try again.",
                   "Somebody else changed the keys of %s at the same moment.", name);
}

/* Within a transaction: the log first, which may say no; then the file. */
static enum status change(struct store *store, const struct slot *before,
                          const struct slot *slot, const struct person *user, const char *why,
                          struct moment now, struct error *error)
{
    struct keyring keyring = {0};
    struct logged logged;
    struct buf bytes = {0};
    enum status status = find_logged(store, &logged, error);

    if (status == STATUS_OK)
        status = keyring_own(store, &keyring, error);
    if (status == STATUS_OK && !same(&keyring.fingerprint, &logged.fingerprint))
        status = not_the_last(store, error);
    if (status == STATUS_OK)
        status = check_unchanged(&keyring, before, slot->name, error);
    if (status == STATUS_OK) {
        keyring_put(&keyring, slot);
        keyring_write(&keyring, store->keys->store_key, &bytes);
        status = user ? log_user(store, &keyring, slot, user, now, error)
                      : log_change(store, &keyring, why, now, error);
    }
    if (status == STATUS_OK)
        status = write_file(store, &bytes, error);
    buf_release(&bytes);
    keyring_release(&keyring);
    return status;
}

/* The file as it was, unless somebody has logged the new one by now. */
static bool put_back(struct store *store, const struct buf *before)
{
    struct digest was = digest_of(&(struct span){before->text, before->length}, 1);
    struct logged logged;
    struct error ignored;
    enum status status = transaction_begin(store->database, &ignored);

    if (status != STATUS_OK)
        return false;
    status = find_logged(store, &logged, &ignored);
    if (status == STATUS_OK && !same(&logged.fingerprint, &was))
        status = STATUS_REFUSED;
    if (status == STATUS_OK)
        status = write_file(store, before, &ignored);
    return transaction_end(store->database, status, &ignored) == STATUS_OK;
}

/* A change that was not kept in the log must not stand in the file. */
static enum status undo(struct store *store, const struct buf *before, enum status status,
                        struct error *error)
{
    struct buf now = {0};
    struct error ignored;
    bool stands = read_file(store, &now, &ignored) == STATUS_OK &&
                  now.length == before->length &&
                  memcmp(buf_text(&now), buf_text(before), now.length) == 0;

    buf_release(&now);
    if (stands || put_back(store, before))
        return status;
    return fail_at(error, STATUS_IO, store->dir, 0, KEYRING_FILE,
                   "Check the disk and open Discern again. If a passphrase was changed, one of "
                   "the two will open it.",
                   "The disk failed while the keyring was changed: the change may have been "
                   "kept, or not.");
}

enum status keyring_change(struct store *store, const struct slot *before,
                           const struct slot *slot, const struct person *user, const char *why,
                           struct moment now, struct error *error)
{
    struct buf file = {0};
    enum status status = keyring_settle(store, error);

    if (status == STATUS_OK)
        status = transaction_begin(store->database, error);
    if (status != STATUS_OK)
        return status;
    status = read_file(store, &file, error);
    if (status == STATUS_OK)
        status = change(store, before, slot, user, why, now, error);
    status = transaction_end(store->database, status, error);
    if (status != STATUS_OK && file.length)
        status = undo(store, &file, status, error);
    buf_release(&file);
    return status;
}
