/* SPDX-License-Identifier: MIT */
/*
 * Sums of things counted, by which two counts of the same are compared without keeping either:
 * each thing adds a keyed fingerprint of it as often as it is counted. Counts that differ have
 * the same sum by a chance of one in 2^64 or less, for a key that nobody knew before.
 */
#ifndef DISCERN_STORE_SUM_H
#define DISCERN_STORE_SUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SUM_KEY_SIZE 16

struct sum {
    uint64_t lane[2];
};

void sum_add(struct sum *sum, const unsigned char key[SUM_KEY_SIZE], const void *bytes,
             size_t length, int64_t times);
void sum_join(struct sum *sum, const struct sum *other);
bool sum_equal(const struct sum *a, const struct sum *b);

#endif
