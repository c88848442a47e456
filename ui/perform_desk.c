/* SPDX-License-Identifier: MIT */
/* Filters, what is to be done, and figures, between the app and the store. Shows nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/chase.h"
#include "ui/perform_log.h"
#include "ui/perform_query.h"

/* --- Filters
 * ----------------------------------------------------------------------------------- */

static const enum log_order ORDERS[SORT_COUNT] = {
#define X(name, words) [SORT_##name] = LOG_##name,
    LOG_SORT_TABLE(X)
#undef X
};

/* 0 asks for nothing. */
static date day_of(const char *text)
{
    date day;
    return date_parse(text, &day) ? day : 0;
}

/* The wish of a list that is none of the log has no texts. */
static const char *text_of(const struct wish *wish, enum form form)
{
    const char *text = wish->text[form - FORM_WORDS];
    return text != NULL ? text : "";
}

struct log_query query_of_wish(const struct wish *wish, struct moment now)
{
    struct log_query query = {
        .order = ORDERS[wish->filter.sort],
        .after = wish->after,
        .backwards = wish->backwards,
        .limit = wish->limit,
        .reviewable = wish->list == LIST_REVIEWABLE,
        .states = wish->list == LIST_RETURNED ? 1u << STATE_RETURNED | 1u << STATE_NOT_AGREED
                                              : wish->filter.states,
        .search = wish->list == LIST_FOUND ? wish->search : text_of(wish, FORM_WORDS),
        .outcomes = wish->filter.outcomes,
        .author = text_of(wish, FORM_AUTHOR),
        .team = text_of(wish, FORM_OF_TEAM),
        .agreement = text_of(wish, FORM_UNDER),
        .programme = text_of(wish, FORM_PROGRAMME),
        .purpose = text_of(wish, FORM_PURPOSE),
        .pseudonym = wish->list == LIST_PERSON ? wish->pseudonym : wish->filter.person,
        .from = day_of(text_of(wish, FORM_FROM)),
        .until = day_of(text_of(wish, FORM_UNTIL)),
        .today = moment_date(now),
    };
#define X(name, member, words) query.member = (wish->filter.marks >> MARK_##name & 1) != 0;
    LOG_MARK_TABLE(X)
#undef X
    if (wish->list == LIST_REVIEWABLE) /* nobody waits longer because others came after */
        query.order = LOG_OLDEST_FIRST;
    if (wish->list == LIST_SAMPLE) {
        query.order = LOG_OLDEST_FIRST;
        query.from = wish->from == DATE_NONE ? 0 : wish->from;
        query.departed = wish->every == 0;
        query.without_practice = true;
    }
    query.mine = query.mine || wish->list == LIST_RETURNED;
    return query;
}

enum status perform_filters(struct performer *performer, struct app *app, struct error *error)
{
    struct world *world = &app->world;
    struct arena arena = {0};
    struct saved_filter *list;
    size_t count;
    enum status status = store_filters(performer->store, &arena, &list, &count, error);
    if (status != STATUS_OK) {
        arena_release(&arena);
        return status;
    }
    arena_release(&world->saved_arena);
    world->saved_arena = arena;
    world->saved = arena_alloc(&world->saved_arena, (count + 1) * sizeof *world->saved);
    world->saved_count = count;
    for (size_t n = 0; n < count; n++)
        world->saved[n] = (struct world_saved){list[n].name, list[n].words};
    return STATUS_OK;
}

enum status perform_filter_save(struct performer *performer, struct app *app, struct moment now,
                                struct error *error)
{
    struct wish wish = app->wish;
    struct log_query query;
    struct buf words = {0};
    enum status status;
    wish.list = wish.filter.list;
    query = query_of_wish(&wish, now);
    log_query_words(&query, &words);
    if (words.length == 0)
        status = fail(error, STATUS_REFUSED, "Tick what it is to show first.",
                      "This filter asks for nothing.");
    else
        status = store_filter_save(performer->store, app->wish.name, buf_text(&words), error);
    buf_release(&words);
    return status;
}

static const char *day_text(date day, struct arena *arena)
{
    char text[DATE_SIZE];
    if (day == 0)
        return "";
    date_iso(day, text);
    return arena_strdup(arena, text);
}

static void bring_filter(struct world *world, const struct log_query *query)
{
    const char *texts[FILTER_TEXTS] = {query->search,
                                       query->author,
                                       query->team,
                                       query->agreement,
                                       query->programme,
                                       query->purpose,
                                       day_text(query->from, &world->saved_arena),
                                       day_text(query->until, &world->saved_arena)};
    world->taken = (struct log_filter){.list = query->reviewable ? LIST_REVIEWABLE : LIST_LOG,
                                       .states = query->states,
                                       .outcomes = query->outcomes};
    if (query->pseudonym != NULL)
        snprintf(world->taken.person, sizeof world->taken.person, "%s", query->pseudonym);
    for (size_t n = 0; n < COUNT(ORDERS); n++)
        if (ORDERS[n] == query->order)
            world->taken.sort = (enum log_sort)n;
#define X(name, member, words)                                                                 \
    if (query->member)                                                                         \
        world->taken.marks |= 1u << MARK_##name;
    LOG_MARK_TABLE(X)
#undef X
    for (size_t n = 0; n < COUNT(texts); n++)
        world->taken_text[n] = texts[n] != NULL ? texts[n] : "";
}

enum status perform_filter_take(struct performer *performer, struct app *app,
                                struct error *error)
{
    struct log_query query;
    enum status status =
        log_query_parse(app->wish.words, &app->world.saved_arena, &query, error);
    (void)performer;
    if (status != STATUS_OK)
        return status;
    bring_filter(&app->world, &query);
    return STATUS_OK;
}

/* --- What is to be done
 * ------------------------------------------------------------------------ */

static void bring_duties(struct world *world, const struct duty_window *window,
                         const struct chase *chase, size_t chases)
{
    struct arena *arena = &world->duty_arena;
    struct world_duty *duty = arena_alloc(arena, (window->count + chases + 1) * sizeof *duty);
    for (size_t n = 0; n < chases; n++)
        duty[n] = (struct world_duty){
            .duty = {.id = chase[n].bundle,
                     .text = arena_printf(arena, "Chase the receipt for what was sent to %s",
                                          chase[n].where),
                     .due = chase[n].due},
            .subject = "",
            .recipient = "",
            .overdue = true};
    for (size_t n = 0; n < window->count; n++) {
        const struct duty_row *row = &window->row[n];
        duty[chases + n] = (struct world_duty){.duty = row->duty,
                                               .subject = row->subject,
                                               .recipient = row->recipient,
                                               .overdue = row->overdue};
        memcpy(duty[chases + n].reference, row->reference, sizeof row->reference);
    }
    world->duty = duty;
    world->duty_count = chases + window->count;
    world->more_duties_before = window->more_before;
    world->more_duties_after = window->more_after;
}

/* They stand before the first page: each is overdue. */
static enum status find_chases(struct performer *performer, const struct duty_window *window,
                               struct moment now, struct arena *arena, struct chase **ret_chase,
                               size_t *ret_count, struct error *error)
{
    *ret_count = 0;
    if (window->more_before)
        return STATUS_OK;
    return chase_list(performer->store,
                      setting_number(performer->settings, SETTING_UPLOAD_CHASE), now, arena,
                      ret_chase, ret_count, error);
}

enum status perform_duties(struct performer *performer, struct app *app, struct moment now,
                           struct error *error)
{
    const struct wish *wish = &app->wish;
    struct duty_query query = {.mine = !perform_sees_all(performer),
                               .after_reference = wish->after_reference,
                               .after_duty = wish->after_duty,
                               .backwards = wish->backwards,
                               .limit = wish->limit,
                               .now = now};
    struct arena arena = {0};
    struct duty_window window;
    struct chase *chase = NULL;
    size_t chases = 0;
    enum status status = store_duties(performer->store, &query, &arena, &window, error);
    if (status == STATUS_OK)
        status = find_chases(performer, &window, now, &arena, &chase, &chases, error);
    if (status != STATUS_OK) {
        arena_release(&arena);
        return status;
    }
    arena_release(&app->world.duty_arena);
    app->world.duty_arena = arena;
    bring_duties(&app->world, &window, chase, chases);
    return STATUS_OK;
}

enum status perform_follow_up(struct performer *performer, struct app *app, struct moment now,
                              struct error *error)
{
    const struct follow_up *follow_up = &app->wish.follow_up;
    struct buf body = {0};
    int64_t sequence;
    enum status status;
    if (follow_up->reference[0] == '\0')
        return chase_done(performer->store, follow_up->duty, follow_up->message, now, error);
    follow_up_compose(follow_up, store_me(performer->store), now, &body);
    status = store_append(performer->store, ENTRY_FOLLOW_UP, follow_up->reference,
                          buf_text(&body), body.length, now, &sequence, error);
    buf_release(&body);
    return status;
}

/* --- Figures
 * ----------------------------------------------------------------------------------- */

enum status perform_figures(struct performer *performer, struct app *app, struct moment now,
                            struct error *error)
{
    struct world *world = &app->world;
    struct arena arena = {0};
    struct world_figure *list;
    size_t count;
    enum status status = performer->source.figures(
        performer->source.data, app->wish.from, moment_date(now), &arena, &list, &count, error);
    if (status != STATUS_OK) {
        arena_release(&arena);
        return status;
    }
    arena_release(&world->figure_arena);
    world->figure_arena = arena;
    world->figure = list;
    world->figure_count = count;
    return STATUS_OK;
}
