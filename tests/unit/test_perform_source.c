/* SPDX-License-Identifier: MIT */
/* The pages of the log over a source that is no store: a register made up here. What it is
 * asked is what the pages ask for, and no page offers what cannot be done there. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "ui/perform.h"
#include "ui/perform_query.h"

static const char made_up[] = "county at nowhere";

/* What was asked last; it has this many decisions, numbered downwards from there. */
struct made_up {
    struct log_query query;
    long long number;
    size_t decisions;
    bool gone;
};

static enum status list(void *data, const struct log_query *query, struct arena *arena,
                        struct window *ret_window, struct error *error)
{
    struct made_up *it = data;
    struct window window = {0};
    long long first = query->after ? query->after - 1 : (long long)it->decisions;

    it->query = *query;
    if (it->gone)
        return (fail)(error, STATUS_IO, "Ask whoever runs it.", "The county is not reached.");
    window.row = arena_alloc(arena, (query->limit + 1) * sizeof(*window.row));
    for (long long n = first; n > 0 && window.count < query->limit; n--)
        window.row[window.count++] =
            (struct row){.sequence = n,
                         .summary = {.reference = "4PKD-A44R",
                                     .author = "jo",
                                     .team = "North",
                                     .pseudonym = "",
                                     .subject = arena_printf(arena, "Person %lld", n)}};
    window.more_before = query->after != 0;
    window.more_after = window.count > 0 && window.row[window.count - 1].sequence > 1;
    *ret_window = window;
    return STATUS_OK;
}

static enum status count(void *data, const struct log_query *query, bool (*going)(void *data),
                         void *going_data, int64_t *ret_count, struct error *error)
{
    (void)query;
    (void)going;
    (void)going_data;
    (void)error;
    *ret_count = (int64_t)((struct made_up *)data)->decisions;
    return STATUS_OK;
}

static const char *tell(void *data, const struct row *row, const char *search,
                        struct arena *arena)
{
    (void)data;
    (void)search;
    return arena_printf(arena, "of %s", row->summary.team);
}

static enum status record(void *data, const struct wish *wish, struct moment now,
                          struct arena *arena, struct row *ret_row, struct entry **ret_entries,
                          size_t *ret_count, struct error *error)
{
    (void)now;
    (void)arena;
    (void)ret_row;
    (void)ret_entries;
    (void)ret_count;
    ((struct made_up *)data)->number = wish->number;
    return (fail)(error, STATUS_NOT_FOUND, "Look for it again.", "It is not there.");
}

static enum status figures(void *data, date from, date today, struct arena *arena,
                           struct world_figure **ret_list, size_t *ret_count,
                           struct error *error)
{
    (void)data;
    (void)from;
    (void)today;
    (void)error;
    *ret_list = arena_alloc(arena, sizeof(**ret_list));
    **ret_list =
        (struct world_figure){.heading = "By team", .name = "North", .count = 7, .most = 7};
    *ret_count = 1;
    return STATUS_OK;
}

/* --- The app over it ---------------------------------------------------------------------- */

struct desk {
    struct made_up made_up;
    struct performer performer;
    struct app app;
    struct page page;
};

static void feed(struct desk *desk, struct event event)
{
    struct moment now = {.us = 1795312800000000};
    enum effect_kind effect;
    struct error error;

    event.now = now;
    while ((effect = app_update(&desk->app, &event)) != EFFECT_NONE && effect != EFFECT_QUIT) {
        event = (struct event){.kind = EVENT_DONE, .now = now};
        if (perform(&desk->performer, &desk->app, effect, now, &error) != STATUS_OK)
            event = (struct event){.kind = EVENT_FAILED, .now = now, .error = &error};
    }
    app_view(&desk->app, &desk->page);
}

static const struct block *find(const struct desk *desk, const char *text)
{
    for (size_t i = 0; i < desk->page.count; i++) {
        const struct block *block = &desk->page.block[i];

        if ((block->text && strstr(block->text, text)) ||
            (block->detail && strstr(block->detail, text)))
            return block;
        for (size_t n = 0; n < block->column_count; n++) {
            if (strstr(block->column[n].text, text))
                return block;
        }
    }
    return NULL;
}

static void choose(struct desk *desk, const char *text)
{
    const struct block *block = find(desk, text);

    assert_non_null(block);
    feed(desk, (struct event){.kind = EVENT_CHOOSE, .id = block->id});
}

static void press(struct desk *desk, enum press_kind kind)
{
    feed(desk, (struct event){.kind = EVENT_PRESS, .press = {.kind = kind}});
}

static int set_up(void **state)
{
    struct desk *desk = xcalloc(1, sizeof(*desk));
    struct log_source source = {&desk->made_up, made_up, list, count, tell, record, figures};

    desk->made_up.decisions = 30;
    app_init(&desk->app);
    page_init(&desk->page);
    performer_look(&desk->performer, &desk->app, source);
    feed(desk, (struct event){.kind = EVENT_START});
    *state = desk;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *desk = *state;

    performer_release(&desk->performer);
    page_release(&desk->page);
    app_release(&desk->app);
    free(desk);
    return 0;
}

static void begins_with_the_list(void **state)
{
    struct desk *desk = *state;

    assert_non_null(find(desk, made_up));
    assert_non_null(find(desk, "read only"));
    assert_non_null(find(desk, "Person 30"));
    assert_non_null(find(desk, "of North"));
    press(desk, PRESS_PAGE_DOWN);
    assert_int_equal(desk->made_up.query.after, 31 - (long long)desk->made_up.query.limit);
    press(desk, PRESS_ESC);
    assert_int_equal(desk->app.place, AT_LOG);
}

/* Who has waited longest comes first, and departures and urgent ones before all (the store's).
 */
static void the_queue_is_oldest_first(void **state)
{
    struct wish wish = {.list = LIST_REVIEWABLE};
    struct moment now = {.us = 1795312800000000};

    (void)state;
    assert_true(query_of_wish(&wish, now).reviewable);
    assert_int_equal(query_of_wish(&wish, now).order, LOG_OLDEST_FIRST);
    wish.list = LIST_LOG;
    assert_int_equal(query_of_wish(&wish, now).order, LOG_NEWEST_FIRST);
}

static void opens_by_number(void **state)
{
    struct desk *desk = *state;

    choose(desk, "Person 28");
    assert_int_equal(desk->made_up.number, 28);
    assert_non_null(find(desk, "It is not there."));
}

static void offers_nothing_that_writes(void **state)
{
    static const char *const never[] = {"Keep it under that name", "Overdue", "audit",
                                        "rows for statistics", "By author"};
    struct desk *desk = *state;

    choose(desk, "Filter and sort");
    for (size_t i = 0; i < COUNT(never); i++)
        assert_null(find(desk, never[i]));
    choose(desk, "Urgent");
    choose(desk, "Show them");
    assert_true(desk->made_up.query.urgent);
    choose(desk, "See figures");
    assert_non_null(find(desk, "By team"));
    for (size_t i = 0; i < COUNT(never); i++)
        assert_null(find(desk, never[i]));
}

/* Behind the page of the filter: its first page as it will be asked for, and how many. */
static void reads_ahead_of_a_filter(void **state)
{
    struct desk *desk = *state;
    size_t limit = desk->made_up.query.limit;

    choose(desk, "Filter and sort");
    choose(desk, "Urgent");
    desk->made_up.query = (struct log_query){.limit = 0};
    performer_count(&desk->performer, &desk->app, (struct moment){0}, NULL, NULL);
    assert_true(desk->made_up.query.urgent);
    assert_int_equal(desk->made_up.query.limit, limit);
    assert_int_equal(desk->app.world.counting, COUNT_KNOWN);
    app_view(&desk->app, &desk->page);
    assert_non_null(find(desk, "Show them: 30 decisions"));
}

static void says_that_it_is_gone(void **state)
{
    struct desk *desk = *state;

    desk->made_up.gone = true;
    press(desk, PRESS_PAGE_DOWN);
    assert_non_null(find(desk, "The county is not reached."));
    desk->made_up.gone = false;
    choose(desk, "Try again");
    assert_non_null(find(desk, "Person"));
    assert_int_equal(desk->app.place, AT_LOG);
}

/* There is no passphrase to come back by: hiding it is leaving it. */
static void leaves_where_a_store_locks(void **state)
{
    struct desk *desk = *state;
    struct event idle = {.kind = EVENT_IDLE};

    assert_int_equal(app_update(&desk->app, &idle), EFFECT_QUIT);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(begins_with_the_list),       TEST(the_queue_is_oldest_first),
        TEST(begins_with_the_list),       TEST(opens_by_number),
        TEST(offers_nothing_that_writes), TEST(reads_ahead_of_a_filter),
        TEST(says_that_it_is_gone),       TEST(leaves_where_a_store_locks),
    };

    return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
