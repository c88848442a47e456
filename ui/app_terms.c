/* SPDX-License-Identifier: MIT */
/*
 * What the agreement of a decision has to say on the pages of its questions. Only says it: it
 * holds nobody up.
 */
#include <string.h>

#include "ui/place.h"

const char *words_list(struct page *page, const struct paragraphs *list)
{
    const char *text = "";
    for (size_t n = 0; n < list->count; n++)
        text = page_format(page, "%s%s%s", text, n > 0 ? "; " : "", list->list[n]);
    return text;
}

const char *words_standing(struct page *page, const struct agreement *agreement, date day)
{
    struct buf words = {0};
    const char *text;
    agreement_standing(agreement, day, &words);
    text = page_format(page, "%s", buf_text(&words));
    buf_release(&words);
    return text;
}

/* Half a name says nothing yet: while the cursor is in the field that is being changed, nothing
 * is said of it. */
static bool is_being_typed(const struct app *app)
{
    const char *kept = deciding_answer(app)->field[0];
    const char *typed = edit_text(&app->typed[app->question].field[0]);
    bool here = app->focus == 0 || app->focus == ID_FIELD;
    return here && strcmp(typed, kept != NULL ? kept : "") != 0;
}

void words_signatory(const struct app *app, struct page *page)
{
    const struct agreement *terms = app->decision.terms;
    const struct question *question = deciding_question(app);
    const char *name = edit_text(&app->typed[app->question].field[0]);
    struct buf words = {0};
    if (terms == NULL || name[0] == '\0' || is_being_typed(app))
        return;
    if (question->keep != KEEP_REQUESTER && question->keep != KEEP_RECIPIENT)
        return;
    record_signatory(terms, name, app->decision.day, &words);
    page_addf(page, BLOCK_HINT, "%s.", buf_text(&words));
    buf_release(&words);
}

void words_minimum(const struct app *app, struct page *page)
{
    const struct decision *decision = &app->decision;
    const struct programme *programme = NULL;
    if (decision->terms != NULL && decision->programme != NULL)
        programme = agreement_programme(decision->terms, decision->programme);
    if (programme != NULL && programme->minimum.count > 0)
        page_addf(page, BLOCK_HINT, "The agreement names as the least: %s.",
                  words_list(page, &programme->minimum));
}

void words_meetings(const struct app *app, struct page *page, int *nr)
{
    struct meeting *meeting;
    size_t count;
    if (app->decision.terms == NULL)
        return;
    count = agreement_meetings(app->decision.terms, &app->walk, &app->decision.answers,
                               &page->arena, &meeting);
    if (count > 0)
        page_addf(page, BLOCK_TEXT, "How it meets %s:", app->decision.terms->title)->spaced =
            true;
    for (size_t n = 0; n < count; n++) {
        struct block *block = page_paragraph(
            app, page, nr,
            page_format(page, "%s%s",
                        meeting[n].met ? "" : "Not shown: ", meeting[n].article->title));
        block->detail = meeting[n].how;
        block->spaced = false;
    }
}
