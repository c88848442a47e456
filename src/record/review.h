/* SPDX-License-Identifier: MIT */
/*
 * Reviews and the other entries that are about a record. Each is a small canonical JSON body;
 * what they mean together - the state of a decision - is computed from them, never stored by
 * hand.
 */
#ifndef DISCERN_RECORD_REVIEW_H
#define DISCERN_RECORD_REVIEW_H

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/status.h"
#include "record/record.h"

enum verdict { VERDICT_AGREE, VERDICT_RETURN, VERDICT_NOT_AGREED, VERDICT_COUNT };
const char *verdict_id(enum verdict verdict);    /* "agree", "return", "not-agreed" */
const char *verdict_words(enum verdict verdict); /* "Agreed", "Returned", "Not agreed" */
bool verdict_parse(const char *id, enum verdict *ret_verdict);

/* Why a record is returned or not agreed: coded, so that reasons can be counted. */
#define REVIEW_REASON_TABLE(X)                                                                 \
    X(NONE, "none", "No reason needed")                                                        \
    X(MORE_DETAIL, "more-detail", "More detail is needed")                                     \
    X(NECESSITY, "necessity", "Why it is necessary is not clear")                              \
    X(TOO_MUCH, "too-much", "More was shared than needed")                                     \
    X(TOO_LITTLE, "too-little", "Something needed was withheld")                               \
    X(CONSENT, "consent", "Consent or capacity needs another look")                            \
    X(LAW, "law", "The legal reason does not fit")                                             \
    X(TOLD, "told", "Who was told, or not told, needs another look")                           \
    X(ERROR, "error", "Something recorded is wrong")                                           \
    X(OTHER, "other", "Another reason, given in the message")
enum review_reason {
#define X(name, id, words) REVIEW_##name,
    REVIEW_REASON_TABLE(X)
#undef X
        REVIEW_REASON_COUNT
};
const char *review_reason_id(enum review_reason reason);
const char *review_reason_words(enum review_reason reason);
bool review_reason_parse(const char *id, enum review_reason *ret_reason);

struct review {
    const char *reference; /* of the decision */
    long long sequence;    /* of the record or amendment that was read */
    enum verdict verdict;
    enum review_reason reason; /* NONE only with AGREE */
    const char *message;       /* compulsory but with AGREE */
};

/* Whether it says enough: a reason and a message unless it agrees; else STATUS_REFUSED. */
MUST_CHECK enum status review_check(const struct review *review, struct error *error);

/* Appends the canonical body of a review signed by `reviewer`. */
void review_compose(const struct review *review, const struct person *reviewer,
                    struct moment at, struct buf *out);

/* Reads one back; strings live in the arena. */
MUST_CHECK enum status review_read(const char *bytes, size_t length, struct arena *arena,
                                   struct review *ret_review, struct error *error);

/* The state of a decision: what follows from its record, amendments and reviews. */
/*      name, id, in words, in the words of a list */
#define STATE_TABLE(X)                                                                         \
    X(WAITING, "waiting", "Waiting for review", "Waiting")                                     \
    X(AGREED, "agreed", "Agreed", "Agreed")                                                    \
    X(RETURNED, "returned", "Returned to its author", "Returned")                              \
    X(NOT_AGREED, "not-agreed", "Not agreed", "Not agreed")                                    \
    X(COUNTERSIGN, "countersign", "Waiting for a guardian", "For guardian")                    \
    X(ERASED, "erased", "Erased", "Erased")
enum state {
#define X(name, id, words, brief) STATE_##name,
    STATE_TABLE(X)
#undef X
        STATE_COUNT
};
const char *state_id(enum state state);
const char *state_words(enum state state);
const char *state_brief(enum state state); /* at most 12 cells */
bool state_parse(const char *id, enum state *ret_state);

/* The state after one more review by someone of that role: a decision that needs a guardian
 * is agreed only once a supervisor, then a guardian, agreed. */
enum state state_after(enum state state, bool countersign, enum role reviewer,
                       enum verdict verdict);

#endif
