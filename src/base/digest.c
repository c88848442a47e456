/* SPDX-License-Identifier: MIT */
/* Fingerprints, by libsodium. */
#include "base/digest.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct digest digest_of(const struct span *span, size_t count)
{
    crypto_hash_sha256_state state;
    struct digest digest;

    _Static_assert(DIGEST_SIZE == crypto_hash_sha256_BYTES, "a digest is SHA-256");
    crypto_hash_sha256_init(&state);
    for (size_t i = 0; i < count; i++)
        crypto_hash_sha256_update(&state, span[i].bytes, span[i].length);
    crypto_hash_sha256_final(&state, digest.byte);
    return digest;
}

struct digest digest_keyed(const unsigned char key[DIGEST_SIZE], const struct span *span,
                           size_t count)
{
    crypto_auth_hmacsha256_state state;
    struct digest digest;

    _Static_assert(DIGEST_SIZE == crypto_auth_hmacsha256_BYTES, "a digest is SHA-256");
    crypto_auth_hmacsha256_init(&state, key, DIGEST_SIZE);
    for (size_t i = 0; i < count; i++)
        crypto_auth_hmacsha256_update(&state, span[i].bytes, span[i].length);
    crypto_auth_hmacsha256_final(&state, digest.byte);
    sodium_memzero(&state, sizeof(state));
    return digest;
}

bool digest_pem(const char **pem, struct digest *ret_digest)
{
    const char *begin = strstr(*pem, "-----BEGIN "), *end;
    unsigned char *bytes;
    size_t length = 0;
    bool good;

    begin = begin ? strchr(begin, '\n') : NULL;
    end = begin ? strstr(begin, "-----END ") : NULL;
    if (!end)
        return false;
    bytes = xmalloc((size_t)(end - begin));
    good = sodium_base642bin(bytes, (size_t)(end - begin), begin, (size_t)(end - begin),
                             " \r\n", &length, NULL, sodium_base64_VARIANT_ORIGINAL) == 0 &&
           length > 0;
    if (good) {
        *ret_digest = digest_of(&(struct span){bytes, length}, 1);
        *pem = end;
    }
    free(bytes);
    return good;
}

void digest_hex(const struct digest *digest, char text[DIGEST_HEX_SIZE])
{
    sodium_bin2hex(text, DIGEST_HEX_SIZE, digest->byte, DIGEST_SIZE);
}
