/* SPDX-License-Identifier: MIT */
/* What amendments changed, each answer beside the one that it took the place of. */
#include "ui/place.h"

void at_changes_view(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    int nr = 0;
    page->place = world->record.reference;
    page_add(page, BLOCK_HEADING, "What was amended");
    for (size_t n = 0; n < world->change_count; n++) {
        const struct world_change *change = &world->change[n];
        if (change->heading != NULL)
            page_add(page, BLOCK_TEXT, change->heading)->spaced = true;
        page_paragraph(app, page, &nr, change->ask);
        page_paragraph(app, page, &nr, page_format(page, "Was: %s", change->before))->spaced =
            false;
        page_paragraph(app, page, &nr, page_format(page, "Now: %s", change->after))->spaced =
            false;
    }
    page_action(page, ID_BACK, "Go back to the record")->spaced = true;
}

enum effect_kind at_changes_choose(struct app *app, int id)
{
    (void)id;
    return place_back(app);
}
