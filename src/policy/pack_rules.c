/* SPDX-License-Identifier: MIT */
/* The sections of a pack that say what follows from answers: [finding ID], [outcome ID],
 * [must ID], [stop ID], [never ID], [retention ID], [clock ID]. */
#include <string.h>

#include "base/mem.h"
#include "policy/pack_reader.h"

/* --- [finding ID] ------------------------------------------------------------------------ */

static const char *kind_name(size_t number)
{
    return finding_kind_id((enum finding_kind)number);
}

static enum status read_finding_kind(struct reader *reader, void *at)
{
    size_t number = 0;
    enum status status =
        reader_word(reader, kind_name, FINDING_KIND_COUNT, "a kind of finding", &number);

    if (!status)
        *(enum finding_kind *)at = (enum finding_kind)number;
    return status;
}

static enum status finish_finding(struct reader *reader, void *at)
{
    struct finding *finding = at;

    finding->rule = reader->limit;
    reader->rule[finding->rule] = (struct rule){false, reader->index};
    if (finding->from != DATE_NONE && finding->until != DATE_NONE &&
        finding->until <= finding->from) {
        reader->key = ini_find(reader->ini, reader->section, "until");
        return reader_fail(reader, "Write the first day on which it no longer holds.",
                           "The finding ends before it begins.");
    }
    return STATUS_OK;
}

#define AT(member) offsetof(struct finding, member)
static const struct key_rule finding_keys[] = {
    {"kind", read_finding_kind, AT(kind), PASS_NAMES, true},
    {"says", read_text, AT(says), PASS_NAMES, true},
    {"cite", read_citations, AT(cite), PASS_NAMES, true},
    {"from", read_day, AT(from), PASS_NAMES, false},
    {"until", read_day, AT(until), PASS_NAMES, false},
    {"when", read_condition, AT(when), PASS_LINKS, false},
};

const struct section_rule finding_section = {
    .name = "finding",
    .size = sizeof(struct finding),
    .id_offset = AT(id),
    .line_offset = AT(line),
    .has_id = true,
    .keys = finding_keys,
    .key_count = COUNT(finding_keys),
    .finish = {[PASS_NAMES] = finish_finding},
};
#undef AT

/* --- [outcome ID] ------------------------------------------------------------------------ */

static enum status read_must(struct reader *reader, void *at)
{
    struct outcome_rule *outcome = at;
    struct arena *arena = &reader->pack->arena;
    struct duty **duty = &reader->duty[reader->index], *last;
    enum status status = reader_check_id(reader, reader->suffix);

    if (status)
        return status;
    if (!*duty)
        *duty = arena_alloc(arena, reader->section->count * sizeof(**duty));
    outcome->must = *duty;
    last = &(*duty)[outcome->must_count++];
    last->id = arena_strdup(arena, reader->suffix);
    last->line = reader->key->line;
    return read_words(reader, &last->text);
}

/* The duty that the suffix of the key names. */
static enum status find_duty(struct reader *reader, const struct outcome_rule *outcome,
                             struct duty **ret_duty)
{
    struct suggest suggest = {.wrong = reader->suffix};

    for (size_t i = 0; i < outcome->must_count; i++) {
        if (!strcmp(outcome->must[i].id, reader->suffix)) {
            *ret_duty = &reader->duty[reader->index][i];
            return STATUS_OK;
        }
        suggest_offer(&suggest, outcome->must[i].id);
    }
    return reader_fail_near(reader, &suggest, "Add a line must.NAME = words for it.",
                            "This outcome has no 'must.%s'.", reader->suffix);
}

/* A month counts as 28 days: what must be done by then is never done late. */
static enum status read_hours(struct reader *reader, void *at)
{
    static const char *const units[] = {"hour", "day", "month"};
    static const int hours[] = {1, 24, 28 * 24};
    size_t unit = 0;
    int number = 0;
    enum status status = reader_amount(reader, units, COUNT(units), &number, &unit);

    if (!status)
        *(int *)at = number * hours[unit];
    return status;
}

static enum status read_by(struct reader *reader, void *at)
{
    struct duty *duty;
    enum status status = find_duty(reader, at, &duty);

    return status ? status : read_hours(reader, &duty->hours);
}

static enum status read_duty_when(struct reader *reader, void *at)
{
    struct duty *duty;
    enum status status = find_duty(reader, at, &duty);

    return status ? status : read_condition(reader, &duty->when);
}

#define AT(member) offsetof(struct outcome_rule, member)
static const struct key_rule outcome_keys[] = {
    {"recommends", read_outcome, AT(recommends), PASS_NAMES, true},
    {"because", read_text, AT(because), PASS_NAMES, true},
    {"cite", read_citations, AT(cite), PASS_NAMES, true},
    {"must.", read_must, 0, PASS_NAMES, false},
    {"review-in", read_months, AT(review_months), PASS_NAMES, false},
    {"countersign", read_yes_no, AT(countersign), PASS_NAMES, false},
    {"by.", read_by, 0, PASS_LINKS, false},
    {"when.", read_duty_when, 0, PASS_LINKS, false},
    {"when", read_condition, AT(when), PASS_LINKS, false},
};

const struct section_rule outcome_section = {
    .name = "outcome",
    .size = sizeof(struct outcome_rule),
    .id_offset = AT(id),
    .line_offset = AT(line),
    .has_id = true,
    .keys = outcome_keys,
    .key_count = COUNT(outcome_keys),
};
#undef AT

/* --- [must ID] --------------------------------------------------------------------------- */

static const char *own_duty(const struct pack *pack, const struct duty *duty)
{
    for (size_t i = 0; i < pack->outcome_count; i++) {
        const struct outcome_rule *rule = &pack->outcome[i];

        for (size_t m = 0; m < rule->must_count; m++) {
            if (duty->after & 1u << rule->recommends && !strcmp(rule->must[m].id, duty->id))
                return rule->id;
        }
    }
    return NULL;
}

static enum status finish_must(struct reader *reader, void *at)
{
    const struct duty *duty = at;
    const char *outcome = own_duty(reader->pack, duty);

    if (outcome)
        return reader_fail(reader, "Choose another name for one of them.",
                           "The outcome '%s' has a 'must.%s' of its own.", outcome, duty->id);
    return STATUS_OK;
}

#define AT(member) offsetof(struct duty, member)
static const struct key_rule must_keys[] = {
    {"says", read_text, AT(text), PASS_NAMES, true},
    {"after", read_outcomes, AT(after), PASS_NAMES, true},
    {"by", read_hours, AT(hours), PASS_NAMES, false},
    {"cite", read_citations, AT(cite), PASS_NAMES, true},
    {"when", read_condition, AT(when), PASS_LINKS, false},
};

const struct section_rule must_section = {
    .name = "must",
    .size = sizeof(struct duty),
    .id_offset = AT(id),
    .line_offset = AT(line),
    .has_id = true,
    .keys = must_keys,
    .key_count = COUNT(must_keys),
    .finish = {[PASS_NAMES] = finish_must},
};
#undef AT

/* --- [stop ID] --------------------------------------------------------------------------- */

#define AT(member) offsetof(struct stop, member)
static const struct key_rule stop_keys[] = {
    {"says", read_text, AT(says), PASS_NAMES, true},
    {"do", read_text, AT(remedy), PASS_NAMES, true},
    {"cite", read_citations, AT(cite), PASS_NAMES, true},
    {"when", read_condition, AT(when), PASS_LINKS, true},
};

const struct section_rule stop_section = {
    .name = "stop",
    .size = sizeof(struct stop),
    .id_offset = AT(id),
    .line_offset = AT(line),
    .has_id = true,
    .keys = stop_keys,
    .key_count = COUNT(stop_keys),
};
#undef AT

/* --- [never ID] -------------------------------------------------------------------------- */

static enum status read_never_when(struct reader *reader, void *at)
{
    return reader_condition(reader, true, at);
}

#define AT(member) offsetof(struct never, member)
static const struct key_rule never_keys[] = {
    {"because", read_text, AT(because), PASS_NAMES, true},
    {"cite", read_citations, AT(cite), PASS_NAMES, true},
    {"when", read_never_when, AT(when), PASS_LINKS, true},
};

const struct section_rule never_section = {
    .name = "never",
    .size = sizeof(struct never),
    .id_offset = AT(id),
    .line_offset = AT(line),
    .has_id = true,
    .keys = never_keys,
    .key_count = COUNT(never_keys),
};
#undef AT

/* --- [retention ID] ---------------------------------------------------------------------- */

static enum status read_keep_for(struct reader *reader, void *at)
{
    if (!strcmp(reader->key->value, "decide"))
        return STATUS_OK;
    return read_months(reader, at);
}

#define AT(member) offsetof(struct retention, member)
static const struct key_rule retention_keys[] = {
    {"title", read_text, AT(title), PASS_NAMES, true},
    {"keep-for", read_keep_for, AT(months), PASS_NAMES, true},
    {"cite", read_citations, AT(cite), PASS_NAMES, false},
    {"when", read_condition, AT(when), PASS_LINKS, false},
};

const struct section_rule retention_section = {
    .name = "retention",
    .size = sizeof(struct retention),
    .id_offset = AT(id),
    .line_offset = AT(line),
    .has_id = true,
    .keys = retention_keys,
    .key_count = COUNT(retention_keys),
};
#undef AT

/* --- [clock ID] -------------------------------------------------------------------------- */

static enum status finish_clock(struct reader *reader, void *at)
{
    const struct clock *clock = at;

    return reader_warning(reader, clock->hours, clock->warn_hours);
}

#define AT(member) offsetof(struct clock, member)
static const struct key_rule clock_keys[] = {
    {"title", read_text, AT(title), PASS_NAMES, true},
    {"hours", read_number, AT(hours), PASS_NAMES, true},
    {"warn", read_number, AT(warn_hours), PASS_NAMES, false},
    {"cite", read_citations, AT(cite), PASS_NAMES, true},
};

const struct section_rule clock_section = {
    .name = "clock",
    .size = sizeof(struct clock),
    .id_offset = AT(id),
    .line_offset = AT(line),
    .has_id = true,
    .keys = clock_keys,
    .key_count = COUNT(clock_keys),
    .finish = {[PASS_NAMES] = finish_clock},
};
#undef AT
