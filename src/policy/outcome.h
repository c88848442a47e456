/* SPDX-License-Identifier: MIT */
/*
 * The six outcomes that a pack may recommend and a human may decide on, and whether an
 * outcome lets information go. The order is the order in which they are listed to people.
 */
#ifndef DISCERN_POLICY_OUTCOME_H
#define DISCERN_POLICY_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>

/*      name             id in packs and records   words           shares */
#define OUTCOME_TABLE(X)                                                                       \
    X(SHARE_URGENTLY, "share-urgently", "share urgently", true)                                \
    X(SHARE, "share", "share", true)                                                           \
    X(SHARE_IN_PART, "share-in-part", "share in part", true)                                   \
    X(ASK_FIRST, "ask-first", "ask first", false)                                              \
    X(SEEK_ADVICE, "seek-advice", "seek advice", false)                                        \
    X(DO_NOT_SHARE, "do-not-share", "do not share", false)

enum outcome {
#define X(name, id, words, shares) OUTCOME_##name,
    OUTCOME_TABLE(X)
#undef X
        OUTCOME_COUNT
};

const char *outcome_id(enum outcome outcome);    /* "share-in-part" */
const char *outcome_words(enum outcome outcome); /* "share in part" */
bool outcome_shares(enum outcome outcome);

/* The outcome of that id. False, and *ret_outcome untouched, if there is none. */
bool outcome_parse(const char *id, enum outcome *ret_outcome);

#endif
