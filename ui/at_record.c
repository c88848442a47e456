/* SPDX-License-Identifier: MIT */
/*
 * A record as it reads on paper, writing it to a file, and reviewing it. What is shown was made
 * from the signed bytes alone.
 */
#include <stdio.h>
#include <string.h>

#include "ui/place.h"

static bool may_review(const struct app *app)
{
    enum state state = app->world.record.state;
    enum role role = app->world.me.role;
    if (app->world.mine || role == ROLE_PRACTITIONER)
        return false;
    return state == STATE_WAITING || (state == STATE_COUNTERSIGN && role == ROLE_GUARDIAN);
}

static void view_lines(const struct app *app, struct page *page)
{
    for (size_t n = 0; n < app->world.line_count; n++) {
        struct column column = {.text = app->world.line[n]};
        struct block *block =
            page_row(page, app->plain ? 0 : ID_PARAGRAPH + (int)n, &column, 1);
        block->wraps = true;
    }
}

void at_record_view(const struct app *app, struct page *page)
{
    const struct world_row *record = &app->world.record;
    page->place = record->summary.reference;
    page_addf(page, BLOCK_HINT, "%s.", state_words(record->state));
    view_lines(app, page);
    if (may_review(app))
        page_action(page, ID_REVIEW, "Review this decision")->spaced = true;
    else if (app->world.mine && app->world.me.role != ROLE_PRACTITIONER)
        page_add(page, BLOCK_TEXT, "You made this decision, so somebody else must review it.")
            ->spaced = true;
    if (!app->world.practice)
        page_action(page, ID_EXPORT, "Write it to a file, to print or send");
    if (app->world.mine)
        page_action(page, ID_AMEND,
                    record->summary.unfinished ? "Answer the questions left for later"
                                               : "Amend it");
    page_action(page, ID_BACK, "Go back");
}

enum effect_kind at_record_choose(struct app *app, int id)
{
    snprintf(app->wish.reference, sizeof app->wish.reference, "%s",
             app->world.record.summary.reference);
    switch (id) {
    case ID_REVIEW:
        place_go(app, AT_REVIEW);
        return EFFECT_NONE;
    case ID_EXPORT:
        return export_open(app);
    case ID_AMEND:
        return EFFECT_AMEND;
    default:
        return place_back(app);
    }
}

/* --- Writing it to a file --------------------------------------------------------------------
 */

enum effect_kind export_open(struct app *app)
{
    char name[REFERENCE_SIZE + 16];
    snprintf(name, sizeof name, "discern-%s.txt", app->wish.reference);
    if (form_empty(app, FORM_PATH))
        edit_set(&app->form[FORM_PATH], name);
    place_go(app, AT_EXPORT);
    return EFFECT_NONE;
}

void at_export_view(const struct app *app, struct page *page)
{
    page->place = app->wish.reference;
    page_add(page, BLOCK_HEADING, "Where should the record be written?");
    page_add(page, BLOCK_HINT,
             "The file is not encrypted: anyone who can read it can read the record. That it "
             "was written goes into the log.");
    page_field(page, ID_FORM + FORM_PATH, "File", &app->form[FORM_PATH]);
    page_action(page, ID_CONTINUE, "Write the whole record")->spaced = true;
    page_action(page, ID_BRIEF, "Write a summary of one page");
    page_action(page, ID_BACK, "Go back without writing it");
}

enum effect_kind at_export_choose(struct app *app, int id)
{
    if (id == ID_BACK)
        return place_back(app);
    if (form_empty(app, FORM_PATH))
        return place_refuse(app, ID_FORM + FORM_PATH, "The file has no name.",
                            "Enter a file name.");
    app->wish.path = form_text(app, FORM_PATH);
    app->wish.brief = id == ID_BRIEF;
    return EFFECT_EXPORT;
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

void at_review_view(const struct app *app, struct page *page)
{
    static const char *const WORDS[VERDICT_COUNT] = {
        [VERDICT_AGREE] = "I agree with it",
        [VERDICT_RETURN] = "I return it to its author",
        [VERDICT_NOT_AGREED] = "I do not agree with it",
    };
    page->place = app->world.record.summary.reference;
    page_addf(page, BLOCK_HEADING, "Your review of the decision to %s",
              outcome_words(app->world.record.summary.decided));
    for (int n = 0; n < VERDICT_COUNT; n++)
        page_choice(page, ID_OPTION + n, false, app->has_verdict && (int)app->verdict == n,
                    WORDS[n], NULL);
    if (app->has_verdict && app->verdict != VERDICT_AGREE)
        view_reasons(app, page);
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
