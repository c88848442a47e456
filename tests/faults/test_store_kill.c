/* SPDX-License-Identifier: MIT */
/* kill -9 at random moments of writing: whatever was acknowledged is there, all of it verifies,
 * and no file ever held a word of it. */
#include "tests/unit/store_fixture.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

#define ROUNDS 20

struct world {
    struct home home;
    int next; /* number of the next record */
};

static int make_world(void **state)
{
    struct world *world = xcalloc(1, sizeof(*world));

    home_make(&world->home, &jo);
    world->next = 1;
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

/* What the child says once something is on the disk. */
struct ack {
    int number; /* of the record */
    int step;   /* its draft, 1 to 3; or 0: it was signed */
};

static void acknowledge(int to, int number, int step)
{
    struct ack ack = {number, step};

    if (write(to, &ack, sizeof(ack)) != (ssize_t)sizeof(ack))
        _exit(2);
}

/* Three drafts and a signature, again and again, until it is killed. */
static void write_for_ever(const struct world *world, int to)
{
    struct store *store = open_with(world->home.dir, &world->home.key);
    char reference[REFERENCE_SIZE];
    char text[64 + 4 * 3000] = "";
    struct error error;

    for (int number = world->next;; number++) {
        struct sample sample = {.number = number, .subject = MARKER};

        reference_of(number, reference);
        for (int step = 1; step <= 3; step++) {
            memset(text, 'a' + step, sizeof(text));
            memcpy(text, &step, sizeof(step));
            memcpy(text + 16, MARKER, sizeof(MARKER));
            if (store_draft_save(store, reference, text, (size_t)(64 + step * 3000), at(step),
                                 &error) != STATUS_OK)
                _exit(3);
            acknowledge(to, number, step);
        }
        if (sign_sample(store, &sample, NULL, &error) != STATUS_OK)
            _exit(4);
        acknowledge(to, number, 0);
    }
}

/* Reads acknowledgements until `enough` were had or the other end is gone. */
static void take_acks(int from, int enough, struct ack *last)
{
    struct ack ack;

    while (enough-- > 0 && read(from, &ack, sizeof(ack)) == (ssize_t)sizeof(ack))
        *last = ack;
}

static struct ack run_and_kill(const struct world *world)
{
    struct ack last = {world->next - 1, 0};
    int ends[2], result;
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        write_for_ever(world, ends[1]);
    }
    close(ends[1]);
    take_acks(ends[0], 1 + rand() % 30, &last);
    poll(NULL, 0, rand() % 3); /* to meet it anywhere, not just after it spoke */
    assert_false(folder_holds(world->home.dir, MARKER));
    kill(child, SIGKILL);
    take_acks(ends[0], 1 << 30, &last);
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFSIGNALED(result));
    close(ends[0]);
    return last;
}

/* The record that was being made when it was killed is there as far as was said, or further. */
static void check_draft(struct store *store, int number, int step)
{
    struct arena arena = {0};
    char reference[REFERENCE_SIZE];
    struct draft *drafts;
    struct error error;
    size_t count;
    int found = 0;

    assert_ok(store_drafts(store, &arena, &drafts, &count, &error));
    assert_true(count <= 1);
    reference_of(number, reference);
    if (count == 1 && strcmp(drafts[0].reference, reference) == 0) {
        memcpy(&found, drafts[0].bytes, sizeof(found));
        assert_int_equal(drafts[0].length, 64 + found * 3000);
    }
    assert_true(found >= step);
    arena_release(&arena);
}

static bool is_signed(struct store *store, int number)
{
    struct arena arena = {0};
    char reference[REFERENCE_SIZE];
    struct error error;
    struct row row;
    bool found =
        store_find(store, reference_of(number, reference), &arena, &row, &error) == STATUS_OK;

    arena_release(&arena);
    return found;
}

static void what_was_acknowledged_is_there(void **state)
{
    const char *wanted = getenv("DISCERN_KILL_ROUNDS");
    int rounds = wanted ? atoi(wanted) : ROUNDS;
    struct world *world = *state;
    struct error error;

    srand(20261122);
    for (int round = 0; round < rounds; round++) {
        struct ack last = run_and_kill(world);
        struct store *store;

        assert_false(folder_holds(world->home.dir, MARKER));
        store = open_with(world->home.dir, &world->home.key);
        for (int number = world->next; number < last.number + (last.step == 0); number++)
            assert_true(is_signed(store, number));
        if (last.step > 0 && !is_signed(store, last.number))
            check_draft(store, last.number, last.step);
        assert_ok(store_verify(store, NULL, NULL, NULL, &error));
        world->next = last.number;
        while (is_signed(store, world->next))
            world->next++;
        store_close(store);
    }
}

/* Another writer, at the same time, for as long as the first is writing. */
static void two_write_at_once(void **state)
{
    struct world *world = *state;
    struct ack last = {0, 0};
    struct store *store;
    struct error error;
    struct head head;
    int ends[2], result;
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        close(ends[0]);
        write_for_ever(world, ends[1]);
    }
    close(ends[1]);
    take_acks(ends[0], 1, &last);
    store = open_as(world->home.dir, &sam);
    for (int i = 0; i < 30; i++) {
        assert_ok(store_append(store, ENTRY_EXPORT, NULL, "{}", 2, at(1000 + i), NULL, &error));
        take_acks(ends[0], 4, &last);
        assert_true(last.step > 0 || is_signed(store, last.number));
    }
    kill(child, SIGKILL);
    waitpid(child, &result, 0);
    close(ends[0]);
    assert_ok(store_head(store, &head, &error));
    assert_true(head.count >= 3 + 30 + last.number - 1);
    assert_ok(store_verify(store, &head, NULL, NULL, &error));
    store_close(store);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_world, remove_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_acknowledged_is_there),
        TEST(two_write_at_once),
    };

    secret_init();
    return cmocka_run_group_tests_name("store kill", tests, NULL, NULL);
}
