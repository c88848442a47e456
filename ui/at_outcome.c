/* SPDX-License-Identifier: MIT */
/*
 * The recommendation: what, why, on what grounds, what follows from it and what would have
 * changed it; then following it or departing from it with a reason. The human decides.
 */
#include <stdlib.h>
#include <string.h>

#include "ui/place.h"

static const struct outcome_rule *rule_of(const struct app *app)
{
    return &app->decision.pack->outcome[app->walk.outcome];
}

static void view_actions(const struct app *app, struct page *page)
{
    const char *words = outcome_words(rule_of(app)->recommends);
    size_t left = deciding_left(app);
    page_action(page, ID_FOLLOW, page_format(page, "Follow it: %s", words))->spaced = true;
    page_action(page, ID_DEPART, "Depart from it, with a reason");
    if (left > 0)
        page_action(page, ID_FINISH,
                    page_format(page, "Answer %s first (you can also do that after signing)",
                                left == 1 ? "the one question left"
                                          : page_format(page, "the %zu questions left", left)));
    page_action(page, ID_NEAR, "See what would change it");
    page_action(page, ID_CHECK, "Check or change your answers");
}

void at_outcome_view(const struct app *app, struct page *page)
{
    const struct outcome_rule *rule = rule_of(app);
    int nr = 0;
    page->place = app->decision.reference;
    page_addf(page, BLOCK_HEADING, "Recommendation: %s", outcome_words(rule->recommends));
    struct block *because = page_paragraph(app, page, &nr, rule->because);
    because->spaced = false;
    if (rule->cite.count > 0)
        because->detail = words_citations(page, app->decision.pack, &rule->cite);
    if (rule->countersign)
        page_add(page, BLOCK_WARNING, "A guardian must countersign this decision.");
    words_musts(app, page, &nr, rule);
    words_trail(app, page, &nr);
    words_findings(app, page, &nr);
    page_add(page, BLOCK_TEXT, "Discern advises. You decide, and you sign.")->spaced = true;
    view_actions(app, page);
}

static enum effect_kind follow(struct app *app)
{
    app->decision.stance = STANCE_FOLLOW;
    free(app->decision.departure);
    app->decision.departure = NULL;
    justify_open(app);
    return EFFECT_SAVE;
}

enum effect_kind at_outcome_choose(struct app *app, int id)
{
    switch (id) {
    case ID_FOLLOW:
        return follow(app);
    case ID_FINISH:
        app->finishing = true;
        question_next(app);
        return EFFECT_NONE;
    case ID_CHECK:
        if (place_before(app) == AT_CHECK)
            return place_back(app);
        place_go(app, AT_CHECK);
        return EFFECT_NONE;
    default:
        place_go(app, id == ID_DEPART ? AT_DEPART : AT_NEAR);
        return EFFECT_NONE;
    }
}

enum effect_kind at_outcome_back(struct app *app)
{
    return at_check_back(app);
}

/* --- What would change it
 * --------------------------------------------------------------------- */

void at_near_view(const struct app *app, struct page *page)
{
    const struct pack *pack = app->decision.pack;
    struct near_miss *list = NULL;
    size_t count = walk_near_misses(&app->walk, &app->decision.answers, &list);
    int nr = 0;
    page_add(page, BLOCK_HEADING, "What would change the recommendation");
    page_add(page, BLOCK_HINT,
             count > 0 ? "Each of these single answers would lead to another one."
                       : "No single other answer would lead to another one.");
    for (size_t n = 0; n < count; n++) {
        const struct question *question = &pack->question[list[n].question];
        const char *words = outcome_words(pack->outcome[list[n].outcome].recommends);
        struct block *block = page_paragraph(app, page, &nr, question->ask);
        block->detail =
            page_format(page, "%s: %s", question->option[list[n].option].label, words);
    }
    free(list);
    page_action(page, ID_BACK, "Go back")->spaced = true;
}

enum effect_kind at_near_choose(struct app *app, int id)
{
    (void)id;
    return place_back(app);
}

/* --- Departing
 * -------------------------------------------------------------------------------- */

void at_depart_view(const struct app *app, struct page *page)
{
    page_addf(page, BLOCK_HEADING, "What do you decide instead of: %s?",
              outcome_words(rule_of(app)->recommends));
    for (int n = 0; n < OUTCOME_COUNT; n++)
        if (n != (int)rule_of(app)->recommends)
            page_choice(page, ID_OPTION + n, false, app->has_decided && (int)app->decided == n,
                        words_title(outcome_words((enum outcome)n), page), NULL);
    page_field(page, ID_FORM + FORM_DEPARTURE, "Why you depart from the recommendation",
               &app->form[FORM_DEPARTURE])
        ->spaced = true;
    page_add(page, BLOCK_HINT, "Your reviewer reads this first. Tab leaves the field.");
    page_action(page, ID_CONTINUE, "Continue")->spaced = true;
}

/* Whether it says what and why; if so the decision takes it over. */
bool at_depart_keep(struct app *app)
{
    struct decision *decision = &app->decision;
    if (!app->has_decided || app->decided == rule_of(app)->recommends ||
        form_empty(app, FORM_DEPARTURE))
        return false;
    if (decision->stance == STANCE_DEPART && decision->decided == app->decided &&
        strcmp(decision->departure, form_text(app, FORM_DEPARTURE)) == 0)
        return false;
    decision->stance = STANCE_DEPART;
    decision->decided = app->decided;
    free(decision->departure);
    decision->departure = xstrdup(form_text(app, FORM_DEPARTURE));
    return true;
}

enum effect_kind at_depart_choose(struct app *app, int id)
{
    if (id >= ID_OPTION && id < ID_OPTION + OUTCOME_COUNT) {
        app->decided = (enum outcome)(id - ID_OPTION);
        app->has_decided = true;
        app->focus = ID_FORM + FORM_DEPARTURE;
        return EFFECT_NONE;
    }
    if (!app->has_decided || app->decided == rule_of(app)->recommends)
        return place_refuse(app, ID_OPTION, "It does not say what you decide instead.",
                            "Choose one.");
    if (form_empty(app, FORM_DEPARTURE))
        return place_refuse(app, ID_FORM + FORM_DEPARTURE, "The reason is missing.",
                            "Enter why you depart from the recommendation.");
    at_depart_keep(app);
    justify_open(app);
    return EFFECT_SAVE;
}
