/* SPDX-License-Identifier: MIT */
/*
 * Secrets: passphrases and keys. They live in libsodium's guarded memory (locked, kept out of
 * core dumps, wiped when freed) and in nothing else: never in a buf, never on the stack.
 */
#ifndef DISCERN_BASE_SECRET_H
#define DISCERN_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

/* Readies libsodium and forbids core dumps and tracing of this process. Call once, first. */
void secret_init(void);

/* Guarded, zeroed memory of `size` bytes; free it with secret_free. Never NULL. */
void *secret_new(size_t size);

/* Whether the system refused to keep any secret so far in memory, so that it may be written to
 * swap space: somebody should be told. */
#define SECRET_EXPOSED_WHAT                                                                    \
    "This system does not keep passphrases and keys in memory, so they may be written to its " \
    "swap space."
#define SECRET_EXPOSED_REMEDY "Allow more locked memory (ulimit -l), or encrypt the swap space."
bool secret_exposed(void);

/* Wipes and frees. NULL is fine. */
void secret_free(void *secret);

/* Overwrites `size` bytes in a way that the compiler may not remove. */
void secret_wipe(void *bytes, size_t size);

/* A passphrase being typed or held: at most PASSPHRASE_MAX bytes of UTF-8. */
#define PASSPHRASE_MAX 1023
struct passphrase {
    size_t length;
    char text[PASSPHRASE_MAX + 1];
};

/* A passphrase in guarded memory, copied from `text`, of `length` bytes (cut at the maximum).
 * Free with secret_free. */
struct passphrase *passphrase_new(const char *text, size_t length);

/* Whether two passphrases are equal, in time that does not depend on where they differ. */
bool passphrase_equal(const struct passphrase *a, const struct passphrase *b);

/* How hard a passphrase is to guess, from its length and variety alone: enough to turn people
 * away from a single word, a row of keys or of digits, and never a promise. */
enum strength { STRENGTH_WEAK, STRENGTH_FAIR, STRENGTH_STRONG };
enum strength passphrase_strength(const struct passphrase *passphrase);
const char *strength_words(enum strength strength);

/* STATUS_REFUSED if it is weak. */
MUST_CHECK enum status passphrase_weigh(const struct passphrase *passphrase,
                                        struct error *error);

/* Fills `bytes` with `size` random bytes from the system. */
void random_bytes(void *bytes, size_t size);

#endif
