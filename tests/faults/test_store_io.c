/* SPDX-License-Identifier: MIT */
/* Every call to the disk, and every allocation of SQLite's, failed in turn while a draft is
 * saved and a record signed: the entry is whole, or the caller is told and there is none. */
#include "tests/unit/store_fixture.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "tests/faults/fault_vfs.h"

struct world {
    struct home home;
    int number;    /* of the next record */
    int64_t count; /* entries, as last seen */
};

static int make_world(void **state)
{
    struct world *world = xcalloc(1, sizeof(*world));

    home_make(&world->home, &jo);
    world->number = 1;
    world->count = 3;
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

/* What must be so after a store was opened again. */
static void check_store(struct world *world, bool signed_it, bool drafted)
{
    struct store *store = open_with(world->home.dir, &world->home.key);
    struct arena arena = {0};
    struct draft *drafts;
    struct error error;
    struct head head;
    size_t count;

    assert_ok(store_head(store, &head, &error));
    assert_int_equal(head.count, world->count + signed_it);
    world->count = head.count;
    assert_ok(store_drafts(store, &arena, &drafts, &count, &error));
    if (!signed_it && drafted)
        assert_int_equal(count, 1);
    if (signed_it)
        assert_int_equal(count, 0);
    assert_ok(store_verify(store, NULL, NULL, NULL, &error));
    assert_ok(store_draft_drop(store, count ? drafts[0].reference : "none", &error));
    arena_release(&arena);
    store_close(store);
    world->number += signed_it;
}

/* Saves and signs with the k-th call failing. False once there is no k-th call. */
static bool try_fault(struct world *world, struct fault *fault, int k, bool lasting)
{
    struct store *store = open_with(world->home.dir, &world->home.key);
    struct sample sample = {.number = world->number, .subject = MARKER};
    char reference[REFERENCE_SIZE];
    struct error error;
    enum status saved, done = STATUS_FAILED;
    bool fired;

    *fault = (struct fault){.countdown = k, .lasting = lasting};
    saved = store_draft_save(store, reference_of(world->number, reference), MARKER, 5, at(5),
                             &error);
    if (saved == STATUS_OK)
        done = sign_sample(store, &sample, NULL, &error);
    fired = fault->fired > 0;
    if (fired && saved != STATUS_OK)
        assert_true(saved == STATUS_IO || saved == STATUS_FAILED);
    if (fired && saved == STATUS_OK && done != STATUS_OK)
        assert_true(done == STATUS_IO || done == STATUS_FAILED);
    *fault = (struct fault){0};
    store_close(store);
    assert_false(folder_holds(world->home.dir, MARKER));
    check_store(world, done == STATUS_OK, saved == STATUS_OK);
    return fired;
}

static void run_faults(struct world *world, struct fault *fault, bool lasting, int step)
{
    int k = 1;

    while (try_fault(world, fault, k, lasting))
        k += step;
    assert_true(k > 5);
}

/* All of them if asked for, else every few. */
static int step_of(int otherwise)
{
    return getenv("DISCERN_LONG_TESTS") ? 1 : otherwise;
}

static void each_call_to_the_disk_fails_once(void **state)
{
    run_faults(*state, fault_of_files(), false, step_of(1));
}

static void the_disk_fails_for_good(void **state)
{
    run_faults(*state, fault_of_files(), true, step_of(2));
}

static void each_allocation_fails_once(void **state)
{
    run_faults(*state, fault_of_memory(), false, step_of(37));
}

static void allocations_fail_for_good(void **state)
{
    run_faults(*state, fault_of_memory(), true, step_of(53));
}

/* Opening with a call failing: told, or open and whole. */
static void opening_fails_cleanly(void **state)
{
    struct world *world = *state;
    struct fault *fault = fault_of_files();
    struct store *store;
    struct error error;
    bool fired = true;

    for (int k = 1; fired; k++) {
        store = NULL;
        *fault = (struct fault){.countdown = k};
        if (store_open_slot(world->home.dir, &world->home.key.keyring, world->home.key.slot,
                            world->home.key.secrets, &store, &error) != STATUS_OK)
            assert_null(store);
        fired = fault->fired > 0;
        *fault = (struct fault){0};
        store_close(store);
        check_store(world, false, false);
    }
}

/* What is acknowledged would outlive a power cut: nothing of it waits in the system. */
static void what_is_acknowledged_is_synced(void **state)
{
    struct world *world = *state;
    struct store *store = open_with(world->home.dir, &world->home.key);
    struct sample sample = {.number = 1, .subject = MARKER};
    char reference[REFERENCE_SIZE];
    struct error error;

    reference_of(1, reference);
    for (int i = 0; i < 20; i++) {
        assert_ok(store_draft_save(store, reference, MARKER, 5, at(i), &error));
        assert_int_equal(fault_unsynced(), 0);
    }
    assert_ok(sign_sample(store, &sample, NULL, &error));
    assert_int_equal(fault_unsynced(), 0);
    store_close(store);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_world, remove_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_call_to_the_disk_fails_once),
        TEST(the_disk_fails_for_good),
        TEST(each_allocation_fails_once),
        TEST(allocations_fail_for_good),
        TEST(opening_fails_cleanly),
        TEST(what_is_acknowledged_is_synced),
    };

    fault_install();
    secret_init();
    return cmocka_run_group_tests_name("store faults", tests, NULL, NULL);
}
