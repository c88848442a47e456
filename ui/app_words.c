/* SPDX-License-Identifier: MIT */
/*
 * What the answers so far establish, in words, for any page that tells it. Always from the walk
 * as it stands; the law's words come from the pack.
 */
#include <ctype.h>
#include <string.h>

#include "ui/place.h"

#define FEW 3 /* outcomes that are worth listing as still possible */

const char *words_answer(const struct app *app, struct page *page, size_t question)
{
    const struct pack *pack = app->decision.pack;
    struct buf out = {0};
    const char *text;
    answer_words(&pack->question[question], &app->decision.answers.answer[question], &out);
    text = page_format(page, "%s", buf_text(&out));
    buf_release(&out);
    return text;
}

const char *words_title(const char *words, struct page *page)
{
    char *text = arena_strdup(&page->arena, words);
    text[0] = (char)toupper((unsigned char)text[0]);
    return text;
}

const char *words_citations(struct page *page, const struct pack *pack,
                            const struct citations *citations)
{
    struct buf out = {0};
    const char *text;
    for (size_t n = 0; n < citations->count; n++) {
        buf_puts(&out, n > 0 ? "; " : "");
        citation_text(pack, &citations->list[n], &out);
    }
    text = page_format(page, "%s", buf_text(&out));
    buf_release(&out);
    return text;
}

/* "share, share in part or seek advice" */
static const char *possible_words(struct page *page, unsigned possible)
{
    const char *text = "";
    int left = 0;
    for (int n = 0; n < OUTCOME_COUNT; n++)
        left += (possible >> n) & 1;
    for (int n = 0, count = left; n < OUTCOME_COUNT; n++) {
        if (((possible >> n) & 1) == 0)
            continue;
        const char *between = left == count ? "" : left == 1 ? " or " : ", ";
        text = page_format(page, "%s%s%s", text, between, outcome_words((enum outcome)n));
        left--;
    }
    return text;
}

/* The first step but this question's that holds something not yet known; NULL for none. */
static const char *unknown_step(const struct app *app)
{
    const struct pack *pack = app->decision.pack;
    size_t here = deciding_question(app)->step;
    for (size_t n = 0; n < pack->question_count; n++) {
        const struct question *question = &pack->question[n];
        enum question_state state = app->walk.state[n];
        bool open = state == QUESTION_NEXT || state == QUESTION_UNKNOWN;
        if (open && question->required && question->step != here)
            return pack->step[question->step].title;
    }
    return NULL;
}

static int count_possible(unsigned possible)
{
    int count = 0;
    for (; possible != 0; possible &= possible - 1)
        count++;
    return count;
}

const char *words_so_far(const struct app *app, struct page *page)
{
    const struct walk *walk = &app->walk;
    const char *unknown = unknown_step(app);
    if (walk->outcome != WALK_NONE)
        return page_format(page, "So far: %s.%s",
                           outcome_words(app->decision.pack->outcome[walk->outcome].recommends),
                           walk->ready ? "" : " The answers still to come do not change that.");
    if (count_possible(walk->possible) > FEW)
        return "So far: nothing is settled yet.";
    if (unknown == NULL)
        return page_format(page, "So far: %s.", possible_words(page, walk->possible));
    return page_format(page, "So far: %s. Not yet known: %s.",
                       possible_words(page, walk->possible), unknown);
}

void words_findings(const struct app *app, struct page *page, int *nr)
{
    const struct pack *pack = app->decision.pack;
    bool marked = false;
    for (int kind = 0; kind < FINDING_KIND_COUNT; kind++) {
        bool first = true;
        for (size_t n = 0; n < pack->finding_count; n++) {
            const struct finding *finding = &pack->finding[n];
            if ((int)finding->kind != kind || walk_finding(&app->walk, n) != TRUTH_TRUE)
                continue;
            struct block *block = page_paragraph(
                app, page, nr,
                page_format(page, "%s: %s", finding_kind_words(finding->kind), finding->says));
            if (finding->cite.count > 0) {
                block->detail = words_citations(page, pack, &finding->cite);
                marked = marked || strstr(block->detail, CITATION_VERIFY);
            }
            block->spaced = first;
            first = false;
        }
    }
    if (marked)
        page_add(page, BLOCK_TEXT,
                 "Verify: a fact taken from there has still to be checked against its text.")
            ->spaced = true;
}

/* "To do: Tell the person, within 2 days." */
static const char *must_words(struct page *page, const struct duty *duty)
{
    int length = (int)strlen(duty->text);
    bool stop = length > 0 && duty->text[length - 1] == '.';
    bool days = duty->hours % 24 == 0;
    int number = days ? duty->hours / 24 : duty->hours;
    if (duty->hours == 0)
        return page_format(page, "To do: %s", duty->text);
    return page_format(page, "To do: %.*s, within %d %s%s.", stop ? length - 1 : length,
                       duty->text, number, days ? "day" : "hour", number == 1 ? "" : "s");
}

void words_musts(const struct app *app, struct page *page, int *nr,
                 const struct outcome_rule *rule)
{
    const struct duty *duty;
    bool first = true;
    size_t at = 0;
    while ((duty = walk_duty(&app->walk, rule, &at)) != NULL) {
        page_paragraph(app, page, nr, must_words(page, duty))->spaced = first;
        first = false;
    }
}

void words_trail(const struct app *app, struct page *page, int *nr)
{
    const struct pack *pack = app->decision.pack;
    struct trail trail;
    if (pack->outcome[app->walk.outcome].when == NULL)
        return;
    walk_trail(&app->walk, pack->outcome[app->walk.outcome].when, &trail);
    if (trail.count > 0)
        page_add(page, BLOCK_TEXT, "What led to it:")->spaced = true;
    for (size_t n = 0; n < trail.count; n++) {
        const struct trail_line *line = &trail.line[n];
        const char *text = line->test != NULL ? line->test->text : "";
        const char *detail = NULL;
        if (line->question != WALK_NONE) {
            text = pack->question[line->question].ask;
            detail = app->walk.state[line->question] == QUESTION_ANSWERED
                         ? words_answer(app, page, line->question)
                         : "Not asked";
        } else if (line->finding != WALK_NONE) {
            text = page_format(page, "%s%s", line->holds ? "" : "It was not found that: ",
                               pack->finding[line->finding].says);
        }
        struct block *block = page_paragraph(app, page, nr, text);
        block->detail = detail;
        block->spaced = false;
    }
    trail_release(&trail);
}

void words_duplicates(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    const char *list = "";
    for (size_t n = 0; n < world->duplicate_count; n++) {
        const struct summary *summary = &world->duplicate[n].summary;
        char day[DATE_WORDS_SIZE];
        date_words(moment_date(summary->signed_at), day);
        list = page_format(page, "%s%s%s of %s by %s", list, n > 0 ? "; " : "",
                           summary->reference, day, summary->author);
    }
    if (world->duplicate_count > 0)
        page_addf(page, BLOCK_WARNING,
                  "Perhaps this was decided already, about the same person and for the same "
                  "recipient: %s.",
                  list);
}
