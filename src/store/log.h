/* SPDX-License-Identifier: MIT */
/*
 * The log: how an entry is made, and read back. The head of an entry is canonical JSON:
 *
 *     {"at":…,"author":…,"back":true,"body":…,"key":…,"kind":…,"prev":…,"ref":…,"role":…,
 *      "seq":…,"store":…,"v":1,"zone":…}
 *
 *   link       SHA-256 of "discern/entry/1", a NUL, and the head's bytes
 *   body       SHA-256 of "discern/body/1", a NUL, the salt (32 bytes) and the body's bytes
 *   signature  Ed25519 over "discern/sig/1", a NUL, and the link
 *
 * "prev" is the link of the entry before, 64 zeros for the first; "back" is there only when the
 * clock stood earlier than at the entry before; "ref" only when the entry is about a decision.
 * The exact bytes are kept and checked; nothing is made again to be compared.
 */
#ifndef DISCERN_STORE_LOG_H
#define DISCERN_STORE_LOG_H

#include <jansson.h>

#include "base/digest.h"
#include "base/mem.h"
#include "store/opened.h"

#define ENTRY_VERSION 1
#define BODY_SALT_SIZE 32
#define SIGNATURE_SIZE 64

/* What the head of an entry says. */
struct head_fields {
    int64_t version, sequence;
    struct moment at;
    bool back;
    enum entry_kind kind;
    enum role role;
    char author[USER_NAME_MAX + 1];
    char reference[REFERENCE_SIZE];
    struct digest previous, body;
    unsigned char key[PUBLIC_KEY_SIZE], store[STORE_ID_SIZE];
};

/* STATUS_DAMAGED: "Entry n of the log is not as it was signed: what". */
enum status entry_damaged(int64_t sequence, const char *what, struct error *error);

/* Reads a head (head.c). STATUS_DAMAGED if it is none, STATUS_UNSUPPORTED if a later Discern
 * wrote it.
 */
MUST_CHECK enum status head_read(int64_t sequence, const char *bytes, size_t length,
                                 struct head_fields *ret_head, struct error *error);

struct digest link_of(const char *head, size_t length);
struct digest body_digest(const unsigned char salt[BODY_SALT_SIZE], const char *body,
                          size_t length);
bool signature_holds(const struct digest *link, const unsigned char *signature,
                     const unsigned char key[PUBLIC_KEY_SIZE]);

/* The bytes that a signature is over. */
#define SIGNED_LABEL "discern/sig/1"
#define SIGNED_SIZE (sizeof(SIGNED_LABEL) + DIGEST_SIZE)
void signed_message(const struct digest *link, unsigned char message[SIGNED_SIZE]);

/* Which role may append which kind of entry, and what such an entry is about. */
enum about { ABOUT_NOTHING, ABOUT_ANY, ABOUT_NEW, ABOUT_KNOWN };
bool kind_allowed(enum entry_kind kind, enum role role);
enum about kind_about(enum entry_kind kind);

/* Fills the table of rules that the triggers read, in a store that is being made. */
MUST_CHECK enum status kinds_install(struct database *database, struct error *error);

/* Whether that table is as it was filled. */
MUST_CHECK enum status kinds_installed(struct database *database, bool *ret_installed,
                                       struct error *error);

/* Checks, signs and appends an entry, with its effects on the projections, within the caller's
 * transaction. `reference` is NULL or "" if it is about no decision. */
MUST_CHECK enum status log_append(struct store *store, enum entry_kind kind,
                                  const char *reference, const char *body, size_t length,
                                  struct moment now, int64_t *ret_sequence,
                                  struct error *error);

/* Empties the write-ahead log, so that what was erased leaves it as well. STATUS_IO while
 * somebody else reads what is in it. */
MUST_CHECK enum status log_empty(struct store *store, struct error *error);

/* An entry with all that verifying it takes; texts in the arena. */
struct stored_entry {
    struct entry entry;
    enum role role;
    struct head_fields fields;
    const char *head;
    size_t head_length;
    unsigned char salt[BODY_SALT_SIZE], signature[SIGNATURE_SIZE];
    json_t *body; /* once stored_body read it */
};

/* The body, read once for all who look into it; not to be called once it is erased.
 * STATUS_BAD_DATA. */
MUST_CHECK enum status stored_body(struct stored_entry *stored, struct error *error);
void stored_release(struct stored_entry *stored);

/* Whether the body of an entry that is to be signed is canonical JSON, and a review says
 * enough; else STATUS_BAD_DATA. Whether a record is one shows when it is projected. */
MUST_CHECK enum status stored_check(struct stored_entry *stored, struct error *error);

/* An entry as its row has it, copied into an arena and not looked at yet. */
struct raw_entry {
    int64_t sequence;
    const char *head, *body; /* body: NULL if it is erased */
    size_t head_length, body_length;
    bool whole; /* link, signature and salt have the sizes that they must have */
    struct digest link;
    unsigned char salt[BODY_SALT_SIZE], signature[SIGNATURE_SIZE];
};
void raw_of_row(sqlite3_stmt *row, struct arena *arena, struct raw_entry *ret_raw);

/* Checks that link and body are those of its head. Texts stay where they are. STATUS_DAMAGED.
 */
MUST_CHECK enum status entry_of_raw(const struct raw_entry *raw, struct stored_entry *ret_entry,
                                    struct error *error);

/* The same of an entry that was checked before: reads its head only. */
MUST_CHECK enum status entry_of_checked(const struct raw_entry *raw,
                                        struct stored_entry *ret_entry, struct error *error);

/* Reads the entry that stands in columns seq, head, link, signature, salt, body of a row, and
 * checks that link and body are those of its head. STATUS_DAMAGED. */
#define ENTRY_COLUMNS "entry.seq, head, link, signature, salt, body"
#define ENTRY_TABLES "entry LEFT JOIN body ON body.seq = entry.seq"
MUST_CHECK enum status entry_of_row(sqlite3_stmt *row, struct arena *arena,
                                    struct stored_entry *ret_entry, struct error *error);

#endif
