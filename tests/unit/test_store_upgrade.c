/* SPDX-License-Identifier: MIT */
/* Stores of earlier versions: brought up to date whole or not at all, and nothing left beside.
 */
#include "tests/unit/store_fixture.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/secret.h"
#include "store/folder.h"

struct world {
    struct home home;
    struct head head;
};

static int make_world(void **state)
{
    struct world *world = xcalloc(1, sizeof(*world));
    struct sample sample = {.number = 1};
    struct store *store;
    struct error error;

    home_make(&world->home, &alex);
    store = open_with(world->home.dir, &world->home.key);
    assert_ok(sign_sample(store, &sample, NULL, &error));
    assert_ok(store_head(store, &world->head, &error));
    make_first_version(store);
    store_close(store);
    *state = world;
    return 0;
}

static int remove_world(void **state)
{
    struct world *world = *state;

    home_release(&world->home);
    free(world);
    return 0;
}

/* Opens it by its passphrase, as a person does. */
static enum status open_watched(const struct world *world, const struct watch *watch,
                                struct store **ret_store, struct error *error)
{
    struct passphrase *passphrase = passphrase_of(alex.name);
    enum status status =
        store_open_watched(world->home.dir, alex.name, passphrase, watch, ret_store, error);

    secret_free(passphrase);
    return status;
}

static int64_t version_of(struct store *store)
{
    struct error error;
    int64_t version;

    assert_ok(query_number(store->database, 0, &version, &error, "PRAGMA user_version", ""));
    return version;
}

static size_t folders_beside(const struct world *world)
{
    struct error error;
    char **names;
    size_t count;

    assert_ok(file_list(world->home.folder, "", &names, &count, &error));
    free(names);
    return count - 1;
}

static void check_whole(const struct world *world, struct store *store)
{
    struct error error;
    struct head head;

    assert_int_equal(version_of(store), DATABASE_SCHEMA);
    assert_ok(store_head(store, &head, &error));
    assert_int_equal(head.count, world->head.count);
    assert_ok(store_verify(store, &world->head, NULL, NULL, &error));
    assert_int_equal(folders_beside(world), 0);
}

static void an_older_store_is_upgraded_once(void **state)
{
    const struct world *world = *state;
    struct store *store = open_with(world->home.dir, &world->home.key), *second;

    check_whole(world, store);
    second = open_with(world->home.dir, &world->home.key); /* which needs it alone no more */
    store_close(second);
    store_close(store);
}

/* What was said of an upgrade. */
struct told {
    int times;
    int64_t first, last, count;
    enum { GO_ON, STOP, KILL } then; /* when anything was verified */
};

static bool listen(int64_t done, int64_t count, void *data)
{
    struct told *told = data;

    if (told->times++ == 0)
        told->first = done;
    told->last = done;
    told->count = count;
    if (done > 0 && told->then == KILL)
        raise(SIGKILL);
    return done == 0 || told->then == GO_ON;
}

static void it_is_told_how_far_it_is(void **state)
{
    const struct world *world = *state;
    struct told told = {.times = 0};
    const struct watch watch = {listen, &told};
    struct store *store;
    struct error error;

    assert_ok(open_watched(world, &watch, &store, &error));
    check_whole(world, store);
    store_close(store);
    assert_true(told.times > 1);
    assert_int_equal(told.first, 0);
    assert_int_equal(told.count, world->head.count);
    assert_in_range(told.last, 1, world->head.count);
    told.times = 0;
    assert_ok(open_watched(world, &watch, &store, &error));
    store_close(store);
    assert_int_equal(told.times, 0);
}

static void stopped_it_leaves_the_store_as_it_was(void **state)
{
    const struct world *world = *state;
    struct told told = {.then = STOP};
    const struct watch watch = {listen, &told};
    struct store *store = NULL;
    struct error error;

    assert_int_equal(open_watched(world, &watch, &store, &error), STATUS_FAILED);
    assert_null(store);
    assert_int_equal(folders_beside(world), 0);
    told.then = GO_ON;
    assert_ok(open_watched(world, &watch, &store, &error));
    check_whole(world, store);
    store_close(store);
}

static void killed_it_leaves_nothing_behind_for_long(void **state)
{
    const struct world *world = *state;
    struct told told = {.then = KILL};
    const struct watch watch = {listen, &told};
    struct store *store = NULL;
    struct error error;
    pid_t child = fork();
    int result;

    if (child == 0)
        _exit(open_watched(world, &watch, &store, &error));
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFSIGNALED(result) && WTERMSIG(result) == SIGKILL);
    assert_int_equal(folders_beside(world), 1);
    store = open_with(world->home.dir, &world->home.key);
    check_whole(world, store);
    store_close(store);
}

static void make_folder(const struct world *world, const char *name)
{
    char *path = path_join(world->home.folder, name), *inside = path_join(path, "file");

    assert_int_equal(mkdir(path, 0700), 0);
    write_whole(inside, "x", 1);
    free(inside);
    free(path);
}

/* The store is "store" in its folder. */
static void nothing_else_is_swept(void **state)
{
    static const char *const others[] = {"store.new-abcde",   "store.new-abcdefg",
                                         "store.new",         "store.before-abcdef",
                                         "store2.new-abcdef", "my-store.new-abcdef"};
    const struct world *world = *state;

    assert_string_equal(strrchr(world->home.dir, '/'), "/store");
    for (size_t i = 0; i < COUNT(others); i++)
        make_folder(world, others[i]);
    make_folder(world, "store.new-abcdef");
    make_folder(world, "store.new-123456");
    folder_sweep(world->home.dir);
    assert_int_equal(folders_beside(world), COUNT(others));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_world, remove_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_older_store_is_upgraded_once),
        TEST(it_is_told_how_far_it_is),
        TEST(stopped_it_leaves_the_store_as_it_was),
        TEST(killed_it_leaves_nothing_behind_for_long),
        TEST(nothing_else_is_swept),
    };

    secret_init();
    return cmocka_run_group_tests_name("older stores", tests, NULL, NULL);
}
