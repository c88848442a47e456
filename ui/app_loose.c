/* SPDX-License-Identifier: MIT */
/*
 * Loose ends: what was typed or ticked and is no answer yet. They go into the draft under the
 * id of their question and what they are, "subject/0" for a field, "items/why" for the item
 * that was begun, and come back from there. They are never made answers here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/place.h"

#define NAME_SIZE 256

struct loose_name {
    char text[NAME_SIZE];
};

static struct loose_name name_of(const struct app *app, size_t question, const char *what)
{
    struct loose_name name;
    snprintf(name.text, sizeof name.text, "%s/%s", app->decision.pack->question[question].id,
             what);
    return name;
}

static struct loose_name name_of_field(const struct app *app, size_t question, size_t field)
{
    return name_of(app, question, (const char[]){(char)('0' + field), '\0'});
}

static void note(struct app *app, size_t question, const char *what, const char *text)
{
    decision_add_loose(&app->decision, name_of(app, question, what).text, text);
}

static const char *noted(const struct app *app, size_t question, const char *what)
{
    return decision_loose(&app->decision, name_of(app, question, what).text);
}

/* Ticks as the ids of their options, which outlive a new version of the pack. */
static void note_ticks(struct app *app, size_t question, bits ticked)
{
    const struct question *asked = &app->decision.pack->question[question];
    struct buf ids = {0};
    for (size_t n = 0; n < asked->option_count; n++)
        if ((ticked & BIT(n)) != 0)
            buf_printf(&ids, " %s ", asked->option[n].id);
    note(app, question, "ticks", buf_text(&ids));
    buf_release(&ids);
}

static bits noted_ticks(const struct app *app, size_t question)
{
    const struct question *asked = &app->decision.pack->question[question];
    const char *ids = noted(app, question, "ticks");
    bits ticked = 0;
    for (size_t n = 0; n < asked->option_count && ids != NULL; n++) {
        char *id = xasprintf(" %s ", asked->option[n].id);
        ticked |= strstr(ids, id) != NULL ? BIT(n) : 0;
        free(id);
    }
    return ticked;
}

static void note_typed(struct app *app, size_t question)
{
    const struct typed *typed = &app->typed[question];
    enum question_type type = app->decision.pack->question[question].type;
    for (size_t n = 0; n < question_field_count(type); n++)
        decision_add_loose(&app->decision, name_of_field(app, question, n).text,
                           edit_text(&typed->field[n]));
    if (question_field_count(type) == 0)
        note_ticks(app, question, typed->ticked);
}

static void note_item(struct app *app)
{
    const struct item_form *item = &app->item;
    const char marks[] = {item->requested ? 'r' : ' ', item->offered ? 'o' : ' ',
                          item->shared ? 's' : ' ', item->withheld ? 'w' : ' ', '\0'};
    char index[24];
    snprintf(index, sizeof index, "%zu", item->index);
    note(app, item->question, "item", index);
    note(app, item->question, "what", form_text(app, FORM_WHAT));
    note(app, item->question, "why", form_text(app, FORM_WHY));
    note(app, item->question, "marks", marks);
    note_ticks(app, item->question, item->flags);
}

static bool departure_loose(const struct app *app)
{
    return app->decision.stance != STANCE_DEPART && !form_empty(app, FORM_DEPARTURE);
}

bool app_has_loose_text(const struct app *app)
{
    if (!app->deciding || app->was_signed)
        return false;
    for (size_t n = 0; n < app->decision.pack->question_count; n++)
        if (typed_loose(app, n))
            return true;
    return app->item.begun || departure_loose(app);
}

void app_note_loose(struct app *app)
{
    decision_drop_loose(&app->decision);
    for (size_t n = 0; n < app->decision.pack->question_count; n++)
        if (typed_loose(app, n))
            note_typed(app, n);
    if (app->item.begun)
        note_item(app);
    if (departure_loose(app))
        decision_add_loose(&app->decision, "departure", form_text(app, FORM_DEPARTURE));
}

static void recall_item(struct app *app, size_t question)
{
    const char *index = noted(app, question, "item"), *marks = noted(app, question, "marks");
    if (index == NULL || marks == NULL)
        return;
    app->item = (struct item_form){.question = question,
                                   .index = strtoul(index, NULL, 10),
                                   .begun = true,
                                   .requested = strchr(marks, 'r') != NULL,
                                   .offered = strchr(marks, 'o') != NULL,
                                   .shared = strchr(marks, 's') != NULL,
                                   .withheld = strchr(marks, 'w') != NULL,
                                   .flags = noted_ticks(app, question)};
    edit_set(&app->form[FORM_WHAT], noted(app, question, "what"));
    edit_set(&app->form[FORM_WHY], noted(app, question, "why"));
}

static void recall_typed(struct app *app, size_t question)
{
    struct typed *typed = &app->typed[question];
    enum question_type type = app->decision.pack->question[question].type;
    for (size_t n = 0; n < question_field_count(type); n++) {
        const char *text = decision_loose(&app->decision, name_of_field(app, question, n).text);
        typed->loaded = typed->loaded || text != NULL;
        if (text != NULL)
            edit_set(&typed->field[n], text);
    }
    if (question_field_count(type) == 0 && noted(app, question, "ticks") != NULL) {
        typed->loaded = true;
        typed->ticked = noted_ticks(app, question);
    }
}

void loose_recall(struct app *app)
{
    const char *departure = decision_loose(&app->decision, "departure");
    for (size_t n = 0; n < app->decision.pack->question_count; n++) {
        if (app->decision.pack->question[n].type == QUESTION_ITEMS)
            recall_item(app, n);
        else
            recall_typed(app, n);
    }
    if (departure != NULL)
        edit_set(&app->form[FORM_DEPARTURE], departure);
    decision_drop_loose(&app->decision);
}
