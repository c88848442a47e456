/* SPDX-License-Identifier: MIT */
/* What proves the register to those who do not trust whoever runs it: chains that were changed
 * behind its back are named, only certificates that a chain names count, and who receives hides
 * nothing, and over a network the server proves who it is. */
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

/* Seals the entries after `since` to the newest, with the certificate that it has now. */
static struct buf seal_rest(const struct team *team, int64_t since)
{
    struct buf plain = {0}, sealed = {0};

    team_plain(&rig, team, since, team->count, true, &plain);
    team_seal(&rig, team, &plain, &sealed);
    buf_release(&plain);
    return sealed;
}

static struct received receive(struct buf *sealed)
{
    struct received received = {0};
    struct buf receipt = {0};

    assert_ok(register_receive(&rig.county, &rig.desk, sealed, &received, &receipt, &error));
    buf_release(sealed);
    buf_release(&receipt);
    return received;
}

static struct received send_rest(const struct team *team, int64_t since)
{
    struct buf sealed = seal_rest(team, since);

    return receive(&sealed);
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
        {"WITH gone AS (DELETE FROM body WHERE store = TEAM AND seq = 5 RETURNING store) "
         "INSERT INTO erased SELECT store, 5, 6 FROM gone",
         "wrong at entry 5. It is held as erased, and that erasure does not name it"},
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

/* --- Certificates of a store -------------------------------------------------------------- */

static long long receipts_of(const struct team *team)
{
    char sql[120];

    snprintf(sql, sizeof(sql), "SELECT count(*) FROM receipt WHERE store = '%s'", team->id);
    return rig_count(&rig, sql);
}

/* Nobody need admit it again, and what was sealed before and comes late is taken as well. */
static void follows_a_renewed_certificate(void **state)
{
    struct buf late;
    struct team team;
    (void)state;

    team_make(&rig, &team, true);
    assert_true(send_rest(&team, 0).taken);
    team_record(&team, 20, "Late");
    late = seal_rest(&team, 2);
    team_renew(&rig, &team);
    team_record(&team, 21, "Renewed");
    assert_true(send_rest(&team, 2).taken);
    assert_true(receive(&late).taken);
    assert_verified(&team, STATUS_OK, "): 5 entries, whole");
    team_release(&team);
}

/* Who has no certificate of the chain gets an answer and leaves no row. */
static void refuses_what_its_chain_does_not_name(void **state)
{
    struct buf plain = {0}, sealed = {0};
    struct team team, thief;
    struct received received;
    (void)state;

    team_make(&rig, &team, true);
    team_make(&rig, &thief, false);
    assert_true(send_rest(&team, 0).taken);
    team_record(&team, 22, "Stolen");
    team_plain(&rig, &team, 2, team.count, true, &plain);
    team_seal(&rig, &thief, &plain, &sealed);
    received = receive(&sealed);
    assert_false(received.taken);
    assert_int_equal(received.refusal, REFUSAL_REBUILT);
    assert_int_equal(receipts_of(&team), 1);
    buf_release(&plain);
    team_release(&team);
    team_release(&thief);
}

/* A made-up chain under a store's id, which names the certificate that was admitted before its
 * own, vouches for nobody; and whoever runs the register can cut a store off. */
static void believes_no_chain_that_it_did_not_admit(void **state)
{
    struct team team, thief;
    struct received received;
    (void)state;

    team_make(&rig, &team, true);
    team_make(&rig, &thief, false);
    assert_ok(register_admit(&rig.county, thief.id, team.fingerprint, "North", &error));
    snprintf(thief.fingerprint, sizeof(thief.fingerprint), "%s", team.fingerprint);
    team_add(
        &thief, "identity", "",
        arena_printf(&thief.arena, "{\"certificate\":\"%s\",\"schema\":1}", team.fingerprint));
    team_renew(&rig, &thief);
    received = send_rest(&thief, 0);
    assert_false(received.taken);
    assert_int_equal(received.refusal, REFUSAL_UNKNOWN);
    assert_true(send_rest(&team, 0).taken);
    assert_ok(register_admit(&rig.county, team.id, thief.fingerprint, "North", &error));
    team_record(&team, 23, "Cut off");
    received = send_rest(&team, 2);
    assert_false(received.taken);
    assert_int_equal(received.refusal, REFUSAL_UNKNOWN);
    team_release(&team);
    team_release(&thief);
}

/* --- What a receiver may do to what is there ---------------------------------------------- */

/* Takes the statements over. */
static void assert_refused(struct county *county, const char *words, char *sql)
{
    assert_int_not_equal(county_run(county, sql, &error), STATUS_OK);
    if (!strstr(error.what, words))
        fail_msg("'%s' is not in: %s", words, error.what);
    assert_ok(county_run(county, "ROLLBACK", &error));
    free(sql);
}

/* A review that it makes up to hide a decision would stay as well. */
static void lets_no_receiver_hide_a_decision(void **state)
{
    struct county county = rig_as(&rig, "discern_receiver");
    struct team team;
    long long number;
    char sql[200];
    (void)state;

    team_make(&rig, &team, true);
    team_record(&team, 30, "Hidden");
    assert_true(send_rest(&team, 0).taken);
    snprintf(sql, sizeof(sql), "SELECT number FROM decision WHERE store = '%s'", team.id);
    number = rig_count(&rig, sql);
    assert_refused(&county, "Nothing came",
                   xasprintf("SELECT decisions_drop('{%lld}')", number));
    assert_refused(&county, "Nothing came",
                   xasprintf("SELECT decisions_move('{%lld}', '{agreed}')", number));
    assert_refused(&county, "would be gone",
                   xasprintf("BEGIN; INSERT INTO step SELECT store, ref, 2, 'review', '', '', "
                             "false FROM reference WHERE number = %lld; "
                             "SELECT decisions_drop('{%lld}'); COMMIT",
                             number, number));
    assert_int_equal(rig_count(&rig, sql), number);
    team_release(&team);
    county_close(&county);
}

/* --- Over a network ----------------------------------------------------------------------- */

/* Connects to the port of the rig under a name, trusting what is in a file beside it. */
static enum status connect_as(const char *host, const char *root, struct county *county)
{
    char *where = xasprintf("host=%s hostaddr=127.0.0.1 port=%s user=looker dbname=postgres "
                            "sslmode=disable sslrootcert=%s/server/%s",
                            host, PQport(rig.county.connection), rig.folder, root);
    enum status status = county_open(where, county, &error);

    free(where);
    return status;
}

static void assert_unreached(const char *host, const char *root, const char *words)
{
    struct county county;

    assert_int_equal(connect_as(host, root, &county), STATUS_IO);
    assert_non_null(strstr(error.what, "The register's database was not reached"));
    if (!strstr(error.what, words))
        fail_msg("'%s' is not in: %s", words, error.what);
}

static void start_network(bool certificate)
{
    char *why = rig_network(&rig, certificate);

    if (why) {
        print_message("%s\n", why);
        free(why);
        skip();
    }
}

/* Starts the server anew: the last of the tests. */
static void reaches_a_server_that_proves_itself(void **state)
{
    struct county county;
    (void)state;

    assert_ok(
        county_run(&rig.county, "CREATE ROLE looker LOGIN IN ROLE discern_reader", &error));
    start_network(false);
    assert_unreached("localhost", "server.crt", "does not support SSL");
    start_network(true);
    assert_unreached("localhost", "other.crt", "certificate verify failed");
    assert_unreached("localhost", "none.crt", "none.crt\" does not exist");
    assert_unreached("county.example", "server.crt", "does not match host name");
    assert_ok(connect_as("localhost", "server.crt", &county));
    assert_true(PQsslInUse(county.connection));
    assert_ok(county_run(&county, "SELECT count(*) FROM store", &error));
    county_close(&county);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_a_renewed_certificate),
        cmocka_unit_test(refuses_what_its_chain_does_not_name),
        cmocka_unit_test(believes_no_chain_that_it_did_not_admit),
        cmocka_unit_test(lets_no_receiver_hide_a_decision),
        cmocka_unit_test(names_what_was_changed),
        cmocka_unit_test(reaches_a_server_that_proves_itself),
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
