/* SPDX-License-Identifier: MIT */
/* Agreements: what a good one becomes, what is said of each thing that can be wrong, what joins
 * a pack and where, and who is a party. */
#include "tests/unit/agreement.h"

#include "policy/walk.h"

/* --- reading ----------------------------------------------------------------------------- */

static void test_small_agreement(void **state)
{
    struct agreement *agreement = small_agreement();
    const struct article *article;
    const struct programme *programme;

    (void)state;
    assert_string_equal(agreement->id, "made-up");
    assert_string_equal(agreement->records_to, "The Made-up Records Team");
    assert_int_equal(agreement->notice_days, 30);
    assert_int_equal(agreement->withdrawn, DATE_NONE);
    assert_int_equal(agreement->review_by, day("2026-06-30"));
    assert_int_equal(agreement->article_count, 21);
    article = find(agreement, ARTICLE_SCOPE, "told");
    assert_string_equal(article->says,
                        "Why and how their information is shared.\nAnd on which basis.");
    assert_string_equal(article->clause, "2");
    assert_int_equal(article->met, MET_BY_QUESTION);
    assert_string_equal(article->met_name, "told");
    article = find(agreement, ARTICLE_STATUTE, "old-act");
    assert_int_equal(article->today, TODAY_REPEALED);
    assert_string_equal(article->now, "The Made-up Act");
    assert_string_equal(article->says, "");
    assert_int_equal(article->from, DATE_NONE);
    article = find(agreement, ARTICLE_CLOCK, "partners");
    assert_int_equal(article->hours, 48);
    assert_int_equal(article->met, MET_BY_NOTHING);
    article = find(agreement, ARTICLE_PARTY, "made-up-police");
    assert_string_equal(article->party_kind, "police");
    assert_int_equal(article->until, day("2025-06-01"));
    programme = agreement_programme(agreement, "encounter");
    assert_non_null(programme);
    assert_true(programme->repeat);
    assert_int_equal(programme->minimum.count, 2);
    assert_string_equal(programme->minimum.list[1], "Time of the call");
    programme = agreement_programme(agreement, "feed");
    assert_int_equal(programme->minimum.count, 0);
    assert_string_equal(programme->recipients, "");
    assert_null(agreement_programme(agreement, "none"));
    agreement_free(agreement);
    agreement_free(NULL);
}

static void test_state(void **state)
{
    struct agreement *agreement = small_agreement();

    (void)state;
    assert_int_equal(agreement_state(agreement, day("2026-06-30")), AGREEMENT_IN_FORCE);
    assert_int_equal(agreement_state(agreement, day("2026-07-01")), AGREEMENT_REVIEW_OVERDUE);
    agreement->withdrawn = day("2026-07-02");
    assert_int_equal(agreement_state(agreement, day("2026-07-01")), AGREEMENT_REVIEW_OVERDUE);
    assert_int_equal(agreement_state(agreement, day("2026-07-02")), AGREEMENT_WITHDRAWN);
    agreement->withdrawn = agreement->review_by = DATE_NONE;
    assert_int_equal(agreement_state(agreement, day("2099-01-01")), AGREEMENT_IN_FORCE);
    agreement_free(agreement);
}

/* `from` in the small agreement becomes `to`; the error is then on the line of `at`. */
static const struct {
    const char *from, *to, *at, *what, *remedy;
} mutations[] = {
    {"[agreement]", "[agrement]", "[agrement]", "not a kind of section",
     "Did you mean 'agreement'?"},
    {"[agreement]", "[agreement x]", "[agreement x]", "no name of its own", "kind alone"},
    {"[agreement]", "[step x]\ntitle = x\n[agreement]", "[step x]", "begins with what it is",
     "[agreement]"},
    {"kind = agreement", "kind = policy", "kind = policy", "not an agreement pack",
     "'agreement'"},
    {"owner = The Made-up Partnership\n", "", "[agreement]", "'owner' is missing", "Add"},
    {"review-by = 2026-06-30\n", "", "[agreement]", "'review-by' is missing", "nothing after"},
    {"dated = 2020-05-01\n", "", "[agreement]", "'dated' is missing", "nothing after"},
    {"dated = 2020-05-01", "dated = May 2020", "dated = May", "not a day", "2026-09-30"},
    {"notice-days = 30", "notice-days = none", "notice-days = none", "not such a number", "1"},
    {"notice-days = 30", "notice-dyas = 30", "notice-dyas", "no such key",
     "Did you mean 'notice-days'?"},
    {"[party upper-school]", "[parti upper-school]", "[parti", "not a kind of section",
     "Did you mean 'party'?"},
    {"[party upper-school]", "[party]", "[party]", "no name of its own", "after the kind"},
    {"[party upper-school]", "[party 2nd]", "[party 2nd]", "cannot be a name", "letter"},
    {"[party upper-school]", "[party made-up-police]", "[party made-up-police]\ntitle = Upper",
     "already", "another"},
    {"title = Upper Made-up School\n", "", "[party upper-school]", "'title' is missing", "Add"},
    {"left = 2025-06-01", "left = 2020-01-01", "left = 2020", "before it signed", "later"},
    {"signed = 2020-06-01\n", "", "left = 2025", "before it signed", "signed"},
    {"title = People are told", "title = People are told\nsigned = 2020-01-01",
     "signed = 2020-01-01\nsays", "Only a party", "Remove"},
    {"title = Public task", "title = Public task\nhours = 3", "hours = 3", "Only a clock",
     "Remove"},
    {"title = Public task", "title = Public task\nmet-by = record:items",
     "met-by = record:items", "Only a principle", "Remove"},
    {"says.2 = And", "says.3 = And", "says.3", "'says.2' should stand", "says, says.2"},
    {"minimum.2 = Time", "minimum.3 = Time", "minimum.3", "'minimum.2' should stand",
     "minimum.1, minimum.2"},
    {"minimum.1 = Name", "minimum.0 = Name", "minimum.0", "'minimum.1' should stand",
     "minimum.1, minimum.2"},
    {"today = repealed", "today = repeeled", "today = repeeled", "stands today",
     "Did you mean 'repealed'?"},
    {"now = The Made-up Act\n", "", "today = repealed", "nothing says what holds now", "now"},
    {"today = repealed\n", "", "now = The Made-up Act", "that is current", "today"},
    {"met-by = question:told", "met-by = told", "met-by = told", "what meets this",
     "question:NAME"},
    {"met-by = question:told", "met-by = question:", "met-by = question:\n", "cannot be a name",
     "letter"},
    {"hours = 48", "hours = 0", "hours = 0", "not such a number", "1"},
    {"repeat = yes", "repeat = often", "repeat = often", "neither yes nor no", "yes or no"},
    {"purpose = Nobody is missed\n", "", "[programme feed]", "'purpose' is missing", "Add"},
    {"[programme feed]", "[step late]\ntitle = x\n[programme feed]", "[step late]",
     "cannot stand after", "order"},
    {"cite = made-up-text:4\nwhen = emergency", "cite = made-up-txt:4\nwhen = emergency",
     "cite = made-up-txt", "no source 'made-up-txt'", "Did you mean 'made-up-text'?"},
    {"cite = made-up-text:4\nwhen = emergency", "cite = act:s.1\nwhen = emergency",
     "cite = act:s.1", "no source 'act'", "to this file"},
};

/* Whether the error is what it should be: its place, what is wrong, what to do. */
static void expect(const struct error *error, const char *file, int line, const char *what,
                   const char *remedy)
{
    char got[1000];

    error_line(error, got, sizeof(got));
    if (strcmp(error->file, file) || error->line != line || !strstr(error->what, what) ||
        !strstr(error->remedy, remedy) || !error->remedy[0])
        fail_msg("expected %s:%d, '%s', '%s'; got %s", file, line, what, remedy, got);
}

static void test_mutations(void **state)
{
    char *text = cases_text(NAME);

    (void)state;
    for (size_t i = 0; i < COUNT(mutations); i++) {
        char *mutated = mutate(text, mutations[i].from, mutations[i].to);
        struct agreement *agreement = NULL;
        struct error error = {0};

        if (agreement_read(NAME, mutated, strlen(mutated), &agreement, &error) !=
            STATUS_BAD_DATA)
            fail_msg("'%s' for '%s' was accepted", mutations[i].to, mutations[i].from);
        assert_null(agreement);
        expect(&error, NAME, line_of(mutated, mutations[i].at), mutations[i].what,
               mutations[i].remedy);
        free(mutated);
    }
    free(text);
}

/* `data` is the pack that it is joined to. */
static void look_at_agreement(const char *changed, const void *data)
{
    struct pack *joined = NULL;
    struct error error = {0};

    if (try_join(data, changed, &joined, &error)) {
        assert_true(error.line > 0);
        assert_string_equal(error.file, NAME);
        assert_string_not_equal(error.what, "");
        assert_string_not_equal(error.remedy, "");
    }
    pack_free(joined);
}

/* Losing, doubling or cutting any line gives another good agreement or an error with its line,
 * read alone and joined. */
static void test_every_line(void **state)
{
    char *text = cases_text(NAME), *pack = cases_text("small.ini");

    (void)state;
    each_lost_line(text, look_at_agreement, pack);
    free(pack);
    free(text);
}

static void test_not_an_agreement(void **state)
{
    static const char *const texts[] = {"", "; nothing\n", "[agreement]\n", "[pack]\n",
                                        "[agreement]\nkind = agreement\n\xFF\n"};

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct agreement *agreement = NULL;
        struct error error = {0};

        assert_int_equal(
            agreement_read("x.ini", texts[i], strlen(texts[i]), &agreement, &error),
            STATUS_BAD_DATA);
        assert_null(agreement);
        assert_string_not_equal(error.remedy, "");
    }
}

/* --- joining ----------------------------------------------------------------------------- */

static void test_join(void **state)
{
    struct pack *pack = cases_pack("small.ini"), *joined = small_joined();
    const struct question *question;
    size_t none;

    (void)state;
    assert_string_equal(joined->id, pack->id);
    assert_string_equal(joined->version, pack->version);
    assert_string_equal(joined->file, "small.ini");
    assert_int_equal(joined->rule_count, pack->rule_count + 2);
    assert_int_equal(joined->outcome_count, pack->outcome_count);
    for (size_t i = 0; i < pack->question_count; i++) {
        assert_string_equal(joined->question[i].id, pack->question[i].id);
        assert_int_equal(joined->question[i].rule, pack->question[i].rule);
        assert_int_equal(joined->question[i].step, pack->question[i].step);
    }
    question = &joined->question[pack->question_count];
    assert_string_equal(question->id, "made-up-repeat");
    assert_int_equal(question->rule, pack->rule_count);
    assert_int_equal(question->step, pack->step_count);
    assert_string_equal(joined->step[question->step].id, "made-up");
    assert_int_equal(question->cite.list[0].source, pack->source_count);
    assert_string_equal(joined->finding[pack->finding_count].id, "made-up-record");
    none = pack->never_count;
    assert_string_equal(joined->never[none].id, "made-up-unrecorded");
    assert_int_equal(joined->never_count, none + 1);
    pack_free(joined);
    pack_free(pack);
}

static void test_whose_section(void **state)
{
    struct pack *joined = small_joined();

    (void)state;
    assert_string_equal(pack_file_of(joined, "[question made-up-repeat]"), NAME);
    assert_string_equal(pack_file_of(joined, "[never made-up-unrecorded] when"), NAME);
    assert_string_equal(pack_file_of(joined, "[question made-up]"), "small.ini");
    assert_string_equal(pack_file_of(joined, "[question consent]"), "small.ini");
    assert_string_equal(pack_file_of(joined, "[pack]"), "small.ini");
    pack_free(joined);
}

/* An agreement whose questions look at the answers to the pack's. */
static void test_conditions_across(void **state)
{
    struct pack *joined = small_joined();
    size_t repeat = pack_find_question(joined, "made-up-repeat");
    size_t record = pack_find_finding(joined, "made-up-record");
    struct answers answers;
    struct walk walk;

    (void)state;
    answers_init(&answers, joined);
    give(&answers, "emergency = yes");
    walk_init(&walk, &answers, day("2026-10-01"));
    assert_int_equal(walk.state[repeat], QUESTION_OFF);
    walk_release(&walk);
    give(&answers, "emergency = no; subject = Sam; consent = yes; risks = none; recipient = A;"
                   "items = requested, shared; told = yes");
    walk_init(&walk, &answers, day("2026-10-01"));
    assert_int_equal(walk.next, repeat);
    assert_int_equal(walk_finding(&walk, record), TRUTH_UNKNOWN);
    walk_release(&walk);
    give(&answers, "made-up-repeat = many");
    walk_init(&walk, &answers, day("2026-10-01"));
    assert_int_equal(walk_finding(&walk, record), TRUTH_TRUE);
    assert_true(walk.ready);
    walk_release(&walk);
    answers_release(&answers);
    pack_free(joined);
}

/* What goes wrong between two files names the one that it is in. */
static const struct {
    const char *pack_from, *pack_to, *from, *to, *file, *at, *what;
} troubles[] = {
    {NULL, NULL, "when = emergency is no and", "when = emergency is never and", NAME,
     "when = emergency is never", "'never'"},
    {NULL, NULL, "step = made-up\n", "step = made-upp\n", NAME, "step = made-upp", "no step"},
    {NULL, NULL, "[question made-up-repeat]", "[question consent]", NAME, "[question consent]",
     "of this name, on line"},
    {NULL, NULL, "[finding made-up-record]", "[finding told]", NAME, "[finding told]",
     "same name"},
    {NULL, NULL, "[finding made-up-record]", "[finding basis]", NAME, "[finding basis]",
     "something else"},
    {NULL, NULL, "type = choice\nask = Is this", "type = items\nask = Is this", NAME,
     "[question made-up-repeat]", "is a second"},
    {NULL, NULL, "kind = prompt", "kind = promt", NAME, "kind = promt", "not a kind"},
    {NULL, NULL, "[agreement]", "[pack]", NAME, "[pack]", "not a kind of section"},
    {"when = consent is yes", "when = consent is yse", NULL, NULL, "small.ini",
     "when = consent is yse", "'yse'"},
    {"[outcome urgent]", "[outcom urgent]", NULL, NULL, "small.ini", "[outcom urgent]",
     "not a kind"},
    {"answer.emergency = yes", "answer.emergency = yse", NULL, NULL, "small.ini",
     "answer.emergency = yse", "no option"},
    {"[never without-basis]", "[step late]\ntitle = x\n[never without-basis]", NULL, NULL,
     "small.ini", "[step late]", "cannot stand after"},
};

static void test_troubles(void **state)
{
    char *pack = cases_text("small.ini"), *agreement = cases_text(NAME);

    (void)state;
    for (size_t i = 0; i < COUNT(troubles); i++) {
        char *first = troubles[i].pack_from
                          ? mutate(pack, troubles[i].pack_from, troubles[i].pack_to)
                          : xstrdup(pack);
        char *second = troubles[i].from ? mutate(agreement, troubles[i].from, troubles[i].to)
                                        : xstrdup(agreement);
        const char *text = strcmp(troubles[i].file, NAME) ? first : second;
        struct pack *joined = NULL;
        struct error error = {0};

        if (try_join(first, second, &joined, &error) != STATUS_BAD_DATA)
            fail_msg("trouble %zu was accepted", i);
        assert_null(joined);
        expect(&error, troubles[i].file, line_of(text, troubles[i].at), troubles[i].what, "");
        free(first);
        free(second);
    }
    free(pack);
    free(agreement);
}

static void test_kept_text(void **state)
{
    char *pack = cases_text("small.ini"), *agreement = cases_text(NAME);
    struct pack *joined = small_joined(), *kept = NULL, *alone = NULL;
    struct error error = {0};
    struct buf text = {0};
    struct digest digest;

    (void)state;
    pack_kept_text(pack, strlen(pack), agreement, strlen(agreement), &text);
    digest = digest_of(&(struct span){text.text, text.length}, 1);
    assert_memory_equal(&digest, &joined->fingerprint, sizeof(digest));
    assert_int_equal(pack_read_kept("kept", text.text, text.length, &kept, &error), STATUS_OK);
    assert_memory_equal(&kept->fingerprint, &joined->fingerprint, sizeof(digest));
    assert_int_equal(kept->rule_count, joined->rule_count);
    assert_string_equal(pack_file_of(kept, "[question made-up-repeat]"), "kept, agreement");
    assert_int_equal(pack_read_kept("kept", pack, strlen(pack), &alone, &error), STATUS_OK);
    assert_memory_not_equal(&alone->fingerprint, &joined->fingerprint, sizeof(digest));
    assert_int_equal(pack_find_question(alone, "made-up-repeat"), PACK_NONE);
    pack_free(alone);
    /* A pack alone cannot be taken for a joined one: no pack holds what stands between. */
    alone = NULL;
    assert_int_equal(pack_read("x", text.text, text.length, &alone, &error), STATUS_BAD_DATA);
    assert_int_equal(error.line, line_of(text.text, "[agreement]") - 4);
    pack_free(kept);
    pack_free(joined);
    buf_release(&text);
    free(pack);
    free(agreement);
}

/* --- parties ----------------------------------------------------------------------------- */

static void test_parties(void **state)
{
    static const struct {
        const char *name, *party;
    } rows[] = {
        {"Made-up County Council", "made-up-council"},
        {"the MADE-UP county council", "made-up-council"},
        {"County Council of Made-up", "made-up-council"},
        {"Made\u2011up County Council, Children\u2019s Services", "made-up-council"},
        {"Made-up County Council, Children's Services", "made-up-council"},
        {"Made-up Police", "made-up-police"},
        {"Madé-up Police", "made-up-police"},
        {"Upper Made-up School", "upper-school"},
        {"School", "upper-school"},
        {"Made-up", NULL},
        {"Made-down Police", NULL},
        {"Lower Made-up School", NULL},
        {"of the", NULL},
        {"", NULL},
    };
    struct agreement *agreement = small_agreement();

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct article *party = agreement_party(agreement, rows[i].name);

        if (!rows[i].party != !party || (party && strcmp(party->id, rows[i].party)))
            fail_msg("'%s' was taken for %s", rows[i].name, party ? party->id : "nobody");
    }
    agreement_free(agreement);
}

static void test_signed(void **state)
{
    struct agreement *agreement = small_agreement();
    const struct article *police = find(agreement, ARTICLE_PARTY, "made-up-police");
    const struct article *school = find(agreement, ARTICLE_PARTY, "upper-school");

    (void)state;
    assert_false(party_signed(police, day("2020-05-31")));
    assert_true(party_signed(police, day("2020-06-01")));
    assert_true(party_signed(police, day("2025-05-31")));
    assert_false(party_signed(police, day("2025-06-01")));
    assert_false(party_signed(school, day("2025-06-01")));
    agreement_free(agreement);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_agreement),  cmocka_unit_test(test_state),
        cmocka_unit_test(test_mutations),        cmocka_unit_test(test_every_line),
        cmocka_unit_test(test_not_an_agreement), cmocka_unit_test(test_join),
        cmocka_unit_test(test_whose_section),    cmocka_unit_test(test_conditions_across),
        cmocka_unit_test(test_troubles),         cmocka_unit_test(test_kept_text),
        cmocka_unit_test(test_parties),          cmocka_unit_test(test_signed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
