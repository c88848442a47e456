/* SPDX-License-Identifier: MIT */
/*
 * Incidents: those that are open, the one whose time runs out first on top; and those that are
 * closed. Where a clock stands follows from the entries and the hour, never from a flag.
 */
#include <stdio.h>
#include <string.h>

#include "ui/place.h"

enum effect_kind incidents_open(struct app *app, bool closed, long long after)
{
    app->wish.closed = closed;
    app->wish.incident_after = after;
    app->wish.limit = app->rows > 20 ? (size_t)(app->rows - 12) / 2 : 4;
    return EFFECT_INCIDENTS;
}

/* Of the clocks that run, the one that runs out first. */
static const char *next_words(const struct app *app, struct page *page,
                              const struct incident *incident)
{
    char left[LEFT_WORDS_SIZE];
    size_t running;
    struct moment next = incident_next(incident, &running);
    for (size_t n = 0; n < incident->limit_count && running > 0; n++) {
        int64_t us;
        enum limit_state state = incident_state(incident, n, app->now, &us);
        if (incident_due(incident, n).us != next.us || state > LIMIT_PAST)
            continue;
        incident_left_words(state, us, left);
        return page_format(page, "%s%s%s: %s", state == LIMIT_PAST ? "PAST ITS TIME, " : "",
                           state == LIMIT_SOON ? "LITTLE TIME, " : "", left,
                           incident->limit[n].clock.title);
    }
    return incident->closed ? "Closed" : "Nobody is left to be told";
}

static void view_row(const struct app *app, struct page *page, size_t n)
{
    const struct incident *incident = &app->world.incident[n];
    char day[DATE_SIZE];
    date_iso(moment_date(incident->aware), day);
    struct column column[] = {{.text = incident->reference, .cells = 9},
                              {.text = page_format(page, "%s", day), .cells = 10},
                              {.text = incident->message}};
    struct block *block = page_row(page, ID_ROW + (int)n, column, COUNT(column));
    block->detail = next_words(app, page, incident);
}

void at_incidents_view(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    page_add(page, BLOCK_HEADING,
             app->wish.closed ? "Incidents that are closed" : "Incidents that are open");
    page_add(page, BLOCK_HINT, "An incident is reported from the record that it is about.");
    if (world->incident_count == 0)
        page_add(page, BLOCK_TEXT, "There is nothing here.");
    for (size_t n = 0; n < world->incident_count; n++)
        view_row(app, page, n);
    if (world->more_incidents)
        page_action(page, ID_LATER, "Next page");
    page_action(page, ID_CLOSE,
                app->wish.closed ? "See those that are open" : "See those that are closed");
    page_action(page, ID_BACK, "Go back");
}

enum effect_kind at_incidents_choose(struct app *app, int id)
{
    const struct world *world = &app->world;
    if (id == ID_BACK)
        return place_back(app);
    app->focus = 0;
    if (id == ID_CLOSE)
        return incidents_open(app, !app->wish.closed, 0);
    if (id == ID_LATER)
        return incidents_open(app, app->wish.closed,
                              world->incident[world->incident_count - 1].number);
    app->focus = id;
    return incident_open(app, world->incident[id - ID_ROW].number);
}
