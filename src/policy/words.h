/* SPDX-License-Identifier: MIT */
/* Answers written as words, as scenarios and answer files have them: "risk-to-child, crime". */
#ifndef DISCERN_POLICY_WORDS_H
#define DISCERN_POLICY_WORDS_H

#include "base/mem.h"
#include "policy/pack.h"

/* What may be asked of items besides their flags: no flag may be called so. */
struct item_attribute {
    const char *id;
    bits value;
};
#define ITEM_ATTRIBUTE_COUNT 4
extern const struct item_attribute item_attributes[ITEM_ATTRIBUTE_COUNT];

/* The bits of an answer to a question with options: one or more option ids, commas between
 * them; for items the attributes above and flags. BIT_ANSWERED is among them. Items that
 * are requested and not shared are withheld, and what is withheld was requested.
 * STATUS_BAD_DATA with the place given and "did you mean"; file may be NULL. */
MUST_CHECK enum status words_bits(const struct question *question, const char *words,
                                  const char *file, int line, const char *field,
                                  bits *ret_value, struct error *error);

/* Cuts the next name off a comma separated list: a copy in the arena without the blanks around
 * it, or NULL at the end. *rest moves on. */
char *next_name(struct arena *arena, const char **rest);

/* Whether options may stand together: one for a choice, at least one for choices, none and
 * unknown alone. STATUS_BAD_DATA in words for the practitioner. */
MUST_CHECK enum status options_check(const struct question *question, bits options,
                                     const char *file, int line, const char *field,
                                     struct error *error);

#endif
