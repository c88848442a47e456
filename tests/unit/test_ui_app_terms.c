/* SPDX-License-Identifier: MIT */
/* Decisions under an agreement, through the app; the register of agreements. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/record_cases.h"
#include "tests/unit/ui_world.h"

static int set_up(void **state)
{
    struct ui_world *world = xcalloc(1, sizeof(*world));

    ui_world_init(world, false);
    ui_world_agree(world);
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    ui_world_release(*state);
    free(*state);
    return 0;
}

static void begin_weekly(struct ui_world *world)
{
    ui_begin(world);
    ui_choose(world, "The Made-up County Agreement");
    ui_choose(world, "The weekly list");
}

/* From the first question to the items, with a school that has signed and police who left. */
static void answer_to_items(struct ui_world *world)
{
    ui_choose(world, "No");
    ui_choose(world, "We were asked");
    ui_choose(world, "Regularly");
    ui_type(world, "Oak Lane\n\n\n\n");
    ui_choose(world, "I called back");
    ui_choose(world, "To protect a child");
    ui_type(world, "Amy Example\n3 4 2018\n\n");
    ui_choose(world, "Yes, and they refused");
    ui_choose(world, "Yes");
    ui_choose(world, "A child could be hurt");
    ui_choose(world, "Continue");
    ui_type(world, "The family may stop coming\n");
    ui_type(world, "East Police\n\n\n\n");
    ui_choose(world, "By secure mail");
}

static void without_agreements_nothing_is_asked(void **state)
{
    struct ui_world *world = *state;

    agreement_free(world->county);
    world->county = NULL;
    ui_begin(world);
    assert_ui_says(world, "Is somebody in danger now?");
}

static void none_is_one_key_away(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_press(world, PRESS_ENTER);
    assert_ui_says(world, "Is somebody in danger now?");
    assert_null(world->app.decision.agreement);
    assert_null(world->app.decision.terms);
}

static void the_usual_agreement_is_not_asked_for(void **state)
{
    struct ui_world *world = *state;

    ui_choose(world, "Practise");
    world->usual = true;
    ui_choose(world, "Make a new decision");
    assert_ui_says(world, "Which programme does it belong to?");
    ui_press(world, PRESS_ENTER);
    assert_string_equal(world->app.decision.agreement, "county");
    assert_null(world->app.decision.programme);
}

static void pages_under_an_agreement(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    assert_page(world, "agreement");
    ui_choose(world, "The Made-up County Agreement");
    assert_page(world, "programme");
    ui_choose(world, "The weekly list");
    ui_choose(world, "No");
    ui_choose(world, "We were asked");
    ui_choose(world, "Regularly");
    ui_type(world, "Oak Lan");
    assert_false(ui_says(world, "signed up"));
    assert_false(ui_says(world, "not found"));
    ui_type(world, "e\n");
    assert_page(world, "question-signatory");
    ui_press(world, PRESS_BACKTAB);
    ui_ctrl(world, 'u');
    ui_type(world, "West Police\n");
    assert_ui_says(world, "West Police: not among the parties listed here");
}

static void what_it_says_of_items_and_so_far(void **state)
{
    struct ui_world *world = *state;

    begin_weekly(world);
    answer_to_items(world);
    assert_page(world, "question-minimum");
    ui_type(world, "o");
    ui_focus(world, "It is for children");
    assert_page(world, "so-far-meetings");
}

static void a_decision_under_an_agreement(void **state)
{
    struct ui_world *world = *state;

    begin_weekly(world);
    answer_to_items(world);
    ui_choose(world, "Add the first item");
    ui_type(world, "Attendance this term\n");
    ui_choose(world, "Yes, it was asked for");
    ui_choose(world, "Share it");
    ui_type(world, "The agreement lists it\n");
    ui_choose(world, "Keep this item");
    ui_choose(world, "That is all");
    ui_choose(world, "I have nothing to say");
    ui_choose(world, "Yes");
    ui_choose(world, "Yes, all of it");
    assert_ui_says(world, "Is this on a list that was agreed beforehand?");
    ui_choose(world, "No");
    ui_choose(world, "See the recommendation");
    ui_choose(world, "Follow it");
    ui_press(world, PRESS_TAB);
    ui_choose(world, "Continue");
    ui_choose(world, "Sign this decision");
    assert_ui_says(world, "Send a copy of the record to the records team");
    assert_non_null(strstr(buf_text(&world->record), "\"programme\":\"weekly\""));
    assert_non_null(strstr(buf_text(&world->record), "\"state\":\"review-overdue\""));
    assert_non_null(strstr(buf_text(&world->record), "East Police: left on 31 January 2026"));
}

static void a_draft_comes_back_under_its_agreement(void **state)
{
    struct ui_world *world = *state;

    begin_weekly(world);
    ui_choose(world, "No");
    ui_choose(world, "We were asked");
    ui_type(world, "w");
    ui_choose(world, "You were deciding");
    ui_choose(world, "Carry on");
    assert_string_equal(world->app.decision.agreement, "county");
    assert_string_equal(world->app.decision.programme, "weekly");
    assert_ptr_equal(world->app.decision.terms, world->county);
}

static void back_from_the_choice(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_choose(world, "The Made-up County Agreement");
    ui_press(world, PRESS_ESC);
    assert_ui_says(world, "Which agreement is this under?");
    ui_press(world, PRESS_ESC);
    assert_ui_says(world, "What do you want to do?");
    assert_false(world->app.deciding);
}

static void the_register(void **state)
{
    struct ui_world *world = *state;

    ui_choose(world, "Practise");
    ui_choose(world, "Look up agreements");
    assert_page(world, "register");
    ui_choose(world, "The Made-up County Agreement");
    assert_page(world, "terms");
    ui_focus(world, "East Police");
    assert_ui_says(world, "Left on 31 January 2026");
    ui_choose(world, "Go back");
    ui_choose(world, "Go back");
    assert_ui_says(world, "What do you want to do?");
}

#define TERMS_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        TERMS_TEST(without_agreements_nothing_is_asked),
        TERMS_TEST(none_is_one_key_away),
        TERMS_TEST(the_usual_agreement_is_not_asked_for),
        TERMS_TEST(pages_under_an_agreement),
        TERMS_TEST(what_it_says_of_items_and_so_far),
        TERMS_TEST(a_decision_under_an_agreement),
        TERMS_TEST(a_draft_comes_back_under_its_agreement),
        TERMS_TEST(back_from_the_choice),
        TERMS_TEST(the_register),
    };

    secret_init();
    return cmocka_run_group_tests(TESTS, NULL, NULL);
}
