/* SPDX-License-Identifier: MIT */
/* Parts of a printed record. A decision not to share is printed as fully as one to share: the
 * same rows, the items with their reasons, the risks of both. */
#include "record/print_parts.h"

#include <string.h>

#include "record/json.h"

const char *moment_on_paper(struct paper *paper, const json_t *body, const char *path)
{
    const char *text = body_text(body, path);
    char words[MOMENT_WORDS_SIZE];
    struct moment moment;

    if (!moment_parse(text, &moment))
        return "";
    moment_words(moment, words);
    return arena_printf(&paper->arena, "%s (%s)", words, text + strlen(text) - 6);
}

const char *day_on_paper(struct paper *paper, const json_t *body, const char *path)
{
    char words[DATE_WORDS_SIZE];
    date day;

    if (!date_parse(body_text(body, path), &day))
        return "";
    date_words(day, words);
    return arena_strdup(&paper->arena, words);
}

/* "Share in part", with a capital, from its id. */
static const char *outcome_on_paper(struct paper *paper, const json_t *body, const char *path)
{
    enum outcome outcome;
    char *words;

    if (!outcome_parse(body_text(body, path), &outcome))
        return "";
    words = arena_strdup(&paper->arena, outcome_words(outcome));
    if (words[0] >= 'a' && words[0] <= 'z')
        words[0] = (char)(words[0] - 'a' + 'A');
    return words;
}

static bool shares(const json_t *body)
{
    enum outcome outcome;

    return outcome_parse(body_text(body, "decision.outcome"), &outcome) &&
           outcome_shares(outcome);
}

/* One row: a label and where its text stands. */
struct row {
    const char *label, *path;
};

static void print_rows(struct paper *paper, const json_t *body, const struct row *row,
                       size_t count, size_t most)
{
    for (size_t i = 0; i < count; i++)
        paper_row(paper, row[i].label, body_text(body, row[i].path), most);
}

void print_decision(struct paper *paper, const json_t *body, const struct standing *standing,
                    size_t most)
{
    static const struct row rows[] = {
        {"Why otherwise", "decision.reason"},
        {"Amends", "amends"},
        {"Why amended", "amendment"},
        {"Beside", "sibling-of"},
    };
    bool departed = strcmp(body_text(body, "decision.stance"), "depart") == 0;

    paper_heading(paper, "The decision");
    paper_row(paper, "Decided", outcome_on_paper(paper, body, "decision.outcome"), most);
    paper_row(paper, "Recommended", outcome_on_paper(paper, body, "recommendation.outcome"),
              most);
    paper_row(paper, "Followed",
              departed ? "No: the person who signed decided otherwise" : "Yes", most);
    print_rows(paper, body, rows, COUNT(rows), most);
    paper_row(paper, "Agreement", agreement_on_paper(paper, body), most);
    if (standing && standing->state)
        paper_row(paper, "State", standing->state, most);
}

void print_who(struct paper *paper, const json_t *body, size_t most)
{
    static const struct row rows[] = {
        {"About", "subject.0"},
        {"Purpose", "purpose"},
        {"Asked by", "requester"},
        {"To", "recipient"},
        {"How sent", "method"},
        {"Consent", "consent"},
        {"Capacity", "capacity"},
        {"Risk of sharing", "risk-of-sharing"},
        {"Of not sharing", "risk-of-not-sharing"},
        {"Told", "told"},
        {"Not told", "not-told"},
        {"Advice", "advice"},
        {"Identity", "identity"},
        {"Begun by", "trigger"},
        {"How often", "repeat"},
        {"Sensitivity", "sensitivity"},
    };

    size_t first;

    paper_heading(paper, "Who, and what for");
    first = paper->count;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const json_t *kept = body_at(body, rows[i].path);

        if (most == 0 || !body_flag(kept, "skipped"))
            paper_row(paper, rows[i].label, body_text(kept, "words"), most);
    }
    if (paper->count == first)
        paper_text(paper, 0, "Nothing of this had been answered when it was signed.");
}

/* --- Items -------------------------------------------------------------------------------- */

static const char *flags_of(struct paper *paper, const json_t *item)
{
    char *text = arena_strdup(&paper->arena, "");

    for (size_t i = 0; i < body_count(item, "flags"); i++)
        text = arena_printf(&paper->arena, "%s%s%s", text, i > 0 ? "; " : "",
                            body_text(body_element(item, "flags", i), "label"));
    return text;
}

static void print_item(struct paper *paper, const json_t *item, bool brief)
{
    const char *what = body_text(item, "what"), *reason = body_text(item, "reason");

    if (brief) {
        paper_hung(paper, 2, "- ",
                   reason[0] ? arena_printf(&paper->arena, "%s: %s", what, reason) : what);
        return;
    }
    paper_hung(paper, 2, "- ", what);
    paper_hung(paper, 4, "Why: ", reason);
    paper_hung(paper, 4, "Note: ", flags_of(paper, item));
}

/* What became of an item. */
enum fate { FATE_SHARED, FATE_WITHHELD, FATE_NOT_OFFERED };

static enum fate fate_of(const json_t *item)
{
    if (body_flag(item, "shared"))
        return FATE_SHARED;
    return body_flag(item, "requested") ? FATE_WITHHELD : FATE_NOT_OFFERED;
}

void print_items(struct paper *paper, const json_t *body, bool brief)
{
    const char *const title[] = {
        [FATE_SHARED] = shares(body) ? "To be shared:" : "Could be shared, and is not:",
        [FATE_WITHHELD] = "Asked for and withheld:",
        [FATE_NOT_OFFERED] = "Thought of, not asked for and not shared:",
    };

    paper_heading(paper, "What");
    if (body_count(body, "items") == 0)
        paper_text(paper, 0, "No items were listed.");
    for (size_t fate = 0; fate < COUNT(title); fate++) {
        bool titled = false;

        for (size_t i = 0; i < body_count(body, "items"); i++) {
            const json_t *item = body_element(body, "items", i);

            if (fate_of(item) != (enum fate)fate)
                continue;
            if (!titled)
                paper_text(paper, 0, title[fate]);
            titled = true;
            print_item(paper, item, brief);
        }
    }
}

/* --- Why, and then ------------------------------------------------------------------------ */

void print_reasons(struct paper *paper, const json_t *body)
{
    paper_heading(paper, "Why");
    paper_text(paper, 0, body_text(body, "justification.text"));
}

/* "The Made-up Act, s.1; The Made-up Code". */
const char *cites_on_paper(struct paper *paper, const json_t *object)
{
    char *text = arena_strdup(&paper->arena, "");

    for (size_t i = 0; i < body_count(object, "cite"); i++)
        text = arena_printf(&paper->arena, "%s%s%s", text, i > 0 ? "; " : "",
                            body_text(body_element(object, "cite", i), "text"));
    return text;
}

/* Whether a finding is a reason in law, or something to bear in mind on the way. */
static bool is_ground(const json_t *finding)
{
    static const char *const to_bear_in_mind[] = {"principle", "prompt", "right"};

    for (size_t i = 0; i < COUNT(to_bear_in_mind); i++) {
        if (strcmp(body_text(finding, "kind"), to_bear_in_mind[i]) == 0)
            return false;
    }
    return true;
}

void print_law(struct paper *paper, const json_t *body, bool brief)
{
    const json_t *recommendation = body_at(body, "recommendation");

    paper_heading(paper, "The reasons for the recommendation");
    paper_text(paper, 0, body_text(recommendation, "because"));
    paper_hung(paper, 2, "See ", cites_on_paper(paper, recommendation));
    for (size_t i = 0; i < body_count(body, "findings"); i++) {
        const json_t *finding = body_element(body, "findings", i);

        if (brief && !is_ground(finding))
            continue;
        paper_text(paper, 0,
                   arena_printf(&paper->arena, "%s: %s", body_text(finding, "kind-title"),
                                body_text(finding, "says")));
        paper_hung(paper, 2, "See ", cites_on_paper(paper, finding));
    }
}

static void print_must(struct paper *paper, const json_t *body)
{
    for (size_t i = 0; i < body_count(body, "must"); i++) {
        const json_t *must = body_element(body, "must", i);
        const char *due = moment_on_paper(paper, must, "due");

        paper_hung(paper, 0, "[ ] ", body_text(must, "text"));
        paper_hung(paper, 4, "By ", due);
    }
}

void print_what_follows(struct paper *paper, const json_t *body)
{
    paper_heading(paper, "What follows");
    if (body_flag(body, "countersign"))
        paper_text(paper, 0, "A guardian must countersign this decision.");
    print_must(paper, body);
    for (size_t i = 0; i < body_count(body, "unfinished"); i++)
        paper_hung(paper, 0,
                   "[ ] Answer: ", body_text(body_element(body, "unfinished", i), "ask"));
    paper_row(paper, "Look at it again", day_on_paper(paper, body, "review"), 0);
    paper_row(paper, "Kept as", body_text(body, "retention.title"), 0);
    paper_row(paper, "Review keeping", day_on_paper(paper, body, "retention.review"), 0);
}

/* --- The signature ------------------------------------------------------------------------ */

const char *hex_on_paper(struct paper *paper, const char *hex)
{
    struct buf text = {0};
    const char *grouped;

    for (size_t i = 0; hex[i]; i++) {
        if (i > 0 && i % 4 == 0)
            buf_putc(&text, ' ');
        buf_putc(&text, hex[i]);
    }
    grouped = arena_strdup(&paper->arena, buf_text(&text));
    buf_release(&text);
    return grouped;
}

const char *signer_on_paper(struct paper *paper, const json_t *body)
{
    const char *full = body_text(body, "practitioner.full");
    const char *name = body_text(body, "practitioner.name");
    const char *team = body_text(body, "practitioner.team");
    enum role role;

    return arena_printf(&paper->arena, "%s (%s), %s%s%s", full[0] ? full : name, name,
                        role_parse(body_text(body, "practitioner.role"), &role)
                            ? role_words(role)
                            : body_text(body, "practitioner.role"),
                        team[0] ? ", " : "", team);
}

void print_signature(struct paper *paper, const json_t *body, const struct standing *standing,
                     size_t most)
{
    paper_heading(paper, "Signature");
    paper_row(paper, "Signed by", signer_on_paper(paper, body), most);
    paper_row(paper, "Signed at", moment_on_paper(paper, body, "times.signed"), most);
    if (!standing || standing->sequence == 0) {
        paper_row(paper, "In the log", "Not yet", most);
        return;
    }
    paper_row(paper, "In the log",
              arena_printf(&paper->arena, "Entry %lld", standing->sequence), most);
    if (standing->link[0]) {
        paper_text(paper, 0, "Link of that entry, to be read aloud and compared:");
        paper_text(paper, 0, hex_on_paper(paper, standing->link));
    }
}
