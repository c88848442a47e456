/* SPDX-License-Identifier: MIT */
/* Upload on screen: nothing goes unasked, the screen lives while it goes, and what came of it
 * is said in words. */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "tests/unit/ui_world.h"

static int set_up(void **state)
{
    struct ui_world *world = xcalloc(1, sizeof(*world));

    ui_world_init(world, true);
    ui_type(world, "a passphrase\n");
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    ui_world_release(*state);
    free(*state);
    return 0;
}

/* The app alone, in the middle of an upload. */
static void begin(struct ui_world *world)
{
    ui_choose(world, "Send decisions");
    world->app.world.sending.result.problem = "";
    assert_int_equal(app_update(&world->app, &(struct event){.kind = EVENT_PRESS,
                                                             .press = {.kind = PRESS_ENTER}}),
                     EFFECT_UPLOAD);
    assert_int_equal(world->app.place, AT_UPLOADING);
}

static enum effect_kind press(struct ui_world *world, struct press press)
{
    return app_update(&world->app, &(struct event){.kind = EVENT_PRESS, .press = press});
}

static enum effect_kind end(struct ui_world *world, bool failed)
{
    struct error error;

    (void)!(fail)(&error, STATUS_FAILED, "Send it again.", "It was stopped.");
    return app_update(&world->app, &(struct event){.kind = failed ? EVENT_FAILED : EVENT_DONE,
                                                   .error = &error});
}

static void asked_before_anything_goes(void **state)
{
    struct ui_world *world = *state;

    ui_choose(world, "Send decisions");
    assert_page(world, "upload");
    assert_int_equal(world->last, EFFECT_SENDING);
    ui_choose(world, "Send now");
    assert_int_equal(world->last, EFFECT_UPLOAD);
    assert_null(world->app.wish.sending.folder);
    assert_page(world, "sent");
    ui_choose(world, "Go back");
    assert_int_equal(world->app.place, AT_UPLOAD);
}

static void not_set_up(void **state)
{
    struct ui_world *world = *state;

    world->no_receiver = true;
    ui_choose(world, "Send decisions");
    assert_page(world, "upload-not-set-up");
    assert_false(ui_says(world, "Send now"));
}

static void practice_never_leaves(void **state)
{
    struct ui_world *world = *state;

    world->app.world.practice = true;
    assert_false(ui_says(world, "Send decisions"));
}

static void alive_while_it_goes(void **state)
{
    struct ui_world *world = *state;

    begin(world);
    world->app.world.sending.done = 1500;
    world->app.world.sending.total = 9000;
    assert_page(world, "uploading");
    assert_int_equal(press(world, (struct press){.kind = PRESS_DOWN}), EFFECT_NONE);
    assert_int_equal(press(world, (struct press){.kind = PRESS_CTRL, .letter = 'l'}),
                     EFFECT_REPAINT);
    assert_false(world->app.world.sending.stop);
    app_update(&world->app, &(struct event){.kind = EVENT_RESIZE, .rows = 30, .cols = 100});
    assert_int_equal(world->app.rows, 30);
    assert_int_equal(press(world, (struct press){.kind = PRESS_ESC}), EFFECT_NONE);
    assert_true(world->app.world.sending.stop);
    assert_ui_says(world, "Stopping");
    assert_int_equal(end(world, true), EFFECT_NONE);
    assert_int_equal(world->app.place, AT_SENT);
    assert_ui_says(world, "nothing is lost");
    assert_false(world->app.failed);
}

/* Hidden at once; locked when the courier has ended. */
static void locked_while_it_goes(void **state)
{
    struct ui_world *world = *state;

    begin(world);
    assert_int_equal(press(world, (struct press){.kind = PRESS_CTRL, .letter = 'x'}),
                     EFFECT_NONE);
    assert_int_equal(world->app.place, AT_HIDDEN);
    assert_true(world->app.world.sending.stop);
    assert_int_equal(end(world, true), EFFECT_LOCK);
}

static void left_while_it_goes(void **state)
{
    struct ui_world *world = *state;

    begin(world);
    assert_int_equal(press(world, (struct press){.kind = PRESS_TEXT, .text = "q"}),
                     EFFECT_NONE);
    assert_int_equal(end(world, false), EFFECT_QUIT);
}

static void what_went_wrong(void **state)
{
    struct ui_world *world = *state;

    ui_choose(world, "Send decisions");
    world->refuse = EFFECT_UPLOAD;
    world->app.world.sending.result.problem = "";
    ui_choose(world, "Send now");
    assert_int_equal(world->app.place, AT_SENT);
    assert_ui_says(world, "The disk is full.");
    assert_ui_says(world, "Free some space.");
    assert_ui_says(world, "Not everything was sent");
}

static void where_everything_is(void **state)
{
    struct ui_world *world = *state;

    ui_choose(world, "Send decisions");
    ui_choose(world, "See where every decision is");
    assert_page(world, "where");
    ui_choose(world, "AAAA-BBBB");
    assert_page(world, "aside");
    ui_choose(world, "Set it aside");
    assert_ui_says(world, "It does not say why.");
    ui_focus(world, "Why it is to stay");
    ui_type(world, "They moved.\n");
    assert_int_equal(world->last, EFFECT_WHERE); /* the list again, after the entry */
    assert_true(world->app.wish.sending.aside);
    ui_choose(world, "CCCC-DDDD");
    ui_choose(world, "Put it back");
    assert_false(world->app.wish.sending.aside);
    ui_choose(world, "Show what is accepted");
    ui_choose(world, "EEEE-FFFF");
    assert_false(ui_says(world, "Set it aside"));
}

static void by_hand(void **state)
{
    struct ui_world *world = *state;

    world->reviewer = true;
    world->app.world.me.role = ROLE_SUPERVISOR;
    ui_choose(world, "Send decisions");
    ui_choose(world, "Put a bundle");
    assert_page(world, "bundle");
    ui_choose(world, "Put it there");
    assert_string_equal(world->app.wish.sending.folder, "/media/stick");
    assert_string_equal(world->app.wish.sending.redact, "subject");
    ui_press(world, PRESS_ESC);
    ui_press(world, PRESS_ESC);
    ui_choose(world, "Carry reviews back to West team");
    ui_choose(world, "Put it there");
    assert_string_equal(world->app.wish.sending.peer, "00");
    ui_press(world, PRESS_ESC);
    ui_press(world, PRESS_ESC);
    ui_choose(world, "Take in");
    ui_choose(world, "Take it in");
    assert_ui_says(world, "The file has no name.");
    ui_focus(world, "File");
    ui_type(world, "/media/stick/x.discern");
    assert_page(world, "take");
    ui_choose(world, "Take it in");
    assert_page(world, "taken");
}

#define SENDING_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        SENDING_TEST(asked_before_anything_goes),
        SENDING_TEST(not_set_up),
        SENDING_TEST(practice_never_leaves),
        SENDING_TEST(alive_while_it_goes),
        SENDING_TEST(locked_while_it_goes),
        SENDING_TEST(left_while_it_goes),
        SENDING_TEST(what_went_wrong),
        SENDING_TEST(where_everything_is),
        SENDING_TEST(by_hand),
    };

    secret_init();
    return cmocka_run_group_tests(TESTS, NULL, NULL);
}
