/* SPDX-License-Identifier: MIT */
/* Fingerprints: SHA-256 (FIPS 180-4), because every outsider's tool has it, and its keyed form,
 * HMAC-SHA-256 (RFC 2104). */
#ifndef DISCERN_BASE_DIGEST_H
#define DISCERN_BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#define DIGEST_SIZE 32
#define DIGEST_HEX_SIZE 65 /* 64 digits and a NUL */

struct digest {
    unsigned char byte[DIGEST_SIZE];
};

/* One run of bytes that is digested; an array of them is digested as if joined. */
struct span {
    const void *bytes;
    size_t length;
};

struct digest digest_of(const struct span *span, size_t count);
struct digest digest_keyed(const unsigned char key[DIGEST_SIZE], const struct span *span,
                           size_t count);

/* Of the bytes that the next block of a PEM text stands for, as of a certificate in DER; *pem
 * goes on behind it. False if there is none. */
bool digest_pem(const char **pem, struct digest *ret_digest);

/* Writes 64 lower-case hexadecimal digits. */
void digest_hex(const struct digest *digest, char text[DIGEST_HEX_SIZE]);

#endif
