/* SPDX-License-Identifier: MIT */
/* A record as it reads on paper. What is shown was made from the signed bytes alone. */
#include <stdio.h>
#include <string.h>

#include "ui/place.h"

static void view_lines(const struct app *app, struct page *page)
{
    for (size_t n = 0; n < app->world.line_count; n++) {
        struct column column = {.text = app->world.line[n]};
        struct block *block =
            page_row(page, app->plain ? 0 : ID_PARAGRAPH + (int)n, &column, 1);
        block->wraps = true;
    }
}

/* The author is told here as well what a reviewer found. */
void words_returned(const struct app *app, struct page *page, const char *then)
{
    const struct world_review *review = &app->world.review;
    enum state state = app->world.record.state;
    if (app->world.has_review && (state == STATE_RETURNED || state == STATE_NOT_AGREED))
        page_addf(page, BLOCK_WARNING, "%s by %s: %s.%s They say: %s",
                  verdict_words(review->verdict), review->by,
                  review_reason_words(review->reason), then, review->message);
}

static void view_siblings(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    if (world->sibling_count > 0)
        page_add(page, BLOCK_TEXT, "Decided beside it:")->spaced = true;
    for (size_t n = 0; n < world->sibling_count; n++)
        list_row(app, page, ID_ROW + (int)n, &world->sibling[n]);
}

/* What can be done about it where it is kept. */
static void view_acts(const struct app *app, struct page *page)
{
    const struct world_row *record = &app->world.record;
    if (record->summary.pseudonym[0] != '\0')
        page_action(page, ID_PERSON, "See every decision about this person");
    if (app->world.breached != 0)
        page_action(page, ID_INCIDENT, "See the incident about it");
    page_action(page, ID_BREACH, "Report a breach");
    if (!app->world.practice)
        page_action(page, ID_EXPORT, "Write it to a file, to print or send");
    if (app->world.mine)
        page_action(page, ID_BESIDE, "Decide the same for another person or recipient");
    if (app->world.mine)
        page_action(page, ID_AMEND,
                    record->summary.unfinished ? "Amend it: answer what was left for later"
                                               : "Amend it");
}

static void view_reviewing(const struct app *app, struct page *page)
{
    if (review_refused(app) == NULL)
        page_action(page, ID_REVIEW, "Review this decision")->spaced = true;
    else if (app->world.me.role != ROLE_PRACTITIONER)
        page_add(page, BLOCK_TEXT, review_refused(app))->spaced = true;
}

void at_record_view(const struct app *app, struct page *page)
{
    bool here = app->world.register_name == NULL;
    page->place = app->world.record.summary.reference;
    page_addf(page, BLOCK_HINT, "%s.", state_words(app->world.record.state));
    words_returned(app, page, app->world.mine ? " Amend it, and it is reviewed again." : "");
    view_lines(app, page);
    view_siblings(app, page);
    if (here)
        view_reviewing(app, page);
    page_action(page, ID_PATH, "See how it was decided: time, changes, sources");
    if (app->world.change_count > 0)
        page_action(page, ID_CHANGES, "See what was amended, beside the original");
    if (here)
        view_acts(app, page);
    page_action(page, ID_BACK, "Go back");
}

enum effect_kind at_record_choose(struct app *app, int id)
{
    if (id >= ID_ROW) {
        place_go(app, AT_RECORD);
        snprintf(app->wish.reference, sizeof app->wish.reference, "%s",
                 app->world.sibling[id - ID_ROW].reference);
        return EFFECT_RECORD;
    }
    snprintf(app->wish.reference, sizeof app->wish.reference, "%s",
             app->world.record.summary.reference);
    switch (id) {
    case ID_REVIEW:
        place_go(app, AT_REVIEW);
        return EFFECT_NONE;
    case ID_PATH:
        place_go(app, AT_PATH);
        return EFFECT_NONE;
    case ID_PERSON:
        return log_person(app);
    case ID_INCIDENT:
        return incident_open(app, app->world.breached);
    case ID_BREACH:
        return note_begin(app, INCIDENT_REPORT);
    case ID_EXPORT:
        return export_open(app, WRITING_RECORD);
    case ID_AMEND:
        return EFFECT_AMEND;
    case ID_CHANGES:
        place_go(app, AT_CHANGES);
        return EFFECT_NONE;
    case ID_BESIDE:
        place_go(app, AT_BESIDE);
        return EFFECT_NONE;
    default:
        return place_back(app);
    }
}
