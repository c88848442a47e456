/* SPDX-License-Identifier: MIT */
/*
 * The log of a store as others hold it: entries as lines of canonical JSON, read from anywhere,
 * each checked against its signature and its place. discern-record(5) says what is checked,
 * discern-bundle(5) how a line looks:
 *
 *     {"body":…,"head":…,"salt":…,"signature":…,"view":…}
 *
 * Pure: no files, no clock, no database. It trusts nothing that it reads.
 */
#ifndef DISCERN_EXCHANGE_CHAIN_H
#define DISCERN_EXCHANGE_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/mem.h"
#include "base/sign.h"
#include "base/status.h"
#include "record/record.h"

#define CHAIN_STORE_SIZE 33 /* the id of a store in hexadecimal, and a NUL */
#define CHAIN_NAME_SIZE 33
#define CHAIN_KIND_SIZE 24
#define CHAIN_SALT_SIZE 32

/* One entry. Texts live in the arena that it was read into, or are borrowed by the writer. */
struct link {
    const char *head;
    size_t head_length;
    unsigned char signature[SIGN_SIZE];
    const char *body; /* NULL if it is withheld or erased */
    size_t length;
    unsigned char salt[CHAIN_SALT_SIZE];
    const char *view; /* what is left of a body after redaction; NULL if nothing is */
    size_t view_length;

    /* What the head says, once read. */
    struct digest link, previous, body_digest;
    char store[CHAIN_STORE_SIZE], author[CHAIN_NAME_SIZE], kind[CHAIN_KIND_SIZE];
    char reference[REFERENCE_SIZE]; /* "" if none */
    enum role role;
    int64_t sequence;
    struct moment at;
    unsigned char key[SIGN_KEY_SIZE];
};

/* The members of an entry that a bundle and an export have in common. */
json_t *link_json(const struct link *link);

/* Reads head, signature, salt, body and view out of an object, and what the head says. The
 * signature must be the author's and the body the one of the head. STATUS_BAD_DATA. */
MUST_CHECK enum status link_read(const json_t *object, struct arena *arena,
                                 struct link *ret_link, struct error *error);

/* Reads a head that is trusted already, such as one that a store kept. */
MUST_CHECK enum status link_read_head(const char *head, size_t length, struct link *ret_link,
                                      struct error *error);

/* A chain, followed entry by entry. Zeroed is a chain before its first entry. */
struct chain_user {
    char name[CHAIN_NAME_SIZE];
    unsigned char key[SIGN_KEY_SIZE];
    enum role role;
    bool disabled;
};
struct chain_certificate {
    char fingerprint[DIGEST_HEX_SIZE];
    int64_t since; /* the entry that names it */
};
struct chain {
    char store[CHAIN_STORE_SIZE]; /* "" before the first entry */
    int64_t count;
    struct digest link; /* of the newest */
    struct chain_user *user;
    size_t user_count;
    struct chain_certificate *certificate; /* of the store, oldest first */
    size_t certificate_count;
};
void chain_release(struct chain *chain);
struct chain chain_copy(const struct chain *chain);

/* The fingerprint of the certificate that the newest "identity" entry up to `at` names; NULL
 * before there is one. */
const char *chain_certificate(const struct chain *chain, int64_t at);

/* Whether a fingerprint stands in a text that lists some. What is no fingerprint never does. */
bool fingerprint_among(const char *list, const char *fingerprint);

/* Whether any entry of the chain names that certificate. */
bool chain_names(const struct chain *chain, const char *fingerprint);

/* Takes the next entry: it must be the next number, of the same store, name the link before
 * it, and be signed by someone who was then a user with that key and role. STATUS_BAD_DATA. */
MUST_CHECK enum status chain_follow(struct chain *chain, const struct link *link,
                                    struct error *error);

/* Takes in what an entry says of users and of the store's certificate, without checks: for a
 * chain that goes on where another ended. The body must be there. STATUS_BAD_DATA. */
MUST_CHECK enum status chain_learn(struct chain *chain, const struct link *link,
                                   struct error *error);

/* Hexadecimal digits of exactly `size` bytes. */
bool hex_read(const char *text, unsigned char *bytes, size_t size);
void hex_write(const unsigned char *bytes, size_t size, char *text);

#endif
