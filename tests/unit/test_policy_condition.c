/* SPDX-License-Identifier: MIT */
/* Conditions: what they mean, what is unknown, and where a wrong one is wrong. */
#include "tests/unit/policy.h"

#include "policy/condition.h"
#include "policy/walk.h"

static int load(void **state)
{
    *state = cases_pack("small.ini");
    return 0;
}

static int unload(void **state)
{
    pack_free(*state);
    return 0;
}

static enum status parse(const struct pack *pack, const char *text, struct arena *arena,
                         const struct condition **ret_condition, struct error *error)
{
    return condition_parse(text, pack, pack->rule_count, true, "t.ini", 7, "[outcome x] when",
                           arena, ret_condition, error);
}

static enum truth truth_of(const struct pack *pack, const char *answers_line, const char *text)
{
    struct answers answers;
    struct walk walk;
    struct facts facts;
    struct arena arena = {0};
    struct error error = {0};
    const struct condition *condition = NULL;
    enum truth truth;
    date day;

    assert_true(date_parse("2026-06-15", &day));
    if (parse(pack, text, &arena, &condition, &error))
        fail_with(&error);
    answers_init(&answers, pack);
    give(&answers, answers_line);
    walk_init(&walk, &answers, day);
    facts = walk_facts(&walk);
    truth = condition_eval(condition, &facts);
    walk_release(&walk);
    answers_release(&answers);
    arena_release(&arena);
    return truth;
}

#define NO_DANGER "emergency = no; subject = Kim; "
#define SHARED NO_DANGER "consent = yes; risks = none; recipient = A school; "

static const struct {
    const char *answers, *text;
    enum truth truth;
} meanings[] = {
    /* choice */
    {"emergency = yes", "emergency is yes", TRUTH_TRUE},
    {"emergency = yes", "emergency is not yes", TRUTH_FALSE},
    {"emergency = yes", "emergency is one of no, yes", TRUTH_TRUE},
    {"emergency = yes", "emergency is not one of no", TRUTH_TRUE},
    {"emergency = yes", "emergency is answered", TRUTH_TRUE},
    {"emergency = yes", "emergency is not answered", TRUTH_FALSE},
    {"", "emergency is yes", TRUTH_UNKNOWN},
    {"", "emergency is not yes", TRUTH_UNKNOWN},
    {"", "emergency is answered", TRUTH_UNKNOWN},
    /* a question that was not asked is empty, and known to be */
    {"emergency = yes", "consent is yes", TRUTH_FALSE},
    {"emergency = yes", "consent is not yes", TRUTH_TRUE},
    {"emergency = yes", "consent is answered", TRUTH_FALSE},
    {"emergency = yes", "risks is not none", TRUTH_TRUE},
    {NO_DANGER "consent = unknown", "consent is unknown and consent is answered", TRUTH_TRUE},
    /* choices */
    {NO_DANGER "consent = refused; risks = child, crime", "risks includes child", TRUTH_TRUE},
    {NO_DANGER "consent = refused; risks = child, crime", "risks includes adult", TRUTH_FALSE},
    {NO_DANGER "consent = refused; risks = child, crime", "risks includes one of adult, crime",
     TRUTH_TRUE},
    {NO_DANGER "consent = refused; risks = child", "risks does not include one of adult, crime",
     TRUTH_TRUE},
    {NO_DANGER "consent = refused; risks = child", "risks is none", TRUTH_FALSE},
    {NO_DANGER "consent = yes; risks = none", "risks is none", TRUTH_TRUE},
    {NO_DANGER "consent = yes; risks = unknown", "risks is unknown", TRUTH_TRUE},
    {NO_DANGER "consent = yes; risks = none", "risks is not none", TRUTH_FALSE},
    /* text, date, items */
    {NO_DANGER "consent = refused; risks = child; born =", "born is answered", TRUTH_FALSE},
    {NO_DANGER "consent = refused; risks = child; born = 2018-04-03", "born is answered",
     TRUTH_TRUE},
    {SHARED "items = requested, shared", "items.requested is some", TRUTH_TRUE},
    {SHARED "items = requested, shared", "items.withheld is none", TRUTH_TRUE},
    {SHARED "items = withheld", "items.shared is some", TRUTH_FALSE},
    {SHARED "items = withheld", "items.requested is some", TRUTH_TRUE},
    {SHARED "items = shared, opinion", "items.opinion is some", TRUTH_TRUE},
    {SHARED "items = shared, opinion", "items.third-party is none", TRUTH_TRUE},
    {SHARED "items = shared", "items is answered and items.requested is none", TRUTH_TRUE},
    /* findings, kinds, outcomes */
    {NO_DANGER "consent = yes", "agreed is found", TRUTH_TRUE},
    {NO_DANGER "consent = yes", "basis is found", TRUTH_TRUE},
    {NO_DANGER "consent = refused", "basis is found", TRUTH_UNKNOWN},
    {NO_DANGER "consent = refused; risks = none", "basis is not found", TRUTH_TRUE},
    {NO_DANGER "consent = refused; risks = none", "warning is found", TRUTH_FALSE},
    {"emergency = yes", "outcome is share-urgently", TRUTH_TRUE},
    {"emergency = yes", "outcome is not one of share, ask-first", TRUTH_TRUE},
    {"emergency = no", "outcome is share", TRUTH_UNKNOWN},
    /* days: the walk is on 15 June 2026 */
    {"", "date is before 2026-06-15", TRUTH_FALSE},
    {"", "date is on or before 2026-06-15", TRUTH_TRUE},
    {"", "date is on or after 2026-06-15", TRUTH_TRUE},
    {"", "date is after 2026-06-15", TRUTH_FALSE},
    {"", "date is after 2026-06-14", TRUTH_TRUE},
    {"", "date is before 2026-06-16", TRUTH_TRUE},
    {"", "not date is before 2026-06-16", TRUTH_FALSE},
    /* and binds tighter than or; not tighter than both; lists end at the next plain word */
    {"emergency = yes", "emergency is yes or emergency is no and emergency is no", TRUTH_TRUE},
    {"emergency = yes", "(emergency is yes or emergency is no) and emergency is no",
     TRUTH_FALSE},
    {"emergency = yes", "not emergency is no and emergency is yes", TRUTH_TRUE},
    {"emergency = yes", "not (emergency is no and emergency is yes)", TRUTH_TRUE},
    {"emergency = yes", "not not emergency is yes", TRUTH_TRUE},
    {"emergency = yes", "consent is one of yes, refused or emergency is yes", TRUTH_TRUE},
    {"emergency = yes", "  emergency   is\tyes  ", TRUTH_TRUE},
    {"emergency = yes", "((((emergency is yes))))", TRUTH_TRUE},
};

static void test_meaning(void **state)
{
    for (size_t i = 0; i < COUNT(meanings); i++) {
        enum truth truth = truth_of(*state, meanings[i].answers, meanings[i].text);

        if (truth != meanings[i].truth)
            fail_msg("'%s' given '%s': %d instead of %d", meanings[i].text, meanings[i].answers,
                     (int)truth, (int)meanings[i].truth);
    }
}

/* Kleene's tables, by leaves that are false (F), true (T) and unknown (U). */
static void test_three_values(void **state)
{
    static const char *const leaf[] = {"date is before 2026-01-01", "date is after 2026-01-01",
                                       "emergency is yes"};
    static const enum truth and[3][3] = {{TRUTH_FALSE, TRUTH_FALSE, TRUTH_FALSE},
                                         {TRUTH_FALSE, TRUTH_TRUE, TRUTH_UNKNOWN},
                                         {TRUTH_FALSE, TRUTH_UNKNOWN, TRUTH_UNKNOWN}};
    static const enum truth or [3][3] = {{TRUTH_FALSE, TRUTH_TRUE, TRUTH_UNKNOWN},
                                         {TRUTH_TRUE, TRUTH_TRUE, TRUTH_TRUE},
                                         {TRUTH_UNKNOWN, TRUTH_TRUE, TRUTH_UNKNOWN}};
    static const enum truth not [3] = {TRUTH_TRUE, TRUTH_FALSE, TRUTH_UNKNOWN};
    char text[200];

    for (int a = 0; a < 3; a++) {
        for (int b = 0; b < 3; b++) {
            snprintf(text, sizeof(text), "%s and %s", leaf[a], leaf[b]);
            assert_int_equal(truth_of(*state, "", text), and[a][b]);
            snprintf(text, sizeof(text), "%s or %s", leaf[a], leaf[b]);
            assert_int_equal(truth_of(*state, "", text), or [a][b]);
        }
        snprintf(text, sizeof(text), "not %s", leaf[a]);
        assert_int_equal(truth_of(*state, "", text), not [a]);
    }
}

static const struct {
    const char *text, *what, *remedy;
} mistakes[] = {
    {"", "At the end of the condition", "Begin each test"},
    {"emergency", "At the end of the condition: 'is' was expected", "Write 'is'"},
    {"emergency are yes", "At character 11, 'are'", "Write 'is'"},
    {"emergncy is yes", "At character 1, 'emergncy'", "Did you mean 'emergency'?"},
    {"emergency is yess", "At character 14, 'yess'", "Did you mean 'yes'?"},
    {"emergency is yes, no", "At character 17, ',': several options", "one of"},
    {"emergency is one yes", "At character 18, 'yes': 'of' was expected", "Write 'of'"},
    {"emergency is one of yes,", "At the end", "Name what"},
    {"emergency includes yes", "only a question of type choices", "Use 'is'"},
    {"risks is child", "several answers", "includes"},
    {"risks does include child", "'not' was expected", "not"},
    {"advice is good", "free text", "answered"},
    {"subject is Kim", "free text", "answered"},
    {"items is some", "list of items", "shared is some"},
    {"items.shard is some", "At character 1, 'items.shard'", "Did you mean 'shared'?"},
    {"items.shared is many", "'none' was expected", "Write 'none'"},
    {"emergency.shared is some", "not a list of items", "alone"},
    {"agreed is yes", "'found' was expected", "Write 'found'"},
    {"basis is answered", "'found' was expected", "found"},
    {"gateway is found", "no gateway stands before", "Move"},
    {"outcome is maybe", "no such outcome", "discern-policy(5)"},
    {"outcome is shared", "no such outcome", "Did you mean 'share'?"},
    {"date is 2026-01-01", "compare dates", "before"},
    {"date is on after 2026-01-01", "'or' was expected", "or"},
    {"date is before 2026-02-30", "a day was expected", "2026-09-30"},
    {"date is before", "At the end", "2026-09-30"},
    {"emergency is yes emergency is no", "should have ended", "'and' or 'or'"},
    {"(emergency is yes", "opened and is not closed", "close"},
    {"emergency is yes)", "At character 17, ')'", "Remove it"},
    {"()", "At character 2, ')'", "Begin each test"},
    {"emergency is yes and", "At the end", "Begin each test"},
    {"not", "At the end", "Begin each test"},
    {"emergency = yes", "At character 11, '='", "Write 'is'"},
    {"Emergency is yes", "At character 1, 'E'", "Begin each test"},
    {"\xC3\xA9 is yes", "a test was expected", "Begin each test"},
    {"emergency is yes or \xC3\xA9t\xC3\xA9", "At character 21", "Begin each test"},
};

static void test_mistakes(void **state)
{
    for (size_t i = 0; i < COUNT(mistakes); i++) {
        struct arena arena = {0};
        struct error error = {0};
        const struct condition *condition = NULL;

        assert_int_equal(parse(*state, mistakes[i].text, &arena, &condition, &error),
                         STATUS_BAD_DATA);
        assert_null(condition);
        if (!strstr(error.what, mistakes[i].what) || !strstr(error.remedy, mistakes[i].remedy))
            fail_msg("'%s': %s %s", mistakes[i].text, error.what, error.remedy);
        assert_string_equal(error.file, "t.ini");
        assert_int_equal(error.line, 7);
        assert_string_equal(error.field, "[outcome x] when");
        arena_release(&arena);
    }
}

/* Names are known only where they stand before, and the outcome only where it may be. */
static void test_reach(void **state)
{
    const struct pack *pack = *state;
    size_t consent = pack->question[pack_find_question(pack, "consent")].rule;
    struct arena arena = {0};
    struct error error = {0};
    const struct condition *condition = NULL;

    assert_int_equal(condition_parse("emergency is yes", pack, consent, false, "t", 1, "",
                                     &arena, &condition, &error),
                     STATUS_OK);
    assert_int_equal(condition_parse("risks is none", pack, consent, false, "t", 1, "", &arena,
                                     &condition, &error),
                     STATUS_BAD_DATA);
    assert_non_null(strstr(error.what, "does not stand before"));
    assert_int_equal(condition_parse("agreed is found", pack, consent, false, "t", 1, "",
                                     &arena, &condition, &error),
                     STATUS_BAD_DATA);
    assert_int_equal(condition_parse("basis is found", pack, consent, false, "t", 1, "", &arena,
                                     &condition, &error),
                     STATUS_BAD_DATA);
    assert_int_equal(condition_parse("outcome is share", pack, consent, false, "t", 1, "",
                                     &arena, &condition, &error),
                     STATUS_BAD_DATA);
    assert_non_null(strstr(error.what, "only a never"));
    arena_release(&arena);
}

static void test_depth(void **state)
{
    struct buf text = {0};
    struct arena arena = {0};
    struct error error = {0};
    const struct condition *condition = NULL;

    buf_pad(&text, '(', 900);
    assert_int_equal(parse(*state, buf_text(&text), &arena, &condition, &error),
                     STATUS_BAD_DATA);
    assert_non_null(strstr(error.what, "too deeply"));
    buf_release(&text);
    arena_release(&arena);
}

struct seen {
    char text[400];
};

static void note_trail(const struct condition *leaf, bool holds, void *data)
{
    struct seen *seen = data;
    size_t length = strlen(seen->text);

    snprintf(seen->text + length, sizeof(seen->text) - length, "%s=%d;", leaf->text, holds);
}

static void note_leaf(const struct condition *leaf, void *data)
{
    note_trail(leaf, true, data);
}

static void test_trail_and_leaves(void **state)
{
    static const struct {
        const char *text, *trail;
    } rows[] = {
        {"emergency is yes or emergency is no", "emergency is yes=1;"},
        {"emergency is no or emergency is yes", "emergency is yes=1;"},
        {"emergency is no or consent is yes", "emergency is no=0;consent is yes=0;"},
        {"emergency is yes and consent is yes and emergency is no", "consent is yes=0;"},
        {"emergency is yes and consent is not yes", "emergency is yes=1;consent is yes=0;"},
        {"risks does not include one of child, adult", "risks includes one of child, adult=0;"},
        {"items.shared is none", "items.shared is some=0;"},
        {"not (emergency is no or date is after 2020-01-01)", "date is after 2020-01-01=1;"},
    };
    const struct pack *pack = *state;
    struct arena arena = {0};
    struct error error = {0};
    struct answers answers;
    struct walk walk;
    struct facts facts;

    answers_init(&answers, pack);
    give(&answers, "emergency = yes");
    walk_init(&walk, &answers, pack->from);
    facts = walk_facts(&walk);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct condition *condition = NULL;
        struct seen seen = {{0}};

        assert_int_equal(parse(pack, rows[i].text, &arena, &condition, &error), STATUS_OK);
        assert_string_equal(condition->text, rows[i].text);
        condition_trail(condition, &facts, note_trail, &seen);
        assert_string_equal(seen.text, rows[i].trail);
        if (i == 3) {
            seen.text[0] = '\0';
            condition_leaves(condition, note_leaf, &seen);
            assert_string_equal(seen.text,
                                "emergency is yes=1;consent is yes=1;emergency is no=1;");
        }
    }
    assert_int_equal(condition_eval(NULL, &facts), TRUTH_TRUE);
    walk_release(&walk);
    answers_release(&answers);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_meaning),  cmocka_unit_test(test_three_values),
        cmocka_unit_test(test_mistakes), cmocka_unit_test(test_reach),
        cmocka_unit_test(test_depth),    cmocka_unit_test(test_trail_and_leaves),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
