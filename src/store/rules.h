/* SPDX-License-Identifier: MIT */
/*
 * The rules of the database, and its tables, as data/schema.sql has them. Whoever has the key
 * of a store can take a rule out with any SQLite; verifying finds that it is gone, and
 * upgrading a store gives it the rules of today.
 */
#ifndef DISCERN_STORE_RULES_H
#define DISCERN_STORE_RULES_H

#include "store/database.h"

/* Whether the database has those tables, indexes and triggers and no others, and lets each role
 * append what it may and no more. STATUS_DAMAGED. */
MUST_CHECK enum status rules_check(struct database *database, struct error *error);

/* Puts today's triggers in the place of those that are there. */
MUST_CHECK enum status rules_renew(struct database *database, struct error *error);

#endif
