/* SPDX-License-Identifier: MIT */
/*
 * How a record came about, and reviewing it: what was asked, how long each answer took, what
 * was changed before signing, where it departs, and on what it rests. Reviewers write comments
 * only; the author amends.
 */
#include <stdio.h>
#include <string.h>

#include "ui/place.h"

const char *review_refused(const struct app *app)
{
    enum state state = app->world.record.state;
    if (app->world.mine)
        return "You made this decision, so somebody else must review it.";
    if (app->world.me.role == ROLE_PRACTITIONER)
        return "Supervisors and guardians review decisions.";
    if (state == STATE_COUNTERSIGN && app->world.me.role != ROLE_GUARDIAN)
        return "It was agreed and now waits for a guardian to countersign it.";
    if (state == STATE_WAITING && app->world.me.role == ROLE_GUARDIAN &&
        app->world.record.summary.countersign)
        return "A supervisor reviews it first; then it waits for you to countersign it.";
    if (state == STATE_WAITING || state == STATE_COUNTERSIGN)
        return NULL;
    return "It does not wait for a review.";
}

/* --- How it was decided ----------------------------------------------------------------------
 */

static const char *time_words(struct page *page, long long seconds)
{
    if (seconds < 60)
        return page_format(page, "%lld second%s", seconds, seconds == 1 ? "" : "s");
    return page_format(page, "%lld minute%s", (seconds + 30) / 60, seconds < 90 ? "" : "s");
}

static void view_step(const struct app *app, struct page *page, int *nr,
                      const struct world_step *step)
{
    struct block *block = page_paragraph(app, page, nr, step->ask);
    const char *text =
        page_format(page, "%s (%s", step->words, time_words(page, step->seconds));
    if (step->changes > 0)
        text = page_format(page, "%s; CHANGED %lld time%s before signing", text, step->changes,
                           step->changes == 1 ? "" : "s");
    block->detail = page_format(page, "%s)", text);
    block->spaced = false;
}

static void view_stance(const struct app *app, struct page *page)
{
    const struct summary *summary = &app->world.record.summary;
    if (summary->departed)
        page_addf(page, BLOCK_WARNING, "It departs from the recommendation, %s: %s",
                  outcome_words(summary->recommended), app->world.departure);
    else
        page_add(page, BLOCK_TEXT, "It follows the recommendation.");
}

static void view_sources(const struct app *app, struct page *page, int *nr)
{
    const struct world *world = &app->world;
    if (world->source_count > 0)
        page_add(page, BLOCK_TEXT, "What it rests on:")->spaced = true;
    for (size_t n = 0; n < world->source_count; n++) {
        struct block *block = page_paragraph(app, page, nr, world->source[n].says);
        block->detail = world->source[n].source[0] != '\0' ? world->source[n].source : NULL;
        block->spaced = false;
    }
}

void at_path_view(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    long long seconds = 0;
    int nr = 0;
    page->place = world->record.summary.reference;
    for (size_t n = 0; n < world->step_count; n++)
        seconds += world->step[n].seconds;
    page_addf(page, BLOCK_HEADING, "How it was decided: %s",
              outcome_words(world->record.summary.decided));
    page_addf(page, BLOCK_HINT, "%zu answers in %s.", world->step_count,
              time_words(page, seconds));
    view_stance(app, page);
    for (size_t n = 0; n < world->step_count; n++)
        view_step(app, page, &nr, &world->step[n]);
    view_sources(app, page, &nr);
    if (app->world.register_name == NULL && review_refused(app) == NULL)
        page_action(page, ID_REVIEW, "Review this decision")->spaced = true;
    page_action(page, ID_BACK, "Go back to the record");
}

enum effect_kind at_path_choose(struct app *app, int id)
{
    if (id != ID_REVIEW)
        return place_back(app);
    place_go(app, AT_REVIEW);
    return EFFECT_NONE;
}

/* --- Reviewing it ----------------------------------------------------------------------------
 */

static void view_reasons(const struct app *app, struct page *page)
{
    page_add(page, BLOCK_TEXT, "Why?")->spaced = true;
    for (int n = REVIEW_NONE + 1; n < REVIEW_REASON_COUNT; n++)
        page_choice(page, ID_REASON + n, false, (int)app->reason == n,
                    review_reason_words((enum review_reason)n), NULL);
}

/* What a signature says of whoever gives it. */
static void view_meaning(const struct app *app, struct page *page)
{
    bool second = app->world.record.state == STATE_COUNTERSIGN;
    if (!app->has_verdict || app->verdict != VERDICT_AGREE)
        return;
    if (second)
        page_add(page, BLOCK_TEXT,
                 "A supervisor has agreed already. By countersigning as guardian you say that "
                 "you read the record, that this outcome is justified at the level of the "
                 "organisation, and that you answer for it with its author.");
    else
        page_addf(page, BLOCK_TEXT,
                  "By agreeing you say that you read the record and find the decision lawful, "
                  "necessary and proportionate.%s",
                  app->world.record.summary.countersign
                      ? " A guardian must countersign it after you."
                      : "");
}

void at_review_view(const struct app *app, struct page *page)
{
    static const char *const WORDS[VERDICT_COUNT] = {
        [VERDICT_AGREE] = "I agree with it",
        [VERDICT_RETURN] = "I return it to its author",
        [VERDICT_NOT_AGREED] = "I do not agree with it",
    };
    page->place = app->world.record.summary.reference;
    page_addf(page, BLOCK_HEADING, "Your review of the decision: %s",
              outcome_words(app->world.record.summary.decided));
    for (int n = 0; n < VERDICT_COUNT; n++)
        page_choice(page, ID_OPTION + n, false, app->has_verdict && (int)app->verdict == n,
                    WORDS[n], NULL);
    if (app->has_verdict && app->verdict != VERDICT_AGREE)
        view_reasons(app, page);
    view_meaning(app, page);
    page_field(page, ID_FORM + FORM_MESSAGE, "Message to its author", &app->form[FORM_MESSAGE])
        ->spaced = true;
    page_add(page, BLOCK_HINT, "Tab leaves the field.");
    page_action(page, ID_SIGN, "Sign this review")->spaced = true;
    page_action(page, ID_BACK, "Go back to the record");
}

static enum effect_kind sign_review(struct app *app)
{
    struct error error;
    struct review *review = &app->wish.review;
    if (!app->has_verdict)
        return place_refuse(app, ID_OPTION, "It does not say whether you agree.",
                            "Choose one.");
    *review = (struct review){
        .reference = app->world.record.summary.reference,
        .sequence = app->world.record.sequence,
        .verdict = app->verdict,
        .reason = app->verdict == VERDICT_AGREE ? REVIEW_NONE : app->reason,
        .message = form_text(app, FORM_MESSAGE),
    };
    if (review_check(review, &error) != STATUS_OK)
        return place_fail(app, &error, 0);
    return EFFECT_REVIEW;
}

enum effect_kind at_review_choose(struct app *app, int id)
{
    if (id == ID_BACK)
        return place_back(app);
    if (id == ID_SIGN)
        return sign_review(app);
    if (id >= ID_REASON) {
        app->reason = (enum review_reason)(id - ID_REASON);
        app->focus = ID_FORM + FORM_MESSAGE;
        return EFFECT_NONE;
    }
    app->verdict = (enum verdict)(id - ID_OPTION);
    app->has_verdict = true;
    app->focus = app->verdict == VERDICT_AGREE ? ID_SIGN : ID_REASON + REVIEW_NONE + 1;
    return EFFECT_NONE;
}
