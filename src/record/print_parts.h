/* SPDX-License-Identifier: MIT */
/* The parts of a printed record that the one-page summary and the full print share. Each adds
 * its heading and lines to a paper, from the body alone; `most` as in paper_row. */
#ifndef DISCERN_RECORD_PRINT_PARTS_H
#define DISCERN_RECORD_PRINT_PARTS_H

#include <jansson.h>

#include "record/paper.h"
#include "record/record.h"

void print_decision(struct paper *paper, const json_t *body, const struct standing *standing,
                    size_t most);
void print_who(struct paper *paper, const json_t *body, size_t most);
void print_items(struct paper *paper, const json_t *body, bool brief);
void print_reasons(struct paper *paper, const json_t *body);
void print_terms(struct paper *paper, const json_t *body);
void print_law(struct paper *paper, const json_t *body, bool brief);
void print_what_follows(struct paper *paper, const json_t *body);
void print_signature(struct paper *paper, const json_t *body, const struct standing *standing,
                     size_t most);

/* The agreement that a decision was made under, on one line; "" if there was none. In the arena
 * of the paper. */
const char *agreement_on_paper(struct paper *paper, const json_t *body);

/* The moment at a path as "22 November 2026, 01:46 (+00:00)"; "" if there is none. In the
 * arena of the paper. */
const char *moment_on_paper(struct paper *paper, const json_t *body, const char *path);

/* As it stood: "Review overdue" for an id of a state. The day at a path in words, who signed,
 * and the citations of a finding or recommendation; "" if there are none. In the arena. */
const char *state_on_paper(const json_t *body, const char *path);
const char *day_on_paper(struct paper *paper, const json_t *body, const char *path);
const char *signer_on_paper(struct paper *paper, const json_t *body);
const char *cites_on_paper(struct paper *paper, const json_t *object);

/* Hexadecimal in groups of four, for reading aloud over the phone. In the arena. */
const char *hex_on_paper(struct paper *paper, const char *hex);

#endif
