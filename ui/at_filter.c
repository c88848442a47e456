/* SPDX-License-Identifier: MIT */
/*
 * What of the log is shown, and in which order; and filters kept under a name. What is ticked
 * counts from the moment that the list is shown again.
 */
#include <string.h>

#include "ui/place.h"

static const char *const MARKS[MARK_COUNT] = {
#define X(name, member, words) [MARK_##name] = words,
    LOG_MARK_TABLE(X)
#undef X
};

static const char *const SORTS[SORT_COUNT] = {
#define X(name, words) [SORT_##name] = words,
    LOG_SORT_TABLE(X)
#undef X
};

static void view_ticks(struct page *page, const char *heading, int id, int count,
                       unsigned ticked, const char *(*words)(int n))
{
    page_add(page, BLOCK_TEXT, heading)->spaced = true;
    for (int n = 0; n < count; n++)
        page_choice(page, id + n, true, (ticked >> n & 1) != 0, words(n), NULL);
}

static const char *state_of(int n)
{
    return state_words((enum state)n);
}

static const char *outcome_of(int n)
{
    return outcome_words((enum outcome)n);
}

static const char *mark_of(int n)
{
    return MARKS[n];
}

static void view_saved(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    if (world->saved_count > 0)
        page_add(page, BLOCK_TEXT, "Filters that you kept:")->spaced = true;
    for (size_t n = 0; n < world->saved_count; n++) {
        struct column column[] = {{.text = world->saved[n].name, .cells = 24},
                                  {.text = world->saved[n].words}};
        page_row(page, ID_ROW + (int)n, column, COUNT(column));
    }
}

static void view_texts(const struct app *app, struct page *page)
{
    static const char *const LABELS[FILTER_TEXTS] = {
        "Words or their beginnings", "By (the name to sign in with)",
        "By somebody of the team",   "Agreement (its id)",
        "Programme (its id)",        "Purpose",
        "Signed from the day",       "Signed until the day"};
    for (size_t n = 0; n < COUNT(LABELS); n++)
        page_field(page, ID_FORM + FORM_WORDS + (int)n, LABELS[n], &app->form[FORM_WORDS + n]);
}

/* The queue has an order of its own; a register knows the first two only. */
static void view_sorts(const struct app *app, struct page *page)
{
    int count = app->world.register_name != NULL ? SORT_BY_AUTHOR : SORT_COUNT;
    page_add(page, BLOCK_TEXT, "In which order?")->spaced = true;
    for (int n = 0; n < count; n++)
        page_choice(page, ID_SORT + n, false, (int)app->filter.sort == n, SORTS[n], NULL);
}

static void view_keep(const struct app *app, struct page *page)
{
    page_field(page, ID_FORM + FORM_FILTER, "A name to keep this filter under",
               &app->form[FORM_FILTER]);
    page_action(page, ID_SAVE_FILTER, "Keep it under that name");
    page_action(page, ID_DROP_FILTER, "Forget the filter of that name");
}

void at_filter_view(const struct app *app, struct page *page)
{
    const struct log_filter *filter = &app->filter;
    bool queue = filter->list == LIST_REVIEWABLE;
    page_add(page, BLOCK_HEADING,
             queue ? "Which of the decisions that wait for you?" : "Which decisions?");
    page_add(page, BLOCK_HINT, "What is left empty asks for nothing.");
    page_action(page, ID_CONTINUE,
                app->world.counting == COUNT_KNOWN
                    ? page_format(page, "Show them: %lld decision%s", app->world.counted,
                                  app->world.counted == 1 ? "" : "s")
                    : "Show them");
    page_action(page, ID_CLEAR, queue ? "Show all that wait" : "Show the whole log");
    view_saved(app, page);
    if (filter->person[0] != '\0')
        page_choice(page, ID_ONE_PERSON, true, true, "Only about one person", NULL)->spaced =
            true;
    if (!queue)
        view_ticks(page, "Where they stand:", ID_STATE, STATE_COUNT, filter->states, state_of);
    view_ticks(page, "What was decided:", ID_OPTION, OUTCOME_COUNT, filter->outcomes,
               outcome_of);
    view_ticks(page, "Only what:", ID_MARK,
               app->world.register_name != NULL ? MARK_OVERDUE : MARK_COUNT, filter->marks,
               mark_of); /* the rest is known where it is kept */
    view_texts(app, page);
    if (!queue)
        view_sorts(app, page);
    if (app->world.register_name == NULL)
        view_keep(app, page);
}

/* The log is what lies behind this page, whatever way led here. */
static enum effect_kind show(struct app *app)
{
    if (place_before(app) == AT_LOG)
        app->depth--;
    place_replace(app, AT_LOG);
    return log_open(app, app->filter.list);
}

static void empty(struct app *app, enum log_list list)
{
    app->filter = (struct log_filter){.list = list};
    for (int form = FORM_WORDS; form <= FORM_UNTIL; form++)
        edit_set(&app->form[form], "");
}

static bool is_day(const struct app *app, enum form form)
{
    date day;
    return form_empty(app, form) || date_parse(form_text(app, form), &day);
}

/* How many it shows is counted behind the page, unless what is typed is no day yet. */
static void count(struct app *app)
{
    bool days = is_day(app, FORM_FROM) && is_day(app, FORM_UNTIL);
    log_wish(app, app->filter.list);
    app->world.counting = days ? COUNT_WANTED : COUNT_NONE;
}

enum effect_kind at_filter_typed(struct app *app)
{
    count(app);
    return EFFECT_NONE;
}

enum effect_kind filter_open(struct app *app)
{
    enum log_list list = app->list == LIST_REVIEWABLE ? LIST_REVIEWABLE : LIST_LOG;
    if (app->filter.list != list || app->list == LIST_PERSON)
        empty(app, list);
    if (app->list == LIST_PERSON)
        memcpy(app->filter.person, app->wish.pseudonym_text, sizeof app->filter.person);
    place_go(app, AT_FILTER);
    count(app);
    return app->world.register_name != NULL ? EFFECT_NONE : EFFECT_FILTERS;
}

static enum effect_kind refuse_day(struct app *app, enum form form)
{
    return place_refuse(app, ID_FORM + (int)form, "This is not a day.",
                        "Enter a day, for example 27 3 2019, or leave it empty.");
}

static enum effect_kind keep(struct app *app, enum effect_kind effect)
{
    if (form_empty(app, FORM_FILTER))
        return place_refuse(app, ID_FORM + FORM_FILTER, "The filter has no name.",
                            "Enter a name for it.");
    app->wish.name = form_text(app, FORM_FILTER);
    app->wish.filter = app->filter;
    for (size_t n = 0; n < COUNT(app->wish.text); n++)
        app->wish.text[n] = form_text(app, (enum form)(FORM_WORDS + n));
    return effect;
}

static enum effect_kind clear(struct app *app)
{
    empty(app, app->filter.list);
    return show(app);
}

enum effect_kind filter_come(struct app *app)
{
    app->filter = app->world.taken;
    for (size_t n = 0; n < COUNT(app->world.taken_text); n++)
        edit_set(&app->form[FORM_WORDS + n], app->world.taken_text[n]);
    return show(app);
}

static void tick(struct app *app, int id)
{
    if (id == ID_ONE_PERSON)
        app->filter.person[0] = '\0';
    else if (id >= ID_SORT)
        app->filter.sort = (enum log_sort)(id - ID_SORT);
    else if (id >= ID_STATE)
        app->filter.states ^= 1u << (id - ID_STATE);
    else if (id >= ID_MARK)
        app->filter.marks ^= 1u << (id - ID_MARK);
    else
        app->filter.outcomes ^= 1u << (id - ID_OPTION);
}

enum effect_kind at_filter_choose(struct app *app, int id)
{
    if (id == ID_CLEAR)
        return clear(app);
    if (id == ID_DROP_FILTER)
        return keep(app, EFFECT_FILTER_DROP);
    if (id == ID_CONTINUE || id == ID_SAVE_FILTER) {
        if (!is_day(app, FORM_FROM))
            return refuse_day(app, FORM_FROM);
        if (!is_day(app, FORM_UNTIL))
            return refuse_day(app, FORM_UNTIL);
        return id == ID_CONTINUE ? show(app) : keep(app, EFFECT_FILTER_SAVE);
    }
    if (id >= ID_ROW) {
        edit_set(&app->form[FORM_FILTER], app->world.saved[id - ID_ROW].name);
        app->wish.words = app->world.saved[id - ID_ROW].words;
        return EFFECT_FILTER_TAKE;
    }
    tick(app, id);
    count(app);
    return EFFECT_NONE;
}
