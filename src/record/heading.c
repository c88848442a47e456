/* SPDX-License-Identifier: MIT */
/* From a heading to a decision. */
#include "record/heading.h"

#include "base/mem.h"

enum status heading_check(const struct heading *heading, struct error *error)
{
    char reference[REFERENCE_SIZE];

    if (!reference_read(heading->reference, reference))
        return fail_at(error, STATUS_BAD_DATA, NULL, 0, "reference", NULL,
                       "'%s' is no reference.", heading->reference);
    return STATUS_OK;
}

static char *copy_or_null(const char *text)
{
    return text[0] ? xstrdup(text) : NULL;
}

void heading_give(const struct heading *heading, const struct pack *pack,
                  struct decision *decision)
{
    static const unsigned char none[REFERENCE_RANDOM] = {0};

    decision_init(decision, pack, heading->day, heading->begun, none);
    if (!reference_read(heading->reference, decision->reference))
        die("A reference was not checked.");
    decision->agreement = copy_or_null(heading->agreement);
    decision->programme = copy_or_null(heading->programme);
    decision->stance = heading->stance;
    decision->decided = heading->decided;
    decision->departure = copy_or_null(heading->departure);
    decision->justification = copy_or_null(heading->justification);
    decision->amends = copy_or_null(heading->amends);
    decision->amendment = copy_or_null(heading->amendment);
    decision->sibling_of = copy_or_null(heading->sibling_of);
    decision->practice = heading->practice;
}
