/* SPDX-License-Identifier: MIT */
/* Agreements: what a good one becomes, what is said of each thing that can be wrong, what joins
 * a pack and where, who is a party, and how a walk meets what was agreed. */
#include "tests/unit/policy.h"

#include "policy/agreement.h"
#include "policy/agreement_check.h"
#include "policy/walk.h"

#define NAME "agreement.ini"

static struct agreement *read_agreement(const char *text)
{
    struct agreement *agreement = NULL;
    struct error error = {0};

    if (agreement_read(NAME, text, strlen(text), &agreement, &error))
        fail_with(&error);
    return agreement;
}

static struct agreement *small_agreement(void)
{
    char *text = cases_text(NAME);
    struct agreement *agreement = read_agreement(text);

    free(text);
    return agreement;
}

static enum status try_join(const char *pack, const char *agreement, struct pack **ret_pack,
                            struct error *error)
{
    return pack_join("small.ini", pack, strlen(pack), NAME, agreement, strlen(agreement),
                     ret_pack, error);
}

static struct pack *small_joined(void)
{
    char *pack = cases_text("small.ini"), *agreement = cases_text(NAME);
    struct pack *joined = NULL;
    struct error error = {0};

    if (try_join(pack, agreement, &joined, &error))
        fail_with(&error);
    free(pack);
    free(agreement);
    return joined;
}

static date day(const char *text)
{
    date read = DATE_NONE;

    assert_true(date_parse(text, &read));
    return read;
}

static const struct article *find(const struct agreement *agreement, enum article_kind kind,
                                  const char *id)
{
    for (size_t i = 0; i < agreement->article_count; i++) {
        if (agreement->article[i].kind == kind && !strcmp(agreement->article[i].id, id))
            return &agreement->article[i];
    }
    fail_msg("there is no %s '%s'", article_kind_id(kind), id);
    return NULL;
}

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

static char *mutate(const char *text, const char *from, const char *to)
{
    const char *place = strstr(text, from);

    if (!place)
        fail_msg("the file has no '%s'", from);
    return xasprintf("%.*s%s%s", (int)(place - text), text, to, place + strlen(from));
}

static int line_of(const char *text, const char *part)
{
    const char *place = strstr(text, part);
    int line = 1;

    if (!place)
        fail_msg("the mutated file has no '%s'", part);
    for (const char *at = text; at < place; at++)
        line += *at == '\n';
    return line;
}

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

/* Losing, doubling or cutting any line gives another good agreement or an error with its line,
 * read alone and joined. */
static void test_every_line(void **state)
{
    char *text = cases_text(NAME), *pack = cases_text("small.ini");

    (void)state;
    for (char *start = text, *end; (end = strchr(start, '\n')); start = end + 1) {
        size_t before = (size_t)(start - text), length = (size_t)(end - start) + 1;
        char *changed[3] = {
            xasprintf("%.*s%s", (int)before, text, end + 1),
            xasprintf("%.*s%.*s%s", (int)before, text, (int)length, start, start),
            xstrndup(text, before + length / 2),
        };

        for (size_t i = 0; i < COUNT(changed); i++) {
            struct pack *joined = NULL;
            struct error error = {0};

            if (try_join(pack, changed[i], &joined, &error)) {
                assert_true(error.line > 0);
                assert_string_equal(error.file, NAME);
                assert_string_not_equal(error.what, "");
                assert_string_not_equal(error.remedy, "");
            }
            pack_free(joined);
            free(changed[i]);
        }
    }
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

static void expect_findings(const struct agreement_report *report,
                            const struct expected_finding *rows, size_t count)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct agreement_finding *finding = &report->finding[i];

        assert_string_not_equal(finding->remedy, "");
        assert_true(finding->line > 0);
        if (i >= count || finding->rule != rows[i].rule ||
            strcmp(finding->field, rows[i].field) || !strstr(finding->what, rows[i].what) ||
            !strstr(finding->remedy, rows[i].remedy))
            fail_msg("finding %zu is %s %s: %s %s", i, agreement_rule_id(finding->rule),
                     finding->field, finding->what, finding->remedy);
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
    struct agreement_report report = {0};

    (void)state;
    agreement_check(&report, agreement, joined, day("2026-10-01"));
    agreement_report_sort(&report);
    expect_findings(&report, rows, COUNT(rows));
    assert_int_equal(report.errors, 0);
    assert_int_equal(report.warnings, 6);
    assert_int_equal(report.notes, 1);
    agreement_report_release(&report);
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

static bool has_finding(const struct agreement_report *report,
                        const struct expected_finding *wanted)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct agreement_finding *finding = &report->finding[i];

        if (finding->rule == wanted->rule && !strcmp(finding->field, wanted->field) &&
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
        struct agreement_report report = {0}, before = {0};

        if (strstr(faults[i].to, "withdrawn ="))
            *strstr(strstr(mutated, "withdrawn =\n"), "withdrawn =\n") = ';';
        agreement = small_agreement();
        agreement_check(&before, agreement, joined, day("2026-10-01"));
        agreement_free(agreement);
        agreement = read_agreement(mutated);
        agreement_check(&report, agreement, joined, day("2026-10-01"));
        if (has_finding(&before, &faults[i].more) || !has_finding(&report, &faults[i].more))
            fail_msg("fault %zu was not found", i);
        agreement_report_release(&before);
        agreement_report_release(&report);
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
    struct agreement_report report = {0};
    struct error error = {0};
    char *text = cases_text("agreement-clauses.ini");
    struct ini ini;

    (void)state;
    assert_int_equal(ini_read("clauses", text, strlen(text), &ini, &error), STATUS_OK);
    clauses_check(&report, &ini, &home, 1);
    agreement_report_sort(&report);
    for (size_t i = 0; i < report.count; i++)
        assert_string_equal(report.finding[i].file, "clauses");
    expect_findings(&report, rows, COUNT(rows));
    assert_int_equal(report.errors, COUNT(rows));
    agreement_report_release(&report);
    /* Without the joined pack, what only it can tell is left alone. */
    home.joined = NULL;
    clauses_check(&report, &ini, &home, 1);
    assert_int_equal(report.errors, COUNT(rows) - 1);
    agreement_report_release(&report);
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
        expect_in_manual(manual, agreement_rule_id((enum agreement_rule)i));
    free(text);
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
        cmocka_unit_test(test_meetings),         cmocka_unit_test(test_check),
        cmocka_unit_test(test_faults),           cmocka_unit_test(test_clauses),
        cmocka_unit_test(test_template),         cmocka_unit_test(test_manual),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
