/* SPDX-License-Identifier: MIT */
/*
 * Check your answers: all of them on one page, each to be changed and straight back here.
 */
#include "ui/place.h"

static void view_row(const struct app *app, struct page *page, size_t question)
{
    bool answered = app->walk.state[question] == QUESTION_ANSWERED;
    struct column column = {.text = app->decision.pack->question[question].ask};
    struct block *block = page_row(page, ID_ROW + (int)question, &column, 1);
    block->wraps = true;
    block->detail = answered ? words_answer(app, page, question) : "Not answered yet";
}

void at_check_view(const struct app *app, struct page *page)
{
    const struct walk *walk = &app->walk;
    page->place = app->decision.reference;
    page_add(page, BLOCK_HEADING, "Check your answers");
    page_add(page, BLOCK_HINT, "Choose an answer to change it.");
    words_duplicates(app, page);
    page_action(page, ID_CONTINUE, walk->ready ? "See the recommendation" : "Go on answering");
    for (size_t n = 0; n < walk->path_count; n++)
        view_row(app, page, walk->path[n]);
    page_add(page, BLOCK_PROGRESS, words_so_far(app, page))->spaced = true;
}

enum effect_kind at_check_choose(struct app *app, int id)
{
    if (id >= ID_ROW) {
        place_go(app, AT_QUESTION);
        question_open(app, (size_t)(id - ID_ROW));
        return EFFECT_NONE;
    }
    if (app->walk.ready) {
        place_go(app, AT_OUTCOME);
        return EFFECT_NONE;
    }
    if (place_before(app) == AT_QUESTION)
        (void)!place_back(app);
    question_next(app);
    return EFFECT_NONE;
}

/* Opened on the way it lies behind the last question; opened by a key, where that was. */
enum effect_kind at_check_back(struct app *app)
{
    size_t last = WALK_NONE;
    if (place_before(app) != AT_HOME)
        return place_back(app);
    for (size_t n = 0; n < app->walk.path_count; n++)
        if (app->walk.state[app->walk.path[n]] == QUESTION_ANSWERED)
            last = app->walk.path[n];
    if (last == WALK_NONE)
        return leave_home(app);
    question_open(app, last);
    return EFFECT_NONE;
}
