/* SPDX-License-Identifier: MIT */
/* A check of the whole store while it runs: for verify.c (the log), verify_tables.c
 * (decisions), verify_counted.c (what is counted of them), verify_rules.c, verify_foreign.c
 * and verify_incidents.c only. */
#ifndef DISCERN_STORE_VERIFY_H
#define DISCERN_STORE_VERIFY_H

#include "store/log.h"
#include "store/people.h"
#include "store/project.h"
#include "store/readers.h"
#include "store/replay.h"
#include "store/sum.h"

struct known_user {
    struct log_user is; /* as of the entry that is being checked */
    int64_t first;      /* the entry that brought the user */
};

/* An entry without a body, which an erasure about the same decision must name. */
struct missing {
    int64_t sequence; /* 0 once one does */
    char reference[REFERENCE_SIZE];
};

struct verify {
    struct store *store;
    const struct head *against; /* may be NULL */
    bool (*progress)(int64_t done, int64_t count, void *data);
    void *data;
    int64_t count;   /* entries in all */
    int64_t indexed; /* the newest whose words are in the search index */
    unsigned char key[SUM_KEY_SIZE];
    struct readers *readers;
    struct head head; /* of what was checked so far */
    int64_t us;       /* the time of the entry before */
    int64_t records;  /* decisions so far */
    int64_t identities;
    int64_t serial; /* of the keyring */
    struct digest fingerprint;
    struct known_user *user; /* in the arena, as all that follows */
    size_t user_count, user_room;
    struct missing *missing; /* entries without a body */
    size_t missing_count, missing_room;
    struct packs *packs; /* that records were made with */
    struct arena arena;
};

/* STATUS_DAMAGED: "Entry n of the log is wrong: what". */
enum status verify_wrong(int64_t sequence, const char *what, struct error *error);

struct known_user *verify_find_user(const struct verify *verify, const char *name);

/* Says how far the check is, of twice as many entries as there are: each is looked at in the
 * log, and with its decision. STATUS_FAILED if it is to stop. */
MUST_CHECK enum status verify_progress(struct verify *verify, int64_t done,
                                       struct error *error);

/* Decisions and all that is counted of them, users and the keyring against the log. */
MUST_CHECK enum status verify_tables(struct verify *verify, struct error *error);

/* What all decisions together must have given, as sums of what is in each table. */
struct counted {
    int64_t decisions, names;
    struct sum tally, figures, words;
};

/* The same of what the tables have: but for the decisions, what follows from them. */
MUST_CHECK enum status counted_in_tables(struct verify *verify, struct counted *ret_counted,
                                         struct error *error);

/* The words of the search index; and that the table of terms has each of them. `database` is a
 * reader's. */
MUST_CHECK enum status counted_in_index(const struct verify *verify, struct database *database,
                                        struct sum *ret_words, struct error *error);

/* What a decision adds. `data` is a struct counting. */
struct counting {
    const struct verify *verify;
    struct counted *counted;
};
figure_each count_figure;
void count_tally(struct counting *counting, const char *author, const char *state,
                 int64_t times);
MUST_CHECK enum status count_words(struct counting *counting, struct stored_entry *newest,
                                   struct arena *arena, struct error *error);

/* The chains of other stores; and that one of them sent a review that was carried back. */
MUST_CHECK enum status verify_foreign(struct database *database, struct error *error);
MUST_CHECK enum status verify_carried(struct database *database, const struct entry *entry,
                                      struct error *error);

/* Where a decision stands besides its row, as far as rules ask. Zeroed: no entry yet. */
struct ruled {
    bool held;
    bool unknown; /* an incident was erased, or a note of one */
    struct incident *incident;
    size_t incident_count;
};

/* Whether the rules of the database held when the next entry of a decision was appended to
 * what is projected and stands so far. Texts live in the arena. */
MUST_CHECK enum status verify_rules(struct ruled *ruled, const struct projected *projected,
                                    const struct stored_entry *stored, struct arena *arena,
                                    struct error *error);

/* The certificate that an entry names is the one that the store signs its bundles with. */
MUST_CHECK enum status verify_identity(struct database *database, const struct entry *entry,
                                       struct error *error);

/* Incidents against the log. */
MUST_CHECK enum status verify_incidents(struct verify *verify, struct error *error);

#endif
