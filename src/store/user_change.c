/* SPDX-License-Identifier: MIT */
/* Users disabled and enabled, and what becomes of their drafts. */
#include <string.h>

#include "record/json.h"
#include "store/care.h"
#include "store/log.h"

static enum status no_user(const char *name, struct error *error)
{
    return fail_at(error, STATUS_NOT_FOUND, NULL, 0, "name",
                   "Look at the names with \"discern user list\".",
                   "This store has no user called %s.", name);
}

enum status user_find(struct store *store, const char *name, struct arena *arena,
                      struct person *ret_person, bool *ret_active, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    struct person person = {0};
    bool row = false;
    enum status status = query(store->database, &statement, error,
                               "SELECT full_name, team, role, active, name FROM user WHERE "
                               "name = ? AND NOT recovery",
                               "t", name);

    if (status == STATUS_OK)
        status = query_row(store->database, statement, &row, error);
    if (status == STATUS_OK && (!row || !role_parse(column_text(statement, 2), &person.role)))
        status = no_user(name, error);
    if (status == STATUS_OK) {
        person.full = column_copy(statement, 0, arena);
        person.team = column_copy(statement, 1, arena);
        person.name = column_copy(statement, 4, arena);
        *ret_active = sqlite3_column_int(statement, 3) != 0;
        *ret_person = person;
    }
    query_done(statement);
    return status;
}

enum status slot_find(const char *dir, const char *name, struct slot *ret_slot,
                      struct error *error)
{
    struct keyring keyring = {0};
    const struct slot *slot;
    enum status status = keyring_load(dir, &keyring, error);

    if (status != STATUS_OK)
        return status;
    slot = keyring_find(&keyring, name);
    if (slot)
        *ret_slot = *slot;
    else
        status = no_user(name, error);
    keyring_release(&keyring);
    return status;
}

/* Whoever is enabled gets the key that the store has now. */
static enum status set_disabled(struct store *store, const char *name, bool disabled,
                                struct moment now, struct error *error)
{
    struct arena arena = {0};
    struct person person;
    struct slot before, slot;
    bool active;
    enum status status = user_find(store, name, &arena, &person, &active, error);

    if (status == STATUS_OK && active != disabled)
        status = fail_at(error, STATUS_REFUSED, NULL, 0, "name", NULL, "%s is %s already.",
                         name, disabled ? "disabled" : "enabled");
    if (status == STATUS_OK)
        status = slot_find(store->dir, name, &before, error);
    if (status != STATUS_OK)
        goto out;
    slot = before;
    slot.disabled = disabled;
    if (!disabled)
        status = slot_reseal(&slot, store->keys->store_key, error);
    if (status == STATUS_OK)
        status = keyring_change(store, &before, &slot, &person, NULL, now, error);
out:
    arena_release(&arena);
    return status;
}

enum status store_user_disable(struct store *store, const char *name, struct moment now,
                               struct error *error)
{
    return set_disabled(store, name, true, now, error);
}

enum status store_user_enable(struct store *store, const char *name, struct moment now,
                              struct error *error)
{
    return set_disabled(store, name, false, now, error);
}

/* --- Drafts ------------------------------------------------------------------------------- */

static enum status check_hand_over(struct store *store, const char *from, const char *to,
                                   struct error *error)
{
    struct arena arena = {0};
    struct person person;
    bool from_active, to_active;
    enum status status = user_find(store, from, &arena, &person, &from_active, error);

    if (status == STATUS_OK)
        status = user_find(store, to, &arena, &person, &to_active, error);
    if (status == STATUS_OK && from_active)
        status = fail(error, STATUS_REFUSED, "Ask them to finish the drafts, or disable them.",
                      "The drafts of %s are handed over only once %s is disabled.", from, from);
    if (status == STATUS_OK && !to_active)
        status = fail(error, STATUS_REFUSED, "Choose another user.", "%s is disabled.", to);
    arena_release(&arena);
    return status;
}

/* The list of the drafts that change hands, which it frees nobody of. */
static enum status list_drafts(struct store *store, const char *from, json_t *list,
                               struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status =
        query(store->database, &statement, error,
              "SELECT ref FROM draft WHERE author = ? ORDER BY ref", "t", from);

    while (status == STATUS_OK) {
        status = query_row(store->database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        body_append(list, json_string(column_text(statement, 0)));
    }
    query_done(statement);
    return status;
}

/* Within a transaction: the log first, which may say no. */
static enum status hand_over(struct store *store, const char *from, const char *to,
                             struct moment now, size_t *ret_count, struct error *error)
{
    json_t *body = body_object(), *list = body_list();
    struct buf bytes = {0};
    size_t count = 0;
    enum status status = list_drafts(store, from, list, error);

    count = json_array_size(list);
    body_put_number(body, "schema", 1);
    body_put_text(body, "from", from);
    body_put_text(body, "to", to);
    body_put_list(body, "drafts", list);
    body_write(body, &bytes);
    if (status == STATUS_OK && count == 0)
        status = fail(error, STATUS_NOT_FOUND, NULL, "%s has no drafts.", from);
    if (status == STATUS_OK)
        status = log_append(store, ENTRY_HAND_OVER, NULL, buf_text(&bytes), bytes.length, now,
                            NULL, error);
    if (status == STATUS_OK)
        status = query_run(store->database, error,
                           "UPDATE draft SET author = ? WHERE author = ?", "tt", to, from);
    buf_release(&bytes);
    if (status == STATUS_OK)
        *ret_count = count;
    return status;
}

enum status store_hand_over(struct store *store, const char *from, const char *to,
                            struct moment now, size_t *ret_count, struct error *error)
{
    size_t count = 0;
    enum status status = check_hand_over(store, from, to, error);

    if (status == STATUS_OK)
        status = transaction_begin(store->database, error);
    if (status != STATUS_OK)
        return status;
    status = hand_over(store, from, to, now, &count, error);
    status = transaction_end(store->database, status, error);
    if (status == STATUS_OK)
        *ret_count = count;
    return status;
}
