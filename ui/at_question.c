/* SPDX-License-Identifier: MIT */
/*
 * A question of the pack, of any type, and the page that asks before an answer is changed that
 * others hang on. One question a page; nothing is chosen beforehand.
 */
#include <string.h>

#include "ui/place.h"

static bool is_many(const struct question *question)
{
    return question->type == QUESTION_CHOICES;
}

static void view_options(const struct app *app, struct page *page)
{
    const struct question *question = deciding_question(app);
    bits ticked = app->typed[app->question].ticked;
    for (size_t n = 0; n < question->option_count; n++) {
        const struct option *option = &question->option[n];
        if (!walk_offers(&app->walk, app->question, n))
            continue;
        page_choice(page, ID_OPTION + (int)n, is_many(question), (ticked & BIT(n)) != 0,
                    option->label, option->hint[0] != '\0' ? option->hint : NULL);
    }
    if (is_many(question))
        page_action(page, ID_CONTINUE, "Continue")->spaced = true;
}

static void view_fields(const struct app *app, struct page *page)
{
    const struct question *question = deciding_question(app);
    for (size_t n = 0; n < question_field_count(question->type); n++) {
        const char *label = question_field_label(question->type, n);
        bool day = question_field_is_date(question->type, n);
        if (label[0] == '\0')
            label = day ? "Day, month and year" : "Your answer";
        page_field(page, ID_FIELD + (int)n, label, &app->typed[app->question].field[n]);
        if (day)
            page_add(page, BLOCK_HINT, "For example, 27 3 2019");
    }
    words_signatory(app, page);
    page_action(page, ID_CONTINUE, "Continue")->spaced = true;
}

static const char *item_detail(struct page *page, const struct item *item)
{
    return page_format(page, "%s; %s%s%s", item->shared ? "to be shared" : "withheld",
                       item->requested ? "asked for" : "offered by us",
                       item->reason[0] != '\0' ? "; " : "", item->reason);
}

static void view_items(const struct app *app, struct page *page)
{
    const struct answer *answer = deciding_answer(app);
    bool unfinished = app->item.begun && app->item.index >= answer->item_count;
    for (size_t n = 0; n < answer->item_count; n++) {
        struct column column = {.text = answer->item[n].what};
        struct block *block = page_row(page, ID_ROW + (int)n, &column, 1);
        block->wraps = true;
        block->detail = item_detail(page, &answer->item[n]);
    }
    if (answer->item_count == 0)
        page_add(page, BLOCK_TEXT, "Nothing is listed yet.");
    page_action(page, ID_ADD_ITEM,
                unfinished                ? "Finish the item that you began"
                : answer->item_count == 0 ? "Add the first item"
                                          : "Add another item")
        ->spaced = true;
    if (answer->item_count > 0)
        page_action(page, ID_CONTINUE, "That is all: continue");
}

/* "Consent and capacity" and "Step 4 of 8". */
static void view_step(const struct app *app, struct page *page)
{
    const struct pack *pack = app->decision.pack;
    size_t step = deciding_question(app)->step;
    page->title = pack->step[step].title;
    page->place = page_format(page, "Step %zu of %zu", step + 1, pack->step_count);
}

void at_question_view(const struct app *app, struct page *page)
{
    const struct question *question = deciding_question(app);
    view_step(app, page);
    page_add(page, BLOCK_HEADING, question->ask);
    if (question->hint[0] != '\0')
        page_add(page, BLOCK_HINT, question->hint);
    switch (question->type) {
    case QUESTION_CHOICE:
    case QUESTION_CHOICES:
        view_options(app, page);
        break;
    case QUESTION_ITEMS:
        words_minimum(app, page);
        view_items(app, page);
        break;
    default:
        view_fields(app, page);
    }
    if (!question->required)
        page_action(page, ID_NOTHING_TO_SAY, "I have nothing to say to this");
    page_add(page, BLOCK_PROGRESS, words_so_far(app, page))->spaced = true;
}

/* Ticks or unticks; what is exclusive stands alone. */
static void tick(struct app *app, size_t option)
{
    const struct question *question = deciding_question(app);
    bits *ticked = &app->typed[app->question].ticked;
    bits alone = 0;
    if (question->none != NO_OPTION)
        alone |= BIT(question->none);
    if (question->unknown != NO_OPTION)
        alone |= BIT(question->unknown);
    *ticked ^= BIT(option);
    if ((*ticked & BIT(option)) != 0)
        *ticked &= (alone & BIT(option)) != 0 ? BIT(option) : ~alone;
}

enum effect_kind at_question_choose(struct app *app, int id)
{
    const struct question *question = deciding_question(app);
    if (id >= ID_ROW)
        return item_open(app, (size_t)(id - ID_ROW));
    if (id == ID_ADD_ITEM)
        return item_open(app, deciding_answer(app)->item_count);
    if (id == ID_NOTHING_TO_SAY)
        return answer_offer(app, PROPOSE_SKIP);
    if (id == ID_CONTINUE && question->type == QUESTION_ITEMS) {
        question_next(app);
        return EFFECT_NONE;
    }
    if (id == ID_CONTINUE)
        return answer_offer(app, PROPOSE_TYPED);
    if (is_many(question)) {
        tick(app, (size_t)(id - ID_OPTION));
        return EFFECT_NONE;
    }
    app->typed[app->question].ticked = BIT(id - ID_OPTION);
    return answer_offer(app, PROPOSE_TYPED);
}

/* To the question before, or back to where a change was asked for. */
enum effect_kind at_question_back(struct app *app)
{
    size_t before = question_before(app);
    if (place_before(app) == AT_HOME && before == WALK_NONE)
        return leave_home(app);
    if (place_before(app) == AT_CHECK || before == WALK_NONE)
        return place_back(app);
    question_open(app, before);
    return EFFECT_NONE;
}

/* --- Changing an answer that others hang on --------------------------------------------------
 */

static void view_voided(const struct app *app, struct page *page,
                        const struct walk_change *change)
{
    int nr = 0;
    page_add(page, BLOCK_TEXT,
             change->voided_count == 1
                 ? "One answer that you gave would no longer be asked for:"
                 : "These answers that you gave would no longer be asked for:");
    for (size_t n = 0; n < change->voided_count; n++) {
        size_t question = change->voided[n];
        struct block *block =
            page_paragraph(app, page, &nr, app->decision.pack->question[question].ask);
        block->detail = words_answer(app, page, question);
        block->spaced = false;
    }
}

void at_void_view(const struct app *app, struct page *page)
{
    struct walk_change change;
    answer_would_change(app, &change);
    page_add(page, BLOCK_HEADING, "Change this answer?");
    page_addf(page, BLOCK_HINT, "%s", deciding_question(app)->ask);
    view_voided(app, page, &change);
    page_add(page, BLOCK_TEXT,
             "They are put aside, come back if they are asked for again, and do not go into "
             "the record.");
    if (change.settled)
        page_addf(page, BLOCK_PROGRESS, "The recommendation would then be: %s.",
                  outcome_words(app->decision.pack->outcome[change.outcome].recommends));
    page_action(page, ID_KEEP, "Keep the answer as it was")->spaced = true;
    page_action(page, ID_CHANGE, "Change it");
    walk_change_release(&change);
}

enum effect_kind at_void_choose(struct app *app, int id)
{
    (void)!place_back(app);
    if (id == ID_CHANGE)
        return answer_give(app);
    if (app->proposal == PROPOSE_TYPED && deciding_question(app)->type == QUESTION_CHOICE) {
        app->typed[app->question].loaded = false;
        question_open(app, app->question);
    }
    return EFFECT_NONE;
}
