/* SPDX-License-Identifier: MIT */
/*
 * The published cases: situations of which a regulator, a professional body, a court or a
 * council has said what should have been done. Each, with its facts as given, must end as its
 * source has it, by the rule and for the reasons that reasons.ini names.
 */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "policy/walk.h"
#include "policy/words.h"
#include "record/decision.h"

#define CASES "tests/cases/published"
#define REASONS "reasons.ini"

struct published {
    struct pack *pack;
    struct ini reasons;
    char **name; /* of the files */
    size_t count;
};

static char *source_path(const char *name)
{
    const char *srcdir = getenv("srcdir");

    return path_join(srcdir ? srcdir : ".", name);
}

static void fail_with(const struct error *error)
{
    char line[1200];

    error_line(error, line, sizeof(line));
    fail_msg("%s", line);
}

static int open_cases(void **state)
{
    struct published *published = xcalloc(1, sizeof(*published));
    char *pack = source_path("data/policy/england-safeguarding.ini");
    char *dir = source_path(CASES), *reasons = path_join(dir, REASONS);
    struct error error = {0};
    struct buf text = {0};

    if (file_read(pack, INI_FILE_MAX, &text, &error) ||
        pack_read(pack, buf_text(&text), text.length, &published->pack, &error) ||
        ini_load(reasons, &published->reasons, &error) ||
        file_list(dir, ".ini", &published->name, &published->count, &error))
        fail_with(&error);
    buf_release(&text);
    free(reasons);
    free(dir);
    free(pack);
    *state = published;
    return 0;
}

static int close_cases(void **state)
{
    struct published *published = *state;

    ini_release(&published->reasons);
    pack_free(published->pack);
    free(published->name);
    free(published);
    return 0;
}

/* --- one case ----------------------------------------------------------------------------- */

/* Whether the finding holds; for a kind of finding, whether any of it does. */
static bool is_found(const char *name, const struct walk *walk, const char *id)
{
    size_t finding = pack_find_finding(walk->pack, id);
    bool known = finding != PACK_NONE, found = false;

    for (size_t i = 0; i < walk->pack->finding_count; i++) {
        bool meant = finding == i || !strcmp(finding_kind_id(walk->pack->finding[i].kind), id);

        known |= meant;
        found |= meant && walk_finding(walk, i) == TRUTH_TRUE;
    }
    if (!known)
        fail_msg("%s: there is no finding '%s'", name, id);
    return found;
}

/* The findings of a list must hold, or must not. */
static void check_findings(const char *name, const struct walk *walk, const char *list,
                           bool wanted)
{
    struct arena arena = {0};
    const char *rest = *list ? list : NULL;

    for (char *id = next_name(&arena, &rest); id; id = next_name(&arena, &rest))
        if (is_found(name, walk, id) != wanted)
            fail_msg("%s: '%s' should%s be found", name, id, wanted ? "" : " not");
    arena_release(&arena);
}

static void check_walk(const struct published *published, const char *name,
                       const struct answer_file *head, const struct walk *walk)
{
    char *stem = xstrndup(name, strlen(name) - strlen(".ini"));
    const struct ini *reasons = &published->reasons;
    const struct ini_section *section = ini_find_section(reasons, stem);
    const struct outcome_rule *rule;

    if (!section)
        fail_msg("%s: " REASONS " does not say why it ends as it does", name);
    if (!walk->ready)
        fail_msg("%s: it leaves a question open", name);
    rule = &walk->pack->outcome[walk->outcome];
    if (!head->expects || rule->recommends != head->expect)
        fail_msg("%s: it ends in %s by [outcome %s]", name, outcome_id(rule->recommends),
                 rule->id);
    if (strcmp(rule->id, ini_value(reasons, section, "rule", "")))
        fail_msg("%s: it ends by [outcome %s]", name, rule->id);
    check_findings(name, walk, ini_value(reasons, section, "finds", ""), true);
    check_findings(name, walk, ini_value(reasons, section, "finds-not", ""), false);
    free(stem);
}

static void check_case(const struct published *published, const char *name)
{
    static const unsigned char random[REFERENCE_RANDOM];
    char *dir = source_path(CASES), *path = path_join(dir, name);
    struct decision decision = {0};
    struct answer_file head;
    struct error error = {0};
    struct walk walk = {0};
    struct ini ini;

    if (ini_load(path, &ini, &error) || answer_file_head(&ini, &head, &error) ||
        pack_in_force(published->pack, head.day, &error))
        fail_with(&error);
    assert_string_equal(head.pack, published->pack->id);
    decision_init(&decision, published->pack, head.day, (struct moment){0}, random);
    if (answer_file_apply(&ini, &decision, &error))
        fail_with(&error);
    walk_init(&walk, &decision.answers, decision.day);
    check_walk(published, name, &head, &walk);
    walk_release(&walk);
    decision_release(&decision);
    ini_release(&ini);
    free(path);
    free(dir);
}

/* --- tests -------------------------------------------------------------------------------- */

static void test_each_case_ends_as_its_source_has_it(void **state)
{
    const struct published *published = *state;

    for (size_t i = 0; i < published->count; i++)
        if (strcmp(published->name[i], REASONS))
            check_case(published, published->name[i]);
}

/* A reason without its case would be checked of nothing. */
static void test_each_reason_has_its_case(void **state)
{
    const struct published *published = *state;

    assert_int_equal(published->reasons.section_count, published->count - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_case_ends_as_its_source_has_it),
        cmocka_unit_test(test_each_reason_has_its_case),
    };

    return cmocka_run_group_tests(tests, open_cases, close_cases);
}
