/* SPDX-License-Identifier: MIT */
/*
 * Power cuts. Everything that is written below the sealing layer is noted; then the power is
 * cut after any of it. What was not synced by then is kept, dropped, or torn between sectors of
 * 512 bytes, each write by itself; the store is opened again, and must be whole, with every
 * entry and draft that was acknowledged. Plain SQLite must stand the same cuts; without syncs,
 * both must fail, else the cuts prove nothing.
 */
#include "tests/unit/store_fixture.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "tests/faults/fault_vfs.h"

#define SECTOR 512
#define SIGNED 8 /* records in a run */

enum what { WROTE, CUT, SYNCED, ACKNOWLEDGED };

struct event {
    enum what what;
    bool log;
    long long at; /* offset, size, or how much was acknowledged */
    char *bytes;
    size_t size;
};

struct tape {
    struct event *step;
    size_t count, room;
};

static struct event *add(struct tape *tape, enum what what, bool log, long long at)
{
    if (tape->count == tape->room) {
        tape->room = tape->room ? 2 * tape->room : 256;
        tape->step = xrealloc(tape->step, tape->room, sizeof(*tape->step));
    }
    tape->step[tape->count] = (struct event){.what = what, .log = log, .at = at};
    return &tape->step[tape->count++];
}

static void wrote(bool log, const void *bytes, int size, long long offset, void *data)
{
    struct event *step = add(data, WROTE, log, offset);

    step->size = (size_t)size;
    step->bytes = memcpy(xmalloc((size_t)size), bytes, (size_t)size);
}

static void cut(bool log, long long size, void *data)
{
    add(data, CUT, log, size);
}

static void synced(bool log, void *data)
{
    add(data, SYNCED, log, 0);
}

static void tape_release(struct tape *tape)
{
    for (size_t i = 0; i < tape->count; i++)
        free(tape->step[i].bytes);
    free(tape->step);
    *tape = (struct tape){0};
}

/* --- What the disk holds ------------------------------------------------------------------ */

static void put(struct buf *disk, const char *bytes, size_t size, size_t offset)
{
    if (disk->length < offset + size)
        buf_pad(disk, '\0', offset + size - disk->length);
    memcpy(disk->text + offset, bytes, size);
}

/* A write that was not synced: kept, dropped, or some sectors of it. */
static void put_some(struct buf *disk, const struct event *step)
{
    int fate = rand() % 3;
    size_t at = 0;

    while (fate && at < step->size) {
        size_t end = ((size_t)step->at + at) / SECTOR * SECTOR + SECTOR - (size_t)step->at;
        size_t size = (end < step->size ? end : step->size) - at;

        if (fate == 1 || rand() % 2)
            put(disk, step->bytes + at, size, (size_t)step->at + at);
        at += size;
    }
}

/* Whether a sync came between a step and the cut. */
static bool was_synced(const struct tape *tape, size_t at, size_t end)
{
    for (size_t i = at + 1; i < end; i++) {
        if (tape->step[i].what == SYNCED && tape->step[i].log == tape->step[at].log)
            return true;
    }
    return false;
}

/* One of the two files, as it was before, after the power failed at `end`. */
static void replay_file(const struct tape *tape, size_t end, bool log, struct buf *disk)
{
    for (size_t i = 0; i < end; i++) {
        const struct event *step = &tape->step[i];
        bool sure = was_synced(tape, i, end);

        if (step->log != log || step->what == SYNCED || step->what == ACKNOWLEDGED)
            continue;
        if (step->what == CUT && (sure || rand() % 2))
            buf_cut(disk, (size_t)step->at);
        else if (step->what == WROTE && sure)
            put(disk, step->bytes, step->size, (size_t)step->at);
        else if (step->what == WROTE)
            put_some(disk, step);
    }
}

/* --- A world that loses its power ----------------------------------------------------------
 */

struct world {
    struct home home;
    char *database, *log, *shared;
    struct buf before; /* the database as it was when the tape began */
    struct tape tape;
    struct fault_watch watch;
};

static int make_world(void **state)
{
    struct world *world = xcalloc(1, sizeof(*world));

    srand(7);
    home_make(&world->home, &jo);
    world->database = path_join(world->home.dir, DATABASE_FILE);
    world->log = path_join(world->home.dir, DATABASE_FILE "-wal");
    world->shared = path_join(world->home.dir, DATABASE_FILE "-shm");
    world->watch = (struct fault_watch){wrote, cut, synced, &world->tape};
    *state = world;
    return 0;
}

static int remove_world(void **state)
{
    struct world *world = *state;

    fault_watch(NULL);
    tape_release(&world->tape);
    home_release(&world->home);
    buf_release(&world->before);
    free(world->database);
    free(world->log);
    free(world->shared);
    free(world);
    return 0;
}

/* The two files as the cut left them; what was shared in memory is gone. Returns how much had
 * been acknowledged. */
static long long lose_power(struct world *world, size_t end)
{
    struct buf database = {0}, log = {0};
    long long acknowledged = 0;

    buf_add(&database, world->before.text, world->before.length);
    replay_file(&world->tape, end, false, &database);
    replay_file(&world->tape, end, true, &log);
    for (size_t i = 0; i < end; i++) {
        if (world->tape.step[i].what == ACKNOWLEDGED)
            acknowledged = world->tape.step[i].at;
    }
    write_whole(world->database, buf_text(&database), database.length);
    unlink(world->log);
    unlink(world->shared);
    if (log.length)
        write_whole(world->log, log.text, log.length);
    buf_release(&database);
    buf_release(&log);
    return acknowledged;
}

static int cuts(void)
{
    return getenv("DISCERN_LONG_TESTS") ? 2000 : 60;
}

/* --- A store ------------------------------------------------------------------------------ */

/* Drafts and records one after the other, with the log emptied into the database every now and
 * then; each acknowledgement is noted. */
static void fill_store(struct world *world, bool syncs)
{
    struct store *store;
    struct error error;
    int64_t sequence = 0;

    world->before = read_whole(world->database);
    store = open_with(world->home.dir, &world->home.key);
    sqlite3_exec(database_handle(store->database),
                 syncs ? "PRAGMA wal_autocheckpoint = 60"
                       : "PRAGMA wal_autocheckpoint = 60; PRAGMA synchronous = OFF",
                 NULL, NULL, NULL);
    fault_watch(&world->watch);
    for (int i = 1; i <= SIGNED; i++) {
        struct sample sample = {.number = i, .subject = MARKER};
        char reference[REFERENCE_SIZE];

        assert_ok(
            store_draft_save(store, reference_of(i, reference), MARKER, 5, at(i), &error));
        assert_ok(sign_sample(store, &sample, &sequence, &error));
        add(&world->tape, ACKNOWLEDGED, false, sequence);
    }
    fault_watch(NULL);
    store_close(store);
}

/* Whether it opens, is in order, and has what was acknowledged. */
static bool store_stands(struct world *world, long long acknowledged)
{
    struct store *store = NULL;
    struct error error;
    struct head head = {0};
    bool stands =
        store_open_slot(world->home.dir, &world->home.key.keyring, world->home.key.slot,
                        world->home.key.secrets, &store, &error) == STATUS_OK &&
        store_verify(store, NULL, NULL, NULL, &error) == STATUS_OK &&
        store_head(store, &head, &error) == STATUS_OK && head.count >= acknowledged;

    store_close(store);
    return stands;
}

static int count_failures(struct world *world, bool (*stands)(struct world *, long long))
{
    int failures = 0;

    for (int i = 0; i < cuts(); i++) {
        size_t end = 1 + (size_t)rand() % world->tape.count;

        failures += !stands(world, lose_power(world, end));
    }
    return failures;
}

static void a_store_stands_power_cuts(void **state)
{
    fill_store(*state, true);
    assert_int_equal(count_failures(*state, store_stands), 0);
}

static void without_syncs_it_would_not(void **state)
{
    fill_store(*state, false);
    assert_int_not_equal(count_failures(*state, store_stands), 0);
}

/* --- Plain SQLite, the control -------------------------------------------------------------
 */

static sqlite3 *open_plain(struct world *world)
{
    sqlite3 *db = NULL;

    assert_int_equal(sqlite3_open(world->database, &db), SQLITE_OK);
    return db;
}

static void fill_plain(struct world *world, const char *settings)
{
    sqlite3 *db;

    unlink(world->database);
    db = open_plain(world);
    sqlite3_exec(db, "PRAGMA journal_mode = WAL; CREATE TABLE t (bytes)", NULL, NULL, NULL);
    sqlite3_close(db);
    world->before = read_whole(world->database);
    db = open_plain(world);
    sqlite3_exec(db, settings, NULL, NULL, NULL);
    fault_watch(&world->watch);
    for (int i = 1; i <= 3 * SIGNED; i++) {
        assert_int_equal(
            sqlite3_exec(db, "INSERT INTO t VALUES (randomblob(9000))", NULL, NULL, NULL),
            SQLITE_OK);
        add(&world->tape, ACKNOWLEDGED, false, i);
    }
    fault_watch(NULL);
    sqlite3_close(db);
}

static bool plain_stands(struct world *world, long long acknowledged)
{
    sqlite3 *db = open_plain(world);
    sqlite3_stmt *statement = NULL;
    bool stands =
        sqlite3_prepare_v2(db, "SELECT count(*), sum(length(bytes)) FROM t", -1, &statement,
                           NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW &&
        sqlite3_column_int64(statement, 0) >= acknowledged &&
        sqlite3_column_int64(statement, 1) == 9000 * sqlite3_column_int64(statement, 0);

    sqlite3_finalize(statement);
    sqlite3_close(db);
    return stands;
}

static void plain_sqlite_stands_them_too(void **state)
{
    fill_plain(*state, "PRAGMA wal_autocheckpoint = 20; PRAGMA synchronous = FULL");
    assert_int_equal(count_failures(*state, plain_stands), 0);
}

static void plain_sqlite_without_syncs_does_not(void **state)
{
    fill_plain(*state, "PRAGMA wal_autocheckpoint = 20; PRAGMA synchronous = OFF");
    assert_int_not_equal(count_failures(*state, plain_stands), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_world, remove_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_store_stands_power_cuts),
        TEST(without_syncs_it_would_not),
        TEST(plain_sqlite_stands_them_too),
        TEST(plain_sqlite_without_syncs_does_not),
    };

    fault_install();
    secret_init();
    return cmocka_run_group_tests_name("power cuts", tests, NULL, NULL);
}
