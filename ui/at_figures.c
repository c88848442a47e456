/* SPDX-License-Identifier: MIT */
/*
 * Figures of a period, as bars in text: they read aloud and need no colour. Counts come from
 * the store; nothing here names a person that a decision is about.
 */
#include <stdlib.h>
#include <string.h>

#include "ui/place.h"

#define BAR 30 /* the longest */
#define SAMPLE_MOST 1000

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
    if (world->register_name == NULL)
        page_action(page, ID_SAMPLE, "Choose decisions for an audit")->spaced = true;
    if (world->register_name == NULL && !world->practice)
        page_action(page, ID_STATISTICS, "Write these as rows for statistics");
    page_action(page, ID_BACK, "Go back")->spaced = world->register_name != NULL;
}

enum effect_kind at_figures_choose(struct app *app, int id)
{
    if (id == ID_BACK)
        return place_back(app);
    if (id == ID_STATISTICS)
        return export_open(app, WRITING_FIGURES);
    if (id == ID_SAMPLE) {
        place_go(app, AT_SAMPLE);
        return EFFECT_NONE;
    }
    app->period = id - ID_OPTION;
    return figures_open(app);
}

/* --- Decisions for an audit ------------------------------------------------------------------
 */

void at_sample_view(const struct app *app, struct page *page)
{
    page_add(page, BLOCK_HEADING, "Which decisions does the audit look at?");
    page_addf(page, BLOCK_HINT,
              "%s, in the order of signing, so that nobody can choose otherwise.",
              PERIODS[app->period].words);
    page_field(page, ID_FORM + FORM_EVERY, "Every how many? For example, 10",
               &app->form[FORM_EVERY]);
    page_action(page, ID_CONTINUE, "List them")->spaced = true;
    page_action(page, ID_DEPARTURES, "List all that departed from the recommendation");
    page_action(page, ID_BACK, "Go back");
}

enum effect_kind at_sample_choose(struct app *app, int id)
{
    char *end;
    long every = strtol(form_text(app, FORM_EVERY), &end, 10);
    if (id == ID_BACK)
        return place_back(app);
    if (id == ID_CONTINUE && (every < 1 || every > SAMPLE_MOST || *end != '\0'))
        return place_refuse(app, ID_FORM + FORM_EVERY, "This is not a number from 1 to 1000.",
                            "Enter a whole number, for example 10.");
    app->wish.every = id == ID_DEPARTURES ? 0 : (size_t)every;
    return log_open(app, LIST_SAMPLE);
}
