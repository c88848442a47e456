/* SPDX-License-Identifier: MIT */
/* What a pack's owner is shown: every edge, every word, and how easily it reads. */
#include "tests/unit/policy.h"

#include "base/utf8.h"
#include "policy/map.h"

static void draws_every_edge(void **state)
{
    (void)state;
    struct pack *pack = cases_pack("proof.ini");
    struct buf outline = {0}, dot = {0};
    map_outline(pack, &outline);
    map_dot(pack, &dot);
    assert_non_null(strstr(buf_text(&outline), "-> finding override  (harm includes one of"));
    assert_non_null(strstr(buf_text(&outline), "-> question harm.police  (purpose is crime)"));
    assert_non_null(strstr(buf_text(&outline), "-> outcome whole.tell  (agreed is no)"));
    assert_non_null(strstr(buf_text(&dot), "\"agreed\" -> \"harm\" [label=\"agreed is no\"];"));
    assert_non_null(strstr(buf_text(&dot), "\"outcome\" -> \"shared-for-nothing\""));
    buf_release(&outline);
    buf_release(&dot);
    pack_free(pack);
}

static void prints_every_word(void **state)
{
    (void)state;
    struct pack *pack = cases_pack("proof.ini");
    struct buf paper = {0};
    map_print(pack, &paper);
    for (size_t i = 0; i < pack->question_count; i++)
        assert_non_null(strstr(buf_text(&paper), pack->question[i].ask));
    for (size_t i = 0; i < pack->outcome_count; i++)
        assert_non_null(strstr(buf_text(&paper), pack->outcome[i].because));
    for (const char *at = buf_text(&paper); *at;) {
        size_t length = strcspn(at, "\n");
        assert_true(utf8_cells(at, length) <= 80);
        at += length + (at[length] != '\0');
    }
    buf_release(&paper);
    pack_free(pack);
}

static void counts_as_people_do(void **state)
{
    static const char *const times[][2] = {{"proof.ini", "Then within 2 days: Tell them"},
                                           {"proof.ini", "Kept for 300 months."},
                                           {"small.ini", "Then within 24 hours: "},
                                           {"small.ini", "Reviewed after 1 month."}};
    (void)state;
    for (size_t i = 0; i < COUNT(times); i++) {
        struct pack *pack = cases_pack(times[i][0]);
        struct buf paper = {0};
        map_print(pack, &paper);
        assert_non_null(strstr(buf_text(&paper), times[i][1]));
        buf_release(&paper);
        pack_free(pack);
    }
}

static void tells_easy_from_hard(void **state)
{
    (void)state;
    assert_in_range(reading_ease("Is the child safe now? Who is with them?"), 90, 125);
    assert_true(reading_ease("Notwithstanding proportionality considerations, organisational "
                             "accountability necessitates comprehensive documentation.") < 0);
    assert_int_equal(reading_ease(""), 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_every_edge),
        cmocka_unit_test(prints_every_word),
        cmocka_unit_test(counts_as_people_do),
        cmocka_unit_test(tells_easy_from_hard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
