/* SPDX-License-Identifier: MIT */
/* Single tests of a condition: what is tested, by which words, and what that means in bits. */
#include <stdio.h>
#include <string.h>

#include "base/suggest.h"
#include "policy/condition_parser.h"
#include "policy/pack.h"
#include "policy/words.h"

/* One test while it is being read. */
struct test {
    const char *start; /* where it begins in the text */
    char subject[64];  /* what is tested */
    const char *verb;  /* "is" or "includes" */
    bool negated;      /* "is not", "does not include" */
    const char *rest;  /* what follows the verb and the not */
    size_t variable;
    bits mask;
    const struct question *question;
};

/* The test as a node. Under a not the leaf has the words without it, so that they say what the
 * leaf tests. */
static void finish_test(struct parser *parser, const struct test *test,
                        struct condition **ret_node)
{
    struct condition *leaf = parser_node(parser, CONDITION_BITS, test->start), *node = leaf;

    leaf->variable = test->variable;
    leaf->mask = test->mask;
    if (test->negated) {
        node = parser_node(parser, CONDITION_NOT, test->start);
        node->first = leaf;
        leaf->text = arena_printf(parser->arena, "%s %s %.*s", test->subject, test->verb,
                                  (int)(parser->read_to - test->rest), test->rest);
    }
    *ret_node = node;
}

/* "is" ["not"] */
static enum status parse_is(struct parser *parser, struct test *test)
{
    enum status status = parser_expect(parser, "is");

    if (status)
        return status;
    test->verb = "is";
    test->negated = parser_accept(parser, "not");
    test->rest = parser->start;
    return STATUS_OK;
}

static enum status fail_option(struct parser *parser, const struct question *question)
{
    struct suggest suggest = {.wrong = parser->word};
    char remedy[200];

    for (size_t i = 0; i < question->option_count; i++)
        suggest_offer(&suggest, question->option[i].id);
    suggest_text(&suggest, "Use one of its options.", remedy, sizeof(remedy));
    return parser_fail(parser, remedy, "the question '%s' has no such option.", question->id);
}

static enum status fail_outcome(struct parser *parser)
{
    struct suggest suggest = {.wrong = parser->word};
    char remedy[200];

    for (size_t i = 0; i < OUTCOME_COUNT; i++)
        suggest_offer(&suggest, outcome_id((enum outcome)i));
    suggest_text(&suggest, "Use an outcome, as discern-policy(5) lists them.", remedy,
                 sizeof(remedy));
    return parser_fail(parser, remedy, "there is no such outcome.");
}

/* One option of the test's question, or an outcome if it has none. */
static enum status parse_option(struct parser *parser, struct test *test)
{
    enum outcome outcome;
    size_t option;

    if (parser->token != TOKEN_WORD)
        return parser_fail(parser, "Name what it is compared with.", "an option was expected.");
    if (test->question) {
        option = question_find_option(test->question, parser->word);
        if (option == PACK_NONE)
            return fail_option(parser, test->question);
        test->mask |= BIT(option);
    } else {
        if (!outcome_parse(parser->word, &outcome))
            return fail_outcome(parser);
        test->mask |= BIT(outcome);
    }
    parser_advance(parser);
    return STATUS_OK;
}

static enum status parse_options(struct parser *parser, struct test *test)
{
    enum status status;
    bool many = parser_accept(parser, "one");

    if (many) {
        status = parser_expect(parser, "of");
        if (status)
            return status;
    }
    status = parse_option(parser, test);
    while (!status && parser->token == TOKEN_COMMA) {
        if (!many)
            return parser_fail(parser, "Write 'one of' before the first option.",
                               "several options need 'one of' before them.");
        parser_advance(parser);
        status = parse_option(parser, test);
    }
    return status;
}

/* "includes" options | "does not include" options, with the verb still to be read */
static enum status parse_includes(struct parser *parser, struct test *test)
{
    enum status status;

    if (parser_accept(parser, "does")) {
        status = parser_expect(parser, "not");
        if (!status)
            status = parser_expect(parser, "include");
        if (status)
            return status;
        test->negated = true;
    } else {
        parser_advance(parser);
    }
    test->verb = "includes";
    test->rest = parser->start;
    if (test->question->type != QUESTION_CHOICES)
        return parser_fail(parser, "Use 'is' for a question with one answer.",
                           "only a question of type choices can include an option.");
    return parse_options(parser, test);
}

/* What may follow "is" depends on the type. */
static enum status parse_question_is(struct parser *parser, struct test *test)
{
    const struct question *question = test->question;
    enum status status = parse_is(parser, test);

    if (status)
        return status;
    if (parser_accept(parser, "answered")) {
        test->mask = BIT_ANSWERED;
        return STATUS_OK;
    }
    switch (question->type) {
    case QUESTION_CHOICE:
        return parse_options(parser, test);
    case QUESTION_CHOICES:
        if (!parser_sees(parser, "none") && !parser_sees(parser, "unknown"))
            return parser_fail(parser, "Use 'includes', 'is none' or 'is unknown'.",
                               "'%s' can have several answers.", question->id);
        return parse_option(parser, test);
    case QUESTION_ITEMS:
        return parser_fail(parser, "Test it as 'NAME.shared is some', or 'is answered'.",
                           "'%s' is a list of items.", question->id);
    default:
        return parser_fail(parser, "Test only whether it 'is answered'.",
                           "the answer to '%s' is free text.", question->id);
    }
}

static enum status parse_question(struct parser *parser, struct test *test)
{
    if (parser_sees(parser, "includes") || parser_sees(parser, "does"))
        return parse_includes(parser, test);
    return parse_question_is(parser, test);
}

static enum status parse_found(struct parser *parser, struct test *test)
{
    enum status status = parse_is(parser, test);

    if (status)
        return status;
    test->mask = BIT_FOUND;
    return parser_expect(parser, "found");
}

static enum status parse_outcome(struct parser *parser, struct test *test)
{
    enum status status;

    if (!parser->with_outcome)
        return parser_fail(parser, "Test the answers or findings that lead to it.",
                           "only a never may ask for the outcome.");
    parser_advance(parser);
    status = parse_is(parser, test);
    if (status)
        return status;
    test->variable = pack_outcome_variable(parser->pack);
    return parse_options(parser, test);
}

static enum status parse_day(struct parser *parser, date *ret_day)
{
    date day;

    if (parser->token != TOKEN_WORD || !date_parse(parser->word, &day))
        return parser_fail(parser, "Write the day as in 2026-09-30.", "a day was expected.");
    parser_advance(parser);
    *ret_day = day;
    return STATUS_OK;
}

/* "before" | "after" | "on or after" | "on or before": *ret_from is whether the day given is
 * the first rather than the end, *ret_days what to add to it. */
static enum status parse_date_words(struct parser *parser, bool *ret_from, int *ret_days)
{
    enum status status;
    bool on = parser_accept(parser, "on");

    if (on) {
        status = parser_expect(parser, "or");
        if (status)
            return status;
    }
    if (parser_accept(parser, "after")) {
        *ret_from = true;
        *ret_days = on ? 0 : 1;
        return STATUS_OK;
    }
    if (parser_accept(parser, "before")) {
        *ret_from = false;
        *ret_days = on ? 1 : 0;
        return STATUS_OK;
    }
    return parser_fail(parser, "Write 'before', 'on or after', 'after' or 'on or before'.",
                       "this does not compare dates.");
}

static enum status parse_date(struct parser *parser, const char *start,
                              struct condition **ret_node)
{
    enum status status;
    bool from = false;
    int days = 0;
    date day = DATE_NONE;

    parser_advance(parser);
    status = parser_expect(parser, "is");
    if (!status)
        status = parse_date_words(parser, &from, &days);
    if (!status)
        status = parse_day(parser, &day);
    if (status)
        return status;
    *ret_node = parser_node(parser, CONDITION_DATE, start);
    if (from)
        (*ret_node)->from = day + days;
    else
        (*ret_node)->until = day + days;
    return STATUS_OK;
}

static enum status find_attribute(struct parser *parser, const struct question *question,
                                  const char *name, bits *ret_mask)
{
    struct suggest suggest = {.wrong = name};
    char remedy[200];
    size_t flag = question_find_option(question, name);

    for (size_t i = 0; i < ITEM_ATTRIBUTE_COUNT; i++) {
        if (!strcmp(item_attributes[i].id, name)) {
            *ret_mask = item_attributes[i].value;
            return STATUS_OK;
        }
        suggest_offer(&suggest, item_attributes[i].id);
    }
    if (flag != PACK_NONE) {
        *ret_mask = BIT(flag);
        return STATUS_OK;
    }
    for (size_t i = 0; i < question->option_count; i++)
        suggest_offer(&suggest, question->option[i].id);
    suggest_text(&suggest, "Use requested, shared, withheld, unreasoned or a flag.", remedy,
                 sizeof(remedy));
    return parser_fail(parser, remedy, "items have no '%s'.", name);
}

/* items "." attribute "is" ("some" | "none"), from after the subject */
static enum status parse_items(struct parser *parser, struct test *test, const char *attribute)
{
    enum status status;

    if (test->question->type != QUESTION_ITEMS)
        return parser_fail(parser, "Name the question alone.",
                           "'%s' is not a list of items and has no parts.", test->question->id);
    status = find_attribute(parser, test->question, attribute, &test->mask);
    if (status)
        return status;
    parser_advance(parser);
    status = parser_expect(parser, "is");
    if (status)
        return status;
    test->verb = "is";
    test->rest = "some";
    if (parser_accept(parser, "some"))
        return STATUS_OK;
    test->negated = true;
    return parser_expect(parser, "none");
}

static enum status fail_subject(struct parser *parser, const char *name)
{
    const struct pack *pack = parser->pack;
    struct suggest suggest = {.wrong = name};
    char remedy[200];

    for (size_t i = 0; i < pack->question_count; i++) {
        if (pack->question[i].rule < parser->limit)
            suggest_offer(&suggest, pack->question[i].id);
    }
    for (size_t i = 0; i < pack->finding_count; i++) {
        if (pack->finding[i].rule < parser->limit)
            suggest_offer(&suggest, pack->finding[i].id);
    }
    for (size_t i = 0; i < FINDING_KIND_COUNT; i++)
        suggest_offer(&suggest, finding_kind_id((enum finding_kind)i));
    suggest_offer(&suggest, "date");
    suggest_text(&suggest, "Name a question or a finding that stands before this.", remedy,
                 sizeof(remedy));
    return parser_fail(parser, remedy, "there is no such question or finding.");
}

static enum status fail_too_late(struct parser *parser, const char *what)
{
    return parser_fail(parser, "Move it up, or move this below it.",
                       "this %s does not stand before the condition that names it.", what);
}

/* Whether a finding of the kind stands before the condition. */
static bool kind_in_reach(const struct parser *parser, enum finding_kind kind)
{
    for (size_t i = 0; i < parser->pack->finding_count; i++) {
        const struct finding *finding = &parser->pack->finding[i];

        if (finding->kind == kind && finding->rule < parser->limit)
            return true;
    }
    return false;
}

static bool find_kind(const char *name, enum finding_kind *ret_kind)
{
    for (size_t i = 0; i < FINDING_KIND_COUNT; i++) {
        if (!strcmp(finding_kind_id((enum finding_kind)i), name)) {
            *ret_kind = (enum finding_kind)i;
            return true;
        }
    }
    return false;
}

/* A test of a finding or of a kind of findings. */
static enum status parse_finding(struct parser *parser, struct test *test)
{
    const struct pack *pack = parser->pack;
    size_t finding = pack_find_finding(pack, test->subject);
    enum finding_kind kind;

    if (finding != PACK_NONE) {
        test->variable = pack->finding[finding].rule;
        if (test->variable >= parser->limit)
            return fail_too_late(parser, "finding");
    } else if (find_kind(test->subject, &kind)) {
        test->variable = pack_kind_variable(pack, kind);
        if (!kind_in_reach(parser, kind))
            return parser_fail(parser, "Move such a finding up, or remove this test.",
                               "no %s stands before the condition that names it.",
                               finding_kind_id(kind));
    } else {
        return fail_subject(parser, test->subject);
    }
    parser_advance(parser);
    return parse_found(parser, test);
}

/* A test of a question: its name up to the dot, if there is one. */
static enum status parse_named(struct parser *parser, struct test *test)
{
    const struct pack *pack = parser->pack;
    char *dot = strchr(test->subject, '.');
    size_t question;

    if (dot)
        *dot = '\0';
    question = pack_find_question(pack, test->subject);
    if (question == PACK_NONE)
        return dot ? fail_subject(parser, test->subject) : parse_finding(parser, test);
    test->question = &pack->question[question];
    test->variable = test->question->rule;
    if (test->variable >= parser->limit)
        return fail_too_late(parser, "question");
    if (dot) {
        *dot = '.';
        return parse_items(parser, test, dot + 1);
    }
    parser_advance(parser);
    return parse_question(parser, test);
}

enum status parse_test(struct parser *parser, struct condition **ret_node)
{
    struct test test = {.start = parser->start};
    enum status status;

    if (parser->token != TOKEN_WORD)
        return parser_fail(parser, "Begin each test with the name of a question or a finding.",
                           "a test was expected.");
    snprintf(test.subject, sizeof(test.subject), "%s", parser->word);
    if (parser_sees(parser, "date"))
        return parse_date(parser, test.start, ret_node);
    status = parser_sees(parser, "outcome") ? parse_outcome(parser, &test)
                                            : parse_named(parser, &test);
    if (!status)
        finish_test(parser, &test, ret_node);
    return status;
}
