/* SPDX-License-Identifier: MIT */
/* The tests that live in a pack: [scenario ID], with its answers and what they must give. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "policy/pack_reader.h"
#include "policy/words.h"

static enum status fail_question(struct reader *reader)
{
    struct suggest suggest = {.wrong = reader->suffix};

    for (size_t i = 0; i < reader->pack->question_count; i++)
        suggest_offer(&suggest, reader->pack->question[i].id);
    return reader_fail_near(reader, &suggest, "Name a question of this pack.",
                            "There is no question '%s'.", reader->suffix);
}

static enum status answer_value(struct reader *reader, const struct question *question,
                                bits *ret_value)
{
    char field[ID_MAX * 3];
    const char *value = reader->key->value;
    date day;

    if (!value[0])
        return reader_fail(reader, "Write the answer, or remove the line.",
                           "This answer is empty.");
    if (question->type == QUESTION_DATE && !date_parse(value, &day))
        return reader_fail(reader, "Write the day as in 2026-09-30.",
                           "'%s' is not a day of the calendar.", value);
    if (question_field_count(question->type)) {
        *ret_value = BIT_ANSWERED;
        return STATUS_OK;
    }
    snprintf(field, sizeof(field), "[%s] %s", reader->section->name, reader->key->name);
    return words_bits(question, value, reader->section->file, reader->key->line, field,
                      ret_value, reader->error);
}

static enum status read_answer(struct reader *reader, void *at)
{
    struct scenario *scenario = at;
    struct scenario_answer *list =
        arena_grow(&reader->pack->arena, scenario->answer, scenario->answer_count,
                   scenario->answer_count + 1, sizeof(*list));
    size_t question = pack_find_question(reader->pack, reader->suffix);
    enum status status;
    bits value = 0;

    if (question == PACK_NONE)
        return fail_question(reader);
    status = answer_value(reader, &reader->pack->question[question], &value);
    if (status)
        return status;
    list[scenario->answer_count++] = (struct scenario_answer){question, value};
    scenario->answer = list;
    return STATUS_OK;
}

static enum status fail_finding(struct reader *reader, const char *name)
{
    struct suggest suggest = {.wrong = name};

    for (size_t i = 0; i < reader->pack->finding_count; i++)
        suggest_offer(&suggest, reader->pack->finding[i].id);
    return reader_fail_near(reader, &suggest, "Name a finding of this pack.",
                            "There is no finding '%s'.", name);
}

static enum status read_findings(struct reader *reader, const size_t **ret_list,
                                 size_t *ret_count)
{
    struct arena *arena = &reader->pack->arena;
    const char *rest = reader->key->value;
    size_t *list = arena_alloc(arena, (strlen(rest) + 1) * sizeof(*list)), count = 0;

    if (!*rest)
        return reader_fail(reader, "Write the findings, or remove the line.",
                           "This names no findings.");
    for (char *name = next_name(arena, &rest); name; name = next_name(arena, &rest)) {
        list[count] = pack_find_finding(reader->pack, name);
        if (list[count++] == PACK_NONE)
            return fail_finding(reader, name);
    }
    *ret_list = list;
    *ret_count = count;
    return STATUS_OK;
}

static enum status read_finds(struct reader *reader, void *at)
{
    struct scenario *scenario = at;

    return read_findings(reader, &scenario->finds, &scenario->finds_count);
}

static enum status read_finds_not(struct reader *reader, void *at)
{
    struct scenario *scenario = at;

    return read_findings(reader, &scenario->finds_not, &scenario->finds_not_count);
}

#define AT(member) offsetof(struct scenario, member)
static const struct key_rule keys[] = {
    {"title", read_text, AT(title), PASS_NAMES, true},
    {"date", read_day, AT(day), PASS_NAMES, false},
    {"expect", read_outcome, AT(expect), PASS_NAMES, true},
    {"answer.", read_answer, 0, PASS_LINKS, false},
    {"finds", read_finds, 0, PASS_LINKS, false},
    {"finds-not", read_finds_not, 0, PASS_LINKS, false},
};

const struct section_rule scenario_section = {
    .name = "scenario",
    .size = sizeof(struct scenario),
    .id_offset = AT(id),
    .line_offset = AT(line),
    .has_id = true,
    .keys = keys,
    .key_count = COUNT(keys),
};
#undef AT
