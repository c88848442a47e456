/* SPDX-License-Identifier: MIT */
/*
 * The justification in words, signing, and what to do once it is signed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/place.h"

static char *written_from_answers(const struct app *app)
{
    struct buf out = {0};
    struct decision plain = app->decision;
    plain.justification = NULL;
    record_justify(&plain, &app->walk, &out);
    return buf_take(&out);
}

void justify_open(struct app *app)
{
    char *text = written_from_answers(app);
    const char *own = app->decision.justification;
    place_go(app, AT_JUSTIFY);
    edit_set(&app->form[FORM_JUSTIFICATION], own != NULL ? own : text);
    app->form[FORM_JUSTIFICATION].caret = 0; /* it is read before it is changed */
    free(text);
}

void at_justify_view(const struct app *app, struct page *page)
{
    page->place = app->decision.reference;
    page_add(page, BLOCK_HEADING, "Why you decided this");
    page_add(page, BLOCK_HINT,
             app->decision.justification != NULL
                 ? "You changed this by hand: check that it still fits your answers."
                 : "Written from your answers. Change it so that it is your own.");
    page_field(page, ID_FORM + FORM_JUSTIFICATION, "Justification",
               &app->form[FORM_JUSTIFICATION]);
    page_add(page, BLOCK_HINT, "Tab leaves the field.");
    page_action(page, ID_CONTINUE, "Continue")->spaced = true;
}

/* Only what was changed by hand is kept: the rest follows the answers. */
bool at_justify_keep(struct app *app)
{
    const char *text = form_text(app, FORM_JUSTIFICATION);
    char *written = written_from_answers(app);
    bool own = strcmp(text, written) != 0 && !form_empty(app, FORM_JUSTIFICATION);
    const char *before = app->decision.justification;
    bool changed = own ? before == NULL || strcmp(before, text) != 0 : before != NULL;
    free(written);
    if (!changed)
        return false;
    free(app->decision.justification);
    app->decision.justification = own ? xstrdup(text) : NULL;
    return true;
}

enum effect_kind at_justify_choose(struct app *app, int id)
{
    (void)id;
    bool changed = at_justify_keep(app);
    place_go(app, AT_SIGN);
    return place_after(app, changed, EFFECT_NONE);
}

/* --- Signing ---------------------------------------------------------------------------------
 */

void at_sign_view(const struct app *app, struct page *page)
{
    const struct decision *decision = &app->decision;
    enum outcome outcome = decision_outcome(decision, &app->walk);
    page->place = decision->reference;
    page_addf(page, BLOCK_HEADING, "Sign: %s", outcome_words(outcome));
    if (decision->stance == STANCE_DEPART)
        page_addf(page, BLOCK_TEXT, "This departs from the recommendation, which was: %s.",
                  outcome_words(decision->pack->outcome[app->walk.outcome].recommends));
    page_addf(page, BLOCK_TEXT,
              "By signing, %s, you say that these are your answers and that this is your own "
              "decision. The record cannot be changed afterwards; it can be amended, and it "
              "will be reviewed by someone else.",
              app->world.me.full != NULL ? app->world.me.full : "");
    if (deciding_left(app) > 0)
        page_add(page, BLOCK_TEXT,
                 "Some questions are left for later. The record says so; finish it when there "
                 "is time.");
    page_action(page, ID_SIGN, "Sign this decision")->spaced = true;
    page_action(page, ID_BACK, "Go back");
}

enum effect_kind at_sign_choose(struct app *app, int id)
{
    struct error error;
    if (id != ID_SIGN)
        return place_back(app);
    if (decision_complete(&app->decision, &app->walk, &error) != STATUS_OK)
        return place_fail(app, &error, 0);
    return EFFECT_SIGN;
}

/* --- Signed ----------------------------------------------------------------------------------
 */

void at_signed_view(const struct app *app, struct page *page)
{
    const struct decision *decision = &app->decision;
    int nr = 0;
    page->place = decision->reference;
    page_addf(page, BLOCK_HEADING, "Signed: %s",
              outcome_words(decision_outcome(decision, &app->walk)));
    page_addf(page, BLOCK_TEXT, "The reference is %s. The record is in the log.",
              decision->reference);
    words_musts(app, page, &nr, decision_rule(decision, &app->walk));
    page_action(page, ID_READ_RECORD, "Read the record")->spaced = true;
    if (!app->world.practice)
        page_action(page, ID_EXPORT, "Write it to a file, to print or send");
    if (deciding_left(app) > 0)
        page_action(page, ID_AMEND, "Answer the questions left for later");
    page_action(page, ID_BESIDE, "Decide the same for another person or recipient");
    page_action(page, ID_HOME, "Go to the start page");
}

enum effect_kind at_signed_choose(struct app *app, int id)
{
    memcpy(app->wish.reference, app->decision.reference, sizeof app->wish.reference);
    switch (id) {
    case ID_READ_RECORD:
        return EFFECT_RECORD;
    case ID_EXPORT:
        return export_open(app, WRITING_RECORD);
    case ID_AMEND:
        return EFFECT_AMEND;
    case ID_BESIDE:
        place_go(app, AT_BESIDE);
        return EFFECT_NONE;
    default:
        return place_home(app);
    }
}

enum effect_kind at_signed_back(struct app *app)
{
    return place_home(app);
}

/* --- Amending --------------------------------------------------------------------------------
 */

void at_amend_view(const struct app *app, struct page *page)
{
    page->place = app->decision.reference;
    page_addf(page, BLOCK_HEADING, "Why do you amend %s?",
              app->decision.amends != NULL ? app->decision.amends : "this record");
    page_add(page, BLOCK_HINT,
             "For example: the questions left for later are answered now. An earlier agreement "
             "no longer counts once you sign.");
    if (app->decision.amends != NULL &&
        strcmp(app->decision.amends, app->world.record.reference) == 0)
        words_returned(app, page, "");
    page_field(page, ID_FORM + FORM_AMENDMENT, "Reason", &app->form[FORM_AMENDMENT]);
    page_add(page, BLOCK_HINT, "Tab leaves the field.");
    page_action(page, ID_CONTINUE, "Continue")->spaced = true;
}

bool at_amend_keep(struct app *app)
{
    const char *text = form_text(app, FORM_AMENDMENT);
    const char *before = app->decision.amendment;
    if (form_empty(app, FORM_AMENDMENT) || (before != NULL && strcmp(before, text) == 0))
        return false;
    free(app->decision.amendment);
    app->decision.amendment = xstrdup(text);
    return true;
}

enum effect_kind at_amend_choose(struct app *app, int id)
{
    (void)id;
    if (form_empty(app, FORM_AMENDMENT))
        return place_refuse(app, ID_FORM + FORM_AMENDMENT, "The reason is missing.",
                            "Enter why you amend the record.");
    bool changed = at_amend_keep(app);
    app->finishing = true;
    question_next(app);
    return place_after(app, changed, EFFECT_NONE);
}
