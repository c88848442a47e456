/* SPDX-License-Identifier: MIT */
/* The walk: path, parking and return, what may wait, early settling, trail, near misses. */
#include "tests/unit/policy.h"

#include "policy/walk.h"

/* Adds the answers and walks on that day ("" for the pack's first). */
static void walk_with(struct setting *setting, const char *day, const char *line)
{
    date on = setting->pack->from;

    if (day[0])
        assert_true(date_parse(day, &on));
    give(&setting->answers, line);
    walk_release(&setting->walk);
    walk_init(&setting->walk, &setting->answers, on);
}

static enum question_state state_of(const struct setting *setting, const char *id)
{
    return setting->walk.state[question(setting, id)];
}

static bool parked(const struct setting *setting, const char *id)
{
    return walk_parked(&setting->walk, &setting->answers, question(setting, id));
}

static const char *next(const struct setting *setting)
{
    size_t number = setting->walk.next;

    return number == WALK_NONE ? "" : setting->pack->question[number].id;
}

static const char *outcome(const struct setting *setting)
{
    size_t number = setting->walk.outcome;

    return number == WALK_NONE ? "" : setting->pack->outcome[number].id;
}

static enum truth found(const struct setting *setting, const char *id)
{
    return walk_finding(&setting->walk, pack_find_finding(setting->pack, id));
}

#define NO_DANGER "emergency = no; subject = Kim; "

static void test_start(void **state)
{
    struct setting *setting = *state;

    walk_with(setting, "", "");
    assert_string_equal(next(setting), "emergency");
    assert_int_equal(setting->walk.path_count, 1);
    assert_int_equal(setting->walk.answered, 0);
    assert_int_equal(state_of(setting, "emergency"), QUESTION_NEXT);
    assert_int_equal(state_of(setting, "subject"), QUESTION_UNKNOWN);
    assert_int_equal(state_of(setting, "consent"), QUESTION_UNKNOWN);
    assert_string_equal(outcome(setting), "");
    assert_int_equal(setting->walk.possible, (1u << OUTCOME_COUNT) - 1);
    assert_false(setting->walk.ready);
    assert_int_equal(setting->walk.retention, WALK_NONE);
    assert_int_equal(found(setting, "agreed"), TRUTH_UNKNOWN);
}

/* In danger the decision comes first: the rest waits, and is asked afterwards. */
static void test_what_may_wait(void **state)
{
    struct setting *setting = *state;

    walk_with(setting, "", "emergency = yes");
    assert_string_equal(outcome(setting), "urgent");
    assert_true(setting->walk.ready);
    assert_int_equal(setting->walk.possible, 1u << OUTCOME_SHARE_URGENTLY);
    assert_int_equal(state_of(setting, "subject"), QUESTION_DEFERRED);
    assert_int_equal(state_of(setting, "consent"), QUESTION_OFF);
    assert_int_equal(state_of(setting, "recipient"), QUESTION_DEFERRED);
    assert_string_equal(next(setting), "subject");
    walk_with(setting, "", "subject = Kim");
    assert_string_equal(next(setting), "recipient");
    walk_with(setting, "", "recipient = The police");
    assert_string_equal(next(setting), "");
    assert_int_equal(setting->walk.path_count, 3);
    assert_int_equal(setting->walk.answered, 3);
    assert_string_equal(setting->pack->retention[setting->walk.retention].id, "rest");
}

static void test_parking_and_return(void **state)
{
    struct setting *setting = *state;

    walk_with(setting, "",
              NO_DANGER "consent = refused; risks = child; born = 2018-04-03; "
                        "recipient = A school; items = requested, shared; told = no");
    assert_string_equal(outcome(setting), "share");
    assert_string_equal(next(setting), "");
    assert_true(setting->walk.ready);
    walk_with(setting, "", "risks = none");
    assert_string_equal(outcome(setting), "no-basis");
    assert_true(parked(setting, "born"));
    assert_true(parked(setting, "items"));
    assert_true(parked(setting, "told"));
    assert_false(parked(setting, "risks"));
    assert_int_equal(setting->walk.path_count, 4);
    walk_with(setting, "", "risks = adult");
    assert_string_equal(outcome(setting), "share");
    assert_true(parked(setting, "born"));
    assert_false(parked(setting, "items"));
    walk_with(setting, "", "risks = child");
    assert_false(parked(setting, "born"));
    assert_int_equal(setting->walk.path_count, 8);
}

/* An answer that is given while something before it is open is kept, and not relied on. */
static void test_unreached_answers(void **state)
{
    struct setting *setting = *state;

    walk_with(setting, "", "consent = yes; subject = Kim");
    assert_string_equal(next(setting), "emergency");
    assert_int_equal(state_of(setting, "consent"), QUESTION_UNKNOWN);
    assert_true(parked(setting, "consent"));
    assert_int_equal(state_of(setting, "subject"), QUESTION_ANSWERED);
    assert_int_equal(setting->walk.path_count, 2);
    assert_int_equal(found(setting, "agreed"), TRUTH_UNKNOWN);
}

/* The outcome settles as soon as no answer can change it; required questions still bar it. */
static void test_settling_early(void **state)
{
    struct setting *setting = *state;

    walk_with(setting, "", NO_DANGER "consent = refused");
    assert_string_equal(outcome(setting), "");
    assert_false(setting->walk.possible & (1u << OUTCOME_SHARE_URGENTLY));
    assert_true(setting->walk.possible & (1u << OUTCOME_DO_NOT_SHARE));
    walk_with(setting, "", "consent = yes; risks = none; recipient = X; items = withheld");
    assert_string_equal(outcome(setting), "ask");
    assert_string_equal(next(setting), "told");
    assert_false(setting->walk.ready);
    walk_with(setting, "", "told = yes");
    assert_true(setting->walk.ready);
}

/* A question that is not required is asked until it is answered or skipped, and bars nothing.
 */
static void test_optional(void **state)
{
    struct setting *setting = *state;

    walk_with(setting, "", NO_DANGER "consent = unknown; risks = none");
    assert_string_equal(next(setting), "advice");
    assert_string_equal(outcome(setting), "advise");
    assert_true(setting->walk.ready);
    walk_with(setting, "", "advice = ");
    assert_string_equal(next(setting), "");
    assert_int_equal(state_of(setting, "advice"), QUESTION_ANSWERED);
    assert_int_equal(
        setting->walk.value[setting->pack->question[question(setting, "advice")].rule], 0);
}

/* Options that an earlier answer takes away are no answer any more. */
static void test_offers(void **state)
{
    struct setting *setting = *state;
    size_t risks = question(setting, "risks"), told = question(setting, "told");

    walk_with(setting, "", NO_DANGER "consent = refused; risks = crime");
    assert_true(walk_offers(&setting->walk, risks, 2));
    walk_with(setting, "", "consent = yes");
    assert_false(walk_offers(&setting->walk, risks, 2));
    assert_string_equal(next(setting), "risks");
    assert_false(parked(setting, "risks"));
    walk_with(setting, "", "consent = refused; risks = crime, adult");
    assert_string_equal(next(setting), "recipient");
    walk_with(setting, "", "consent = yes");
    assert_string_equal(next(setting), "recipient");
    assert_int_equal(setting->walk.value[setting->pack->question[risks].rule],
                     BIT(1) | BIT_ANSWERED);
    walk_with(setting, "",
              "consent = not-safe; recipient = X; items = requested, shared; told = later");
    assert_true(walk_offers(&setting->walk, told, 2));
    assert_true(setting->walk.ready);
    walk_with(setting, "", "consent = refused");
    assert_string_equal(next(setting), "told");
    assert_false(setting->walk.ready);
}

static void test_days(void **state)
{
    struct setting *setting = *state;

    walk_with(setting, "2026-09-29", NO_DANGER "consent = refused; risks = child");
    assert_int_equal(found(setting, "new-duty"), TRUTH_FALSE);
    walk_with(setting, "2026-09-30", "");
    assert_int_equal(found(setting, "new-duty"), TRUTH_TRUE);
    walk_with(setting, "2027-09-30", "");
    assert_int_equal(found(setting, "new-duty"), TRUTH_TRUE);
    walk_with(setting, "2027-10-01", "");
    assert_int_equal(found(setting, "new-duty"), TRUTH_FALSE);
}

static void test_would_change(void **state)
{
    struct setting *setting = *state;
    struct walk_change change;

    walk_with(setting, "",
              NO_DANGER "consent = refused; risks = child; born = 2018-04-03; "
                        "recipient = A school; items = requested, shared; told = no");
    walk_would_change(&setting->walk, &setting->answers, question(setting, "risks"),
                      BIT(3) | BIT_ANSWERED, &change);
    assert_int_equal(change.voided_count, 4);
    assert_int_equal(change.voided[0], question(setting, "born"));
    assert_int_equal(change.voided[3], question(setting, "told"));
    assert_true(change.settled);
    assert_string_equal(setting->pack->outcome[change.outcome].id, "no-basis");
    walk_change_release(&change);
    walk_would_change(&setting->walk, &setting->answers, question(setting, "emergency"), BIT(0),
                      &change);
    assert_int_equal(change.voided_count, 5);
    assert_string_equal(setting->pack->outcome[change.outcome].id, "urgent");
    walk_change_release(&change);
    walk_would_change(&setting->walk, &setting->answers, question(setting, "told"), BIT(0),
                      &change);
    assert_int_equal(change.voided_count, 0);
    walk_change_release(&change);
    assert_string_equal(outcome(setting), "share");
    assert_int_equal(setting->answers.answer[question(setting, "risks")].options, BIT(0));
}

/* An option that would no longer be offered voids the answer it was. */
static void test_change_takes_option_away(void **state)
{
    struct setting *setting = *state;
    struct walk_change change;

    walk_with(setting, "",
              NO_DANGER "consent = not-safe; risks = adult; recipient = X; "
                        "items = requested, shared; told = later");
    walk_would_change(&setting->walk, &setting->answers, question(setting, "consent"), BIT(1),
                      &change);
    assert_int_equal(change.voided_count, 1);
    assert_int_equal(change.voided[0], question(setting, "told"));
    walk_change_release(&change);
    /* also when another question would have to be answered before it */
    walk_would_change(&setting->walk, &setting->answers, question(setting, "consent"), BIT(3),
                      &change);
    assert_int_equal(change.voided_count, 1);
    assert_int_equal(change.voided[0], question(setting, "told"));
    walk_change_release(&change);
}

static void test_trail(void **state)
{
    struct setting *setting = *state;
    struct trail trail;

    walk_with(setting, "",
              NO_DANGER "consent = yes; risks = adult; recipient = X; "
                        "items = requested, shared, withheld; told = no");
    assert_string_equal(outcome(setting), "part");
    walk_trail(&setting->walk, setting->pack->outcome[setting->walk.outcome].when, &trail);
    assert_int_equal(trail.count, 1); /* items, named once though tested twice */
    assert_int_equal(trail.line[0].question, question(setting, "items"));
    assert_true(trail.line[0].holds);
    trail_release(&trail);
    /* "basis is found": the first finding of the kind that holds */
    walk_trail(&setting->walk, setting->pack->question[question(setting, "items")].when,
               &trail);
    assert_int_equal(trail.count, 2);
    assert_int_equal(trail.line[0].finding, pack_find_finding(setting->pack, "agreed"));
    assert_int_equal(trail.line[0].question, WALK_NONE);
    assert_int_equal(trail.line[1].question, question(setting, "emergency"));
    trail_release(&trail);
    walk_trail(&setting->walk, NULL, &trail);
    assert_int_equal(trail.count, 0);
    trail_release(&trail);
}

/* "basis is not found" is because of each finding of the kind. */
static void test_trail_of_nothing(void **state)
{
    struct setting *setting = *state;
    struct trail trail;

    walk_with(setting, "", NO_DANGER "consent = refused; risks = none");
    walk_trail(&setting->walk, setting->pack->outcome[1].when, &trail);
    assert_int_equal(trail.count, 4);
    assert_int_equal(trail.line[0].finding, pack_find_finding(setting->pack, "agreed"));
    assert_int_equal(trail.line[1].finding, pack_find_finding(setting->pack, "protect"));
    assert_false(trail.line[1].holds);
    trail_release(&trail);
}

static void test_near_misses(void **state)
{
    struct setting *setting = *state;
    struct near_miss *list;
    size_t count;

    walk_with(setting, "", NO_DANGER "consent = refused; risks = none");
    count = walk_near_misses(&setting->walk, &setting->answers, &list);
    assert_int_equal(count, 3);
    assert_int_equal(list[0].question, question(setting, "emergency"));
    assert_int_equal(list[0].option, 0);
    assert_string_equal(setting->pack->outcome[list[0].outcome].id, "urgent");
    assert_int_equal(list[1].question, question(setting, "consent"));
    assert_int_equal(list[1].option, 3);
    assert_string_equal(setting->pack->outcome[list[1].outcome].id, "advise");
    assert_int_equal(list[2].question, question(setting, "risks"));
    assert_int_equal(list[2].option, 4);
    free(list);
    walk_with(setting, "", "");
    answer_forget(&setting->answers, question(setting, "emergency"));
    walk_with(setting, "", "");
    assert_int_equal(walk_near_misses(&setting->walk, &setting->answers, &list), 0);
    free(list);
}

/* A kind counts only what stands before the condition, also when it is asked for its trail at
 * the end of the walk. */
static void test_kinds_where_they_stand(void **state)
{
    static const char middle[] = "[question told]";
    char *text = cases_text("small.ini"), *changed, *place = strstr(text, middle);
    struct pack *pack = NULL;
    struct error error = {0};
    struct answers answers;
    struct walk walk;
    struct trail trail;

    (void)state;
    changed = xasprintf("%.*s[finding early]\nkind = warning\nsays = x\ncite = act\n"
                        "when = emergency is yes\n\n[finding quiet]\nkind = right\nsays = y\n"
                        "cite = act\nwhen = warning is not found\n\n%s",
                        (int)(place - text), text, place);
    if (pack_read("changed.ini", changed, strlen(changed), &pack, &error))
        fail_with(&error);
    answers_init(&answers, pack);
    give(&answers, NO_DANGER "consent = yes; risks = none; recipient = X; "
                             "items = requested, shared, third-party; told = no");
    walk_init(&walk, &answers, pack->from);
    assert_int_equal(walk_finding(&walk, pack_find_finding(pack, "others")), TRUTH_TRUE);
    assert_int_equal(walk_finding(&walk, pack_find_finding(pack, "quiet")), TRUTH_TRUE);
    walk_trail(&walk, pack->finding[pack_find_finding(pack, "quiet")].when, &trail);
    assert_int_equal(trail.count, 1);
    assert_int_equal(trail.line[0].finding, pack_find_finding(pack, "early"));
    assert_false(trail.line[0].holds);
    trail_release(&trail);
    walk_release(&walk);
    answers_release(&answers);
    pack_free(pack);
    free(changed);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_start),
        TEST(test_what_may_wait),
        TEST(test_parking_and_return),
        TEST(test_unreached_answers),
        TEST(test_settling_early),
        TEST(test_optional),
        TEST(test_offers),
        TEST(test_days),
        TEST(test_would_change),
        TEST(test_change_takes_option_away),
        TEST(test_trail),
        TEST(test_trail_of_nothing),
        TEST(test_near_misses),
        cmocka_unit_test(test_kinds_where_they_stand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
