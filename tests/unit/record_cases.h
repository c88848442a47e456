/* SPDX-License-Identifier: MIT */
/* Decisions for the tests of records, made from tests/cases/record*.ini, and golden texts. */
#ifndef DISCERN_TESTS_RECORD_CASES_H
#define DISCERN_TESTS_RECORD_CASES_H

#include "record/record.h"

/* A decision with all that hangs on it. The reference, the times and the signer are fixed. */
struct made {
    struct buf text;
    struct pack *pack; /* joined, if the decision names an agreement */
    struct agreement *terms;
    struct decision decision;
    struct walk walk;
};

/* Makes the decision of tests/cases/NAME; fails the test if anything about it is not right. */
void made_init(struct made *made, const char *name);
void made_release(struct made *made);

/* Walks again after the decision was changed. */
void made_walk(struct made *made);

/* The pack of tests/cases/record.ini; joined with the agreement of tests/cases/ID.ini; and that
 * agreement. */
struct pack *pack_for_tests(void);
struct pack *pack_joined_for_tests(const char *agreement);
struct agreement *agreement_for_tests(const char *id);

extern const struct person test_signer;
extern const unsigned char test_key[DIGEST_SIZE];
struct moment test_moment(void);

/* Its record; release it. */
struct buf made_record(const struct made *made);

/* Fails the test if the text is not that of tests/golden/NAME, showing where they part. With
 * UPDATE_GOLDEN=1 in the environment it writes the file instead. */
void assert_golden(const char *name, const struct buf *text);

#endif
