/* SPDX-License-Identifier: MIT */
/*
 * What must be done after a decision, and by when: what its record says must be done, the date
 * on which it is to be looked at again, and what a reviewer returned. Done is what an entry of
 * kind follow-up says was done; nothing is ticked off by hand.
 */
#ifndef DISCERN_RECORD_FOLLOW_UP_H
#define DISCERN_RECORD_FOLLOW_UP_H

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/status.h"
#include "record/record.h"

/*      name, id, in words */
#define DUTY_KIND_TABLE(X)                                                                     \
    X(MUST, "must", "To be done")                                                              \
    X(LOOK_AGAIN, "look-again", "To be looked at again")                                       \
    X(AMEND, "amend", "To be amended by its author")
enum duty_kind {
#define X(name, id, words) DUTY_##name,
    DUTY_KIND_TABLE(X)
#undef X
        DUTY_KIND_COUNT
};
const char *duty_kind_id(enum duty_kind kind);
const char *duty_kind_words(enum duty_kind kind);
bool duty_kind_parse(const char *id, enum duty_kind *ret_kind);

/* One thing to do. `id` is unique in its decision: the record's own, or that of the kind. */
struct duty_to_do {
    enum duty_kind kind;
    const char *id, *text;
    struct moment due; /* us 0: at no set time; of a day, its end where the record was signed */
    long long done;    /* the sequence of the follow-up that says so; 0: still to be done */
};

/* What the bytes of a record or amendment ask for, in the arena; nothing is done yet. */
MUST_CHECK enum status record_duties(const char *bytes, size_t length, struct arena *arena,
                                     struct duty_to_do **ret_duties, size_t *ret_count,
                                     struct error *error);

/* Whether its time has passed. What a reviewer returned has no time of its own. */
bool duty_overdue(const struct duty_to_do *duty, struct moment now);

/* That something was done. */
struct follow_up {
    const char *reference; /* of the decision */
    const char *duty;      /* which of its duties */
    const char *message;   /* what was done */
    struct moment done;    /* when; the moment of the entry if it is not said */
};

/* Whether it says enough: a duty and what was done; else STATUS_REFUSED. */
MUST_CHECK enum status follow_up_check(const struct follow_up *follow_up, struct error *error);

void follow_up_compose(const struct follow_up *follow_up, const struct person *by,
                       struct moment at, struct buf *out);
MUST_CHECK enum status follow_up_read(const char *bytes, size_t length, struct arena *arena,
                                      struct follow_up *ret_follow_up, struct error *error);

#endif
