/* SPDX-License-Identifier: MIT */
/*
 * Replaying: the answers of a record walked again with the pack that was kept with it, to see
 * that they give the recommendation that the record says. Reads packs once; replaying touches
 * nothing, so that many threads may.
 */
#ifndef DISCERN_STORE_REPLAY_H
#define DISCERN_STORE_REPLAY_H

#include "store/database.h"
#include "store/log.h"

struct packs;

/* Reads every pack that the database keeps. STATUS_DAMAGED if one has another fingerprint;
 * those that are no packs are missed only when a record needs them. */
MUST_CHECK enum status packs_load(struct database *database, struct packs **ret_packs,
                                  struct error *error);

/* NULL is fine. */
void packs_free(struct packs *packs);

/* What is wrong with a record or an amendment that has its body; NULL if nothing is, and for
 * any other entry. */
const char *replay(const struct packs *packs, struct stored_entry *stored);

#endif
