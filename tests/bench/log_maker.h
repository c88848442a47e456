/* SPDX-License-Identifier: MIT */
/*
 * A log of many plausible entries for benchmarks and demonstrations: decisions by several
 * users, reviewed, some returned and amended, with duties that were mostly done. Everybody in
 * it is made up, from syllables. The same seed and number give the same decisions; keys and
 * salts are fresh each time. Every entry is chained and signed like any other.
 */
#ifndef DISCERN_TESTS_LOG_MAKER_H
#define DISCERN_TESTS_LOG_MAKER_H

#include <stdint.h>

#include "store/store.h"

#define LOG_SEED 20261122 /* unless another is asked for */

/* A user of such a store: jo.1 to jo.8 are practitioners, sam.1 and sam.2 supervisors, alex is
 * a guardian. */
#define LOG_PASSPHRASE "correct horse of a made up store"

/* Makes the store in a folder that does not exist, with so many entries after those about its
 * users. Calls `progress` (may be NULL) now and then. */
MUST_CHECK enum status log_make(const char *dir, int64_t count, uint64_t seed,
                                void (*progress)(int64_t done, int64_t count),
                                struct error *error);

/* Opens it as one of its users. */
MUST_CHECK enum status log_open(const char *dir, const char *user, struct store **ret_store,
                                struct error *error);

/* A name that few in the log have, and one that many have. */
#define LOG_RARE "vandrelomi"
#define LOG_COMMON "marsh"

#endif
