/* SPDX-License-Identifier: MIT */
/*
 * Proof: the log from its first entry, with nothing taken on trust but the store's key. Users
 * and their rights are followed entry by entry, as the log itself gives them; tables are only
 * compared with what follows from it (verify_tables.c), once the log is known to be whole. What
 * an entry shows by itself, its fingerprints and its signature, a crew checks, on every core;
 * what follows from those before it is checked here, in order.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret.h"
#include "record/json.h"
#include "store/crew.h"
#include "store/people.h"
#include "store/verify.h"

#define REMEDY "Put the store back from a backup, and tell the guardian."
#define AGAINST_REMEDY                                                                         \
    "If the head is of this store, put the store back from a backup, and tell the guardian."

enum status verify_wrong(int64_t sequence, const char *what, struct error *error)
{
    return fail(error, STATUS_DAMAGED, REMEDY, "Entry %lld of the log is wrong: %s.",
                (long long)sequence, what);
}

/* --- People ------------------------------------------------------------------------------- */

struct known_user *verify_find_user(const struct verify *verify, const char *name)
{
    for (size_t i = 0; i < verify->user_count; i++) {
        if (strcmp(verify->user[i].is.name, name) == 0)
            return &verify->user[i];
    }
    return NULL;
}

static bool has_guardian(const struct verify *verify)
{
    for (size_t i = 0; i < verify->user_count; i++) {
        const struct log_user *user = &verify->user[i].is;

        if (user->role == ROLE_GUARDIAN && !user->disabled && !user->recovery)
            return true;
    }
    return false;
}

static void put_user(struct verify *verify, const struct log_user *user, int64_t sequence)
{
    struct known_user *known = verify_find_user(verify, user->name);

    if (!known) {
        if (verify->user_count == verify->user_room) {
            verify->user_room = verify->user_room ? 2 * verify->user_room : 8;
            verify->user = arena_grow(&verify->arena, verify->user, verify->user_count,
                                      verify->user_room, sizeof(*verify->user));
        }
        known = &verify->user[verify->user_count++];
        known->first = sequence;
    }
    known->is = *user;
}

/* The first entry makes its own author known: whoever made the store. */
static enum status check_author(const struct verify *verify, const struct stored_entry *stored,
                                struct error *error)
{
    const struct entry *entry = &stored->entry;
    const struct known_user *author = verify_find_user(verify, entry->author);

    if (entry->sequence == 1 && entry->kind == ENTRY_USER)
        return STATUS_OK;
    if (!author || author->is.disabled || author->is.role != stored->role ||
        memcmp(author->is.public_key, stored->fields.key, PUBLIC_KEY_SIZE) != 0)
        return verify_wrong(entry->sequence, "its author was no user of the store then", error);
    if (!kind_allowed(entry->kind, stored->role) &&
        !(entry->kind == ENTRY_USER && author->first == 1 && !has_guardian(verify)))
        return verify_wrong(entry->sequence, "its author's role did not allow it", error);
    if (author->is.recovery && entry->kind != ENTRY_USER && entry->kind != ENTRY_KEYRING &&
        entry->kind != ENTRY_RESTORE)
        return verify_wrong(entry->sequence, "the recovery code is not for this", error);
    return STATUS_OK;
}

/* The keyring only goes forward. */
static enum status check_serial(struct verify *verify, int64_t sequence, int64_t serial,
                                const struct digest *fingerprint, struct error *error)
{
    if (serial <= verify->serial)
        return verify_wrong(sequence, "it brings an older keyring back", error);
    verify->serial = serial;
    verify->fingerprint = *fingerprint;
    return STATUS_OK;
}

static enum status follow_user(struct verify *verify, const struct stored_entry *stored,
                               struct error *error)
{
    const struct entry *entry = &stored->entry;
    struct log_user user;

    if (!entry->body ||
        log_user_read(entry->body, entry->length, &verify->arena, &user, error) != STATUS_OK)
        return verify_wrong(entry->sequence, "it does not say who the user is", error);
    if (entry->sequence == 1 && (strcmp(user.name, entry->author) != 0 ||
                                 memcmp(user.public_key, stored->fields.key, 32) != 0))
        return verify_wrong(entry->sequence, "it was not signed by the first user", error);
    if (user.disabled && strcmp(user.name, entry->author) == 0)
        return verify_wrong(entry->sequence, "its author is the user whom it disables", error);
    put_user(verify, &user, entry->sequence);
    return check_serial(verify, entry->sequence, user.serial, &user.fingerprint, error);
}

static enum status follow_keyring(struct verify *verify, const struct stored_entry *stored,
                                  struct error *error)
{
    const struct entry *entry = &stored->entry;
    struct keyring_change change;

    if (!entry->body || keyring_change_read(entry->body, entry->length, &verify->arena, &change,
                                            error) != STATUS_OK)
        return verify_wrong(entry->sequence, "it does not say which keyring", error);
    if (strcmp(change.why, "rekey") == 0 && stored->role != ROLE_GUARDIAN)
        return verify_wrong(entry->sequence, "its author's role did not allow it", error);
    return check_serial(verify, entry->sequence, change.serial, &change.fingerprint, error);
}

/* --- Erasures ----------------------------------------------------------------------------- */

/* A body that is gone must be named by an erasure further on. */
static void miss_body(struct verify *verify, const struct entry *entry)
{
    struct missing *missing;

    if (verify->missing_count == verify->missing_room) {
        verify->missing_room = verify->missing_room ? 2 * verify->missing_room : 16;
        verify->missing = arena_grow(&verify->arena, verify->missing, verify->missing_count,
                                     verify->missing_room, sizeof(*verify->missing));
    }
    missing = &verify->missing[verify->missing_count++];
    missing->sequence = entry->sequence;
    memcpy(missing->reference, entry->reference, sizeof(missing->reference));
}

static void find_missing(struct verify *verify, const char *reference, int64_t sequence)
{
    for (size_t i = 0; i < verify->missing_count; i++) {
        struct missing *missing = &verify->missing[i];

        if (missing->sequence == sequence && strcmp(missing->reference, reference) == 0)
            missing->sequence = 0;
    }
}

static enum status follow_erasure(struct verify *verify, const struct stored_entry *stored,
                                  struct error *error)
{
    const struct entry *entry = &stored->entry;
    json_t *body;

    if (!entry->body ||
        body_read(entry->body, entry->length, "erasure", &body, error) != STATUS_OK)
        return verify_wrong(entry->sequence, "it does not say what it erased", error);
    for (size_t i = 0; i < body_count(body, "sequences"); i++)
        find_missing(verify, entry->reference,
                     json_integer_value(body_element(body, "sequences", i)));
    json_decref(body);
    return STATUS_OK;
}

static enum status check_missing(const struct verify *verify, struct error *error)
{
    for (size_t i = 0; i < verify->missing_count; i++) {
        if (verify->missing[i].sequence)
            return verify_wrong(verify->missing[i].sequence,
                                "its body is gone, and no erasure names it", error);
    }
    return STATUS_OK;
}

/* --- Entries ------------------------------------------------------------------------------ */

/* What the crew found out about an entry by itself, apart from those before it. */
struct checked {
    struct raw_entry raw;
    struct stored_entry stored;
    bool read, signature; /* whether it could be read, and its signature holds */
    struct error problem; /* if it could not be read */
};

static enum status check_chain(const struct verify *verify, const struct checked *checked,
                               struct error *error)
{
    const struct stored_entry *stored = &checked->stored;
    const struct entry *entry = &stored->entry;
    const struct head_fields *fields = &stored->fields;

    if (entry->sequence != verify->head.count + 1)
        return fail(error, STATUS_DAMAGED, REMEDY, "Entry %lld of the log is missing.",
                    (long long)verify->head.count + 1);
    if (memcmp(fields->store, verify->store->id, STORE_ID_SIZE) != 0)
        return verify_wrong(entry->sequence, "it is of another store", error);
    if (memcmp(fields->previous.byte, verify->head.link.byte, DIGEST_SIZE) != 0)
        return verify_wrong(entry->sequence, "it does not follow the entry before it", error);
    if (fields->back != (fields->at.us < verify->us))
        return verify_wrong(entry->sequence, "what it says of the clock is not so", error);
    if (!checked->signature)
        return verify_wrong(entry->sequence, "its signature does not hold", error);
    return STATUS_OK;
}

static enum status follow(struct verify *verify, const struct stored_entry *stored,
                          struct error *error)
{
    switch (stored->entry.kind) {
    case ENTRY_USER:
        return follow_user(verify, stored, error);
    case ENTRY_KEYRING:
        return follow_keyring(verify, stored, error);
    case ENTRY_ERASURE:
        return follow_erasure(verify, stored, error);
    case ENTRY_RECORD:
        verify->records++;
        return STATUS_OK;
    case ENTRY_IDENTITY:
        verify->identities++;
        return verify_identity(verify->store->database, &stored->entry, error);
    default:
        return STATUS_OK;
    }
}

static enum status check_entry(struct verify *verify, const struct checked *checked,
                               struct error *error)
{
    const struct stored_entry *stored = &checked->stored;
    const struct entry *entry = &stored->entry;
    enum status status = check_chain(verify, checked, error);

    if (status == STATUS_OK)
        status = check_author(verify, stored, error);
    if (status == STATUS_OK && !entry->body)
        miss_body(verify, entry);
    if (status == STATUS_OK)
        status = follow(verify, stored, error);
    verify->head.count = entry->sequence;
    verify->head.link = entry->link;
    verify->us = stored->fields.at.us;
    if (status == STATUS_OK && verify->against && verify->against->count == entry->sequence &&
        memcmp(verify->against->link.byte, entry->link.byte, DIGEST_SIZE) != 0)
        status =
            fail(error, STATUS_DAMAGED, AGAINST_REMEDY,
                 "Entry %lld of the log is not the one that the head was taken of: this is "
                 "another log, or it was rebuilt.",
                 (long long)entry->sequence);
    return status;
}

enum status verify_progress(struct verify *verify, int64_t done, struct error *error)
{
    if (verify->progress && !verify->progress(done / 2, verify->count, verify->data))
        return fail(error, STATUS_FAILED, NULL, "The check was stopped before its end.");
    return STATUS_OK;
}

/* Entries that one of the crew reads and checks at a time. */
#define BATCH 256
struct batch {
    struct readers *readers;
    int64_t from; /* sequence */
    struct arena arena;
    struct checked checked[BATCH];
    size_t count;
    enum status status; /* whether they could be read */
    struct error error;
};

static enum status read_batch(struct batch *batch, struct database *database,
                              struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = true;
    enum status status = query(database, &statement, error,
                               "SELECT " ENTRY_COLUMNS " FROM " ENTRY_TABLES
                               " WHERE entry.seq BETWEEN ? AND ? ORDER BY entry.seq",
                               "ii", batch->from, batch->from + BATCH - 1);

    while (status == STATUS_OK) {
        status = query_row(database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        raw_of_row(statement, &batch->arena, &batch->checked[batch->count++].raw);
    }
    query_done(statement);
    return status;
}

static void check_batch(void *job)
{
    struct batch *batch = job;
    struct database *database = reader_take(batch->readers);

    batch->status = read_batch(batch, database, &batch->error);
    reader_give(batch->readers, database);
    for (size_t i = 0; i < batch->count; i++) {
        struct checked *checked = &batch->checked[i];
        struct stored_entry *stored = &checked->stored;

        checked->read = entry_of_raw(&checked->raw, stored, &checked->problem) == STATUS_OK;
        checked->signature =
            checked->read &&
            signature_holds(&stored->entry.link, stored->signature, stored->fields.key);
    }
}

/* In the order of the log, what the crew has checked. */
static enum status follow_batch(struct verify *verify, const struct batch *batch,
                                struct error *error)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < batch->count && status == STATUS_OK; i++) {
        const struct checked *checked = &batch->checked[i];

        if (checked->read)
            status = check_entry(verify, checked, error);
        else {
            *error = checked->problem;
            status = error->status;
        }
    }
    if (status == STATUS_OK && batch->status != STATUS_OK) {
        *error = batch->error;
        status = batch->status;
    }
    return status == STATUS_OK ? verify_progress(verify, verify->head.count, error) : status;
}

/* Keeps the crew supplied: each batch is given again as soon as it was followed. */
static enum status run_crew(struct verify *verify, struct crew *crew, struct batch *batch,
                            struct error *error)
{
    enum status status = STATUS_OK;
    int64_t from = 1;
    size_t free_one = 0;
    struct batch *next;

    do {
        bool fresh = free_one < crew_room();

        next = fresh ? &batch[free_one++] : crew_take(crew);
        if (next && !fresh)
            status = follow_batch(verify, next, error);
        if (next && status == STATUS_OK && from <= verify->count) {
            arena_release(&next->arena);
            next->count = 0;
            next->from = from;
            from += BATCH;
            crew_give(crew, next);
        }
    } while (next && status == STATUS_OK);
    return status;
}

static enum status check_entries(struct verify *verify, struct error *error)
{
    size_t room = crew_room();
    struct batch *batch = xcalloc(room, sizeof(*batch));
    struct crew *crew = crew_new(check_batch);
    enum status status;

    for (size_t i = 0; i < room; i++)
        batch[i].readers = verify->readers;
    status = run_crew(verify, crew, batch, error);
    crew_free(crew);
    for (size_t i = 0; i < room; i++)
        arena_release(&batch[i].arena);
    free(batch);
    return status;
}

static enum status check_against(const struct verify *verify, struct error *error)
{
    if (!verify->against || verify->against->count <= verify->head.count)
        return STATUS_OK;
    return fail(error, STATUS_DAMAGED, AGAINST_REMEDY,
                "The log has %lld entries, but had %lld when the head was taken: its end is "
                "missing.",
                (long long)verify->head.count, (long long)verify->against->count);
}

static enum status check_all(struct verify *verify, struct error *error)
{
    enum status status = readers_open(verify->store, crew_hands(), &verify->readers, error);

    if (status == STATUS_OK)
        status = query_number(verify->store->database, 0, &verify->count, error,
                              "SELECT coalesce(max(seq), 0) FROM entry", "");
    if (status == STATUS_OK)
        status = check_entries(verify, error);
    if (status == STATUS_OK)
        status = check_against(verify, error);
    if (status == STATUS_OK)
        status = check_missing(verify, error);
    if (status == STATUS_OK)
        status = packs_load(verify->store->database, &verify->packs, error);
    if (status == STATUS_OK)
        status = verify_tables(verify, error);
    return status;
}

enum status store_verify(struct store *store, const struct head *against,
                         bool (*progress)(int64_t done, int64_t count, void *data), void *data,
                         struct error *error)
{
    struct verify verify = {
        .store = store, .against = against, .progress = progress, .data = data};
    enum status status = reading_begin(store->database, error);

    if (status != STATUS_OK)
        return status;
    random_bytes(verify.key, sizeof(verify.key));
    status = check_all(&verify, error);
    reading_end(store->database);
    readers_free(verify.readers);
    packs_free(verify.packs);
    arena_release(&verify.arena);
    return status;
}
