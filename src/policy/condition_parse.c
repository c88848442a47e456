/* SPDX-License-Identifier: MIT */
/* The grammar of conditions: or, and, not, parentheses. Single tests are in condition_test.c.
 */
#include "policy/condition_parser.h"

#define DEPTH_MAX 40 /* nobody reads a condition nested deeper than this */

static enum status parse_or(struct parser *parser, struct condition **ret_node);

static enum status parse_not(struct parser *parser, struct condition **ret_node);

static enum status parse_parentheses(struct parser *parser, struct condition **ret_node)
{
    enum status status;

    parser_advance(parser);
    status = parse_or(parser, ret_node);
    if (status)
        return status;
    if (parser->token != TOKEN_CLOSE)
        return parser_fail(parser, "Join tests by 'and' or 'or', and close each parenthesis.",
                           "a parenthesis was opened and is not closed before this.");
    parser_advance(parser);
    return STATUS_OK;
}

static enum status parse_term(struct parser *parser, struct condition **ret_node)
{
    enum status status;

    if (parser->depth == DEPTH_MAX)
        return parser_fail(parser, "Make a finding of a part of it and name that.",
                           "the condition is nested too deeply.");
    parser->depth++;
    if (parser_sees(parser, "not"))
        status = parse_not(parser, ret_node);
    else if (parser->token == TOKEN_OPEN)
        status = parse_parentheses(parser, ret_node);
    else
        status = parse_test(parser, ret_node);
    parser->depth--;
    return status;
}

static enum status parse_not(struct parser *parser, struct condition **ret_node)
{
    const char *start = parser->start;
    struct condition *operand;
    enum status status;

    parser_advance(parser);
    status = parse_term(parser, &operand);
    if (status)
        return status;
    *ret_node = parser_node(parser, CONDITION_NOT, start);
    (*ret_node)->first = operand;
    return STATUS_OK;
}

/* operand (word operand)*: a single operand stands for itself. */
static enum status
parse_joined(struct parser *parser, enum condition_kind kind, const char *word,
             enum status (*parse_operand)(struct parser *, struct condition **),
             struct condition **ret_node)
{
    const char *start = parser->start;
    struct condition *first, *last, *operand;
    enum status status = parse_operand(parser, &first);

    if (status)
        return status;
    last = first;
    while (parser_accept(parser, word)) {
        status = parse_operand(parser, &operand);
        if (status)
            return status;
        last->next = operand;
        last = operand;
    }
    *ret_node = first;
    if (last != first) {
        *ret_node = parser_node(parser, kind, start);
        (*ret_node)->first = first;
    }
    return STATUS_OK;
}

static enum status parse_and(struct parser *parser, struct condition **ret_node)
{
    return parse_joined(parser, CONDITION_AND, "and", parse_term, ret_node);
}

static enum status parse_or(struct parser *parser, struct condition **ret_node)
{
    return parse_joined(parser, CONDITION_OR, "or", parse_and, ret_node);
}

enum status condition_parse(const char *text, const struct pack *pack, size_t limit,
                            bool with_outcome, const char *file, int line, const char *field,
                            struct arena *arena, const struct condition **ret_condition,
                            struct error *error)
{
    struct parser parser = {.text = text,
                            .end = text,
                            .pack = pack,
                            .limit = limit,
                            .with_outcome = with_outcome,
                            .file = file,
                            .line = line,
                            .field = field,
                            .arena = arena,
                            .error = error};
    struct condition *condition;
    enum status status;

    parser_advance(&parser);
    status = parse_or(&parser, &condition);
    if (status)
        return status;
    if (parser.token == TOKEN_CLOSE)
        return parser_fail(&parser, "Remove it, or open one before it.",
                           "no parenthesis was opened.");
    if (parser.token != TOKEN_END)
        return parser_fail(&parser, "Join tests by 'and' or 'or'.",
                           "the condition should have ended here.");
    *ret_condition = condition;
    return STATUS_OK;
}
