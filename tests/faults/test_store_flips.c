/* SPDX-License-Identifier: MIT */
/*
 * Single bits flipped, and files cut at any length, in every file that a store leaves behind
 * when its program is killed: the database, its log, what is shared of it, the keyring. Each is
 * refused, or found by verifying against the last head, or all that is shown is what it was.
 *
 *     test_store_flips [COUNT [SEED]]
 */
#include "tests/unit/store_fixture.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

#define COUNT_IN_CHECK 400
#define CUT_EVERY 8 /* the others are flips */

/* How many in a hundred are of this file. */
static const struct {
    const char *name;
    int share;
} files[] = {{DATABASE_FILE, 60},
             {DATABASE_FILE "-wal", 25},
             {KEYRING_FILE, 13},
             {DATABASE_FILE "-shm", 2}};

struct world {
    struct home home;
    char *path[COUNT(files)];
    struct buf bytes[COUNT(files)]; /* as they were when the program was killed */
    struct head head;
    struct digest shown;
    size_t found, without_effect;
};

static int wanted = COUNT_IN_CHECK, seed = 1; /* as the command line has them */

/* All that a reader of the store is shown, in one digest: every entry and every draft. */
static enum status digest_shown(struct store *store, int64_t count, struct digest *ret_digest,
                                struct error *error)
{
    struct arena arena = {0};
    struct buf all = {0};
    struct draft *drafts;
    size_t drafted = 0;
    enum status status = store_drafts(store, &arena, &drafts, &drafted, error);

    for (int64_t i = 1; i <= count && status == STATUS_OK; i++) {
        struct entry entry;

        status = store_entry(store, i, &arena, &entry, error);
        if (status == STATUS_OK) {
            buf_printf(&all, "%d %s %s ", (int)entry.kind, entry.author, entry.reference);
            buf_add(&all, entry.body, entry.length);
        }
    }
    for (size_t i = 0; i < drafted && status == STATUS_OK; i++)
        buf_add(&all, drafts[i].bytes, drafts[i].length);
    if (status == STATUS_OK)
        *ret_digest = digest_of(&(struct span){all.text, all.length}, 1);
    buf_release(&all);
    arena_release(&arena);
    return status;
}

/* Signs one more record, says how the log ends, and is killed. */
static void sign_and_die(const struct world *world, int to)
{
    struct store *store = open_with(world->home.dir, &world->home.key);
    struct sample sample = {.number = 6, .subject = MARKER};
    struct error error;
    struct head head;

    if (sign_sample(store, &sample, NULL, &error) == STATUS_OK &&
        store_head(store, &head, &error) == STATUS_OK &&
        write(to, &head, sizeof(head)) == (ssize_t)sizeof(head))
        kill(getpid(), SIGKILL);
    _exit(1);
}

static void leave_files(struct world *world)
{
    int ends[2], result;
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        sign_and_die(world, ends[1]);
    close(ends[1]);
    assert_int_equal(read(ends[0], &world->head, sizeof(world->head)), sizeof(world->head));
    close(ends[0]);
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFSIGNALED(result));
    for (size_t i = 0; i < COUNT(files); i++)
        world->bytes[i] = read_whole(world->path[i]);
}

static int make_world(void **state)
{
    struct world *world = xcalloc(1, sizeof(*world));
    struct store *store;
    struct error error;

    home_make(&world->home, &jo);
    for (size_t i = 0; i < COUNT(files); i++)
        world->path[i] = path_join(world->home.dir, files[i].name);
    store = open_with(world->home.dir, &world->home.key);
    for (int i = 1; i <= 5; i++) {
        struct sample sample = {.number = i, .subject = MARKER};

        assert_ok(sign_sample(store, &sample, NULL, &error));
    }
    assert_ok(store_draft_save(store, "DRAFTED", MARKER, sizeof(MARKER), at(9), &error));
    store_close(store);
    leave_files(world);
    store = open_with(world->home.dir, &world->home.key);
    assert_ok(digest_shown(store, world->head.count, &world->shown, &error));
    store_close(store);
    *state = world;
    return 0;
}

static int remove_world(void **state)
{
    struct world *world = *state;

    home_release(&world->home);
    for (size_t i = 0; i < COUNT(files); i++) {
        free(world->path[i]);
        buf_release(&world->bytes[i]);
    }
    free(world);
    return 0;
}

/* Opens, verifies and reads it; what the first failure says. The keyring is read as well, as
 * everyone does who types a passphrase. */
static enum status look(const struct world *world, struct digest *ret_shown,
                        struct error *error)
{
    const struct key *key = &world->home.key;
    struct keyring keyring = {0};
    struct store *store = NULL;
    enum status status = keyring_load(world->home.dir, &keyring, error);

    keyring_release(&keyring);
    if (status == STATUS_OK)
        status = store_open_slot(world->home.dir, &key->keyring, key->slot, key->secrets,
                                 &store, error);
    if (status == STATUS_OK)
        status = store_verify(store, &world->head, NULL, NULL, error);
    if (status == STATUS_OK)
        status = digest_shown(store, world->head.count, ret_shown, error);
    store_close(store);
    return status;
}

static size_t pick_file(void)
{
    int at = rand() % 100;
    size_t file = 0;

    while (at >= files[file].share)
        at -= files[file++].share;
    return file;
}

/* Puts all files back as they were, but one. */
static void put_files(const struct world *world, size_t damaged, const struct buf *as)
{
    for (size_t i = 0; i < COUNT(files); i++) {
        const struct buf *bytes = i == damaged ? as : &world->bytes[i];

        write_whole(world->path[i], buf_text(bytes), bytes->length);
    }
}

static void damage_one(struct world *world)
{
    size_t file = pick_file();
    struct buf *bytes = &world->bytes[file], as = *bytes;
    size_t at = ((size_t)rand() * 32768 + (size_t)rand()) % bytes->length;
    bool cut = rand() % CUT_EVERY == 0;
    char bit = (char)(1 << rand() % 8);
    struct digest shown = {0};
    struct error error;
    enum status status;

    if (cut)
        as.length = at;
    else
        as.text[at] ^= bit;
    put_files(world, file, &as);
    status = look(world, &shown, &error);
    if (!cut)
        as.text[at] ^= bit;
    if (status != STATUS_OK && status != STATUS_DAMAGED && status != STATUS_UNSUPPORTED)
        fail_msg("%s %s at %zu: %s", files[file].name, cut ? "cut" : "flipped", at, error.what);
    if (status == STATUS_OK && memcmp(&shown, &world->shown, sizeof(shown)) != 0)
        fail_msg("%s %s at %zu shows something else", files[file].name, cut ? "cut" : "flipped",
                 at);
    world->found += status != STATUS_OK;
    world->without_effect += status == STATUS_OK;
}

static void damage_is_found_or_without_effect(void **state)
{
    struct world *world = *state;

    srand((unsigned)seed);
    for (int i = 0; i < wanted; i++)
        damage_one(world);
    print_message("# %zu found, %zu without effect\n", world->found, world->without_effect);
    assert_true(world->found > world->without_effect);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(
        damage_is_found_or_without_effect, make_world, remove_world)};

    if (count > 1)
        wanted = atoi(arguments[1]);
    if (count > 2)
        seed = atoi(arguments[2]);
    secret_init();
    return cmocka_run_group_tests_name("store flips", tests, NULL, NULL);
}
