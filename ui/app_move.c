/* SPDX-License-Identifier: MIT */
/*
 * Moving between places. Each move forward remembers where it came from, so that Esc returns
 * there with the focus where it was. Moving never throws anything away.
 */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/place.h"

/* What was said on the page we leave is not said again on the next. */
static void quieten(struct app *app)
{
    app->failed = false;
    app->world.notice = NULL;
}

void place_replace(struct app *app, enum place place)
{
    quieten(app);
    app->place = place;
    app->focus = 0;
}

void place_go(struct app *app, enum place place)
{
    if (app->depth == VISIT_MAX) {
        memmove(&app->visit[1], &app->visit[2], (VISIT_MAX - 2) * sizeof app->visit[0]);
        app->depth--;
    }
    struct visit *visit = &app->visit[app->depth++];
    *visit = (struct visit){.place = app->place,
                            .question = app->question,
                            .focus = app->focus,
                            .list = app->list,
                            .window = app->window,
                            .incident = app->world.breach.number};
    if (app->place == AT_RECORD) {
        memcpy(visit->reference, app->world.record.reference, sizeof visit->reference);
        visit->number = app->world.record.sequence;
    }
    place_replace(app, place);
}

enum place place_before(const struct app *app)
{
    return app->depth == 0 ? PLACE_COUNT : app->visit[app->depth - 1].place;
}

/* Whether a place that was left still makes sense after what was answered since. */
static bool still_there(const struct app *app, const struct visit *visit)
{
    enum question_state state;
    switch (visit->place) {
    case AT_OUTCOME:
    case AT_NEAR:
    case AT_DEPART:
    case AT_JUSTIFY:
    case AT_SIGN:
        return app->deciding && app->walk.ready;
    case AT_QUESTION:
    case AT_ITEM:
        if (!app->deciding)
            return false;
        state = app->walk.state[visit->question];
        return state != QUESTION_OFF && state != QUESTION_UNKNOWN;
    default:
        return true;
    }
}

/* What stands on a page may have changed, or made room for something else, since it was left.
 */
static enum effect_kind fetch_again(struct app *app, const struct visit *visit)
{
    app->list = visit->list;
    app->window = visit->window;
    switch (visit->place) {
    case AT_HOME:
        return EFFECT_HOME;
    case AT_LOG:
        return log_again(app);
    case AT_SEARCH:
        return app->searched[0] != '\0' ? log_again(app) : EFFECT_NONE;
    case AT_TO_DO:
        return to_do_again(app);
    case AT_UPLOAD:
        return upload_open(app);
    case AT_WHERE:
        return where_again(app);
    case AT_INCIDENTS:
        return incidents_open(app, app->wish.closed, app->wish.incident_after);
    case AT_INCIDENT:
        return incident_open(app, visit->incident);
    case AT_RECORD:
        if (strcmp(visit->reference, app->world.record.reference) == 0 &&
            visit->number == app->world.record.sequence)
            return EFFECT_NONE;
        memcpy(app->wish.reference, visit->reference, sizeof visit->reference);
        app->wish.number = visit->number;
        return EFFECT_RECORD;
    default:
        return EFFECT_NONE;
    }
}

enum effect_kind place_back(struct app *app)
{
    while (app->depth > 0 && !still_there(app, &app->visit[app->depth - 1]))
        app->depth--;
    if (app->depth == 0)
        return app->world.open ? place_home(app) : EFFECT_NONE;
    struct visit visit = app->visit[--app->depth];
    quieten(app);
    app->place = visit.place;
    app->question = visit.question;
    app->focus = visit.focus;
    return fetch_again(app, &visit);
}

/* A register has no start page: its list is the first. */
enum effect_kind place_home(struct app *app)
{
    quieten(app);
    if (app->world.register_name != NULL) {
        app->depth = 0;
        place_replace(app, AT_LOG);
        return log_open(app, LIST_LOG);
    }
    return EFFECT_HOME;
}

bool place_keep(struct app *app)
{
    bool (*keep)(struct app *) = place_row(app->place)->keep;
    return keep != NULL && keep(app);
}

enum effect_kind place_after(struct app *app, bool changed, enum effect_kind effect)
{
    if (!changed || effect == EFFECT_SAVE) /* which knows already what follows it */
        return effect;
    app->then = effect;
    return EFFECT_SAVE;
}

enum effect_kind place_fail(struct app *app, const struct error *error, int focus)
{
    app->error = *error;
    app->failed = true;
    app->corrected = false;
    if (focus != 0)
        app->focus = focus;
    return EFFECT_NONE;
}

enum effect_kind place_refuse(struct app *app, int focus, const char *what, const char *remedy)
{
    struct error error;
    (void)!fail(&error, STATUS_REFUSED, remedy, "%s", what);
    return place_fail(app, &error, focus);
}

struct edit *place_edit(struct app *app, int id)
{
    if (id >= ID_FORM && id < ID_FORM + FORM_COUNT)
        return &app->form[id - ID_FORM];
    if (id >= ID_FIELD && id < ID_FIELD + FIELD_MAX && app->deciding)
        return &app->typed[app->question].field[id - ID_FIELD];
    return NULL;
}

const char *form_text(const struct app *app, enum form form)
{
    return edit_text(&app->form[form]);
}

bool form_empty(const struct app *app, enum form form)
{
    const char *text = form_text(app, form);
    return text[strspn(text, " \n\t")] == '\0';
}

void secrets_clear(struct app *app)
{
    for (size_t n = 0; n < COUNT(app->secret); n++) {
        secret_free(app->secret[n]);
        app->secret[n] = NULL;
    }
}

struct block *page_paragraph(const struct app *app, struct page *page, int *nr,
                             const char *text)
{
    struct column column = {.text = text};
    struct block *block = page_row(page, app->plain ? 0 : ID_PARAGRAPH + *nr, &column, 1);
    ++*nr;
    block->wraps = true;
    block->spaced = true;
    return block;
}
