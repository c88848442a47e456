/* SPDX-License-Identifier: MIT */
/* Whole decisions by keyboard through the app, with a world in memory. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

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
    assert_ui_says(world, "Recommendation: share in part");
    ui_choose(world, "Follow it");
    assert_ui_says(world, "Why you decided this");
    ui_press(world, PRESS_TAB);
    ui_choose(world, "Continue");
    ui_choose(world, "Sign this decision");
}

static void decides_from_start_to_signature(void **state)
{
    struct ui_world *world = *state;
    struct error error;

    ui_begin(world);
    ui_answer_all(world);
    assert_int_equal(world->app.place, AT_CHECK);
    sign_it(world);
    assert_int_equal(world->app.place, AT_SIGNED);
    assert_ui_says(world, world->reference);
    assert_ui_says(world, "To do: Send only what is listed, within 2 days.");
    assert_int_equal(record_check(buf_text(&world->record), world->record.length, &error),
                     STATUS_OK);
    ui_choose(world, "Read the record");
    assert_int_equal(world->app.place, AT_RECORD);
    ui_press(world, PRESS_ESC);
    assert_int_equal(world->app.place, AT_SIGNED);
    ui_press(world, PRESS_ESC);
    assert_int_equal(world->app.place, AT_HOME);
    assert_int_equal(world->app.world.unfinished_count, 0);
}

static void saves_each_answer_when_it_is_given(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    assert_int_equal(world->saves, 0);
    ui_choose(world, "No");
    assert_int_equal(world->saves, 1);
    ui_choose(world, "We were asked");
    assert_int_equal(world->saves, 2);
    assert_non_null(strstr(buf_text(&world->draft), "asked"));
}

static void goes_back_without_losing_an_answer(void **state)
{
    struct ui_world *world = *state;
    size_t answered;

    ui_begin(world);
    ui_answer_all(world);
    answered = world->app.walk.answered;
    for (int n = 0; n < 40 && world->app.place != AT_HOME; n++)
        ui_press(world, PRESS_ESC);
    assert_int_equal(world->app.place, AT_HOME);
    assert_ui_says(world, "You were deciding about Amy Example");
    assert_ui_says(world, "questions answered, 20 November 2026, 14:30");
    ui_choose(world, "You were deciding about Amy Example");
    ui_choose(world, "Carry on");
    assert_int_equal(world->app.place, AT_CHECK);
    assert_int_equal(world->app.walk.answered, answered);
    assert_string_equal(ui_answer_of(world, "subject")->field[0], "Amy Example");
}

static void keeps_what_is_typed_when_leaving_the_field(void **state)
{
    struct ui_world *world = *state;
    int saves;

    ui_begin(world);
    ui_choose(world, "No");
    ui_choose(world, "We were asked");
    ui_choose(world, "Once");
    saves = world->saves;
    ui_type(world, "North School");
    ui_press(world, PRESS_ESC);
    assert_int_equal(world->saves, saves + 1);
    assert_string_equal(ui_answer_of(world, "requester")->field[0], "North School");
    assert_ui_says(world, "once or again");
    ui_press(world, PRESS_ENTER);
    assert_ui_says(world, "How did you check");
}

static void warns_before_a_change_voids_answers(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_answer_all(world);
    ui_choose(world, "What made you think");
    ui_choose(world, "Something I saw");
    assert_int_equal(world->app.place, AT_VOID);
    assert_ui_says(world, "Who asked?");
    assert_ui_says(world, "North School");
    ui_press(world, PRESS_ESC);
    assert_int_equal(ui_answer_of(world, "trigger")->options, BIT(0));
    ui_choose(world, "Something I saw");
    ui_choose(world, "Keep the answer");
    assert_int_equal(ui_answer_of(world, "trigger")->options, BIT(0));
    ui_choose(world, "Something I saw");
    ui_choose(world, "Change it");
    assert_int_equal(ui_answer_of(world, "trigger")->options, BIT(1));
    assert_int_equal(world->app.place, AT_CHECK);
    assert_false(ui_says(world, "North School"));
    ui_choose(world, "What made you think");
    ui_choose(world, "We were asked");
    assert_ui_says(world, "North School");
}

static void changes_one_answer_and_returns_to_the_check(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_answer_all(world);
    ui_choose(world, "Is this once");
    ui_choose(world, "Regularly");
    assert_int_equal(world->app.place, AT_CHECK);
    assert_ui_says(world, "Regularly");
}

static void reaches_an_emergency_outcome_at_once(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_choose(world, "Yes");
    assert_int_equal(world->app.place, AT_OUTCOME);
    assert_ui_says(world, "Recommendation: share urgently");
    ui_choose(world, "Follow it");
    ui_press(world, PRESS_TAB);
    ui_choose(world, "Continue");
    assert_ui_says(world, "Some questions are left for later");
    ui_choose(world, "Sign this decision");
    assert_int_equal(world->app.place, AT_SIGNED);
    ui_choose(world, "Answer the questions left");
    assert_int_equal(world->app.place, AT_AMEND);
    ui_type(world, "There is time now");
    ui_press(world, PRESS_TAB);
    ui_choose(world, "Continue");
    assert_int_equal(world->app.place, AT_QUESTION);
    assert_string_equal(world->app.decision.amendment, "There is time now");
    ui_choose(world, "To protect a child");
    ui_type(world, "Amy Example\n\n\n");
    ui_type(world, "East Police\n\n\n\n");
    assert_int_equal(world->app.place, AT_CHECK);
}

static void departs_only_with_a_reason(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_choose(world, "Yes");
    ui_choose(world, "Depart from it");
    ui_choose(world, "Do not share");
    ui_press(world, PRESS_TAB);
    ui_choose(world, "Continue");
    assert_int_equal(world->app.place, AT_DEPART);
    assert_ui_says(world, "The reason is missing.");
    ui_focus(world, "Why you depart");
    ui_type(world, "It is over");
    ui_choose(world, "Continue");
    assert_int_equal(world->app.place, AT_JUSTIFY);
    ui_press(world, PRESS_TAB);
    ui_choose(world, "Continue");
    ui_choose(world, "Sign this decision");
    assert_ui_says(world, "Signed: do not share");
}

static void keeps_a_justification_changed_by_hand(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_choose(world, "Yes");
    ui_choose(world, "Follow it");
    ui_type(world, " And I was sure.");
    ui_press(world, PRESS_ESC);
    assert_non_null(world->app.decision.justification);
    ui_choose(world, "Follow it");
    assert_non_null(strstr(edit_text(&world->app.form[FORM_JUSTIFICATION]), "And I was sure."));
    assert_non_null(strstr(buf_text(&world->draft), "And I was sure."));
}

static void says_when_an_answer_could_not_be_saved(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    world->refuse = EFFECT_SAVE;
    ui_choose(world, "No");
    assert_int_equal(world->app.place, AT_PROBLEM);
    assert_ui_says(world, "The disk is full.");
    ui_choose(world, "Try again");
    assert_int_equal(world->app.place, AT_PROBLEM);
    world->refuse = EFFECT_NONE;
    ui_choose(world, "Try again");
    assert_int_equal(world->app.place, AT_QUESTION);
    assert_true(world->draft.length > 0);
    assert_true(ui_answer_of(world, "emergency")->given);
}

static void reviews_with_a_reason_and_a_message(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_answer_all(world);
    sign_it(world);
    world->reviewer = true;
    world->app.world.me.role = ROLE_SUPERVISOR;
    ui_press(world, PRESS_ESC);
    ui_choose(world, "Review decisions (1 waiting)");
    ui_press(world, PRESS_ENTER);
    assert_int_equal(world->app.place, AT_RECORD);
    ui_choose(world, "Review this decision");
    ui_choose(world, "I return it");
    ui_choose(world, "Sign this review");
    assert_true(world->app.failed);
    ui_choose(world, "More detail");
    ui_focus(world, "Message");
    ui_type(world, "Say who called back");
    ui_choose(world, "Sign this review");
    assert_int_equal(world->app.place, AT_LOG);
    assert_string_equal(world->app.wish.review.message, "Say who called back");
    assert_int_equal(world->app.wish.review.reason, REVIEW_MORE_DETAIL);
    assert_ui_says(world, "Your review is signed");
}

static void does_not_offer_review_of_ones_own(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_answer_all(world);
    sign_it(world);
    world->app.world.me.role = ROLE_SUPERVISOR;
    ui_choose(world, "Read the record");
    assert_ui_says(world, "somebody else must review it");
    assert_false(ui_says(world, "Review this decision"));
}

static void asks_for_the_passphrase_twice(void **state)
{
    struct ui_world *world = *state;

    ui_choose(world, "Set up");
    ui_type(world, "Ann Example\nann\nEast\n");
    ui_choose(world, "Practitioner");
    ui_choose(world, "Continue");
    assert_ui_says(world, "Choose a passphrase");
    ui_type(world, "four words of mine\nfour words of min\n");
    assert_ui_says(world, "not the same");
    assert_null(world->app.secret[0]);
    ui_focus(world, "Passphrase");
    ui_type(world, "four words of mine\nfour words of mine\n");
    assert_int_equal(world->app.place, AT_HOME);
    assert_null(world->app.secret[0]);
    assert_string_equal(world->app.wish.first.name, "ann");
}

static void says_what_the_answers_establish_so_far(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    assert_ui_says(world, "So far: nothing is settled yet.");
    ui_choose(world, "No");
    assert_ui_says(world, "Not yet known: The person");
    ui_type(world, "o");
    assert_int_equal(world->app.place, AT_SO_FAR);
    ui_press(world, PRESS_ESC);
    ui_type(world, "?");
    assert_int_equal(world->app.place, AT_HELP);
    ui_type(world, "?");
    assert_int_equal(world->app.place, AT_QUESTION);
    ui_type(world, "z");
    assert_ui_says(world, "does nothing here");
}

static void helps_while_something_is_typed(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_choose(world, "No");
    ui_choose(world, "We were asked");
    ui_choose(world, "Once");
    ui_type(world, "North?");
    assert_ui_says(world, "Who asked?");
    assert_int_equal(world->page.footer[2], ACT_HELP_TYPING);
    ui_press(world, PRESS_F1);
    assert_int_equal(world->app.place, AT_HELP);
    ui_press(world, PRESS_ESC);
    assert_ui_says(world, "Who asked?");
    assert_string_equal(edit_text(&world->app.typed[world->app.question].field[0]), "North?");
}

static void forgets_an_error_that_was_put_right(void **state)
{
    struct ui_world *world = *state;

    ui_choose(world, "Set up");
    ui_type(world, "Ann Example\n\n");
    ui_focus(world, "Continue");
    ui_press(world, PRESS_ENTER);
    assert_true(world->app.failed);
    ui_focus(world, "Your team");
    ui_press(world, PRESS_ENTER);
    assert_true(world->app.failed);
    ui_focus(world, "A short name");
    ui_type(world, "ann\n");
    assert_false(world->app.failed);
}

static void says_where_an_error_is(void **state)
{
    struct ui_world *world = *state;
    struct error error;

    ui_begin(world);
    (void)!fail_at(&error, STATUS_DAMAGED, "store/keyring", 3, "serial", NULL, "It is torn.");
    world->app.error = error;
    world->app.failed = true;
    assert_ui_says(world, "It is torn. (store/keyring, line 3, serial)");
}

static void plays_each_part_in_practice(void **state)
{
    struct ui_world *world = *state;

    ui_begin(world);
    ui_answer_all(world);
    sign_it(world);
    ui_choose(world, "Go to the start page");
    assert_false(ui_says(world, "Review decisions"));
    ui_choose(world, "Carry on as Sam Example, who reviews");
    assert_ui_says(world, "Review decisions");
    assert_ui_says(world, "Carry on as Ann Example, who decides");
    assert_false(ui_says(world, "Carry on as Sam"));
}

#define APP_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        APP_TEST(decides_from_start_to_signature),
        APP_TEST(saves_each_answer_when_it_is_given),
        APP_TEST(goes_back_without_losing_an_answer),
        APP_TEST(keeps_what_is_typed_when_leaving_the_field),
        APP_TEST(warns_before_a_change_voids_answers),
        APP_TEST(changes_one_answer_and_returns_to_the_check),
        APP_TEST(reaches_an_emergency_outcome_at_once),
        APP_TEST(departs_only_with_a_reason),
        APP_TEST(keeps_a_justification_changed_by_hand),
        APP_TEST(says_when_an_answer_could_not_be_saved),
        APP_TEST(reviews_with_a_reason_and_a_message),
        APP_TEST(does_not_offer_review_of_ones_own),
        APP_TEST(asks_for_the_passphrase_twice),
        APP_TEST(says_what_the_answers_establish_so_far),
        APP_TEST(helps_while_something_is_typed),
        APP_TEST(forgets_an_error_that_was_put_right),
        APP_TEST(says_where_an_error_is),
        APP_TEST(plays_each_part_in_practice),
    };

    secret_init();
    return cmocka_run_group_tests(TESTS, NULL, NULL);
}
