/* SPDX-License-Identifier: MIT */
/* Backups: a copy of a store is a store. Made while the store is in use; put back in its place
 * only once it is verified, with the store that was there kept. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "record/json.h"
#include "store/care.h"
#include "store/folder.h"
#include "store/log.h"
#include "store/upgrade.h"

/* Secrets of the user of an open store. */
static struct secrets *secrets_of(const struct store *store)
{
    struct secrets *secrets = secret_new(sizeof(*secrets));

    memcpy(secrets->store_key, store->keys->store_key, sizeof(secrets->store_key));
    memcpy(secrets->seed, store->keys->signing, sizeof(secrets->seed)); /* its first half */
    return secrets;
}

/* Opens a copy, as the user of the store that it is of; its keyring must be its log's. */
static enum status open_copy(const struct store *store, const char *staged,
                             struct store **ret_copy, struct error *error)
{
    struct secrets *secrets = secrets_of(store);
    struct store *copy = NULL;
    enum status status = store_of_secrets(staged, store->id, secrets, false, &copy, error);

    secret_free(secrets);
    if (status != STATUS_OK)
        return status;
    store_set_me(copy, &store->me);
    status = keyring_settle(copy, error);
    if (status == STATUS_OK)
        *ret_copy = copy;
    else
        store_close(copy);
    return status;
}

static enum status make_backup(struct store *store, const char *staged, struct head *ret_head,
                               struct error *error)
{
    struct store *copy = NULL;
    struct head head;
    enum status status = store_copy(store, staged, error);

    if (status == STATUS_OK)
        status = open_copy(store, staged, &copy, error);
    if (status == STATUS_OK)
        status = store_verify(copy, NULL, NULL, NULL, error);
    if (status == STATUS_OK)
        status = store_head(copy, &head, error);
    store_close(copy);
    if (status == STATUS_OK)
        *ret_head = head;
    return status;
}

enum status store_backup(struct store *store, const char *dir, struct head *ret_head,
                         struct error *error)
{
    struct head head;
    char *staged;
    enum status status = folder_free(dir, error);

    if (status == STATUS_OK)
        status = folder_stage(dir, &staged, error);
    if (status != STATUS_OK)
        return status;
    status = make_backup(store, staged, &head, error);
    if (status == STATUS_OK)
        status = folder_put(staged, dir, error);
    if (status == STATUS_OK)
        *ret_head = head;
    else
        folder_clear(staged);
    free(staged);
    return status;
}

/* --- Restoring ---------------------------------------------------------------------------- */

struct restoring {
    const struct restore_options *options;
    struct moment now;
    struct store *backup, *there; /* there: what is to be replaced; NULL if not to be opened */
    struct restored restored;
};

/* Whether the backup's log is the beginning of the log that is there. */
static enum status is_beginning(const struct restoring *restoring, bool *ret_so,
                                struct error *error)
{
    struct arena arena = {0};
    struct entry entry;
    enum status status =
        store_entry(restoring->there, restoring->restored.head.count, &arena, &entry, error);

    if (status == STATUS_OK)
        *ret_so = memcmp(entry.link.byte, restoring->restored.head.link.byte, DIGEST_SIZE) == 0;
    arena_release(&arena);
    return status;
}

static enum status refuse_older(long long lost, struct error *error)
{
    return fail(error, STATUS_REFUSED,
                "Keep the store that is there, or add --older to go back nevertheless.",
                "This backup is older than the store: the newest %lld entries of its log "
                "would be gone.",
                lost);
}

/* What is there and is not in the backup. */
static enum status compare(struct restoring *restoring, struct error *error)
{
    const struct head *head = &restoring->restored.head, *known = &restoring->restored.known;
    bool older = restoring->options->older, beginning = true;
    enum status status = STATUS_OK;

    if (memcmp(restoring->there->id, restoring->backup->id, STORE_ID_SIZE) != 0)
        return fail_at(error, STATUS_REFUSED, restoring->options->dir, 0, NULL,
                       "Choose another folder with --store.",
                       "The store that is there is not the one that this is a backup of.");
    if (known->count >= head->count)
        status = is_beginning(restoring, &beginning, error);
    if (status == STATUS_OK && !older && known->count > head->count)
        status = refuse_older(known->count - head->count, error);
    if (status == STATUS_OK && !older && !beginning)
        status = fail(error, STATUS_REFUSED,
                      "Verify both, or add --older to put the backup back nevertheless.",
                      "The logs of the backup and of the store went different ways.");
    return status;
}

/* Opens what is there, if it can be opened, and holds it alone. A store that is damaged is what
 * backups are for; one that only this passphrase does not open is not to be replaced. */
static enum status look_there(struct restoring *restoring, struct error *error)
{
    const struct restore_options *options = restoring->options;
    struct error problem;
    enum status status = store_open(options->dir, options->name, options->passphrase,
                                    &restoring->there, &problem);

    if (status == STATUS_DAMAGED || status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status != STATUS_OK) {
        *error = problem;
        return status;
    }
    status = folder_hold_alone(options->dir, restoring->there->held, error);
    if (status == STATUS_OK)
        status = store_head(restoring->there, &restoring->restored.known, error);
    if (status == STATUS_OK)
        status = compare(restoring, error);
    if (status == STATUS_OK) {
        database_close(restoring->there->database);
        restoring->there->database = NULL;
    }
    return status;
}

static json_t *head_body(const struct head *head)
{
    char hex[DIGEST_HEX_SIZE];
    json_t *body = body_object();

    digest_hex(&head->link, hex);
    body_put_number(body, "count", head->count);
    body_put_text(body, "link", hex);
    return body;
}

static enum status log_restore(struct restoring *restoring, struct store *copy,
                               struct error *error)
{
    const struct restored *restored = &restoring->restored;
    json_t *body = body_object();
    struct buf bytes = {0};
    enum status status;

    body_put_number(body, "schema", 1);
    body_put(body, "head", head_body(&restored->head));
    if (restored->known.count)
        body_put(body, "known", head_body(&restored->known));
    body_write(body, &bytes);
    status = store_append(copy, ENTRY_RESTORE, NULL, buf_text(&bytes), bytes.length,
                          restoring->now, NULL, error);
    buf_release(&bytes);
    return status;
}

static enum status make_copy(struct restoring *restoring, const char *staged,
                             struct error *error)
{
    struct store *copy = NULL;
    enum status status = store_copy(restoring->backup, staged, error);

    if (status == STATUS_OK)
        status = open_copy(restoring->backup, staged, &copy, error);
    if (status == STATUS_OK)
        status = log_restore(restoring, copy, error);
    if (status == STATUS_OK)
        status = store_verify(copy, &restoring->restored.head, NULL, NULL, error);
    store_close(copy);
    return status;
}

/* The copy takes the place of the store, which stays beside it under another name. */
static enum status put_back(struct restoring *restoring, char **staged, struct error *error)
{
    const char *dir = restoring->options->dir;
    struct error ignored;
    enum status status;

    if (folder_free(dir, &ignored) == STATUS_OK)
        return folder_put(*staged, dir, error);
    status = folder_set_aside(dir, staged, error);
    if (status == STATUS_OK)
        status = folder_exchange(*staged, dir, error);
    if (status == STATUS_OK)
        restoring->restored.kept = xstrdup(*staged);
    return status;
}

static enum status restore(struct restoring *restoring, struct error *error)
{
    char *staged;
    enum status status = look_there(restoring, error);

    if (status == STATUS_OK)
        status = folder_stage(restoring->options->dir, &staged, error);
    if (status != STATUS_OK)
        return status;
    status = make_copy(restoring, staged, error);
    if (status == STATUS_OK)
        status =
            put_back(restoring, &staged, error); /* else it may be the store that was there */
    else
        folder_clear(staged);
    free(staged);
    return status;
}

enum status store_restore(const struct restore_options *options, struct moment now,
                          struct restored *ret_restored, struct error *error)
{
    struct restoring restoring = {.options = options, .now = now};
    enum status status = store_open(options->backup, options->name, options->passphrase,
                                    &restoring.backup, error);

    if (status == STATUS_OK)
        status = store_verify(restoring.backup, NULL, NULL, NULL, error);
    if (status == STATUS_OK)
        status = store_head(restoring.backup, &restoring.restored.head, error);
    if (status == STATUS_OK && !options->check)
        status = restore(&restoring, error);
    store_close(restoring.there);
    store_close(restoring.backup);
    if (status == STATUS_OK)
        *ret_restored = restoring.restored;
    return status;
}
