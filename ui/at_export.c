/* SPDX-License-Identifier: MIT */
/*
 * Writing to a file: a record, what a person may be shown of all that is kept about them, rows
 * for statistics. Each says what the file will hold, that it is not encrypted, and that the log
 * says who wrote it.
 */
#include <stdio.h>
#include <string.h>

#include "ui/place.h"

struct way {
    int id;
    const char *words;
};

static const struct writing_row {
    const char *heading, *hint, *file;
    enum effect_kind effect;
    struct way way[3];
} WRITINGS[] = {
    [WRITING_RECORD] =
        {"Where should the record be written?",
         "The file is not encrypted: anyone who can read it can read the record. "
         "That it was written goes into the log.",
         "discern-record.txt",
         EFFECT_EXPORT,
         {{ID_CONTINUE, "Write the whole record"},
          {ID_BRIEF, "Write a summary of one page"},
          {ID_JSON, "Write all entries about it as JSON, to be checked elsewhere"}}},
    [WRITING_ANSWER] =
        {"Where should the answer to this person be written?",
         "It holds what the person may be shown of every decision about them, and "
         "nothing that could lead to somebody else. The search and the file go "
         "into the log. The file is not encrypted: read it before you give it "
         "away.",
         "discern-answer.txt",
         EFFECT_ANSWER,
         {{ID_CONTINUE, "Write it to be printed"}, {ID_JSON, "Write it as JSON"}}},
    [WRITING_FIGURES] = {"Where should the rows for statistics be written?",
                         "One row a decision of this period, without names, references or "
                         "anything that was written by hand. That it was written goes into the "
                         "log.",
                         "discern-figures.csv",
                         EFFECT_STATISTICS,
                         {{ID_CONTINUE, "Write them as CSV, for a spreadsheet"},
                          {ID_JSON, "Write them as JSON"}}},
};

enum effect_kind export_open(struct app *app, enum writing writing)
{
    char name[REFERENCE_SIZE + 32];
    if (writing == WRITING_RECORD)
        snprintf(name, sizeof name, "discern-%s.txt", app->wish.reference);
    else
        snprintf(name, sizeof name, "%s", WRITINGS[writing].file);
    if (app->writing != writing || form_empty(app, FORM_PATH))
        edit_set(&app->form[FORM_PATH], name);
    app->writing = writing;
    place_go(app, AT_EXPORT);
    return EFFECT_NONE;
}

void at_export_view(const struct app *app, struct page *page)
{
    const struct writing_row *row = &WRITINGS[app->writing];
    page->place = app->writing == WRITING_RECORD ? app->wish.reference : "";
    page_add(page, BLOCK_HEADING, row->heading);
    page_add(page, BLOCK_HINT, row->hint);
    page_field(page, ID_FORM + FORM_PATH, "File", &app->form[FORM_PATH]);
    for (size_t n = 0; n < COUNT(row->way) && row->way[n].words != NULL; n++)
        page_action(page, row->way[n].id, row->way[n].words)->spaced = n == 0;
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
    app->wish.form = id == ID_BRIEF ? WRITE_BRIEF : id == ID_JSON ? WRITE_JSON : WRITE_WHOLE;
    return WRITINGS[app->writing].effect;
}

/* --- What became of it -----------------------------------------------------------------------
 */

void at_answered_view(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    int nr = 0;
    page_addf(page, BLOCK_HEADING, "Written to %s", form_text(app, FORM_PATH));
    page_add(page, BLOCK_HINT, "Read it before you give it away. It is not encrypted.");
    page_addf(page, BLOCK_TEXT, "%zu decision%s shown, %zu left out.", world->answer.shown,
              world->answer.shown == 1 ? " is" : "s are", world->answer.left_out);
    for (size_t n = 0; n < world->left_out_count; n++)
        page_paragraph(app, page, &nr, world->left_out[n])->spaced = n == 0;
    if (world->answer.items_left_out > 0)
        page_addf(page, BLOCK_TEXT, "%zu thing%s also about others left out.",
                  world->answer.items_left_out,
                  world->answer.items_left_out == 1 ? " that is" : "s that are");
    page_action(page, ID_BACK, "Go back")->spaced = true;
}

enum effect_kind at_answered_choose(struct app *app, int id)
{
    (void)id;
    return place_back(app);
}
