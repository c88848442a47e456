/* SPDX-License-Identifier: MIT */
/* What the files of the courier that use libcrypto share. */
#ifndef DISCERN_EXCHANGE_COURIER_CRYPTO_H
#define DISCERN_EXCHANGE_COURIER_CRYPTO_H

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "exchange/courier.h"

/* What libcrypto says went wrong last; then it is forgotten. */
const char *crypto_words(void);

/* The first certificate in the text that something may be sealed to today, or else the first;
 * NULL if there is none. */
X509 *certificate_read(const char *pem);

/* NULL if it is none. */
EVP_PKEY *key_read(const char *pem);

bool certificate_fingerprint(X509 *certificate, char fingerprint[DIGEST_HEX_SIZE]);

/* Whether something may be sealed to it today. NULL is not. */
bool certificate_usable(X509 *certificate, struct mishap *mishap);

/* Appends what was written to a BIO in memory. */
void bio_take(BIO *bio, struct buf *out);

#endif
