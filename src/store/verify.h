/* SPDX-License-Identifier: MIT */
/* A check of the whole store while it runs: for verify.c (the log) and verify_tables.c (what
 * must follow from it) only. */
#ifndef DISCERN_STORE_VERIFY_H
#define DISCERN_STORE_VERIFY_H

#include "store/log.h"
#include "store/people.h"
#include "store/project.h"
#include "store/replay.h"

struct known_user {
    struct log_user is; /* as of the entry that is being checked */
    int64_t first;      /* the entry that brought the user */
};

struct verify {
    struct store *store;
    const struct head *against; /* may be NULL */
    bool (*progress)(int64_t done, int64_t count, void *data);
    void *data;
    int64_t count;    /* entries in all */
    struct head head; /* of what was checked so far */
    int64_t us;       /* the time of the entry before */
    int64_t records;  /* decisions so far */
    int64_t names;    /* of amendments, by which decisions are known as well */
    int64_t serial;   /* of the keyring */
    struct digest fingerprint;
    struct known_user *user; /* in the arena, as all that follows */
    size_t user_count, user_room;
    int64_t *missing; /* entries without a body; 0 once an erasure names it */
    size_t missing_count, missing_room;
    struct packs *packs; /* that records were made with */
    struct arena arena;
};

/* STATUS_DAMAGED: "Entry n of the log is wrong: what". */
enum status verify_wrong(int64_t sequence, const char *what, struct error *error);

struct known_user *verify_find_user(const struct verify *verify, const char *name);

/* Now and then says how far the check is; STATUS_FAILED if it is to stop. */
MUST_CHECK enum status verify_progress(struct verify *verify, int64_t done,
                                       struct error *error);

/* Decisions, reviews, users, tallies, packs and the keyring against the log. */
MUST_CHECK enum status verify_tables(struct verify *verify, struct error *error);

/* Figures, duties and incidents against what they follow from. */
MUST_CHECK enum status verify_desk(struct verify *verify, struct error *error);

#endif
