/* SPDX-License-Identifier: MIT */
/*
 * Sealing: how each byte that SQLite writes is made unreadable and unforgeable on the disk.
 * Pure: bytes and a place in, bytes out; the layer under SQLite that uses it is vfs.h.
 *
 * THE FORMAT, format id 1. All keys come from the store key (32 bytes, in the keyring) by
 * libsodium's crypto_kdf (keyed BLAKE2b, context "discern1"): 1 pages of the database, 2 pages
 * of the write-ahead log, 3 headers of the write-ahead log, 4 pseudonyms, 5 the keyring's seal.
 *
 * A page, 4,096 bytes. SQLite is told to reserve the last 40 bytes of each page; what it keeps
 * in the first 4,056 is sealed with XChaCha20-Poly1305 (IETF) in place:
 *
 *     0            4056          4080        4096
 *     | ciphertext | nonce, 24   | tag, 16   |
 *
 * The nonce is random and fresh for each write; 192 bits are enough for that, for ever, on
 * copies of one machine too. Authenticated with the page (40 bytes): the store's id (16), the
 * format id, the kind of file, the page number and the offset in the file (integers of 4, 4, 8
 * and 8 bytes, little endian). So a page opens as the page it is, where it is, in the store it
 * is of, and nowhere else. SQLite sees zeros in the reserved bytes.
 *
 * The write-ahead log, laid out by SQLite: [32] then [24][4096] again and again. Each write of
 * SQLite stays one write of the same length at the same offset; nothing is read to be written
 * again. Its pages are sealed as above; their page number is the one in the frame header before
 * them. The headers of 32 and 24 bytes hold checksums of plaintext, so they may not stand in
 * the clear, and have no room for a tag. They are permuted whole: a Feistel network of four
 * rounds over the two halves. What a round adds to one half is HChaCha20 of the other half
 * (zeros after it, to 16 bytes), under a key that is HChaCha20 of the offset (8 bytes, little
 * endian), the round (1) and the length of half a header (1), under key 3. Four rounds of a
 * pseudorandom function make a strong pseudorandom permutation (Luby and Rackoff, 1988),
 * another one for each offset: to change one bit of a sealed header makes all of it noise,
 * which fails SQLite's salts and checksum. The same header written twice at the same place
 * shows as the same; a header holds 8 bytes of salt and 8 of a running checksum, so that
 * happens only when SQLite writes the very same frame again.
 *
 * Torn and altered. A page that does not open is an input/output error to SQLite, never data,
 * with two exceptions in which SQLite looks before it has recovered: the tail of the log, read
 * header and page at one go, where the frame reads as zeros and so ends the log as a torn frame
 * does; and a few bytes of page 1, which read as zeros until the whole page is asked for.
 *
 * The index of the log (-shm) is SQLite's own, since two programs share it. It holds page
 * numbers and, while the store is open, the running checksum of the log. That checksum is
 * linear and 64 bits, so each transaction also writes 32 fresh random bytes into a sealed page
 * (database.h): they mask it, as a one-time pad does.
 */
#ifndef DISCERN_STORE_CIPHER_H
#define DISCERN_STORE_CIPHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CIPHER_FORMAT 1
#define STORE_ID_SIZE 16
#define STORE_KEY_SIZE 32

#define PAGE_SIZE 4096
#define PAGE_NONCE_SIZE 24
#define PAGE_TAG_SIZE 16
#define PAGE_RESERVED (PAGE_NONCE_SIZE + PAGE_TAG_SIZE)
#define PAGE_USABLE (PAGE_SIZE - PAGE_RESERVED)

#define LOG_HEADER_SIZE 32
#define FRAME_HEADER_SIZE 24
#define FRAME_SIZE (FRAME_HEADER_SIZE + PAGE_SIZE)

/* What the store key is stretched into, each for one use. */
enum subkey {
    SUBKEY_PAGE = 1,
    SUBKEY_LOG_PAGE = 2,
    SUBKEY_LOG_HEADER = 3,
    SUBKEY_PSEUDONYM = 4,
    SUBKEY_KEYRING = 5
};
void subkey_derive(const unsigned char store_key[STORE_KEY_SIZE], enum subkey which,
                   unsigned char key[32]);

/* Lives in guarded memory: make it with cipher_new. */
struct cipher {
    unsigned char page[32], log_page[32], log_header[32];
    unsigned char id[STORE_ID_SIZE];
};

/* Never NULL. Free with secret_free. */
struct cipher *cipher_new(const unsigned char store_key[STORE_KEY_SIZE],
                          const unsigned char id[STORE_ID_SIZE]);

/* Where a page stands. */
enum file_kind { FILE_DATABASE = 1, FILE_LOG = 2 };
struct place {
    enum file_kind kind;
    uint32_t page;   /* counted from 1 */
    uint64_t offset; /* of the page in its file */
};

/* Seals a page that SQLite wrote into `sealed`, which may not overlap it. */
void page_seal(const struct cipher *cipher, const struct place *place,
               const unsigned char page[PAGE_SIZE], unsigned char sealed[PAGE_SIZE]);

/* Opens a sealed page into `page`, which may be the same bytes. False, and all zeros, if it is
 * not what was sealed there. */
bool page_open(const struct cipher *cipher, const struct place *place,
               const unsigned char sealed[PAGE_SIZE], unsigned char page[PAGE_SIZE]);

/* Seals and opens a header of the log: 32 bytes (at offset 0) or 24, at that offset. */
void header_seal(const struct cipher *cipher, uint64_t offset, unsigned char *header,
                 size_t size);
void header_open(const struct cipher *cipher, uint64_t offset, unsigned char *header,
                 size_t size);

#endif
