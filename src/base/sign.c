/* SPDX-License-Identifier: MIT */
/* Signatures checked by libsodium. */
#include "base/sign.h"

#include <sodium.h>

bool sign_holds(const unsigned char signature[SIGN_SIZE], const void *bytes, size_t length,
                const unsigned char key[SIGN_KEY_SIZE])
{
    return crypto_sign_verify_detached(signature, bytes, length, key) == 0;
}
