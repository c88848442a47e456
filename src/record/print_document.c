/* SPDX-License-Identifier: MIT */
/* The Record of Sharing and the register of agreements on paper. A body with a reference is the
 * first; what is absent from either is not printed. */
#include "record/print_document.h"

#include "record/json.h"
#include "record/print_parts.h"

static void print_sharing(struct paper *paper, const json_t *body)
{
    paper_heading(paper, "The sharing");
    paper_row(paper, "Agreement", agreement_on_paper(paper, body), 0);
    paper_row(paper, "This goes to", body_text(body, "terms.records-to"), 0);
    paper_row(paper, "Amends", body_text(body, "amends"), 0);
    paper_row(paper, "Asked by", body_text(body, "requester.short"), 0);
    paper_row(paper, "To", body_text(body, "recipient.short"), 0);
    paper_row(paper, "Purpose", body_text(body, "purpose.words"), 0);
    paper_row(paper, "How often", body_text(body, "repeat.words"), 0);
    paper_row(paper, "How sent", body_text(body, "method.words"), 0);
    paper_row(paper, "Told", body_text(body, "told.words"), 0);
    for (size_t i = 0; i < body_count(body, "path"); i++) {
        const json_t *entry = body_element(body, "path", i);

        paper_hung(paper, 0, "Q. ", body_text(entry, "ask"));
        paper_hung(paper, 0, "A. ", body_text(entry, "words"));
    }
}

static void print_footing(struct paper *paper, const json_t *body)
{
    if (body_count(body, "findings") == 0)
        return;
    paper_heading(paper, "On which footing");
    for (size_t i = 0; i < body_count(body, "findings"); i++) {
        const json_t *finding = body_element(body, "findings", i);

        paper_text(paper, 0,
                   arena_printf(&paper->arena, "%s: %s", body_text(finding, "kind-title"),
                                body_text(finding, "says")));
        paper_hung(paper, 2, "See ", cites_on_paper(paper, finding));
    }
}

static void print_record_of_sharing(struct paper *paper, const json_t *body)
{
    print_sharing(paper, body);
    if (body_count(body, "items") > 0)
        paper_heading(paper, "What is shared");
    for (size_t i = 0; i < body_count(body, "items"); i++)
        paper_hung(paper, 2, "- ", body_text(body_element(body, "items", i), "what"));
    print_footing(paper, body);
    print_what_follows(paper, body);
    paper_heading(paper, "Made from the signed decision");
    paper_row(paper, "Reference", body_text(body, "reference"), 0);
    paper_row(paper, "Signed by", signer_on_paper(paper, body), 0);
    paper_row(paper, "Signed at", moment_on_paper(paper, body, "times.signed"), 0);
}

static void print_number(struct paper *paper, const char *label, const json_t *agreement,
                         const char *name)
{
    paper_row(paper, label, arena_printf(&paper->arena, "%lld", body_number(agreement, name)),
              0);
}

static void print_agreements(struct paper *paper, const json_t *body)
{
    paper_row(paper, "As of", day_on_paper(paper, body, "day"), 0);
    for (size_t i = 0; i < body_count(body, "agreements"); i++) {
        const json_t *agreement = body_element(body, "agreements", i);

        paper_heading(paper, body_text(agreement, "title"));
        paper_row(paper, "Name here", body_text(agreement, "id"), 0);
        paper_row(paper, "Owner", body_text(agreement, "owner"), 0);
        paper_row(paper, "Contact", body_text(agreement, "contact"), 0);
        paper_row(paper, "Holds in", body_text(agreement, "jurisdiction"), 0);
        paper_row(paper, "Records go to", body_text(agreement, "records-to"), 0);
        paper_row(paper, "Dated", day_on_paper(paper, agreement, "dated"), 0);
        paper_row(paper, "Review by", day_on_paper(paper, agreement, "review-by"), 0);
        paper_row(paper, "Withdrawn", day_on_paper(paper, agreement, "withdrawn"), 0);
        paper_row(paper, "State", state_on_paper(agreement, "state"), 0);
        print_number(paper, "Parties listed", agreement, "parties");
        print_number(paper, "Signed up", agreement, "signatories");
        print_number(paper, "Day not given", agreement, "undated");
    }
}

void print_document(const json_t *body, const char *title, struct buf *out)
{
    bool of_decision = body_text(body, "reference")[0];
    struct paper paper = {0};

    if (of_decision)
        print_record_of_sharing(&paper, body);
    else
        print_agreements(&paper, body);
    paper_print(&paper,
                &(struct paper_frame){
                    title, body_flag(body, "restricted") ? "DO NOT SHOW TO THE PERSON." : "",
                    of_decision ? "An excerpt: the whole is in the decision record." : ""},
                out);
    paper_release(&paper);
}
