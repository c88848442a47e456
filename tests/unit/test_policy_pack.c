/* SPDX-License-Identifier: MIT */
/* Loading packs: what a good one becomes, and what is said of each thing that can be wrong. */
#include "tests/unit/policy.h"

#include "base/buf.h"

static void test_small_pack(void **state)
{
    struct pack *pack = cases_pack("small.ini");
    char hex[DIGEST_HEX_SIZE];

    (void)state;
    assert_string_equal(pack->id, "small");
    assert_int_equal(pack->rule_count, 13);
    assert_int_equal(pack->question_count, 9);
    assert_int_equal(pack->finding_count, 4);
    assert_int_equal(pack->urgent_questions, 3);
    assert_int_equal(pack_variable_count(pack), 13 + FINDING_KIND_COUNT + 1);
    assert_int_equal(pack_find_question(pack, "agreed"), PACK_NONE);
    assert_int_equal(pack_find_finding(pack, "consent"), PACK_NONE);
    digest_hex(&pack->fingerprint, hex);
    assert_int_equal(strlen(hex), 64);
    pack_free(pack);
    pack_free(NULL);
}

static void test_small_questions(void **state)
{
    struct pack *pack = cases_pack("small.ini");
    const struct question *emergency = &pack->question[pack_find_question(pack, "emergency")];
    const struct question *consent = &pack->question[pack_find_question(pack, "consent")];
    const struct question *risks = &pack->question[pack_find_question(pack, "risks")];
    struct buf cited = {0};

    (void)state;
    assert_int_equal(emergency->help.count, 2);
    assert_string_equal(emergency->help.list[1], "If in doubt, take it that there is.");
    assert_string_equal(emergency->option[0].say, "Somebody was in danger.");
    assert_string_equal(emergency->option[1].hint, "");
    assert_true(emergency->required);
    assert_int_equal(emergency->cite.count, 2);
    citation_text(pack, &emergency->cite.list[0], &cited);
    buf_puts(&cited, "; ");
    citation_text(pack, &emergency->cite.list[1], &cited);
    assert_string_equal(buf_text(&cited), "The Made-up Act, s 1; The Made-up Code (verify)");
    assert_int_equal(consent->unknown, 3);
    assert_int_equal(consent->none, NO_OPTION);
    assert_string_equal(consent->option[3].label, "I do not know yet");
    assert_int_equal(consent->keep, KEEP_CONSENT);
    assert_int_equal(risks->option_count, 5);
    assert_int_equal(risks->none, 3);
    assert_string_equal(risks->option[3].hint, "As far as you know.");
    assert_string_equal(risks->option[4].label, "Nobody can tell");
    assert_non_null(risks->option[2].when);
    buf_release(&cited);
    pack_free(pack);
}

static void test_small_results(void **state)
{
    struct pack *pack = cases_pack("small.ini");
    const struct finding *duty = &pack->finding[pack_find_finding(pack, "new-duty")];

    (void)state;
    assert_int_equal(pack->rule[duty->rule].index, pack_find_finding(pack, "new-duty"));
    assert_false(pack->rule[duty->rule].is_question);
    assert_int_not_equal(duty->from, DATE_NONE);
    assert_int_equal(pack->finding[0].from, DATE_NONE);
    assert_int_equal(pack->outcome[0].must[0].hours, 24);
    assert_int_equal(pack->outcome[0].must[1].hours, 2 * 28 * 24);
    assert_non_null(pack->outcome[0].must[1].when);
    assert_int_equal(pack->outcome[0].review_months, 1);
    assert_true(pack->outcome[3].countersign);
    assert_null(pack->outcome[5].when);
    assert_int_equal(pack->retention[0].months, 300);
    assert_int_equal(pack->retention[2].months, 0);
    assert_int_equal(pack->scenario[1].answer_count, 8);
    assert_int_equal(pack->scenario[1].answer[6].value, BIT(1) | BIT_ITEMS_REQUESTED |
                                                            BIT_ITEMS_SHARED |
                                                            BIT_ITEMS_WITHHELD | BIT_ANSWERED);
    assert_int_equal(pack->scenario[1].finds_count, 3);
    pack_free(pack);
}

static void test_in_force(void **state)
{
    struct pack *pack = cases_pack("small.ini");
    struct error error = {0};

    (void)state;
    assert_int_equal(pack_in_force(pack, pack->from, &error), STATUS_OK);
    assert_int_equal(pack_in_force(pack, pack->until - 1, &error), STATUS_OK);
    assert_int_equal(pack_in_force(pack, pack->from - 1, &error), STATUS_REFUSED);
    assert_non_null(strstr(error.what, "1 January 2026"));
    assert_int_equal(pack_in_force(pack, pack->until, &error), STATUS_REFUSED);
    assert_non_null(strstr(error.what, "1 January 2028"));
    pack_free(pack);
}

/* `from` in the small pack becomes `to`; the error is then on the line of `at`. */
static const struct {
    const char *from, *to, *at, *what, *remedy;
} mutations[] = {
    /* sections */
    {"[pack]", "[pakc]", "[pakc]", "not a kind of section", "Did you mean 'pack'?"},
    {"[pack]", "[pack small]", "[pack small]", "no name", "[pack]"},
    {"[pack]", "[step first]\ntitle = x\n[pack]", "[step first]", "begins with what it is",
     "[pack]"},
    {"[question emergency]", "[questoin emergency]", "[questoin", "not a kind of section",
     "Did you mean 'question'?"},
    {"[question emergency]", "[question]", "[question]", "no name of its own",
     "after the kind"},
    {"[question emergency]", "[question 2nd]", "[question 2nd]", "cannot be a name", "letter"},
    {"[question emergency]", "[question not]", "[question not]", "condition language",
     "another"},
    {"[question emergency]", "[question basis]", "[question basis]", "something else",
     "another"},
    {"[finding others]", "[finding duty]", "[finding duty]", "something else", "another"},
    {"[finding new-duty]", "[finding protect]", "[finding protect]\nkind = duty",
     "of this name already", ""},
    {"[finding others]", "[finding told]", "[finding told]", "same name", "another"},
    {"[scenario danger]", "[step late]\ntitle = x\n[scenario danger]", "[step late]",
     "cannot stand after", "order"},
    {"[outcome urgent]", "[finding late]", "recommends = share-urgently", "no such key", ""},
    /* keys */
    {"kind = policy", "kind = agreement", "kind = agreement", "not a policy pack", "policy"},
    {"version = 1\n", "", "[pack]", "'version' is missing", "Add"},
    {"version = 1", "version =", "version =", "has no value", "value"},
    {"version = 1", "vresion = 1", "vresion", "no such key", "Did you mean 'version'?"},
    {"id = small", "id = Small one", "id = Small one", "cannot be a name", "letter"},
    {"from = 2026-01-01", "from = 1/1/2026", "from = 1/1/2026", "not a day", "2026-09-30"},
    {"from = 2026-01-01", "from = 2026-02-30", "from = 2026-02-30", "not a day", "2026-09-30"},
    {"until = 2028-01-01", "until = 2025-01-01", "until = 2025", "ends before it begins",
     "first day"},
    {"urgent-questions = 3", "urgent-questions = 0", "urgent-questions = 0",
     "not such a number", "1 or more"},
    {"urgent-questions = 3", "urgent-questions = 30", "most-questions", "fewer than", "Raise"},
    {"verify = yes", "verify = maybe", "verify = maybe", "neither yes nor no", "yes or no"},
    {"step = start", "step = strat", "step = strat", "no step 'strat'",
     "Did you mean 'start'?"},
    {"type = person", "type = persn", "type = persn", "not a type", "Did you mean 'person'?"},
    {"ask = Is somebody in danger now?\n", "", "[question emergency]", "'ask' is missing",
     "Add"},
    {"help.2 = If", "help.3 = If", "help.3", "'help.2' should stand", "Number"},
    {"cite = act:s.1, code", "cite = act:s.1, cod", "cite = act:s.1, cod", "no source 'cod'",
     "Did you mean 'code'?"},
    {"cite = act:s.1, code", "cite = act:, code", "cite = act:,", "where in it", "colon"},
    {"cite = act:s.2\nwhen = consent is yes", "when = consent is yes", "[finding agreed]",
     "'cite' is missing", "Add"},
    {"option.no = No\nsay.no = Nobody was in danger.", "", "[question emergency]", "at least 2",
     "option"},
    {"option.no = No", "optoin.no = No", "optoin.no", "no such key",
     "Did you mean 'option.no'?"},
    {"option.no = No", "option.answered = No", "option.answered", "condition language",
     "another"},
    {"option.no = No", "option.unknown = No", "option.unknown", "not written like this",
     "option"},
    {"option.no = No", "option.no =", "option.no =", "no words", "words"},
    {"hint.yes = Call", "hint.yse = Call", "hint.yse", "no option 'yse'",
     "Did you mean 'yes'?"},
    {"say.no = Nobody was in danger.", "say.no = Nobody", "say.no", "whole sentence",
     "full stop"},
    {"say = This is about {}.", "say = This is about {} and {}.", "say = This is about",
     "exactly once", "once"},
    {"say = This is about {}.", "say = It is.", "say = It is", "exactly once", "once"},
    {"say = This is about {}.", "option.a = A", "option.a", "has no options", "choice"},
    {"say = This is about {}.", "none = None", "none = None", "type choices", "Remove"},
    {"say = This is about {}.", "unknown = yes", "unknown = yes\nkeep", "choice or choices",
     "Remove"},
    {"say.no = Nobody was in danger.", "say = Nobody {}.", "say = Nobody", "of its own",
     "say.NAME"},
    {"keep = subject", "keep = recipient", "keep = recipient\nlater", "cannot be kept",
     "person"},
    {"keep = subject", "keep = subjekt", "keep = subjekt", "keeps by name",
     "Did you mean 'subject'?"},
    {"option.opinion = Opinion", "option.shared = Opinion", "option.shared", "without any flag",
     "another"},
    {"when.crime = consent", "when.crim = consent", "when.crim", "no option 'crim'",
     "Did you mean 'crime'?"},
    {"required = no", "required = never", "required = never", "neither yes nor no",
     "yes or no"},
    {"type = date", "type = items", "[question items]", "this is a second", "one question"},
    {"type = text", "type = items", "keep = advice", "cannot be kept", "person"},
    {"kind = duty", "kind = dutyy", "kind = dutyy", "not a kind of finding",
     "Did you mean 'duty'?"},
    {"until = 2027-10-01", "until = 2026-09-30", "until = 2026-09-30", "ends before it begins",
     "first day"},
    /* conditions */
    {"when = consent is yes", "when = consent is yse", "when = consent is yse", "'yse'",
     "Did you mean 'yes'?"},
    {"when = consent is yes", "when = told is yes", "when = told is yes",
     "does not stand before", "Move"},
    {"when = consent is yes", "when =", "when =\n", "a test was expected", "Begin"},
    {"when = items is answered", "when = others is found", "when = others", "does not stand",
     "Move"},
    {"when = items is answered", "when = told is yes", "when = told", "does not stand before",
     "Move"},
    {"when = items is answered", "when = outcome is share", "when = outcome is", "only a never",
     ""},
    {"when = consent is unknown or", "when = warning is found or", "when = warning",
     "no warning stands before", ""},
    /* outcomes, nevers, retention */
    {"recommends = share-urgently", "recommends = share-urgent", "recommends = share-urgent",
     "not an outcome", "Did you mean 'share-urgently'?"},
    {"because = Somebody is in danger now.\n", "", "[outcome urgent]", "'because' is missing",
     "Add"},
    {"by.write = 1 day", "by.wirte = 1 day", "by.wirte", "no 'must.wirte'",
     "Did you mean 'write'?"},
    {"by.write = 1 day", "by.write = soon", "by.write = soon", "length of time", "3 months"},
    {"by.write = 1 day", "by.write = 1 dayss", "by.write = 1 dayss", "length of time", "unit"},
    {"review-in = 1 month", "review-in = 3 days", "review-in = 3 days", "length of time",
     "unit"},
    {"when = emergency is yes\n\n[outcome no-basis]", "\n[outcome no-basis]",
     "[outcome urgent]", "those after it never can", "condition"},
    {"because = It is allowed and needed.", "because = x\nwhen = emergency is no",
     "[outcome share]", "has to hold", "Remove"},
    {"when = outcome is one of share, share-in-part and basis is not found\n", "",
     "[never without-basis]", "'when' is missing", "Add"},
    {"keep-for = decide", "keep-for = ever", "keep-for = ever", "length of time", ""},
    {"keep-for = decide", "keep-for = decide\nwhen = emergency is yes", "[retention rest]",
     "has to hold", "Remove"},
    /* scenarios */
    {"answer.emergency = yes", "answer.emergenzy = yes", "answer.emergenzy", "no question",
     "Did you mean 'emergency'?"},
    {"answer.emergency = yes", "answer.emergency = maybe", "answer.emergency = maybe",
     "no option 'maybe'", ""},
    {"answer.emergency = yes", "answer.emergency = yes, no", "answer.emergency = yes, no",
     "one answer only", "Choose one"},
    {"answer.emergency = yes", "answer.emergency =", "answer.emergency =", "empty", ""},
    {"answer.risks = child, crime", "answer.risks = child, none", "answer.risks = child, none",
     "together with", "alone"},
    {"answer.born = 2018-04-03", "answer.born = soon", "answer.born = soon", "not a day", ""},
    {"answer.items = shared, withheld", "answer.items = withheld", "answer.items = withheld",
     "Flags", "shared"},
    {"finds = protect\n", "finds = protekt\n", "finds = protekt", "no finding 'protekt'",
     "Did you mean 'protect'?"},
    {"expect = share-in-part", "expect = share-part", "expect = share-part", "not an outcome",
     ""},
};

/* One mutation and what is said of it; tells, and is false, if that is something else. */
static bool told_well(const char *text, size_t number)
{
    char *mutated = mutate(text, mutations[number].from, mutations[number].to), line[1000];
    int expected = line_of(mutated, mutations[number].at);
    struct pack *pack = NULL;
    struct error error = {0};
    enum status status = pack_read("small.ini", mutated, strlen(mutated), &pack, &error);
    bool well = status == STATUS_BAD_DATA && !pack && error.line == expected &&
                strstr(error.what, mutations[number].what) && error.remedy[0] &&
                strstr(error.remedy, mutations[number].remedy) &&
                !strcmp(error.file, "small.ini");

    error_line(&error, line, sizeof(line));
    if (!well)
        print_error("'%s': expected line %d, '%s', '%s'; got %s\n", mutations[number].to,
                    expected, mutations[number].what, mutations[number].remedy, line);
    pack_free(pack);
    free(mutated);
    return well;
}

static void test_mutations(void **state)
{
    char *text = cases_text("small.ini");
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(mutations); i++)
        wrong += !told_well(text, i);
    assert_int_equal(wrong, 0);
    free(text);
}

static void look_at_pack(const char *changed, const void *data)
{
    struct pack *pack = NULL;
    struct error error = {0};

    (void)data;
    if (pack_read("small.ini", changed, strlen(changed), &pack, &error)) {
        assert_true(error.line > 0);
        assert_string_not_equal(error.what, "");
        assert_string_not_equal(error.remedy, "");
    }
    pack_free(pack);
}

/* Losing, doubling or cutting any line gives another good pack or an error with its line. */
static void test_every_line(void **state)
{
    char *text = cases_text("small.ini");

    (void)state;
    each_lost_line(text, look_at_pack, NULL);
    free(text);
}

static void test_not_a_pack(void **state)
{
    static const char *const texts[] = {"", "; nothing\n", "[pack]\n", "kind = policy\n",
                                        "[pack]\nkind = policy\n\xFF\n"};

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct pack *pack = NULL;
        struct error error = {0};

        assert_int_equal(pack_read("x.ini", texts[i], strlen(texts[i]), &pack, &error),
                         STATUS_BAD_DATA);
        assert_null(pack);
        assert_string_not_equal(error.remedy, "");
    }
}

/* The example of the manual is a pack, and its scenario a scenario of it. */
static void test_manual(void **state)
{
    static const char begin[] = "\n.Bd -literal\n", end[] = "\n.Ed\n.\\\" [end]";
    char *text = source_text("man/discern-policy.5");
    char *start = strstr(strstr(text, ".\\\" [pack]"), begin), *stop = strstr(text, end);
    struct pack *pack = NULL;
    struct error error = {0};

    (void)state;
    start += strlen(begin);
    if (pack_read("discern-policy.5", start, (size_t)(stop - start) + 1, &pack, &error))
        fail_with(&error);
    assert_string_equal(pack->id, "example");
    assert_int_equal(pack->outcome_count, 3);
    assert_int_equal(pack->scenario_count, 1);
    pack_free(pack);
    free(text);
}

/* More options than there are bits for. */
static void test_too_many_options(void **state)
{
    char *text = cases_text("small.ini"), *mutated;
    struct buf options = {0};
    struct pack *pack = NULL;
    struct error error = {0};

    (void)state;
    for (int i = 0; i < 55; i++)
        buf_printf(&options, "option.o%d = O\n", i);
    buf_puts(&options, "option.no = No");
    mutated = mutate(text, "option.no = No", buf_text(&options));
    assert_int_equal(pack_read("x", mutated, strlen(mutated), &pack, &error), STATUS_BAD_DATA);
    assert_non_null(strstr(error.what, "at most 56"));
    free(mutated);
    mutated = mutate(text, "option.no = No", strchr(buf_text(&options), '\n') + 1);
    assert_int_equal(pack_read("x", mutated, strlen(mutated), &pack, &error), STATUS_OK);
    pack_free(pack);
    free(mutated);
    free(text);
    buf_release(&options);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_pack),       cmocka_unit_test(test_small_questions),
        cmocka_unit_test(test_small_results),    cmocka_unit_test(test_in_force),
        cmocka_unit_test(test_mutations),        cmocka_unit_test(test_every_line),
        cmocka_unit_test(test_not_a_pack),       cmocka_unit_test(test_manual),
        cmocka_unit_test(test_too_many_options),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
