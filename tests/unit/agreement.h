/* SPDX-License-Identifier: MIT */
/* What the tests of agreements share: the small agreement of tests/cases, alone, changed, and
 * joined to the small pack. */
#ifndef DISCERN_TESTS_AGREEMENT_H
#define DISCERN_TESTS_AGREEMENT_H

#include "tests/unit/policy.h"

#include "policy/agreement.h"

#define NAME "agreement.ini"

static inline struct agreement *read_agreement(const char *text)
{
    struct agreement *agreement = NULL;
    struct error error = {0};

    if (agreement_read(NAME, text, strlen(text), &agreement, &error))
        fail_with(&error);
    return agreement;
}

static inline struct agreement *small_agreement(void)
{
    char *text = cases_text(NAME);
    struct agreement *agreement = read_agreement(text);

    free(text);
    return agreement;
}

static inline enum status try_join(const char *pack, const char *agreement,
                                   struct pack **ret_pack, struct error *error)
{
    return pack_join("small.ini", pack, strlen(pack), NAME, agreement, strlen(agreement),
                     ret_pack, error);
}

/* The small pack with an agreement of that text. */
static inline struct pack *joined_with(const char *agreement)
{
    char *pack = cases_text("small.ini");
    struct pack *joined = NULL;
    struct error error = {0};

    if (try_join(pack, agreement, &joined, &error))
        fail_with(&error);
    free(pack);
    return joined;
}

static inline struct pack *small_joined(void)
{
    char *agreement = cases_text(NAME);
    struct pack *joined = joined_with(agreement);

    free(agreement);
    return joined;
}

static inline date day(const char *text)
{
    date read = DATE_NONE;

    assert_true(date_parse(text, &read));
    return read;
}

static inline const struct article *find(const struct agreement *agreement,
                                         enum article_kind kind, const char *id)
{
    for (size_t i = 0; i < agreement->article_count; i++) {
        if (agreement->article[i].kind == kind && !strcmp(agreement->article[i].id, id))
            return &agreement->article[i];
    }
    fail_msg("there is no %s '%s'", article_kind_id(kind), id);
    return NULL;
}

#endif
