/* SPDX-License-Identifier: MIT */
/* Signatures, Ed25519 (RFC 8032): whether one holds. Making them is the store's, which has the
 * keys. */
#ifndef DISCERN_BASE_SIGN_H
#define DISCERN_BASE_SIGN_H

#include <stdbool.h>
#include <stddef.h>

#define SIGN_KEY_SIZE 32
#define SIGN_SIZE 64

bool sign_holds(const unsigned char signature[SIGN_SIZE], const void *bytes, size_t length,
                const unsigned char key[SIGN_KEY_SIZE]);

#endif
