/* SPDX-License-Identifier: MIT */
/* Copies of a store in staged folders, and stores of earlier versions made into one of this. */
#ifndef DISCERN_STORE_UPGRADE_H
#define DISCERN_STORE_UPGRADE_H

#include "store/opened.h"

/* Whether an earlier Discern made the database. */
MUST_CHECK enum status upgrade_needed(struct store *store, bool *ret_needed,
                                      struct error *error);

/* Puts an upgraded copy, verified, in the place of the store, which can only be closed after.
 * STATUS_REFUSED if somebody else has it open, STATUS_FAILED if `watch` (may be NULL) stops it;
 * the store is as it was then. */
MUST_CHECK enum status store_upgrade(struct store *store, const struct secrets *secrets,
                                     const struct watch *watch, struct error *error);

/* Copies database and keyring, as they are, into a staged folder. */
MUST_CHECK enum status store_copy(struct store *store, const char *staged, struct error *error);

#endif
