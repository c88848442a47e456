/* SPDX-License-Identifier: MIT */
/* The sections of a pack that say what it is and what it rests on: [pack], [source ID],
 * [step ID]. */
#include <string.h>

#include "base/mem.h"
#include "policy/pack_reader.h"

/* --- [pack] ------------------------------------------------------------------------------ */

static enum status read_kind(struct reader *reader, void *at)
{
    (void)at;
    if (strcmp(reader->key->value, "policy"))
        return reader_fail(
            reader, "Write 'policy', or use this file where its kind is asked for.",
            "This is not a policy pack but one of kind '%s'.", reader->key->value);
    return STATUS_OK;
}

static enum status finish_pack(struct reader *reader, void *at)
{
    const struct pack *pack = at;

    if (pack->until != DATE_NONE && pack->until <= pack->from) {
        reader->key = ini_find(reader->ini, reader->section, "until");
        return reader_fail(reader, "Write the first day on which it is no longer in force.",
                           "The pack ends before it begins.");
    }
    if (pack->most_questions < pack->urgent_questions) {
        reader->key = ini_find(reader->ini, reader->section, "most-questions");
        return reader_fail(reader, "Raise it to at least that number.",
                           "This is fewer than urgent-questions.");
    }
    return STATUS_OK;
}

#define AT(member) offsetof(struct pack, member)
static const struct key_rule pack_keys[] = {
    {"kind", read_kind, 0, PASS_NAMES, true},
    {"id", read_id, AT(id), PASS_NAMES, true},
    {"version", read_text, AT(version), PASS_NAMES, true},
    {"title", read_text, AT(title), PASS_NAMES, true},
    {"owner", read_text, AT(owner), PASS_NAMES, true},
    {"jurisdiction", read_text, AT(jurisdiction), PASS_NAMES, true},
    {"from", read_day, AT(from), PASS_NAMES, true},
    {"until", read_day, AT(until), PASS_NAMES, false},
    {"review-by", read_day, AT(review_by), PASS_NAMES, true},
    {"changed", read_text, AT(changed), PASS_NAMES, true},
    {"urgent-questions", read_number, AT(urgent_questions), PASS_NAMES, true},
    {"most-questions", read_number, AT(most_questions), PASS_NAMES, true},
};
#undef AT

const struct section_rule pack_section = {
    .name = "pack",
    .size = sizeof(struct pack),
    .keys = pack_keys,
    .key_count = COUNT(pack_keys),
    .finish = {[PASS_NAMES] = finish_pack},
};

/* --- [source ID] ------------------------------------------------------------------------- */

#define AT(member) offsetof(struct source, member)
static const struct key_rule source_keys[] = {
    {"title", read_text, AT(title), PASS_NAMES, true},
    {"at", read_text, AT(at), PASS_NAMES, true},
    {"checked", read_day, AT(checked), PASS_NAMES, true},
    {"review-by", read_day, AT(review_by), PASS_NAMES, true},
    {"verify", read_yes_no, AT(verify), PASS_NAMES, false},
    {"note", read_text, AT(note), PASS_NAMES, false},
};

const struct section_rule source_section = {
    .name = "source",
    .size = sizeof(struct source),
    .id_offset = AT(id),
    .line_offset = AT(line),
    .has_id = true,
    .keys = source_keys,
    .key_count = COUNT(source_keys),
};
#undef AT

/* --- [step ID] --------------------------------------------------------------------------- */

#define AT(member) offsetof(struct step, member)
static const struct key_rule step_keys[] = {
    {"title", read_text, AT(title), PASS_NAMES, true},
};

const struct section_rule step_section = {
    .name = "step",
    .size = sizeof(struct step),
    .id_offset = AT(id),
    .line_offset = AT(line),
    .has_id = true,
    .keys = step_keys,
    .key_count = COUNT(step_keys),
};
#undef AT
