/* SPDX-License-Identifier: MIT */
/* The sealing of pages and headers. Knows nothing of SQLite or files; cipher.h says why. */
#include "store/cipher.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "base/secret.h"

#define AUTHENTICATED_SIZE (STORE_ID_SIZE + 4 + 4 + 8 + 8)
#define HALF_MAX (LOG_HEADER_SIZE / 2)
#define ROUNDS 4

static_assert(PAGE_NONCE_SIZE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "nonce");
static_assert(PAGE_TAG_SIZE == crypto_aead_xchacha20poly1305_ietf_ABYTES, "tag");
static_assert(HALF_MAX == crypto_core_hchacha20_INPUTBYTES, "half a header");
static_assert(STORE_KEY_SIZE == crypto_kdf_KEYBYTES, "store key");

static void put_little(unsigned char *bytes, uint64_t number, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
}

void subkey_derive(const unsigned char store_key[STORE_KEY_SIZE], enum subkey which,
                   unsigned char key[32])
{
    crypto_kdf_derive_from_key(key, 32, (uint64_t)which, "discern1", store_key);
}

struct cipher *cipher_new(const unsigned char store_key[STORE_KEY_SIZE],
                          const unsigned char id[STORE_ID_SIZE])
{
    struct cipher *cipher = secret_new(sizeof(*cipher));

    subkey_derive(store_key, SUBKEY_PAGE, cipher->page);
    subkey_derive(store_key, SUBKEY_LOG_PAGE, cipher->log_page);
    subkey_derive(store_key, SUBKEY_LOG_HEADER, cipher->log_header);
    memcpy(cipher->id, id, STORE_ID_SIZE);
    return cipher;
}

static void authenticate(const struct cipher *cipher, const struct place *place,
                         unsigned char bytes[AUTHENTICATED_SIZE])
{
    memcpy(bytes, cipher->id, STORE_ID_SIZE);
    put_little(bytes + STORE_ID_SIZE, CIPHER_FORMAT, 4);
    put_little(bytes + STORE_ID_SIZE + 4, (uint64_t)place->kind, 4);
    put_little(bytes + STORE_ID_SIZE + 8, place->page, 8);
    put_little(bytes + STORE_ID_SIZE + 16, place->offset, 8);
}

static const unsigned char *page_key(const struct cipher *cipher, enum file_kind kind)
{
    return kind == FILE_DATABASE ? cipher->page : cipher->log_page;
}

void page_seal(const struct cipher *cipher, const struct place *place,
               const unsigned char page[PAGE_SIZE], unsigned char sealed[PAGE_SIZE])
{
    unsigned char with[AUTHENTICATED_SIZE];
    unsigned char *nonce = sealed + PAGE_USABLE, *tag = nonce + PAGE_NONCE_SIZE;

    authenticate(cipher, place, with);
    random_bytes(nonce, PAGE_NONCE_SIZE);
    crypto_aead_xchacha20poly1305_ietf_encrypt_detached(sealed, tag, NULL, page, PAGE_USABLE,
                                                        with, sizeof(with), NULL, nonce,
                                                        page_key(cipher, place->kind));
}

bool page_open(const struct cipher *cipher, const struct place *place,
               const unsigned char sealed[PAGE_SIZE], unsigned char page[PAGE_SIZE])
{
    unsigned char with[AUTHENTICATED_SIZE];
    const unsigned char *nonce = sealed + PAGE_USABLE, *tag = nonce + PAGE_NONCE_SIZE;
    bool opened;

    authenticate(cipher, place, with);
    opened = crypto_aead_xchacha20poly1305_ietf_decrypt_detached(
                 page, NULL, sealed, PAGE_USABLE, tag, with, sizeof(with), nonce,
                 page_key(cipher, place->kind)) == 0;
    if (opened)
        memset(page + PAGE_USABLE, 0, PAGE_RESERVED);
    else
        memset(page, 0, PAGE_SIZE);
    return opened;
}

/* Adds the round's function of `from` to `onto`, both of `half` bytes. */
static void feistel_round(const struct cipher *cipher, unsigned round, uint64_t offset,
                          const unsigned char *from, unsigned char *onto, size_t half)
{
    unsigned char tweak[HALF_MAX] = {0}, input[HALF_MAX] = {0}, key[32], mask[32];

    put_little(tweak, offset, 8);
    tweak[8] = (unsigned char)round;
    tweak[9] = (unsigned char)half;
    memcpy(input, from, half);
    crypto_core_hchacha20(key, tweak, cipher->log_header, NULL);
    crypto_core_hchacha20(mask, input, key, NULL);
    for (size_t i = 0; i < half; i++)
        onto[i] ^= mask[i];
}

/* Odd rounds change the left half by the right one, even rounds the other way about; opening
 * does the same in reverse. */
static void turn_header(const struct cipher *cipher, uint64_t offset, unsigned char *header,
                        size_t half, bool opening)
{
    for (unsigned i = 1; i <= ROUNDS; i++) {
        unsigned round = opening ? ROUNDS + 1 - i : i;
        unsigned char *onto = round % 2 ? header : header + half;
        const unsigned char *from = round % 2 ? header + half : header;

        feistel_round(cipher, round, offset, from, onto, half);
    }
}

void header_seal(const struct cipher *cipher, uint64_t offset, unsigned char *header,
                 size_t size)
{
    turn_header(cipher, offset, header, size / 2, false);
}

void header_open(const struct cipher *cipher, uint64_t offset, unsigned char *header,
                 size_t size)
{
    turn_header(cipher, offset, header, size / 2, true);
}
