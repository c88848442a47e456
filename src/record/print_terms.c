/* SPDX-License-Identifier: MIT */
/* The agreement that a decision was made under, on paper. */
#include <string.h>

#include "record/json.h"
#include "record/print_parts.h"

const char *state_on_paper(const json_t *body, const char *path)
{
    const char *id = body_text(body, path);

    for (int i = AGREEMENT_IN_FORCE; i <= AGREEMENT_WITHDRAWN; i++) {
        if (strcmp(agreement_state_id((enum agreement_state)i), id) == 0)
            return agreement_state_words((enum agreement_state)i);
    }
    return id;
}

static size_t count_met(const json_t *body)
{
    size_t met = 0;

    for (size_t i = 0; i < body_count(body, "terms.meetings"); i++)
        met += body_flag(body_element(body, "terms.meetings", i), "met");
    return met;
}

/* Its title, or, for whoever had no copy of it, its id. */
static const char *named(struct paper *paper, const json_t *body, const char *title,
                         const char *id)
{
    if (!body_text(body, title)[0])
        return body_text(body, id);
    return arena_printf(&paper->arena, "%s (%s)", body_text(body, title), body_text(body, id));
}

const char *agreement_on_paper(struct paper *paper, const json_t *body)
{
    const char *agreement = named(paper, body, "terms.title", "agreement");
    const char *programme = named(paper, body, "terms.programme.title", "programme");
    size_t points = body_count(body, "terms.meetings");

    if (programme[0])
        agreement = arena_printf(&paper->arena, "%s, %s", agreement, programme);
    if (points == 0)
        return agreement;
    return arena_printf(&paper->arena, "%s: %zu of its %zu points shown", agreement,
                        count_met(body), points);
}

static const char *minimum_on_paper(struct paper *paper, const json_t *body)
{
    const char *text = "";

    for (size_t i = 0; i < body_count(body, "terms.programme.minimum"); i++) {
        const char *item = json_string_value(body_element(body, "terms.programme.minimum", i));

        text = arena_printf(&paper->arena, "%s%s%s", text, i > 0 ? "; " : "", item ? item : "");
    }
    return text;
}

void print_terms(struct paper *paper, const json_t *body)
{
    if (!body_text(body, "terms.title")[0])
        return;
    paper_heading(paper, "How it meets the agreement");
    paper_row(paper, "Agreement", named(paper, body, "terms.title", "agreement"), 0);
    paper_row(paper, "That day", state_on_paper(body, "terms.state"), 0);
    paper_row(paper, "Programme", body_text(body, "terms.programme.title"), 0);
    paper_row(paper, "Its purpose", body_text(body, "terms.programme.purpose"), 0);
    paper_row(paper, "At the least", minimum_on_paper(paper, body), 0);
    paper_row(paper, "Asked by", body_text(body, "terms.requester.words"), 0);
    paper_row(paper, "To", body_text(body, "terms.recipient.words"), 0);
    paper_row(paper, "Record goes to", body_text(body, "terms.records-to"), 0);
    for (size_t i = 0; i < body_count(body, "terms.meetings"); i++) {
        const json_t *meeting = body_element(body, "terms.meetings", i);

        paper_hung(paper, 2, body_flag(meeting, "met") ? "- " : "- Not shown: ",
                   arena_printf(&paper->arena, "%s. %s", body_text(meeting, "title"),
                                body_text(meeting, "how")));
    }
}
