/* SPDX-License-Identifier: MIT */
/* Sealing: pages and headers open where they were sealed, and nowhere else. */
#include "tests/unit/unit.h"

#include <sodium.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret.h"
#include "store/cipher.h"

static struct cipher *sample_cipher(unsigned char first)
{
    unsigned char key[STORE_KEY_SIZE], id[STORE_ID_SIZE] = {7};

    for (size_t i = 0; i < sizeof(key); i++)
        key[i] = (unsigned char)(first + i);
    return cipher_new(key, id);
}

static void fill(unsigned char page[PAGE_SIZE])
{
    memset(page, 0, PAGE_SIZE);
    for (size_t i = 0; i < PAGE_USABLE; i++)
        page[i] = (unsigned char)(i * 7);
}

static void page_opens_only_where_it_stands(void **state)
{
    struct cipher *cipher = sample_cipher(1), *other = sample_cipher(2);
    unsigned char page[PAGE_SIZE], sealed[PAGE_SIZE], opened[PAGE_SIZE], zeros[PAGE_SIZE] = {0};
    const struct place place = {FILE_DATABASE, 3, 8192};
    const struct place elsewhere[] = {
        {FILE_LOG, 3, 8192}, {FILE_DATABASE, 4, 8192}, {FILE_DATABASE, 3, 4096}};

    (void)state;
    fill(page);
    page_seal(cipher, &place, page, sealed);
    assert_memory_not_equal(sealed, page, 64);
    assert_true(page_open(cipher, &place, sealed, opened));
    assert_memory_equal(opened, page, PAGE_SIZE);
    for (size_t i = 0; i < COUNT(elsewhere); i++) {
        assert_false(page_open(cipher, &elsewhere[i], sealed, opened));
        assert_memory_equal(opened, zeros, PAGE_SIZE);
    }
    assert_false(page_open(other, &place, sealed, opened));
    secret_free(cipher);
    secret_free(other);
}

/* The seal is put together from parts of libsodium: it must be the one that libsodium has
 * whole. */
static void page_is_sealed_as_documented(void **state)
{
    struct cipher *cipher = sample_cipher(1);
    unsigned char page[PAGE_SIZE], sealed[PAGE_SIZE], opened[PAGE_SIZE] = {0};
    unsigned char *nonce = sealed + PAGE_USABLE, *tag = nonce + PAGE_NONCE_SIZE;
    const struct place place = {FILE_LOG, 0x01020304, 0x0506070809};
    const unsigned char with[40] = {
        7, 0, 0, 0, 0, 0,    0,    0,    0,    0, 0, 0, 0, 0,    0,    0,    1,    0,   0,
        0, 2, 0, 0, 0, 0x04, 0x03, 0x02, 0x01, 0, 0, 0, 0, 0x09, 0x08, 0x07, 0x06, 0x05};

    (void)state;
    fill(page);
    page_seal(cipher, &place, page, sealed);
    assert_int_equal(crypto_aead_xchacha20poly1305_ietf_decrypt_detached(
                         opened, NULL, sealed, PAGE_USABLE, tag, with, sizeof(with), nonce,
                         cipher->log_page),
                     0);
    assert_memory_equal(opened, page, PAGE_SIZE);
    randombytes_buf(nonce, PAGE_NONCE_SIZE);
    crypto_aead_xchacha20poly1305_ietf_encrypt_detached(sealed, tag, NULL, page, PAGE_USABLE,
                                                        with, sizeof(with), NULL, nonce,
                                                        cipher->log_page);
    assert_true(page_open(cipher, &place, sealed, sealed));
    assert_memory_equal(sealed, page, PAGE_SIZE);
    secret_free(cipher);
}

static void every_bit_of_a_page_counts(void **state)
{
    struct cipher *cipher = sample_cipher(1);
    unsigned char page[PAGE_SIZE], sealed[PAGE_SIZE], opened[PAGE_SIZE];
    const struct place place = {FILE_LOG, 1, 56};

    (void)state;
    fill(page);
    page_seal(cipher, &place, page, sealed);
    for (size_t bit = 0; bit < (size_t)PAGE_SIZE * 8; bit += 37) {
        sealed[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_false(page_open(cipher, &place, sealed, opened));
        sealed[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    assert_true(page_open(cipher, &place, sealed, opened));
    secret_free(cipher);
}

static void same_page_never_seals_the_same(void **state)
{
    struct cipher *cipher = sample_cipher(1);
    unsigned char page[PAGE_SIZE], one[PAGE_SIZE], two[PAGE_SIZE];
    const struct place place = {FILE_DATABASE, 1, 0};

    (void)state;
    fill(page);
    page_seal(cipher, &place, page, one);
    page_seal(cipher, &place, page, two);
    assert_memory_not_equal(one, two, 64);
    secret_free(cipher);
}

static size_t bits_that_differ(const unsigned char *a, const unsigned char *b, size_t size)
{
    size_t count = 0;

    for (size_t i = 0; i < size; i++)
        count += (size_t)__builtin_popcount((unsigned)(a[i] ^ b[i]));
    return count;
}

static void header_is_permuted_whole(void **state)
{
    static const size_t sizes[] = {FRAME_HEADER_SIZE, LOG_HEADER_SIZE};
    struct cipher *cipher = sample_cipher(1);

    (void)state;
    for (size_t i = 0; i < COUNT(sizes); i++) {
        unsigned char plain[LOG_HEADER_SIZE] = {0, 0, 0, 5}, sealed[LOG_HEADER_SIZE] = {0};
        unsigned char other[LOG_HEADER_SIZE] = {0};

        memcpy(sealed, plain, sizes[i]);
        header_seal(cipher, 32, sealed, sizes[i]);
        assert_true(bits_that_differ(sealed, plain, sizes[i]) > sizes[i]);
        for (size_t bit = 0; bit < sizes[i] * 8; bit++) {
            memcpy(other, sealed, sizes[i]);
            other[bit / 8] ^= (unsigned char)(1 << bit % 8);
            header_open(cipher, 32, other, sizes[i]);
            assert_true(bits_that_differ(other, plain, sizes[i]) > sizes[i]);
        }
        memcpy(other, sealed, sizes[i]);
        header_open(cipher, 4152, other, sizes[i]);
        assert_true(bits_that_differ(other, plain, sizes[i]) > sizes[i]);
        header_open(cipher, 32, sealed, sizes[i]);
        assert_memory_equal(sealed, plain, sizes[i]);
    }
    secret_free(cipher);
}

/* The format is for ever: these bytes were computed once, and by another program. */
static void format_stays(void **state)
{
    struct cipher *cipher = sample_cipher(0);
    unsigned char header[FRAME_HEADER_SIZE] = "abcdefghijklmnopqrstuvw";
    static const unsigned char expected[FRAME_HEADER_SIZE] = {
        0x16, 0x95, 0x18, 0xe8, 0x7d, 0x62, 0x41, 0x66, 0xa1, 0xb6, 0x19, 0x63,
        0x6c, 0x59, 0x85, 0xbb, 0xad, 0xef, 0x80, 0x76, 0xbd, 0x3e, 0x3d, 0x3e};

    (void)state;
    header_seal(cipher, 32, header, sizeof(header));
    assert_memory_equal(header, expected, sizeof(header));
    secret_free(cipher);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_opens_only_where_it_stands),
        cmocka_unit_test(page_is_sealed_as_documented),
        cmocka_unit_test(every_bit_of_a_page_counts),
        cmocka_unit_test(same_page_never_seals_the_same),
        cmocka_unit_test(header_is_permuted_whole),
        cmocka_unit_test(format_stays),
    };

    secret_init();
    return cmocka_run_group_tests_name("store cipher", tests, NULL, NULL);
}
