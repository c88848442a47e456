/* SPDX-License-Identifier: MIT */
/* The words of a condition, one by one, and errors that say where they stand. */
#include "policy/condition_parser.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

static bool in_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

static enum token punctuation(char c)
{
    switch (c) {
    case '(':
        return TOKEN_OPEN;
    case ')':
        return TOKEN_CLOSE;
    case ',':
        return TOKEN_COMMA;
    default:
        return TOKEN_OTHER;
    }
}

void parser_advance(struct parser *parser)
{
    const char *at = parser->end;

    parser->read_to = parser->end;
    while (is_space(*at))
        at++;
    parser->start = at;
    parser->word[0] = '\0';
    if (!*at) {
        parser->token = TOKEN_END;
    } else if (in_word(*at)) {
        parser->token = TOKEN_WORD;
        while (in_word(*at))
            at++;
    } else {
        parser->token = punctuation(*at);
        at += utf8_next(at, strlen(at));
    }
    parser->end = at;
    snprintf(parser->word, sizeof(parser->word), "%.*s", (int)(at - parser->start),
             parser->start);
}

bool parser_sees(const struct parser *parser, const char *word)
{
    return parser->token == TOKEN_WORD && !strcmp(parser->word, word);
}

bool parser_accept(struct parser *parser, const char *word)
{
    if (!parser_sees(parser, word))
        return false;
    parser_advance(parser);
    return true;
}

enum status parser_expect(struct parser *parser, const char *word)
{
    char remedy[80];

    if (parser_accept(parser, word))
        return STATUS_OK;
    snprintf(remedy, sizeof(remedy), "Write '%s' here.", word);
    return parser_fail(parser, remedy, "'%s' was expected.", word);
}

/* Characters before the token, counted from 1: bytes that do not continue a character. */
static int character_number(const struct parser *parser)
{
    int number = 1;

    for (const char *at = parser->text; at < parser->start; at++)
        number += ((unsigned char)*at & 0xC0) != 0x80;
    return number;
}

enum status parser_fail(struct parser *parser, const char *remedy, const char *what_format, ...)
{
    va_list list;
    char what[240];
    enum status status;

    va_start(list, what_format);
    vsnprintf(what, sizeof(what), what_format, list);
    va_end(list);
    if (parser->token == TOKEN_END)
        status = fail_at(parser->error, STATUS_BAD_DATA, parser->file, parser->line,
                         parser->field, remedy, "At the end of the condition: %s", what);
    else
        status = fail_at(parser->error, STATUS_BAD_DATA, parser->file, parser->line,
                         parser->field, remedy, "At character %d, '%s': %s",
                         character_number(parser), parser->word, what);
    return status;
}

struct condition *parser_node(struct parser *parser, enum condition_kind kind,
                              const char *start)
{
    struct condition *node = arena_alloc(parser->arena, sizeof(*node));

    node->kind = kind;
    node->from = node->until = DATE_NONE;
    node->limit = parser->limit;
    node->text = arena_strndup(parser->arena, start, (size_t)(parser->read_to - start));
    return node;
}
