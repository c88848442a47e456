/* SPDX-License-Identifier: MIT */
/*
 * A pack as its owner sees it: a map of what leads to what, with the words of each condition on
 * the edges, and the whole pack on paper with the reading ease of every question.
 */
#ifndef DISCERN_POLICY_MAP_H
#define DISCERN_POLICY_MAP_H

#include "base/buf.h"
#include "policy/pack.h"

/* Appends the map as an outline: each question and finding, and under it what looks at it. */
void map_outline(const struct pack *pack, struct buf *out);

/* Appends the map as a Graphviz digraph: an edge for each test of a condition, labelled. */
void map_dot(const struct pack *pack, struct buf *out);

/* Appends the whole pack as text of 80 columns: questions as they are asked, with hints, help,
 * options and conditions, findings, outcomes, nevers, retention and sources. */
void map_print(const struct pack *pack, struct buf *out);

/* How easily a text is read, from about 0 (hard) to 100 (easy; 60 and more is plain English):
 * 206.835 - 1.015 words per sentence - 84.6 syllables per word, syllables counted as runs of
 * vowels. R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32 (1948). */
int reading_ease(const char *text);

#endif
