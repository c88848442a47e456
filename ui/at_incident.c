/* SPDX-License-Identifier: MIT */
/*
 * One incident: its clocks with what is left of each, what happened, who was told what and
 * when, and what can be said next. Whoever may not say it is told who may.
 */
#include <stdio.h>
#include <string.h>

#include "ui/place.h"

enum effect_kind incident_open(struct app *app, long long number)
{
    app->wish.incident = number;
    return EFFECT_INCIDENT;
}

/* --- Its clocks ------------------------------------------------------------------------------
 */

static const char *limit_words(const struct app *app, struct page *page,
                               const struct incident *incident, size_t n)
{
    const struct incident_limit *limit = &incident->limit[n];
    char due[MOMENT_WORDS_SIZE], told[MOMENT_WORDS_SIZE], left[LEFT_WORDS_SIZE];
    int64_t us;
    enum limit_state state = incident_state(incident, n, app->now, &us);
    moment_words(incident_due(incident, n), due);
    incident_left_words(state, us, left);
    if (limit->told.us != 0) {
        moment_words(limit->told, told);
        return page_format(page, "%s: %s, on %s. It was to be by %s.", limit_state_words(state),
                           limit->who, told, due);
    }
    if (limit->not_needed[0] != '\0')
        return page_format(page, "%s: %s", limit_state_words(state), limit->not_needed);
    if (incident->closed)
        return page_format(page, "By %s.", due);
    return page_format(page, "%s. By %s: %s.", limit_state_words(state), due, left);
}

static void view_limits(const struct app *app, struct page *page, int *nr)
{
    const struct incident *incident = &app->world.breach;
    for (size_t n = 0; n < incident->limit_count; n++)
        page_paragraph(app, page, nr, incident->limit[n].clock.title)->detail =
            limit_words(app, page, incident, n);
}

static void view_warnings(const struct app *app, struct page *page)
{
    const struct incident *incident = &app->world.breach;
    for (size_t n = 0; n < incident->limit_count && !incident->closed; n++) {
        char left[LEFT_WORDS_SIZE];
        int64_t us;
        enum limit_state state = incident_state(incident, n, app->now, &us);
        incident_left_words(state, us, left);
        if (state == LIMIT_SOON || state == LIMIT_PAST)
            page_addf(page, BLOCK_WARNING, "%s%s: %s.",
                      state == LIMIT_PAST ? "the time ran out " : "", left,
                      incident->limit[n].clock.title);
    }
}

/* --- What happened ---------------------------------------------------------------------------
 */

static void view_fact(const struct app *app, struct page *page, int *nr, const char *name,
                      const char *text)
{
    if (text[0] == '\0')
        return;
    struct block *block =
        page_paragraph(app, page, nr, page_format(page, "%s: %s", name, text));
    block->spaced = false;
}

static const char *note_words(struct page *page, const struct world_note *row)
{
    const struct incident_note *note = &row->note;
    char when[MOMENT_WORDS_SIZE];
    if (note->act != INCIDENT_TOLD)
        return page_format(page, "%s: %s", incident_act_words(note->act), note->message);
    moment_words(note->when, when);
    return page_format(page, "%s %s, on %s: %s", incident_act_words(note->act), note->who, when,
                       note->message);
}

static void view_notes(const struct app *app, struct page *page, int *nr)
{
    const struct world *world = &app->world;
    for (size_t n = 0; n < world->note_count; n++) {
        char at[MOMENT_WORDS_SIZE];
        moment_words(world->note[n].at, at);
        struct block *block = page_paragraph(app, page, nr, note_words(page, &world->note[n]));
        block->detail = page_format(page, "%s, by %s", at, world->note[n].by);
    }
}

static void view_story(const struct app *app, struct page *page)
{
    const struct incident *incident = &app->world.breach;
    int nr = 0;
    view_limits(app, page, &nr);
    page_add(page, BLOCK_TEXT, "What happened:")->spaced = true;
    page_paragraph(app, page, &nr, incident->message)->spaced = false;
    view_fact(app, page, &nr, "Kinds of data", incident->kinds);
    view_fact(app, page, &nr, "How many people", incident->people);
    view_notes(app, page, &nr);
    if (incident->closed)
        view_fact(app, page, &nr, "What was learned", incident->lessons);
}

/* --- What can be said of it ------------------------------------------------------------------
 */

static void view_actions(const struct app *app, struct page *page)
{
    const struct incident *incident = &app->world.breach;
    bool decides = app->world.me.role != ROLE_PRACTITIONER;
    size_t running;
    (void)incident_next(incident, &running);
    if (incident->closed)
        return;
    page_action(page, ID_TELL, "Say who was told")->spaced = true;
    page_action(page, ID_UPDATE, "Add what is new");
    if (decides && running > 0)
        page_action(page, ID_NOT_NOTIFY, "Decide not to tell anybody for a time limit");
    if (decides && running == 0)
        page_action(page, ID_CLOSE, "Close it with what was learned");
    else
        page_add(page, BLOCK_TEXT,
                 decides
                     ? "It can be closed once it is said for each time limit who was told, "
                       "or why nobody is."
                     : "A supervisor or a guardian decides if nobody is told, and closes it.");
}

void at_incident_view(const struct app *app, struct page *page)
{
    const struct incident *incident = &app->world.breach;
    char aware[MOMENT_WORDS_SIZE];
    moment_words(incident->aware, aware);
    page->place = incident->reference;
    page_addf(page, BLOCK_HEADING, "Incident %lld: %s", incident->number,
              incident->closed ? "closed" : "open");
    page_addf(page, BLOCK_HINT, "Known since %s%s%s.", aware,
              incident->who[0] != '\0' ? ", first to " : "", incident->who);
    view_warnings(app, page);
    view_story(app, page);
    view_actions(app, page);
    page_action(page, ID_READ_RECORD, "Read the record");
    page_action(page, ID_BACK, "Go back");
}

enum effect_kind at_incident_choose(struct app *app, int id)
{
    switch (id) {
    case ID_TELL:
        return note_begin(app, INCIDENT_TOLD);
    case ID_UPDATE:
        return note_begin(app, INCIDENT_UPDATE);
    case ID_NOT_NOTIFY:
        return note_begin(app, INCIDENT_NOT_NOTIFY);
    case ID_CLOSE:
        return note_begin(app, INCIDENT_CLOSE);
    case ID_READ_RECORD:
        snprintf(app->wish.reference, sizeof app->wish.reference, "%s",
                 app->world.breach.reference);
        return EFFECT_RECORD;
    default:
        return place_back(app);
    }
}
