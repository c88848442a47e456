/* SPDX-License-Identifier: MIT */
/*
 * Every call to the disk, and every allocation of SQLite's, failed in turn while a store is
 * signed into and looked after: its keyring changed, a record erased, copied, put back,
 * upgraded. Either it is done, or the user is told and nothing was; and so it stays if the
 * program is killed right after it failed. No write, failed or not, holds a word of it.
 */
#include "tests/unit/store_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/care.h"
#include "tests/faults/fault_vfs.h"

#define ROUNDS_IN_CHECK 5
#define ROUNDS_IF_ASKED 200

struct world {
    struct home home;
    char *kept, *backup, *fresh; /* the store as it was; a backup of it; one not yet made */
    char reference[REFERENCE_SIZE];
    struct head head;
};

/* What is done, and how the store shows that it was. */
struct act {
    const char *name;
    enum status (*run)(const struct world *world, struct store *store, struct error *error);
    int entries; /* that it adds to the log */
    bool alone;  /* opens the store itself */
};

static enum status sign(const struct world *world, struct store *store, struct error *error)
{
    struct sample sample = {.number = 2, .subject = MARKER};

    (void)world;
    return sign_sample(store, &sample, NULL, error);
}

static enum status make_recovery(const struct world *world, struct store *store,
                                 struct error *error)
{
    struct passphrase *code = NULL;
    enum status status = store_recovery_make(store, at(50), &code, error);

    (void)world;
    secret_free(code);
    return status;
}

static enum status disable(const struct world *world, struct store *store, struct error *error)
{
    (void)world;
    return store_user_disable(store, "jo", at(50), error);
}

static enum status erase(const struct world *world, struct store *store, struct error *error)
{
    return store_erase(store, world->reference, "Due.", at(50), error);
}

static enum status rekey(const struct world *world, struct store *store, struct error *error)
{
    (void)world;
    return store_rekey(store, at(50), error);
}

static enum status back_up(const struct world *world, struct store *store, struct error *error)
{
    struct head head;

    return store_backup(store, world->fresh, &head, error);
}

static enum status restore(const struct world *world, struct store *store, struct error *error)
{
    struct passphrase *passphrase = passphrase_of("alex");
    struct restore_options options = {world->backup, world->home.dir, "alex",
                                      passphrase,    false,           true};
    struct restored restored = {0};
    enum status status = store_restore(&options, at(50), &restored, error);

    (void)store;
    free(restored.kept);
    secret_free(passphrase);
    return status;
}

static enum status open_older(const struct world *world, struct store *store,
                              struct error *error)
{
    const struct key *key = &world->home.key;
    enum status status =
        store_open_slot(world->home.dir, &key->keyring, key->slot, key->secrets, &store, error);

    if (status == STATUS_OK)
        store_close(store);
    return status;
}

static const struct act acts[] = {
    {"a record", sign, 1, false},           {"a recovery key", make_recovery, 1, false},
    {"a user disabled", disable, 1, false}, {"an erasure", erase, 1, false},
    {"another key", rekey, 1, false},       {"a backup", back_up, 0, false},
    {"a restore", restore, 1, true},        {"an upgrade", open_older, 0, true},
};

/* --- The world ---------------------------------------------------------------------------- */

static void copy_files(const char *from, const char *to)
{
    static const char *const names[] = {DATABASE_FILE, KEYRING_FILE};

    for (size_t i = 0; i < COUNT(names); i++) {
        char *source = path_join(from, names[i]), *path = path_join(to, names[i]);
        struct buf bytes = read_whole(source);

        write_whole(path, buf_text(&bytes), bytes.length);
        buf_release(&bytes);
        free(source);
        free(path);
    }
}

static void remove_folder(const char *dir)
{
    folder_remove(xstrdup(dir));
}

static void make_older(const struct world *world)
{
    struct store *store = open_with(world->home.dir, &world->home.key);

    make_first_version(store);
    store_close(store);
}

static int make_world(void **state)
{
    struct world *world = xcalloc(1, sizeof(*world));
    struct sample sample = {.number = 1, .subject = MARKER};
    struct store *store;
    struct error error;

    home_make(&world->home, &alex);
    world->kept = path_join(world->home.folder, "kept");
    world->backup = path_join(world->home.folder, "backup");
    world->fresh = path_join(world->home.folder, "fresh");
    store = open_as(world->home.dir, &jo);
    assert_ok(sign_sample(store, &sample, NULL, &error));
    reference_of(1, world->reference);
    store_close(store);
    store = open_with(world->home.dir, &world->home.key);
    assert_ok(store_backup(store, world->backup, &world->head, &error));
    assert_ok(store_backup(store, world->kept, &world->head, &error));
    store_close(store);
    *state = world;
    return 0;
}

static int remove_world(void **state)
{
    struct world *world = *state;

    home_release(&world->home);
    free(world->kept);
    free(world->backup);
    free(world->fresh);
    free(world);
    return 0;
}

/* The store as it was, and nothing else beside it. */
static void put_back(const struct world *world)
{
    struct error error;
    char **names;
    size_t count;

    assert_ok(file_list(world->home.folder, "", &names, &count, &error));
    for (size_t i = 0; i < count; i++) {
        char *path = path_join(world->home.folder, names[i]);

        if (strcmp(path, world->kept) != 0 && strcmp(path, world->backup) != 0 &&
            strcmp(path, world->home.dir) != 0)
            remove_folder(path);
        free(path);
    }
    free(names);
    remove_folder(world->home.dir);
    assert_int_equal(mkdir(world->home.dir, 0700), 0);
    copy_files(world->kept, world->home.dir);
}

/* --- One fault ---------------------------------------------------------------------------- */

struct trial {
    const struct act *act;
    struct fault *(*of)(void);
    bool lasting, killed; /* every later call fails too; killed right after it failed */
};

/* What a trial came to. */
struct trial_result {
    enum status status;
    int calls;
    bool fired, doubt; /* doubt: the user was told that it may be done, or is */
    struct error error;
};

/* Each write is looked at, and what all the writes before it have left in the folder. */
static void wrote(bool log, const void *bytes, int size, long long offset, void *data)
{
    const struct world *world = data;

    (void)log;
    (void)offset;
    assert_null(memmem(bytes, (size_t)size, MARKER, strlen(MARKER)));
    assert_false(folder_holds(world->home.dir, MARKER));
}

static void cut(bool log, long long size, void *data)
{
    (void)log;
    (void)size;
    (void)data;
}

static void synced(bool log, void *data)
{
    (void)log;
    (void)data;
}

/* In a process of its own. */
static void run_trial(const struct world *world, const struct trial *trial, int k, int to)
{
    struct store *store =
        trial->act->alone ? NULL : open_with(world->home.dir, &world->home.key);
    const struct fault_watch watch = {wrote, cut, synced, (void *)(uintptr_t)world};
    struct fault *fault = trial->of();
    struct trial_result outcome = {0};

    if (k == 0)
        fault_watch(&watch);
    *fault = (struct fault){.countdown = k, .lasting = trial->lasting};
    outcome.status = trial->act->run(world, store, &outcome.error);
    outcome.calls = fault->calls;
    outcome.fired = fault->fired > 0;
    *fault = (struct fault){0};
    outcome.doubt =
        outcome.status != STATUS_OK && (strstr(outcome.error.what, "may have been kept") ||
                                        strstr(outcome.error.what, "was erased"));
    if (!trial->killed)
        store_close(store);
    _exit(write(to, &outcome, sizeof(outcome)) == (ssize_t)sizeof(outcome) ? 0 : 1);
}

static struct trial_result try_it(const struct world *world, const struct trial *trial, int k)
{
    struct trial_result outcome;
    int ends[2], result;
    pid_t child;

    put_back(world);
    if (trial->act->run == open_older)
        make_older(world);
    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        run_trial(world, trial, k, ends[1]);
    close(ends[1]);
    assert_int_equal(read(ends[0], &outcome, sizeof(outcome)), sizeof(outcome));
    close(ends[0]);
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_int_equal(result, 0);
    return outcome;
}

/* The store opens, verifies, and has what was said to be done, and no more. */
static void check_store(const struct world *world, const struct trial *trial, int k,
                        const struct trial_result *outcome)
{
    const struct act *act = trial->act;
    bool done = outcome->status == STATUS_OK;
    struct store *store = open_as(world->home.dir, &alex);
    struct error error;
    struct head head;

    assert_ok(store_verify(store, &world->head, NULL, NULL, &error));
    assert_ok(store_head(store, &head, &error));
    store_close(store);
    if (head.count != world->head.count + (done ? act->entries : 0) &&
        !(outcome->doubt && head.count == world->head.count + act->entries))
        fail_msg("%s, call %d: %d entries more; %s", act->name, k,
                 (int)(head.count - world->head.count), done ? "done" : outcome->error.what);
    assert_int_equal(access(world->fresh, F_OK) == 0, done && act->run == back_up);
    assert_false(folder_holds(world->home.dir, MARKER));
}

/* Which calls: all where a kill could bring back what failed, and all of the disk's if asked
 * for; else some. */
static int step_of(const struct trial *trial, int calls)
{
    bool disk = trial->of == fault_of_files, asked = getenv("DISCERN_LONG_TESTS");
    bool back = trial->act->run == sign && trial->killed && !trial->lasting;

    return back || (asked && disk) ? 1
                                   : calls / (asked ? ROUNDS_IF_ASKED : ROUNDS_IN_CHECK) + 1;
}

static void run_trials(const struct world *world, const struct trial *trial)
{
    struct trial_result outcome = try_it(world, trial, 0);
    int step = step_of(trial, outcome.calls);

    if (outcome.status != STATUS_OK)
        fail_msg("%s: %s", trial->act->name, outcome.error.what);
    check_store(world, trial, 0, &outcome);
    for (int k = 1; k <= outcome.calls; k += step) {
        struct trial_result failed = try_it(world, trial, k);

        assert_true(failed.status == STATUS_OK || failed.error.what[0]);
        check_store(world, trial, k, &failed);
    }
}

static void run_all(const struct world *world, struct trial trial)
{
    for (size_t i = 0; i < COUNT(acts); i++) {
        trial.act = &acts[i];
        run_trials(world, &trial);
    }
}

static void each_call_to_the_disk_fails_once(void **state)
{
    run_all(*state, (struct trial){.of = fault_of_files});
}

static void it_is_killed_when_a_call_has_failed(void **state)
{
    run_all(*state, (struct trial){.of = fault_of_files, .killed = true});
}

static void the_disk_fails_for_good(void **state)
{
    run_all(*state, (struct trial){.of = fault_of_files, .lasting = true, .killed = true});
}

static void each_allocation_fails_once(void **state)
{
    run_all(*state, (struct trial){.of = fault_of_memory});
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_world, remove_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_call_to_the_disk_fails_once),
        TEST(it_is_killed_when_a_call_has_failed),
        TEST(the_disk_fails_for_good),
        TEST(each_allocation_fails_once),
    };

    fault_install();
    secret_init();
    return cmocka_run_group_tests_name("care faults", tests, NULL, NULL);
}
