/* SPDX-License-Identifier: MIT */
/*
 * The decision that the app works on: taking it over, walking it afresh, going from question to
 * question, giving answers. An answer that would void others is asked about first.
 */
#include <stdlib.h>
#include <string.h>

#include "ui/place.h"

#define LONGEST_VISIT 3600 /* seconds that one stay on a page counts at most */

void deciding_walk(struct app *app)
{
    walk_release(&app->walk);
    walk_init(&app->walk, &app->decision.answers, app->decision.day);
}

void deciding_take(struct app *app)
{
    deciding_end(app);
    app->decision = app->world.brought;
    app->world.has_brought = false;
    app->world.duplicate_count = 0;
    app->typed = xcalloc(app->decision.pack->question_count, sizeof *app->typed);
    app->deciding = true;
    app->question = 0;
    walk_init(&app->walk, &app->decision.answers, app->decision.day);
    app->has_decided = app->decision.stance == STANCE_DEPART;
    app->decided = app->decision.decided;
    edit_set(&app->form[FORM_DEPARTURE], app->decision.departure);
    edit_set(&app->form[FORM_AMENDMENT], app->decision.amendment);
    loose_recall(app);
}

void deciding_end(struct app *app)
{
    if (!app->deciding)
        return;
    for (size_t n = 0; n < app->decision.pack->question_count; n++)
        for (size_t field = 0; field < FIELD_MAX; field++)
            edit_release(&app->typed[n].field[field]);
    free(app->typed);
    app->typed = NULL;
    walk_release(&app->walk);
    app->walk = (struct walk){0};
    decision_release(&app->decision);
    app->deciding = app->was_signed = app->finishing = false;
    app->item = (struct item_form){0};
}

const struct question *deciding_question(const struct app *app)
{
    return &app->decision.pack->question[app->question];
}

const struct answer *deciding_answer(const struct app *app)
{
    return &app->decision.answers.answer[app->question];
}

size_t deciding_left(const struct app *app)
{
    size_t left = 0;
    for (size_t n = 0; n < app->walk.path_count; n++)
        left += app->walk.state[app->walk.path[n]] == QUESTION_DEFERRED;
    return left;
}

/* --- Going from question to question -------------------------------------------------------
 */

static void count_time(struct app *app)
{
    int64_t seconds = (app->now.us - app->arrived.us) / 1000000;
    struct answer *answer = &app->decision.answers.answer[app->question];
    if (app->place == AT_QUESTION && seconds > 0 && seconds < LONGEST_VISIT)
        answer->seconds += (int)seconds;
    app->arrived = app->now;
}

static void typed_load(struct app *app)
{
    struct typed *typed = &app->typed[app->question];
    const struct question *question = deciding_question(app);
    const struct answer *answer = deciding_answer(app);
    if (typed->loaded)
        return;
    typed->loaded = true;
    typed->ticked = answer->given ? answer->options : 0;
    for (size_t n = 0; n < question_field_count(question->type); n++)
        edit_set(&typed->field[n], answer->field[n]);
}

/* The chosen option has the focus, so that Enter alone confirms what was answered before. */
static int first_focus(const struct app *app)
{
    const struct question *question = deciding_question(app);
    for (size_t n = 0; n < question->option_count && question->type == QUESTION_CHOICE; n++)
        if ((app->typed[app->question].ticked & BIT(n)) != 0)
            return ID_OPTION + (int)n;
    return 0;
}

void question_open(struct app *app, size_t question)
{
    count_time(app);
    place_replace(app, AT_QUESTION);
    app->question = question;
    app->arrived = app->now;
    typed_load(app);
    app->focus = first_focus(app);
}

/* With the outcome settled, what may wait waits unless the user chose to finish it now. */
static bool asks_more(const struct app *app)
{
    if (app->walk.next == WALK_NONE)
        return false;
    return !app->walk.ready || app->finishing ||
           app->walk.state[app->walk.next] != QUESTION_DEFERRED;
}

static bool is_urgent(const struct app *app)
{
    const struct pack *pack = app->decision.pack;
    return app->walk.ready &&
           pack->outcome[app->walk.outcome].recommends == OUTCOME_SHARE_URGENTLY;
}

void question_next(struct app *app)
{
    if (asks_more(app)) {
        question_open(app, app->walk.next);
        return;
    }
    count_time(app);
    if (place_before(app) == AT_CHECK)
        (void)!place_back(app);
    else
        place_replace(app, is_urgent(app) && deciding_left(app) > 0 ? AT_OUTCOME : AT_CHECK);
}

size_t question_before(const struct app *app)
{
    const struct walk *walk = &app->walk;
    size_t before = WALK_NONE;
    for (size_t n = 0; n < walk->path_count && walk->path[n] < app->question; n++)
        if (walk->state[walk->path[n]] == QUESTION_ANSWERED)
            before = walk->path[n];
    return before;
}

/* --- What is typed and what is answered ----------------------------------------------------
 */

static bits offered_ticks(const struct app *app, size_t question)
{
    bits ticked = 0;
    for (size_t n = 0; n < app->decision.pack->question[question].option_count; n++)
        if (walk_offers(&app->walk, question, n))
            ticked |= app->typed[question].ticked & BIT(n);
    return ticked;
}

bool typed_loose(const struct app *app, size_t number)
{
    const struct typed *typed = &app->typed[number];
    const struct question *question = &app->decision.pack->question[number];
    const struct answer *answer = &app->decision.answers.answer[number];
    if (!typed->loaded || question->type == QUESTION_ITEMS)
        return false;
    if (typed->ticked != (answer->given ? answer->options : 0))
        return true;
    for (size_t n = 0; n < question_field_count(question->type); n++) {
        const char *kept = answer->field[n] != NULL ? answer->field[n] : "";
        if (strcmp(edit_text(&typed->field[n]), kept) != 0)
            return true;
    }
    return false;
}

static bool is_choosing(enum question_type type)
{
    return type == QUESTION_CHOICE || type == QUESTION_CHOICES;
}

/* The answer's own form is shown from now on: dates as dates, blanks trimmed. */
static void typed_reload(struct app *app)
{
    app->typed[app->question].loaded = false;
    typed_load(app);
}

static enum status give_typed(struct app *app, struct error *error)
{
    const struct question *question = deciding_question(app);
    const struct typed *typed = &app->typed[app->question];
    struct answers *answers = &app->decision.answers;
    const char *field[FIELD_MAX] = {NULL};
    enum status status;
    if (is_choosing(question->type)) {
        bits ticked = offered_ticks(app, app->question);
        status = answer_choose(answers, app->question, ticked, app->now, error);
    } else {
        for (size_t n = 0; n < question_field_count(question->type); n++)
            field[n] = edit_text(&typed->field[n]);
        status = answer_write(answers, app->question, field, app->now, error);
    }
    if (status == STATUS_OK)
        typed_reload(app);
    return status;
}

static enum status give_items(struct app *app, struct error *error)
{
    struct answers *answers = &app->decision.answers;
    size_t count;
    struct item *list = items_proposed(app, &count);
    enum status status = STATUS_OK;
    if (count == 0)
        answer_forget(answers, app->question);
    else
        status = answer_items(answers, app->question, list, count, app->now, error);
    free(list);
    if (status == STATUS_OK)
        app->item.begun = false;
    return status;
}

static enum status give(struct app *app, struct error *error)
{
    enum status status;
    switch (app->proposal) {
    case PROPOSE_TYPED:
        return give_typed(app, error);
    case PROPOSE_SKIP:
        status = answer_skip(&app->decision.answers, app->question, app->now, error);
        if (status == STATUS_OK)
            typed_reload(app);
        return status;
    default:
        return give_items(app, error);
    }
}

static bits proposed_bits(const struct app *app)
{
    const struct question *question = deciding_question(app);
    struct answer answer = {.given = true};
    bits value;
    if (app->proposal == PROPOSE_SKIP)
        return 0;
    if (app->proposal == PROPOSE_TYPED && !is_choosing(question->type))
        return BIT_ANSWERED;
    if (app->proposal == PROPOSE_TYPED)
        return offered_ticks(app, app->question) | BIT_ANSWERED;
    answer.item = items_proposed(app, &answer.item_count);
    value = answer.item_count > 0 ? answer_bits(question, &answer) : 0;
    free(answer.item);
    return value;
}

void answer_would_change(const struct app *app, struct walk_change *ret_change)
{
    walk_would_change(&app->walk, &app->decision.answers, app->question, proposed_bits(app),
                      ret_change);
}

static bool would_void(const struct app *app)
{
    struct walk_change change;
    bool voids;
    if (!deciding_answer(app)->given)
        return false;
    answer_would_change(app, &change);
    voids = change.voided_count > 0;
    walk_change_release(&change);
    return voids;
}

enum effect_kind answer_give(struct app *app)
{
    bool item = app->proposal == PROPOSE_ITEM || app->proposal == PROPOSE_REMOVAL;
    struct error error;
    if (give(app, &error) != STATUS_OK)
        return place_fail(app, &error, 0);
    deciding_walk(app);
    if (item)
        (void)!place_back(app);
    else
        question_next(app);
    return EFFECT_SAVE;
}

enum effect_kind answer_offer(struct app *app, enum proposal proposal)
{
    app->proposal = proposal;
    if (!would_void(app))
        return answer_give(app);
    place_go(app, AT_VOID);
    return EFFECT_NONE;
}

bool answer_keep(struct app *app, enum proposal proposal)
{
    struct error error;
    app->proposal = proposal;
    if (would_void(app) || give(app, &error) != STATUS_OK)
        return false;
    deciding_walk(app);
    return true;
}

bool typed_keep(struct app *app)
{
    count_time(app);
    return typed_loose(app, app->question) && answer_keep(app, PROPOSE_TYPED);
}
