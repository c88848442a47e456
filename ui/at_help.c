/* SPDX-License-Identifier: MIT */
/*
 * Help for the page it was opened from: why something is asked, what the guidance says and
 * where it stands, and the keys. The keys come from the key table.
 */
#include "ui/place.h"

static void view_question(const struct app *app, struct page *page, int *nr)
{
    const struct pack *pack = app->decision.pack;
    const struct question *question = deciding_question(app);
    page_add(page, BLOCK_HEADING, question->ask);
    if (question->why[0] != '\0')
        page_paragraph(app, page, nr, page_format(page, "Why we ask: %s", question->why));
    for (size_t n = 0; n < question->help.count; n++)
        page_paragraph(app, page, nr, question->help.list[n]);
    for (size_t n = 0; n < question->cite.count; n++) {
        struct citations one = {&question->cite.list[n], 1};
        const struct source *source = &pack->source[question->cite.list[n].source];
        char checked[DATE_WORDS_SIZE];
        date_words(source->checked, checked);
        struct block *block = page_paragraph(
            app, page, nr,
            page_format(page, "Where it stands: %s", words_citations(page, pack, &one)));
        block->detail = page_format(page, "%s%s%s%s%s", source->at,
                                    source->checked != DATE_NONE ? ", checked " : "", checked,
                                    source->note[0] != '\0' ? ". " : "", source->note);
        if (source->review_by != DATE_NONE && moment_date(app->now) >= source->review_by)
            page_add(page, BLOCK_WARNING,
                     "This source has not been checked for longer than it should. Ask before "
                     "you rely on it.");
    }
}

void at_help_view(const struct app *app, struct page *page)
{
    enum place from = place_before(app);
    int nr = 0;
    if (app->deciding && (from == AT_QUESTION || from == AT_ITEM))
        view_question(app, page, &nr);
    else
        page_add(page, BLOCK_HEADING, "Keys");
    page_paragraph(app, page, &nr,
                   "Discern can also be used as numbered lines, for screen readers: start it "
                   "with --plain.");
    for (enum act act = ACT_NONE + 1; act < ACT_COUNT; act++) {
        if (act_keys(act)[0] == '\0' || act_help(act)[0] == '\0')
            continue;
        struct column column[] = {{.text = act_keys(act), .cells = 12},
                                  {.text = act_help(act)}};
        struct block *block = page_row(page, app->plain ? 0 : ID_PARAGRAPH + nr, column, 2);
        block->wraps = true;
        nr++;
    }
    page_action(page, ID_BACK, "Go back")->spaced = true;
}

enum effect_kind at_help_choose(struct app *app, int id)
{
    (void)id;
    return place_back(app);
}

/* --- So far ----------------------------------------------------------------------------------
 */

void at_so_far_view(const struct app *app, struct page *page)
{
    int nr = 0;
    page_add(page, BLOCK_HEADING, "What your answers establish so far");
    page_add(page, BLOCK_PROGRESS, words_so_far(app, page));
    words_findings(app, page, &nr);
    if (nr == 0)
        page_add(page, BLOCK_TEXT, "Nothing is established yet.");
    if (app->walk.outcome != WALK_NONE)
        words_trail(app, page, &nr);
    words_meetings(app, page, &nr);
    page_action(page, ID_BACK, "Go back")->spaced = true;
}

enum effect_kind at_so_far_choose(struct app *app, int id)
{
    (void)id;
    return place_back(app);
}
