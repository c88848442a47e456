/* SPDX-License-Identifier: MIT */
/* The sealing layer as SQLite meets it: what it may open, read and write through it. */
#include "tests/unit/store_fixture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/vfs.h"

struct world {
    char *folder, *path;
    struct cipher *cipher;
    struct vfs *vfs;
    sqlite3 *db;
};

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
}

static int make_world(void **state)
{
    static const unsigned char key[STORE_KEY_SIZE] = {1}, id[STORE_ID_SIZE] = {2};
    struct world *world = xcalloc(1, sizeof(*world));
    int reserved = PAGE_RESERVED;

    world->folder = folder_new();
    world->path = path_join(world->folder, "db");
    world->cipher = cipher_new(key, id);
    world->vfs = vfs_register(world->cipher);
    assert_non_null(world->vfs);
    assert_int_equal(sqlite3_open_v2(world->path, &world->db,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                     vfs_name(world->vfs)),
                     SQLITE_OK);
    sqlite3_file_control(world->db, NULL, SQLITE_FCNTL_RESERVE_BYTES, &reserved);
    run(world->db, "PRAGMA journal_mode = MEMORY; PRAGMA journal_mode = WAL;"
                   "CREATE TABLE t (bytes); INSERT INTO t VALUES (zeroblob(20000))");
    *state = world;
    return 0;
}

static int remove_world(void **state)
{
    struct world *world = *state;

    sqlite3_close(world->db);
    vfs_unregister(world->vfs);
    secret_free(world->cipher);
    folder_remove(world->folder);
    free(world->path);
    free(world);
    return 0;
}

static sqlite3_file *file_of_database(const struct world *world)
{
    sqlite3_file *file = NULL;

    assert_int_equal(sqlite3_file_control(world->db, "main", SQLITE_FCNTL_FILE_POINTER, &file),
                     SQLITE_OK);
    return file;
}

static sqlite3_file *file_of_log(const struct world *world)
{
    sqlite3_file *file = NULL;

    assert_int_equal(
        sqlite3_file_control(world->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file),
        SQLITE_OK);
    return file;
}

static int read_page(sqlite3_file *file, int page)
{
    unsigned char bytes[PAGE_SIZE];

    return file->pMethods->xRead(file, bytes, PAGE_SIZE, (sqlite3_int64)(page - 1) * PAGE_SIZE);
}

/* Of a database of one page, whose other pages are still in the log. */
static void only_what_is_uncommitted_reads_as_zeros(void **state)
{
    struct world *world = *state;
    sqlite3_file *file = file_of_database(world);

    assert_int_equal(read_page(file, 1), SQLITE_OK);
    assert_int_equal(read_page(file, 3), SQLITE_IOERR_DATA);
    assert_int_equal(read_page(file, 1000), SQLITE_IOERR_DATA);
    run(world->db, "BEGIN IMMEDIATE");
    assert_int_equal(read_page(file, 3), SQLITE_IOERR_DATA);
    assert_int_equal(read_page(file, 1000), SQLITE_IOERR_SHORT_READ);
    run(world->db, "ROLLBACK");
    assert_int_equal(read_page(file, 1000), SQLITE_IOERR_DATA);
}

/* Of an index that may not be written, SQLite shares the writer's lock to look into it. */
static void sharing_the_lock_of_the_writer_is_not_writing(void **state)
{
    sqlite3_file *file = file_of_database(*state);

    assert_int_equal(file->pMethods->xShmLock(file, 0, 1, SQLITE_SHM_LOCK | SQLITE_SHM_SHARED),
                     SQLITE_OK);
    assert_int_equal(read_page(file, 1000), SQLITE_IOERR_DATA);
    assert_int_equal(
        file->pMethods->xShmLock(file, 0, 1, SQLITE_SHM_UNLOCK | SQLITE_SHM_SHARED), SQLITE_OK);
}

/* A disk that reads something and then fails. */
static ssize_t fail_to_read(int fd, void *bytes, size_t size, off_t offset)
{
    (void)!pread(fd, bytes, size, offset);
    errno = EIO;
    return -1;
}

static void break_disk(sqlite3_syscall_ptr call)
{
    static const char *const calls[] = {"pread", "pread64"};
    sqlite3_vfs *disk = sqlite3_vfs_find("unix");

    for (size_t i = 0; i < COUNT(calls); i++)
        disk->xSetSystemCall(disk, calls[i], call);
}

static void read_from_failing_disk(sqlite3_file *file, int size, sqlite3_int64 offset)
{
    unsigned char bytes[FRAME_SIZE], before[FRAME_SIZE];
    int code;

    memset(bytes, 'x', sizeof(bytes));
    memset(before, 'x', sizeof(before));
    break_disk((sqlite3_syscall_ptr)fail_to_read);
    code = file->pMethods->xRead(file, bytes, size, offset);
    break_disk(NULL);
    assert_int_equal(code & 0xff, SQLITE_IOERR);
    assert_memory_equal(bytes, before, sizeof(before));
}

/* SQLite reads a page anew over one that it may go on looking into when that failed. */
static void what_cannot_be_read_is_left_alone(void **state)
{
    sqlite3_file *database = file_of_database(*state), *log = file_of_log(*state);

    read_from_failing_disk(database, PAGE_SIZE, 0);
    read_from_failing_disk(database, 16, 24);
    read_from_failing_disk(log, LOG_HEADER_SIZE, 0);
    read_from_failing_disk(log, FRAME_SIZE, LOG_HEADER_SIZE);
    read_from_failing_disk(log, PAGE_SIZE, LOG_HEADER_SIZE + FRAME_HEADER_SIZE);
}

/* When the cache is full, SQLite writes a page before its transaction ends, and may do so
 * again. */
static void nothing_is_read_to_write_a_page_again(void **state)
{
    sqlite3_file *log = file_of_log(*state);
    sqlite3_int64 at = LOG_HEADER_SIZE + 1000 * (sqlite3_int64)FRAME_SIZE;
    unsigned char header[FRAME_HEADER_SIZE] = {0}, page[PAGE_SIZE] = {1}, read[PAGE_SIZE];

    for (unsigned char i = 0; i < 2; i++) {
        header[3] = (unsigned char)(7 + i);
        assert_int_equal(
            log->pMethods->xWrite(log, header, sizeof(header), at + i * FRAME_SIZE), SQLITE_OK);
        assert_int_equal(log->pMethods->xWrite(log, page, PAGE_SIZE,
                                               at + i * FRAME_SIZE + FRAME_HEADER_SIZE),
                         SQLITE_OK);
    }
    page[0] = 2;
    break_disk((sqlite3_syscall_ptr)fail_to_read);
    assert_int_equal(log->pMethods->xWrite(log, page, PAGE_SIZE, at + FRAME_HEADER_SIZE),
                     SQLITE_OK);
    break_disk(NULL);
    assert_int_equal(log->pMethods->xRead(log, read, PAGE_SIZE, at + FRAME_HEADER_SIZE),
                     SQLITE_OK);
    assert_memory_equal(read, page, PAGE_SIZE);
}

/* Temporary files, other journals, and parts of pages. */
static void nothing_else_is_written(void **state)
{
    struct world *world = *state;
    sqlite3_file *file = file_of_database(world);
    sqlite3_vfs *layer = sqlite3_vfs_find(vfs_name(world->vfs));
    sqlite3_file *other = xcalloc(1, (size_t)layer->szOsFile);
    unsigned char page[PAGE_SIZE] = {0};
    static const int kinds[] = {SQLITE_OPEN_TEMP_DB,      SQLITE_OPEN_TRANSIENT_DB,
                                SQLITE_OPEN_MAIN_JOURNAL, SQLITE_OPEN_TEMP_JOURNAL,
                                SQLITE_OPEN_SUBJOURNAL,   SQLITE_OPEN_SUPER_JOURNAL};

    for (size_t i = 0; i < COUNT(kinds); i++) {
        int flags = kinds[i] | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

        assert_int_equal(layer->xOpen(layer, NULL, other, flags, NULL), SQLITE_CANTOPEN);
        assert_int_equal(layer->xOpen(layer, world->path, other, flags, NULL), SQLITE_CANTOPEN);
    }
    assert_int_not_equal(file->pMethods->xWrite(file, page, 512, 0), SQLITE_OK);
    assert_int_not_equal(file->pMethods->xWrite(file, page, PAGE_SIZE, 512), SQLITE_OK);
    page[PAGE_USABLE] = 1;
    assert_int_not_equal(file->pMethods->xWrite(file, page, PAGE_SIZE, 0), SQLITE_OK);
    free(other);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_world, remove_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(only_what_is_uncommitted_reads_as_zeros),
        TEST(sharing_the_lock_of_the_writer_is_not_writing),
        TEST(what_cannot_be_read_is_left_alone),
        TEST(nothing_is_read_to_write_a_page_again),
        TEST(nothing_else_is_written),
    };

    secret_init();
    return cmocka_run_group_tests_name("store layer", tests, NULL, NULL);
}
