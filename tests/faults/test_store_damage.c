/* SPDX-License-Identifier: MIT */
/* Stores that were damaged, cut, swapped or put back: refused in words, found by verifying, or
 * without effect; never shown as something else. */
#include "tests/unit/store_fixture.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

struct world {
    struct home home;
    char *database, *log, *keyring;
    struct head head;
};

static void make_paths(struct world *world)
{
    home_make(&world->home, &jo);
    world->database = path_join(world->home.dir, DATABASE_FILE);
    world->log = path_join(world->home.dir, DATABASE_FILE "-wal");
    world->keyring = path_join(world->home.dir, KEYRING_FILE);
}

static int make_world(void **state)
{
    struct world *world = xcalloc(1, sizeof(*world));
    struct store *store;
    struct error error;

    make_paths(world);
    store = open_with(world->home.dir, &world->home.key);
    for (int i = 1; i <= 5; i++)
        assert_ok(
            sign_sample(store, &(struct sample){.number = i, .subject = MARKER}, NULL, &error));
    assert_ok(store_head(store, &world->head, &error));
    store_close(store);
    *state = world;
    return 0;
}

static void remove_paths(struct world *world)
{
    home_release(&world->home);
    free(world->database);
    free(world->log);
    free(world->keyring);
}

static int remove_world(void **state)
{
    remove_paths(*state);
    free(*state);
    return 0;
}

/* Opens, verifies and closes; what the first failure says. */
static enum status look(const struct world *world, struct error *error)
{
    struct store *store = NULL;
    enum status status =
        store_open_slot(world->home.dir, &world->home.key.keyring, world->home.key.slot,
                        world->home.key.secrets, &store, error);

    if (status == STATUS_OK)
        status = store_verify(store, &world->head, NULL, NULL, error);
    store_close(store);
    return status;
}

/* Each page in turn: a page that verifying reads is found, and hardly any is not read. */
static void every_page_is_authenticated(void **state)
{
    const struct world *world = *state;
    struct buf bytes = read_whole(world->database);
    size_t found = 0, pages = bytes.length / 4096;
    struct error error;

    for (size_t page = 0; page < pages; page++) {
        bytes.text[page * 4096 + 2000] ^= 1;
        write_whole(world->database, bytes.text, bytes.length);
        found += look(world, &error) == STATUS_DAMAGED;
        bytes.text[page * 4096 + 2000] ^= 1;
    }
    assert_true(found * 2 > pages);
    buf_release(&bytes);
}

static void pages_do_not_change_places(void **state)
{
    const struct world *world = *state;
    struct buf bytes = read_whole(world->database);
    struct error error;
    char page[4096];

    memcpy(page, bytes.text, 4096);
    memcpy(bytes.text, bytes.text + 4096, 4096);
    memcpy(bytes.text + 4096, page, 4096);
    write_whole(world->database, bytes.text, bytes.length);
    assert_int_equal(look(world, &error), STATUS_DAMAGED);
    buf_release(&bytes);
}

static void a_cut_database_is_found(void **state)
{
    const struct world *world = *state;
    struct buf bytes = read_whole(world->database);
    struct error error;

    for (size_t length = 0; length < bytes.length; length += 4096 + 1357) {
        write_whole(world->database, bytes.text, length);
        if (look(world, &error) != STATUS_DAMAGED)
            fail_msg("%zu bytes of %zu: %s", length, bytes.length, error.what);
    }
    buf_release(&bytes);
}

/* Runs `work` in a process that is then killed, so that its log is left behind. */
static void leave_log(const struct world *world)
{
    pid_t child = fork();
    int result;

    if (child == 0) {
        struct store *store = open_with(world->home.dir, &world->home.key);
        struct error error;

        if (sign_sample(store, &(struct sample){.number = 6, .subject = MARKER}, NULL,
                        &error) != STATUS_OK)
            _exit(1);
        kill(getpid(), SIGKILL);
    }
    waitpid(child, &result, 0);
    assert_true(WIFSIGNALED(result));
}

/* With a log beside it SQLite asks the log how long the database is: pages that were cut off
 * must not read as zeros. */
static void a_cut_draft_is_not_read_as_zeros(void **state)
{
    const struct world *world = *state;
    struct store *store = open_with(world->home.dir, &world->home.key);
    struct arena arena = {0};
    struct draft *drafts;
    struct error error;
    struct buf bytes, log;
    char text[40000];
    size_t count, refused = 0;

    memset(text, 'z', sizeof(text));
    assert_ok(store_draft_save(store, "LONG", text, sizeof(text), at(1), &error));
    store_close(store);
    leave_log(world);
    bytes = read_whole(world->database);
    log = read_whole(world->log);
    for (size_t length = bytes.length - 4096; length > bytes.length / 2; length -= 4096) {
        write_whole(world->database, bytes.text, length);
        write_whole(world->log, log.text, log.length);
        store = NULL;
        if (store_open_slot(world->home.dir, &world->home.key.keyring, world->home.key.slot,
                            world->home.key.secrets, &store, &error) == STATUS_OK &&
            store_drafts(store, &arena, &drafts, &count, &error) == STATUS_OK) {
            assert_int_equal(count, 1);
            assert_memory_equal(drafts[0].bytes, text, sizeof(text));
        } else {
            assert_int_equal(error.status, STATUS_DAMAGED);
            refused++;
        }
        arena_release(&arena);
        store_close(store);
    }
    assert_true(refused > 0);
    buf_release(&bytes);
    buf_release(&log);
}

/* A log that was cut ends there, as after a power cut, and what was in the database before
 * stays whole. */
static void a_cut_log_ends_where_it_was_cut(void **state)
{
    const struct world *world = *state;
    struct buf log, database;
    struct error error;

    leave_log(world);
    log = read_whole(world->log);
    database = read_whole(world->database);
    assert_true(log.length > 4152);
    for (size_t length = 0; length < log.length; length += 997) {
        write_whole(world->database, database.text, database.length);
        write_whole(world->log, log.text, length);
        assert_ok(look(world, &error));
    }
    buf_release(&log);
    buf_release(&database);
}

static void a_cut_keyring_is_refused(void **state)
{
    const struct world *world = *state;
    struct buf bytes = read_whole(world->keyring);
    struct passphrase *passphrase = passphrase_of("jo");
    struct keyring keyring = {0};
    struct error error;

    for (size_t length = 0; length < bytes.length; length += 61) {
        write_whole(world->keyring, bytes.text, length);
        assert_int_equal(keyring_load(world->home.dir, &keyring, &error), STATUS_DAMAGED);
    }
    write_whole(world->keyring, bytes.text, bytes.length);
    assert_ok(look(world, &error));
    secret_free(passphrase);
    buf_release(&bytes);
}

/* Floors and ceilings: neither a cheap guess nor a machine out of memory. */
static void a_hostile_keyring_is_refused(void **state)
{
    static const char *const memory[] = {"\"memory\":8192", "\"memory\":99999999999999",
                                         "\"memory\":-1", "\"memory\":\"many\""};
    const struct world *world = *state;
    struct buf bytes = read_whole(world->keyring);
    const char *at_memory = strstr(bytes.text, "\"memory\":");
    const char *end = strchr(at_memory, ',');
    struct keyring keyring = {0};
    struct error error;

    for (size_t i = 0; i < COUNT(memory); i++) {
        char *changed =
            xasprintf("%.*s%s%s", (int)(at_memory - bytes.text), bytes.text, memory[i], end);

        assert_int_equal(keyring_read("keyring", changed, strlen(changed), &keyring, &error),
                         STATUS_DAMAGED);
        free(changed);
    }
    buf_release(&bytes);
}

static void an_old_keyring_put_back_shows(void **state)
{
    const struct world *world = *state;
    struct buf old = read_whole(world->keyring);
    struct passphrase *before = passphrase_of("sam"), *after = passphrase_of("sam again");
    struct store *store = open_as(world->home.dir, &sam);
    struct error error;

    assert_ok(store_passphrase_change(store, before, after, at(900), &error));
    store_close(store);
    store = NULL;
    write_whole(world->keyring, old.text, old.length);
    assert_int_equal(store_open(world->home.dir, "sam", before, &store, &error),
                     STATUS_DAMAGED);
    assert_null(store);
    buf_release(&old);
    secret_free(before);
    secret_free(after);
}

/* The keyring was written, and then the power went before it was logged. */
static void an_interrupted_change_is_logged_later(void **state)
{
    const struct world *world = *state;
    struct passphrase *before = passphrase_of("sam"), *after = passphrase_of("sam again");
    struct buf database = read_whole(world->database);
    struct store *store = open_as(world->home.dir, &sam);
    struct arena arena = {0};
    struct error error;
    struct entry entry;
    struct head head;

    assert_ok(store_passphrase_change(store, before, after, at(900), &error));
    store_close(store);
    write_whole(world->database, database.text, database.length);
    assert_ok(store_open(world->home.dir, "sam", after, &store, &error));
    assert_ok(store_head(store, &head, &error));
    assert_ok(store_entry(store, head.count, &arena, &entry, &error));
    assert_int_equal(entry.kind, ENTRY_KEYRING);
    assert_non_null(strstr(entry.body, "interrupted"));
    assert_ok(store_verify(store, &world->head, NULL, NULL, &error));
    store_close(store);
    arena_release(&arena);
    buf_release(&database);
    secret_free(before);
    secret_free(after);
}

static void stores_do_not_mix(void **state)
{
    const struct world *world = *state;
    struct passphrase *passphrase = passphrase_of("jo");
    struct world other = {0};
    struct store *store = NULL;
    struct buf bytes;
    struct error error;

    make_paths(&other);
    bytes = read_whole(other.keyring);
    write_whole(world->keyring, bytes.text, bytes.length);
    assert_int_equal(store_open(world->home.dir, "jo", passphrase, &store, &error),
                     STATUS_DAMAGED);
    assert_null(store);
    buf_release(&bytes);
    remove_paths(&other);
    secret_free(passphrase);
}

/* Runs in a process of its own; what it exits with. */
static int in_child(const struct world *world, int (*work)(const struct world *world))
{
    pid_t child = fork();
    int result;

    if (child == 0)
        _exit(work(world));
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
    return WEXITSTATUS(result);
}

/* As on a full disk, no file may grow. */
static int write_on_full_disk(const struct world *world)
{
    struct store *store = open_with(world->home.dir, &world->home.key);
    struct rlimit limit = {(rlim_t)1 << 17, (rlim_t)1 << 17};
    char text[20000] = "";
    struct error error;
    enum status status = STATUS_OK;

    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 1;
    for (int i = 0; i < 50 && status == STATUS_OK; i++)
        status = store_draft_save(store, "ABCD", text, sizeof(text), at(i), &error);
    store_close(store);
    return status == STATUS_IO && error.remedy[0] ? 0 : 2;
}

static void a_full_disk_is_said(void **state)
{
    const struct world *world = *state;
    struct error error;

    assert_int_equal(in_child(world, write_on_full_disk), 0);
    assert_ok(look(world, &error));
}

static int open_read_only(const struct world *world)
{
    struct store *store = NULL;
    struct error error;
    enum status status;

    if (getuid() == 0 && (chown(world->home.folder, 65534, 65534) != 0 || setuid(65534) != 0))
        return 1;
    status = store_open_slot(world->home.dir, &world->home.key.keyring, world->home.key.slot,
                             world->home.key.secrets, &store, &error);
    store_close(store);
    return status == STATUS_IO && error.remedy[0] ? 0 : 2;
}

static void a_read_only_store_is_said(void **state)
{
    const struct world *world = *state;
    struct error error;

    assert_int_equal(chmod(world->home.dir, 0555), 0);
    assert_int_equal(chmod(world->database, 0444), 0);
    assert_int_equal(chmod(world->keyring, 0444), 0);
    assert_int_equal(in_child(world, open_read_only), 0);
    assert_int_equal(chmod(world->home.dir, 0700), 0);
    assert_int_equal(chmod(world->database, 0600), 0);
    assert_ok(look(world, &error));
}

/* Neither is a folder without a store, which would be told to make one. */
static void a_store_that_lost_a_file_says_which(void **state)
{
    const struct world *world = *state;
    struct keyring keyring = {0};
    struct error error;

    assert_int_equal(unlink(world->database), 0);
    assert_int_equal(look(world, &error), STATUS_DAMAGED);
    assert_non_null(strstr(error.what, "database of this store is missing"));
    assert_int_not_equal(access(world->database, F_OK), 0);
    write_whole(world->database, "", 0);
    assert_int_equal(unlink(world->keyring), 0);
    assert_int_equal(keyring_load(world->home.dir, &keyring, &error), STATUS_DAMAGED);
    assert_non_null(strstr(error.what, "keyring of this store is missing"));
    assert_int_equal(unlink(world->database), 0);
    assert_int_equal(keyring_load(world->home.dir, &keyring, &error), STATUS_NOT_FOUND);
}

/* A journal that someone put there is not read. */
static void a_planted_journal_is_not_read(void **state)
{
    const struct world *world = *state;
    char *journal = path_join(world->home.dir, DATABASE_FILE "-journal");
    struct error error;

    write_whole(journal, "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7rubbish", 15);
    assert_ok(look(world, &error));
    free(journal);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_world, remove_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_page_is_authenticated),
        TEST(pages_do_not_change_places),
        TEST(a_cut_database_is_found),
        TEST(a_cut_draft_is_not_read_as_zeros),
        TEST(a_cut_log_ends_where_it_was_cut),
        TEST(a_cut_keyring_is_refused),
        TEST(a_hostile_keyring_is_refused),
        TEST(an_old_keyring_put_back_shows),
        TEST(an_interrupted_change_is_logged_later),
        TEST(stores_do_not_mix),
        TEST(a_full_disk_is_said),
        TEST(a_read_only_store_is_said),
        TEST(a_store_that_lost_a_file_says_which),
        TEST(a_planted_journal_is_not_read),
    };

    secret_init();
    return cmocka_run_group_tests_name("store damage", tests, NULL, NULL);
}
