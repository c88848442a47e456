/* SPDX-License-Identifier: MIT */
/* The record on paper: the one-page summary, and everything question by question. */
#include <stdio.h>
#include <string.h>

#include "record/json.h"
#include "record/print_parts.h"

#define MORE "  (More of this is in the full record.)"

/* --- One page ----------------------------------------------------------------------------- */

/* The parts of the page, in order, with the lines that each may always have. */
enum part { PART_DECISION, PART_WHO, PART_ITEMS, PART_REASONS, PART_FOLLOWS, PART_SIGNATURE };
static const size_t least[] = {
    [PART_DECISION] = 8, [PART_WHO] = 13,    [PART_ITEMS] = 9,
    [PART_REASONS] = 10, [PART_FOLLOWS] = 7, [PART_SIGNATURE] = 7,
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

    print_decision(&part[PART_DECISION], body, standing, 2);
    print_who(&part[PART_WHO], body, 2);
    print_items(&part[PART_ITEMS], body);
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

static void print_cites(struct paper *paper, const json_t *object)
{
    for (size_t i = 0; i < body_count(object, "cite"); i++)
        paper_hung(paper, 2, "See ", body_text(body_element(object, "cite", i), "text"));
}

static void print_question(struct paper *paper, const json_t *entry)
{
    long long changes = body_number(entry, "changes");
    const char *at = moment_on_paper(paper, entry, "at");

    paper_hung(paper, 0, "Q. ", body_text(entry, "ask"));
    paper->line[paper->count - 1].keep = true;
    paper_hung(paper, 0, "A. ", body_text(entry, "words"));
    if (at[0])
        paper_text(paper, 3,
                   arena_printf(&paper->arena, "Answered %s%s", at,
                                changes == 0  ? ""
                                : changes > 1 ? ", changed several times"
                                              : ", changed once"));
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

static void print_findings(struct paper *paper, const json_t *body)
{
    paper_heading(paper, "What the answers establish");
    if (body_count(body, "findings") == 0)
        paper_text(paper, 0, "Nothing.");
    for (size_t i = 0; i < body_count(body, "findings"); i++) {
        const json_t *finding = body_element(body, "findings", i);

        paper_hung(paper, 0,
                   arena_printf(&paper->arena, "%s: ", body_text(finding, "kind-title")),
                   body_text(finding, "says"));
        print_cites(paper, finding);
    }
}

static void print_recommendation(struct paper *paper, const json_t *body)
{
    const json_t *object = body_at(body, "recommendation");

    paper_heading(paper, "How the recommendation was reached");
    paper_row(paper, "Rule", body_text(object, "rule"), 0);
    paper_row(paper, "Because", body_text(object, "because"), 0);
    print_cites(paper, object);
    for (size_t i = 0; i < body_count(object, "trail"); i++) {
        const json_t *line = body_element(object, "trail", i);

        paper_hung(paper, 2, body_flag(line, "holds") ? "It is so that " : "It is not so that ",
                   body_text(line, "test"));
    }
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
    paper_row(paper, "Fingerprint", body_text(body, "pack.fingerprint"), 0);
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
    print_items(paper, body);
    print_reasons(paper, body);
    print_what_follows(paper, body);
    print_path(paper, body);
    print_findings(paper, body);
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

enum status record_print(const char *bytes, size_t length, const struct standing *standing,
                         bool brief, struct buf *out, struct error *error)
{
    struct paper paper = {0};
    char title[80], reference[REFERENCE_SIZE] = "";
    json_t *body;
    enum status status = check(bytes, length, error);

    if (status == STATUS_OK)
        status = body_read(bytes, length, "record", &body, error);
    if (status != STATUS_OK)
        return status;
    if (!reference_read(body_text(body, "reference"), reference))
        reference[0] = '\0';
    snprintf(title, sizeof(title), "%s %s", brief ? "Decision summary" : "Decision record",
             reference);
    if (brief)
        print_brief(body, standing, &paper);
    else
        print_full(body, standing, &paper);
    paper_print(&paper,
                &(struct paper_frame){title, banner_of(body),
                                      "Discern advises; the person who signed decided."},
                out);
    paper_release(&paper);
    json_decref(body);
    return STATUS_OK;
}
