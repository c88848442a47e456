/* SPDX-License-Identifier: MIT */
/*
 * What a key means where the focus is, for every place alike. Places are only told that a block
 * was chosen, that Esc was pressed, or that a list is to be turned.
 */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/layout.h"
#include "ui/place.h"

static bool is_secret(int id)
{
    return id == ID_SECRET || id == ID_SECRET + 1;
}

static bool is_field(int id)
{
    return id >= ID_FORM && id < ID_REASON;
}

static void secret_add(struct app *app, int which, const char *text, size_t length)
{
    if (app->secret[which] == NULL)
        app->secret[which] = secret_new(sizeof *app->secret[which]);
    struct passphrase *secret = app->secret[which];
    for (size_t n = 0; n < length && secret->length < PASSPHRASE_MAX; n++)
        if ((unsigned char)text[n] >= ' ' && text[n] != 0x7f)
            secret->text[secret->length++] = text[n];
    secret->text[secret->length] = '\0';
}

static bool secret_act(struct app *app, int which, enum act act, const struct press *press)
{
    struct passphrase *secret = app->secret[which];
    if (act == ACT_TYPE) {
        secret_add(app, which, press->text, strlen(press->text));
    } else if (secret != NULL && act == ACT_RUB_OUT && secret->length > 0) {
        secret->length -= utf8_prev(secret->text, secret->text + secret->length);
        secret->text[secret->length] = '\0';
    } else if (act == ACT_CUT_TO_START || act == ACT_RUB_OUT_WORD) {
        secret_free(secret);
        app->secret[which] = NULL;
    }
    return true;
}

static void focus(struct app *app, int id)
{
    if (id != 0)
        app->focus = id;
}

static void move(struct app *app, int direction)
{
    focus(app, page_step(&app->page, direction));
}

/* The nth thing on the page that can be done rather than read. */
static int nth_to_do(const struct page *page, int nth)
{
    for (size_t n = 0; n < page->count; n++)
        if (page->block[n].id != 0 && page->block[n].id < ID_PARAGRAPH && --nth == 0)
            return page->block[n].id;
    return 0;
}

/* By its number: a choice if there are any, else anything that can be done. */
static int numbered(const struct page *page, int nth)
{
    int id = page_number(page, nth);
    return id < ID_PARAGRAPH && page_number(page, 1) < ID_PARAGRAPH ? id : nth_to_do(page, nth);
}

static enum effect_kind choose(struct app *app, int id)
{
    if (id == 0)
        return EFFECT_NONE;
    if (id >= ID_PARAGRAPH) {
        focus(app, nth_to_do(&app->page, 1));
        return EFFECT_NONE;
    }
    app->focus = id;
    if (is_field(id) && id != ID_CONTINUE)
        return EFFECT_NONE;
    app->failed = false;
    return place_row(app->place)->choose(app, id);
}

/* What Enter chooses: what has the focus, but Enter on what is ticked already goes on. */
static int entered(const struct page *page)
{
    if (page->focus >= page->count)
        return 0;
    const struct block *focus = &page->block[page->focus];
    for (size_t n = 0; n < page->count && focus->many && focus->chosen; n++)
        if (page->block[n].id == ID_CONTINUE)
            return ID_CONTINUE;
    return focus->id;
}

/* What is signed goes into the log and stays there. */
static bool signs(int id)
{
    return id == ID_SIGN || id == ID_DONE;
}

static enum effect_kind nothing(struct app *app)
{
    snprintf(app->message, sizeof app->message,
             "That key does nothing here. Press ? for help.");
    return EFFECT_NONE;
}

/* A space ticks and does nothing else: whoever types a text where no field is signs nothing. */
static enum effect_kind tick(struct app *app)
{
    const struct page *page = &app->page;
    if (page->focus >= page->count || page->block[page->focus].kind != BLOCK_CHOICE)
        return nothing(app);
    return choose(app, page_focused(page));
}

/* For the same reason a digit leads to what signs, and no further. */
static enum effect_kind choose_number(struct app *app, int nth)
{
    int id = numbered(&app->page, nth);
    if (!signs(id))
        return choose(app, id);
    focus(app, id);
    return EFFECT_NONE;
}

static bool is_action(const struct page *page, int id)
{
    for (size_t n = 0; n < page->count; n++)
        if (page->block[n].id == id)
            return page->block[n].kind == BLOCK_ACTION;
    return false;
}

/* Enter in a field: on to the next thing, or through the action that follows the last; but to
 * sign asks for an Enter of its own. */
static enum effect_kind go_on(struct app *app)
{
    int next = page_step(&app->page, 1);
    app->failed = app->failed && !app->corrected;
    if (is_action(&app->page, next) && !signs(next))
        return choose(app, next);
    focus(app, next);
    return EFFECT_NONE;
}

/* Lines that a block takes, near enough to turn a page by. */
static int lines_of(const struct page *page, int cols)
{
    const struct block *block = &page->block[page->focus];
    const char *text = block->column_count > 0 ? block->column[0].text : block->text;
    int lines = 1 + utf8_cells(text, strlen(text)) / layout_text_cells(cols);
    return lines + (block->spaced ? 1 : 0) + (block->detail != NULL ? 1 : 0);
}

static enum effect_kind turn(struct app *app, int direction)
{
    const struct place_row *row = place_row(app->place);
    if (row->turn != NULL)
        return row->turn(app, direction);
    int room = app->rows > 8 ? app->rows - 6 : 2;
    while (room > 0 && app->page.focus != PAGE_NO_FOCUS) {
        size_t before = app->page.focus;
        move(app, direction);
        page_focus(&app->page, app->focus);
        if (app->page.focus == before)
            break;
        room -= lines_of(&app->page, app->cols);
    }
    return EFFECT_NONE;
}

static enum effect_kind back(struct app *app)
{
    const struct place_row *row = place_row(app->place);
    bool changed = place_keep(app);
    return place_after(app, changed, row->back != NULL ? row->back(app) : place_back(app));
}

/* Keys that lead to another page from wherever they are offered. */
static enum effect_kind go(struct app *app, enum act act)
{
    bool deciding = (place_row(app->place)->offers & OFFERS_DECISION) != 0;
    if (act == ACT_HELP && app->place == AT_HELP)
        return place_back(app);
    if (act == ACT_HELP || (act == ACT_SO_FAR && deciding)) {
        place_go(app, act == ACT_HELP ? AT_HELP : AT_SO_FAR);
        return EFFECT_NONE;
    }
    if (act == ACT_SEARCH && (place_row(app->place)->offers & OFFERS_SEARCH) != 0)
        return search_open(app);
    if (act == ACT_FILTER && (place_row(app->place)->offers & OFFERS_FILTER) != 0 &&
        log_filters(app))
        return filter_open(app);
    if (deciding && act == ACT_SAVE_LEAVE)
        return leave_home(app);
    if (deciding && act == ACT_CHECK && app->place != AT_CHECK) {
        bool changed = place_keep(app);
        if (place_before(app) == AT_CHECK)
            return place_after(app, changed, place_back(app));
        place_go(app, AT_CHECK);
        return place_after(app, changed, EFFECT_NONE);
    }
    return nothing(app);
}

static enum effect_kind after_typing(struct app *app)
{
    const struct place_row *row = place_row(app->place);
    return row->typed != NULL ? row->typed(app) : EFFECT_NONE;
}

static enum effect_kind text(struct app *app, enum act act, const struct press *press)
{
    int id = page_focused(&app->page);
    if (is_secret(id)) {
        secret_act(app, id - ID_SECRET, act, press);
        return EFFECT_NONE;
    }
    struct edit *edit = place_edit(app, id);
    if (edit == NULL)
        return EFFECT_NONE;
    bool changed = edit_act(edit, act, press, layout_field_cells(app->cols));
    if (!changed && (act == ACT_LINE_UP || act == ACT_LINE_DOWN))
        move(app, act == ACT_LINE_UP ? -1 : 1);
    app->corrected = app->corrected || changed;
    if (changed && id >= ID_FORM + FORM_WHAT && id <= ID_FORM + FORM_WHY)
        app->item.begun = true;
    return changed ? after_typing(app) : EFFECT_NONE;
}

static enum effect_kind act(struct app *app, enum act what, const struct press *press)
{
    switch (what) {
    case ACT_HIDE:
        return leave_lock(app);
    case ACT_SUSPEND:
        return EFFECT_SUSPEND;
    case ACT_REPAINT:
        return EFFECT_REPAINT;
    case ACT_QUIT:
    case ACT_INTERRUPT:
        return leave_quit(app);
    case ACT_BACK:
        return back(app);
    case ACT_UP:
    case ACT_PREVIOUS:
        move(app, -1);
        return EFFECT_NONE;
    case ACT_DOWN:
    case ACT_NEXT:
        move(app, 1);
        return EFFECT_NONE;
    case ACT_FIRST:
    case ACT_LAST:
        if (place_row(app->place)->turn != NULL)
            return place_row(app->place)->turn(app, what == ACT_FIRST ? -2 : 2);
        focus(app, page_end(&app->page, what == ACT_FIRST ? -1 : 1));
        return EFFECT_NONE;
    case ACT_PAGE_UP:
    case ACT_PAGE_DOWN:
        return turn(app, what == ACT_PAGE_UP ? -1 : 1);
    case ACT_CHOOSE:
        return choose(app, entered(&app->page));
    case ACT_TICK:
        return tick(app);
    case ACT_NUMBER:
        return choose_number(app, press->text[0] - '0');
    case ACT_CONTINUE:
        return go_on(app);
    case ACT_HELP_TYPING:
        return go(app, ACT_HELP);
    case ACT_NONE:
    case ACT_HELP:
    case ACT_SO_FAR:
    case ACT_CHECK:
    case ACT_SAVE_LEAVE:
    case ACT_SEARCH:
    case ACT_FILTER:
        return go(app, what);
    default:
        return text(app, what, press);
    }
}

static enum effect_kind press(struct app *app, const struct press *press)
{
    if (app->place == AT_HIDDEN)
        return EFFECT_LOCK;
    app_view(app, &app->page);
    return act(app, act_of(press, page_reach(&app->page)), press);
}

/* A field given whole by the plain prompts. */
static enum effect_kind write(struct app *app, int id, const char *text)
{
    app_view(app, &app->page);
    page_focus(&app->page, id);
    if (page_focused(&app->page) != id)
        return EFFECT_NONE;
    app->focus = id;
    if (is_secret(id)) {
        secret_free(app->secret[id - ID_SECRET]);
        app->secret[id - ID_SECRET] = passphrase_new(text, strlen(text));
        return go_on(app);
    }
    struct edit *edit = place_edit(app, id);
    if (edit == NULL)
        return EFFECT_NONE;
    edit_set(edit, "");
    edit_insert(edit, text, strlen(text));
    app->corrected = true;
    if (id >= ID_FORM + FORM_WHAT && id <= ID_FORM + FORM_WHY)
        app->item.begun = true;
    if (place_row(app->place)->typed != NULL)
        return after_typing(app);
    return go_on(app);
}

static enum effect_kind paste(struct app *app, const char *text)
{
    app_view(app, &app->page);
    int id = page_focused(&app->page);
    struct edit *edit = place_edit(app, id);
    if (is_secret(id))
        secret_add(app, id - ID_SECRET, text, strlen(text));
    else if (edit != NULL && !edit_insert(edit, text, strlen(text)))
        snprintf(app->message, sizeof app->message,
                 "That was too long: only the beginning was taken.");
    else if (edit == NULL)
        snprintf(app->message, sizeof app->message, "There is no field here to paste into.");
    if (edit != NULL && id >= ID_FORM + FORM_WHAT && id <= ID_FORM + FORM_WHY)
        app->item.begun = true;
    return after_typing(app);
}

static enum effect_kind chosen(struct app *app, int id)
{
    if (app->place == AT_HIDDEN)
        return EFFECT_LOCK;
    app_view(app, &app->page);
    page_focus(&app->page, id);
    return page_focused(&app->page) == id ? choose(app, id) : EFFECT_NONE;
}

static enum effect_kind asked(struct app *app, enum act what)
{
    static const struct press NONE = {.kind = PRESS_OTHER};
    if (app->place == AT_HIDDEN)
        return EFFECT_LOCK;
    app_view(app, &app->page);
    return act(app, what, &NONE);
}

enum effect_kind app_input(struct app *app, const struct event *event)
{
    app->message[0] = '\0';
    switch (event->kind) {
    case EVENT_PRESS:
        return press(app, &event->press);
    case EVENT_CHOOSE:
        return chosen(app, event->id);
    case EVENT_ACT:
        return asked(app, event->act);
    case EVENT_WRITE:
        return write(app, event->id, event->text);
    case EVENT_PASTE:
        return paste(app, event->text);
    case EVENT_IDLE:
        return leave_lock(app);
    default:
        return EFFECT_NONE;
    }
}
