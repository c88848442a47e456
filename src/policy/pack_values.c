/* SPDX-License-Identifier: MIT */
/* Readers of single values of a pack. Each reads the key that the reader is at. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "policy/pack_reader.h"
#include "policy/words.h"

static char *keep_text(struct reader *reader, const char *text)
{
    return arena_strdup(&reader->pack->arena, text);
}

enum status read_text(struct reader *reader, void *at)
{
    *(const char **)at = keep_text(reader, reader->key->value);
    return STATUS_OK;
}

enum status read_words(struct reader *reader, void *at)
{
    if (!reader->key->value[0])
        return reader_fail(reader, "Write the words after the =.", "This has no words.");
    return read_text(reader, at);
}

enum status read_nothing(struct reader *reader, void *at)
{
    const char *unused;

    (void)at;
    return read_words(reader, &unused);
}

enum status read_id(struct reader *reader, void *at)
{
    enum status status = reader_check_id(reader, reader->key->value);

    return status ? status : read_text(reader, at);
}

enum status read_day(struct reader *reader, void *at)
{
    const char *value = reader->key->value;
    char again[DATE_SIZE] = "";
    date day = DATE_NONE;

    if (value[0]) {
        /* Packs write days in one way only. */
        if (date_parse(value, &day))
            date_iso(day, again);
        if (strcmp(again, value))
            return reader_fail(reader, "Write the day as in 2026-09-30.",
                               "'%s' is not a day of the calendar.", value);
    }
    *(date *)at = day;
    return STATUS_OK;
}

/* A whole number from 1 to 9999 at the front of `text`; *ret_end is what follows it. */
static bool take_number(const char *text, int *ret_number, const char **ret_end)
{
    int number = 0;
    const char *at = text;

    while (*at >= '0' && *at <= '9' && at - text < 4)
        number = number * 10 + (*at++ - '0');
    if (number == 0 || (*at >= '0' && *at <= '9'))
        return false;
    *ret_number = number;
    *ret_end = at;
    return true;
}

enum status read_number(struct reader *reader, void *at)
{
    const char *end;
    int number = 0;

    if (!take_number(reader->key->value, &number, &end) || *end)
        return reader_fail(reader, "Write a number, 1 or more.", "'%s' is not such a number.",
                           reader->key->value);
    *(int *)at = number;
    return STATUS_OK;
}

enum status read_yes_no(struct reader *reader, void *at)
{
    const char *value = reader->key->value;

    if (strcmp(value, "yes") && strcmp(value, "no"))
        return reader_fail(reader, "Write yes or no.", "'%s' is neither yes nor no.", value);
    *(bool *)at = !strcmp(value, "yes");
    return STATUS_OK;
}

enum status reader_amount(struct reader *reader, const char *const *units, size_t count,
                          int *ret_number, size_t *ret_unit)
{
    const char *unit;
    size_t length;
    int number = 0;

    if (take_number(reader->key->value, &number, &unit) && *unit++ == ' ') {
        length = strlen(unit);
        for (size_t i = 0; i < count; i++) {
            size_t singular = strlen(units[i]);
            bool plural = length == singular + 1 && unit[singular] == 's';

            if (!strncmp(unit, units[i], singular) && (length == singular || plural)) {
                *ret_number = number;
                *ret_unit = i;
                return STATUS_OK;
            }
        }
    }
    return reader_fail(reader, "Write a number and a unit, as in '3 months'.",
                       "'%s' is not a length of time that fits here.", reader->key->value);
}

enum status read_months(struct reader *reader, void *at)
{
    static const char *const units[] = {"month", "year"};
    enum status status;
    int number = 0;
    size_t unit = 0;

    status = reader_amount(reader, units, COUNT(units), &number, &unit);
    if (!status)
        *(int *)at = unit ? number * 12 : number;
    return status;
}

enum status reader_paragraphs(struct reader *reader, const char *name, const char *first,
                              struct paragraphs *ret_paragraphs)
{
    const struct ini_section *here = reader->section;
    const char **list = arena_alloc(&reader->pack->arena, here->count * sizeof(*list));
    size_t length = strlen(name), count = 0;
    char wanted[32], remedy[80];

    snprintf(wanted, sizeof(wanted), "%s", first);
    snprintf(remedy, sizeof(remedy), "Number them %s, %s.2, %s.3 and so on.", first, name,
             name);
    for (size_t i = here->first; i < here->first + here->count; i++) {
        const struct ini_key *key = &reader->ini->key[i];

        if (strncmp(key->name, name, length) || (key->name[length] && key->name[length] != '.'))
            continue;
        reader->key = key;
        if (strcmp(key->name, wanted))
            return reader_fail(reader, remedy, "Here the paragraph '%s' should stand.", wanted);
        list[count++] = keep_text(reader, key->value);
        snprintf(wanted, sizeof(wanted), "%s.%zu", name, count + 1);
    }
    reader->key = NULL;
    *ret_paragraphs = (struct paragraphs){list, count};
    return STATUS_OK;
}

static size_t find_source(const struct pack *pack, const char *id)
{
    for (size_t i = 0; i < pack->source_count; i++) {
        if (!strcmp(pack->source[i].id, id))
            return i;
    }
    return PACK_NONE;
}

/* "source" or "source:locator" */
static enum status read_citation(struct reader *reader, char *text,
                                 struct citation *ret_citation)
{
    const struct pack *pack = reader->pack;
    struct suggest suggest = {.wrong = text};
    char *colon = strchr(text, ':');
    struct citation citation = {.locator = ""};

    if (colon) {
        *colon = '\0';
        citation.locator = colon + 1;
        if (!citation.locator[0])
            return reader_fail(reader, "Write the place after the colon, or leave it out.",
                               "The citation of '%s' does not say where in it.", text);
    }
    citation.source = find_source(pack, text);
    if (citation.source == PACK_NONE) {
        for (size_t i = 0; i < pack->source_count; i++)
            suggest_offer(&suggest, pack->source[i].id);
        return reader_fail_near(reader, &suggest, "Add a section for that source.",
                                "There is no source '%s'.", text);
    }
    *ret_citation = citation;
    return STATUS_OK;
}

enum status read_citations(struct reader *reader, void *at)
{
    struct citations *citations = at;
    struct arena *arena = &reader->pack->arena;
    const char *rest = reader->key->value;
    struct citation *list;
    size_t count = 1, used = 0;
    enum status status = STATUS_OK;

    for (const char *comma = rest; (comma = strchr(comma, ',')); comma++)
        count++;
    list = arena_alloc(arena, count * sizeof(*list));
    for (char *text = next_name(arena, &rest); text && !status; text = next_name(arena, &rest))
        status = read_citation(reader, text, &list[used++]);
    if (!status)
        *citations = (struct citations){list, count};
    return status;
}

enum status reader_condition(struct reader *reader, bool with_outcome,
                             const struct condition **ret_condition)
{
    char field[ID_MAX * 3];

    snprintf(field, sizeof(field), "[%s] %s", reader->section->name, reader->key->name);
    return condition_parse(reader->key->value, reader->pack, reader->limit, with_outcome,
                           reader->section->file, reader->key->line, field,
                           &reader->pack->arena, ret_condition, reader->error);
}

enum status read_condition(struct reader *reader, void *at)
{
    return reader_condition(reader, false, at);
}

/* One of `count` names; `noun` says what they are in errors. */
static enum status find_word(struct reader *reader, const char *word,
                             const char *(*name)(size_t), size_t count, const char *noun,
                             size_t *ret_number)
{
    struct suggest suggest = {.wrong = word};

    for (size_t i = 0; i < count; i++) {
        if (!strcmp(name(i), word)) {
            *ret_number = i;
            return STATUS_OK;
        }
        suggest_offer(&suggest, name(i));
    }
    return reader_fail_near(reader, &suggest, "Use one of those that discern-policy(5) lists.",
                            "'%s' is not %s.", word, noun);
}

enum status reader_word(struct reader *reader, const char *(*name)(size_t), size_t count,
                        const char *noun, size_t *ret_number)
{
    return find_word(reader, reader->key->value, name, count, noun, ret_number);
}

static const char *outcome_name(size_t number)
{
    return outcome_id((enum outcome)number);
}

enum status read_outcome(struct reader *reader, void *at)
{
    size_t number = 0;
    enum status status =
        reader_word(reader, outcome_name, OUTCOME_COUNT, "an outcome", &number);

    if (!status)
        *(enum outcome *)at = (enum outcome)number;
    return status;
}

enum status read_outcomes(struct reader *reader, void *at)
{
    struct arena *arena = &reader->pack->arena;
    const char *rest = reader->key->value;
    unsigned all = 0;
    size_t number = 0;
    enum status status = STATUS_OK;

    for (char *word = next_name(arena, &rest); word && !status;
         word = next_name(arena, &rest)) {
        status = find_word(reader, word, outcome_name, OUTCOME_COUNT, "an outcome", &number);
        all |= 1u << number;
    }
    if (!status)
        *(unsigned *)at = all;
    return status;
}

enum status reader_warning(struct reader *reader, int hours, int warn_hours)
{
    if (warn_hours == 0 || warn_hours < hours)
        return STATUS_OK;
    reader->key = ini_find(reader->ini, reader->section, "warn");
    return reader_fail(reader, "Write how many hours are left when the warning begins.",
                       "The warning of this clock begins before the clock does.");
}
