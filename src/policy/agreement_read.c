/* SPDX-License-Identifier: MIT */
/*
 * Reading what an agreement says: one table of keys for [agreement], one for articles of every
 * kind, one for programmes; the driver is that of policy packs. What it adds to a walk is only
 * looked at here as far as the agreement alone can tell; pack_join reads it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "policy/agreement_parts.h"
#include "policy/words.h"

/* --- values ------------------------------------------------------------------------------ */

static enum status read_kind(struct reader *reader, void *at)
{
    (void)at;
    if (strcmp(reader->key->value, "agreement"))
        return reader_fail(reader, "Write 'agreement'.",
                           "This is not an agreement pack but one of kind '%s'.",
                           reader->key->value);
    return STATUS_OK;
}

static const char *today_name(size_t number)
{
    return standing_today_id((enum standing_today)number);
}

static enum status read_today(struct reader *reader, void *at)
{
    size_t number = 0;
    enum status status = reader_word(reader, today_name, TODAY_COUNT,
                                     "a way in which something stands today", &number);

    if (!status)
        *(enum standing_today *)at = (enum standing_today)number;
    return status;
}

static enum status read_met_by(struct reader *reader, void *at)
{
    static const char *const kinds[] = {[MET_BY_QUESTION] = "question:",
                                        [MET_BY_FINDING] = "finding:",
                                        [MET_BY_RECORD] = "record:"};
    const char *value = reader->key->value;
    struct article *article = at;

    for (size_t i = MET_BY_QUESTION; i < COUNT(kinds); i++) {
        size_t length = strlen(kinds[i]);

        if (strncmp(value, kinds[i], length))
            continue;
        article->met = (enum met_by)i;
        article->met_name = arena_strdup(&reader->pack->arena, value + length);
        return reader_check_id(reader, article->met_name);
    }
    return reader_fail(reader,
                       "Write question:NAME or finding:NAME, or record:NAME for something that "
                       "every record keeps.",
                       "'%s' does not say what meets this.", value);
}

/* --- what holds of several keys ---------------------------------------------------------- */

/* The section's paragraphs as one text, a newline between them; "" if it has none. */
static enum status gather_says(struct reader *reader, const char **ret_says)
{
    struct paragraphs paragraphs;
    struct buf text = {0};
    enum status status = reader_paragraphs(reader, "says", "says", &paragraphs);

    if (status)
        return status;
    for (size_t i = 0; i < paragraphs.count; i++)
        buf_printf(&text, "%s%s", i ? "\n" : "", paragraphs.list[i]);
    *ret_says = arena_strdup(&reader->pack->arena, buf_text(&text));
    buf_release(&text);
    return STATUS_OK;
}

/* Makes the key the one that an error is about, if the section has it. */
static bool at_key(struct reader *reader, const char *name)
{
    reader->key = ini_find(reader->ini, reader->section, name);
    return reader->key;
}

static enum status check_now(struct reader *reader, enum standing_today today, const char *now)
{
    if (today != TODAY_CURRENT && !now[0]) {
        at_key(reader, "today");
        return reader_fail(reader, "Add `now`, and say in it what to read or do instead.",
                           "This is %s, but nothing says what holds now.",
                           standing_today_id(today));
    }
    if (today == TODAY_CURRENT && now[0]) {
        at_key(reader, "now");
        return reader_fail(reader,
                           "Add `today`, such as 'today = replaced', or move this into `says`.",
                           "This says what holds now of something that is current.");
    }
    return STATUS_OK;
}

/* Keys that not every kind of article has. */
static enum status check_kind_keys(struct reader *reader, enum article_kind kind)
{
#define KIND(name) (1u << ARTICLE_##name)
    static const struct {
        const char *key, *whose;
        unsigned kinds;
    } rows[] = {
        {"signed", "a party", KIND(PARTY)},
        {"left", "a party", KIND(PARTY)},
        {"sort", "a party", KIND(PARTY)},
        {"hours", "a clock", KIND(CLOCK)},
        {"warn", "a clock", KIND(CLOCK)},
        {"met-by", "a principle, a scope or a commitment",
         KIND(PRINCIPLE) | KIND(SCOPE) | KIND(COMMITMENT)},
    };
#undef KIND

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (!(rows[i].kinds & 1u << kind) && at_key(reader, rows[i].key))
            return reader_fail(reader, "Remove it.", "Only %s has the key '%s'.", rows[i].whose,
                               rows[i].key);
    }
    reader->key = NULL;
    return STATUS_OK;
}

static enum status finish_article(struct reader *reader, void *at)
{
    struct article *article = at;
    enum status status = check_kind_keys(reader, article->kind);

    if (!status)
        status = reader_warning(reader, article->hours, article->warn_hours);
    if (!status)
        status = gather_says(reader, &article->says);
    if (!status)
        status = check_now(reader, article->today, article->now);
    if (status || article->until == DATE_NONE)
        return status;
    if (article->from == DATE_NONE || article->until < article->from) {
        at_key(reader, "left");
        return reader_fail(reader, "Write when it signed as `signed`, and the later day here.",
                           "This party left before it signed.");
    }
    return STATUS_OK;
}

static enum status finish_programme(struct reader *reader, void *at)
{
    struct programme *programme = at;
    enum status status = gather_says(reader, &programme->says);

    if (!status)
        status = check_now(reader, programme->today, programme->now);
    if (!status)
        status = reader_paragraphs(reader, "minimum", "minimum.1", &programme->minimum);
    return status;
}

/* What a document may lack, but not by oversight. */
static enum status finish_agreement(struct reader *reader, void *at)
{
    static const char *const needed[] = {"dated", "review-by"};

    (void)at;
    for (size_t i = 0; i < COUNT(needed); i++) {
        if (!ini_find(reader->ini, reader->section, needed[i]))
            return reader_fail(reader,
                               "Add it, with nothing after the = if the document has no such "
                               "day.",
                               "The key '%s' is missing.", needed[i]);
    }
    return STATUS_OK;
}

/* --- tables ------------------------------------------------------------------------------ */

#define AT(member) offsetof(struct agreement, member)
static const struct key_rule agreement_keys[] = {
    {"kind", read_kind, 0, PASS_NAMES, true},
    {"id", read_id, AT(id), PASS_NAMES, true},
    {"title", read_text, AT(title), PASS_NAMES, true},
    {"owner", read_text, AT(owner), PASS_NAMES, true},
    {"contact", read_text, AT(contact), PASS_NAMES, true},
    {"jurisdiction", read_text, AT(jurisdiction), PASS_NAMES, true},
    {"dated", read_day, AT(dated), PASS_NAMES, false},
    {"review-by", read_day, AT(review_by), PASS_NAMES, false},
    {"withdrawn", read_day, AT(withdrawn), PASS_NAMES, false},
    {"notice-days", read_number, AT(notice_days), PASS_NAMES, false},
    {"records-to", read_text, AT(records_to), PASS_NAMES, false},
    {"note", read_text, AT(note), PASS_NAMES, false},
};
#undef AT

const struct section_rule agreement_section = {
    .name = "agreement",
    .size = sizeof(struct agreement),
    .keys = agreement_keys,
    .key_count = COUNT(agreement_keys),
    .finish = {[PASS_NAMES] = finish_agreement},
};

#define AT(member) offsetof(struct article, member)
static const struct key_rule article_keys[] = {
    {"title", read_text, AT(title), PASS_NAMES, true},
    {"says", read_nothing, 0, PASS_NAMES, false},
    {"says.", read_nothing, 0, PASS_NAMES, false},
    {"clause", read_text, AT(clause), PASS_NAMES, false},
    {"today", read_today, AT(today), PASS_NAMES, false},
    {"now", read_text, AT(now), PASS_NAMES, false},
    {"met-by", read_met_by, 0, PASS_NAMES, false},
    {"signed", read_day, AT(from), PASS_NAMES, false},
    {"left", read_day, AT(until), PASS_NAMES, false},
    {"sort", read_text, AT(party_kind), PASS_NAMES, false},
    {"hours", read_number, AT(hours), PASS_NAMES, false},
    {"warn", read_number, AT(warn_hours), PASS_NAMES, false},
};

static const struct section_rule article_sections[] = {
#define X(name_, id_, words, wanted)                                                           \
    [ARTICLE_##name_] = {.name = id_,                                                          \
                         .size = sizeof(struct article),                                       \
                         .id_offset = AT(id),                                                  \
                         .line_offset = AT(line),                                              \
                         .has_id = true,                                                       \
                         .keys = article_keys,                                                 \
                         .key_count = COUNT(article_keys),                                     \
                         .finish = {[PASS_NAMES] = finish_article}},
    ARTICLE_KIND_TABLE(X)
#undef X
};
#undef AT

#define AT(member) offsetof(struct programme, member)
static const struct key_rule programme_keys[] = {
    {"title", read_text, AT(title), PASS_NAMES, true},
    {"purpose", read_text, AT(purpose), PASS_NAMES, true},
    {"says", read_nothing, 0, PASS_NAMES, false},
    {"says.", read_nothing, 0, PASS_NAMES, false},
    {"clause", read_text, AT(clause), PASS_NAMES, false},
    {"legal", read_text, AT(legal), PASS_NAMES, false},
    {"recipients", read_text, AT(recipients), PASS_NAMES, false},
    {"repeat", read_yes_no, AT(repeat), PASS_NAMES, false},
    {"today", read_today, AT(today), PASS_NAMES, false},
    {"now", read_text, AT(now), PASS_NAMES, false},
    {"minimum.", read_nothing, 0, PASS_NAMES, false},
};

static const struct section_rule programme_section = {
    .name = "programme",
    .size = sizeof(struct programme),
    .id_offset = AT(id),
    .line_offset = AT(line),
    .has_id = true,
    .keys = programme_keys,
    .key_count = COUNT(programme_keys),
    .finish = {[PASS_NAMES] = finish_programme},
};
#undef AT

/* --- sections ---------------------------------------------------------------------------- */

/* Every kind of section in the order in which they may stand; those of one rank in any order.
 */
static const struct {
    const struct section_rule *rule;
    int rank;
} rows[] = {
    {&agreement_section, 0},
    {&source_section, 1},
    {&step_section, 2},
#define X(name, id, words, wanted) {&article_sections[ARTICLE_##name], 3},
    ARTICLE_KIND_TABLE(X)
#undef X
        {&programme_section, 4},
    {&question_section, 5},
    {&finding_section, 5},
    {&must_section, 6},
    {&stop_section, 7},
    {&never_section, 8},
};

#define ROW_ARTICLE 3 /* of the first kind of article */
#define ROW_PROGRAMME (ROW_ARTICLE + ARTICLE_KIND_COUNT)

static enum status row_of(struct reader *reader, size_t *ret_row, const char **ret_id)
{
    const struct section_rule *rules[COUNT(rows)];

    for (size_t i = 0; i < COUNT(rows); i++)
        rules[i] = rows[i].rule;
    return reader_kind(reader, rules, COUNT(rows), ret_row, ret_id);
}

static enum status check_order(struct reader *reader, size_t *last, size_t row)
{
    if (reader->section == reader->ini->section && row != 0)
        return reader_fail(reader, "Begin the file with the section [agreement].",
                           "An agreement pack begins with what it is.");
    if (rows[row].rank < rows[*last].rank)
        return reader_fail(reader,
                           "The order is agreement, sources, steps, articles, programmes, "
                           "questions and findings, musts, stops, nevers.",
                           "A %s cannot stand after a %s.", rows[row].rule->name,
                           rows[*last].rule->name);
    *last = row;
    return STATUS_OK;
}

static bool has_source(const struct ini *ini, const char *id, struct suggest *suggest)
{
    static const char prefix[] = "source ";

    for (size_t i = 0; i < ini->section_count; i++) {
        const char *name = ini->section[i].name;

        if (strncmp(name, prefix, strlen(prefix)))
            continue;
        if (!strcmp(name + strlen(prefix), id))
            return true;
        suggest_offer(suggest, name + strlen(prefix));
    }
    return false;
}

/* What an agreement adds rests on the agreement's own sources: it has to stand whichever policy
 * pack it is joined to. */
static enum status check_citations(struct reader *reader)
{
    struct arena *arena = &reader->pack->arena;
    const char *rest;

    if (!at_key(reader, "cite"))
        return STATUS_OK;
    rest = reader->key->value;
    for (char *id = next_name(arena, &rest); id; id = next_name(arena, &rest)) {
        struct suggest suggest = {.wrong = id};

        id[strcspn(id, ":")] = '\0';
        if (!has_source(reader->ini, id, &suggest))
            return reader_fail_near(reader, &suggest,
                                    "Add a section for that source to this file.",
                                    "This agreement has no source '%s'.", id);
    }
    return STATUS_OK;
}

/* What is being filled. */
struct reading {
    struct reader reader;
    struct agreement *agreement;
    struct article *article;
    struct programme *programme;
};

/* Fills whichever object the section is of, if it is one of the agreement's own. */
static enum status read_section(struct reading *reading, size_t row, const char *id)
{
    struct agreement *agreement = reading->agreement;
    void *object;

    if (row == 0) {
        agreement->line = reading->reader.section->line;
        object = agreement;
    } else if (row >= ROW_ARTICLE && row < ROW_PROGRAMME) {
        struct article *article = &reading->article[agreement->article_count++];

        article->kind = (enum article_kind)(row - ROW_ARTICLE);
        article->met_name = "";
        object = article;
    } else if (row == ROW_PROGRAMME) {
        object = &reading->programme[agreement->programme_count++];
    } else {
        return check_citations(&reading->reader);
    }
    return reader_section(&reading->reader, rows[row].rule, id, PASS_NAMES, object);
}

static enum status read_sections(struct reading *reading)
{
    struct reader *reader = &reading->reader;
    size_t last = 0, row = 0;
    enum status status = STATUS_OK;
    const char *id;

    for (size_t i = 0; i < reader->ini->section_count && !status; i++) {
        reader->section = &reader->ini->section[i];
        reader->key = NULL;
        status = row_of(reader, &row, &id);
        if (!status)
            status = check_order(reader, &last, row);
        if (!status)
            status = read_section(reading, row, id);
    }
    return status;
}

enum status agreement_read_ini(const struct ini *ini, struct agreement **ret_agreement,
                               struct error *error)
{
    struct pack papers = {0}; /* readers keep what they read in the arena of a pack */
    struct reading reading = {.reader = {.ini = ini, .error = error, .pack = &papers}};
    struct agreement *agreement;
    enum status status;

    if (!ini->section_count)
        return fail_at(error, STATUS_BAD_DATA, ini->file, 1, NULL,
                       "Begin the file with the section [agreement].",
                       "This file holds no agreement.");
    agreement = xcalloc(1, sizeof(*agreement));
    reading.agreement = agreement;
    reading.article = arena_alloc(&papers.arena, ini->section_count * sizeof(*reading.article));
    reading.programme =
        arena_alloc(&papers.arena, ini->section_count * sizeof(*reading.programme));
    agreement->file = arena_strdup(&papers.arena, ini->file);
    agreement->article = reading.article;
    agreement->programme = reading.programme;
    status = read_sections(&reading);
    agreement->arena = papers.arena;
    if (status)
        agreement_free(agreement);
    else
        *ret_agreement = agreement;
    return status;
}

enum status agreement_read(const char *name, const char *text, size_t length,
                           struct agreement **ret_agreement, struct error *error)
{
    struct ini ini;
    enum status status = ini_read(name, text, length, &ini, error);

    if (status)
        return status;
    status = agreement_read_ini(&ini, ret_agreement, error);
    ini_release(&ini);
    return status;
}
