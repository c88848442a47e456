/* SPDX-License-Identifier: MIT */
/* `discern agreement show`: an agreement on paper, all of it, with what of it is past. */
#include <string.h>

#include "command/print.h"
#include "command/subcommands.h"

#define INDENT 2
#define WITHIN 4

/* An entry, unless there is nothing to say. */
static void print_said(struct context *context, int indent, const char *label, const char *text)
{
    if (text[0])
        print_entry(context->out, indent, label, text);
}

static void print_day(struct context *context, int indent, const char *label, date day)
{
    char words[DATE_WORDS_SIZE];

    date_words(day, words);
    print_said(context, indent, label, words);
}

/* Paragraphs with a newline between them, one entry each. */
static void print_says(struct context *context, const char *says)
{
    while (says[0]) {
        size_t length = strcspn(says, "\n");

        print_entry(context->out, WITHIN, "Says", arena_strndup(&context->arena, says, length));
        says += length + (says[length] == '\n');
    }
}

static void print_today(struct context *context, enum standing_today today, const char *now)
{
    if (today == TODAY_CURRENT)
        return;
    print_entry(context->out, WITHIN, "Today", standing_today_words(today));
    print_entry(context->out, WITHIN, "Now", now);
}

/* --- articles ---------------------------------------------------------------------------- */

static void print_party(struct context *context, const struct article *party)
{
    print_said(context, WITHIN, "Kind", party->party_kind);
    if (party->from == DATE_NONE)
        print_entry(context->out, WITHIN, "Signed", "no day is given");
    print_day(context, WITHIN, "Signed", party->from);
    print_day(context, WITHIN, "Left", party->until);
}

static void print_met_by(struct context *context, const struct article *article)
{
    static const char *const nouns[] = {[MET_BY_QUESTION] = "the question",
                                        [MET_BY_FINDING] = "the finding",
                                        [MET_BY_RECORD] = "what the record keeps as"};

    if (article->met != MET_BY_NOTHING)
        print_entry(
            context->out, WITHIN, "Shown in a decision by",
            arena_printf(&context->arena, "%s ‘%s’", nouns[article->met], article->met_name));
}

static void print_article(struct context *context, const struct article *article)
{
    print_entry(context->out, INDENT, article->id, article->title);
    print_said(context, WITHIN, "Clause", article->clause);
    print_says(context, article->says);
    if (article->kind == ARTICLE_PARTY)
        print_party(context, article);
    if (article->hours)
        print_entry(context->out, WITHIN, "Within",
                    arena_printf(&context->arena, "%d hours of when anybody became aware",
                                 article->hours));
    print_met_by(context, article);
    print_today(context, article->today, article->now);
}

static void print_articles(struct context *context, const struct agreement *agreement,
                           enum article_kind kind)
{
    bool begun = false;

    for (size_t i = 0; i < agreement->article_count; i++) {
        if (agreement->article[i].kind != kind)
            continue;
        if (!begun)
            fprintf(context->out, "\n%s\n", article_kind_words(kind));
        begun = true;
        print_article(context, &agreement->article[i]);
    }
}

static void print_programme(struct context *context, const struct programme *programme)
{
    print_entry(context->out, INDENT, programme->id, programme->title);
    print_said(context, WITHIN, "Clause", programme->clause);
    print_entry(context->out, WITHIN, "Purpose", programme->purpose);
    print_says(context, programme->says);
    print_said(context, WITHIN, "In law", programme->legal);
    print_said(context, WITHIN, "Recipients", programme->recipients);
    print_entry(context->out, WITHIN, "How often",
                programme->repeat ? "repeat sharing" : "one sharing at a time");
    for (size_t i = 0; i < programme->minimum.count; i++)
        print_entry(context->out, WITHIN, "Minimum data", programme->minimum.list[i]);
    print_today(context, programme->today, programme->now);
}

/* --- the whole --------------------------------------------------------------------------- */

static void print_head(struct context *context, const struct agreement *agreement)
{
    enum agreement_state state = agreement_state(agreement, moment_date(context->now));

    print_entry(context->out, 0, agreement->id, agreement->title);
    print_entry(context->out, INDENT, "State", agreement_state_words(state));
    print_day(context, INDENT, "Dated", agreement->dated);
    print_day(context, INDENT, "Review by", agreement->review_by);
    print_day(context, INDENT, "Withdrawn", agreement->withdrawn);
    print_entry(context->out, INDENT, "Owner", agreement->owner);
    print_entry(context->out, INDENT, "Contact", agreement->contact);
    print_entry(context->out, INDENT, "Jurisdiction", agreement->jurisdiction);
    print_said(context, INDENT, "Records of sharing go to", agreement->records_to);
    if (agreement->notice_days)
        print_entry(context->out, INDENT, "Notice of withdrawal",
                    arena_printf(&context->arena, "%d days", agreement->notice_days));
    print_said(context, INDENT, "Note", agreement->note);
}

static void print_added(struct context *context, const struct pack *joined, const char *kind,
                        const char *id, const char *text)
{
    const char *section = arena_printf(&context->arena, "[%s %s]", kind, id);

    if (pack_file_of(joined, section) != joined->file)
        print_entry(context->out, INDENT, arena_printf(&context->arena, "%s %s", kind, id),
                    text);
}

/* What a walk under the agreement has besides what the policy pack has. */
static void print_walk(struct context *context, const struct pack *joined)
{
    if (!joined->added_count)
        return;
    fprintf(context->out, "\nAdded to a decision under this agreement\n");
    for (size_t i = 0; i < joined->question_count; i++)
        print_added(context, joined, "question", joined->question[i].id,
                    joined->question[i].ask);
    for (size_t i = 0; i < joined->finding_count; i++)
        print_added(context, joined, "finding", joined->finding[i].id, joined->finding[i].says);
    for (size_t i = 0; i < joined->never_count; i++)
        print_added(context, joined, "never", joined->never[i].id, joined->never[i].because);
}

enum status command_agreement_show(struct context *context, struct error *error)
{
    const char *pack = context_option(context, "--pack", 0);
    const struct agreement_volume *volume;
    const struct volume *joined;
    enum status status =
        library_agreement(context->library, context->operand[0], &volume, error);

    if (status != STATUS_OK)
        return status;
    if (!pack)
        pack = setting(&context->settings, SETTING_PACK);
    print_head(context, volume->agreement);
    for (size_t i = 0; i < ARTICLE_KIND_COUNT; i++)
        print_articles(context, volume->agreement, (enum article_kind)i);
    if (volume->agreement->programme_count)
        fprintf(context->out, "\nProgrammes\n");
    for (size_t i = 0; i < volume->agreement->programme_count; i++)
        print_programme(context, &volume->agreement->programme[i]);
    status = library_joined(context->library, pack, context->operand[0], &joined, error);
    if (status == STATUS_OK)
        print_walk(context, joined->pack);
    return status;
}
