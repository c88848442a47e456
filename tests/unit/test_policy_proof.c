/* SPDX-License-Identifier: MIT */
/* The proof finds each kind of fault, with the shortest answers that show it, and finds none in
 * a pack without faults. Each case puts one fault into tests/cases/proof.ini. */
#include "tests/unit/policy.h"

#include "policy/difference.h"
#include "policy/proof.h"
#include "policy/scenario.h"
#include "policy/walk.h"

#define AS_OF "2026-06-01"

/* The text with the first `old` after `after` replaced; the caller frees it. */
static char *with_fault(const char *text, const char *after, const char *old, const char *new)
{
    const char *from = strstr(text, after);
    assert_non_null(from);
    const char *at = strstr(from, old);
    if (!at)
        print_error("'%s' does not stand after '%s'\n", old, after);
    assert_non_null(at);
    struct buf changed = {0};
    buf_add(&changed, text, (size_t)(at - text));
    buf_puts(&changed, new);
    buf_puts(&changed, at + strlen(old));
    return buf_take(&changed);
}

static void prove(const struct pack *pack, const char *as_of, struct proof *proof)
{
    date day;
    assert_true(date_parse(as_of, &day));
    proof_run(pack, day, proof);
}

static const struct fault *find(const struct proof *proof, const char *rule, const char *field)
{
    for (size_t i = 0; i < proof->report.count; i++)
        if (!strcmp(proof->report.fault[i].rule->id, rule) &&
            !strcmp(proof->report.fault[i].field, field))
            return &proof->report.fault[i];
    for (size_t i = 0; i < proof->report.count; i++)
        print_error("found instead: %s %s: %s\n", proof->report.fault[i].rule->id,
                    proof->report.fault[i].field, proof->report.fault[i].what);
    return NULL;
}

/* "purpose=other harm=child": the example in words, options only. */
static void example_words(const struct pack *pack, const struct example *example,
                          struct buf *words)
{
    for (size_t i = 0; i < example->count; i++) {
        const struct question *question = &pack->question[example->answer[i].question];
        buf_printf(words, "%s%s", i ? " " : "", question->id);
        char join = '=';
        for (size_t o = 0; o < question->option_count; o++) {
            if (!(example->answer[i].value & BIT(o)))
                continue;
            buf_printf(words, "%c%s", join, question->option[o].id);
            join = ',';
        }
    }
}

static const struct {
    const char *after, *old, *new; /* the fault */
    const char *rule, *field;      /* what must be said of it */
    const char *example;           /* the shortest answers; NULL where none can be given */
} FAULTS[] = {
    {"[question harm]", "when = agreed is no", "when = agreed is no and agreed is yes",
     "question-unreachable", "[question harm]", NULL},
    {"[question data]", "leave-out = address\n", "", "leave-out-missing", "[question data]",
     NULL},
    {"[question harm]", "when.police = purpose is crime", "when.police = purpose is other",
     "option-never-offered", "[question harm]", NULL},
    {"[question harm]", "when.police = purpose is crime", "when.police = agreed is no",
     "condition-always-true", "[question harm]", NULL},
    {"[question agreed]", "keep = consent",
     "keep = consent\nwhen.yes = purpose is crime\nwhen.no = purpose is crime\n"
     "when.unknown = purpose is crime",
     "question-stuck", "[question agreed]", "emergency=no purpose=protect"},
    {"[finding override]", "harm includes one of child, others",
     "harm includes child and harm is none", "finding-unreachable", "[finding override]", NULL},
    {"[finding september-duty]", "from = 2026-09-30", "until = 2025-12-31",
     "finding-unreachable", "[finding september-duty]", NULL},
    {"[outcome whole]", "when = agreed is yes or override is found or september-duty is found",
     "when = agreed is yes and agreed is no", "outcome-unreachable", "[outcome whole]", NULL},
    {"[outcome urgent]", "when = emergency is yes", "when = emergency is answered",
     "outcome-shadowed", "[outcome nothing]", NULL},
    {"[outcome ask]", "recommends = ask-first", "recommends = share", "outcome-missing",
     "[pack]", NULL},
    {"[retention child]", "when = harm includes child",
     "when = harm includes child and harm is none", "retention-unreachable",
     "[retention child]", NULL},
    {"[outcome whole]", "when.tell = agreed is no", "when.tell = emergency is yes",
     "must-unreachable", "[outcome whole]", NULL},
    {"[must note]", "after = share, share-in-part", "after = ask-first", "must-unreachable",
     "[must note]", NULL},
    {"[stop no-reason]", "when = data.unreasoned is some",
     "when = data.unreasoned is some and data.shared is none and data.withheld is none",
     "stop-unreachable", "[stop no-reason]", NULL},
    {"[stop no-reason]", "when = data.unreasoned is some", "when = data.withheld is some",
     "stop-final", "[outcome part]", NULL},
    {"[question agreed]", "when = emergency is no and purpose is not other",
     "when = emergency is answered", "condition-always-true", "[question agreed]", NULL},
    {"[finding override]", "when = harm includes one of child, others",
     "when = harm includes one of child, others and agreed is no", "condition-part-idle",
     "[finding override]", NULL},
    {"[never shared-for-nothing]",
     "when = outcome is one of share, share-in-part and purpose is other",
     "when = outcome is share and harm includes others", "never-met",
     "[never shared-for-nothing]", "emergency=no purpose=protect agreed=no harm=others data"},
    {"[pack]", "most-questions = 6", "most-questions = 4", "path-too-long", "[pack]", NULL},
    {"[question purpose]", "later = emergency is yes\nkeep", "keep", "urgent-too-long",
     "[pack]", NULL},
    {"[question agreed]", "keep = consent", "keep = purpose", "kept-twice", "[question agreed]",
     "emergency=no purpose=protect"},
    {"[scenario refusal]", "expect = share", "expect = share-in-part", "scenario-fails",
     "[scenario refusal]", NULL},
    {"[scenario refusal]", "finds-not = september-duty", "finds-not = override",
     "scenario-fails", "[scenario refusal]", NULL},
    {"[scenario refusal]", "answer.purpose = crime", "answer.purpose = other", "scenario-fails",
     "[scenario refusal]", NULL},
    {"[source act]", "review-by = 2027-01-01", "review-by = 2026-05-31", "source-overdue",
     "[source act]", NULL},
    {"[pack]", "review-by = 2027-01-01", "review-by = 2026-05-31", "pack-overdue", "[pack]",
     NULL},
    {"[source act]", "[step start]",
     "[source old]\ntitle = Unused\nat = x\nchecked = 2026-01-01\n"
     "review-by = 2027-01-01\n\n[step start]",
     "source-unused", "[source old]", NULL},
    {"[step consent]", "title = Consent", "title = Consent\n\n[step spare]\ntitle = Spare",
     "step-unused", "[step spare]", NULL},
    {"[source act]", "title = The Made-up Act",
     "title = The Made-up Act\nverify = yes\nnote = Not seen", "source-verify", "[source act]",
     NULL},
    {"[scenario refused]", "expect = ask-first",
     "expect = ask-first\n\n[accept spare]\nrule = step-unused\n"
     "where = step consent\nbecause = It comes later",
     "accept-unused", "[accept spare]", NULL},
};

static void check_fault(const char *clean, size_t number)
{
    char *text =
        with_fault(clean, FAULTS[number].after, FAULTS[number].old, FAULTS[number].new);
    struct pack *pack = read_pack("proof.ini", text);
    struct proof proof;
    prove(pack, AS_OF, &proof);
    const struct fault *finding = find(&proof, FAULTS[number].rule, FAULTS[number].field);
    assert_non_null(finding);
    assert_true(finding->line > 0);
    struct buf words = {0};
    example_words(pack, &finding->example, &words);
    assert_string_equal(buf_text(&words), FAULTS[number].example ? FAULTS[number].example : "");
    buf_release(&words);
    proof_release(&proof);
    pack_free(pack);
    free(text);
}

static void finds_each_fault(void **state)
{
    (void)state;
    char *clean = cases_text("proof.ini");
    for (size_t i = 0; i < COUNT(FAULTS); i++)
        check_fault(clean, i);
    free(clean);
}

static void finds_nothing_in_a_clean_pack(void **state)
{
    (void)state;
    char *clean = cases_text("proof.ini");
    struct pack *pack = read_pack("proof.ini", clean);
    struct proof proof;
    prove(pack, AS_OF, &proof);
    for (size_t i = 0; i < proof.report.count; i++)
        print_error("%s: %s\n", proof.report.fault[i].field, proof.report.fault[i].what);
    assert_int_equal(proof.report.count, 0);
    assert_true(proof.complete);
    assert_int_equal(proof.longest, 5);
    assert_int_equal(proof.urgent, 1);
    proof_release(&proof);
    pack_free(pack);
    free(clean);
}

static const struct {
    const char *where;
    bool accepts;
} WHERE[] = {{"[step spare]", false}, {"step spare", true}, {"spare", true}, {"pare", false}};

/* What the pack accepts is kept with its reason, and does not count. */
static void accepts_what_the_pack_accepts(void **state)
{
    (void)state;
    char *clean = cases_text("proof.ini");
    char *spare = with_fault(clean, "[step consent]", "title = Consent",
                             "title = Consent\n\n[step spare]\ntitle = Spare");
    for (size_t i = 0; i < COUNT(WHERE); i++) {
        struct buf text = {0};
        buf_printf(&text,
                   "%s\n[accept spare]\nrule = step-unused\nwhere = %s\n"
                   "because = It comes later\n",
                   spare, WHERE[i].where);
        struct pack *pack = read_pack("proof.ini", buf_text(&text));
        struct proof proof;
        prove(pack, AS_OF, &proof);
        const struct fault *finding = find(&proof, "step-unused", "[step spare]");
        assert_non_null(finding);
        assert_int_equal(finding->accepted != NULL, WHERE[i].accepts);
        assert_int_equal(proof.report.accepted, WHERE[i].accepts);
        assert_int_equal(proof.report.tally[SEVERITY_WARNING], WHERE[i].accepts ? 0 : 2);
        if (WHERE[i].accepts)
            assert_string_equal(finding->accepted->because, "It comes later");
        proof_release(&proof);
        pack_free(pack);
        buf_release(&text);
    }
    free(spare);
    free(clean);
}

/* --- The proof against the walk ----------------------------------------------------------- */

struct tally {
    const struct pack *pack;
    date day;
    long double paths, ending[OUTCOME_COUNT];
};

static void walk_on(struct tally *tally, const struct answers *answers);

/* Every value that the answer may take, as the space has it. */
static void try_values(struct tally *tally, const struct answers *answers,
                       const struct walk *walk, size_t number)
{
    const struct question *question = &tally->pack->question[number];
    static const bits ITEMS[] = {
        BIT_ITEMS_SHARED,
        BIT_ITEMS_SHARED | BIT(0),
        BIT_ITEMS_REQUESTED | BIT_ITEMS_SHARED,
        BIT_ITEMS_REQUESTED | BIT_ITEMS_SHARED | BIT(0),
        BIT_ITEMS_REQUESTED | BIT_ITEMS_WITHHELD,
        BIT_ITEMS_REQUESTED | BIT_ITEMS_SHARED | BIT_ITEMS_WITHHELD,
        BIT_ITEMS_REQUESTED | BIT_ITEMS_SHARED | BIT_ITEMS_WITHHELD | BIT(0),
        BIT_ANSWERED,
    };
    bool items = question->type == QUESTION_ITEMS;
    /* Each of them with its reasons and without, but for the last, which is no item at all. */
    size_t count = items ? 2 * COUNT(ITEMS) - 1 : (size_t)1 << question->option_count;
    for (size_t value = items ? 0 : 1; value < count; value++) {
        if (question->type == QUESTION_CHOICE && (value & (value - 1)))
            continue;
        bool offered = true, alone = !(value & (value - 1));
        for (size_t o = 0; !items && o < question->option_count; o++)
            if (value & BIT(o))
                offered &= walk_offers(walk, number, o) &&
                           (alone || (o != question->none && o != question->unknown));
        if (!offered)
            continue;
        struct answers next;
        answers_init(&next, tally->pack);
        answers_copy(&next, answers);
        answer_example(&next, number,
                       items ? ITEMS[value / 2] | (value % 2 ? BIT_ITEMS_UNREASONED : 0)
                             : value);
        walk_on(tally, &next);
        answers_release(&next);
    }
}

/* Counts the walks by trying every answer in turn: what the proof must not need to do. */
static void walk_on(struct tally *tally, const struct answers *answers)
{
    struct walk walk;
    walk_init(&walk, answers, tally->day);
    if (walk.next == WALK_NONE || walk.state[walk.next] == QUESTION_DEFERRED) {
        tally->paths++;
        tally->ending[tally->pack->outcome[walk.outcome].recommends]++;
    }
    if (walk.next != WALK_NONE)
        try_values(tally, answers, &walk, walk.next);
    walk_release(&walk);
}

static void agrees_with_walking_every_path(void **state)
{
    (void)state;
    char *clean = cases_text("proof.ini");
    struct pack *pack = read_pack("proof.ini", clean);
    struct proof proof;
    prove(pack, AS_OF, &proof);
    struct tally tally = {.pack = pack};
    static const char *const DAYS[] = {"2026-01-01",
                                       "2026-09-30"}; /* what the pack tells apart */
    for (size_t i = 0; i < COUNT(DAYS); i++) {
        struct answers answers;
        answers_init(&answers, pack);
        assert_true(date_parse(DAYS[i], &tally.day));
        walk_on(&tally, &answers);
        answers_release(&answers);
    }
    assert_true(tally.paths == proof.paths);
    for (size_t i = 0; i < OUTCOME_COUNT; i++)
        assert_true(tally.ending[i] == proof.ending[i]);
    proof_release(&proof);
    pack_free(pack);
    free(clean);
}

/* --- The difference of two packs ---------------------------------------------------------- */

static const struct {
    const char *after, *old, *new; /* the change */
    size_t turns;                  /* pairs of outcomes that situations turn between */
    enum outcome was, now;         /* of the pair with the fewest answers */
    const char *example;
} CHANGES[] = {
    {"[outcome ask]", "recommends = ask-first", "recommends = seek-advice", 1,
     OUTCOME_ASK_FIRST, OUTCOME_SEEK_ADVICE,
     "emergency=no purpose=crime agreed=no harm=police data"},
    {"[finding september-duty]", "from = 2026-09-30", "from = 2026-10-31", 3, OUTCOME_SHARE,
     OUTCOME_SEEK_ADVICE, "emergency=no purpose=protect agreed=unknown"},
    {"[question purpose]", "option.other = Something else",
     "option.other = Something else\noption.spare = Spare", 0, OUTCOME_COUNT, OUTCOME_COUNT,
     ""},
};

static void check_change(const char *clean, size_t number)
{
    char *text =
        with_fault(clean, CHANGES[number].after, CHANGES[number].old, CHANGES[number].new);
    struct pack *first = read_pack("proof.ini", clean), *second = read_pack("proof.ini", text);
    struct difference difference;
    difference_find(first, second, &difference);
    assert_int_equal(difference.turn_count, CHANGES[number].turns);
    if (!CHANGES[number].turns) {
        assert_int_equal(difference.only_count, 1);
        assert_string_equal(difference.only[0].id, "purpose.spare");
    } else {
        assert_int_equal(difference.only_count, 0);
        assert_int_equal(difference.turn[0].was, CHANGES[number].was);
        assert_int_equal(difference.turn[0].now, CHANGES[number].now);
        struct buf words = {0};
        example_words(second, &difference.turn[0].example, &words);
        assert_string_equal(buf_text(&words), CHANGES[number].example);
        buf_release(&words);
    }
    difference_release(&difference);
    pack_free(second);
    pack_free(first);
    free(text);
}

static void finds_what_ends_differently(void **state)
{
    (void)state;
    char *clean = cases_text("proof.ini");
    for (size_t i = 0; i < COUNT(CHANGES); i++)
        check_change(clean, i);
    free(clean);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_nothing_in_a_clean_pack),
        cmocka_unit_test(finds_each_fault),
        cmocka_unit_test(accepts_what_the_pack_accepts),
        cmocka_unit_test(agrees_with_walking_every_path),
        cmocka_unit_test(finds_what_ends_differently),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
