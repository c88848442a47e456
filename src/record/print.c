/* SPDX-License-Identifier: MIT */
/* The record on paper: the one-page summary, and everything question by question. */
#include <stdio.h>
#include <string.h>

#include "record/json.h"
#include "record/print_parts.h"

#define FOOT "Discern advises; the person who signed decided."
#define TITLE_SIZE 80
#define CELLS_LEAST 30 /* room beside a label */
#define MORE "  (More of this is in the full record.)"

/* --- One page ----------------------------------------------------------------------------- */

/* The parts of the page, in order, with the lines that each may always have. */
enum part { PART_DECISION, PART_WHO, PART_ITEMS, PART_REASONS, PART_FOLLOWS, PART_SIGNATURE };
static const size_t least[] = {
    [PART_DECISION] = 8, [PART_WHO] = 14,    [PART_ITEMS] = 10,
    [PART_REASONS] = 9,  [PART_FOLLOWS] = 8, [PART_SIGNATURE] = 7,
};
#define PART_COUNT COUNT(least)

/* Who may have the lines that others leave, first come first served. */
static const enum part greedy[] = {PART_DECISION, PART_REASONS, PART_ITEMS, PART_FOLLOWS,
                                   PART_WHO};

static void share_out(const struct paper *part, size_t *most)
{
    size_t spare = PAPER_BODY + 1; /* the empty line at the top of the page is left out */

    for (size_t i = 0; i < PART_COUNT; i++) {
        most[i] = part[i].count < least[i] ? part[i].count : least[i];
        spare -= most[i];
    }
    for (size_t i = 0; i < COUNT(greedy); i++) {
        size_t wants = part[greedy[i]].count - most[greedy[i]];
        size_t gets = wants < spare ? wants : spare;

        most[greedy[i]] += gets;
        spare -= gets;
    }
}

static void print_brief(const json_t *body, const struct standing *standing,
                        struct paper *paper)
{
    struct paper part[PART_COUNT] = {0};
    size_t most[PART_COUNT];

    print_decision(&part[PART_DECISION], body, standing, 4);
    print_who(&part[PART_WHO], body, 2);
    print_items(&part[PART_ITEMS], body, true);
    print_law(&part[PART_REASONS], body, true);
    print_reasons(&part[PART_REASONS], body);
    print_what_follows(&part[PART_FOLLOWS], body);
    print_signature(&part[PART_SIGNATURE], body, standing, 1);
    share_out(part, most);
    for (size_t i = 0; i < PART_COUNT; i++) {
        paper_join(paper, &part[i], most[i], MORE);
        paper_release(&part[i]);
    }
}

/* --- Everything --------------------------------------------------------------------------- */

/* "Answered 20 November 2026, 14:20 (+00:00), changed once, 40 seconds". */
static const char *answered_on_paper(struct paper *paper, const json_t *entry)
{
    long long changes = body_number(entry, "changes"), seconds = body_number(entry, "seconds");
    char changed[64] = "", spent[64] = "";

    if (changes > 0)
        snprintf(changed, sizeof(changed), ", changed %lld time%s", changes,
                 changes == 1 ? "" : "s");
    if (seconds > 0)
        snprintf(spent, sizeof(spent), ", %lld second%s", seconds, seconds == 1 ? "" : "s");
    return arena_printf(&paper->arena, "Answered %s%s%s", moment_on_paper(paper, entry, "at"),
                        changed, spent);
}

static void print_question(struct paper *paper, const json_t *entry)
{
    size_t first = paper->count;

    paper_hung(paper, 0, "Q. ", body_text(entry, "ask"));
    for (size_t i = first; i < paper->count; i++)
        paper->line[i].keep = true;
    paper_hung(paper, 0, "A. ",
               body_text(entry, "text")[0] ? body_text(entry, "text")
                                           : body_text(entry, "words"));
    paper_text(paper, 3, answered_on_paper(paper, entry));
    paper_blank(paper);
}

static void print_path(struct paper *paper, const json_t *body)
{
    const char *title = "";

    paper_heading(paper, "Questions and answers, as they were worded");
    for (size_t i = 0; i < body_count(body, "path"); i++) {
        const json_t *entry = body_element(body, "path", i);

        if (strcmp(title, body_text(entry, "step-title")) != 0) {
            title = body_text(entry, "step-title");
            paper_heading(paper, title);
        }
        print_question(paper, entry);
    }
    for (size_t i = 0; i < body_count(body, "unfinished"); i++)
        paper_hung(paper, 0,
                   "Not answered yet: ", body_text(body_element(body, "unfinished", i), "ask"));
}

/* The element of that id in a list, or NULL. */
static const json_t *find(const json_t *body, const char *list, const char *id)
{
    for (size_t i = 0; i < body_count(body, list); i++) {
        const json_t *element = body_element(body, list, i);

        if (strcmp(body_text(element, "id"), id) == 0)
            return element;
    }
    return NULL;
}

/* A line of the trail, by what was asked and answered or found, else by its test alone. */
static void print_trail_line(struct paper *paper, const json_t *body, const json_t *line)
{
    const json_t *entry = find(body, "path", body_text(line, "question"));
    const json_t *finding = find(body, "findings", body_text(line, "finding"));
    const char *says = finding ? body_text(finding, "says")
                       : entry ? arena_printf(&paper->arena, "%s %s", body_text(entry, "ask"),
                                              body_text(entry, "words"))
                               : "";

    paper_hung(
        paper, 2, "- ",
        arena_printf(&paper->arena, "%s%s(%s%s)", says, says[0] ? " " : "",
                     body_flag(line, "holds") ? "" : "not so: ", body_text(line, "test")));
}

static void print_recommendation(struct paper *paper, const json_t *body)
{
    print_law(paper, body, false);
    paper_heading(paper, "What made the recommendation hold");
    paper_row(paper, "Rule", body_text(body, "recommendation.rule"), 0);
    if (body_count(body, "recommendation.trail") == 0)
        paper_text(paper, 2, "No rule before it held.");
    for (size_t i = 0; i < body_count(body, "recommendation.trail"); i++)
        print_trail_line(paper, body, body_element(body, "recommendation.trail", i));
}

static void print_pack(struct paper *paper, const json_t *body)
{
    paper_heading(paper, "Made with");
    paper_row(paper, "Pack", body_text(body, "pack.title"), 0);
    paper_row(paper, "Id and version",
              arena_printf(&paper->arena, "%s %s", body_text(body, "pack.id"),
                           body_text(body, "pack.version")),
              0);
    paper_row(paper, "Owner", body_text(body, "pack.owner"), 0);
    paper_row(paper, "Fingerprint", hex_on_paper(paper, body_text(body, "pack.fingerprint")),
              0);
    paper_row(paper, "Law as on", body_text(body, "day"), 0);
    paper_row(paper, "Begun at", moment_on_paper(paper, body, "times.begun"), 0);
}

static void print_later(struct paper *paper, const struct standing *standing)
{
    if (!standing || standing->later_count == 0)
        return;
    paper_heading(paper, "Since then");
    for (size_t i = 0; i < standing->later_count; i++)
        paper_hung(paper, 0, "- ", standing->later[i]);
}

static void print_full(const json_t *body, const struct standing *standing, struct paper *paper)
{
    print_decision(paper, body, standing, 0);
    print_who(paper, body, 0);
    print_items(paper, body, false);
    print_reasons(paper, body);
    print_what_follows(paper, body);
    print_terms(paper, body);
    print_path(paper, body);
    print_recommendation(paper, body);
    print_pack(paper, body);
    print_later(paper, standing);
    print_signature(paper, body, standing, 0);
}

/* --- Both --------------------------------------------------------------------------------- */

static const char *banner_of(const json_t *body)
{
    bool restricted = body_flag(body, "restricted");

    if (body_flag(body, "practice"))
        return restricted ? "PRACTICE: made-up people, not a real decision. Do not show to the "
                            "person."
                          : "PRACTICE: made-up people, not a real decision.";
    return restricted ? "DO NOT SHOW TO THE PERSON: see sensitivity." : "";
}

/* What print relies on, besides the types that every access checks for itself. */
static enum status check(const char *bytes, size_t length, struct error *error)
{
    struct arena arena = {0};
    struct summary summary;
    enum status status = record_summarise(bytes, length, &arena, &summary, error);

    arena_release(&arena);
    return status;
}

/* Reads the body, and begins the frame that stands around it. */
static enum status begin(const char *bytes, size_t length, bool brief, json_t **ret_body,
                         char title[TITLE_SIZE], struct error *error)
{
    char reference[REFERENCE_SIZE] = "";
    enum status status = check(bytes, length, error);

    if (status == STATUS_OK)
        status = body_read(bytes, length, "record", ret_body, error);
    if (status != STATUS_OK)
        return status;
    if (!reference_read(body_text(*ret_body, "reference"), reference))
        reference[0] = '\0';
    snprintf(title, TITLE_SIZE, "%s %s", brief ? "Decision summary" : "Decision record",
             reference);
    return STATUS_OK;
}

enum status record_print(const char *bytes, size_t length, const struct standing *standing,
                         bool brief, struct buf *out, struct error *error)
{
    struct paper paper = {0};
    char title[TITLE_SIZE];
    json_t *body;
    enum status status = begin(bytes, length, brief, &body, title, error);

    if (status != STATUS_OK)
        return status;
    if (brief)
        print_brief(body, standing, &paper);
    else
        print_full(body, standing, &paper);
    paper_print(&paper, &(struct paper_frame){title, banner_of(body), FOOT}, out);
    paper_release(&paper);
    json_decref(body);
    return STATUS_OK;
}

enum status record_unroll(const char *bytes, size_t length, const struct standing *standing,
                          int cells, struct buf *out, struct error *error)
{
    struct paper paper = {.cells = cells < CELLS_LEAST ? CELLS_LEAST : cells};
    char title[TITLE_SIZE];
    json_t *body;
    enum status status = begin(bytes, length, false, &body, title, error);

    if (status != STATUS_OK)
        return status;
    paper_text(&paper, 0, title);
    paper_text(&paper, 0, banner_of(body));
    print_full(body, standing, &paper);
    paper_blank(&paper);
    paper_text(&paper, 0, FOOT);
    paper_unroll(&paper, out);
    paper_release(&paper);
    json_decref(body);
    return STATUS_OK;
}
