/* SPDX-License-Identifier: MIT */
/* Each place as it looks at 80x24 and as it reads in plain prompts. */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "tests/unit/ui_world.h"

static int set_up(void **state)
{
    struct ui_world *world = xcalloc(1, sizeof(*world));

    ui_world_init(world, false);
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    ui_world_release(*state);
    free(*state);
    return 0;
}

static void sign_it(struct ui_world *world)
{
    ui_choose(world, "See the recommendation");
    ui_choose(world, "Follow it");
    ui_press(world, PRESS_TAB);
    ui_choose(world, "Continue");
    ui_choose(world, "Sign this decision");
}

static void before_a_store_is_open(void **state)
{
    struct ui_world *world = *state;

    assert_page(world, "start");
    ui_choose(world, "Set up");
    ui_type(world, "Ann Example\n\n\n");
    ui_choose(world, "Continue");
    assert_page(world, "setup-error");
    ui_focus(world, "A short name");
    ui_type(world, "ann\n\n");
    ui_choose(world, "Supervisor");
    ui_choose(world, "Continue");
    ui_type(world, "four words");
    assert_page(world, "passphrase");
}

static void unlocking(void **state)
{
    struct ui_world *world = *state;

    ui_world_release(world);
    ui_world_init(world, true);
    assert_page(world, "unlock");
    world->app.world.upgraded = 300000;
    world->app.world.upgrading = 1000000;
    assert_page(world, "unlock-upgrade");
    world->app.world.upgrading = 0;
    world->refuse = EFFECT_UNLOCK;
    ui_type(world, "wrong\n");
    assert_page(world, "unlock-error");
}

static void questions_of_each_type(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    assert_page(world, "question-choice");
    ui_choose(world, "No");
    ui_type(world, "?");
    assert_page(world, "help");
    ui_press(world, PRESS_ESC);
    ui_choose(world, "We were asked");
    ui_choose(world, "Once");
    assert_page(world, "question-organisation");
    ui_type(world, "\n\n\n\n");
    assert_page(world, "question-error");
    ui_focus(world, "Organisation");
    ui_type(world, "North School\n\n\n\n");
    ui_choose(world, "I called back");
    ui_choose(world, "To protect a child");
    ui_type(world, "Amy Example\n3 4 2018");
    assert_page(world, "question-person");
    ui_press(world, PRESS_ESC);
    ui_press(world, PRESS_ENTER);
    ui_choose(world, "Yes, and they refused");
    ui_choose(world, "Yes");
    ui_choose(world, "A child could be hurt");
    assert_page(world, "question-choices");
    ui_choose(world, "Continue");
    assert_page(world, "question-text");
    ui_type(world, "o");
    ui_press(world, PRESS_TAB);
    ui_type(world, "o");
    assert_page(world, "so-far");
}

static void items(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_answer_all(world);
    ui_choose(world, "What was asked for");
    assert_page(world, "question-items");
    ui_choose(world, "The mother's health");
    assert_page(world, "item");
}

static void from_check_to_signed(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_answer_all(world);
    assert_page(world, "check");
    ui_choose(world, "What made you think");
    ui_choose(world, "Something I saw");
    assert_page(world, "void");
    ui_choose(world, "Keep the answer");
    ui_press(world, PRESS_ESC);
    ui_choose(world, "See the recommendation");
    assert_page(world, "outcome");
    ui_choose(world, "See what would change it");
    assert_page(world, "near");
    ui_press(world, PRESS_ESC);
    ui_choose(world, "Depart from it");
    assert_page(world, "depart");
    ui_press(world, PRESS_ESC);
    ui_choose(world, "Follow it");
    assert_page(world, "justify");
    ui_press(world, PRESS_TAB);
    ui_choose(world, "Continue");
    assert_page(world, "sign");
    ui_choose(world, "Sign this decision");
    assert_page(world, "signed");
    assert_false(ui_says(world, "Write it to a file"));
    world->app.world.practice = false;
    ui_choose(world, "Write it to a file");
    assert_page(world, "export");
    ui_press(world, PRESS_ESC);
    ui_choose(world, "Read the record");
    assert_page(world, "record");
    ui_choose(world, "Amend it");
    assert_page(world, "amend");
}

static void the_start_page_and_the_log(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_choose(world, "No");
    ui_choose(world, "We were asked");
    ui_press(world, PRESS_ESC);
    ui_press(world, PRESS_ESC);
    ui_press(world, PRESS_ESC);
    assert_page(world, "home");
    ui_press(world, PRESS_ENTER);
    assert_page(world, "unfinished");
    ui_choose(world, "Throw it away");
    ui_choose(world, "Make a new decision");
    ui_answer_all(world);
    sign_it(world);
    ui_press(world, PRESS_ESC);
    ui_choose(world, "Read the log");
    assert_page(world, "log");
    ui_type(world, "/");
    assert_page(world, "search");
    ui_type(world, "amy");
    world->app.world.counting = COUNT_KNOWN;
    world->app.world.counted = 1;
    assert_page(world, "search-hits");
    ui_press(world, PRESS_ESC);
    ui_choose(world, "Filter and sort");
    assert_page(world, "filter");
}

static void what_is_to_be_done(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_answer_all(world);
    sign_it(world);
    ui_press(world, PRESS_ESC);
    ui_choose(world, "See what is to be done");
    assert_page(world, "to-do");
    ui_press(world, PRESS_ENTER);
    assert_page(world, "done");
}

static void figures_as_bars(void **state)
{
    struct ui_world *world = *state;

    ui_choose(world, "Practise");
    ui_choose(world, "Carry on as Sam");
    ui_choose(world, "See figures");
    assert_page(world, "figures");
}

static void a_record_that_came_back(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_answer_all(world);
    sign_it(world);
    world->state = STATE_RETURNED;
    ui_press(world, PRESS_ESC);
    assert_page(world, "home-returned");
    ui_choose(world, "Returned to you");
    ui_press(world, PRESS_ENTER);
    assert_page(world, "record-returned");
}

static void a_review(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_answer_all(world);
    sign_it(world);
    world->reviewer = true;
    world->app.world.me.role = ROLE_SUPERVISOR;
    ui_press(world, PRESS_ESC);
    assert_page(world, "home-supervisor");
    ui_choose(world, "Review decisions");
    ui_press(world, PRESS_ENTER);
    ui_choose(world, "See how it was decided");
    assert_page(world, "path");
    ui_choose(world, "Review this decision");
    ui_choose(world, "I return it");
    assert_page(world, "review");
    ui_press(world, PRESS_ESC);
    world->app.world.record.state = STATE_COUNTERSIGN;
    world->app.world.me.role = ROLE_GUARDIAN;
    ui_choose(world, "Review this decision");
    ui_choose(world, "I agree");
    assert_page(world, "countersign");
    ui_focus(world, "Message");
    ui_type(world, "Say who called back");
    ui_ctrl(world, 'c');
    assert_page(world, "leave");
}

static void leaving_and_problems(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_choose(world, "Yes");
    ui_choose(world, "Answer the");
    ui_choose(world, "To protect a child");
    ui_type(world, "Amy\n31 2 2018");
    ui_press(world, PRESS_ESC);
    world->refuse = EFFECT_SAVE;
    ui_choose(world, "Something else");
    assert_page(world, "problem");
    ui_ctrl(world, 'x');
    assert_page(world, "hidden");
}

#define PAGE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        PAGE_TEST(before_a_store_is_open),
        PAGE_TEST(unlocking),
        PAGE_TEST(questions_of_each_type),
        PAGE_TEST(items),
        PAGE_TEST(from_check_to_signed),
        PAGE_TEST(the_start_page_and_the_log),
        PAGE_TEST(a_review),
        PAGE_TEST(what_is_to_be_done),
        PAGE_TEST(figures_as_bars),
        PAGE_TEST(a_record_that_came_back),
        PAGE_TEST(leaving_and_problems),
    };

    secret_init();
    return cmocka_run_group_tests(TESTS, NULL, NULL);
}
