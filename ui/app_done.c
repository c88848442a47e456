/* SPDX-License-Identifier: MIT */
/*
 * What follows when an effect was carried out, or was not; and the one way in for events.
 */
#include <stdio.h>
#include <string.h>

#include "ui/place.h"

static enum effect_kind start(struct app *app)
{
    app->focus = 0;
    if (app->world.register_name != NULL)
        return place_home(app);
    if (app->world.practise)
        return EFFECT_PRACTISE;
    app->place = app->world.store_there ? AT_UNLOCK : AT_START;
    if (app->world.store_there && app->world.expected)
        app->focus = ID_SECRET;
    return EFFECT_NONE;
}

static enum effect_kind at_home(struct app *app)
{
    int focus = app->place == AT_HOME ? app->focus : 0;
    const char *notice = app->world.notice;
    deciding_end(app);
    app->depth = 0;
    place_replace(app, AT_HOME);
    app->focus = focus;
    app->world.notice = notice;
    return app->world.replay ? EFFECT_BEGIN : EFFECT_NONE;
}

/* Answers of a file are looked at where they end. */
static void open_last(struct app *app)
{
    const struct walk *walk = &app->walk;
    app->world.replay = false;
    if (walk->path_count > 0)
        question_open(app, walk->path[walk->path_count - 1]);
    else
        question_next(app);
}

/* A decision begun or taken up again: where it was left. */
static enum effect_kind decide(struct app *app, bool amending)
{
    const char *notice = app->world.notice;
    const char *lost = app->world.lost;
    deciding_take(app);
    app->depth = 0;
    app->place = AT_HOME;
    place_go(app, AT_QUESTION);
    if (amending)
        place_replace(app, AT_AMEND);
    else if (app->world.replay)
        open_last(app);
    else
        question_next(app);
    app->world.notice = lost != NULL && *lost != '\0' ? lost : notice;
    return EFFECT_NONE;
}

/* What was begun about a record stays until it is done or another record is opened. */
static void forget_begun(struct app *app)
{
    app->has_verdict = false;
    app->reason = REVIEW_NONE;
    edit_set(&app->form[FORM_MESSAGE], "");
    edit_set(&app->form[FORM_PATH], "");
}

static enum effect_kind show_record(struct app *app)
{
    if (app->place != AT_RECORD)
        place_go(app, AT_RECORD);
    if (strcmp(app->shown, app->wish.reference) != 0)
        forget_begun(app);
    snprintf(app->shown, sizeof app->shown, "%s", app->wish.reference);
    return EFFECT_NONE;
}

static enum effect_kind show_list(struct app *app)
{
    if (app->list == LIST_FOUND)
        return EFFECT_NONE;
    if (app->place != AT_LOG)
        place_go(app, AT_LOG);
    if (app->world.row_count == 0 && app->window.after != 0) /* all of that page are gone */
        return log_open(app, app->list);
    if (app->focus == 0 && app->window.backwards && app->window.after == 0 &&
        app->world.row_count > 0)
        app->focus = ID_ROW + (int)app->world.row_count - 1;
    if (app->focus >= ID_ROW + (int)app->world.row_count)
        app->focus = 0;
    return EFFECT_NONE;
}

/* Back to the list that it was opened from, past the record and how it came about. */
static enum effect_kind reviewed(struct app *app)
{
    while (app->depth > 0 && (place_before(app) == AT_RECORD || place_before(app) == AT_PATH))
        app->depth--;
    app->shown[0] = '\0'; /* what was begun is done */
    enum effect_kind then = place_back(app);
    snprintf(app->message, sizeof app->message, "Your review is signed and in the log.");
    return then;
}

static enum effect_kind show_duties(struct app *app)
{
    if (app->place != AT_TO_DO)
        place_go(app, AT_TO_DO);
    if (app->world.duty_count == 0 && app->wish.after_reference != NULL)
        return to_do_open(app);
    if (app->focus == 0 && app->wish.backwards && app->wish.after_reference == NULL &&
        app->world.duty_count > 0)
        app->focus = ID_ROW + (int)app->world.duty_count - 1;
    if (app->focus >= ID_ROW + (int)app->world.duty_count)
        app->focus = 0;
    return EFFECT_NONE;
}

static enum effect_kind show_at(struct app *app, enum place place)
{
    if (app->place != place)
        place_go(app, place);
    return EFFECT_NONE;
}

/* What was said is shown where the incident is. */
static enum effect_kind noted(struct app *app)
{
    enum effect_kind then;
    note_clear(app);
    if (place_before(app) == AT_INCIDENT) {
        then = place_back(app);
    } else {
        place_replace(app, AT_INCIDENT);
        then = incident_open(app, app->wish.incident);
    }
    snprintf(app->message, sizeof app->message, "Signed and in the log.");
    return then;
}

static enum effect_kind kept(struct app *app, const char *what)
{
    snprintf(app->message, sizeof app->message, "%s", what);
    return EFFECT_FILTERS;
}

static enum effect_kind written(struct app *app)
{
    (void)!place_back(app);
    snprintf(app->message, sizeof app->message, "Written to %s.", form_text(app, FORM_PATH));
    return EFFECT_NONE;
}

/* A line or two for each effect. (flat) */
static enum effect_kind done(struct app *app, enum effect_kind done)
{
    enum effect_kind then = app->then;
    app->then = EFFECT_NONE;
    switch (done) {
    case EFFECT_CREATE:
    case EFFECT_UNLOCK:
    case EFFECT_PRACTISE:
    case EFFECT_AS:
        secrets_clear(app);
        app->focus = 0;
        return EFFECT_HOME;
    case EFFECT_HOME:
        return at_home(app);
    case EFFECT_AGREEMENTS:
        return agreements_come(app);
    case EFFECT_BEGIN:
    case EFFECT_BESIDE:
    case EFFECT_RESUME:
        return decide(app, false);
    case EFFECT_AMEND:
        return decide(app, true);
    case EFFECT_SAVE:
        return then;
    case EFFECT_DROP:
        return EFFECT_HOME;
    case EFFECT_SIGN:
        app->was_signed = true;
        app->depth = 0;
        place_replace(app, AT_SIGNED);
        return EFFECT_NONE;
    case EFFECT_LIST:
        return show_list(app);
    case EFFECT_RECORD:
        return show_record(app);
    case EFFECT_REVIEW:
        return reviewed(app);
    case EFFECT_DUTIES:
        return show_duties(app);
    case EFFECT_FOLLOW_UP:
        snprintf(app->message, sizeof app->message, "Signed and in the log.");
        return place_back(app);
    case EFFECT_FIGURES:
        return show_at(app, AT_FIGURES);
    case EFFECT_INCIDENTS:
        return show_at(app, AT_INCIDENTS);
    case EFFECT_INCIDENT:
        return show_at(app, AT_INCIDENT);
    case EFFECT_NOTE:
        return noted(app);
    case EFFECT_FILTER_SAVE:
        return kept(app, "The filter is kept.");
    case EFFECT_FILTER_DROP:
        return kept(app, "The filter is forgotten.");
    case EFFECT_FILTER_TAKE:
        return filter_come(app);
    case EFFECT_EXPORT:
    case EFFECT_STATISTICS:
        return written(app);
    case EFFECT_ANSWER:
        place_replace(app, AT_ANSWERED);
        return EFFECT_NONE;
    default:
        return sending_done(app, done, then);
    }
}

/* A failure is shown where its remedy is: on the form that asked for it, else on a page of its
 * own from which it can be tried again. */
static enum effect_kind failed(struct app *app, const struct error *error)
{
    enum effect_kind then = app->then;
    switch (app->doing) {
    case EFFECT_CREATE:
    case EFFECT_UNLOCK:
        secrets_clear(app);
        return place_fail(app, error, ID_SECRET);
    case EFFECT_SIGN:
    case EFFECT_REVIEW:
    case EFFECT_FOLLOW_UP:
        return place_fail(app, error, 0);
    case EFFECT_NOTE:
        return place_fail(app, error, note_focus(error->field));
    case EFFECT_FILTER_SAVE:
    case EFFECT_FILTER_DROP:
        return place_fail(app, error, ID_FORM + FORM_FILTER);
    case EFFECT_UPLOAD:
        app->then = EFFECT_NONE;
        upload_end(app, true);
        return app->world.sending.stop ? then : place_fail(app, error, 0);
    case EFFECT_ASIDE:
        return place_fail(app, error, ID_FORM + FORM_ASIDE);
    case EFFECT_TAKE:
        return place_fail(app, error, ID_FORM + FORM_FILE);
    case EFFECT_EXPORT:
    case EFFECT_ANSWER:
    case EFFECT_STATISTICS:
        return place_fail(app, error, ID_FORM + FORM_PATH);
    default:
        app->problem = app->doing;
        if (app->place != AT_PROBLEM)
            place_go(app, AT_PROBLEM);
        return place_fail(app, error, ID_AGAIN);
    }
}

static void resize(struct app *app, const struct event *event)
{
    app->rows = event->rows;
    app->cols = event->cols;
}

/* While it is sent the screen lives on. What else is asked for ends it, and follows then. */
static enum effect_kind meanwhile(struct app *app, const struct event *event)
{
    enum effect_kind effect = EFFECT_NONE;
    if (event->kind == EVENT_RESIZE)
        resize(app, event);
    else
        effect = app_input(app, event);
    if (effect == EFFECT_NONE || effect == EFFECT_SUSPEND || effect == EFFECT_REPAINT)
        return effect;
    app->world.sending.stop = true;
    app->then = effect;
    return EFFECT_NONE;
}

enum effect_kind app_update(struct app *app, const struct event *event)
{
    enum effect_kind effect = EFFECT_NONE;
    app->now = event->now;
    if (app->doing == EFFECT_UPLOAD && event->kind != EVENT_DONE && event->kind != EVENT_FAILED)
        return meanwhile(app, event);
    switch (event->kind) {
    case EVENT_START:
        effect = start(app);
        break;
    case EVENT_RESIZE:
        resize(app, event);
        break;
    case EVENT_DONE:
        effect = done(app, app->doing);
        break;
    case EVENT_FAILED:
        effect = failed(app, event->error);
        break;
    default:
        effect = app_input(app, event);
        break;
    }
    app->doing = effect;
    return effect;
}
