/* SPDX-License-Identifier: MIT */
/* What is checked of one agreement by itself and with the policy pack that it is joined to. */
#include "policy/agreement_check.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/suggest.h"
#include "policy/agreement_parts.h"

const struct check_rule agreement_rules[AGREEMENT_RULE_COUNT] = {
#define X(name, id, severity, remedy) {id, SEVERITY_##severity, remedy},
    AGREEMENT_RULE_TABLE(X)
#undef X
};

/* --- one agreement ----------------------------------------------------------------------- */

struct checking {
    struct report *report;
    const struct agreement *agreement;
    const struct pack *joined;
    date day;
};

static void report_whole(struct checking *checking, enum agreement_rule rule, const char *what)
{
    report_add(checking->report, &agreement_rules[rule], checking->agreement->file,
               checking->agreement->line, "[agreement]", NULL, "%s", what);
}

static void report_article(struct checking *checking, enum agreement_rule rule,
                           const struct article *article, const char *remedy, const char *what)
{
    struct arena *arena = &checking->report->arena;

    report_add(checking->report, &agreement_rules[rule], checking->agreement->file,
               article->line,
               arena_printf(arena, "[%s %s]", article_kind_id(article->kind), article->id),
               remedy, "%s", what);
}

static void check_state(struct checking *checking)
{
    const struct agreement *agreement = checking->agreement;
    struct arena *arena = &checking->report->arena;
    char day[DATE_WORDS_SIZE];

    switch (agreement_state(agreement, checking->day)) {
    case AGREEMENT_WITHDRAWN:
        date_words(agreement->withdrawn, day);
        report_whole(checking, AGREEMENT_RULE_WITHDRAWN,
                     arena_printf(arena, "It was withdrawn on %s.", day));
        break;
    case AGREEMENT_REVIEW_OVERDUE:
        date_words(agreement->review_by, day);
        report_whole(checking, AGREEMENT_RULE_REVIEW_OVERDUE,
                     arena_printf(arena, "It was to be reviewed by %s.", day));
        break;
    case AGREEMENT_IN_FORCE:
        if (agreement->review_by == DATE_NONE)
            report_whole(checking, AGREEMENT_RULE_REVIEW_UNDATED,
                         "It does not say when it is to be reviewed.");
    }
}

static bool adds_must(const struct pack *joined)
{
    for (size_t i = 0; i < joined->added_count; i++) {
        if (!strncmp(joined->added[i], "must ", 5))
            return true;
    }
    return false;
}

/* Who gets records has to be sent them. */
static void check_records(struct checking *checking)
{
    if (checking->agreement->records_to[0] && checking->joined && !adds_must(checking->joined))
        report_whole(checking, AGREEMENT_RULE_RECORD_UNSENT,
                     "It says who is sent records, but nobody is reminded to send them.");
}

/* What the LLR protocol and the data sharing code ask of every agreement. */
static void check_wanted(struct checking *checking)
{
    bool has[ARTICLE_KIND_COUNT] = {false};

    for (size_t i = 0; i < checking->agreement->article_count; i++)
        has[checking->agreement->article[i].kind] = true;
    for (size_t i = 0; i < ARTICLE_KIND_COUNT; i++) {
        enum article_kind kind = (enum article_kind)i;

        if (article_kind_wanted(kind) && !has[i])
            report_add(checking->report, &agreement_rules[AGREEMENT_RULE_ARTICLE_LACKING],
                       checking->agreement->file, checking->agreement->line, "[agreement]",
                       NULL, "It says nothing on: %s (no section of kind '%s').",
                       article_kind_words(kind), article_kind_id(kind));
    }
}

static void check_today(struct checking *checking, const struct article *article)
{
    enum agreement_rule rule = article->kind == ARTICLE_STATUTE
                                   ? AGREEMENT_RULE_STATUTE_OUTDATED
                                   : AGREEMENT_RULE_ARTICLE_OUTDATED;
    struct arena *arena = &checking->report->arena;

    if (article->today != TODAY_CURRENT)
        report_article(checking, rule, article, NULL,
                       arena_printf(arena, "%s: ‘%s’. Now: %s",
                                    standing_today_words(article->today), article->title,
                                    article->now));
}

/* Whether what `met-by` names is there; if not, what might be meant. */
static bool resolves(const struct checking *checking, const struct article *article,
                     struct suggest *suggest)
{
    const struct pack *pack = checking->joined;

    if (article->met == MET_BY_RECORD) {
        record_offer(suggest);
        return record_holds(article->met_name) || keep_of(article->met_name) != KEEP_NONE;
    }
    if (!pack)
        return true;
    if (article->met == MET_BY_QUESTION) {
        for (size_t i = 0; i < pack->question_count; i++)
            suggest_offer(suggest, pack->question[i].id);
        return pack_find_question(pack, article->met_name) != PACK_NONE;
    }
    for (size_t i = 0; i < pack->finding_count; i++)
        suggest_offer(suggest, pack->finding[i].id);
    return pack_find_finding(pack, article->met_name) != PACK_NONE;
}

static void check_met_by(struct checking *checking, const struct article *article)
{
    static const char *const nouns[] = {[MET_BY_QUESTION] = "question",
                                        [MET_BY_FINDING] = "finding",
                                        [MET_BY_RECORD] = "field of the record"};
    struct suggest suggest = {.wrong = article->met_name};
    char remedy[200];

    if (article->met == MET_BY_NOTHING) {
        if (article->kind == ARTICLE_PRINCIPLE)
            report_article(checking, AGREEMENT_RULE_PRINCIPLE_UNMET, article, NULL,
                           "Nothing is said to show in a decision that this is met.");
        return;
    }
    if (resolves(checking, article, &suggest))
        return;
    suggest_text(&suggest, agreement_rules[AGREEMENT_RULE_MET_BY_UNKNOWN].remedy, remedy,
                 sizeof(remedy));
    report_article(checking, AGREEMENT_RULE_MET_BY_UNKNOWN, article, remedy,
                   arena_printf(&checking->report->arena, "There is no %s '%s'.",
                                nouns[article->met], article->met_name));
}

static void check_article(struct checking *checking, const struct article *article)
{
    check_today(checking, article);
    check_met_by(checking, article);
    if (article->kind == ARTICLE_PARTY && article->from == DATE_NONE)
        report_article(checking, AGREEMENT_RULE_PARTY_UNSIGNED, article, NULL,
                       arena_printf(&checking->report->arena,
                                    "‘%s’ is a party, but no day is given on "
                                    "which it signed.",
                                    article->title));
    if (article->kind == ARTICLE_CLOCK && !article->hours)
        report_article(checking, AGREEMENT_RULE_CLOCK_WITHOUT_HOURS, article, NULL,
                       "This time limit does not say how long it is.");
}

static void check_programme(struct checking *checking, const struct programme *programme)
{
    const struct {
        enum agreement_rule rule;
        bool lacking;
        const char *what;
    } rows[] = {
        {AGREEMENT_RULE_PROGRAMME_MINIMUM, !programme->minimum.count,
         "It does not say which data is the least that serves its purpose."},
        {AGREEMENT_RULE_PROGRAMME_LEGAL, !programme->legal[0],
         "It does not say what it rests on in law."},
        {AGREEMENT_RULE_PROGRAMME_RECIPIENTS, !programme->recipients[0],
         "It does not say who receives the data."},
    };
    struct arena *arena = &checking->report->arena;
    const char *field = arena_printf(arena, "[programme %s]", programme->id);

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (rows[i].lacking)
            report_add(checking->report, &agreement_rules[rows[i].rule],
                       checking->agreement->file, programme->line, field, NULL, "%s",
                       rows[i].what);
    }
    if (programme->today != TODAY_CURRENT)
        report_add(checking->report, &agreement_rules[AGREEMENT_RULE_ARTICLE_OUTDATED],
                   checking->agreement->file, programme->line, field, NULL, "%s: ‘%s’. Now: %s",
                   standing_today_words(programme->today), programme->title, programme->now);
}

void agreement_check(struct report *report, const struct agreement *agreement,
                     const struct pack *joined, date day)
{
    struct checking checking = {report, agreement, joined, day};

    check_state(&checking);
    check_records(&checking);
    check_wanted(&checking);
    for (size_t i = 0; i < agreement->article_count; i++)
        check_article(&checking, &agreement->article[i]);
    for (size_t i = 0; i < agreement->programme_count; i++)
        check_programme(&checking, &agreement->programme[i]);
}
