/* SPDX-License-Identifier: MIT */
/*
 * The start page, and an unfinished decision offered back. Counts come from the log, never
 * from a flag of ours.
 */
#include <string.h>

#include "ui/place.h"

/* "You were deciding about Amy Example", without ever guessing at a name. */
static const char *unfinished_words(struct page *page, const struct unfinished *unfinished)
{
    const struct draft_summary *draft = &unfinished->summary;
    if (draft->amends[0] != '\0')
        return page_format(page, "You were changing the record %s", draft->amends);
    if (draft->subject[0] != '\0')
        return page_format(page, "You were deciding about %s", draft->subject);
    return "You were deciding about someone not named yet";
}

static const char *unfinished_detail(struct page *page, const struct unfinished *unfinished)
{
    const struct draft_summary *draft = &unfinished->summary;
    char when[MOMENT_WORDS_SIZE];
    moment_words(draft->touched, when);
    if (unfinished->most > 0)
        return page_format(page, "%zu of at most %d questions answered, %s", draft->answered,
                           unfinished->most, when);
    return page_format(page, "%zu questions answered, %s", draft->answered, when);
}

static void view_unfinished(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    for (size_t n = 0; n < world->unfinished_count; n++) {
        struct column column = {.text = unfinished_words(page, &world->unfinished[n])};
        struct block *block = page_row(page, ID_ROW + (int)n, &column, 1);
        block->wraps = true;
        block->detail = unfinished_detail(page, &world->unfinished[n]);
        block->spaced = n == 0;
    }
}

/* In practice one person can play all: decide, then review. */
static void view_cast(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    bool first = true;
    for (size_t n = 0; n < world->cast_count; n++) {
        const struct person *person = &world->cast[n];
        if (strcmp(person->name, world->me.name) == 0)
            continue;
        page_action(page, ID_OPTION + (int)n,
                    page_format(page, "Carry on as %s, %s", person->full,
                                person->role == ROLE_PRACTITIONER ? "who decides"
                                : person->role == ROLE_SUPERVISOR ? "who reviews"
                                                                  : "who countersigns"))
            ->spaced = first;
        first = false;
    }
}

static const char *incidents_words(const struct world *world, struct page *page)
{
    if (world->pressing > 0)
        return page_format(page, "See incidents (%lld open, %lld PRESSING)", world->incidents,
                           world->pressing);
    return world->incidents > 0
               ? page_format(page, "See incidents (%lld open)", world->incidents)
               : "See incidents";
}

static void view_upload(const struct world *world, struct page *page)
{
    const struct sent_counts *counts = &world->sending.counts;
    const char *rest = words_counts(counts, page);
    if (world->practice)
        return;
    page_action(page, ID_UPLOAD,
                !world->sending.ready
                    ? "Send decisions"
                    : page_format(page, "Upload (%s%s%s)", words_accepted(counts, page),
                                  rest[0] != '\0' ? "; " : "", rest));
}

void at_home_view(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    page->place = world->me.full != NULL ? world->me.full : "";
    page_add(page, BLOCK_HEADING,
             world->unfinished_count > 0 ? "Carry on, or begin a new decision"
                                         : "What do you want to do?");
    if (world->pressing > 0)
        page_addf(page, BLOCK_WARNING,
                  "The time to tell somebody of %s is nearly over, or over. See incidents.",
                  world->pressing == 1 ? "an incident" : "incidents");
    view_unfinished(app, page);
    if (world->returned_to_me > 0)
        page_action(page, ID_RETURNED,
                    page_format(page, "Returned to you: %lld decision%s to look at again",
                                world->returned_to_me, world->returned_to_me == 1 ? "" : "s"))
            ->spaced = true;
    page_action(page, ID_NEW, "Make a new decision")->spaced = true;
    page_action(page, ID_LOG,
                page_format(page, "Read the log (%lld decision%s)", world->decisions,
                            world->decisions == 1 ? "" : "s"));
    if (world->me.role != ROLE_PRACTITIONER)
        page_action(page, ID_QUEUE,
                    page_format(page, "Review decisions (%lld waiting)", world->reviewable));
    page_action(page, ID_TO_DO,
                world->overdue > 0
                    ? page_format(page, "See what is to be done (%lld OVERDUE)", world->overdue)
                    : "See what is to be done");
    page_action(page, ID_INCIDENTS, incidents_words(world, page));
    if (world->me.role != ROLE_PRACTITIONER)
        page_action(page, ID_FIGURES, "See figures");
    page_action(page, ID_REGISTER, "Look up agreements");
    view_upload(world, page);
    view_cast(app, page);
    page_action(page, ID_LOCK, "Lock")->spaced = true;
    page_action(page, ID_LEAVE, "Leave");
}

static void wish_draft(struct app *app)
{
    memcpy(app->wish.reference, app->world.unfinished[app->chosen].summary.reference,
           sizeof app->wish.reference);
}

enum effect_kind at_home_choose(struct app *app, int id)
{
    switch (id) {
    case ID_NEW:
        return decision_begin(app);
    case ID_UPLOAD:
        return upload_open(app);
    case ID_REGISTER:
        app->beginning = false;
        return EFFECT_AGREEMENTS;
    case ID_LOG:
        return log_open(app, LIST_LOG);
    case ID_QUEUE:
        return log_open(app, LIST_REVIEWABLE);
    case ID_RETURNED:
        return log_open(app, LIST_RETURNED);
    case ID_TO_DO:
        return to_do_open(app);
    case ID_INCIDENTS:
        return incidents_open(app, false, 0);
    case ID_FIGURES:
        return figures_open(app);
    case ID_LOCK:
        return leave_lock(app);
    case ID_LEAVE:
        return leave_quit(app);
    default:
        if (id < ID_FORM) {
            app->wish.user = app->world.cast[id - ID_OPTION].name;
            return EFFECT_AS;
        }
        app->chosen = (size_t)(id - ID_ROW);
        place_go(app, AT_UNFINISHED);
        return EFFECT_NONE;
    }
}

enum effect_kind at_home_back(struct app *app)
{
    (void)app;
    return EFFECT_NONE;
}

/* --- An unfinished decision ------------------------------------------------------------------
 */

void at_unfinished_view(const struct app *app, struct page *page)
{
    const struct unfinished *unfinished = &app->world.unfinished[app->chosen];
    page_addf(page, BLOCK_HEADING, "%s", unfinished_words(page, unfinished));
    page_add(page, BLOCK_HINT, unfinished_detail(page, unfinished));
    page_action(page, ID_CONTINUE, "Carry on")->spaced = true;
    page_action(page, ID_REMOVE, "Throw it away: its answers cannot be brought back");
    page_action(page, ID_BACK, "Leave it for later");
}

enum effect_kind at_unfinished_choose(struct app *app, int id)
{
    wish_draft(app);
    if (id == ID_CONTINUE)
        return EFFECT_RESUME;
    return id == ID_REMOVE ? EFFECT_DROP : place_back(app);
}
