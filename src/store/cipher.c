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

/* What seals one page: XChaCha20 makes of the nonce a key and a shorter nonce for ChaCha20,
 * whose first block is the key of the tag. */
struct page_keys {
    unsigned char key[crypto_core_hchacha20_OUTPUTBYTES];
    unsigned char nonce[crypto_stream_chacha20_ietf_NONCEBYTES];
    unsigned char tag[crypto_onetimeauth_poly1305_KEYBYTES];
};

static void derive_page_keys(const struct cipher *cipher, enum file_kind kind,
                             const unsigned char nonce[PAGE_NONCE_SIZE], struct page_keys *keys)
{
    crypto_core_hchacha20(keys->key, nonce, page_key(cipher, kind), NULL);
    memset(keys->nonce, 0, sizeof(keys->nonce));
    memcpy(keys->nonce + 4, nonce + crypto_core_hchacha20_INPUTBYTES, 8);
    crypto_stream_chacha20_ietf(keys->tag, sizeof(keys->tag), keys->nonce, keys->key);
}

/* Of the whole page, the end of which is thrown away: libsodium is so much slower on an end
 * that is no whole block that 4,056 bytes take it a third longer than 4,096. */
static void add_stream(const struct page_keys *keys, const unsigned char *from,
                       unsigned char *ret_to)
{
    crypto_stream_chacha20_ietf_xor_ic(ret_to, from, PAGE_SIZE, keys->nonce, 1, keys->key);
}

/* Over what is authenticated, the sealed bytes and the lengths of both, each of them followed
 * by zeros to a multiple of 16 bytes. */
static void make_tag(const struct cipher *cipher, const struct place *place,
                     const struct page_keys *keys, const unsigned char *sealed,
                     unsigned char ret_tag[PAGE_TAG_SIZE])
{
    unsigned char with[AUTHENTICATED_SIZE + 8] = {0}, end[8 + 16] = {0};
    crypto_onetimeauth_poly1305_state state;

    static_assert(sizeof(with) % 16 == 0 && (PAGE_USABLE + 8) % 16 == 0, "zeros");
    authenticate(cipher, place, with);
    put_little(end + 8, AUTHENTICATED_SIZE, 8);
    put_little(end + 16, PAGE_USABLE, 8);
    crypto_onetimeauth_poly1305_init(&state, keys->tag);
    crypto_onetimeauth_poly1305_update(&state, with, sizeof(with));
    crypto_onetimeauth_poly1305_update(&state, sealed, PAGE_USABLE);
    crypto_onetimeauth_poly1305_update(&state, end, sizeof(end));
    crypto_onetimeauth_poly1305_final(&state, ret_tag);
}

void page_seal(const struct cipher *cipher, const struct place *place,
               const unsigned char page[PAGE_SIZE], unsigned char sealed[PAGE_SIZE])
{
    unsigned char nonce[PAGE_NONCE_SIZE];
    struct page_keys keys;

    random_bytes(nonce, sizeof(nonce));
    derive_page_keys(cipher, place->kind, nonce, &keys);
    add_stream(&keys, page, sealed);
    memcpy(sealed + PAGE_USABLE, nonce, sizeof(nonce));
    make_tag(cipher, place, &keys, sealed, sealed + PAGE_USABLE + PAGE_NONCE_SIZE);
    secret_wipe(&keys, sizeof(keys));
}

bool page_open(const struct cipher *cipher, const struct place *place,
               const unsigned char sealed[PAGE_SIZE], unsigned char page[PAGE_SIZE])
{
    unsigned char tag[PAGE_TAG_SIZE];
    struct page_keys keys;
    bool opened;

    derive_page_keys(cipher, place->kind, sealed + PAGE_USABLE, &keys);
    make_tag(cipher, place, &keys, sealed, tag);
    opened = crypto_verify_16(tag, sealed + PAGE_USABLE + PAGE_NONCE_SIZE) == 0;
    if (opened) {
        add_stream(&keys, sealed, page);
        memset(page + PAGE_USABLE, 0, PAGE_RESERVED);
    } else {
        memset(page, 0, PAGE_SIZE);
    }
    secret_wipe(&keys, sizeof(keys));
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
