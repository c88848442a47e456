/* SPDX-License-Identifier: MIT */
/* Rules that hold for whoever opens the database, and what verifying finds of those who went
 * round them. */
#include "tests/unit/store_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/log.h"

struct world {
    char *folder, *dir;
    struct key key; /* alex's, the guardian */
    struct store *store;
};

/* Jo decides three times; Sam agrees to the second. */
static int make_world(void **state)
{
    struct world *world = xcalloc(1, sizeof(*world));
    struct store *store;
    struct error error;

    world->folder = folder_new();
    world->dir = path_join(world->folder, "store");
    make_store(world->dir);
    store = open_as(world->dir, &jo);
    for (int i = 1; i <= 3; i++)
        assert_ok(
            sign_sample(store, &(struct sample){.number = i, .subject = MARKER}, NULL, &error));
    store_close(store);
    store = open_as(world->dir, &sam);
    assert_ok(review_sample(store, 2, VERDICT_AGREE, &error));
    store_close(store);
    world->key = key_of(world->dir, &alex);
    world->store = open_with(world->dir, &world->key);
    *state = world;
    return 0;
}

static int remove_world(void **state)
{
    struct world *world = *state;

    store_close(world->store);
    key_release(&world->key);
    folder_remove(world->folder);
    free(world->dir);
    free(world);
    return 0;
}

static int run(struct store *store, const char *sql)
{
    return sqlite3_exec(database_handle(store->database), sql, NULL, NULL, NULL);
}

/* An entry as someone with the key but without the program would append it: `head` members
 * besides those that the chain asks for. */
static int append_raw(struct store *store, const char *author, const char *kind,
                      const char *reference)
{
    char *sql = xasprintf(
        "INSERT INTO entry (seq, head, link, signature) SELECT seq + 1, json_object('seq', "
        "seq + 1, 'prev', lower(hex(link)), 'kind', '%s', 'author', '%s', 'role', (SELECT role "
        "FROM user WHERE name = '%s'), 'key', (SELECT lower(hex(public_key)) FROM user WHERE "
        "name = '%s'), 'ref', %s), randomblob(32), randomblob(64) FROM entry ORDER BY seq DESC "
        "LIMIT 1",
        kind, author, author, author, reference);
    int code = run(store, sql);

    free(sql);
    return code;
}

static void the_log_does_not_change(void **state)
{
    static const char *const statements[] = {
        "UPDATE entry SET head = head",
        "UPDATE entry SET signature = randomblob(64) WHERE seq = 2",
        "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)",
        "DELETE FROM entry",
        "UPDATE body SET body = '{}'",
        "DELETE FROM body WHERE seq = 4",
        "INSERT OR REPLACE INTO body VALUES (4, randomblob(32), '{}')",
        "REPLACE INTO entry (seq, head, link, signature) SELECT seq, head, link, signature FROM "
        "entry WHERE seq = 3",
        "INSERT INTO entry (seq, head, link, signature) SELECT seq + 100, head, link, signature "
        "FROM entry WHERE seq = 3",
        "UPDATE pack SET text = 'x'",
        "DELETE FROM pack",
        "REPLACE INTO pack SELECT fingerprint, 'x' FROM pack",
        "INSERT INTO may VALUES ('review', 'practitioner', 'known')",
        "UPDATE may SET role = 'practitioner'",
        "DELETE FROM may",
        "UPDATE keyring SET serial = 1",
    };
    const struct world *world = *state;
    struct error error;

    for (size_t i = 0; i < COUNT(statements); i++) {
        if (run(world->store, statements[i]) == SQLITE_OK)
            fail_msg("This was let through: %s", statements[i]);
    }
    assert_ok(store_verify(world->store, NULL, NULL, NULL, &error));
}

static void roles_hold_for_plain_sql(void **state)
{
    const struct world *world = *state;
    struct store *store = world->store;
    char one[REFERENCE_SIZE], two[REFERENCE_SIZE], text[16], done[16];

    snprintf(text, sizeof(text), "'%s'", reference_of(1, one));
    snprintf(done, sizeof(done), "'%s'", reference_of(2, two));
    assert_int_not_equal(append_raw(store, "jo", "review", text), SQLITE_OK);
    assert_int_not_equal(append_raw(store, "jo", "user", "NULL"), SQLITE_OK);
    assert_int_not_equal(append_raw(store, "sam", "user", "NULL"), SQLITE_OK);
    assert_int_not_equal(append_raw(store, "sam", "erasure", text), SQLITE_OK);
    assert_int_not_equal(append_raw(store, "sam", "amendment", text), SQLITE_OK);
    assert_int_not_equal(append_raw(store, "sam", "review", done), SQLITE_OK);
    assert_int_not_equal(append_raw(store, "sam", "review", "'AAAA-AAAA'"), SQLITE_OK);
    assert_int_not_equal(append_raw(store, "sam", "review", "NULL"), SQLITE_OK);
    assert_int_not_equal(append_raw(store, "jo", "record", text), SQLITE_OK);
    assert_int_not_equal(append_raw(store, "jo", "keyring", text), SQLITE_OK);
    assert_int_not_equal(append_raw(store, "nobody", "export", "NULL"), SQLITE_OK);
    assert_int_not_equal(append_raw(store, "jo", "made-up", "NULL"), SQLITE_OK);
    assert_int_equal(run(store, "UPDATE user SET active = 0 WHERE name = 'jo'"), SQLITE_OK);
    assert_int_not_equal(append_raw(store, "jo", "export", "NULL"), SQLITE_OK);
    assert_int_equal(append_raw(store, "sam", "view", text), SQLITE_OK);
}

/* Who may append what, written down once more: a change of the program's table is a change of
 * this one. Tried by plain SQL and by the program; an entry that somebody may append needs more
 * than a role, which the other tests give it. */
static void every_kind_of_entry_has_its_roles(void **state)
{
    static const struct {
        enum entry_kind kind;
        const char *who; /* p, s, g */
    } may[] = {
        {ENTRY_USER, "g"},      {ENTRY_RECORD, "psg"},   {ENTRY_AMENDMENT, "psg"},
        {ENTRY_REVIEW, "sg"},   {ENTRY_VIEW, "psg"},     {ENTRY_EXPORT, "psg"},
        {ENTRY_RECEIPT, "psg"}, {ENTRY_INCIDENT, "psg"}, {ENTRY_FOLLOW_UP, "psg"},
        {ENTRY_HOLD, "g"},      {ENTRY_ERASURE, "g"},    {ENTRY_KEYRING, "psg"},
        {ENTRY_RESTORE, "psg"}, {ENTRY_IDENTITY, "psg"}, {ENTRY_BUNDLE, "psg"},
        {ENTRY_IMPORT, "psg"},  {ENTRY_VERDICT, "sg"},   {ENTRY_CARRIED, "psg"},
        {ENTRY_HAND_OVER, "g"},
    };
    static const struct person *const people[] = {&jo, &sam, &alex};
    struct world *world = *state;
    char one[REFERENCE_SIZE], quoted[16];
    struct error error;

    assert_int_equal(COUNT(may), ENTRY_KIND_COUNT);
    snprintf(quoted, sizeof(quoted), "'%s'", reference_of(1, one));
    for (size_t i = 0; i < COUNT(may); i++) {
        assert_int_equal(may[i].kind, i);
        for (size_t role = 0; role < COUNT(people); role++) {
            if (kind_allowed(may[i].kind, (enum role)role) !=
                (strchr(may[i].who, "psg"[role]) != NULL))
                fail_msg("%s by %s", entry_kind_id(may[i].kind), people[role]->name);
            if (strchr(may[i].who, "psg"[role]))
                continue;
            assert_int_not_equal(append_raw(world->store, people[role]->name,
                                            entry_kind_id(may[i].kind), quoted),
                                 SQLITE_OK);
            assert_int_not_equal(append_raw(world->store, people[role]->name,
                                            entry_kind_id(may[i].kind), "NULL"),
                                 SQLITE_OK);
        }
    }
    store_close(world->store);
    world->store = NULL;
    for (size_t role = 0; role < COUNT(people); role++) {
        struct store *store = open_as(world->dir, people[role]);

        for (size_t i = 0; i < COUNT(may); i++) {
            const char *about = kind_about(may[i].kind) == ABOUT_NOTHING ? NULL : one;

            if (!strchr(may[i].who, "psg"[role]))
                assert_int_not_equal(
                    store_append(store, may[i].kind, about, "{}", 2, at(700), NULL, &error),
                    STATUS_OK);
        }
        store_close(store);
    }
    world->store = open_with(world->dir, &world->key);
    assert_ok(store_verify(world->store, NULL, NULL, NULL, &error));
}

/* Drops every trigger, changes something, and says what verifying says. */
static enum status tamper(struct store *store, const char *sql, struct error *error)
{
    struct arena arena = {0};
    sqlite3_stmt *statement;
    char *drop = arena_strdup(&arena, "");

    assert_int_equal(sqlite3_prepare_v2(database_handle(store->database),
                                        "SELECT name FROM sqlite_schema WHERE type = 'trigger' "
                                        "AND name NOT LIKE 'tally%'",
                                        -1, &statement, NULL),
                     SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW)
        drop = arena_printf(&arena, "%sDROP TRIGGER %s;", drop, column_text(statement, 0));
    sqlite3_finalize(statement);
    assert_int_equal(run(store, drop), SQLITE_OK);
    arena_release(&arena);
    if (run(store, sql) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(database_handle(store->database)));
    return store_verify(store, NULL, NULL, NULL, error);
}

static void verifying_names_the_first_wrong_entry(void **state)
{
    static const struct {
        const char *sql, *what;
    } tampers[] = {
        {"UPDATE body SET body = replace(body, 'Zyx', 'Abc') WHERE seq = 4", "Entry 4 "},
        {"UPDATE body SET salt = randomblob(32) WHERE seq = 5", "Entry 5 "},
        {"UPDATE entry SET head = replace(head, '\"role\":\"practitioner\"', "
         "'\"role\":\"supervisor\"') WHERE seq = 6",
         "Entry 6 "},
        {"UPDATE entry SET signature = randomblob(64) WHERE seq = 6", "Entry 6 "},
        {"UPDATE entry SET link = randomblob(32) WHERE seq = 7", "Entry 7 "},
        {"PRAGMA foreign_keys = OFF; DELETE FROM entry WHERE seq = 5; PRAGMA foreign_keys = ON",
         "Entry 5 "},
        {"DELETE FROM body WHERE seq = 5", "Entry 5 "},
        {"PRAGMA foreign_keys = OFF; UPDATE entry SET seq = 100 WHERE seq = 4; UPDATE entry SET "
         "seq = 4 WHERE seq = 5; UPDATE entry SET seq = 5 WHERE seq = 100; PRAGMA foreign_keys "
         "= ON",
         "Entry 4 "},
        {"UPDATE decision SET state = 'agreed' WHERE first = 4", "decisions"},
        {"UPDATE decision SET subject = 'Someone else' WHERE first = 4", "decisions"},
        {"DELETE FROM decision WHERE first = 4", "decisions"},
        {"UPDATE user SET role = 'guardian' WHERE name = 'jo'", "users"},
        {"INSERT INTO user SELECT 'kim', full_name, team, role, public_key, 1, 0, 1 FROM user "
         "WHERE name = 'sam'",
         "users"},
        {"UPDATE tally SET count = count + 1", "tallies"},
        {"UPDATE pack SET text = 'x'", "packs"},
        {"DELETE FROM pack", "Entry 4 "},
        {"UPDATE keyring SET fingerprint = randomblob(32)", "keyring"},
    };
    struct world *world = *state;
    struct error error;

    for (size_t i = 0; i < COUNT(tampers); i++) {
        char *copy = path_join(world->folder, "copy");
        struct store *store;
        char *copying = xasprintf("cp -r '%s' '%s'", world->dir, copy);

        store_close(world->store);
        assert_int_equal(system(copying), 0);
        store = open_with(copy, &world->key);
        assert_int_equal(tamper(store, tampers[i].sql, &error), STATUS_DAMAGED);
        if (!strstr(error.what, tampers[i].what))
            fail_msg("%s: %s", tampers[i].sql, error.what);
        store_close(store);
        world->store = open_with(world->dir, &world->key);
        free(copying);
        copying = xasprintf("rm -r '%s'", copy);
        assert_int_equal(system(copying), 0);
        free(copying);
        free(copy);
    }
    assert_ok(store_verify(world->store, NULL, NULL, NULL, &error));
}

static void a_cut_log_does_not_match_a_head(void **state)
{
    const struct world *world = *state;
    struct error error;
    struct head head, later;

    assert_ok(store_head(world->store, &head, &error));
    assert_ok(store_append(world->store, ENTRY_EXPORT, NULL, "{}", 2, at(500), NULL, &error));
    assert_ok(store_head(world->store, &later, &error));
    assert_ok(store_verify(world->store, &head, NULL, NULL, &error));
    assert_ok(store_verify(world->store, &later, NULL, NULL, &error));
    head.link.byte[0] ^= 1;
    assert_int_equal(store_verify(world->store, &head, NULL, NULL, &error), STATUS_DAMAGED);
    later.count++;
    assert_int_equal(store_verify(world->store, &later, NULL, NULL, &error), STATUS_DAMAGED);
    assert_non_null(strstr(error.what, "its end is missing"));
}

static bool stop(int64_t done, int64_t count, void *data)
{
    (void)done;
    (void)count;
    ++*(int *)data;
    return false;
}

/* What no other store signed is found, even where the rules of the database let it in. */
static void verifying_checks_what_others_sent(void **state)
{
    const struct world *world = *state;
    struct error error;

    assert_int_equal(
        run(world->store, "INSERT INTO foreign_store VALUES ('ab', 'x', 'y', 'z')"), SQLITE_OK);
    assert_ok(store_verify(world->store, NULL, NULL, NULL, &error));
    assert_int_equal(run(world->store,
                         "INSERT INTO foreign_entry VALUES ('ab', 1, 'user', '', "
                         "'{\"seq\":1,\"store\":\"ab\"}', zeroblob(32), zeroblob(64))"),
                     SQLITE_OK);
    assert_int_equal(store_verify(world->store, NULL, NULL, NULL, &error), STATUS_DAMAGED);
    assert_non_null(strstr(error.what, "Entry 1 that the store ab sent"));
}

static void verifying_can_be_stopped(void **state)
{
    const struct world *world = *state;
    struct error error;
    int called = 0;

    for (int i = 0; i < 256; i++)
        assert_ok(
            store_append(world->store, ENTRY_EXPORT, NULL, "{}", 2, at(500 + i), NULL, &error));
    assert_int_equal(store_verify(world->store, NULL, stop, &called, &error), STATUS_FAILED);
    assert_int_equal(called, 1);
    assert_ok(store_append(world->store, ENTRY_EXPORT, NULL, "{}", 2, at(900), NULL, &error));
}

static void an_erasure_removes_the_body_and_nothing_else(void **state)
{
    struct world *world = *state;
    static const char body[] = "{\"reason\":\"retention\",\"schema\":1,\"sequences\":[4]}";
    static const char other[] = "{\"reason\":\"retention\",\"schema\":1,\"sequences\":[5]}";
    struct log_query query = {.limit = 10, .search = "zyxwvutica"};
    struct arena arena = {0};
    char reference[REFERENCE_SIZE];
    struct window window;
    struct entry *entries;
    struct error error;
    struct row row;
    size_t count;

    reference_of(1, reference);
    assert_int_equal(store_append(world->store, ENTRY_ERASURE, reference, other,
                                  sizeof(other) - 1, at(600), NULL, &error),
                     STATUS_REFUSED);
    assert_ok(store_append(world->store, ENTRY_ERASURE, reference, body, sizeof(body) - 1,
                           at(600), NULL, &error));
    assert_ok(store_history(world->store, reference, &arena, &entries, &count, &error));
    assert_int_equal(count, 2);
    assert_null(entries[0].body);
    assert_ok(store_find(world->store, reference, &arena, &row, &error));
    assert_int_equal(row.state, STATE_ERASED);
    assert_string_equal(row.summary.subject, "");
    assert_ok(store_list(world->store, &query, &arena, &window, &error));
    assert_int_equal(window.count, 2);
    assert_ok(store_verify(world->store, NULL, NULL, NULL, &error));
    arena_release(&arena);
}

static void projections_are_made_again(void **state)
{
    struct world *world = *state;
    struct log_query query = {.limit = 10, .search = "zyxwvutica"};
    struct arena arena = {0};
    struct window window;
    struct error error;

    assert_int_equal(
        run(world->store, "DELETE FROM decision; UPDATE projection SET version = 0"),
        SQLITE_OK);
    store_close(world->store);
    world->store = open_with(world->dir, &world->key);
    assert_ok(store_verify(world->store, NULL, NULL, NULL, &error));
    assert_ok(store_list(world->store, &query, &arena, &window, &error));
    assert_int_equal(window.count, 3);
    arena_release(&arena);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_world, remove_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_log_does_not_change),
        TEST(roles_hold_for_plain_sql),
        TEST(every_kind_of_entry_has_its_roles),
        TEST(verifying_names_the_first_wrong_entry),
        TEST(a_cut_log_does_not_match_a_head),
        TEST(verifying_can_be_stopped),
        TEST(verifying_checks_what_others_sent),
        TEST(an_erasure_removes_the_body_and_nothing_else),
        TEST(projections_are_made_again),
    };

    secret_init();
    return cmocka_run_group_tests_name("store rules", tests, NULL, NULL);
}
