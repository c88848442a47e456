/* SPDX-License-Identifier: MIT */
/* Walks written as lines of tests/cases/NAME.txt, through the pack NAME.ini beside it: answers,
 * an arrow, and what they give. The file says how. */
#include "tests/unit/policy.h"

#include "policy/walk.h"

static size_t finding(const struct pack *pack, const char *id)
{
    size_t number = pack_find_finding(pack, id);

    if (number == PACK_NONE)
        fail_msg("there is no finding '%s'", id);
    return number;
}

/* Whether one word after the outcome is true of the walk. */
static bool word_holds(const struct walk *walk, const char *word)
{
    const struct pack *pack = walk->pack;

    if (word[0] == '+')
        return walk_finding(walk, finding(pack, word + 1)) == TRUTH_TRUE;
    if (word[0] == '-')
        return walk_finding(walk, finding(pack, word + 1)) == TRUTH_FALSE;
    if (!strncmp(word, "next=", 5))
        return walk->next != WALK_NONE && !strcmp(pack->question[walk->next].id, word + 5);
    return !strcmp(word, "ready") && walk->ready;
}

/* What is expected and does not hold, or NULL. A walk is ready, or has nothing left to ask,
 * only where the line says so. */
static const char *first_wrong(const struct walk *walk, char *expected)
{
    char *rest = expected, *word = strsep(&rest, " ");
    const char *outcome =
        walk->outcome == WALK_NONE ? "open" : walk->pack->outcome[walk->outcome].id;
    bool ready = false, next = false;

    if (strcmp(word, outcome))
        return outcome;
    while ((word = strsep(&rest, " "))) {
        if (!word_holds(walk, word))
            return word;
        ready = ready || !strcmp(word, "ready");
        next = next || !strncmp(word, "next=", 5);
    }
    if (walk->ready != ready)
        return "ready";
    return (walk->next != WALK_NONE) == next ? NULL : "next";
}

/* Walks one line; tells, and is false, if it gives something else. */
static bool line_holds(const struct pack *pack, const char *line)
{
    char *copy = xstrdup(line), *given = copy, *arrow = strstr(copy, "->");
    struct answers answers;
    struct walk walk;
    date day = pack->from;
    const char *wrong;

    if (!arrow)
        fail_msg("there is no arrow in '%s'", line);
    *arrow = '\0';
    if (given[0] >= '0' && given[0] <= '9') {
        given[10] = '\0';
        assert_true(date_parse(given, &day));
        given += 11;
    }
    answers_init(&answers, pack);
    give(&answers, given);
    walk_init(&walk, &answers, day);
    wrong = first_wrong(&walk, trimmed(arrow + 2));
    if (wrong)
        print_error("%s: not so: %s\n", line, wrong);
    walk_release(&walk);
    answers_release(&answers);
    free(copy);
    return !wrong;
}

static void test_small(void **state)
{
    struct pack *pack = cases_pack("small.ini");
    char *text = cases_text("small.txt"), *rest = text, *line;
    size_t wrong = 0, lines = 0;

    (void)state;
    while ((line = strsep(&rest, "\n"))) {
        line = trimmed(line);
        if (!*line || *line == '#')
            continue;
        lines++;
        wrong += !line_holds(pack, line);
    }
    assert_int_equal(wrong, 0);
    assert_true(lines > 10);
    free(text);
    pack_free(pack);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_small)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
