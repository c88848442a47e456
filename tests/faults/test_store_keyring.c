/* SPDX-License-Identifier: MIT */
/* The keyring changed by two at once: no change that was acknowledged is lost, and none is made
 * from keys that somebody else has changed meanwhile. */
#include "tests/unit/store_fixture.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/care.h"

#define CHANGES 20

static int make_home(void **state)
{
    struct home *home = xcalloc(1, sizeof(*home));

    home_make(home, &alex);
    *state = home;
    return 0;
}

static int remove_home(void **state)
{
    home_release(*state);
    free(*state);
    return 0;
}

static struct keyring keyring_of(const struct home *home)
{
    struct keyring keyring = {0};
    struct error error;

    assert_ok(keyring_load(home->dir, &keyring, &error));
    return keyring;
}

/* Disables jo and enables jo again, as often as there is to change; how often it was done. */
static int change_jo(struct store *store)
{
    int done = 0;

    for (int i = 0; i < CHANGES; i++) {
        struct error error;
        enum status status = i % 2 ? store_user_enable(store, "jo", at(10 + i), &error)
                                   : store_user_disable(store, "jo", at(10 + i), &error);

        if (status != STATUS_OK && status != STATUS_REFUSED)
            fail_msg("%s", error.what);
        done += status == STATUS_OK;
    }
    return done;
}

/* Starts another process that changes jo; what it exits with is how often it was done. */
static pid_t start_changing_jo(const struct home *home)
{
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0)
        _exit(change_jo(open_with(home->dir, &home->key)));
    return child;
}

static int wait_for(pid_t child)
{
    int result;

    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
    return WEXITSTATUS(result);
}

static void changes_of_different_slots_all_stand(void **state)
{
    const struct home *home = *state;
    struct keyring before = keyring_of(home), after;
    struct store *store = open_with(home->dir, &home->key);
    pid_t child = start_changing_jo(home);
    struct error error;

    for (int i = 0; i < CHANGES; i++) {
        struct passphrase *code = NULL;

        assert_ok(store_recovery_make(store, at(50 + i), &code, &error));
        secret_free(code);
    }
    assert_int_equal(wait_for(child), CHANGES);
    after = keyring_of(home);
    assert_int_equal(after.serial, before.serial + 2 * CHANGES);
    assert_non_null(keyring_find(&after, RECOVERY_NAME));
    assert_false(keyring_find(&after, "jo")->disabled);
    assert_ok(store_verify(store, NULL, NULL, NULL, &error));
    store_close(store);
    keyring_release(&before);
    keyring_release(&after);
}

/* One of the two is told that it was done already, or that somebody was quicker. */
static void changes_of_one_slot_do_not_mix(void **state)
{
    const struct home *home = *state;
    struct keyring before = keyring_of(home), after;
    struct store *store = open_with(home->dir, &home->key);
    pid_t child = start_changing_jo(home);
    int done = change_jo(store) + wait_for(child);
    struct arena arena = {0};
    struct person person;
    struct error error;
    bool active;

    after = keyring_of(home);
    assert_int_equal(after.serial, before.serial + done);
    assert_ok(user_find(store, "jo", &arena, &person, &active, &error));
    assert_int_equal(active, !keyring_find(&after, "jo")->disabled);
    assert_ok(store_verify(store, NULL, NULL, NULL, &error));
    store_close(store);
    arena_release(&arena);
    keyring_release(&before);
    keyring_release(&after);
}

/* Between reading a slot and writing it another passphrase was chosen. */
static void a_slot_that_was_changed_meanwhile_is_not_overwritten(void **state)
{
    const struct home *home = *state;
    struct passphrase *old = passphrase_of("sam"), *new = passphrase_of("sam again");
    struct store *guardian = open_with(home->dir, &home->key),
                 *store = open_as(home->dir, &sam);
    struct slot before, after;
    struct error error;

    assert_ok(slot_find(home->dir, "sam", &before, &error));
    assert_ok(store_passphrase_change(store, old, new, at(10), &error));
    store_close(store);
    after = before;
    after.disabled = true;
    assert_int_equal(keyring_change(guardian, &before, &after, &sam, NULL, at(11), &error),
                     STATUS_REFUSED);
    assert_int_equal(keyring_change(guardian, NULL, &after, &sam, NULL, at(11), &error),
                     STATUS_REFUSED);
    store = NULL;
    assert_ok(store_open(home->dir, "sam", new, &store, &error));
    assert_ok(store_verify(store, NULL, NULL, NULL, &error));
    store_close(store);
    store_close(guardian);
    secret_free(old);
    secret_free(new);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_home, remove_home)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(changes_of_different_slots_all_stand),
        TEST(changes_of_one_slot_do_not_mix),
        TEST(a_slot_that_was_changed_meanwhile_is_not_overwritten),
    };

    secret_init();
    return cmocka_run_group_tests_name("keyring", tests, NULL, NULL);
}
