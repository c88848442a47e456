/* SPDX-License-Identifier: MIT */
/* The desk: windows of the log, search as one types, filters, what is to be done. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/ui_world.h"
#include "ui/layout.h"
#include "ui/place.h"

/* A decision is signed; we are at the start page. */
static int set_up(void **state)
{
    struct ui_world *world = xcalloc(1, sizeof(*world));

    ui_world_init(world, false);
    ui_begin(world);
    ui_answer_all(world);
    ui_choose(world, "See the recommendation");
    ui_choose(world, "Follow it");
    ui_press(world, PRESS_TAB);
    ui_choose(world, "Continue");
    ui_choose(world, "Sign this decision");
    ui_press(world, PRESS_ESC);
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    ui_world_release(*state);
    free(*state);
    return 0;
}

static void asks_for_windows_by_what_is_shown(void **state)
{
    struct ui_world *world = *state;
    const struct wish *wish = &world->app.wish;

    world->more = true;
    ui_choose(world, "Read the log");
    ui_press(world, PRESS_PAGE_DOWN);
    assert_int_equal(wish->after, 3);
    assert_false(wish->backwards);
    ui_press(world, PRESS_PAGE_UP);
    assert_int_equal(wish->after, 3);
    assert_true(wish->backwards);
    ui_press(world, PRESS_END);
    assert_int_equal(wish->after, 0);
    assert_true(wish->backwards);
    ui_press(world, PRESS_HOME);
    assert_int_equal(wish->after, 0);
    assert_false(wish->backwards);
    world->more = false;
    ui_press(world, PRESS_HOME);
    world->lists = 0;
    ui_press(world, PRESS_PAGE_DOWN);
    assert_int_equal(world->lists, 0);
}

static void comes_back_to_the_row_that_was_opened(void **state)
{
    struct ui_world *world = *state;

    world->more = true;
    world->twice = true;
    ui_choose(world, "Read the log");
    ui_press(world, PRESS_END);
    assert_int_equal(world->app.focus, ID_ROW + 1);
    ui_press(world, PRESS_UP);
    ui_press(world, PRESS_ENTER);
    assert_int_equal(world->app.place, AT_RECORD);
    ui_press(world, PRESS_ESC);
    assert_int_equal(world->app.place, AT_LOG);
    assert_int_equal(world->app.focus, ID_ROW);
}

static const struct block *row_of_page(struct ui_world *world)
{
    app_view(&world->app, &world->page);
    for (size_t n = 0; n < world->page.count; n++)
        if (world->page.block[n].id == ID_ROW)
            return &world->page.block[n];
    fail_msg("no row is listed");
    return NULL;
}

static void a_narrow_screen_cuts_no_reference(void **state)
{
    struct ui_world *world = *state;
    struct frame frame = {0};
    bool whole = false;

    ui_choose(world, "Read the log");
    for (int cols = 60; cols <= 120; cols += 10) {
        world->app.cols = cols;
        (void)row_of_page(world);
        frame_layout(&frame, &world->page, 24, cols);
        whole = false;
        for (int n = 0; n < frame.rows; n++)
            whole = whole || strstr(frame.row[n].text, world->reference);
        if (!whole)
            fail_msg("the reference is cut at %d columns", cols);
    }
    frame_release(&frame);
    /* The queue has the recipient where each row would say that it waits. */
    world->app.cols = 80;
    assert_string_equal(row_of_page(world)->column[3].text, "Waiting");
    world->app.list = LIST_REVIEWABLE;
    assert_non_null(strstr(row_of_page(world)->column[3].text, " to "));
}

static void filters_by_a_key(void **state)
{
    struct ui_world *world = *state;

    ui_choose(world, "Read the log");
    ui_type(world, "f");
    assert_int_equal(world->app.place, AT_FILTER);
    ui_press(world, PRESS_ESC);
    assert_int_equal(world->app.place, AT_LOG);
    world->app.list = LIST_SAMPLE;
    ui_type(world, "f");
    assert_int_equal(world->app.place, AT_LOG);
    ui_press(world, PRESS_ESC);
    ui_type(world, "f");
    assert_int_equal(world->app.place, AT_HOME);
}

/* Somebody in a hurry types the message where the field is not. */
static void a_text_typed_beside_its_field_signs_nothing(void **state)
{
    struct ui_world *world = *state;

    ui_choose(world, "Read the log");
    ui_press(world, PRESS_ENTER);
    world->app.world.me.role = ROLE_SUPERVISOR;
    world->app.world.mine = false;
    ui_choose(world, "Review this decision");
    ui_choose(world, "I agree with it");
    assert_int_equal(world->app.focus, ID_SIGN);
    ui_type(world, "  they were all told 3 times   ");
    assert_int_equal(world->app.place, AT_REVIEW);
    ui_press(world, PRESS_ESC);
    ui_press(world, PRESS_ESC);
    ui_press(world, PRESS_ESC);
    ui_choose(world, "See what is to be done");
    ui_choose(world, "Tell the person");
    ui_press(world, PRESS_TAB);
    assert_int_equal(world->app.focus, ID_DONE);
    ui_type(world, " 1 1 ");
    assert_int_equal(world->app.place, AT_DONE);
    assert_int_equal(world->followed, 0);
}

/* A line typed there is not yet a signature. */
static void a_plain_prompt_asks_before_it_signs(void **state)
{
    struct ui_world *world = *state;

    world->app.plain = true;
    ui_choose(world, "Read the log");
    ui_press(world, PRESS_ENTER);
    world->app.world.me.role = ROLE_SUPERVISOR;
    world->app.world.mine = false;
    ui_choose(world, "Review this decision");
    ui_choose(world, "I return it");
    ui_choose(world, "More detail is needed");
    ui_feed(world, (struct event){
                       .kind = EVENT_WRITE, .id = ID_FORM + FORM_MESSAGE, .text = "Say more"});
    assert_int_equal(world->app.place, AT_REVIEW);
    assert_int_equal(world->app.focus, ID_SIGN);
    ui_press(world, PRESS_ENTER);
    assert_string_equal(world->app.message, "Your review is signed and in the log.");
}

static void searches_at_every_key(void **state)
{
    struct ui_world *world = *state;

    ui_type(world, "/");
    world->lists = 0;
    ui_type(world, "amy");
    assert_int_equal(world->lists, 3);
    assert_string_equal(world->app.wish.search, "amy");
    assert_ui_says(world, "who is at school");
    assert_false(ui_says(world, "in all."));
    world->app.world.counting = COUNT_KNOWN;
    ui_press(world, PRESS_LEFT);
    assert_int_equal(world->lists, 3);
    assert_ui_says(world, "in all.");
    ui_press(world, PRESS_END);
    ui_press(world, PRESS_DOWN);
    ui_press(world, PRESS_ENTER);
    assert_int_equal(world->app.place, AT_RECORD);
    ui_press(world, PRESS_ESC);
    assert_int_equal(world->app.place, AT_SEARCH);
    assert_ui_says(world, "who is at school");
    ui_press(world, PRESS_UP);
    ui_type(world, "x");
    assert_ui_says(world, "Nothing has these words.");
}

static void to_the_top(struct ui_world *world)
{
    for (int n = 0; n < 5; n++)
        ui_press(world, PRESS_PAGE_UP);
}

static void filters_the_log_and_keeps_filters(void **state)
{
    struct ui_world *world = *state;

    ui_choose(world, "Read the log");
    ui_choose(world, "Filter and sort");
    ui_choose(world, "Urgent");
    ui_choose(world, "Oldest first");
    ui_focus(world, "Signed from");
    ui_type(world, "32 1 2026");
    to_the_top(world);
    ui_choose(world, "Show them");
    assert_ui_says(world, "This is not a day.");
    ui_ctrl(world, 'u');
    to_the_top(world);
    ui_choose(world, "Show them");
    assert_int_equal(world->app.place, AT_LOG);
    assert_int_equal(world->app.wish.filter.marks, 1u << MARK_URGENT);
    assert_int_equal(world->app.wish.filter.sort, SORT_OLDEST_FIRST);
    ui_choose(world, "Filter and sort");
    ui_choose(world, "Keep it under");
    assert_ui_says(world, "The filter has no name.");
    to_the_top(world);
    ui_choose(world, "Departures");
    assert_int_equal(world->app.place, AT_LOG);
    assert_int_equal(world->app.wish.filter.marks, 1u << MARK_DEPARTED);
    ui_choose(world, "Filter and sort");
    ui_choose(world, "Show the whole log");
    assert_int_equal(world->app.wish.filter.marks, 0);
}

static void counts_what_a_filter_would_show(void **state)
{
    struct ui_world *world = *state;
    struct world *known = &world->app.world;

    ui_choose(world, "Read the log");
    ui_choose(world, "Filter and sort");
    assert_int_equal(known->counting, COUNT_WANTED);
    known->counting = COUNT_KNOWN;
    known->counted = 1;
    assert_ui_says(world, "Show them: 1 decision");
    world->lists = 0;
    ui_choose(world, "Urgent");
    assert_int_equal(known->counting, COUNT_WANTED);
    assert_int_equal(world->app.wish.filter.marks, 1u << MARK_URGENT);
    assert_false(ui_says(world, "1 decision"));
    ui_focus(world, "Signed from");
    ui_type(world, "3");
    assert_int_equal(known->counting, COUNT_NONE);
    ui_type(world, " 2 2026");
    assert_int_equal(known->counting, COUNT_WANTED);
    assert_int_equal(world->lists, 0);
    ui_press(world, PRESS_ESC);
    assert_int_equal(world->lists, 1);
}

static void filters_the_queue_and_leaves_the_log_alone(void **state)
{
    struct ui_world *world = *state;
    const struct wish *wish = &world->app.wish;

    world->reviewer = true;
    world->app.world.me.role = ROLE_SUPERVISOR;
    ui_choose(world, "Review decisions");
    ui_choose(world, "Filter these");
    assert_false(ui_says(world, "In which order?"));
    ui_choose(world, "Departs");
    ui_focus(world, "By somebody of the team");
    ui_type(world, "East");
    to_the_top(world);
    ui_choose(world, "Show them");
    assert_int_equal(wish->list, LIST_REVIEWABLE);
    assert_int_equal(wish->filter.marks, 1u << MARK_DEPARTED);
    assert_string_equal(wish->text[FORM_OF_TEAM - FORM_WORDS], "East");
    assert_ui_says(world, "With: departed");
    ui_press(world, PRESS_ESC);
    ui_choose(world, "Read the log");
    assert_int_equal(wish->filter.marks, 0);
    assert_string_equal(wish->text[FORM_OF_TEAM - FORM_WORDS], "");
    ui_choose(world, "Filter and sort");
    ui_choose(world, "Show the whole log");
    ui_press(world, PRESS_ESC);
    ui_choose(world, "Review decisions");
    assert_int_equal(wish->filter.marks, 0);
}

static void filters_what_is_about_one_person(void **state)
{
    struct ui_world *world = *state;
    const struct wish *wish = &world->app.wish;

    ui_choose(world, "Read the log");
    ui_press(world, PRESS_ENTER);
    ui_choose(world, "See every decision about this person");
    ui_choose(world, "Filter and sort");
    ui_choose(world, "Show them");
    assert_int_equal(wish->list, LIST_LOG);
    assert_string_equal(wish->filter.person, world->app.world.row->summary.pseudonym);
    ui_choose(world, "Filter and sort");
    ui_focus(world, "Only about one person");
    ui_type(world, " ");
    ui_choose(world, "Show them");
    assert_string_equal(wish->filter.person, "");
}

static void says_what_was_done(void **state)
{
    struct ui_world *world = *state;

    ui_choose(world, "See what is to be done");
    ui_choose(world, "Tell the person");
    ui_choose(world, "Sign that it is done");
    assert_ui_says(world, "It does not say what was done.");
    ui_type(world, "Told by telephone");
    ui_choose(world, "Sign that it is done");
    assert_int_equal(world->app.place, AT_TO_DO);
    assert_ui_says(world, "Signed and in the log.");
    assert_int_equal(world->app.world.duty_count, 1);
}

static void answers_what_a_person_asks(void **state)
{
    struct ui_world *world = *state;

    world->app.world.practice = false;
    ui_choose(world, "Read the log");
    ui_press(world, PRESS_ENTER);
    ui_choose(world, "See every decision about this person");
    ui_choose(world, "Answer this person's request");
    assert_page(world, "answer");
    world->refuse = EFFECT_ANSWER;
    ui_choose(world, "Write it as JSON");
    assert_ui_says(world, "The disk is full.");
    assert_int_equal(world->app.wish.form, WRITE_JSON);
    world->refuse = EFFECT_NONE;
    ui_choose(world, "Write it to be printed");
    assert_int_equal(world->app.wish.form, WRITE_WHOLE);
    assert_page(world, "answered");
    ui_choose(world, "Go back");
    assert_ui_says(world, "Every decision about Amy Example");
}

static void takes_every_nth_for_an_audit(void **state)
{
    struct ui_world *world = *state;
    const struct wish *wish = &world->app.wish;

    world->app.world.practice = false;
    world->app.world.me.role = ROLE_SUPERVISOR;
    ui_choose(world, "See figures");
    ui_choose(world, "Write these as rows");
    ui_choose(world, "Write them as CSV");
    assert_int_equal(world->last, EFFECT_STATISTICS);
    assert_ui_says(world, "Written to discern-figures.csv.");
    ui_choose(world, "Choose decisions for an audit");
    ui_type(world, "0\n");
    assert_ui_says(world, "This is not a number from 1 to 1000.");
    ui_ctrl(world, 'u');
    ui_type(world, "22\n");
    assert_ui_says(world, "Every 22nd decision");
    assert_int_equal(wish->list, LIST_SAMPLE);
    assert_int_equal(wish->every, 22);
    assert_false(ui_says(world, "Filter"));
    ui_press(world, PRESS_ESC);
    ui_choose(world, "List all that departed");
    assert_int_equal(wish->every, 0);
    assert_ui_says(world, "All that departed");
}

static void an_amendment_stands_beside_the_original(void **state)
{
    struct ui_world *world = *state;

    ui_choose(world, "Read the log");
    ui_press(world, PRESS_ENTER);
    assert_false(ui_says(world, "See what was amended"));
    assert_false(ui_says(world, "Decided beside it:"));
    world->amended = true;
    ui_press(world, PRESS_ESC);
    ui_press(world, PRESS_ENTER);
    ui_choose(world, "See what was amended");
    assert_page(world, "changes");
    ui_choose(world, "Go back to the record");
    ui_choose(world, world->reference);
    assert_int_equal(world->app.place, AT_RECORD);
    ui_press(world, PRESS_ESC);
    assert_int_equal(world->app.place, AT_RECORD);
    ui_press(world, PRESS_ESC);
    assert_int_equal(world->app.place, AT_LOG);
}

static void decides_beside_another(void **state)
{
    struct ui_world *world = *state;

    ui_choose(world, "Read the log");
    ui_press(world, PRESS_ENTER);
    ui_choose(world, "Decide the same for another");
    assert_page(world, "beside");
    ui_choose(world, "The person");
    assert_ui_says(world, "Who is the information about?");
    ui_type(world, "Ben Example\n1 2 2019\n\n");
    assert_int_equal(world->app.place, AT_CHECK);
    assert_ui_says(world, "East Police");
    assert_ui_says(world, "Ben Example");
}

/* What the page of a record offers, by who reads it, whose it is and where it stands. The
 * database has the last word; a page does not offer what it would refuse. */
static void a_record_offers_what_its_reader_may_do(void **state)
{
    static const struct {
        enum role role;
        bool mine;
        enum state state;
        bool review, amend;
    } rows[] = {
        {ROLE_PRACTITIONER, true, STATE_WAITING, false, true},
        {ROLE_PRACTITIONER, true, STATE_RETURNED, false, true},
        {ROLE_PRACTITIONER, false, STATE_WAITING, false, false},
        {ROLE_SUPERVISOR, true, STATE_WAITING, false, true},
        {ROLE_SUPERVISOR, false, STATE_WAITING, true, false},
        {ROLE_SUPERVISOR, false, STATE_COUNTERSIGN, false, false},
        {ROLE_SUPERVISOR, false, STATE_AGREED, false, false},
        {ROLE_SUPERVISOR, false, STATE_RETURNED, false, false},
        {ROLE_GUARDIAN, true, STATE_COUNTERSIGN, false, true},
        {ROLE_GUARDIAN, false, STATE_COUNTERSIGN, true, false},
        {ROLE_GUARDIAN, false, STATE_WAITING, true, false},
        {ROLE_GUARDIAN, false, STATE_ERASED, false, false},
    };
    struct ui_world *world = *state;

    ui_choose(world, "Read the log");
    ui_press(world, PRESS_ENTER);
    for (size_t n = 0; n < COUNT(rows); n++) {
        world->app.world.me.role = rows[n].role;
        world->app.world.mine = rows[n].mine;
        world->app.world.record.state = rows[n].state;
        world->app.world.record.summary.countersign = rows[n].state == STATE_COUNTERSIGN;
        if (ui_says(world, "Review this decision") != rows[n].review ||
            ui_says(world, "Amend it") != rows[n].amend)
            fail_msg("row %zu offers what it should not, or does not", n);
    }
    /* Two agreements are asked for: the supervisor's comes first. */
    world->app.world.mine = false;
    world->app.world.record.state = STATE_WAITING;
    world->app.world.record.summary.countersign = true;
    assert_false(ui_says(world, "Review this decision"));
    assert_ui_says(world, "A supervisor reviews it first");
    world->app.world.me.role = ROLE_SUPERVISOR;
    assert_ui_says(world, "Review this decision");
}

static void a_receipt_is_chased_until_it_comes_or_that_is_done(void **state)
{
    struct ui_world *world = *state;

    world->chased = true;
    world->more = true;
    ui_choose(world, "See what is to be done");
    assert_ui_says(world, "bundle 0a1b");
    ui_choose(world, "Chase the receipt");
    assert_ui_says(world, "Ask the receiver whether it arrived");
    ui_choose(world, "Sign that it is done");
    assert_ui_says(world, "It does not say what was done.");
    ui_press(world, PRESS_ESC);
    assert_int_equal(world->app.place, AT_TO_DO);
    assert_ui_says(world, "bundle 0a1b");
    ui_choose(world, "Chase the receipt");
    ui_press(world, PRESS_TAB);
    ui_type(world, "Rang them");
    ui_choose(world, "Sign that it is done");
    assert_int_equal(world->app.place, AT_TO_DO);
    assert_string_equal(world->app.message, "Signed and in the log.");
    assert_string_equal(world->app.wish.follow_up.duty, "0a1b");
    assert_string_equal(world->app.wish.follow_up.reference, "");
    assert_false(ui_says(world, "bundle 0a1b"));
}

static void an_incident_is_reported_told_and_closed(void **state)
{
    struct ui_world *world = *state;

    world->reviewer = true;
    world->app.world.me.role = ROLE_SUPERVISOR;
    ui_choose(world, "Read the log");
    ui_press(world, PRESS_ENTER);
    ui_choose(world, "Report a breach");
    assert_page(world, "breach");
    ui_focus(world, "When they knew");
    ui_type(world, "20 11 2026 10:00");
    ui_focus(world, "What happened");
    ui_type(world, "It went to the wrong house.");
    /* Going back and coming again loses nothing; leaving asks first. */
    ui_ctrl(world, 'c');
    assert_ui_says(world, "Leave without what you typed?");
    ui_choose(world, "Go back to it");
    ui_press(world, PRESS_ESC);
    ui_choose(world, "Report a breach");
    world->refuse = EFFECT_NOTE;
    ui_choose(world, "Report this breach");
    assert_ui_says(world, "The disk is full.");
    world->refuse = EFFECT_NONE;
    ui_choose(world, "Report this breach");
    assert_true(form_empty(&world->app, FORM_HAPPENED));
    assert_int_equal(world->app.place, AT_INCIDENT);
    assert_ui_says(world, "18 hours and 0 minutes left: The partners.");
    assert_ui_says(world, "Signed and in the log.");
    assert_page(world, "incident");
    assert_false(ui_says(world, "Close it"));
    ui_choose(world, "Say who was told");
    ui_choose(world, "The partners");
    assert_string_equal(world->app.note_clock, "partners");
    assert_page(world, "incident-told");
    ui_type(world, "20 11 2026 11:00");
    ui_focus(world, "What they were told");
    ui_type(world, "By telephone");
    ui_choose(world, "Sign who was told");
    assert_int_equal(world->app.place, AT_INCIDENT);
    ui_choose(world, "Close it");
    ui_type(world, "Two people check.");
    ui_choose(world, "Close the incident");
    assert_ui_says(world, "Incident 12: closed");
    assert_false(ui_says(world, "Say who was told"));
    ui_press(world, PRESS_ESC);
    assert_int_equal(world->app.place, AT_RECORD);
}

static void incidents_are_listed_from_the_start_page(void **state)
{
    struct ui_world *world = *state;

    world->app.world.incidents = 2;
    world->app.world.pressing = 1;
    assert_ui_says(world, "nearly over, or over");
    assert_ui_says(world, "(2 open, 1 PRESSING)");
    ui_choose(world, "See incidents");
    assert_page(world, "incidents");
    assert_ui_says(world, "LITTLE TIME, 18 hours and 0 minutes left: The partners");
    ui_press(world, PRESS_ENTER);
    assert_int_equal(world->app.place, AT_INCIDENT);
    assert_false(ui_says(world, "Decide not to tell"));
    ui_press(world, PRESS_ESC);
    ui_choose(world, "See those that are closed");
    assert_ui_says(world, "There is nothing here.");
}

static void goes_back_from_a_persons_page_to_the_record(void **state)
{
    struct ui_world *world = *state;

    ui_choose(world, "Read the log");
    ui_press(world, PRESS_ENTER);
    ui_choose(world, "See every decision about this person");
    assert_ui_says(world, "Every decision about Amy Example");
    assert_string_not_equal(world->app.wish.pseudonym, "");
    ui_press(world, PRESS_ESC);
    assert_int_equal(world->app.place, AT_RECORD);
    ui_press(world, PRESS_ESC);
    assert_ui_says(world, "Log of decisions");
}

/* Each reading is logged, and a register needs the number of what it is to show again. */
static void a_record_that_stands_there_is_not_read_again(void **state)
{
    struct ui_world *world = *state;

    ui_choose(world, "Read the log");
    ui_press(world, PRESS_ENTER);
    ui_choose(world, "See how it was decided");
    world->last = EFFECT_NONE;
    ui_press(world, PRESS_ESC);
    assert_int_equal(world->app.place, AT_RECORD);
    assert_int_equal(world->last, EFFECT_NONE);
    ui_choose(world, "See every decision about this person");
    world->app.world.record.sequence++; /* another store's, of the same reference */
    ui_press(world, PRESS_ESC);
    assert_int_equal(world->last, EFFECT_RECORD);
    assert_int_equal(world->app.wish.number, 3);
}

static void warns_of_a_possible_duplicate(void **state)
{
    struct ui_world *world = *state;
    struct world_row row = {.summary = {.reference = "7MR9-Q363", .author = "sam"}};

    ui_choose(world, "Make a new decision");
    row.summary.signed_at = world->now;
    world->app.world.duplicate = &row;
    world->app.world.duplicate_count = 1;
    ui_type(world, "c");
    assert_ui_says(world, "Perhaps this was decided already");
    assert_ui_says(world, "7MR9-Q363 of 20 November 2026 by sam");
    world->app.world.duplicate_count = 0;
}

#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        DESK_TEST(asks_for_windows_by_what_is_shown),
        DESK_TEST(comes_back_to_the_row_that_was_opened),
        DESK_TEST(a_narrow_screen_cuts_no_reference),
        DESK_TEST(filters_by_a_key),
        DESK_TEST(a_text_typed_beside_its_field_signs_nothing),
        DESK_TEST(a_plain_prompt_asks_before_it_signs),
        DESK_TEST(searches_at_every_key),
        DESK_TEST(filters_the_log_and_keeps_filters),
        DESK_TEST(counts_what_a_filter_would_show),
        DESK_TEST(filters_the_queue_and_leaves_the_log_alone),
        DESK_TEST(filters_what_is_about_one_person),
        DESK_TEST(says_what_was_done),
        DESK_TEST(answers_what_a_person_asks),
        DESK_TEST(takes_every_nth_for_an_audit),
        DESK_TEST(an_amendment_stands_beside_the_original),
        DESK_TEST(decides_beside_another),
        DESK_TEST(a_record_offers_what_its_reader_may_do),
        DESK_TEST(a_receipt_is_chased_until_it_comes_or_that_is_done),
        DESK_TEST(an_incident_is_reported_told_and_closed),
        DESK_TEST(incidents_are_listed_from_the_start_page),
        DESK_TEST(goes_back_from_a_persons_page_to_the_record),
        DESK_TEST(a_record_that_stands_there_is_not_read_again),
        DESK_TEST(warns_of_a_possible_duplicate),
    };

    secret_init();
    return cmocka_run_group_tests(TESTS, NULL, NULL);
}
