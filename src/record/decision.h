/* SPDX-License-Identifier: MIT */
/*
 * A decision in the making: everything that is known before it is signed. The walk says what
 * the pack recommends; this says what was answered and what the human does with it. It is what
 * a draft keeps and what the record is composed from.
 */
#ifndef DISCERN_RECORD_DECISION_H
#define DISCERN_RECORD_DECISION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/ini.h"
#include "base/status.h"
#include "policy/agreement.h"
#include "policy/answers.h"
#include "policy/pack.h"
#include "policy/walk.h"
#include "record/reference.h"

/* What the human does with the recommendation. */
enum stance { STANCE_OPEN, STANCE_FOLLOW, STANCE_DEPART };

/* Something that was typed and is no answer yet, under a name that the screen gave it. */
struct loose {
    char *name, *text;
};

struct decision {
    char reference[REFERENCE_SIZE];
    const struct pack *pack; /* borrowed; outlives the decision */
    struct answers answers;
    date day; /* the day that the law is taken at */
    struct moment begun;
    char *agreement;               /* id of the agreement pack, NULL if none */
    char *programme;               /* id within it, NULL if none */
    const struct agreement *terms; /* what it says; borrowed; NULL without one */
    enum stance stance;
    enum outcome decided; /* when departing: what was decided instead */
    char *departure;      /* when departing: why; else NULL */
    char *justification;  /* as edited by hand; NULL: written from the answers */
    char *amends;         /* reference of the record that this amends, NULL if none */
    char *amendment;      /* why it is amended; NULL if it amends nothing */
    char *sibling_of;     /* reference of the decision it was begun beside, NULL if none */
    bool practice;        /* made-up people: says so on every page of paper */
    struct loose *loose;  /* kept by drafts for whoever carries on; never in a record */
    size_t loose_count;
};

/* Begins a decision. `random` gives the reference. Release with decision_release. */
void decision_init(struct decision *decision, const struct pack *pack, date day,
                   struct moment begun, const unsigned char random[REFERENCE_RANDOM]);
void decision_release(struct decision *decision);

/* Adds something loose; what is loose under a name, NULL for nothing; forgets it all. */
void decision_add_loose(struct decision *decision, const char *name, const char *text);
const char *decision_loose(const struct decision *decision, const char *name);
void decision_drop_loose(struct decision *decision);

/* What was decided: the recommendation if it is followed, else what was chosen instead.
 * The walk must be ready and the stance taken. */
enum outcome decision_outcome(const struct decision *decision, const struct walk *walk);

/* The rule whose duties follow from what was decided: the one that recommended it or, after a
 * departure, one that recommends what was decided instead (the first that holds, else the last:
 * the most general). NULL if the pack has none. As decision_outcome, the stance is taken. */
const struct outcome_rule *decision_rule(const struct decision *decision,
                                         const struct walk *walk);

/* Whether it is decided; else STATUS_REFUSED naming what is missing: an unanswered question, no
 * stance, a departure without a reason, an amendment without one. */
MUST_CHECK enum status decision_ready(const struct decision *decision, const struct walk *walk,
                                      struct error *error);

/* Whether it can be signed now: it is decided, and no stop of the pack holds. Else
 * STATUS_REFUSED; a stop names the question, and the item that makes it hold. */
MUST_CHECK enum status decision_complete(const struct decision *decision,
                                         const struct walk *walk, struct error *error);

/* The draft as kept between answers: JSON, all answers (parked ones too) by question id, so
 * that a draft outlives a new version of its pack. Appends to *out. */
void draft_write(const struct decision *decision, struct buf *out);

/* Reads a draft into an empty decision of the given pack. What the pack no longer knows is
 * left out and named in *ret_lost (may be NULL), one line each. STATUS_BAD_DATA if it is no
 * draft; the pack id must be the draft's. */
MUST_CHECK enum status draft_read(const char *bytes, size_t length, const struct pack *pack,
                                  struct decision *ret_decision, struct buf *ret_lost,
                                  struct error *error);

/* What a list of drafts needs, without the pack. Strings live in the caller's arena. */
struct draft_summary {
    char reference[REFERENCE_SIZE];
    const char *pack, *agreement, *subject, *amends; /* "" where empty */
    size_t answered;
    struct moment begun, touched;
};
MUST_CHECK enum status draft_summarise(const char *bytes, size_t length, struct arena *arena,
                                       struct draft_summary *ret_summary, struct error *error);

/* An answer file (discern(1), ANSWER FILES) as a decision. [decision] says which pack to use:
 * ask answers_file_head first. */
struct answer_file {
    const char *pack, *agreement, *programme, *title; /* "" where absent; borrowed from ini */
    date day;                                         /* DATE_NONE if not given */
    bool expects;
    enum outcome expect;
};
MUST_CHECK enum status answer_file_head(const struct ini *ini, struct answer_file *ret_head,
                                        struct error *error);

/* Appends an answer file. Of the head, what is empty is left out, and so is the stance. Answers
 * alone: the lines of [answers], then the items. */
void answer_file_write(const struct answer_file *head, const struct answers *answers,
                       struct buf *out);
void answer_file_write_answers(const struct answers *answers, struct buf *out);

/* Gives the answers, items and stance of the file to a decision that was just begun, question
 * by question in the order of the pack, and refuses an answer to a question that is not on the
 * path. STATUS_BAD_DATA with file, line and field. */
MUST_CHECK enum status answer_file_apply(const struct ini *ini, struct decision *decision,
                                         struct error *error);

#endif
