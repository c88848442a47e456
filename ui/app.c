/* SPDX-License-Identifier: MIT */
/*
 * The table of places, and what every page has in common: its title, the practice banner, the
 * problem, the focus and the footer. What keys mean is app_press.c, what effects bring is
 * app_done.c. Never asks the world for anything but by returning an effect.
 */
#include "ui/app.h"

#include <stdio.h>
#include <string.h>

#include "ui/place.h"

#define DECISION OFFERS_DECISION
#define SEARCH OFFERS_SEARCH
#define LEAVE OFFERS_LEAVE
#define FILTER OFFERS_FILTER

static const struct place_row PLACES[PLACE_COUNT] = {
    [AT_START] = {"Discern", at_start_view, at_start_choose, NULL, NULL, NULL, NULL, LEAVE},
    [AT_UNLOCK] = {"Unlock", at_unlock_view, at_unlock_choose, NULL, NULL, NULL, NULL, LEAVE},
    [AT_SETUP] = {"Set up", at_setup_view, at_setup_choose, NULL, NULL, NULL, NULL, LEAVE},
    [AT_PASSPHRASE] = {"Set up", at_passphrase_view, at_passphrase_choose, NULL, NULL, NULL,
                       NULL, LEAVE},
    [AT_HOME] = {"Start page", at_home_view, at_home_choose, at_home_back, NULL, NULL, NULL,
                 SEARCH | LEAVE},
    [AT_UNFINISHED] = {"Unfinished decision", at_unfinished_view, at_unfinished_choose, NULL,
                       NULL, NULL, NULL, LEAVE},
    [AT_AGREEMENT] = {"New decision", at_agreement_view, at_agreement_choose, NULL, NULL, NULL,
                      NULL, LEAVE},
    [AT_PROGRAMME] = {"New decision", at_programme_view, at_programme_choose, NULL, NULL, NULL,
                      NULL, LEAVE},
    [AT_REGISTER] = {"Agreements", at_register_view, at_register_choose, NULL, NULL, NULL, NULL,
                     LEAVE},
    [AT_TERMS] = {"Agreement", at_terms_view, at_terms_choose, NULL, NULL, NULL, NULL, LEAVE},
    [AT_QUESTION] = {"Question", at_question_view, at_question_choose, at_question_back, NULL,
                     NULL, typed_keep, DECISION | LEAVE},
    [AT_VOID] = {"Change an answer", at_void_view, at_void_choose, NULL, NULL, NULL, NULL,
                 LEAVE},
    [AT_ITEM] = {"An item", at_item_view, at_item_choose, NULL, NULL, NULL, item_keep,
                 DECISION | LEAVE},
    [AT_HELP] = {"Help", at_help_view, at_help_choose, NULL, NULL, NULL, NULL, LEAVE},
    [AT_SO_FAR] = {"So far", at_so_far_view, at_so_far_choose, NULL, NULL, NULL, NULL, LEAVE},
    [AT_CHECK] = {"Check your answers", at_check_view, at_check_choose, at_check_back, NULL,
                  NULL, NULL, DECISION | LEAVE},
    [AT_OUTCOME] = {"Recommendation", at_outcome_view, at_outcome_choose, at_outcome_back, NULL,
                    NULL, NULL, DECISION | LEAVE},
    [AT_NEAR] = {"What would change it", at_near_view, at_near_choose, NULL, NULL, NULL, NULL,
                 LEAVE},
    [AT_DEPART] = {"Depart from the recommendation", at_depart_view, at_depart_choose, NULL,
                   NULL, NULL, at_depart_keep, DECISION | LEAVE},
    [AT_JUSTIFY] = {"Justification", at_justify_view, at_justify_choose, NULL, NULL, NULL,
                    at_justify_keep, DECISION | LEAVE},
    [AT_SIGN] = {"Sign", at_sign_view, at_sign_choose, NULL, NULL, NULL, NULL,
                 DECISION | LEAVE},
    [AT_SIGNED] = {"Signed", at_signed_view, at_signed_choose, at_signed_back, NULL, NULL, NULL,
                   LEAVE},
    [AT_AMEND] = {"Amend a record", at_amend_view, at_amend_choose, NULL, NULL, NULL,
                  at_amend_keep, LEAVE},
    [AT_BESIDE] = {"New decision", at_beside_view, at_beside_choose, NULL, NULL, NULL, NULL,
                   LEAVE},
    [AT_CHANGES] = {"What was amended", at_changes_view, at_changes_choose, NULL, NULL, NULL,
                    NULL, LEAVE},
    [AT_RECORD] = {"Record", at_record_view, at_record_choose, NULL, NULL, NULL, NULL, LEAVE},
    [AT_PATH] = {"How it was decided", at_path_view, at_path_choose, NULL, NULL, NULL, NULL,
                 LEAVE},
    [AT_EXPORT] = {"Write to a file", at_export_view, at_export_choose, NULL, NULL, NULL, NULL,
                   LEAVE},
    [AT_ANSWERED] = {"Written", at_answered_view, at_answered_choose, NULL, NULL, NULL, NULL,
                     LEAVE},
    [AT_SAMPLE] = {"Audit", at_sample_view, at_sample_choose, NULL, NULL, NULL, NULL, LEAVE},
    [AT_REVIEW] = {"Review", at_review_view, at_review_choose, NULL, NULL, NULL, NULL, LEAVE},
    [AT_LOG] = {"Log", at_log_view, at_log_choose, NULL, at_log_turn, NULL, NULL,
                SEARCH | FILTER | LEAVE},
    [AT_SEARCH] = {"Search the log", at_search_view, at_search_choose, NULL, at_log_turn,
                   at_search_typed, NULL, LEAVE},
    [AT_FILTER] = {"Filter the log", at_filter_view, at_filter_choose, NULL, NULL,
                   at_filter_typed, NULL, LEAVE},
    [AT_TO_DO] = {"To do", at_to_do_view, at_to_do_choose, NULL, at_to_do_turn, NULL, NULL,
                  LEAVE},
    [AT_DONE] = {"Done", at_done_view, at_done_choose, NULL, NULL, NULL, NULL, LEAVE},
    [AT_FIGURES] = {"Figures", at_figures_view, at_figures_choose, NULL, NULL, NULL, NULL,
                    LEAVE},
    [AT_INCIDENTS] = {"Incidents", at_incidents_view, at_incidents_choose, NULL, NULL, NULL,
                      NULL, LEAVE},
    [AT_INCIDENT] = {"Incident", at_incident_view, at_incident_choose, NULL, NULL, NULL, NULL,
                     LEAVE},
    [AT_INCIDENT_NOTE] = {"Incident", at_incident_note_view, at_incident_note_choose, NULL,
                          NULL, NULL, NULL, LEAVE},
    [AT_UPLOAD] = {"Upload", at_upload_view, at_upload_choose, NULL, NULL, NULL, NULL, LEAVE},
    [AT_UPLOADING] = {"Upload", at_uploading_view, at_uploading_choose, at_uploading_back, NULL,
                      NULL, NULL, LEAVE},
    [AT_SENT] = {"Upload", at_sent_view, at_sent_choose, NULL, NULL, NULL, NULL, LEAVE},
    [AT_WHERE] = {"Upload", at_where_view, at_where_choose, NULL, at_where_turn, NULL, NULL,
                  LEAVE},
    [AT_ASIDE] = {"Upload", at_aside_view, at_aside_choose, NULL, NULL, NULL, NULL, LEAVE},
    [AT_BUNDLE] = {"Bundle", at_bundle_view, at_bundle_choose, NULL, NULL, NULL, NULL, LEAVE},
    [AT_TAKE] = {"Take in", at_take_view, at_take_choose, NULL, NULL, NULL, NULL, LEAVE},
    [AT_LEAVE] = {"Leave", at_leave_view, at_leave_choose, NULL, NULL, NULL, NULL, LEAVE},
    [AT_PROBLEM] = {"Problem", at_problem_view, at_problem_choose, NULL, NULL, NULL, NULL,
                    LEAVE},
    [AT_HIDDEN] = {"", at_hidden_view, at_hidden_choose, at_hidden_back, NULL, NULL, NULL, 0},
};

const struct place_row *place_row(enum place place)
{
    return &PLACES[place];
}

void app_init(struct app *app)
{
    *app = (struct app){.rows = 24, .cols = 80, .wish.limit = 15};
    page_init(&app->page);
    for (size_t n = 0; n < FORM_COUNT; n++)
        edit_set(&app->form[n], "");
    for (size_t n = 0; n < COUNT(app->secret_edit); n++) {
        app->secret_edit[n] = (struct edit){.secret = true, .max = 8};
        edit_set(&app->secret_edit[n], n == 0 ? "" : "*");
    }
    app->form[FORM_DEPARTURE].lines = true;
    app->form[FORM_JUSTIFICATION].lines = true;
    app->form[FORM_AMENDMENT].lines = true;
    app->form[FORM_MESSAGE].lines = true;
    app->form[FORM_DONE].lines = true;
    app->form[FORM_HAPPENED].lines = true;
    app->form[FORM_SEARCH].max = SEARCH_MAX - 1;
}

static void world_release(struct world *world)
{
    if (world->has_brought)
        decision_release(&world->brought);
    arena_release(&world->people_arena);
    arena_release(&world->home_arena);
    arena_release(&world->sending.arena);
    arena_release(&world->sending.where_arena);
    arena_release(&world->sending.result_arena);
    arena_release(&world->register_arena);
    arena_release(&world->list_arena);
    arena_release(&world->saved_arena);
    arena_release(&world->duty_arena);
    arena_release(&world->figure_arena);
    arena_release(&world->incidents_arena);
    arena_release(&world->incident_arena);
    arena_release(&world->duplicate_arena);
    arena_release(&world->record_arena);
    arena_release(&world->answer_arena);
}

void app_release(struct app *app)
{
    deciding_end(app);
    secrets_clear(app);
    for (size_t n = 0; n < FORM_COUNT; n++)
        edit_release(&app->form[n]);
    for (size_t n = 0; n < COUNT(app->secret_edit); n++)
        edit_release(&app->secret_edit[n]);
    page_release(&app->page);
    world_release(&app->world);
}

/* Whether the focus is on something of which several may be ticked. */
static bool ticks(const struct page *page)
{
    return page->focus < page->count && page->block[page->focus].many;
}

/* Whether a key is worth its room in the footer of this page, besides having a meaning. */
static bool worth_showing(const struct app *app, const struct page *page, enum act act)
{
    switch (act) {
    case ACT_FILTER:
        return log_filters(app);
    case ACT_CHOOSE:
        return !ticks(page);
    case ACT_TICK:
        return ticks(page);
    case ACT_CONTINUE:
        return (page_reach(page) & REACH_LINES) == 0;
    case ACT_BACK:
        return app->place != AT_HOME;
    case ACT_HELP:
    case ACT_HELP_TYPING:
        return app->place == AT_QUESTION || app->place == AT_ITEM;
    default:
        return true;
    }
}

/* The keys that mean something here, those first that are wanted most. */
static void footer(const struct app *app, struct page *page)
{
    static const struct {
        enum act act;
        unsigned offers; /* only where this is offered; 0: everywhere */
    } WANTED[] = {
        {ACT_CHOOSE, 0},      {ACT_TICK, 0},          {ACT_CONTINUE, 0},
        {ACT_NEW_LINE, 0},    {ACT_BACK, 0},          {ACT_HELP, 0},
        {ACT_HELP_TYPING, 0}, {ACT_SO_FAR, DECISION}, {ACT_SEARCH, SEARCH},
        {ACT_FILTER, FILTER}, {ACT_QUIT, LEAVE},      {ACT_SAVE_LEAVE, DECISION},
        {ACT_HIDE, 0},
    };
    unsigned offers = PLACES[app->place].offers;
    unsigned reach = page_reach(page) | REACH_EVERYWHERE;
    enum act acts[COUNT(WANTED)];
    size_t count = 0;
    for (size_t n = 0; n < COUNT(WANTED); n++) {
        enum act act = WANTED[n].act;
        bool offered = WANTED[n].offers == 0 || (offers & WANTED[n].offers) != 0;
        bool quits = act != ACT_QUIT || (offers & DECISION) == 0;
        if (offered && quits && (act_reach(act) & reach) != 0 && worth_showing(app, page, act))
            acts[count++] = act;
    }
    page_footer(page, acts, count);
}

/* "folder/file, line 3, name". What stands on a form is shown by the focus instead. */
static const char *where(const struct error *error, struct page *page)
{
    const char *text = error->file;
    if (error->line > 0)
        text = page_format(page, "%s, line %d", text, error->line);
    if (error->field[0] != '\0')
        text = page_format(page, "%s, %s", text, error->field);
    return text;
}

/* What is wrong, where, and what to do. */
static void problem(const struct app *app, struct page *page)
{
    const struct error *error = &app->error;
    struct block *block = page_add(page, BLOCK_ERROR, error->what);
    if (error->file[0] != '\0')
        block->text = page_format(page, "%s (%s)", error->what, where(error, page));
    if (error->remedy[0] != '\0')
        block->detail = error->remedy;
}

void app_view(const struct app *app, struct page *page)
{
    page_clear(page);
    page->title = PLACES[app->place].title;
    page->place = "";
    if (app->place == AT_HIDDEN) {
        page->blank = true;
        return;
    }
    if (app->world.practice)
        page_add(page, BLOCK_BANNER, "Practice: made-up people only. Nothing is kept or sent.");
    if (app->world.register_name != NULL)
        page_addf(page, BLOCK_BANNER, "Register %s: to be read only.",
                  app->world.register_name);
    if (app->failed)
        problem(app, page);
    if (app->world.notice != NULL)
        page_add(page, BLOCK_WARNING, app->world.notice);
    PLACES[app->place].view(app, page);
    page_focus(page, app->focus);
    footer(app, page);
    page->message = app->message[0] != '\0' ? app->message : NULL;
}
