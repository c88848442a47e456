/* SPDX-License-Identifier: MIT */
/*
 * The app: all that is known while Discern runs, what each event changes in it, and what the
 * screen then says. Pure: no store, no files, no clock, no curses. What lies outside is asked
 * for by an effect and comes back in `world`.
 *
 * A place (home, question, check your answers ...) is one row in one table (app.c) and one file
 * (at_*.c). Esc goes back along the visits; an answer is saved when it is given; nothing that
 * was typed is lost by going anywhere.
 */
#ifndef DISCERN_UI_APP_H
#define DISCERN_UI_APP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"
#include "base/secret.h"
#include "record/decision.h"
#include "record/record.h"
#include "record/review.h"
#include "ui/edit.h"
#include "ui/effect.h"
#include "ui/page.h"

enum place {
    AT_START,
    AT_UNLOCK,
    AT_SETUP,
    AT_PASSPHRASE,
    AT_HOME,
    AT_UNFINISHED,
    AT_AGREEMENT,
    AT_PROGRAMME,
    AT_REGISTER,
    AT_TERMS,
    AT_QUESTION,
    AT_VOID,
    AT_ITEM,
    AT_HELP,
    AT_SO_FAR,
    AT_CHECK,
    AT_OUTCOME,
    AT_NEAR,
    AT_DEPART,
    AT_JUSTIFY,
    AT_SIGN,
    AT_SIGNED,
    AT_AMEND,
    AT_RECORD,
    AT_EXPORT,
    AT_REVIEW,
    AT_LOG,
    AT_SEARCH,
    AT_LEAVE,
    AT_PROBLEM,
    AT_HIDDEN,
    PLACE_COUNT
};

/* Texts that can be typed outside the questions. */
enum form {
    FORM_FULL,          /* set-up: the name as signed */
    FORM_NAME,          /* set-up: the name to sign in with */
    FORM_TEAM,          /* set-up */
    FORM_WHAT,          /* an item */
    FORM_WHY,           /* an item: why it is shared or withheld */
    FORM_DEPARTURE,     /* why the recommendation is departed from */
    FORM_JUSTIFICATION, /* the justification in words */
    FORM_AMENDMENT,     /* why a record is amended */
    FORM_PATH,          /* the file that a record is written to */
    FORM_MESSAGE,       /* a review's message */
    FORM_SEARCH,        /* words to look for in the log */
    FORM_COUNT
};

/* Which list of records is shown. */
enum log_list { LIST_LOG, LIST_REVIEWABLE, LIST_RETURNED };

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
};

struct world_agreement {
    const struct agreement *agreement; /* borrowed: outlives the app */
    bool offered;                      /* it goes with the pack of new decisions */
};

struct world {
    bool store_there;   /* at EVENT_START: there is a store */
    bool practise;      /* at EVENT_START: go to practice at once */
    bool replay;        /* at EVENT_START: begin from the answers of a file */
    bool practice;      /* the open store is for practice */
    bool open;          /* a store is open */
    const char *notice; /* to be said once on the next page; NULL for nothing */

    struct arena people_arena;
    struct world_user *user; /* who uses the store that is there */
    size_t user_count;
    struct person me;    /* once it is open */
    struct person *cast; /* who can be played in practice */
    size_t cast_count;
    const char *team; /* of new users, from the settings */

    struct arena home_arena;
    struct unfinished *unfinished;
    size_t unfinished_count;
    long long decisions, waiting, returned_to_me, reviewable;

    struct arena register_arena;
    struct world_agreement *agreement;
    size_t agreement_count;
    const struct agreement *usual; /* of new decisions, from the settings; NULL: ask */

    struct decision brought; /* by BEGIN, RESUME, AMEND: the app takes it */
    bool has_brought;
    const char *lost; /* RESUME: what the pack no longer knows; "" for nothing */

    struct arena list_arena;
    struct world_row *row;
    size_t row_count;
    bool more_before, more_after;

    struct arena record_arena;
    struct world_row record;
    const char **line; /* the record as printed, line by line */
    size_t line_count;
    bool mine; /* the record is by the user */
};

/* --- What an effect is about -----------------------------------------------------------------
 */

struct wish {
    struct person first;               /* CREATE: borrowed from the forms */
    const char *user;                  /* UNLOCK, AS */
    const struct agreement *agreement; /* BEGIN: NULL for none */
    const struct programme *programme;
    char reference[REFERENCE_SIZE];
    enum log_list list; /* LIST */
    const char *search;
    long long after;
    bool backwards;
    size_t limit;
    struct review review; /* REVIEW */
    const char *path;     /* EXPORT */
    bool brief;
};

/* --- The app ---------------------------------------------------------------------------------
 */

/* What stands on the page of a question, given as an answer or not. */
struct typed {
    bool loaded;
    bits ticked;
    struct edit field[FIELD_MAX];
};

/* The item that is being added or changed. */
struct item_form {
    size_t question;
    size_t index; /* in the answer; its count for a new one */
    bool begun;   /* something is in the form that is not in the answer */
    bool requested, offered, shared, withheld;
    bits flags;
};

/* What is about to be answered, while it is asked whether to void others. */
enum proposal { PROPOSE_TYPED, PROPOSE_SKIP, PROPOSE_ITEM, PROPOSE_REMOVAL };

/* A place that Esc returns to. */
struct visit {
    enum place place;
    size_t question;
    int focus;
};
#define VISIT_MAX 16

struct app {
    enum place place;
    size_t question; /* AT_QUESTION and what is opened from it */
    int focus;       /* id of the focused block, 0: the page's first */
    struct visit visit[VISIT_MAX];
    size_t depth;

    struct world world;
    struct wish wish;
    enum effect_kind doing;   /* what perform is carrying out */
    enum effect_kind then;    /* what follows when it is done */
    enum effect_kind problem; /* AT_PROBLEM: what failed */
    enum effect_kind leaving; /* AT_LEAVE: what is about to be done */

    bool deciding; /* decision and walk are there */
    bool was_signed;
    bool finishing; /* the questions left for later are being answered before signing */
    struct decision decision;
    struct walk walk;
    struct typed *typed; /* by question */
    struct item_form item;
    enum proposal proposal;

    struct edit form[FORM_COUNT];
    struct passphrase *secret[2]; /* in guarded memory; NULL until typed */
    struct edit secret_edit[2];   /* what a passphrase looks like on a page: empty, or typed */
    size_t chosen; /* a user at AT_UNLOCK, a draft at AT_UNFINISHED, an agreement at AT_TERMS */
    bool beginning; /* the register was asked for to make a new decision */
    enum role role; /* chosen at AT_SETUP */
    bool has_role, has_verdict, has_decided;
    enum verdict verdict;
    enum review_reason reason;
    enum outcome decided; /* chosen at AT_DEPART */
    enum log_list list;

    bool failed;
    bool corrected; /* something was typed since */
    struct error error;
    char message[160]; /* instead of the footer, once */
    int rows, cols;
    bool plain; /* pages are printed as lines: nothing needs the cursor to be read */
    struct moment now, arrived;
    struct page page; /* for working out what a key means */
};

void app_init(struct app *app);
void app_release(struct app *app);

/* Changes the app by one event and says what is to be done outside. `event` is borrowed for
 * the call only. While an effect is being carried out only DONE or FAILED may follow. */
enum effect_kind app_update(struct app *app, const struct event *event);

/* Says what the screen says now. The page borrows from the app until the next event. */
void app_view(const struct app *app, struct page *page);

/* Whether the app holds words that were typed and are in no answer yet. */
bool app_has_loose_text(const struct app *app);

#endif
