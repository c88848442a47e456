/* SPDX-License-Identifier: MIT */
/*
 * Before a new decision: which agreement it is under and to which programme it belongs. Asked
 * only where there is something to choose, and answered with one key by whoever has no time.
 */
#include "ui/place.h"

#define NONE ID_ROW /* the first choice; the others follow */

enum effect_kind decision_begin(struct app *app)
{
    app->beginning = true;
    return EFFECT_AGREEMENTS;
}

static bool any_offered(const struct world *world)
{
    for (size_t n = 0; n < world->agreement_count; n++)
        if (world->agreement[n].offered)
            return true;
    return false;
}

/* What is to be known of an agreement is told where it leads. */
static enum effect_kind ask(struct app *app, enum place place)
{
    const char *notice = app->world.notice;
    place_go(app, place);
    app->world.notice = notice;
    return EFFECT_NONE;
}

static enum effect_kind ask_programme(struct app *app)
{
    app->wish.programme = NULL;
    if (app->wish.agreement != NULL && app->wish.agreement->programme_count > 0)
        return ask(app, AT_PROGRAMME);
    return EFFECT_BEGIN;
}

enum effect_kind agreements_come(struct app *app)
{
    if (!app->beginning)
        return ask(app, AT_REGISTER);
    app->wish.agreement = app->world.usual;
    if (app->world.usual == NULL && any_offered(&app->world))
        return ask(app, AT_AGREEMENT);
    return ask_programme(app);
}

void at_agreement_view(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    date today = moment_date(app->now);
    page_add(page, BLOCK_HEADING, "Which agreement is this under?");
    page_add(
        page, BLOCK_HINT,
        "An agreement can add questions. If it is urgent, or you are not sure, choose None: "
        "you can still decide.");
    page_choice(page, NONE, false, false, "None, or I do not know", NULL);
    for (int state = 0; state <= AGREEMENT_WITHDRAWN; state++)
        for (size_t n = 0; n < world->agreement_count; n++) {
            const struct agreement *agreement = world->agreement[n].agreement;
            if (world->agreement[n].offered && (int)agreement_state(agreement, today) == state)
                page_choice(page, NONE + 1 + (int)n, false, false, agreement->title,
                            words_standing(page, agreement, today));
        }
}

enum effect_kind at_agreement_choose(struct app *app, int id)
{
    app->wish.agreement = id == NONE ? NULL : app->world.agreement[id - NONE - 1].agreement;
    return ask_programme(app);
}

/* --- The programme ---------------------------------------------------------------------------
 */

static const char *programme_detail(struct page *page, const struct programme *programme)
{
    if (programme->minimum.count == 0)
        return programme->purpose;
    return page_format(page, "%s. At the least: %s", programme->purpose,
                       words_list(page, &programme->minimum));
}

void at_programme_view(const struct app *app, struct page *page)
{
    const struct agreement *agreement = app->wish.agreement;
    page_add(page, BLOCK_HEADING, "Which programme does it belong to?");
    page_addf(page, BLOCK_HINT,
              "%s has programmes of its own, each with the least data that it "
              "needs.",
              agreement->title);
    page_choice(page, NONE, false, false, "None of these", NULL);
    for (size_t n = 0; n < agreement->programme_count; n++)
        page_choice(page, NONE + 1 + (int)n, false, false, agreement->programme[n].title,
                    programme_detail(page, &agreement->programme[n]));
}

enum effect_kind at_programme_choose(struct app *app, int id)
{
    app->wish.programme = id == NONE ? NULL : &app->wish.agreement->programme[id - NONE - 1];
    return EFFECT_BEGIN;
}
