/* SPDX-License-Identifier: MIT */
/* A database copied whole, while it is in use: SQLite writes what it has, page by page, through
 * the layer of the copy, so that the copy is sealed with the copy's key from its first byte. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/database_inside.h"

/* A path as SQLite takes it where it also takes the name of a layer. */
static char *address_of(const char *path, const struct vfs *vfs)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./";
    struct buf out = {0};

    buf_puts(&out, "file:");
    for (; *path; path++) {
        if (strchr(plain, *path))
            buf_putc(&out, *path);
        else
            buf_printf(&out, "%%%02x", (unsigned char)*path);
    }
    buf_printf(&out, "?vfs=%s", vfs_name(vfs));
    return buf_take(&out);
}

/* What the database says of the connection that failed. It is the copy that fills a disk. */
static enum status failed(const struct database *from, const char *copy, sqlite3 *db,
                          struct error *error)
{
    bool full = sqlite3_errcode(db) == SQLITE_FULL;
    struct database its = {.path = full ? (char *)(uintptr_t)copy : from->path, .db = db};

    return database_error(&its, error);
}

static enum status write_into(const struct database *from, sqlite3 *db, const char *path,
                              const char *address, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    enum status status = STATUS_OK;

    if (sqlite3_exec(db, "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384", NULL, NULL,
                     NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "VACUUM INTO ?", -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_bind_text(statement, 1, address, -1, SQLITE_STATIC) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_DONE)
        status = failed(from, path, db, error);
    sqlite3_finalize(statement);
    return status;
}

static enum status copy_pages(const struct database *from, const char *path,
                              const struct vfs *vfs, struct error *error)
{
    char *source = address_of(from->path, from->vfs), *address = address_of(path, vfs);
    sqlite3 *db = NULL;
    enum status status;

    if (sqlite3_open_v2(source, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI,
                        vfs_name(from->vfs)) != SQLITE_OK)
        status = failed(from, path, db, error);
    else {
        sqlite3_extended_result_codes(db, 1);
        sqlite3_busy_timeout(db, WAIT_MS);
        status = write_into(from, db, path, address, error);
    }
    sqlite3_close(db);
    free(source);
    free(address);
    return status;
}

/* Such a copy keeps no log yet; a store does. */
static enum status begin_log(const struct database *from, const char *path,
                             const struct vfs *vfs, struct error *error)
{
    sqlite3 *db = NULL;
    enum status status = STATUS_OK;

    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, vfs_name(vfs)) != SQLITE_OK ||
        sqlite3_exec(db, "PRAGMA journal_mode = MEMORY; PRAGMA journal_mode = WAL", NULL, NULL,
                     NULL) != SQLITE_OK)
        status = failed(from, path, db, error);
    sqlite3_close(db);
    return status;
}

/* SQLite does not sync what it copies. It has closed the file by now. */
static enum status settle(const char *path, struct error *error)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    bool done = fd >= 0 && fchmod(fd, S_IRUSR | S_IWUSR) == 0 && fsync(fd) == 0;

    if (fd >= 0)
        close(fd);
    return done ? STATUS_OK
                : fail_at(error, STATUS_IO, path, 0, NULL, "Check the space on the disk.",
                          "The copy could not be written.");
}

enum status database_copy(struct database *from, const char *dir, const struct cipher *cipher,
                          struct error *error)
{
    struct vfs *vfs = vfs_register(cipher);
    char *path = path_join(dir, DATABASE_FILE);
    enum status status =
        vfs ? STATUS_OK : fail(error, STATUS_FAILED, NULL, "SQLite did not start.");

    if (vfs) {
        vfs_journal_in_memory(vfs);
        status = copy_pages(from, path, vfs, error);
    }
    if (status == STATUS_OK)
        status = begin_log(from, path, vfs, error);
    if (status == STATUS_OK)
        status = settle(path, error);
    vfs_unregister(vfs);
    free(path);
    return status;
}
