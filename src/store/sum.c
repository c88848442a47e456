/* SPDX-License-Identifier: MIT */
/* Sums of keyed fingerprints. */
#include "store/sum.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static_assert(SUM_KEY_SIZE == crypto_shorthash_siphashx24_KEYBYTES, "key");
static_assert(sizeof(struct sum) == crypto_shorthash_siphashx24_BYTES, "fingerprint");

void sum_add(struct sum *sum, const unsigned char key[SUM_KEY_SIZE], const void *bytes,
             size_t length, int64_t times)
{
    unsigned char fingerprint[sizeof(struct sum)];
    struct sum one;

    crypto_shorthash_siphashx24(fingerprint, bytes, length, key);
    memcpy(&one, fingerprint, sizeof(one));
    sum->lane[0] += one.lane[0] * (uint64_t)times;
    sum->lane[1] += one.lane[1] * (uint64_t)times;
}

void sum_join(struct sum *sum, const struct sum *other)
{
    sum->lane[0] += other->lane[0];
    sum->lane[1] += other->lane[1];
}

bool sum_equal(const struct sum *a, const struct sum *b)
{
    return a->lane[0] == b->lane[0] && a->lane[1] == b->lane[1];
}
