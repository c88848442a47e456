/* SPDX-License-Identifier: MIT */
/* What proves the register to those who do not trust whoever runs it: chains that were changed
 * behind its back are named. */
#include "tests/register/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct rig rig;
static struct error error;

#define assert_ok(call)                                                                        \
    do {                                                                                       \
        if ((call) != STATUS_OK)                                                               \
            fail_msg("%s: %s %s", #call, error.what, error.remedy);                            \
    } while (0)

/* --- What tests share --------------------------------------------------------------------- */

/* Receives the entries after `since` to the newest. */
static struct received send_rest(const struct team *team, int64_t since)
{
    struct received received = {0};
    struct buf plain = {0}, sealed = {0}, receipt = {0};

    team_plain(&rig, team, since, team->count, true, &plain);
    team_seal(&rig, team, &plain, &sealed);
    assert_ok(register_receive(&rig.county, &rig.desk, &sealed, &received, &receipt, &error));
    buf_release(&plain);
    buf_release(&sealed);
    buf_release(&receipt);
    return received;
}

/* A team with records at 3 to 5, the first of which is erased by 6. */
static void team_send(struct team *team, int number)
{
    team_make(&rig, team, true);
    for (int i = 0; i < 3; i++)
        team_record(team, number + i, "Proof");
    team_add(team, "erasure", "", "{\"kind\":\"erasure\",\"schema\":1,\"sequences\":[3]}");
    assert_true(send_rest(team, 0).taken);
}

/* --- Verifying ---------------------------------------------------------------------------- */

/* Of what is printed, the line of a team must have `words` in it. */
static void assert_verified(const struct team *team, enum status status, const char *words)
{
    struct county county = rig_as(&rig, "discern_reader");
    char *text = NULL, *line;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    assert_int_equal(register_verify(&county, out, &error), status);
    fclose(out);
    line = strstr(text, team->id);
    assert_non_null(line);
    line[strcspn(line, "\n")] = '\0';
    if (!strstr(line, words))
        fail_msg("'%s' is not in: %s", words, line);
    free(text);
    county_close(&county);
}

/* As only the owner can: triggers and the rules between tables are off. */
static void tamper(const struct team *team, const char *sql)
{
    const char *at = strstr(sql, "TEAM");
    char *all = xasprintf("SET session_replication_role = replica; %.*s'%s'%s; "
                          "SET session_replication_role = origin",
                          (int)(at - sql), sql, team->id, at + 4);

    assert_ok(county_run(&rig.county, all, &error));
    free(all);
}

/* Each in a chain of its own; one that nobody touched stays whole among them. */
static void names_what_was_changed(void **state)
{
    static const struct {
        const char *sql, *words;
    } changes[] = {
        {"UPDATE body SET body = replace(body, 'Proof', 'Lies!') WHERE store = TEAM AND seq = 4",
         "wrong at entry 4. Entry 4 is not as it was signed: its body has another fingerprint"},
        {"DELETE FROM body WHERE store = TEAM AND seq = 5",
         "wrong at entry 5. Its body is gone, and no erasure names it"},
        {"DELETE FROM entry WHERE store = TEAM AND seq = 4", "wrong at entry 4. It is missing"},
        {"DELETE FROM entry WHERE store = TEAM AND seq = 6", "wrong at entry 6. It is missing"},
        {"UPDATE entry e SET signature = o.signature FROM entry o WHERE e.store = TEAM "
         "AND o.store = e.store AND (e.seq, o.seq) IN ((4, 5), (5, 4))",
         "wrong at entry 4. Entry 4 is not as it was signed: its signature does not hold"},
        {"UPDATE entry SET head = replace(head, '\"zone\":0', '\"zone\":60') "
         "WHERE store = TEAM AND seq = 5",
         "wrong at entry 5. Entry 5 is not as it was signed: its signature does not hold"},
        {"UPDATE place SET link = sha256('') WHERE store = TEAM AND seq = 5",
         "wrong at entry 5. Its place has another link"},
        {"DELETE FROM erased WHERE store = TEAM AND seq = 3",
         "wrong at entry 3. Its body is gone, and no erasure names it"},
        {"INSERT INTO erased SELECT store, 1, 6 FROM entry WHERE store = TEAM AND seq = 6",
         "wrong at entry 1. It was erased, and its body is there"},
        {"UPDATE erased SET by_seq = 5 WHERE store = TEAM AND seq = 3",
         "wrong at entry 3. It is held as erased, and that erasure does not name it"},
        {"UPDATE bundle SET head_link = sha256('') WHERE store = TEAM AND head_count = 6",
         "wrong at entry 7. The bundles have another link before it"},
        {"DELETE FROM bundle WHERE store = TEAM AND head_count = 6",
         "wrong at entry 7. No bundle brought the entry before it"},
    };
    struct team whole;
    (void)state;

    team_send(&whole, 1);
    assert_verified(&whole, STATUS_OK, "): 6 entries, whole. Head ");
    for (size_t i = 0; i < COUNT(changes); i++) {
        struct team team;

        team_send(&team, 1);
        tamper(&team, changes[i].sql);
        assert_verified(&team, STATUS_DAMAGED, changes[i].words);
        team_release(&team);
    }
    assert_verified(&whole, STATUS_DAMAGED, "): 6 entries, whole. Head ");
    team_release(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_what_was_changed),
    };
    char *why = rig_start(&rig);
    int failed;

    if (why) {
        printf("1..0 # SKIP %s\n", why);
        free(why);
        return 0;
    }
    failed = cmocka_run_group_tests_name("register proof", tests, NULL, NULL);
    rig_stop(&rig);
    return failed;
}
