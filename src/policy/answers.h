/* SPDX-License-Identifier: MIT */
/*
 * What a practitioner has answered so far: one answer a question of a pack, given or not.
 * An answer stays when its question leaves the path (it is parked, walk.h) and comes back with
 * it. Answers know nothing of the path.
 */
#ifndef DISCERN_POLICY_ANSWERS_H
#define DISCERN_POLICY_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/status.h"
#include "policy/pack.h"

/* One thing that might be shared. */
struct item {
    char *what;     /* never NULL once in a list */
    char *reason;   /* why it is shared or withheld; "" if none given */
    bool requested; /* it was asked for (else offered by us) */
    bool shared;    /* to be shared */
    bits flags;     /* the options of the items question */
};

struct answer {
    bool given;
    bool skipped;           /* given as "nothing to say" to a question that allows it */
    bits options;           /* choice, choices */
    char *field[FIELD_MAX]; /* text types; NULL where empty */
    struct item *item;      /* items */
    size_t item_count;
    struct moment at; /* when it was last given */
    int changes;      /* how often it was changed after it was first given */
    int seconds;      /* time spent on its page, all visits together */
};

struct answers {
    const struct pack *pack;
    struct answer *answer; /* pack->question_count of them */
};

void answers_init(struct answers *answers, const struct pack *pack);
void answers_release(struct answers *answers);

/* Deep copy into an initialised, empty `into` of the same pack. */
void answers_copy(struct answers *into, const struct answers *from);

/* The answer as conditions see it (condition.h), without regard to the path. */
bits answer_bits(const struct question *question, const struct answer *answer);

/* The same of one item of the list. */
bits item_bits(const struct item *item);

/* Gives an answer; what was there before is replaced and counted as a change if it differed.
 * The checked forms return STATUS_BAD_DATA, naming the question as the field, in words for the
 * practitioner ("Choose one answer", "Enter the date as day month year"); the old answer stays.
 */
MUST_CHECK enum status answer_choose(struct answers *answers, size_t question, bits options,
                                     struct moment at, struct error *error);
MUST_CHECK enum status answer_write(struct answers *answers, size_t question,
                                    const char *const field[FIELD_MAX], struct moment at,
                                    struct error *error);
MUST_CHECK enum status answer_items(struct answers *answers, size_t question,
                                    const struct item *item, size_t count, struct moment at,
                                    struct error *error);
/* Leaves a question that is not required unanswered, on purpose. */
MUST_CHECK enum status answer_skip(struct answers *answers, size_t question, struct moment at,
                                   struct error *error);
void answer_forget(struct answers *answers, size_t question);

/* Gives an answer from words, as in answer files: option ids separated by commas, a text, a
 * date, or for items the attributes and flags of one made-up item. STATUS_BAD_DATA as above
 * with "did you mean". `field` names the field of a person or organisation, "" otherwise. */
MUST_CHECK enum status answer_from_words(struct answers *answers, size_t question,
                                         const char *field, const char *words, struct moment at,
                                         struct error *error);

/* Appends the answer as people read it on one line: option labels joined by "; ", fields
 * joined by ", ", "3 items: 2 to share, 1 withheld", "Not provided" if skipped. */
void answer_words(const struct question *question, const struct answer *answer,
                  struct buf *out);

/* Frees what an item holds. */
void item_release(struct item *item);

#endif
