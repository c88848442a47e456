/* SPDX-License-Identifier: MIT */
/* An entry as bytes: its link, body and signature checked. Writes nothing. */
#include <sodium.h>
#include <string.h>

#include "record/json.h"
#include "store/log.h"

#define REMEDY "Put the store back from a backup, and tell the guardian."

/* The label's own NUL is part of what is digested. */
#define LABEL(text)                                                                            \
    {                                                                                          \
        text, sizeof(text)                                                                     \
    }

struct digest link_of(const char *head, size_t length)
{
    struct span span[] = {LABEL("discern/entry/1"), {head, length}};

    return digest_of(span, COUNT(span));
}

struct digest body_digest(const unsigned char salt[BODY_SALT_SIZE], const char *body,
                          size_t length)
{
    struct span span[] = {LABEL("discern/body/1"), {salt, BODY_SALT_SIZE}, {body, length}};

    return digest_of(span, COUNT(span));
}

bool signature_holds(const struct digest *link, const unsigned char *signature,
                     const unsigned char key[PUBLIC_KEY_SIZE])
{
    unsigned char message[SIGNED_SIZE];

    signed_message(link, message);
    return crypto_sign_verify_detached(signature, message, sizeof(message), key) == 0;
}

void signed_message(const struct digest *link, unsigned char message[SIGNED_SIZE])
{
    memcpy(message, SIGNED_LABEL, sizeof(SIGNED_LABEL));
    memcpy(message + sizeof(SIGNED_LABEL), link->byte, DIGEST_SIZE);
}

enum status entry_damaged(int64_t sequence, const char *what, struct error *error)
{
    return fail(error, STATUS_DAMAGED, REMEDY,
                "Entry %lld of the log is not as it was signed: %s.", (long long)sequence,
                what);
}

static bool take_blob(sqlite3_stmt *row, int column, void *bytes, size_t size)
{
    if ((size_t)sqlite3_column_bytes(row, column) != size)
        return false;
    memcpy(bytes, sqlite3_column_blob(row, column), size);
    return true;
}

static void fill_entry(struct stored_entry *stored)
{
    struct entry *entry = &stored->entry;
    const struct head_fields *fields = &stored->fields;

    entry->kind = fields->kind;
    entry->at = fields->at;
    entry->clock_back = fields->back;
    memcpy(entry->author, fields->author, sizeof(entry->author));
    memcpy(entry->reference, fields->reference, sizeof(entry->reference));
    stored->role = fields->role;
}

void raw_of_row(sqlite3_stmt *row, struct arena *arena, struct raw_entry *ret_raw)
{
    struct raw_entry raw = {.sequence = sqlite3_column_int64(row, 0)};

    raw.head = column_copy(row, 1, arena);
    raw.head_length = (size_t)sqlite3_column_bytes(row, 1);
    raw.whole = take_blob(row, 2, raw.link.byte, DIGEST_SIZE) &&
                take_blob(row, 3, raw.signature, sizeof(raw.signature));
    if (sqlite3_column_type(row, 5) != SQLITE_NULL) {
        raw.body = column_copy(row, 5, arena);
        raw.body_length = (size_t)sqlite3_column_bytes(row, 5);
        raw.whole = raw.whole && take_blob(row, 4, raw.salt, sizeof(raw.salt));
    }
    *ret_raw = raw;
}

static bool same(const struct digest *a, const struct digest *b)
{
    return memcmp(a->byte, b->byte, DIGEST_SIZE) == 0;
}

enum status entry_of_checked(const struct raw_entry *raw, struct stored_entry *ret_entry,
                             struct error *error)
{
    struct stored_entry stored = {.entry = {.sequence = raw->sequence,
                                            .body = raw->body,
                                            .length = raw->body_length,
                                            .link = raw->link},
                                  .head = raw->head,
                                  .head_length = raw->head_length};
    enum status status =
        head_read(raw->sequence, raw->head, raw->head_length, &stored.fields, error);

    if (status != STATUS_OK)
        return status;
    memcpy(stored.signature, raw->signature, sizeof(stored.signature));
    memcpy(stored.salt, raw->salt, sizeof(stored.salt));
    fill_entry(&stored);
    *ret_entry = stored;
    return STATUS_OK;
}

enum status entry_of_raw(const struct raw_entry *raw, struct stored_entry *ret_entry,
                         struct error *error)
{
    struct digest digest = link_of(raw->head, raw->head_length);
    struct stored_entry stored;
    enum status status;

    if (!raw->whole)
        return entry_damaged(raw->sequence, "its link, signature or salt is not one", error);
    if (!same(&digest, &raw->link))
        return entry_damaged(raw->sequence, "its head has another fingerprint", error);
    status = entry_of_checked(raw, &stored, error);
    if (status != STATUS_OK)
        return status;
    if (raw->body)
        digest = body_digest(raw->salt, raw->body, raw->body_length);
    if (raw->body && !same(&digest, &stored.fields.body))
        return entry_damaged(raw->sequence, "its body has another fingerprint", error);
    *ret_entry = stored;
    return STATUS_OK;
}

enum status stored_body(struct stored_entry *stored, struct error *error)
{
    return stored->body ? STATUS_OK
                        : body_read(stored->entry.body, stored->entry.length,
                                    entry_kind_id(stored->entry.kind), &stored->body, error);
}

void stored_release(struct stored_entry *stored)
{
    json_decref(stored->body);
    stored->body = NULL;
}

enum status entry_of_row(sqlite3_stmt *row, struct arena *arena, struct stored_entry *ret_entry,
                         struct error *error)
{
    struct raw_entry raw;

    raw_of_row(row, arena, &raw);
    return entry_of_raw(&raw, ret_entry, error);
}
