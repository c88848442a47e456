/* SPDX-License-Identifier: MIT */
/* What the proof finds and the pack's owner lets stand: [accept ID]. Whether it is found at all
 * is the proof's to say. */
#include <string.h>

#include "base/mem.h"
#include "policy/pack_reader.h"
#include "policy/proof.h"

static const char *rule_name(size_t number)
{
    return proof_rules[number].id;
}

/* One that could accept that another accepts nothing would never be needed. */
static enum status read_rule(struct reader *reader, void *at)
{
    size_t number = 0;
    enum status status =
        reader_word(reader, rule_name, PROOF_RULE_COUNT, "a rule of the check", &number);

    if (!status && number == PROOF_ACCEPT_UNUSED)
        status = reader_fail(reader, "Delete what accepts nothing instead.",
                             "'%s' cannot be accepted.", reader->key->value);
    if (!status)
        *(const char **)at = proof_rules[number].id;
    return status;
}

#define AT(member) offsetof(struct accept, member)
static const struct key_rule keys[] = {
    {"rule", read_rule, AT(rule), PASS_NAMES, true},
    {"where", read_text, AT(where), PASS_NAMES, true},
    {"because", read_text, AT(because), PASS_NAMES, true},
};

const struct section_rule accept_section = {
    .name = "accept",
    .size = sizeof(struct accept),
    .id_offset = AT(id),
    .line_offset = AT(line),
    .has_id = true,
    .keys = keys,
    .key_count = COUNT(keys),
};
#undef AT
