/* SPDX-License-Identifier: MIT */
/* The outcome table, looked up both ways. Knows nothing of packs. */
#include "policy/outcome.h"

#include <string.h>

#include "base/mem.h"

static const struct {
    const char *id, *words;
    bool shares;
} table[] = {
#define X(name, id, words, shares) [OUTCOME_##name] = {id, words, shares},
    OUTCOME_TABLE(X)
#undef X
};

const char *outcome_id(enum outcome outcome)
{
    return table[outcome].id;
}

const char *outcome_words(enum outcome outcome)
{
    return table[outcome].words;
}

bool outcome_shares(enum outcome outcome)
{
    return table[outcome].shares;
}

bool outcome_parse(const char *id, enum outcome *ret_outcome)
{
    for (size_t i = 0; i < COUNT(table); i++) {
        if (!strcmp(table[i].id, id)) {
            *ret_outcome = (enum outcome)i;
            return true;
        }
    }
    return false;
}
