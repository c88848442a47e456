/* SPDX-License-Identifier: MIT */
/*
 * The record: a decision as it is kept. Canonical JSON (keys sorted by byte, compact, UTF-8,
 * integers only), documented for readers in ten years in discern-record(5). Composed once from
 * the decision, its walk and its signer; printed, listed and replayed from the bytes alone, so
 * what people read is what was signed.
 */
#ifndef DISCERN_RECORD_RECORD_H
#define DISCERN_RECORD_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/mem.h"
#include "base/status.h"
#include "record/decision.h"

#define RECORD_SCHEMA 1 /* "schema" in each body: raised when a reader must know */

/* Roles, as signed into the log when a user is added. */
#define ROLE_TABLE(X)                                                                          \
    X(PRACTITIONER, "practitioner", "Practitioner")                                            \
    X(SUPERVISOR, "supervisor", "Supervisor")                                                  \
    X(GUARDIAN, "guardian", "Guardian")
enum role {
#define X(name, id, words) ROLE_##name,
    ROLE_TABLE(X)
#undef X
        ROLE_COUNT
};
const char *role_id(enum role role);
const char *role_words(enum role role);
bool role_parse(const char *id, enum role *ret_role);

/* Who acts. Strings are borrowed. */
struct person {
    const char *name; /* the user's name in the keyring, unique in the store */
    const char *full; /* as signed on paper */
    const char *team;
    enum role role;
};

/* A keyed pseudonym of a subject, for finding other decisions about the same person without
 * an index of names: HMAC-SHA-256 over the folded name and the date of birth. The key never
 * leaves the store. */
void pseudonym_of(const unsigned char key[DIGEST_SIZE], const char *name, const char *born,
                  char hex[DIGEST_HEX_SIZE]);

/* Composes the body of a record or, when the decision amends one, of an amendment. The decision
 * must be complete. `key` is the pseudonym key. Appends canonical JSON to *out. */
void record_compose(const struct decision *decision, const struct walk *walk,
                    const struct person *signer, struct moment signed_at,
                    const unsigned char key[DIGEST_SIZE], struct buf *out);

/* Why, in plain English made from the answers and the outcome, ready to be edited by hand:
 * paragraphs separated by an empty line. */
void record_justify(const struct decision *decision, const struct walk *walk, struct buf *out);

/* Appends the organisation that was answered to the question kept so; nothing if none was. */
void record_organisation(const struct decision *decision, const struct walk *walk,
                         enum keep keep, struct buf *out);

/* Appends where an organisation stands with the signatories of an agreement on a day, by the
 * party that its name means: "East Police: signed up". */
void record_signatory(const struct agreement *terms, const char *organisation, date day,
                      struct buf *out);

/* What a list or a search shows of a record. Strings are never NULL and live in the arena. */
struct summary {
    const char *reference, *amends, *sibling_of;
    const char *author, *team;
    const char *subject, *pseudonym, *requester, *recipient, *purpose;
    const char *pack, *agreement, *programme, *retention;
    const char *exemptions; /* ids of findings, with a blank between them */
    enum outcome recommended, decided;
    bool departed, urgent, countersign, restricted, unfinished, practice;
    struct moment signed_at;
    date due;        /* the earliest thing that must still be done, DATE_NONE if nothing */
    date review;     /* when the decision is to be looked at again, DATE_NONE if never */
    date keep_until; /* after which it may go, DATE_NONE if a person decides */
};
MUST_CHECK enum status record_summarise(const char *bytes, size_t length, struct arena *arena,
                                        struct summary *ret_summary, struct error *error);

/* Appends the words of a record that a search looks through, folded (utf8_fold): names,
 * references, recipients, free text. */
MUST_CHECK enum status record_words(const char *bytes, size_t length, struct buf *out,
                                    struct error *error);

/* What stands around a record when it is printed: its place in the log, and what happened to
 * it since. From the store; any of it may be absent. */
struct standing {
    long long sequence;         /* 0: not yet in the log */
    char link[DIGEST_HEX_SIZE]; /* of its entry; "" if none */
    const char *state;          /* in words: "Waiting for review" */
    const char *const *later;   /* reviews and amendments in words, oldest first */
    size_t later_count;
};

/* The record on paper: 80 columns, pages of 60 lines separated by form feeds, each with the
 * reference and "page n of m". `brief` is the one-page summary. STATUS_BAD_DATA if the bytes
 * are no record. `standing` may be NULL. */
MUST_CHECK enum status record_print(const char *bytes, size_t length,
                                    const struct standing *standing, bool brief,
                                    struct buf *out, struct error *error);

/* The full record for a screen: lines of at most so many cells, and no pages. */
MUST_CHECK enum status record_unroll(const char *bytes, size_t length,
                                     const struct standing *standing, int cells,
                                     struct buf *out, struct error *error);

/* Reads a record's answers back into a decision of the pack it was made with, to finish,
 * amend or replay it. */
MUST_CHECK enum status record_reopen(const char *bytes, size_t length, const struct pack *pack,
                                     struct decision *ret_decision, struct error *error);

/* Checks that bytes are canonical JSON of a known schema, and nothing else. */
MUST_CHECK enum status record_check(const char *bytes, size_t length, struct error *error);

#endif
