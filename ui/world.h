/* SPDX-License-Identifier: MIT */
/*
 * The world as the app sees it: what perform brings from the store and the settings, and the
 * few words in which lists and files are asked for. Plain data, replaced as a whole by whoever
 * brought it; the app reads it and never reaches behind it.
 */
#ifndef DISCERN_UI_WORLD_H
#define DISCERN_UI_WORLD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/digest.h"
#include "base/mem.h"
#include "record/decision.h"
#include "record/follow_up.h"
#include "record/incident.h"
#include "record/record.h"
#include "record/review.h"
#include "record/subject_pack.h"
#include "ui/sending.h"

/* Which list of records is shown. */
enum log_list {
    LIST_LOG,
    LIST_REVIEWABLE,
    LIST_RETURNED,
    LIST_PERSON,
    LIST_FOUND,
    LIST_SAMPLE
};

/* What is different in a decision that is made beside another. */
enum beside { BESIDE_PERSON, BESIDE_RECIPIENT };

/* What is written to a file, and how much of it. */
enum writing { WRITING_RECORD, WRITING_ANSWER, WRITING_FIGURES };
enum write_form { WRITE_WHOLE, WRITE_BRIEF, WRITE_JSON };

/*      name, in words */
#define LOG_SORT_TABLE(X)                                                                      \
    X(NEWEST_FIRST, "Newest first")                                                            \
    X(OLDEST_FIRST, "Oldest first")                                                            \
    X(BY_AUTHOR, "By author")                                                                  \
    X(BY_DUE, "By what is due")                                                                \
    X(BY_RETENTION, "By the end of retention")
enum log_sort {
#define X(name, words) SORT_##name,
    LOG_SORT_TABLE(X)
#undef X
        SORT_COUNT
};

/* What a filter can ask of a decision besides its state, outcome and texts. */
#define LOG_MARK_TABLE(X)                                                                      \
    X(DEPARTED, departed, "Departs from the recommendation")                                   \
    X(URGENT, urgent, "Urgent")                                                                \
    X(COUNTERSIGN, countersign, "Asks for a guardian")                                         \
    X(UNFINISHED, unfinished, "Has questions left for later")                                  \
    X(OVERDUE, overdue, "Has something overdue")                                               \
    X(RETENTION, retention_due, "May go: its time is over")                                    \
    X(MINE, mine, "Made by me")                                                                \
    X(REAL, without_practice, "Not made for practice")
enum log_mark {
#define X(name, member, words) MARK_##name,
    LOG_MARK_TABLE(X)
#undef X
        MARK_COUNT
};

/* All zero: the whole log, the newest first. Its texts stand in the forms. */
struct log_filter {
    enum log_list list; /* what it is of: the log or the queue */
    enum log_sort sort;
    unsigned states, outcomes, marks; /* bit n: state n, outcome n, mark n */
    char person[DIGEST_HEX_SIZE];     /* only about the person of that pseudonym; "": anybody */
};
#define FILTER_TEXTS 8 /* FORM_WORDS to FORM_UNTIL (app.h) */

/* Where in a list its window stands. */
struct log_window {
    long long after;
    bool backwards;
};

/* --- What perform brings. Strings live in the arena beside them. ----------------------------
 */

struct world_user {
    const char *name;
    enum role role;
};

struct unfinished {
    struct draft_summary summary;
    int most; /* questions that its pack asks at most; 0 if the pack is not to be had */
};

struct world_row {
    long long sequence;
    enum state state;
    struct summary summary;
    char reference[REFERENCE_SIZE]; /* as in the summary, kept when that is let go */
    const char *excerpt;            /* of what was searched for; NULL for none */
};

/* A question of a record, as it was answered. */
struct world_step {
    const char *ask, *words;
    long long seconds, changes;
};

/* A finding of a record, with where it is to be found. */
struct world_source {
    const char *says, *source;
};

/* An answer as an amendment changed it. */
struct world_change {
    const char *heading; /* before the first of an amendment; NULL otherwise */
    const char *ask, *before, *after;
};

struct world_review {
    enum verdict verdict;
    enum review_reason reason;
    const char *message, *by;
};

enum log_count { COUNT_NONE, COUNT_WANTED, COUNT_KNOWN };

struct world_saved {
    const char *name, *words;
};

struct world_duty {
    char reference[REFERENCE_SIZE]; /* "": of no decision, but a receipt to be chased */
    struct duty_to_do duty;
    const char *subject, *recipient;
    bool overdue;
};

/* What was said of an incident. */
struct world_note {
    struct incident_note note;
    struct moment at;
    const char *by;
};

struct world_figure {
    const char *heading; /* before the first of a kind; NULL otherwise */
    const char *name;
    long long count, most; /* most: of its kind */
};

struct world_agreement {
    const struct agreement *agreement; /* borrowed: outlives the app */
    bool offered;                      /* it goes with the pack of new decisions */
};

struct world {
    bool store_there;          /* at EVENT_START: there is a store */
    bool practise;             /* at EVENT_START: go to practice at once */
    bool replay;               /* at EVENT_START: begin from the answers of a file */
    bool practice;             /* the open store is for practice */
    bool open;                 /* a store is open */
    const char *register_name; /* not a store but a county's register is shown; else NULL */
    const char *notice;        /* to be said once on the next page; NULL for nothing */

    struct arena people_arena;
    struct world_user *user; /* who uses the store that is there */
    size_t user_count;
    bool expected;       /* it is known who of them unlocks it (app->chosen) */
    struct person me;    /* once it is open */
    struct person *cast; /* who can be played in practice */
    size_t cast_count;
    const char *team; /* of new users, from the settings */

    struct arena home_arena;
    struct unfinished *unfinished;
    size_t unfinished_count;
    long long decisions, waiting, returned_to_me, reviewable, overdue;
    long long incidents, pressing; /* open ones; of those with little or no time left */

    struct sending sending;

    struct arena register_arena;
    struct world_agreement *agreement;
    size_t agreement_count;
    const struct agreement *usual; /* of new decisions, from the settings; NULL: ask */

    struct decision brought; /* by BEGIN, RESUME, AMEND: the app takes it */
    bool has_brought;
    const char *lost; /* RESUME: what the pack no longer knows; "" for nothing */

    long long upgraded, upgrading; /* UNLOCK: entries verified of so many, of a store that an
                                      earlier Discern made; 0, 0: there is no such store */

    struct arena list_arena;
    struct world_row *row;
    size_t row_count;
    bool more_before, more_after;
    const char *filter_words; /* what the list is filtered by; "" for nothing */
    enum log_count counting;  /* the count follows behind the first page */
    long long counted;

    struct arena saved_arena;
    struct world_saved *saved; /* filters */
    size_t saved_count;
    struct log_filter taken; /* the saved filter that was asked for, and its texts */
    const char *taken_text[FILTER_TEXTS];

    struct arena duty_arena;
    struct world_duty *duty;
    size_t duty_count;
    bool more_duties_before, more_duties_after;

    struct arena figure_arena;
    struct world_figure *figure;
    size_t figure_count;

    struct arena incidents_arena;
    struct incident *incident;
    size_t incident_count;
    bool more_incidents;

    struct arena incident_arena;
    struct incident breach; /* the one that is shown */
    struct world_note *note;
    size_t note_count;

    struct arena duplicate_arena;
    struct world_row *duplicate; /* of the decision that is being made */
    size_t duplicate_count;

    struct arena record_arena;
    struct world_row record;
    const char **line; /* the record as printed, line by line */
    size_t line_count;
    bool mine;          /* the record is by the user */
    long long breached; /* the newest incident about the record; 0: none */
    struct world_step *step;
    size_t step_count;
    struct world_source *source;
    size_t source_count;
    struct world_change *change;
    size_t change_count;
    struct world_row *sibling; /* decided beside it */
    size_t sibling_count;
    const char *departure;        /* why it departs; "" */
    struct subject_report answer; /* what of a person's records was written */
    const char **left_out;        /* which were not, and why */
    size_t left_out_count;
    struct arena answer_arena;

    struct world_review review; /* the newest, if has_review */
    bool has_review;
};

#endif
