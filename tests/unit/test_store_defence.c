/* SPDX-License-Identifier: MIT */
/* Against somebody who has the key of a store and a program of their own: what the connection
 * refuses, tables that only grow whatever SQLite is told, and rules that were taken out: that
 * they are gone, and what was appended meanwhile, is found. */
#include "tests/unit/store_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/care.h"
#include "store/leave.h"
#include "store/rules.h"

#define PEM "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n" /* of "ABC" */

static const struct person *const people[] = {&jo, &sam, &alex};
enum { JO, SAM, ALEX };

struct world {
    struct home home; /* as it was made; each trial has a copy */
    struct key key[COUNT(people)];
    char *copy;
    struct store *store[COUNT(people)];
};

static void furnish(struct store *store)
{
    struct identity identity = {.key = secret_new(4), .certificate = PEM};
    struct digest fingerprint = digest_of(&(struct span){"ABC", 3}, 1);
    struct error error;

    assert_ok(
        sign_sample(store, &(struct sample){.number = 1, .subject = MARKER}, NULL, &error));
    assert_ok(sign_sample(store, &(struct sample){.number = 2}, NULL, &error));
    memcpy(identity.key, "key", 4);
    assert_ok(store_identity_keep(store, &identity, &fingerprint, false, at(50), &error));
    secret_free(identity.key);
    assert_int_equal(
        sqlite3_exec(database_handle(store->database),
                     "INSERT INTO foreign_store VALUES ('ab', 'x', 'y', 'z'); "
                     "INSERT INTO foreign_entry VALUES ('ab', 1, 'user', '', "
                     "'{\"seq\":1,\"store\":\"ab\"}', zeroblob(32), zeroblob(64)); "
                     "INSERT INTO foreign_body VALUES ('ab', 1, zeroblob(32), "
                     "'{}', NULL); INSERT INTO foreign_bundle VALUES ('cd'); "
                     "INSERT INTO pseudonym VALUES (1, zeroblob(32))",
                     NULL, NULL, NULL),
        SQLITE_OK);
}

static int make_world(void **state)
{
    struct world *world = xcalloc(1, sizeof(*world));

    home_make(&world->home, &jo);
    for (size_t i = 0; i < COUNT(people); i++)
        world->key[i] = key_of(world->home.dir, people[i]);
    world->copy = path_join(world->home.folder, "copy");
    *state = world;
    return 0;
}

static int remove_world(void **state)
{
    struct world *world = *state;

    for (size_t i = 0; i < COUNT(people); i++)
        key_release(&world->key[i]);
    home_release(&world->home);
    free(world->copy);
    free(world);
    return 0;
}

static void trial_open(struct world *world)
{
    char *copying = xasprintf("cp -r '%s' '%s'", world->home.dir, world->copy);

    assert_int_equal(system(copying), 0);
    free(copying);
    for (size_t i = 0; i < COUNT(people); i++)
        world->store[i] = open_with(world->copy, &world->key[i]);
}

static void trial_close(struct world *world)
{
    char *removing = xasprintf("rm -r '%s'", world->copy);

    for (size_t i = 0; i < COUNT(people); i++)
        store_close(world->store[i]);
    assert_int_equal(system(removing), 0);
    free(removing);
}

static int run(struct store *store, const char *sql)
{
    return sqlite3_exec(database_handle(store->database), sql, NULL, NULL, NULL);
}

static void expect_refused(struct store *store, const char *const *sql, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (run(store, sql[i]) == SQLITE_OK)
            fail_msg("This was let through: %s", sql[i]);
    }
}

/* All that is in the tables which only grow. */
static struct digest digest_kept(struct store *store)
{
    static const char *const tables[] = {
        "entry",     "body",          "pack",          "may",          "identity",
        "pseudonym", "foreign_store", "foreign_entry", "foreign_body", "foreign_bundle"};
    struct buf all = {0};
    struct digest digest;

    for (size_t i = 0; i < COUNT(tables); i++) {
        char *sql = xasprintf("SELECT * FROM %s ORDER BY 1, 2", tables[i]);
        sqlite3_stmt *row;

        if (strcmp(tables[i], "foreign_bundle") == 0)
            sql[strlen(sql) - 3] = '\0';
        assert_int_equal(
            sqlite3_prepare_v2(database_handle(store->database), sql, -1, &row, NULL),
            SQLITE_OK);
        while (sqlite3_step(row) == SQLITE_ROW) {
            for (int column = 0; column < sqlite3_column_count(row); column++) {
                const void *bytes = sqlite3_column_blob(row, column);

                buf_add(&all, bytes ? bytes : "", (size_t)sqlite3_column_bytes(row, column));
                buf_putc(&all, '|');
            }
        }
        sqlite3_finalize(row);
        free(sql);
    }
    digest = digest_of(&(struct span){all.text, all.length}, 1);
    buf_release(&all);
    return digest;
}

/* --- The connection ----------------------------------------------------------------------- */

/* Nothing leaves by another file, and the schema is not written but by statements that say so.
 */
static void the_connection_is_defensive(void **state)
{
    static const char *const refused[] = {
        "ATTACH '/dev/shm/discern-never' AS other",
        "ATTACH 'file:/dev/shm/discern-never?vfs=unix' AS other",
        "ATTACH ':memory:' AS other",
        "VACUUM INTO '/dev/shm/discern-never'",
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE type = 'trigger'",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = '' WHERE type = 'trigger'",
        "UPDATE words_data SET block = x'00'",
        "DELETE FROM words_data",
        "SELECT load_extension('x')",
        "PRAGMA journal_mode = OFF; DELETE FROM body",
    };
    struct world *world = *state;
    struct error error;

    trial_open(world);
    expect_refused(world->store[ALEX], refused, COUNT(refused));
    assert_ok(store_verify(world->store[ALEX], NULL, NULL, NULL, &error));
    trial_close(world);
}

/* --- Tables that only grow ---------------------------------------------------------------- */

static const char *const replacing[] = {
    "UPDATE entry SET signature = randomblob(64)",
    "DELETE FROM entry",
    "UPDATE OR REPLACE entry SET seq = 2 WHERE seq = 3",
    "REPLACE INTO entry (seq, head, link, signature) SELECT seq, head, link, randomblob(64) "
    "FROM entry",
    "UPDATE body SET salt = randomblob(32)",
    "UPDATE OR REPLACE body SET seq = 2 WHERE seq = 3",
    "DELETE FROM body",
    "REPLACE INTO body SELECT seq, salt, '{}' FROM body",
    "INSERT INTO body SELECT seq, salt, '{}' FROM body WHERE true ON CONFLICT DO UPDATE SET "
    "body = '{}'",
    "UPDATE pack SET text = 'x'",
    "DELETE FROM pack",
    "REPLACE INTO pack SELECT fingerprint, 'x' FROM pack",
    "UPDATE may SET role = 'practitioner'",
    "DELETE FROM may",
    "REPLACE INTO may VALUES ('review', 'practitioner', 'known')",
    "UPDATE identity SET certificate = 'x'",
    "DELETE FROM identity",
    "REPLACE INTO identity SELECT number, key, 'x' FROM identity",
    "INSERT INTO identity VALUES (99, 'x', 'x')",
    "UPDATE pseudonym SET key = randomblob(32)",
    "DELETE FROM pseudonym",
    "REPLACE INTO pseudonym VALUES (1, randomblob(32))",
    "UPDATE foreign_store SET certificate = 'x'",
    "DELETE FROM foreign_store",
    "REPLACE INTO foreign_store VALUES ('ab', 'x', 'x', 'x')",
    "UPDATE foreign_entry SET kind = 'x'",
    "DELETE FROM foreign_entry",
    "REPLACE INTO foreign_entry SELECT store, seq, 'x', ref, head, link, signature FROM "
    "foreign_entry",
    "UPDATE foreign_body SET body = '{\"x\":1}'",
    "UPDATE foreign_body SET body = NULL",
    "DELETE FROM foreign_body",
    "REPLACE INTO foreign_body VALUES ('ab', 1, zeroblob(32), '{\"x\":1}', NULL)",
    "REPLACE INTO foreign_body VALUES ('ab', 1, NULL, NULL, 'x')",
    "UPDATE foreign_bundle SET digest = 'x'",
    "DELETE FROM foreign_bundle",
};

static void what_only_grows_is_not_replaced(void **state)
{
    static const char *const settings[] = {
        "PRAGMA recursive_triggers = ON",
        "PRAGMA recursive_triggers = OFF",
        "PRAGMA foreign_keys = OFF",
    };
    struct world *world = *state;
    struct digest before, after;

    trial_open(world);
    furnish(world->store[JO]);
    before = digest_kept(world->store[ALEX]);
    for (size_t i = 0; i < COUNT(settings); i++) {
        assert_int_equal(run(world->store[ALEX], settings[i]), SQLITE_OK);
        for (size_t j = 0; j < COUNT(replacing); j++) {
            run(world->store[ALEX], replacing[j]);
            after = digest_kept(world->store[ALEX]);
            if (memcmp(&before, &after, sizeof(before)) != 0)
                fail_msg("%s: this changed something: %s", settings[i], replacing[j]);
        }
    }
    trial_close(world);
}

/* --- Rules taken out ---------------------------------------------------------------------- */

static void rules_that_are_gone_are_found(void **state)
{
    static const char *const sql[] = {
        "DROP TRIGGER entry_review",
        "DROP TRIGGER body_kept",
        "DROP TRIGGER entry_review; CREATE TRIGGER entry_review BEFORE INSERT ON entry WHEN "
        "NEW.kind = 're view' BEGIN SELECT RAISE (ABORT, 'x'); END",
        "CREATE TRIGGER extra AFTER INSERT ON draft BEGIN DELETE FROM draft; END",
        "CREATE TRIGGER zzz AFTER INSERT ON draft BEGIN DELETE FROM draft; END",
        "DROP TABLE whereabouts",
        "DROP INDEX decision_due",
        "CREATE TABLE extra (text)",
        "CREATE VIEW extra AS SELECT body FROM body",
        "ALTER TABLE draft ADD COLUMN extra",
        "DROP TRIGGER may_closed; INSERT INTO may VALUES ('review', 'practitioner', 'known'); "
        "CREATE TRIGGER may_closed BEFORE INSERT ON may WHEN EXISTS (SELECT 1 FROM entry) BEGIN "
        "SELECT RAISE (ABORT, 'Who may do what stays as it was set.\nChange the role of the "
        "user.'); END",
    };
    struct world *world = *state;
    struct error error;

    for (size_t i = 0; i < COUNT(sql); i++) {
        trial_open(world);
        assert_ok(store_verify(world->store[ALEX], NULL, NULL, NULL, &error));
        assert_int_equal(run(world->store[ALEX], sql[i]), SQLITE_OK);
        if (store_verify(world->store[ALEX], NULL, NULL, NULL, &error) != STATUS_DAMAGED)
            fail_msg("Verifying does not see: %s", sql[i]);
        assert_non_null(strstr(error.what, "rules"));
        trial_close(world);
    }
}

/* Stores that are in use have the rules of the version that they say they are of. */
static void another_schema_is_another_version(void **state)
{
    static const char known[] =
        "bd59e717b054975d1d526861abd31a5f2d7dc1d3bf260c7a535092c04978f620";
    struct world *world = *state;
    struct buf all = {0};
    char hex[DIGEST_HEX_SIZE];
    struct digest digest;
    sqlite3_stmt *row;

    trial_open(world);
    assert_int_equal(sqlite3_prepare_v2(database_handle(world->store[ALEX]->database),
                                        "SELECT sql FROM sqlite_schema WHERE name NOT LIKE "
                                        "'words_%' AND sql IS NOT NULL ORDER BY name",
                                        -1, &row, NULL),
                     SQLITE_OK);
    buf_printf(&all, "%d", DATABASE_SCHEMA);
    while (sqlite3_step(row) == SQLITE_ROW)
        buf_puts(&all, column_text(row, 0));
    sqlite3_finalize(row);
    trial_close(world);
    digest = digest_of(&(struct span){all.text, all.length}, 1);
    digest_hex(&digest, hex);
    buf_release(&all);
    if (strcmp(hex, known) != 0)
        fail_msg("data/schema.sql has changed: do as it says at its top, then put %s here",
                 hex);
}

/* Another certificate in the place of the store's own. */
static void another_certificate_is_found(void **state)
{
    static const char *const sql[] = {
        "DROP TRIGGER identity_kept; UPDATE identity SET certificate = replace(certificate, "
        "'QUJD', 'QUJE')",
        "DROP TRIGGER identity_stays; DELETE FROM identity",
        "DROP TRIGGER identity_new; INSERT INTO identity SELECT 2, key, certificate FROM "
        "identity",
    };
    struct world *world = *state;
    struct error error;

    for (size_t i = 0; i < COUNT(sql); i++) {
        trial_open(world);
        furnish(world->store[JO]);
        assert_int_equal(
            run(world->store[ALEX],
                "DROP TRIGGER foreign_stays; DROP TRIGGER foreign_body_stays; DELETE FROM "
                "foreign_body; DELETE FROM foreign_entry"),
            SQLITE_OK);
        assert_ok(rules_renew(world->store[ALEX]->database, &error));
        assert_ok(store_verify(world->store[ALEX], NULL, NULL, NULL, &error));
        assert_int_equal(run(world->store[ALEX], sql[i]), SQLITE_OK);
        assert_ok(rules_renew(world->store[ALEX]->database, &error));
        assert_int_equal(store_verify(world->store[ALEX], NULL, NULL, NULL, &error),
                         STATUS_DAMAGED);
        assert_non_null(strstr(error.what, "certificate"));
        trial_close(world);
    }
}

/* --- What was appended without them ------------------------------------------------------- */

static void append(struct store *store, enum entry_kind kind, int number, const char *body)
{
    char reference[REFERENCE_SIZE];
    struct error error;

    assert_ok(store_append(store, kind, reference_of(number, reference), body, strlen(body),
                           at(90), NULL, &error));
}

static void review_what_was_amended(struct world *world)
{
    struct buf body = {0};
    char one[REFERENCE_SIZE];
    struct error error;
    struct review review = {
        .reference = reference_of(1, one), .sequence = 4, .verdict = VERDICT_AGREE};

    assert_ok(sign_sample(world->store[JO], &(struct sample){.number = 3, .amends = one}, NULL,
                          &error));
    review_compose(&review, &sam, at(80), &body);
    append(world->store[SAM], ENTRY_REVIEW, 1, buf_text(&body));
    buf_release(&body);
}

static void do_what_was_not_asked(struct world *world)
{
    char one[REFERENCE_SIZE];
    struct buf body = {0};

    follow_up_compose(&(struct follow_up){.reference = reference_of(1, one),
                                          .duty = "nothing",
                                          .message = "Done"},
                      &jo, at(80), &body);
    append(world->store[JO], ENTRY_FOLLOW_UP, 1, buf_text(&body));
    buf_release(&body);
}

static void hold_without_a_word(struct world *world)
{
    append(world->store[ALEX], ENTRY_HOLD, 1, "{\"hold\":true,\"message\":\" \",\"schema\":1}");
}

static void erase_what_is_held(struct world *world)
{
    append(world->store[ALEX], ENTRY_HOLD, 1, "{\"hold\":true,\"message\":\"x\",\"schema\":1}");
    append(world->store[ALEX], ENTRY_ERASURE, 1,
           "{\"reason\":\"x\",\"schema\":1,\"sequences\":[4]}");
}

static void erase_another(struct world *world)
{
    append(world->store[ALEX], ENTRY_ERASURE, 1,
           "{\"reason\":\"x\",\"schema\":1,\"sequences\":[5]}");
}

static void amend_what_was_erased(struct world *world)
{
    char one[REFERENCE_SIZE];
    struct error error;

    append(world->store[ALEX], ENTRY_ERASURE, 1,
           "{\"reason\":\"x\",\"schema\":1,\"sequences\":[4]}");
    reference_of(1, one);
    assert_ok(sign_sample(world->store[JO], &(struct sample){.number = 3, .amends = one}, NULL,
                          &error));
}

static void note(struct store *store, const struct person *by, enum incident_act act,
                 int64_t number)
{
    char one[REFERENCE_SIZE];
    struct incident_note note = {.act = act,
                                 .incident = number,
                                 .reference = reference_of(1, one),
                                 .message = "Lost",
                                 .aware = at(60),
                                 .clock = "c"};
    struct buf body = {0};

    if (act == INCIDENT_REPORT)
        note.running[note.running_count++] = (struct incident_clock){"c", "The clock", 72, 0};
    incident_compose(&note, by, at(80), &body);
    append(store, ENTRY_INCIDENT, 1, buf_text(&body));
    buf_release(&body);
}

static void decide_alone_not_to_notify(struct world *world)
{
    note(world->store[JO], &jo, INCIDENT_REPORT, 0);
    note(world->store[JO], &jo, INCIDENT_NOT_NOTIFY, 6);
}

static void close_while_a_clock_runs(struct world *world)
{
    note(world->store[JO], &jo, INCIDENT_REPORT, 0);
    note(world->store[SAM], &sam, INCIDENT_CLOSE, 6);
}

static void disable_oneself(struct world *world)
{
    struct error error;

    assert_ok(store_user_disable(world->store[ALEX], "alex", at(80), &error));
}

static void give_another_key(struct world *world)
{
    struct slot slot;
    struct error error;

    assert_ok(slot_find(world->copy, "jo", &slot, &error));
    assert_ok(keyring_change(world->store[JO], &slot, &slot, NULL, "rekey", at(80), &error));
}

static void what_rules_forbid_is_found(void **state)
{
    static const struct {
        void (*act)(struct world *world);
        const char *what;
    } acts[] = {
        {review_what_was_amended, "Entry 7 of the log is wrong: it reviews what was amended"},
        {do_what_was_not_asked, "Entry 6 of the log is wrong: nothing of that name"},
        {hold_without_a_word, "Entry 6 of the log is wrong: it does not say why"},
        {erase_what_is_held, "Entry 7 of the log is wrong: it erases what was held"},
        {erase_another, "Entry 5 of the log is wrong: its body is gone"},
        {amend_what_was_erased, "Entry 7 of the log is wrong: it amends what was erased"},
        {decide_alone_not_to_notify, "Entry 7 of the log is wrong: its author's role"},
        {close_while_a_clock_runs, "Entry 7 of the log is wrong: it ends an incident"},
        {disable_oneself, "Entry 6 of the log is wrong: its author is the user"},
        {give_another_key, "Entry 6 of the log is wrong: its author's role"},
    };
    struct world *world = *state;
    struct error error;

    for (size_t i = 0; i < COUNT(acts); i++) {
        trial_open(world);
        for (int number = 1; number <= 2; number++)
            assert_ok(sign_sample(world->store[JO], &(struct sample){.number = number}, NULL,
                                  &error));
        assert_int_equal(run(world->store[ALEX],
                             "DROP TRIGGER body_review; DROP TRIGGER body_follow_up; DROP "
                             "TRIGGER body_care; DROP TRIGGER entry_erasure; DROP TRIGGER "
                             "body_erased; DROP TRIGGER entry_amendment; DROP TRIGGER "
                             "body_incident"),
                         SQLITE_OK);
        acts[i].act(world);
        assert_ok(rules_renew(world->store[SAM]->database, &error));
        assert_int_equal(store_verify(world->store[SAM], NULL, NULL, NULL, &error),
                         STATUS_DAMAGED);
        if (!strstr(error.what, acts[i].what))
            fail_msg("Of \"%s\" verifying says: %s", acts[i].what, error.what);
        trial_close(world);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_world, remove_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_connection_is_defensive),   TEST(what_only_grows_is_not_replaced),
        TEST(rules_that_are_gone_are_found), TEST(another_schema_is_another_version),
        TEST(another_certificate_is_found),  TEST(what_rules_forbid_is_found),
    };

    secret_init();
    return cmocka_run_group_tests_name("store defence", tests, NULL, NULL);
}
