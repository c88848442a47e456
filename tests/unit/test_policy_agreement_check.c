/* SPDX-License-Identifier: MIT */
/* How a walk meets an agreement, what the check says of one, and that the template and the
 * manual are as the check wants them. */
#include "tests/unit/agreement.h"

#include "policy/agreement_check.h"
#include "policy/walk.h"

/* --- meetings ---------------------------------------------------------------------------- */

static const struct meeting *meeting_of(const struct meeting *list, size_t count,
                                        const char *id)
{
    for (size_t i = 0; i < count; i++) {
        if (!strcmp(list[i].article->id, id))
            return &list[i];
    }
    fail_msg("'%s' is not among the meetings", id);
    return NULL;
}

struct expected_meeting {
    const char *id;
    bool met;
    const char *how;
};

static void expect_meetings(const char *line, const struct expected_meeting *rows, size_t count)
{
    struct agreement *agreement = small_agreement();
    struct pack *joined = small_joined();
    struct arena arena = {0};
    struct meeting *list = NULL;
    struct answers answers;
    struct walk walk;
    size_t met;

    answers_init(&answers, joined);
    give(&answers, line);
    walk_init(&walk, &answers, day("2026-10-01"));
    met = agreement_meetings(agreement, &walk, &answers, &arena, &list);
    assert_int_equal(met, 6); /* five principles and a scope; not the commitment */
    for (size_t i = 0; i < count; i++) {
        const struct meeting *meeting = meeting_of(list, met, rows[i].id);

        if (meeting->met != rows[i].met || !strstr(meeting->how, rows[i].how))
            fail_msg("%s: %s, '%s'", rows[i].id, meeting->met ? "met" : "not met",
                     meeting->how);
    }
    arena_release(&arena);
    walk_release(&walk);
    answers_release(&answers);
    pack_free(joined);
    agreement_free(agreement);
}

static void test_meetings(void **state)
{
    static const struct expected_meeting at_first[] = {
        {"told", false, "not answered yet"},      {"basis", false, "not known yet"},
        {"minimum", false, "not answered yet"},   {"kept", true, "why, in words"},
        {"vague", false, "Nothing in this walk"}, {"repeat", false, "not answered yet"},
    };
    static const struct expected_meeting at_last[] = {
        {"told", true, "Will you tell them? Yes"},
        {"basis", true, "protects somebody"},
        {"minimum", true, "1 item"},
        {"repeat", true, "One of many"},
    };
    static const struct expected_meeting in_danger[] = {
        {"told", false, "not asked on this path"},
        {"basis", true, "protects somebody"},
        {"minimum", false, "not asked on this path"},
        {"repeat", false, "not asked on this path"},
    };
    static const struct expected_meeting agreed[] = {
        {"basis", false, "do not establish"},
    };

    (void)state;
    expect_meetings("", at_first, COUNT(at_first));
    expect_meetings("emergency = no; subject = Sam; consent = refused; risks = adult;"
                    "recipient = A; items = requested, shared; told = yes;"
                    "made-up-repeat = many",
                    at_last, COUNT(at_last));
    expect_meetings("emergency = yes", in_danger, COUNT(in_danger));
    expect_meetings("emergency = no; subject = Sam; consent = yes; risks = none", agreed,
                    COUNT(agreed));
}

/* --- checking ---------------------------------------------------------------------------- */

struct expected_finding {
    enum agreement_rule rule;
    const char *field, *what, *remedy;
};

static void expect_findings(const struct report *report, const struct expected_finding *rows,
                            size_t count)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct fault *finding = &report->fault[i];

        assert_string_not_equal(finding->remedy, "");
        assert_true(finding->line > 0);
        if (i >= count || finding->rule != &agreement_rules[rows[i].rule] ||
            strcmp(finding->field, rows[i].field) || !strstr(finding->what, rows[i].what) ||
            !strstr(finding->remedy, rows[i].remedy))
            fail_msg("finding %zu is %s %s: %s %s", i, finding->rule->id, finding->field,
                     finding->what, finding->remedy);
    }
    assert_int_equal(report->count, count);
}

static void test_check(void **state)
{
    static const struct expected_finding rows[] = {
        {AGREEMENT_RULE_REVIEW_OVERDUE, "[agreement]", "by 30 June 2026", "owner"},
        {AGREEMENT_RULE_PARTY_UNSIGNED, "[party upper-school]", "Upper Made-up School",
         "signed"},
        {AGREEMENT_RULE_STATUTE_OUTDATED, "[statute old-act]",
         "Repealed: ‘The Old Act 1998’. Now: The Made-up Act", "owner"},
        {AGREEMENT_RULE_PRINCIPLE_UNMET, "[principle vague]", "Nothing", "met-by"},
        {AGREEMENT_RULE_PROGRAMME_MINIMUM, "[programme feed]", "least", "minimum.1"},
        {AGREEMENT_RULE_PROGRAMME_LEGAL, "[programme feed]", "law", "legal"},
        {AGREEMENT_RULE_PROGRAMME_RECIPIENTS, "[programme feed]", "receives", "recipients"},
    };
    struct agreement *agreement = small_agreement();
    struct pack *joined = small_joined();
    struct report report = {0};

    (void)state;
    agreement_check(&report, agreement, joined, day("2026-10-01"));
    report_settle(&report);
    expect_findings(&report, rows, COUNT(rows));
    assert_int_equal(report.tally[SEVERITY_ERROR], 0);
    assert_int_equal(report.tally[SEVERITY_WARNING], 6);
    assert_int_equal(report.tally[SEVERITY_NOTE], 1);
    report_release(&report);
    pack_free(joined);
    agreement_free(agreement);
}

/* The small agreement with one thing changed has one finding more. */
static const struct {
    const char *from, *to;
    struct expected_finding more;
} faults[] = {
    {"review-by = 2026-06-30",
     "review-by =",
     {AGREEMENT_RULE_REVIEW_UNDATED, "[agreement]", "when it is to be reviewed", "review-by"}},
    {"review-by = 2026-06-30",
     "review-by = 2027-06-30\nwithdrawn = 2026-09-30",
     {AGREEMENT_RULE_WITHDRAWN, "[agreement]", "30 September 2026", "another"}},
    {"[purpose safeguarding]\ntitle = Keeping people safe\n",
     "",
     {AGREEMENT_RULE_ARTICLE_LACKING, "[agreement]", "Purposes", "owner"}},
    {"[controller apart]\ntitle = Each answers for its own data from when it arrives\n",
     "",
     {AGREEMENT_RULE_ARTICLE_LACKING, "[agreement]", "from when", "owner"}},
    {"[must made-up-file]\nsays = Send the Record of Sharing to the partnership\n"
     "after = share, share-in-part\nby = 5 days\ncite = made-up-text:4\n",
     "",
     {AGREEMENT_RULE_RECORD_UNSENT, "[agreement]", "nobody is reminded", "[must NAME]"}},
    {"hours = 48\n",
     "",
     {AGREEMENT_RULE_CLOCK_WITHOUT_HOURS, "[clock partners]", "how long", "hours"}},
    {"met-by = question:told",
     "met-by = question:tld",
     {AGREEMENT_RULE_MET_BY_UNKNOWN, "[scope told]", "no question 'tld'",
      "Did you mean 'told'?"}},
    {"met-by = finding:protect",
     "met-by = finding:prtect",
     {AGREEMENT_RULE_MET_BY_UNKNOWN, "[principle basis]", "no finding 'prtect'",
      "Did you mean 'protect'?"}},
    {"met-by = record:items",
     "met-by = record:itemss",
     {AGREEMENT_RULE_MET_BY_UNKNOWN, "[principle minimum]", "no field of the record 'itemss'",
      "Did you mean 'items'?"}},
    {"title = It is sent sealed",
     "title = Fax\ntoday = stale\nnow = Secure e-mail",
     {AGREEMENT_RULE_ARTICLE_OUTDATED, "[measure sealed]", "Out of date: ‘Fax’.", "owner"}},
    {"title = The weekly feed",
     "title = The weekly feed\ntoday = replaced\nnow = A daily one",
     {AGREEMENT_RULE_ARTICLE_OUTDATED, "[programme feed]", "A daily one", "owner"}},
};

static bool has_finding(const struct report *report, const struct expected_finding *wanted)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct fault *finding = &report->fault[i];

        if (finding->rule == &agreement_rules[wanted->rule] && !strcmp(finding->field, wanted->field) &&
            strstr(finding->what, wanted->what) && strstr(finding->remedy, wanted->remedy))
            return true;
    }
    return false;
}

static void test_faults(void **state)
{
    char *text = cases_text(NAME);
    struct pack *joined = small_joined();

    (void)state;
    for (size_t i = 0; i < COUNT(faults); i++) {
        char *mutated = mutate(text, faults[i].from, faults[i].to);
        struct agreement *agreement;
        struct pack *faulty;
        struct report report = {0}, before = {0};

        if (strstr(faults[i].to, "withdrawn ="))
            *strstr(strstr(mutated, "withdrawn =\n"), "withdrawn =\n") = ';';
        agreement = small_agreement();
        agreement_check(&before, agreement, joined, day("2026-10-01"));
        agreement_free(agreement);
        agreement = read_agreement(mutated);
        faulty = joined_with(mutated);
        agreement_check(&report, agreement, faulty, day("2026-10-01"));
        pack_free(faulty);
        if (has_finding(&before, &faults[i].more) || !has_finding(&report, &faults[i].more))
            fail_msg("fault %zu was not found", i);
        report_release(&before);
        report_release(&report);
        agreement_free(agreement);
        free(mutated);
    }
    pack_free(joined);
    free(text);
}

static void test_clauses(void **state)
{
    static const struct expected_finding rows[] = {
        {AGREEMENT_RULE_CLAUSE_LOST, "[made-up 4]", "in no pack", "`at`"},
        {AGREEMENT_RULE_CLAUSE_BOTH, "[made-up 5]", "yet there is", "true"},
        {AGREEMENT_RULE_CLAUSE_SILENT, "[made-up 6]", "does not say", "shortly"},
        {AGREEMENT_RULE_CLAUSE_DANGLING, "[made-up 6]", "'purpose' does not name", "KIND"},
        {AGREEMENT_RULE_CLAUSE_DANGLING, "[made-up 6]", "no field 'withdrawn'", "KIND"},
        {AGREEMENT_RULE_CLAUSE_DANGLING, "[made-up 6]", "no purpose 'safegaurding'",
         "Did you mean 'safeguarding'?"},
        {AGREEMENT_RULE_CLAUSE_DANGLING, "[made-up 6]", "no question 'nothing'", "KIND"},
        {AGREEMENT_RULE_CLAUSE_DANGLING, "[made-up 6]", "no agreement 'mad-up'",
         "Did you mean 'made-up'?"},
        {AGREEMENT_RULE_CLAUSE_KEY, "[made-up 7]", "'where'", "`says`"},
    };
    struct agreement *agreement = small_agreement();
    struct pack *joined = small_joined();
    struct clause_home home = {agreement, joined};
    struct report report = {0};
    struct error error = {0};
    char *text = cases_text("agreement-clauses.ini");
    struct ini ini;

    (void)state;
    assert_int_equal(ini_read("clauses", text, strlen(text), &ini, &error), STATUS_OK);
    clauses_check(&report, &ini, &home, 1);
    report_settle(&report);
    for (size_t i = 0; i < report.count; i++)
        assert_string_equal(report.fault[i].file, "clauses");
    expect_findings(&report, rows, COUNT(rows));
    assert_int_equal(report.tally[SEVERITY_ERROR], COUNT(rows));
    report_release(&report);
    /* Without the joined pack, what only it can tell is left alone. */
    home.joined = NULL;
    clauses_check(&report, &ini, &home, 1);
    report_settle(&report);
    assert_int_equal(report.tally[SEVERITY_ERROR], COUNT(rows) - 1);
    report_release(&report);
    ini_release(&ini);
    pack_free(joined);
    agreement_free(agreement);
    free(text);
}

/* --- the template ------------------------------------------------------------------------ */

/* Who writes an agreement begins with the template, so it must be a good one. */
static void test_template(void **state)
{
    char *pack = cases_text("small.ini"),
         *text = cases_text("../../data/agreements/TEMPLATE.ini");
    struct agreement *agreement = read_agreement(text);
    bool has[ARTICLE_KIND_COUNT] = {false};
    struct pack *joined = NULL;
    struct error error = {0};

    (void)state;
    for (size_t i = 0; i < agreement->article_count; i++)
        has[agreement->article[i].kind] = true;
    for (size_t i = 0; i < ARTICLE_KIND_COUNT; i++) {
        if (!has[i])
            fail_msg("the template shows no %s", article_kind_id((enum article_kind)i));
    }
    assert_true(agreement->programme_count > 0);
    if (try_join(pack, text, &joined, &error))
        fail_with(&error);
    assert_non_null(joined->added_file);
    pack_free(joined);
    agreement_free(agreement);
    free(pack);
    free(text);
}

/* --- the manual -------------------------------------------------------------------------- */

/* Whether a line of the manual begins to explain the word. */
static bool explains(const char *line, size_t length, const char *word)
{
    char *copy = xasprintf("%.*s ", (int)length, line), *spaced = xasprintf(" %s ", word);
    bool found = !strncmp(copy, ".It Cm ", 7) && strstr(copy, spaced);

    free(spaced);
    free(copy);
    return found;
}

static void expect_in_manual(const char *manual, const char *word)
{
    for (size_t length; *manual; manual += length + (manual[length] == '\n')) {
        length = strcspn(manual, "\n");
        if (explains(manual, length, word))
            return;
    }
    fail_msg("discern-policy(5) does not explain '%s'", word);
}

static void test_manual(void **state)
{
    char *text = cases_text("../../man/discern-policy.5");
    const char *manual = strstr(text, ".Sh AGREEMENT PACKS");

    (void)state;
    assert_non_null(manual);
    for (size_t i = 0; i < ARTICLE_KIND_COUNT; i++)
        expect_in_manual(manual, article_kind_id((enum article_kind)i));
    for (size_t i = 0; i < TODAY_COUNT; i++) {
        if (!strstr(manual, standing_today_id((enum standing_today)i)))
            fail_msg("the manual does not name '%s'",
                     standing_today_id((enum standing_today)i));
    }
    for (size_t i = 0; i < AGREEMENT_RULE_COUNT; i++)
        expect_in_manual(manual, agreement_rules[i].id);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_meetings), cmocka_unit_test(test_check),
        cmocka_unit_test(test_faults),   cmocka_unit_test(test_clauses),
        cmocka_unit_test(test_template), cmocka_unit_test(test_manual),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
