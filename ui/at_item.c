/* SPDX-License-Identifier: MIT */
/*
 * One item that might be shared: what it is, whether it was asked for, whether it goes, why,
 * and what kind of thing it is. Left half-done it waits in the form until it is finished.
 */
#include <stdlib.h>
#include <string.h>

#include "ui/place.h"

static const struct answer *items_answer(const struct app *app)
{
    return deciding_answer(app);
}

static bool is_new(const struct app *app)
{
    return app->item.index >= items_answer(app)->item_count;
}

/* Whether the form says enough to be kept. */
static bool is_whole(const struct app *app)
{
    const struct item_form *item = &app->item;
    return !form_empty(app, FORM_WHAT) && (item->requested || item->offered) &&
           (item->shared || item->withheld) && !form_empty(app, FORM_WHY);
}

static void load(struct app *app, size_t index)
{
    const struct answer *answer = items_answer(app);
    const struct item *item = index < answer->item_count ? &answer->item[index] : NULL;
    app->item = (struct item_form){.index = index, .question = app->question};
    if (item != NULL) {
        app->item.requested = item->requested;
        app->item.offered = !item->requested;
        app->item.shared = item->shared;
        app->item.withheld = !item->shared;
        app->item.flags = item->flags;
    }
    edit_set(&app->form[FORM_WHAT], item != NULL ? item->what : "");
    edit_set(&app->form[FORM_WHY], item != NULL ? item->reason : "");
}

/* There is one form: what was begun in it is finished before it is used for another item. */
enum effect_kind item_open(struct app *app, size_t index)
{
    if (app->item.begun && app->item.question != app->question)
        return place_refuse(app, 0, "Another item was begun and is not finished.",
                            "Go back to the question where you began it.");
    place_go(app, AT_ITEM);
    if (app->item.begun && app->item.index != index)
        return place_refuse(app, 0, "This item was begun and is not finished.",
                            "Finish it or remove it, then choose the other one.");
    if (!app->item.begun)
        load(app, index);
    return EFFECT_NONE;
}

void at_item_view(const struct app *app, struct page *page)
{
    const struct question *question = deciding_question(app);
    const struct item_form *item = &app->item;
    page->place = page_format(page, "Item %zu", item->index + 1);
    page_field(page, ID_FORM + FORM_WHAT, "What it is", &app->form[FORM_WHAT]);
    page_add(page, BLOCK_TEXT, "Was it asked for?")->spaced = true;
    page_choice(page, ID_REQUESTED, false, item->requested, "Yes, it was asked for", NULL);
    page_choice(page, ID_OFFERED, false, item->offered, "No, we would offer it", NULL);
    page_add(page, BLOCK_TEXT, "Should it go?")->spaced = true;
    page_choice(page, ID_SHARED, false, item->shared, "Share it", NULL);
    page_choice(page, ID_WITHHELD, false, item->withheld, "Withhold it", NULL);
    page_field(page, ID_FORM + FORM_WHY, "Why it is shared or withheld", &app->form[FORM_WHY])
        ->spaced = true;
    if (question->option_count > 0)
        page_add(page, BLOCK_TEXT, "What kind of thing is it? Tick all that fit.")->spaced =
            true;
    for (size_t n = 0; n < question->option_count; n++)
        page_choice(page, ID_OPTION + (int)n, true, (item->flags & BIT(n)) != 0,
                    question->option[n].label,
                    question->option[n].hint[0] != '\0' ? question->option[n].hint : NULL);
    page_action(page, ID_CONTINUE, "Keep this item")->spaced = true;
    page_action(page, ID_REMOVE, is_new(app) ? "Forget this item" : "Remove this item");
}

/* The list as it would be: with the item of the form, or without it. */
struct item *items_proposed(const struct app *app, size_t *ret_count)
{
    const struct answer *answer = items_answer(app);
    struct item *list = xcalloc(answer->item_count + 1, sizeof *list);
    size_t count = answer->item_count;
    size_t index = app->item.index < count ? app->item.index : count;
    if (count > 0)
        memcpy(list, answer->item, count * sizeof *list);
    if (app->proposal == PROPOSE_REMOVAL) {
        if (index < count)
            memmove(&list[index], &list[index + 1], (count-- - index - 1) * sizeof *list);
        *ret_count = count;
        return list;
    }
    list[index] = (struct item){.what = app->form[FORM_WHAT].text.text,
                                .reason = app->form[FORM_WHY].text.text,
                                .requested = app->item.requested,
                                .shared = app->item.shared,
                                .flags = app->item.flags};
    *ret_count = index == count ? count + 1 : count;
    return list;
}

static enum effect_kind forget(struct app *app)
{
    bool kept = !is_new(app);
    app->item.begun = false;
    if (kept)
        return answer_offer(app, PROPOSE_REMOVAL);
    edit_set(&app->form[FORM_WHAT], "");
    edit_set(&app->form[FORM_WHY], "");
    return place_back(app);
}

static enum effect_kind keep_item(struct app *app)
{
    const struct item_form *item = &app->item;
    if (form_empty(app, FORM_WHAT))
        return place_refuse(app, ID_FORM + FORM_WHAT, "It does not say what the item is.",
                            "Enter what it is, for example \"school attendance, this term\".");
    if (!item->requested && !item->offered)
        return place_refuse(app, ID_REQUESTED, "It does not say whether it was asked for.",
                            "Choose one.");
    if (!item->shared && !item->withheld)
        return place_refuse(app, ID_SHARED, "It does not say whether the item should go.",
                            "Choose to share it or to withhold it.");
    if (form_empty(app, FORM_WHY))
        return place_refuse(app, ID_FORM + FORM_WHY,
                            item->shared ? "It does not say why the item is shared."
                                         : "It does not say why the item is withheld.",
                            "Write the reason in a few words.");
    return answer_offer(app, PROPOSE_ITEM);
}

enum effect_kind at_item_choose(struct app *app, int id)
{
    struct item_form *item = &app->item;
    if (id == ID_CONTINUE)
        return keep_item(app);
    if (id == ID_REMOVE)
        return forget(app);
    item->begun = true;
    if (id == ID_REQUESTED || id == ID_OFFERED) {
        item->requested = id == ID_REQUESTED;
        item->offered = id == ID_OFFERED;
        app->focus = ID_SHARED;
    } else if (id == ID_SHARED || id == ID_WITHHELD) {
        item->shared = id == ID_SHARED;
        item->withheld = id == ID_WITHHELD;
        app->focus = ID_FORM + FORM_WHY;
    } else {
        item->flags ^= BIT(id - ID_OPTION);
    }
    return EFFECT_NONE;
}

bool item_keep(struct app *app)
{
    return app->item.begun && is_whole(app) && answer_keep(app, PROPOSE_ITEM);
}
