/* SPDX-License-Identifier: MIT */
/*
 * What is said of an incident: that there is one, who was told, why nobody is, what is new,
 * what was learned. One form for all, by a table; what must be said, and by whom, is for the
 * record room and the database to say.
 */
#include <stdio.h>
#include <string.h>

#include "ui/place.h"

/* Beside the time limits: told of it, though no clock asks for it. */
static const struct {
    const char *id, *words;
} OTHERS[] = {{"person", "The person whom the information is about"},
              {"other", "Somebody else"}};

/* A label that is NULL: that field is not asked for. */
static const struct form_of_act {
    const char *heading, *hint, *whom, *who, *moment, *message, *kinds, *people, *action;
} FORMS[INCIDENT_ACT_COUNT] = {
    [INCIDENT_REPORT] =
        {"What went wrong with this information?",
         "Time counts from when the first person knew, even if that was not you.", NULL,
         "Who knew first", "When they knew: day and time", "What happened",
         "What kinds of data", "How many people, as far as you know", "Report this breach"},
    [INCIDENT_UPDATE] = {"What is new?", "Leave empty what has not changed.", NULL,
                         "Who knew earlier than was thought", "When they knew: day and time",
                         "What is new", "What kinds of data after all",
                         "How many people after all", "Sign what is new"},
    [INCIDENT_TOLD] = {"Who was told?", NULL, "For which time limit?", "Who was told",
                       "When they were told: day and time", "What they were told, and how",
                       NULL, NULL, "Sign who was told"},
    [INCIDENT_NOT_NOTIFY] = {"Why is nobody told?",
                             "The reasons stay with the incident: they may be asked for.",
                             "For which time limit?", NULL, NULL, "The reasons", NULL, NULL,
                             "Sign that nobody is told"},
    [INCIDENT_CLOSE] = {"What was learned?", "A closed incident stays as it is.", NULL, NULL,
                        NULL, "What was learned, and what is done differently now", NULL, NULL,
                        "Close the incident"},
};

enum effect_kind note_begin(struct app *app, enum incident_act act)
{
    long long incident = act == INCIDENT_REPORT ? 0 : app->world.breach.number;
    const char *reference =
        act == INCIDENT_REPORT ? app->world.record.reference : app->world.breach.reference;
    bool same = app->note.act == act && app->note.incident == incident &&
                strcmp(app->note_reference, reference) == 0;
    app->note.act = act;
    app->note.incident = incident;
    snprintf(app->note_reference, sizeof app->note_reference, "%s", reference);
    if (!same)
        note_clear(app);
    place_go(app, AT_INCIDENT_NOTE);
    return EFFECT_NONE;
}

void note_clear(struct app *app)
{
    app->note_clock[0] = '\0';
    for (int form = FORM_WHO; form <= FORM_HAPPENED; form++)
        edit_set(&app->form[form], "");
}

/* --- Whom it is about ------------------------------------------------------------------------
 */

static const char *clock_id(const struct app *app, size_t n)
{
    const struct incident *incident = &app->world.breach;
    return n < incident->limit_count ? incident->limit[n].clock.id
                                     : OTHERS[n - incident->limit_count].id;
}

static void view_whom(const struct app *app, struct page *page, const char *ask)
{
    const struct incident *incident = &app->world.breach;
    page_add(page, BLOCK_TEXT, ask);
    for (size_t n = 0; n < incident->limit_count + COUNT(OTHERS); n++) {
        const char *words = n < incident->limit_count ? incident->limit[n].clock.title
                                                      : OTHERS[n - incident->limit_count].words;
        bool chosen = strcmp(app->note_clock, clock_id(app, n)) == 0;
        page_choice(page, ID_OPTION + (int)n, false, chosen, words, NULL);
    }
}

/* --- The page --------------------------------------------------------------------------------
 */

static void view_field(const struct app *app, struct page *page, enum form form,
                       const char *label)
{
    if (label != NULL)
        page_field(page, ID_FORM + (int)form, label, &app->form[form]);
}

void at_incident_note_view(const struct app *app, struct page *page)
{
    const struct form_of_act *form = &FORMS[app->note.act];
    page->place = app->note_reference;
    page_add(page, BLOCK_HEADING, form->heading);
    if (form->hint != NULL)
        page_add(page, BLOCK_HINT, form->hint);
    if (form->whom != NULL)
        view_whom(app, page, form->whom);
    view_field(app, page, FORM_MOMENT, form->moment);
    if (form->moment != NULL)
        page_add(page, BLOCK_HINT, "For example, 27 3 2026 14:30.");
    view_field(app, page, FORM_WHO, form->who);
    view_field(app, page, FORM_KINDS, form->kinds);
    view_field(app, page, FORM_PEOPLE, form->people);
    view_field(app, page, FORM_HAPPENED, form->message);
    page_add(page, BLOCK_HINT, "Tab leaves the field.");
    page_action(page, ID_SIGN, form->action)->spaced = true;
    page_action(page, ID_BACK, "Go back");
}

/* Where what is wrong can be put right. */
int note_focus(const char *field)
{
    static const struct {
        const char *field;
        int id;
    } FIELDS[] = {{"aware", ID_FORM + FORM_MOMENT},
                  {"when", ID_FORM + FORM_MOMENT},
                  {"who", ID_FORM + FORM_WHO},
                  {"message", ID_FORM + FORM_HAPPENED},
                  {"clock", ID_OPTION},
                  {"clocks", ID_SIGN}};
    for (size_t n = 0; n < COUNT(FIELDS); n++)
        if (strcmp(FIELDS[n].field, field) == 0)
            return FIELDS[n].id;
    return 0;
}

static enum effect_kind sign_note(struct app *app)
{
    struct incident_note *note = &app->wish.note;
    *note = app->note;
    note->reference = app->note_reference;
    note->clock = app->note_clock;
    note->message = form_text(app, FORM_HAPPENED);
    note->who = form_text(app, FORM_WHO);
    note->kinds = form_text(app, FORM_KINDS);
    note->people = form_text(app, FORM_PEOPLE);
    app->wish.moment = form_text(app, FORM_MOMENT);
    return EFFECT_NOTE;
}

enum effect_kind at_incident_note_choose(struct app *app, int id)
{
    if (id == ID_BACK)
        return place_back(app);
    if (id == ID_SIGN)
        return sign_note(app);
    snprintf(app->note_clock, sizeof app->note_clock, "%s",
             clock_id(app, (size_t)(id - ID_OPTION)));
    app->focus = ID_FORM + (FORMS[app->note.act].moment != NULL ? FORM_MOMENT : FORM_HAPPENED);
    return EFFECT_NONE;
}
