/* SPDX-License-Identifier: MIT */
/*
 * What the places share: the ids of their blocks, moving between them, and the decision that
 * they work on. For ui/at_*.c and ui/app*.c only.
 */
#ifndef DISCERN_UI_PLACE_H
#define DISCERN_UI_PLACE_H

#include "ui/app.h"

/* Ids of blocks. Ranges, so that an id says what it is; ID_ROW and above have no upper end. */
enum {
    ID_OPTION = 1,   /* + number of the option, user, role, verdict ... */
    ID_FORM = 100,   /* + enum form */
    ID_FIELD = 150,  /* + field of the question */
    ID_SECRET = 160, /* + 0 or 1 */
    ID_REASON = 170, /* + enum review_reason */
    ID_CONTINUE = 200,
    ID_NOTHING_TO_SAY,
    ID_ADD_ITEM,
    ID_REMOVE,
    ID_REQUESTED,
    ID_OFFERED,
    ID_SHARED,
    ID_WITHHELD,
    ID_CHANGE,
    ID_KEEP,
    ID_SETUP,
    ID_PRACTISE,
    ID_NEW,
    ID_REGISTER,
    ID_LOG,
    ID_QUEUE,
    ID_RETURNED,
    ID_LOCK,
    ID_LEAVE,
    ID_FOLLOW,
    ID_DEPART,
    ID_NEAR,
    ID_CHECK,
    ID_FINISH,
    ID_SIGN,
    ID_READ_RECORD,
    ID_EXPORT,
    ID_BRIEF,
    ID_JSON,
    ID_ANSWER,
    ID_STATISTICS,
    ID_SAMPLE,
    ID_BESIDE,
    ID_CHANGES,
    ID_DEPARTURES,
    ID_AMEND,
    ID_REVIEW,
    ID_HOME,
    ID_SEARCH,
    ID_EARLIER,
    ID_LATER,
    ID_AGAIN,
    ID_BACK,
    ID_PATH,
    ID_PERSON,
    ID_FILTER,
    ID_CLEAR,
    ID_SAVE_FILTER,
    ID_DROP_FILTER,
    ID_ONE_PERSON,
    ID_TO_DO,
    ID_DONE,
    ID_FIGURES,
    ID_UPLOAD,
    ID_SEND,
    ID_STOP,
    ID_WHERE,
    ID_ASIDE,
    ID_PUT_BACK,
    ID_BUNDLE,
    ID_TAKE,
    ID_INCIDENTS,
    ID_INCIDENT,
    ID_BREACH,
    ID_TELL,
    ID_NOT_NOTIFY,
    ID_UPDATE,
    ID_CLOSE,
    ID_MARK = 300,  /* + enum log_mark */
    ID_STATE = 320, /* + enum state */
    ID_SORT = 340,  /* + enum log_sort */
    ID_PEER = 900,  /* + number of the store */
    ID_ROW = 1000,
    ID_PARAGRAPH = 100000
};

/* Keys, pastes and lines of plain prompts (app_press.c). */
enum effect_kind app_input(struct app *app, const struct event *event);

struct place_row {
    const char *title;
    void (*view)(const struct app *app, struct page *page);
    enum effect_kind (*choose)(struct app *app, int id); /* a block was chosen */
    enum effect_kind (*back)(struct app *app);           /* Esc; NULL: to where we came from */
    enum effect_kind (*turn)(struct app *app,
                             int direction);    /* PgUp, PgDn; NULL: by the page */
    enum effect_kind (*typed)(struct app *app); /* a text was changed; NULL: nothing follows */
    bool (*keep)(struct app *app); /* before leaving by any way: true if the draft changed */
    unsigned offers;               /* OFFERS_...: keys that mean something here */
};
enum { OFFERS_DECISION = 1, OFFERS_SEARCH = 2, OFFERS_LEAVE = 4, OFFERS_FILTER = 8 };

const struct place_row *place_row(enum place place);
/* What is typed where we are is kept as far as it will do. True if the draft changed. */
bool place_keep(struct app *app);
/* The effect, after the draft was saved if it changed. */
enum effect_kind place_after(struct app *app, bool changed, enum effect_kind effect);

/* --- Moving ------------------------------------------------------------------------------- */

void place_go(struct app *app, enum place place);      /* Esc will come back here */
void place_replace(struct app *app, enum place place); /* Esc will not */
enum effect_kind place_back(struct app *app);
enum effect_kind place_home(struct app *app); /* forgets the way here */
enum place
place_before(const struct app *app); /* where Esc would go; PLACE_COUNT for nowhere */

/* Shows an error on the page where we are, the focus on what it is about (0: as it is). */
enum effect_kind place_fail(struct app *app, const struct error *error, int focus);
enum effect_kind place_refuse(struct app *app, int focus, const char *what, const char *remedy);

/* --- Texts ---------------------------------------------------------------------------------
 */

struct edit *place_edit(struct app *app,
                        int id); /* what a field edits; NULL if it is a secret */
const char *form_text(const struct app *app, enum form form);
bool form_empty(const struct app *app, enum form form);
void secrets_clear(struct app *app);

/* A paragraph that is read by moving the cursor down to it, so that a page of any length can be
 * read by keyboard and by whatever follows the cursor; `nr` counts them. Plain prompts print
 * them all and number none. */
struct block *page_paragraph(const struct app *app, struct page *page, int *nr,
                             const char *text);

/* --- The decision --------------------------------------------------------------------------
 */

void deciding_take(struct app *app); /* what perform brought */
void deciding_end(struct app *app);
void deciding_walk(struct app *app); /* afresh, after any answer */
const struct question *deciding_question(const struct app *app);
const struct answer *deciding_answer(const struct app *app);
size_t
deciding_left(const struct app *app); /* questions that may be answered later and are not */

/* Shows a question's page, with what was typed on it before. */
void question_open(struct app *app, size_t question);
/* To the next question, or where the walk leads when none is left. */
void question_next(struct app *app);
/* The question before this one on the path, or WALK_NONE. */
size_t question_before(const struct app *app);

/* Gives the answer that was proposed, first asking if that would void others. */
enum effect_kind answer_offer(struct app *app, enum proposal proposal);
enum effect_kind answer_give(struct app *app);
/* Gives it only if it will do and voids nothing, asking nothing. True if it was given. */
bool answer_keep(struct app *app, enum proposal proposal);
/* What the proposed answer would void. Release with walk_change_release. */
void answer_would_change(const struct app *app, struct walk_change *ret_change);

/* Before leaving a page by any way: what is typed becomes the answer if it will do and voids
 * nothing; otherwise it stays in the app. True if an answer was given, to be saved. */
bool typed_keep(struct app *app);
/* Whether the page of the question holds something that is not in its answer. */
bool typed_loose(const struct app *app, size_t question);
/* Puts what was loose when the draft was kept back where it was typed. */
void loose_recall(struct app *app);

/* The item form as a list that would replace the question's items; borrowed strings. Free it.
 */
struct item *items_proposed(const struct app *app, size_t *ret_count);
enum effect_kind item_open(struct app *app, size_t index);
bool item_keep(struct app *app);

/* --- Words ---------------------------------------------------------------------------------
 */

/* In the page's arena. */
const char *words_answer(const struct app *app, struct page *page, size_t question);
const char *words_so_far(const struct app *app, struct page *page);
const char *words_citations(struct page *page, const struct pack *pack,
                            const struct citations *citations);
const char *words_title(const char *words, struct page *page); /* first letter a capital */
void words_findings(const struct app *app, struct page *page, int *nr);
void words_musts(const struct app *app, struct page *page, int *nr,
                 const struct outcome_rule *rule);
/* Decisions that this one may repeat; nothing if there are none. */
void words_duplicates(const struct app *app, struct page *page);
void words_trail(const struct app *app, struct page *page, int *nr);

/* What the agreement has to say: of the organisation on the page of a question; the least data
 * of the programme; how it is met so far. Nothing where there is no agreement. */
void words_signatory(const struct app *app, struct page *page);
void words_minimum(const struct app *app, struct page *page);
void words_meetings(const struct app *app, struct page *page, int *nr);
/* What a reviewer found of the record that is shown, if its author is to look at it again. */
void words_returned(const struct app *app, struct page *page, const char *then);
const char *words_list(struct page *page, const struct paragraphs *list); /* "a; b; c" */
const char *words_standing(struct page *page, const struct agreement *agreement, date day);

/* --- The places ----------------------------------------------------------------------------
 */

#define PLACE(name)                                                                            \
    void at_##name##_view(const struct app *app, struct page *page);                           \
    enum effect_kind at_##name##_choose(struct app *app, int id)
PLACE(start);
PLACE(unlock);
PLACE(setup);
PLACE(passphrase);
PLACE(home);
PLACE(unfinished);
PLACE(agreement);
PLACE(programme);
PLACE(register);
PLACE(terms);
PLACE(question);
PLACE(void);
PLACE(item);
PLACE(help);
PLACE(so_far);
PLACE(check);
PLACE(outcome);
PLACE(near);
PLACE(depart);
PLACE(justify);
PLACE(sign);
PLACE(signed);
PLACE(amend);
PLACE(beside);
PLACE(changes);
PLACE(record);
PLACE(path);
PLACE(export);
PLACE(answered);
PLACE(sample);
PLACE(review);
PLACE(log);
PLACE(search);
PLACE(filter);
PLACE(to_do);
PLACE(done);
PLACE(figures);
PLACE(incidents);
PLACE(incident);
PLACE(incident_note);
PLACE(upload);
PLACE(uploading);
PLACE(sent);
PLACE(where);
PLACE(aside);
PLACE(bundle);
PLACE(take);
PLACE(leave);
PLACE(problem);
PLACE(hidden);
#undef PLACE

enum effect_kind decision_begin(struct app *app);  /* asks which agreement it is under */
enum effect_kind agreements_come(struct app *app); /* what the register was asked for */
enum effect_kind at_home_back(struct app *app);
enum effect_kind at_question_back(struct app *app);
enum effect_kind at_check_back(struct app *app);
enum effect_kind at_outcome_back(struct app *app);
enum effect_kind at_signed_back(struct app *app);
enum effect_kind at_hidden_back(struct app *app);
bool at_depart_keep(struct app *app);
bool at_justify_keep(struct app *app);
bool at_amend_keep(struct app *app);
/* A page on (1) or back (-1), or to the first (-2) or last (2). */
enum effect_kind at_log_turn(struct app *app, int direction);
enum effect_kind at_to_do_turn(struct app *app, int direction);
enum effect_kind at_where_turn(struct app *app, int direction);
enum effect_kind at_search_typed(struct app *app);
enum effect_kind at_filter_typed(struct app *app);
enum effect_kind search_open(struct app *app);
bool log_filters(const struct app *app);       /* whether the list that is shown can be */
enum effect_kind filter_open(struct app *app); /* of the list that is shown */
enum effect_kind filter_come(struct app *app); /* a saved filter was read */
enum effect_kind to_do_open(struct app *app);
enum effect_kind to_do_again(struct app *app); /* the page that was shown, afresh */
enum effect_kind figures_open(struct app *app);
enum effect_kind upload_open(struct app *app);
enum effect_kind upload_begin(struct app *app); /* of what wish.sending says */
void upload_end(struct app *app, bool failed);
/* What follows when one of its effects was carried out; nothing after any other. */
enum effect_kind sending_done(struct app *app, enum effect_kind done, enum effect_kind then);
enum effect_kind at_uploading_back(struct app *app);
enum effect_kind where_open(struct app *app);
enum effect_kind where_again(struct app *app);
enum effect_kind where_come(struct app *app);
/* A bundle by hand; reviews only, for that store, if `peer` is not NULL. */
enum effect_kind bundle_open(struct app *app, const char *peer);
/* "9 of 12 accepted"; "2 waiting; 1 refused. Last accepted: ..." */
const char *words_accepted(const struct sent_counts *counts, struct page *page);
const char *words_counts(const struct sent_counts *counts, struct page *page);
/* Those that are closed, or open ones; those that follow `after`, 0 from the start. */
enum effect_kind incidents_open(struct app *app, bool closed, long long after);
enum effect_kind incident_open(struct app *app, long long number);
/* Something is to be said of the incident that is shown, or a report against the record. */
enum effect_kind note_begin(struct app *app, enum incident_act act);
void note_clear(struct app *app);
int note_focus(const char *field); /* the id of what a note's field is typed into; 0 */
/* Why the user may not review the record that is shown; NULL if they may. */
const char *review_refused(const struct app *app);
void list_row(const struct app *app, struct page *page, int id, const struct world_row *row);
void justify_open(struct app *app); /* the justification as it stands, to be edited */
enum effect_kind export_open(struct app *app, enum writing writing);
enum effect_kind log_open(struct app *app, enum log_list list);
void log_wish(struct app *app, enum log_list list); /* what its first page would be asked for */
enum effect_kind log_person(struct app *app); /* every decision about whom the record is */
enum effect_kind log_again(struct app *app);  /* the window that was shown, afresh */

/* Leaves for the start page or the shell; asks first if something typed would not be kept. */
enum effect_kind leave_home(struct app *app);
enum effect_kind leave_quit(struct app *app);
enum effect_kind leave_lock(struct app *app);

#endif
