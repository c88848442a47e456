/* SPDX-License-Identifier: MIT */
/*
 * Inside the reading of conditions: the words of one condition, taken one by one, and the
 * errors that name them. Only condition_words.c, condition_parse.c and condition_test.c use it.
 */
#ifndef DISCERN_POLICY_CONDITION_PARSER_H
#define DISCERN_POLICY_CONDITION_PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/condition.h"

enum token { TOKEN_WORD, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_COMMA, TOKEN_OTHER, TOKEN_END };

struct parser {
    const char *text;        /* all of the condition */
    enum token token;        /* the one to be read now */
    const char *start, *end; /* where it stands in the text */
    const char *read_to;     /* the end of the last one read */
    char word[64];           /* the word, cut if longer than any name can be */
    int depth;               /* of parentheses and nots */
    const struct pack *pack;
    size_t limit;
    bool with_outcome;
    const char *file, *field;
    int line;
    struct arena *arena;
    struct error *error;
};

/* Reads on to the next token. */
void parser_advance(struct parser *parser);

/* Whether the token is that word; accept also reads past it. */
bool parser_sees(const struct parser *parser, const char *word);
bool parser_accept(struct parser *parser, const char *word);

/* Reads past the word that must stand here; "'x' should follow." is the remedy if not. */
MUST_CHECK enum status parser_expect(struct parser *parser, const char *word);

/* Sets the error for the token here: "At character 12, 'refusd': ..." */
MUST_CHECK enum status parser_fail(struct parser *parser, const char *remedy,
                                   const char *what_format, ...)
    __attribute__((format(printf, 3, 4)));

/* A new node whose words began at `start` and end with the last token read. */
struct condition *parser_node(struct parser *parser, enum condition_kind kind,
                              const char *start);

/* test := ... as condition.h has it. */
MUST_CHECK enum status parse_test(struct parser *parser, struct condition **ret_node);

#endif
