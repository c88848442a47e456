/* SPDX-License-Identifier: MIT */
/*
 * Leaving, locking, and the page for what did not work. What was typed into a decision is kept
 * in its draft, be it an answer or not; leaving asks only where something typed is kept nowhere
 * before it is signed. Locking never asks, since somebody may be looking over a shoulder.
 */
#include <string.h>

#include "ui/place.h"

/* What is signed as a whole, and kept nowhere before. */
static bool is_lost(const struct app *app)
{
    static const struct {
        enum place place;
        enum form first, last;
    } FORMS[] = {{AT_REVIEW, FORM_MESSAGE, FORM_MESSAGE},
                 {AT_DONE, FORM_DONE, FORM_DONE},
                 {AT_INCIDENT_NOTE, FORM_WHO, FORM_HAPPENED}};
    for (size_t n = 0; n < COUNT(FORMS); n++)
        for (enum form form = FORMS[n].first; form <= FORMS[n].last; form++)
            if (app->place == FORMS[n].place && !form_empty(app, form))
                return true;
    return false;
}

static enum effect_kind leave(struct app *app, enum effect_kind effect)
{
    bool changed = place_keep(app);
    return place_after(app, changed || app_has_loose_text(app), effect);
}

enum effect_kind leave_home(struct app *app)
{
    return leave(app, place_home(app));
}

enum effect_kind leave_quit(struct app *app)
{
    bool asked =
        app->place == AT_LEAVE || (app->place == AT_PROBLEM && app->problem == EFFECT_SAVE);
    if (asked)
        return EFFECT_QUIT;
    if (!is_lost(app))
        return leave(app, EFFECT_QUIT);
    place_go(app, AT_LEAVE);
    return EFFECT_NONE;
}

/* What cannot be locked is left. */
enum effect_kind leave_lock(struct app *app)
{
    if (app->world.register_name != NULL)
        return EFFECT_QUIT;
    if (app->place != AT_QUESTION && app->place != AT_ITEM)
        place_keep(app); /* there, what was typed is for its typist to give */
    secrets_clear(app);
    app->depth = 0;
    place_replace(app, AT_HIDDEN);
    return EFFECT_LOCK;
}

void at_leave_view(const struct app *app, struct page *page)
{
    (void)app;
    page_add(page, BLOCK_HEADING, "Leave without what you typed?");
    page_add(page, BLOCK_TEXT,
             "It is kept once you sign it. It is not signed yet and will not be kept if you "
             "leave now.");
    page_action(page, ID_BACK, "Go back to it")->spaced = true;
    page_action(page, ID_LEAVE, "Leave without it");
}

enum effect_kind at_leave_choose(struct app *app, int id)
{
    return id == ID_LEAVE ? leave_quit(app) : place_back(app);
}

/* --- What did not work -----------------------------------------------------------------------
 */

void at_problem_view(const struct app *app, struct page *page)
{
    bool saving = app->problem == EFFECT_SAVE;
    page_add(page, BLOCK_HEADING,
             saving ? "Your last answer is not saved yet" : "That did not work");
    if (saving)
        page_add(
            page, BLOCK_TEXT,
            "Your answers are still here as long as Discern runs. Try again once the cause "
            "is removed.");
    page_action(page, ID_AGAIN, "Try again")->spaced = true;
    if (app->depth > 0)
        page_action(page, ID_BACK, "Go back to where I was");
    page_action(page, ID_LEAVE, saving ? "Leave without saving it" : "Leave");
}

enum effect_kind at_problem_choose(struct app *app, int id)
{
    if (id == ID_LEAVE)
        return leave_quit(app);
    if (id == ID_BACK) {
        app->then = EFFECT_NONE;
        return place_back(app);
    }
    if (app->depth > 0)
        (void)!place_back(app);
    return app->problem;
}

/* --- Hidden ----------------------------------------------------------------------------------
 */

void at_hidden_view(const struct app *app, struct page *page)
{
    (void)app;
    (void)page;
}

enum effect_kind at_hidden_choose(struct app *app, int id)
{
    (void)app;
    (void)id;
    return EFFECT_LOCK;
}

enum effect_kind at_hidden_back(struct app *app)
{
    (void)app;
    return EFFECT_LOCK;
}
