/* SPDX-License-Identifier: MIT */
/*
 * The log, the review queue and what was returned: a window of rows at a time, asked for by an
 * effect; and the words to look for. Never holds more of the log than it shows.
 */
#include <stdio.h>
#include <string.h>

#include "ui/place.h"

static enum effect_kind ask(struct app *app, long long after, bool backwards)
{
    bool searching = app->list == LIST_LOG && !form_empty(app, FORM_SEARCH);
    app->wish.list = app->list;
    app->wish.search = searching ? form_text(app, FORM_SEARCH) : "";
    app->wish.after = after;
    app->wish.backwards = backwards;
    app->wish.limit = app->rows > 18 ? (size_t)(app->rows - 10) : 8;
    return EFFECT_LIST;
}

enum effect_kind log_open(struct app *app, enum log_list list)
{
    app->list = list;
    edit_set(&app->form[FORM_SEARCH], "");
    return ask(app, 0, false);
}

enum effect_kind log_again(struct app *app)
{
    return ask(app, app->wish.after, app->wish.backwards);
}

static const char *heading(const struct app *app, struct page *page)
{
    if (app->list == LIST_REVIEWABLE)
        return "Decisions waiting for review";
    if (app->list == LIST_RETURNED)
        return "Decisions returned to you";
    if (form_empty(app, FORM_SEARCH))
        return "Log of decisions";
    return page_format(page, "Decisions with: %s", form_text(app, FORM_SEARCH));
}

/* What a reviewer looks for first, in words. */
static const char *flags(struct page *page, const struct summary *summary)
{
    const char *text = "";
    if (summary->departed)
        text = page_format(page, "departs from: %s", outcome_words(summary->recommended));
    if (summary->unfinished)
        text = page_format(page, "%s%squestions left for later", text,
                           text[0] != '\0' ? "; " : "");
    return text[0] != '\0' ? text : NULL;
}

/* What others typed comes last on the line: its width is anybody's guess. */
static void view_row(const struct app *app, struct page *page, size_t n)
{
    const struct world_row *row = &app->world.row[n];
    char day[DATE_SIZE];
    date_iso(moment_date(row->summary.signed_at), day);
    struct column column[] = {
        {.text = row->summary.reference, .cells = 9},
        {.text = outcome_words(row->summary.decided), .cells = 14},
        {.text = page_format(page, "%s", day), .cells = 10},
        {.text = state_words(row->state), .cells = 20},
        {.text = row->summary.subject},
    };
    struct block *block = page_row(page, ID_ROW + (int)n, column, COUNT(column));
    block->detail = flags(page, &row->summary);
}

void at_log_view(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    page_add(page, BLOCK_HEADING, heading(app, page));
    if (world->row_count == 0)
        page_add(page, BLOCK_TEXT, "There is nothing here.");
    for (size_t n = 0; n < world->row_count; n++)
        view_row(app, page, n);
    if (world->more_after)
        page_action(page, ID_LATER, "Next page");
    if (world->more_before)
        page_action(page, ID_EARLIER, "Page before");
    if (app->list == LIST_LOG)
        page_action(page, ID_SEARCH, "Search");
    page_action(page, ID_BACK, "Go back");
}

enum effect_kind at_log_turn(struct app *app, int direction)
{
    const struct world *world = &app->world;
    bool more = direction < 0 ? world->more_before : world->more_after;
    if (!more || world->row_count == 0)
        return EFFECT_NONE;
    app->focus = 0;
    return ask(app, world->row[direction < 0 ? 0 : world->row_count - 1].sequence,
               direction < 0);
}

enum effect_kind at_log_choose(struct app *app, int id)
{
    switch (id) {
    case ID_LATER:
        return at_log_turn(app, 1);
    case ID_EARLIER:
        return at_log_turn(app, -1);
    case ID_SEARCH:
        place_go(app, AT_SEARCH);
        return EFFECT_NONE;
    case ID_BACK:
        return place_back(app);
    default:
        snprintf(app->wish.reference, sizeof app->wish.reference, "%s",
                 app->world.row[id - ID_ROW].summary.reference);
        return EFFECT_RECORD;
    }
}

/* --- Searching -------------------------------------------------------------------------------
 */

void at_search_view(const struct app *app, struct page *page)
{
    page_add(page, BLOCK_HEADING, "What do you look for?");
    page_add(page, BLOCK_HINT,
             "Words or their beginnings: names, references, recipients. Empty: the whole log.");
    page_field(page, ID_FORM + FORM_SEARCH, "Words", &app->form[FORM_SEARCH]);
    page_action(page, ID_CONTINUE, "Search")->spaced = true;
}

enum effect_kind at_search_choose(struct app *app, int id)
{
    (void)id;
    if (place_before(app) == AT_LOG)
        app->depth--;
    app->list = LIST_LOG;
    return ask(app, 0, false);
}
