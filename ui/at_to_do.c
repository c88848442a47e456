/* SPDX-License-Identifier: MIT */
/*
 * What must still be done after decisions, what is overdue first; and saying that it was done.
 * Nothing is ticked off: what was done is said in words, signed and logged.
 */
#include <stdio.h>
#include <string.h>

#include "ui/place.h"

/* A receipt that did not come is about no decision. */
static bool is_chase(const struct world_duty *row)
{
    return row->reference[0] == '\0';
}

enum effect_kind to_do_again(struct app *app)
{
    const struct to_do_window *window = &app->to_do;
    bool from_start = window->reference[0] == '\0';
    app->wish.after_reference = from_start ? NULL : window->reference;
    app->wish.after_duty = from_start ? NULL : window->duty;
    app->wish.backwards = window->backwards;
    app->wish.limit = app->rows > 20 ? (size_t)(app->rows - 10) / 2 : 5;
    return EFFECT_DUTIES;
}

static enum effect_kind ask(struct app *app, const struct world_duty *after, bool backwards)
{
    struct to_do_window *window = &app->to_do;
    *window = (struct to_do_window){.backwards = backwards};
    if (after != NULL && !is_chase(after)) {
        snprintf(window->reference, sizeof window->reference, "%s", after->reference);
        snprintf(window->duty, sizeof window->duty, "%s", after->duty.id);
    }
    return to_do_again(app);
}

enum effect_kind to_do_open(struct app *app)
{
    return ask(app, NULL, false);
}

static const char *due_words(struct page *page, const struct world_duty *row)
{
    char when[MOMENT_WORDS_SIZE];
    if (row->duty.due.us == 0)
        return "No set time";
    moment_words(row->duty.due, when);
    return page_format(page, "%s%s",
                       row->duty.kind == DUTY_AMEND ? "Returned on "
                       : row->overdue               ? "OVERDUE since "
                                                    : "By ",
                       when);
}

void at_to_do_view(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    page_add(page, BLOCK_HEADING, "What is still to be done");
    if (world->duty_count == 0)
        page_add(page, BLOCK_TEXT, "Nothing is left to be done.");
    for (size_t n = 0; n < world->duty_count; n++) {
        const struct world_duty *row = &world->duty[n];
        struct column column = {.text = row->duty.text};
        struct block *block = page_row(page, ID_ROW + (int)n, &column, 1);
        block->detail = is_chase(row) ? page_format(page, "%s; bundle %s", due_words(page, row),
                                                    row->duty.id)
                                      : page_format(page, "%s; %s, %s", due_words(page, row),
                                                    row->reference, row->subject);
    }
    if (world->more_duties_after)
        page_action(page, ID_LATER, "Next page");
    if (world->more_duties_before)
        page_action(page, ID_EARLIER, "Page before");
    page_action(page, ID_BACK, "Go back");
}

enum effect_kind at_to_do_turn(struct app *app, int direction)
{
    const struct world *world = &app->world;
    bool more = direction < 0 ? world->more_duties_before : world->more_duties_after;
    if (!more || world->duty_count == 0) {
        app->focus = direction < 0 || world->duty_count == 0
                         ? ID_ROW
                         : ID_ROW + (int)world->duty_count - 1;
        return EFFECT_NONE;
    }
    app->focus = 0;
    if (direction == 2 || direction == -2)
        return ask(app, NULL, direction > 0);
    return ask(app, &world->duty[direction < 0 ? 0 : world->duty_count - 1], direction < 0);
}

enum effect_kind at_to_do_choose(struct app *app, int id)
{
    if (id == ID_LATER || id == ID_EARLIER)
        return at_to_do_turn(app, id == ID_LATER ? 1 : -1);
    if (id == ID_BACK)
        return place_back(app);
    app->duty = id - ID_ROW;
    edit_set(&app->form[FORM_DONE], "");
    place_go(app, AT_DONE);
    return EFFECT_NONE;
}

/* --- It was done -----------------------------------------------------------------------------
 */

static void view_said(const struct app *app, struct page *page)
{
    page_field(page, ID_FORM + FORM_DONE, "What was done, when and by whom",
               &app->form[FORM_DONE])
        ->spaced = true;
    page_add(page, BLOCK_HINT, "Tab leaves the field.");
    page_action(page, ID_DONE, "Sign that it is done")->spaced = true;
}

static void view_chase(const struct app *app, const struct world_duty *row, struct page *page)
{
    page_add(page, BLOCK_HEADING, row->duty.text);
    page_addf(page, BLOCK_HINT, "%s. Bundle %s.", due_words(page, row), row->duty.id);
    page_add(page, BLOCK_TEXT,
             "Ask the receiver whether it arrived, and send it again if it did not. What was "
             "sent counts as accepted only once its receipt has been taken in.");
    page_action(page, ID_UPLOAD, "Send it again, or fetch its receipt")->spaced = true;
    view_said(app, page);
    page_action(page, ID_BACK, "Leave it for later");
}

void at_done_view(const struct app *app, struct page *page)
{
    const struct world_duty *row = &app->world.duty[app->duty];
    if (is_chase(row)) {
        view_chase(app, row, page);
        return;
    }
    page->place = row->reference;
    page_add(page, BLOCK_HEADING, row->duty.text);
    page_addf(page, BLOCK_HINT, "%s. About %s%s%s.", due_words(page, row), row->subject,
              row->recipient[0] != '\0' ? "; to " : "", row->recipient);
    if (row->duty.kind == DUTY_AMEND) {
        page_add(page, BLOCK_TEXT, "It is done once its author amends the record.");
    } else {
        view_said(app, page);
    }
    page_action(page, ID_READ_RECORD, "Read the record");
    page_action(page, ID_BACK, "Leave it for later");
}

static enum effect_kind follow_up(struct app *app)
{
    const struct world_duty *row = &app->world.duty[app->duty];
    struct follow_up *follow_up = &app->wish.follow_up;
    struct error error;
    *follow_up = (struct follow_up){.reference = row->reference,
                                    .duty = row->duty.id,
                                    .message = form_text(app, FORM_DONE)};
    if (form_empty(app, FORM_DONE))
        return place_refuse(app, ID_FORM + FORM_DONE, "It does not say what was done.",
                            "Enter what was done.");
    if (follow_up_check(follow_up, &error) != STATUS_OK)
        return place_fail(app, &error, ID_FORM + FORM_DONE);
    return EFFECT_FOLLOW_UP;
}

enum effect_kind at_done_choose(struct app *app, int id)
{
    if (id == ID_DONE)
        return follow_up(app);
    if (id == ID_BACK)
        return place_back(app);
    if (id == ID_UPLOAD)
        return upload_open(app);
    snprintf(app->wish.reference, sizeof app->wish.reference, "%s",
             app->world.duty[app->duty].reference);
    return EFFECT_RECORD;
}
