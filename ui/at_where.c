/* SPDX-License-Identifier: MIT */
/*
 * Where every decision is, in words, the newest first; and one of them: why it was refused, set
 * aside so that no bundle takes it, or put back. Nothing that is set aside is deleted.
 */
#include <stdio.h>
#include <string.h>

#include "ui/place.h"

static enum effect_kind ask(struct app *app, long long after, bool backwards)
{
    app->wish.sending.after = after;
    app->wish.sending.backwards = backwards;
    app->wish.limit = app->rows > 20 ? (size_t)(app->rows - 10) / 2 : 5;
    return EFFECT_WHERE;
}

enum effect_kind where_open(struct app *app)
{
    return ask(app, 0, false);
}

enum effect_kind where_again(struct app *app)
{
    return ask(app, app->wish.sending.after, app->wish.sending.backwards);
}

enum effect_kind where_come(struct app *app)
{
    if (app->place != AT_WHERE)
        place_go(app, AT_WHERE);
    if (app->focus >= ID_ROW + (int)app->world.sending.where_count)
        app->focus = 0;
    return EFFECT_NONE;
}

void at_where_view(const struct app *app, struct page *page)
{
    const struct sending *sending = &app->world.sending;
    bool everything = app->wish.sending.everything;
    page->place = words_accepted(&sending->counts, page);
    page_add(page, BLOCK_HEADING,
             everything ? "Where every decision is" : "What is not accepted yet");
    if (sending->where_count == 0)
        page_add(page, BLOCK_TEXT,
                 everything ? "There is no decision yet." : "Everything is accepted.");
    for (size_t n = 0; n < sending->where_count; n++) {
        const struct world_where *where = &sending->where[n];
        struct column columns[] = {{.text = where->reference, .cells = 12},
                                   {.text = where->subject}};
        struct block *block = page_row(page, ID_ROW + (int)n, columns, COUNT(columns));
        block->detail = where->reason[0] != '\0'
                            ? page_format(page, "%s. %s", where->stage, where->reason)
                            : where->stage;
    }
    if (sending->more_after)
        page_action(page, ID_LATER, "Next page");
    if (sending->more_before)
        page_action(page, ID_EARLIER, "Page before");
    page_action(page, ID_AGAIN,
                everything ? "Show only what is not accepted"
                           : "Show what is accepted as well");
    page_action(page, ID_BACK, "Go back");
}

enum effect_kind at_where_turn(struct app *app, int direction)
{
    const struct sending *sending = &app->world.sending;
    bool more = direction < 0 ? sending->more_before : sending->more_after;
    if (!more || sending->where_count == 0) {
        app->focus = direction < 0 || sending->where_count == 0
                         ? ID_ROW
                         : ID_ROW + (int)sending->where_count - 1;
        return EFFECT_NONE;
    }
    app->focus = 0;
    if (direction == 2 || direction == -2)
        return ask(app, 0, direction > 0);
    return ask(app, sending->where[direction < 0 ? 0 : sending->where_count - 1].sequence,
               direction < 0);
}

enum effect_kind at_where_choose(struct app *app, int id)
{
    switch (id) {
    case ID_LATER:
    case ID_EARLIER:
        return at_where_turn(app, id == ID_LATER ? 1 : -1);
    case ID_AGAIN:
        app->wish.sending.everything = !app->wish.sending.everything;
        return ask(app, 0, false);
    case ID_BACK:
        return place_back(app);
    default:
        app->chosen = (size_t)(id - ID_ROW);
        edit_set(&app->form[FORM_ASIDE], "");
        place_go(app, AT_ASIDE);
        return EFFECT_NONE;
    }
}

/* --- One of them ---------------------------------------------------------------------------
 */

static const struct world_where *chosen(const struct app *app)
{
    return &app->world.sending.where[app->chosen];
}

void at_aside_view(const struct app *app, struct page *page)
{
    const struct world_where *where = chosen(app);
    page->place = where->reference;
    page_add(page, BLOCK_HEADING, where->stage);
    if (where->reason[0] != '\0')
        page_add(page, BLOCK_TEXT, where->reason);
    if (where->aside || where->refused)
        page_action(page, ID_PUT_BACK, "Put it back: the next bundle takes it")->spaced = true;
    if (!where->aside && !where->accepted) {
        page_field(page, ID_FORM + FORM_ASIDE, "Why it is to stay here",
                   &app->form[FORM_ASIDE]);
        page_action(page, ID_ASIDE, "Set it aside: no bundle takes it until it is put back")
            ->spaced = true;
    }
    page_action(page, ID_READ_RECORD, "Read the record");
    page_action(page, ID_BACK, "Go back");
}

enum effect_kind at_aside_choose(struct app *app, int id)
{
    snprintf(app->wish.reference, sizeof app->wish.reference, "%s", chosen(app)->reference);
    if (id == ID_BACK)
        return place_back(app);
    if (id == ID_READ_RECORD)
        return EFFECT_RECORD;
    if (id == ID_ASIDE && form_empty(app, FORM_ASIDE))
        return place_refuse(app, ID_FORM + FORM_ASIDE, "It does not say why.",
                            "Enter why it is to stay here.");
    app->wish.sending.aside = id == ID_ASIDE;
    app->wish.sending.reason = form_text(app, FORM_ASIDE);
    return EFFECT_ASIDE;
}
