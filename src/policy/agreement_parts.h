/* SPDX-License-Identifier: MIT */
/* What the files about agreements share and nobody else needs. */
#ifndef DISCERN_POLICY_AGREEMENT_PARTS_H
#define DISCERN_POLICY_AGREEMENT_PARTS_H

#include "policy/agreement.h"
#include "policy/pack_reader.h"

/* As agreement_read, from sections. */
MUST_CHECK enum status agreement_read_ini(const struct ini *ini,
                                          struct agreement **ret_agreement,
                                          struct error *error);

/* What every record holds under that name, in words, whatever is asked in the walk; NULL if
 * there is nothing of the name. */
const char *record_holds(const char *name);

/* The keep of that id, or KEEP_NONE. */
enum keep keep_of(const char *id);

/* The nth name that `record:` may be followed by, from 0; NULL after the last. */
const char *record_field(size_t nr);

/* Offers them all for "did you mean". */
struct suggest;
void record_offer(struct suggest *suggest);

/* The keys of [agreement]. */
extern const struct section_rule agreement_section;

#endif
