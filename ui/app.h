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

#include "base/secret.h"
#include "record/decision.h"
#include "record/follow_up.h"
#include "record/incident.h"
#include "record/record.h"
#include "record/review.h"
#include "ui/edit.h"
#include "ui/effect.h"
#include "ui/page.h"
#include "ui/world.h"

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
    AT_BESIDE,
    AT_CHANGES,
    AT_RECORD,
    AT_PATH,
    AT_EXPORT,
    AT_ANSWERED,
    AT_SAMPLE,
    AT_REVIEW,
    AT_LOG,
    AT_SEARCH,
    AT_FILTER,
    AT_TO_DO,
    AT_DONE,
    AT_FIGURES,
    AT_UPLOAD,
    AT_UPLOADING,
    AT_SENT,
    AT_WHERE,
    AT_ASIDE,
    AT_BUNDLE,
    AT_TAKE,
    AT_INCIDENTS,
    AT_INCIDENT,
    AT_INCIDENT_NOTE,
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
    FORM_EVERY,         /* which of the decisions an audit takes */
    FORM_MESSAGE,       /* a review's message */
    FORM_SEARCH,        /* words to look for in the log */
    FORM_WORDS,         /* a filter: words to look for */
    FORM_AUTHOR,        /* a filter: whose decisions */
    FORM_OF_TEAM,       /* a filter: by whose team */
    FORM_UNDER,         /* a filter: an agreement by its id */
    FORM_PROGRAMME,     /* a filter: a programme by its id */
    FORM_PURPOSE,       /* a filter */
    FORM_FROM,          /* a filter: the first day of signing */
    FORM_UNTIL,         /* a filter: the last */
    FORM_FILTER,        /* the name that a filter is saved under */
    FORM_DONE,          /* what was done of what had to be done */
    FORM_WHO,           /* an incident: who knew first, or was told */
    FORM_MOMENT,        /* when that was */
    FORM_KINDS,         /* of data */
    FORM_PEOPLE,        /* how many */
    FORM_HAPPENED,      /* what happened, was said, is new, was learned */
    FORM_FOLDER,        /* where a bundle is put */
    FORM_REDACT,        /* fields that it leaves out */
    FORM_FILE,          /* a receipt or a bundle that is taken in */
    FORM_TRUST,         /* fingerprint of the certificate of a new store */
    FORM_ASIDE,         /* why a decision is to stay here */
    FORM_COUNT
};

_Static_assert(FILTER_TEXTS == FORM_UNTIL - FORM_WORDS + 1,
               "a filter has the texts of its forms");

/* --- What an effect is about -----------------------------------------------------------------
 */

struct wish {
    struct person first;               /* CREATE: borrowed from the forms */
    const char *user;                  /* UNLOCK, AS */
    const struct agreement *agreement; /* BEGIN: NULL for none */
    const struct programme *programme;
    char reference[REFERENCE_SIZE];
    long long number;   /* RECORD: in a register, where a reference is not enough */
    enum log_list list; /* LIST */
    const char *search;
    long long after;
    bool backwards;
    size_t limit;
    const char *pseudonym; /* LIST of a person; of the record that was shown */
    char pseudonym_text[DIGEST_HEX_SIZE];
    struct log_filter filter;
    const char *text[FILTER_TEXTS];           /* LIST: of the filter, from the forms */
    const char *name, *words;                 /* a saved filter */
    struct follow_up follow_up;               /* FOLLOW_UP */
    const char *after_reference, *after_duty; /* DUTIES */
    date from;                                /* FIGURES: since; DATE_NONE: always */
    bool closed;                              /* INCIDENTS: those that are */
    long long incident_after;                 /* INCIDENTS: which the page follows */
    long long incident;                       /* INCIDENT: its number */
    struct incident_note note;                /* INCIDENT_NOTE, but for its moment */
    const char *moment;                       /* INCIDENT_NOTE: as it was typed */
    struct review review;                     /* REVIEW */
    const char *path;                         /* EXPORT, ANSWER, STATISTICS */
    enum write_form form;
    enum beside beside;          /* BESIDE */
    char person[REFERENCE_SIZE]; /* ANSWER: a decision that is about them */
    size_t every;                /* LIST of a sample: which; 0: all departures */
    struct sending_wish sending; /* UPLOAD, WHERE, ASIDE, TAKE */
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
    enum log_list list;
    struct log_window window;
    char reference[REFERENCE_SIZE]; /* AT_RECORD: whose */
    long long number;               /* and, in a register, which */
    long long incident;             /* AT_INCIDENT: its number */
};
/* Which page of what is to be done: it follows this; from the start if that is "". */
struct to_do_window {
    char reference[REFERENCE_SIZE];
    char duty[80];
    bool backwards;
};
#define VISIT_MAX 16
#define SEARCH_MAX 200

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
    struct log_window window;
    struct log_filter filter;
    char searched[SEARCH_MAX];  /* what the hits are of */
    char about[80];             /* LIST_PERSON: who */
    int period;                 /* AT_FIGURES */
    enum writing writing;       /* AT_EXPORT */
    char shown[REFERENCE_SIZE]; /* the record last shown */
    struct to_do_window to_do;
    int duty;                  /* AT_DONE: which row */
    struct incident_note note; /* AT_INCIDENT_NOTE: its act and incident */
    char note_reference[REFERENCE_SIZE], note_clock[80];

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
 * the call only. While an effect is being carried out only DONE or FAILED may follow; but while
 * it is UPLOAD anything may: what is asked for then follows when the upload has ended. */
enum effect_kind app_update(struct app *app, const struct event *event);

/* Says what the screen says now. The page borrows from the app until the next event. */
void app_view(const struct app *app, struct page *page);

/* Puts what was typed and is in no answer yet into the decision, as loose ends for its draft.
 */
void app_note_loose(struct app *app);

/* Whether there is anything of that kind. */
bool app_has_loose_text(const struct app *app);

#endif
