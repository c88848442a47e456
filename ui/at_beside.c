/* SPDX-License-Identifier: MIT */
/*
 * A decision beside another: the same matter for another person or another recipient. Each has
 * a walk and a record of its own; what they have in common is carried over, to be checked.
 */
#include "ui/place.h"

void at_beside_view(const struct app *app, struct page *page)
{
    page->place = app->wish.reference;
    page_add(page, BLOCK_HEADING, "What is different this time?");
    page_add(
        page, BLOCK_HINT,
        "Your other answers are carried over. Check each before you sign: it is a decision "
        "of its own, listed beside the first.");
    page_action(page, ID_OPTION + BESIDE_PERSON, "The person whom the information is about");
    page_action(page, ID_OPTION + BESIDE_RECIPIENT, "Who would receive it");
    page_action(page, ID_BACK, "Go back")->spaced = true;
}

enum effect_kind at_beside_choose(struct app *app, int id)
{
    if (id == ID_BACK)
        return place_back(app);
    app->wish.beside = (enum beside)(id - ID_OPTION);
    return EFFECT_BESIDE;
}
