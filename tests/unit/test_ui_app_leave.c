/* SPDX-License-Identifier: MIT */
/* Leaving, hiding and coming back: nothing that was typed is lost, nothing is left on screen.
 */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/ui_world.h"
#include "ui/place.h"

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

static void keeps_what_is_no_answer_yet(void **state)
{
    struct ui_world *world = *state;
    size_t subject;

    ui_begin(world);
    ui_choose(world, "Yes");
    ui_choose(world, "Answer the");
    ui_choose(world, "To protect a child");
    ui_type(world, "Amy\n31 2 2018");
    subject = pack_find_question(world->pack, "subject");
    assert_int_equal(world->app.question, subject);
    ui_press(world, PRESS_ESC);
    assert_false(ui_answer_of(world, "subject")->given);
    assert_string_equal(edit_text(&world->app.typed[subject].field[0]), "Amy");
    assert_string_equal(edit_text(&world->app.typed[subject].field[1]), "31 2 2018");
    ui_press(world, PRESS_ENTER);
    assert_int_equal(world->app.question, subject);
    ui_type(world, "\n\n\n");
    assert_int_equal(world->app.question, subject);
    assert_true(world->app.failed);
    /* Left for the start page, and then for good, without a question: the draft has it. */
    ui_feed(world, (struct event){.kind = EVENT_ACT, .act = ACT_SAVE_LEAVE});
    assert_int_equal(world->app.place, AT_HOME);
    ui_choose(world, "You were deciding");
    ui_choose(world, "Carry on");
    assert_int_equal(world->app.place, AT_OUTCOME);
    ui_choose(world, "Answer the");
    assert_int_equal(world->app.question, subject);
    assert_string_equal(edit_text(&world->app.typed[subject].field[1]), "31 2 2018");
    ui_type(world, " Example");
    ui_ctrl(world, 'c');
    assert_true(world->ended);
    assert_int_equal(world->app.then, EFFECT_NONE);
    assert_string_equal(decision_loose(&world->app.decision, "subject/0"), "Amy Example");
}

/* A page keeps its answer and is left for home: saved once, and home comes after it. */
static void what_follows_a_save_follows_it(void **state)
{
    struct ui_world *world = *state;
    struct app *app = &world->app;

    assert_int_equal(place_after(app, true, place_after(app, true, EFFECT_HOME)), EFFECT_SAVE);
    assert_int_equal(app->then, EFFECT_HOME);
}

static void leaves_what_cannot_be_saved_when_asked_twice(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_choose(world, "Yes");
    ui_choose(world, "Answer the");
    ui_choose(world, "To protect a child");
    ui_type(world, "Amy");
    world->refuse = EFFECT_SAVE;
    ui_ctrl(world, 'c');
    assert_int_equal(world->app.place, AT_PROBLEM);
    assert_false(world->ended);
    ui_ctrl(world, 'c');
    assert_true(world->ended);
}

static void shows_nothing_when_hidden(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_choose(world, "No");
    ui_ctrl(world, 'x');
    assert_true(world->locked);
    app_view(&world->app, &world->page);
    assert_true(world->page.blank);
    assert_int_equal(world->page.count, 0);
}

static void locks_when_idle_with_what_was_typed(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_choose(world, "No");
    ui_choose(world, "We were asked");
    ui_choose(world, "Once");
    ui_type(world, "North School");
    ui_feed(world, (struct event){.kind = EVENT_IDLE});
    assert_true(world->locked);
    assert_false(ui_answer_of(world, "requester")->given);
    app_note_loose(&world->app);
    assert_string_equal(decision_loose(&world->app.decision, "requester/0"), "North School");
}

static void keeps_an_item_that_is_not_finished(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_answer_all(world);
    ui_choose(world, "What was asked for");
    ui_choose(world, "Add another item");
    ui_type(world, "Half an item\n");
    assert_false(world->app.item.requested || world->app.item.offered);
    ui_press(world, PRESS_ESC);
    assert_ui_says(world, "Finish the item that you began");
    ui_choose(world, "Attendance this term");
    assert_ui_says(world, "not finished");
    assert_string_equal(edit_text(&world->app.form[FORM_WHAT]), "Half an item");
    ui_choose(world, "Yes, it was asked for");
    ui_choose(world, "Withhold it");
    ui_choose(world, "Keep this item");
    assert_ui_says(world, "It does not say why the item is withheld.");
    ui_choose(world, "Forget this item");
    assert_int_equal(world->app.place, AT_QUESTION);
    ui_choose(world, "Attendance this term");
    ui_choose(world, "Remove this item");
    if (world->app.place == AT_VOID)
        ui_choose(world, "Change it");
    assert_int_equal(ui_answer_of(world, "items")->item_count, 1);
}

#define LEAVE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        LEAVE_TEST(keeps_what_is_no_answer_yet),
        LEAVE_TEST(what_follows_a_save_follows_it),
        LEAVE_TEST(leaves_what_cannot_be_saved_when_asked_twice),
        LEAVE_TEST(shows_nothing_when_hidden),
        LEAVE_TEST(locks_when_idle_with_what_was_typed),
        LEAVE_TEST(keeps_an_item_that_is_not_finished),
    };

    secret_init();
    return cmocka_run_group_tests(TESTS, NULL, NULL);
}
