/* SPDX-License-Identifier: MIT */
/*
 * The register of agreements: which are in force, which are overdue and which were withdrawn;
 * and one of them, to be read. What is past in it is marked, with what holds instead.
 */
#include <string.h>

#include "ui/place.h"

static void view_row(const struct app *app, struct page *page, size_t n)
{
    const struct agreement *agreement = app->world.agreement[n].agreement;
    struct column column = {.text = agreement->title};
    struct block *block = page_row(page, ID_ROW + (int)n, &column, 1);
    block->wraps = true;
    block->detail =
        page_format(page, "%s. %s", words_standing(page, agreement, moment_date(app->now)),
                    agreement->owner);
}

static void view_state(const struct app *app, struct page *page, enum agreement_state state)
{
    const struct world *world = &app->world;
    bool titled = false;
    for (size_t n = 0; n < world->agreement_count; n++) {
        if (agreement_state(world->agreement[n].agreement, moment_date(app->now)) != state)
            continue;
        if (!titled)
            page_add(page, BLOCK_TEXT, agreement_state_words(state))->spaced = true;
        titled = true;
        view_row(app, page, n);
    }
}

void at_register_view(const struct app *app, struct page *page)
{
    page_add(page, BLOCK_HEADING, "Agreements");
    if (app->world.agreement_count == 0)
        page_add(page, BLOCK_TEXT, "There are no agreements here.");
    for (int state = 0; state <= AGREEMENT_WITHDRAWN; state++)
        view_state(app, page, (enum agreement_state)state);
    page_action(page, ID_BACK, "Go back")->spaced = true;
}

enum effect_kind at_register_choose(struct app *app, int id)
{
    if (id == ID_BACK)
        return place_back(app);
    app->chosen = (size_t)(id - ID_ROW);
    place_go(app, AT_TERMS);
    return EFFECT_NONE;
}

/* --- One of them -----------------------------------------------------------------------------
 */

static void view_fact(const struct app *app, struct page *page, int *nr, const char *label,
                      const char *text)
{
    if (text[0] != '\0')
        page_paragraph(app, page, nr, page_format(page, "%s: %s", label, text))->spaced = false;
}

static void view_day(const struct app *app, struct page *page, int *nr, const char *label,
                     date day)
{
    char words[DATE_WORDS_SIZE];
    date_words(day, words);
    view_fact(app, page, nr, label, words);
}

static void view_head(const struct app *app, struct page *page, int *nr,
                      const struct agreement *agreement)
{
    view_fact(app, page, nr, "Owner", agreement->owner);
    view_fact(app, page, nr, "Contact", agreement->contact);
    view_fact(app, page, nr, "Holds in", agreement->jurisdiction);
    view_day(app, page, nr, "Dated", agreement->dated);
    view_fact(app, page, nr, "Records of sharing go to", agreement->records_to);
    if (agreement->notice_days > 0)
        view_fact(app, page, nr, "Notice of withdrawal",
                  page_format(page, "%d days", agreement->notice_days));
    view_fact(app, page, nr, "To know first", agreement->note);
}

static const char *party_detail(const struct app *app, struct page *page,
                                const struct article *party)
{
    date today = moment_date(app->now);
    char from[DATE_WORDS_SIZE], until[DATE_WORDS_SIZE];
    date_words(party->from, from);
    date_words(party->until, until);
    if (party->from == DATE_NONE)
        return "No day of signing is given";
    if (party->until != DATE_NONE && party->until <= today)
        return page_format(page, "Left on %s", until);
    return page_format(page, "Signed up on %s", from);
}

/* What it says, what is past of it, and, of a party, whether it has signed. */
static const char *article_detail(const struct app *app, struct page *page,
                                  const struct article *article)
{
    const char *text = article->says;
    const char *joint = text[0] != '\0' ? "\n" : "";
    if (article->kind == ARTICLE_PARTY)
        text = page_format(page, "%s%s%s", text, joint, party_detail(app, page, article));
    if (article->hours > 0)
        text = page_format(page, "%s%sWithin %d hours", text, joint, article->hours);
    joint = text[0] != '\0' ? "\n" : "";
    if (article->today != TODAY_CURRENT)
        text = page_format(page, "%s%s%s. Now: %s", text, joint,
                           standing_today_words(article->today), article->now);
    return text[0] != '\0' ? text : NULL;
}

static void view_kind(const struct app *app, struct page *page, int *nr,
                      const struct agreement *agreement, enum article_kind kind)
{
    bool titled = false;
    for (size_t n = 0; n < agreement->article_count; n++) {
        const struct article *article = &agreement->article[n];
        if (article->kind != kind)
            continue;
        if (!titled)
            page_add(page, BLOCK_TEXT, article_kind_words(kind))->spaced = true;
        titled = true;
        struct block *block =
            page_paragraph(app, page, nr,
                           article->clause[0] != '\0'
                               ? page_format(page, "%s (%s)", article->title, article->clause)
                               : article->title);
        block->detail = article_detail(app, page, article);
        block->spaced = false;
    }
}

static void view_programmes(const struct app *app, struct page *page, int *nr,
                            const struct agreement *agreement)
{
    if (agreement->programme_count > 0)
        page_add(page, BLOCK_TEXT, "Programmes")->spaced = true;
    for (size_t n = 0; n < agreement->programme_count; n++) {
        const struct programme *programme = &agreement->programme[n];
        struct block *block = page_paragraph(app, page, nr, programme->title);
        const char *detail = programme->purpose;
        if (programme->minimum.count > 0)
            detail = page_format(page, "%s\nAt the least: %s", detail,
                                 words_list(page, &programme->minimum));
        if (programme->today != TODAY_CURRENT)
            detail = page_format(page, "%s\n%s. Now: %s", detail,
                                 standing_today_words(programme->today), programme->now);
        block->detail = detail;
        block->spaced = false;
    }
}

void at_terms_view(const struct app *app, struct page *page)
{
    const struct agreement *agreement = app->world.agreement[app->chosen].agreement;
    int nr = 0;
    page_add(page, BLOCK_HEADING, agreement->title);
    page_addf(page, BLOCK_HINT, "%s.", words_standing(page, agreement, moment_date(app->now)));
    view_head(app, page, &nr, agreement);
    for (int kind = 0; kind < ARTICLE_KIND_COUNT; kind++)
        view_kind(app, page, &nr, agreement, (enum article_kind)kind);
    view_programmes(app, page, &nr, agreement);
    page_action(page, ID_BACK, "Go back")->spaced = true;
}

enum effect_kind at_terms_choose(struct app *app, int id)
{
    (void)id;
    return place_back(app);
}
