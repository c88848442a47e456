/* SPDX-License-Identifier: MIT */
/*
 * Figures of a period, as bars in text: they read aloud and need no colour. Counts come from
 * the store; nothing here names a person that a decision is about.
 */
#include <string.h>

#include "ui/place.h"

#define BAR 30 /* the longest */

static const struct {
    const char *words;
    int months; /* 0: all */
} PERIODS[] = {{"The last month", 1}, {"The last twelve months", 12}, {"From the start", 0}};

enum effect_kind figures_open(struct app *app)
{
    int months = PERIODS[app->period].months;
    app->wish.from = months == 0 ? DATE_NONE : date_add_months(moment_date(app->now), -months);
    return EFFECT_FIGURES;
}

static void view_figure(const struct app *app, struct page *page, int nr,
                        const struct world_figure *figure)
{
    static const char FULL[] = "##############################";
    long long most = figure->most > 0 ? figure->most : 1;
    int length = (int)(figure->count * BAR / most);
    struct column column[] = {
        {.text = figure->name[0] != '\0' ? figure->name : "not said", .cells = 30},
        {.text = page_format(page, "%7lld", figure->count), .cells = 7},
        {.text =
             page_format(page, "%.*s", length > 0 || figure->count == 0 ? length : 1, FULL)}};
    if (figure->heading != NULL)
        page_add(page, BLOCK_TEXT, figure->heading)->spaced = true;
    page_row(page, app->plain ? 0 : ID_PARAGRAPH + nr, column, COUNT(column));
}

void at_figures_view(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    page_add(page, BLOCK_HEADING, "Figures");
    page_add(page, BLOCK_HINT, "Practice and what was erased are not counted.");
    for (size_t n = 0; n < COUNT(PERIODS); n++)
        page_choice(page, ID_OPTION + (int)n, false, (int)n == app->period, PERIODS[n].words,
                    NULL);
    if (world->figure_count == 0)
        page_add(page, BLOCK_TEXT, "Nothing was decided in that time.");
    for (size_t n = 0; n < world->figure_count; n++)
        view_figure(app, page, (int)n, &world->figure[n]);
    page_action(page, ID_BACK, "Go back")->spaced = true;
}

enum effect_kind at_figures_choose(struct app *app, int id)
{
    if (id == ID_BACK)
        return place_back(app);
    app->period = id - ID_OPTION;
    return figures_open(app);
}
