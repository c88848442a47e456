/* SPDX-License-Identifier: MIT */
/*
 * The plain prompts: the same pages as numbered lines, for screen readers, for terminals that
 * can do nothing, and for people who prefer it. A number and Enter chooses, the text itself
 * fills a field, < goes back, ? helps. In a field all else begins with <, since it would be
 * text: <2 goes to number 2. Pure: page in, lines out; line in, what it means out.
 */
#ifndef DISCERN_UI_PLAIN_H
#define DISCERN_UI_PLAIN_H

#include "base/buf.h"
#include "ui/page.h"

/* Appends the page as lines that make sense read aloud from top to bottom; nothing is said by
 * position, colour or sign alone. What can have the focus is numbered in one sequence. Ends with
 * what can be typed. A hidden page prints nothing. */
void plain_print(const struct page *page, struct buf *out);

/* What a typed line means on that page. In a field, an empty line keeps what is there and goes
 * on (ACT_CONTINUE), "-" empties it. Elsewhere an empty line chooses an action that has the
 * focus. */
struct plain_input {
    enum { PLAIN_ACT, PLAIN_CHOOSE, PLAIN_TEXT, PLAIN_UNKNOWN } kind;
    enum act act;     /* PLAIN_ACT: back, help, so far, hide, leave ... */
    int id;           /* PLAIN_CHOOSE: the block; PLAIN_TEXT: the field */
    const char *text; /* PLAIN_TEXT: borrowed from the line */
};
struct plain_input plain_read(const struct page *page, const char *line);

#endif
