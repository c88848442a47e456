/* SPDX-License-Identifier: MIT */
/*
 * The plain prompts: the same pages as numbered lines, for screen readers, for terminals that
 * can do nothing, and for people who prefer it. Types a number and Enter to choose, the text
 * itself for a field, < to go back, ? for help. Pure: page in, lines out; line in, presses out.
 */
#ifndef DISCERN_UI_PLAIN_H
#define DISCERN_UI_PLAIN_H

#include "base/buf.h"
#include "ui/page.h"

/* Appends the page as lines that make sense read aloud from top to bottom; nothing is said by
 * position, colour or sign alone. Choices, rows and actions are numbered in one sequence. Ends
 * with what can be typed. */
void plain_print(const struct page *page, struct buf *out);

/* What a typed line means on that page. */
struct plain_input {
    enum { PLAIN_ACT, PLAIN_CHOOSE, PLAIN_TEXT, PLAIN_UNKNOWN } kind;
    enum act act;     /* PLAIN_ACT: back, help, so far, hide, leave ... */
    int id;           /* PLAIN_CHOOSE: the block; PLAIN_TEXT: the field */
    const char *text; /* PLAIN_TEXT: borrowed from the line */
};
struct plain_input plain_read(const struct page *page, const char *line);

#endif
