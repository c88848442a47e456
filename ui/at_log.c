/* SPDX-License-Identifier: MIT */
/*
 * Lists of decisions: the log, the review queue, what was returned, a person's page. A window
 * of rows at a time, asked for by an effect. Never holds more of the log than it shows.
 */
#include <stdio.h>
#include <string.h>

#include "ui/place.h"

#define NARROW 72 /* columns of a screen */
#define DAY_US (24LL * 60 * 60 * 1000000)

/* A filter is of one list, and leaves the others as they are. */
static bool is_filtered(const struct app *app, enum log_list list)
{
    return (list == LIST_LOG || list == LIST_REVIEWABLE) && app->filter.list == list;
}

/* Rows of two lines, where each says more of itself; what can be done stays in sight. */
static size_t limit(const struct app *app, enum log_list list)
{
    int rows = app->rows > 18 ? app->rows : 18;
    return (size_t)(app->world.register_name != NULL ? (rows - 11) / 2
                    : list == LIST_FOUND             ? (rows - 12) / 2
                    : list == LIST_REVIEWABLE        ? (rows - 11) / 2
                                                     : rows - 12);
}

void log_wish(struct app *app, enum log_list list)
{
    struct wish *wish = &app->wish;
    bool filtered = is_filtered(app, list);
    wish->list = list;
    wish->search = list == LIST_FOUND ? app->searched : "";
    wish->pseudonym = list == LIST_PERSON ? wish->pseudonym_text : NULL;
    wish->filter = filtered ? app->filter : (struct log_filter){0};
    for (size_t n = 0; n < COUNT(wish->text); n++)
        wish->text[n] = filtered ? form_text(app, (enum form)(FORM_WORDS + n)) : "";
    wish->after = 0;
    wish->backwards = false;
    wish->limit = limit(app, list);
}

static enum effect_kind ask(struct app *app, long long after, bool backwards)
{
    app->window = (struct log_window){after, backwards};
    log_wish(app, app->list);
    app->wish.after = after;
    app->wish.backwards = backwards;
    return EFFECT_LIST;
}

enum effect_kind log_open(struct app *app, enum log_list list)
{
    app->list = list;
    return ask(app, 0, false);
}

enum effect_kind log_person(struct app *app)
{
    const struct summary *summary = &app->world.record.summary;
    snprintf(app->wish.pseudonym_text, sizeof app->wish.pseudonym_text, "%s",
             summary->pseudonym);
    snprintf(app->about, sizeof app->about, "%s", summary->subject);
    snprintf(app->wish.person, sizeof app->wish.person, "%s", app->world.record.reference);
    place_go(app, AT_LOG);
    return log_open(app, LIST_PERSON);
}

enum effect_kind log_again(struct app *app)
{
    return ask(app, app->window.after, app->window.backwards);
}

static const char *ordinal(size_t number)
{
    static const char *const ENDINGS[] = {"th", "st", "nd", "rd"};
    size_t last = number / 10 % 10 == 1 ? 0 : number % 10;
    return ENDINGS[last < COUNT(ENDINGS) ? last : 0];
}

static const char *heading(const struct app *app, struct page *page)
{
    switch (app->list) {
    case LIST_REVIEWABLE:
        return "Decisions waiting for your review";
    case LIST_RETURNED:
        return "Decisions returned to you";
    case LIST_SAMPLE:
        return app->wish.every > 0
                   ? page_format(page, "Every %zu%s decision, in the order of signing",
                                 app->wish.every, ordinal(app->wish.every))
                   : "All that departed, in the order of signing";
    case LIST_PERSON:
        return page_format(page, "Every decision about %s", app->about);
    default:
        return app->world.register_name != NULL ? "Decisions of the county"
                                                : "Log of decisions";
    }
}

static const char *and_then(struct page *page, const char *text, const char *more)
{
    return page_format(page, "%s%s%s", text, text[0] != '\0' ? "; " : "", more);
}

static const char *age(const struct app *app, struct page *page, struct moment since)
{
    long long days = (app->now.us - since.us) / DAY_US;
    if (days <= 0)
        return "signed today";
    return page_format(page, "waiting for %lld day%s", days, days == 1 ? "" : "s");
}

/* What a reader looks for first, in words; for how long it waits where that matters. */
static const char *flags(const struct app *app, struct page *page, const struct world_row *row)
{
    const struct summary *summary = &row->summary;
    const char *text = summary->urgent ? "URGENT" : "";
    if (summary->departed)
        text = and_then(
            page, text,
            page_format(page, "departs from: %s", outcome_words(summary->recommended)));
    if (summary->unfinished)
        text = and_then(page, text, "questions left for later");
    if (app->list == LIST_REVIEWABLE)
        text = and_then(page, text,
                        page_format(page, "%s, by %s", age(app, page, summary->signed_at),
                                    summary->author));
    if (row->excerpt != NULL && row->excerpt[0] != '\0')
        return row->excerpt;
    return text[0] != '\0' ? text : NULL;
}

/* Who is listed; in the queue, where each says as much, the recipient stands instead of the
 * state. */
static const char *names(struct page *page, const struct summary *summary, bool queue)
{
    return queue && summary->recipient[0] != '\0'
               ? page_format(page, "%s to %s", summary->subject, summary->recipient)
               : summary->subject;
}

/* What others typed comes last on the line: its width is anybody's guess. A narrow screen has
 * no room for the day; a reference that is cut short is none. */
void list_row(const struct app *app, struct page *page, int id, const struct world_row *row)
{
    bool queue = app->list == LIST_REVIEWABLE && app->place == AT_LOG;
    bool narrow = app->cols > 0 && app->cols < NARROW;
    struct column column[COLUMN_MAX] = {{.text = row->summary.reference, .cells = 9}};
    char day[DATE_SIZE];
    size_t count = 1;
    date_iso(moment_date(row->summary.signed_at), day);
    if (!narrow)
        column[count++] = (struct column){.text = page_format(page, "%s", day), .cells = 10};
    column[count++] = (struct column){.text = outcome_words(row->summary.decided), .cells = 14};
    if (!queue)
        column[count++] = (struct column){.text = state_brief(row->state), .cells = 12};
    column[count++] = (struct column){.text = names(page, &row->summary, queue)};
    struct block *block = page_row(page, id, column, count);
    block->detail = flags(app, page, row);
}

static void view_said(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    bool filtered = world->filter_words != NULL && world->filter_words[0] != '\0';
    if (!is_filtered(app, app->list))
        return;
    if (filtered && world->counting == COUNT_KNOWN)
        page_addf(page, BLOCK_HINT, "%lld with: %s", world->counted, world->filter_words);
    else if (filtered)
        page_addf(page, BLOCK_HINT, "With: %s", world->filter_words);
}

bool log_filters(const struct app *app)
{
    return app->list != LIST_RETURNED && app->list != LIST_SAMPLE;
}

void at_log_view(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    page_add(page, BLOCK_HEADING, heading(app, page));
    view_said(app, page);
    if (world->row_count == 0)
        page_add(page, BLOCK_TEXT, "There is nothing here.");
    for (size_t n = 0; n < world->row_count; n++)
        list_row(app, page, ID_ROW + (int)n, &world->row[n]);
    if (world->more_after)
        page_action(page, ID_LATER, "Next page");
    if (world->more_before)
        page_action(page, ID_EARLIER, "Page before");
    if (app->list == LIST_LOG)
        page_action(page, ID_SEARCH, "Search");
    if (app->list == LIST_PERSON && !world->practice)
        page_action(page, ID_ANSWER, "Answer this person's request");
    if (log_filters(app))
        page_action(page, ID_FILTER,
                    app->list == LIST_REVIEWABLE ? "Filter these" : "Filter and sort");
    if (world->register_name != NULL)
        page_action(page, ID_FIGURES, "See figures");
    page_action(page, ID_BACK, world->register_name != NULL ? "Leave" : "Go back");
}

enum effect_kind at_log_turn(struct app *app, int direction)
{
    const struct world *world = &app->world;
    bool more = direction < 0 ? world->more_before : world->more_after;
    if (!more || world->row_count == 0) {
        app->focus = direction < 0 || world->row_count == 0
                         ? ID_ROW
                         : ID_ROW + (int)world->row_count - 1;
        return EFFECT_NONE;
    }
    app->focus = 0;
    if (direction == 2 || direction == -2)
        return ask(app, 0, direction > 0);
    return ask(app, world->row[direction < 0 ? 0 : world->row_count - 1].sequence,
               direction < 0);
}

static enum effect_kind open_row(struct app *app, int id)
{
    if ((size_t)(id - ID_ROW) >= app->world.row_count)
        return EFFECT_NONE;
    snprintf(app->wish.reference, sizeof app->wish.reference, "%s",
             app->world.row[id - ID_ROW].summary.reference);
    app->wish.number = app->world.row[id - ID_ROW].sequence;
    return EFFECT_RECORD;
}

enum effect_kind at_log_choose(struct app *app, int id)
{
    switch (id) {
    case ID_LATER:
        return at_log_turn(app, 1);
    case ID_EARLIER:
        return at_log_turn(app, -1);
    case ID_SEARCH:
        return search_open(app);
    case ID_FILTER:
        return filter_open(app);
    case ID_ANSWER:
        return export_open(app, WRITING_ANSWER);
    case ID_FIGURES:
        return figures_open(app);
    case ID_BACK:
        return app->world.register_name != NULL ? leave_quit(app) : place_back(app);
    default:
        return open_row(app, id);
    }
}

/* --- Searching as one types ------------------------------------------------------------------
 */

enum effect_kind search_open(struct app *app)
{
    place_go(app, AT_SEARCH);
    app->list = LIST_FOUND;
    app->searched[0] = '\0';
    app->world.row_count = 0;
    edit_set(&app->form[FORM_SEARCH], "");
    return EFFECT_NONE;
}

static void view_hits(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    if (world->row_count == 0)
        page_add(page, BLOCK_TEXT, "Nothing has these words.");
    else if (world->counting == COUNT_KNOWN)
        page_addf(page, BLOCK_HINT, "%lld decision%s in all.", world->counted,
                  world->counted == 1 ? "" : "s");
    else /* its line is there already when the number comes */
        page_add(page, BLOCK_HINT, "The newest first.");
    for (size_t n = 0; n < world->row_count; n++)
        list_row(app, page, ID_ROW + (int)n, &world->row[n]);
    if (world->more_after)
        page_action(page, ID_LATER, "Next page");
    if (world->more_before)
        page_action(page, ID_EARLIER, "Page before");
}

void at_search_view(const struct app *app, struct page *page)
{
    page_field(page, ID_FORM + FORM_SEARCH, "Words or their beginnings",
               &app->form[FORM_SEARCH]);
    if (app->searched[0] != '\0')
        view_hits(app, page);
    else
        page_add(page, BLOCK_HINT,
                 "Names, references, recipients and whatever was written. Decisions are shown "
                 "as you type.");
}

/* Each key asks for the first page; the count follows behind. */
enum effect_kind at_search_typed(struct app *app)
{
    const char *text = form_text(app, FORM_SEARCH);
    if (strcmp(text, app->searched) == 0)
        return EFFECT_NONE;
    snprintf(app->searched, sizeof app->searched, "%s", text);
    if (form_empty(app, FORM_SEARCH))
        app->searched[0] = '\0';
    app->world.counting = COUNT_NONE;
    app->world.row_count = 0;
    return app->searched[0] != '\0' ? ask(app, 0, false) : EFFECT_NONE;
}

enum effect_kind at_search_choose(struct app *app, int id)
{
    if (id == ID_LATER || id == ID_EARLIER)
        return at_log_turn(app, id == ID_LATER ? 1 : -1);
    return open_row(app, id);
}
