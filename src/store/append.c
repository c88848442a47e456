/* SPDX-License-Identifier: MIT */
/* Appending: one entry, signed, with all its effects, in one transaction. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "record/json.h"
#include "store/log.h"
#include "store/project.h"

/* The entry that the next one follows. */
struct last {
    int64_t sequence;
    struct digest link;
    int64_t us;
};

static enum status find_last(struct database *database, struct last *ret_last,
                             struct error *error)
{
    struct last last = {0};
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status = query(database, &statement, error,
                               "SELECT seq, link, json_extract(head, '$.at') FROM entry ORDER "
                               "BY seq DESC LIMIT 1",
                               "");

    if (status == STATUS_OK)
        status = query_row(database, statement, &row, error);
    if (status == STATUS_OK && row) {
        last.sequence = sqlite3_column_int64(statement, 0);
        if (sqlite3_column_bytes(statement, 1) == DIGEST_SIZE)
            memcpy(last.link.byte, sqlite3_column_blob(statement, 1), DIGEST_SIZE);
        last.us = sqlite3_column_int64(statement, 2);
    }
    query_done(statement);
    if (status == STATUS_OK)
        *ret_last = last;
    return status;
}

static void put_hex(json_t *head, const char *name, const unsigned char *bytes, size_t size)
{
    char hex[2 * DIGEST_SIZE + 1];

    sodium_bin2hex(hex, sizeof(hex), bytes, size);
    body_put_text(head, name, hex);
}

static void compose_head(const struct store *store, const struct stored_entry *stored,
                         const struct last *last, struct buf *out)
{
    const struct entry *entry = &stored->entry;
    json_t *head = body_object();

    body_put_number(head, "v", ENTRY_VERSION);
    put_hex(head, "store", store->id, sizeof(store->id));
    body_put_number(head, "seq", entry->sequence);
    put_hex(head, "prev", last->link.byte, DIGEST_SIZE);
    body_put_number(head, "at", entry->at.us);
    body_put_number(head, "zone", entry->at.offset_minutes);
    if (entry->clock_back)
        body_put_flag(head, "back", true);
    body_put_text(head, "author", entry->author);
    body_put_text(head, "role", role_id(stored->role));
    put_hex(head, "key", store->public_key, sizeof(store->public_key));
    body_put_text(head, "kind", entry_kind_id(entry->kind));
    body_put_text(head, "ref", entry->reference);
    put_hex(head, "body", stored->fields.body.byte, DIGEST_SIZE);
    body_write(head, out);
}

static void sign_link(const struct store *store, const struct digest *link,
                      unsigned char signature[SIGNATURE_SIZE])
{
    unsigned char message[SIGNED_SIZE];

    signed_message(link, message);
    crypto_sign_detached(signature, NULL, message, sizeof(message), store->keys->signing);
}

static enum status insert(struct database *database, const struct stored_entry *stored,
                          struct error *error)
{
    const struct entry *entry = &stored->entry;
    enum status status = query_run(
        database, error, "INSERT INTO entry (seq, head, link, signature) VALUES (?, ?, ?, ?)",
        "iTbb", entry->sequence, stored->head, stored->head_length, entry->link.byte,
        (size_t)DIGEST_SIZE, stored->signature, (size_t)SIGNATURE_SIZE);

    if (status == STATUS_OK)
        status = query_run(database, error, "INSERT INTO body VALUES (?, ?, ?)", "ibT",
                           entry->sequence, stored->salt, (size_t)BODY_SALT_SIZE, entry->body,
                           entry->length);
    transaction_masked(database); /* by the salt */
    return status;
}

/* An entry as far as it is known before its place in the log is. */
static struct stored_entry begin_entry(const struct store *store, enum entry_kind kind,
                                       const char *body, size_t length)
{
    return (struct stored_entry){.role = store->me.role,
                                 .entry = {.kind = kind, .body = body, .length = length}};
}

/* What is left of an entry when its place is known. */
static void sign_entry(const struct store *store, struct stored_entry *stored,
                       const struct last *last, const char *reference, struct moment now,
                       struct buf *head)
{
    struct entry *entry = &stored->entry;

    entry->sequence = last->sequence + 1;
    entry->at = now;
    entry->clock_back = now.us < last->us;
    snprintf(entry->author, sizeof(entry->author), "%s", store->me.name);
    snprintf(entry->reference, sizeof(entry->reference), "%s", reference ? reference : "");
    random_bytes(stored->salt, sizeof(stored->salt));
    stored->fields.body = body_digest(stored->salt, entry->body, entry->length);
    compose_head(store, stored, last, head);
    stored->head = buf_text(head);
    stored->head_length = head->length;
    entry->link = link_of(stored->head, stored->head_length);
    sign_link(store, &entry->link, stored->signature);
}

/* Appends an entry whose body was checked. */
static enum status append_entry(struct store *store, struct stored_entry *stored,
                                const char *reference, struct moment now, int64_t *ret_sequence,
                                struct error *error)
{
    struct buf head = {0};
    struct last last;
    enum status status = find_last(store->database, &last, error);

    if (status != STATUS_OK)
        return status;
    sign_entry(store, stored, &last, reference, now, &head);
    status = insert(store->database, stored, error);
    if (status == STATUS_OK)
        status = project_entry(store->database, stored, error);
    buf_release(&head);
    if (status == STATUS_OK && ret_sequence)
        *ret_sequence = stored->entry.sequence;
    return status;
}

enum status log_append(struct store *store, enum entry_kind kind, const char *reference,
                       const char *body, size_t length, struct moment now,
                       int64_t *ret_sequence, struct error *error)
{
    struct stored_entry stored = begin_entry(store, kind, body, length);
    enum status status = stored_check(&stored, error);

    if (status == STATUS_OK)
        status = append_entry(store, &stored, reference, now, ret_sequence, error);
    stored_release(&stored);
    return status;
}

/* SQLite answers 1 if somebody else is in its way. */
enum status log_empty(struct store *store, struct error *error)
{
    int64_t busy = 0;
    enum status status =
        query_number(store->database, 1, &busy, error, "PRAGMA wal_checkpoint(TRUNCATE)", "");

    if (status == STATUS_OK && !busy)
        return STATUS_OK;
    return fail(
        error, STATUS_IO,
        "Close Discern everywhere, and open it again; then no sealed copy of it is left.",
        status == STATUS_OK
            ? "This was erased, but somebody else is still reading the store."
            : "This was erased, but the disk failed before the last copy was gone.");
}

/* The decision that an entry of that kind is about, by its own reference. */
static enum status about(struct store *store, enum entry_kind kind, const char *given,
                         char reference[REFERENCE_SIZE], struct error *error)
{
    char known[REFERENCE_SIZE] = "";

    if (!given || !given[0]) {
        reference[0] = '\0';
        return STATUS_OK;
    }
    if (!reference_read(given, known))
        return fail(error, STATUS_BAD_DATA, "Check it letter by letter.",
                    "%s is not a reference.", given);
    if (kind_about(kind) == ABOUT_NEW) {
        memcpy(reference, known, REFERENCE_SIZE);
        return STATUS_OK;
    }
    return project_resolve(store->database, known, reference, error);
}

/* An amendment or review names the decision that it is about, by any of its references. What a
 * record says of itself is checked when it is projected. */
static enum status check_reference(const struct stored_entry *stored, const char *given,
                                   const char *reference, struct error *error)
{
    enum entry_kind kind = stored->entry.kind;
    const char *named;

    if (kind != ENTRY_AMENDMENT && kind != ENTRY_REVIEW)
        return STATUS_OK;
    named = body_text(stored->body, kind == ENTRY_AMENDMENT ? "amends" : "reference");
    if (strcmp(named, reference) == 0 || strcmp(named, given) == 0)
        return STATUS_OK;
    return fail(error, STATUS_BAD_DATA, NULL, "This %s is about %s, not about %s.",
                entry_kind_id(kind), named[0] ? named : "no decision", reference);
}

/* Within a transaction. */
static enum status append_checked(struct store *store, struct stored_entry *stored,
                                  const char *given, struct moment now, int64_t *ret_sequence,
                                  struct error *error)
{
    char reference[REFERENCE_SIZE];
    enum status status = about(store, stored->entry.kind, given, reference, error);

    if (status == STATUS_OK)
        status = check_reference(stored, given, reference, error);
    if (status == STATUS_OK)
        status = append_entry(store, stored, reference, now, ret_sequence, error);
    return status;
}

enum status store_append(struct store *store, enum entry_kind kind, const char *reference,
                         const char *body, size_t length, struct moment now,
                         int64_t *ret_sequence, struct error *error)
{
    struct stored_entry stored = begin_entry(store, kind, body, length);
    int64_t sequence = 0;
    enum status status = stored_check(&stored, error);

    if (status == STATUS_OK && (kind == ENTRY_USER || kind == ENTRY_KEYRING))
        status = fail(error, STATUS_REFUSED, "Add the user instead.",
                      "Entries about users are made with their keys.");
    if (status == STATUS_OK)
        status = transaction_begin(store->database, error);
    if (status == STATUS_OK) {
        status = append_checked(store, &stored, reference, now, &sequence, error);
        status = transaction_end(store->database, status, error);
    }
    stored_release(&stored);
    if (status == STATUS_OK && kind == ENTRY_ERASURE)
        status = log_empty(store, error);
    if (status == STATUS_OK && ret_sequence)
        *ret_sequence = sequence;
    return status;
}

static enum status keep_pack(struct store *store, const struct decision *decision,
                             const char *pack, size_t length, struct error *error)
{
    struct digest fingerprint = digest_of(&(struct span){pack, length}, 1);

    if (memcmp(fingerprint.byte, decision->pack->fingerprint.byte, DIGEST_SIZE) != 0)
        return fail(error, STATUS_BAD_DATA, "Load the pack again.",
                    "The text of pack %s is not the one that was walked.", decision->pack->id);
    return query_run(
        store->database, error,
        "INSERT INTO pack SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM pack WHERE "
        "fingerprint = ?1)",
        "bb", fingerprint.byte, (size_t)DIGEST_SIZE, pack, length);
}

/* Within a transaction. */
static enum status sign_decision(struct store *store, const struct decision *decision,
                                 struct stored_entry *stored, const char *pack,
                                 size_t pack_length, struct moment now, int64_t *ret_sequence,
                                 struct error *error)
{
    const char *about = decision->amends ? decision->amends : decision->reference;
    enum status status = keep_pack(store, decision, pack, pack_length, error);

    if (status == STATUS_OK)
        status = append_checked(store, stored, about, now, ret_sequence, error);
    if (status == STATUS_OK)
        status = draft_remove(store, decision->reference, error);
    return status;
}

enum status store_sign(struct store *store, const struct decision *decision, const char *body,
                       size_t length, const char *pack, size_t pack_length, struct moment now,
                       int64_t *ret_sequence, struct error *error)
{
    struct stored_entry stored =
        begin_entry(store, decision->amends ? ENTRY_AMENDMENT : ENTRY_RECORD, body, length);
    int64_t sequence = 0;
    enum status status = stored_check(&stored, error);

    if (status == STATUS_OK)
        status = transaction_begin(store->database, error);
    if (status == STATUS_OK) {
        status =
            sign_decision(store, decision, &stored, pack, pack_length, now, &sequence, error);
        status = transaction_end(store->database, status, error);
    }
    stored_release(&stored);
    if (status == STATUS_OK)
        draft_forget(store, decision->reference);
    if (status == STATUS_OK && ret_sequence)
        *ret_sequence = sequence;
    return status;
}
