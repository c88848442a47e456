/* SPDX-License-Identifier: MIT */
/* Files of the sealing layer: which bytes of which file are sealed how. The keys and the
 * cryptography are cipher.c's; where a request falls in a file is decided here. */
#include "store/vfs_file.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"

static uint32_t big32(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
           (uint32_t)bytes[3];
}

/* Reads exactly `size` bytes. What is not there whole is zeros and a short read. */
static int read_below(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
{
    int code = below(file)->pMethods->xRead(below(file), bytes, size, offset);

    if (code == SQLITE_IOERR_SHORT_READ)
        memset(bytes, 0, (size_t)size);
    return code;
}

/* --- The database ------------------------------------------------------------------------- */

static struct place database_place(sqlite3_int64 offset)
{
    return (struct place){.kind = FILE_DATABASE,
                          .page = (uint32_t)(offset / PAGE_SIZE) + 1,
                          .offset = (uint64_t)offset};
}

/* Whoever writes may free a page that is newer than all that is committed, go back to before
 * it was written, and look into it again: SQLite counts on zeros then. The index of the log has
 * how many pages are committed as its sixth number (SQLite's file format, "WAL-Index Format").
 */
static bool is_uncommitted(const struct file *file, uint32_t page)
{
    return file->writing && file->index && page > file->index[5];
}

/* Otherwise only an empty file ends before a page that SQLite asks for: it is about to be
 * begun, or was cut. Any other page beyond the end was cut off, and must not read as zeros.
 * What cannot be read leaves `page` as it was: it may be one that SQLite still looks into. */
static int database_page(sqlite3_file *file, unsigned char *page, sqlite3_int64 offset)
{
    struct place place = database_place(offset);
    unsigned char sealed[PAGE_SIZE];
    int code = read_below(file, sealed, PAGE_SIZE, offset);

    if (code == SQLITE_IOERR_SHORT_READ) {
        if (place.page > 1 && !is_uncommitted(file_of(file), place.page))
            return SQLITE_IOERR_DATA;
        memset(page, 0, PAGE_SIZE);
    }
    if (code == SQLITE_OK && !page_open(file_of(file)->cipher, &place, sealed, page))
        return SQLITE_IOERR_DATA;
    return code;
}

/* A part of one page. Of page 1 SQLite asks for some before it has recovered the log, when a
 * torn page is nothing unusual: that reads as zeros, as an empty file does. */
static int database_part(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
{
    sqlite3_int64 within = offset % PAGE_SIZE;
    unsigned char page[PAGE_SIZE];
    int code = database_page(file, page, offset - within);

    if (code == SQLITE_IOERR_DATA && offset < PAGE_SIZE)
        code = SQLITE_OK;
    if (code == SQLITE_OK || code == SQLITE_IOERR_SHORT_READ)
        memcpy(bytes, page + within, (size_t)size);
    secret_wipe(page, sizeof(page));
    return code;
}

static int database_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
{
    if (offset % PAGE_SIZE == 0 && size == PAGE_SIZE)
        return database_page(file, bytes, offset);
    if (offset % PAGE_SIZE + size <= PAGE_SIZE)
        return database_part(file, bytes, size, offset);
    return SQLITE_IOERR_READ;
}

static int write_page(sqlite3_file *file, const struct place *place, const void *page)
{
    const unsigned char *bytes = page;
    unsigned char sealed[PAGE_SIZE];

    /* They read as zeros, and SQLite's checksums cover them: anything else would be lost. */
    if (!sodium_is_zero(bytes + PAGE_USABLE, PAGE_RESERVED))
        return SQLITE_IOERR_WRITE;
    page_seal(file_of(file)->cipher, place, bytes, sealed);
    return below(file)->pMethods->xWrite(below(file), sealed, PAGE_SIZE,
                                         (sqlite3_int64)place->offset);
}

static int database_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
    struct place place = database_place(offset);

    if (offset % PAGE_SIZE != 0 || size != PAGE_SIZE)
        return SQLITE_IOERR_WRITE;
    return write_page(file, &place, bytes);
}

/* --- The write-ahead log ------------------------------------------------------------------ */

/* Where in its frame an offset lies. */
static sqlite3_int64 within_frame(sqlite3_int64 offset)
{
    return (offset - LOG_HEADER_SIZE) % FRAME_SIZE;
}

/* The header at `offset`, of `size` bytes, opened. */
static int log_header(sqlite3_file *file, unsigned char *header, int size, sqlite3_int64 offset)
{
    int code = read_below(file, header, size, offset);

    if (code == SQLITE_OK)
        header_open(file_of(file)->cipher, (uint64_t)offset, header, (size_t)size);
    return code;
}

/* A part of a header: the whole of it, or the checksum that a rewritten frame goes on from. */
static int log_header_part(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset,
                           int header_size, sqlite3_int64 within)
{
    unsigned char header[LOG_HEADER_SIZE];
    int code = log_header(file, header, header_size, offset - within);

    if (code == SQLITE_OK)
        memcpy(bytes, header + within, (size_t)size);
    else if (code == SQLITE_IOERR_SHORT_READ)
        memset(bytes, 0, (size_t)size);
    return code;
}

/* Opens a frame, whose header it opens in place, into `page`. False if the page is not what was
 * sealed there. */
static bool open_frame(sqlite3_file *file, unsigned char frame[FRAME_SIZE], unsigned char *page,
                       sqlite3_int64 offset)
{
    struct place place = {.kind = FILE_LOG, .offset = (uint64_t)offset + FRAME_HEADER_SIZE};

    header_open(file_of(file)->cipher, (uint64_t)offset, frame, FRAME_HEADER_SIZE);
    place.page = big32(frame);
    return page_open(file_of(file)->cipher, &place, frame + FRAME_HEADER_SIZE, page);
}

/* Whoever reads header and page at one go is recovering, and expects that the last frame may
 * be torn: zeros, which are no frame. */
static int log_frame(sqlite3_file *file, unsigned char *frame, sqlite3_int64 offset)
{
    unsigned char sealed[FRAME_SIZE];
    int code = read_below(file, sealed, FRAME_SIZE, offset);

    if (code == SQLITE_OK && open_frame(file, sealed, frame + FRAME_HEADER_SIZE, offset))
        memcpy(frame, sealed, FRAME_HEADER_SIZE);
    else if (code == SQLITE_OK || code == SQLITE_IOERR_SHORT_READ)
        memset(frame, 0, FRAME_SIZE);
    return code;
}

/* Whoever reads a page knows that it was committed. */
static int log_page(sqlite3_file *file, unsigned char *page, sqlite3_int64 offset)
{
    unsigned char sealed[FRAME_SIZE];
    int code = read_below(file, sealed, FRAME_SIZE, offset - FRAME_HEADER_SIZE);

    if (code == SQLITE_OK && !open_frame(file, sealed, page, offset - FRAME_HEADER_SIZE))
        code = SQLITE_IOERR_DATA;
    else if (code == SQLITE_IOERR_SHORT_READ)
        memset(page, 0, PAGE_SIZE);
    return code;
}

static int log_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
{
    sqlite3_int64 within;

    if (offset + size <= LOG_HEADER_SIZE)
        return log_header_part(file, bytes, size, offset, LOG_HEADER_SIZE, offset);
    if (offset < LOG_HEADER_SIZE)
        return SQLITE_IOERR_READ;
    within = within_frame(offset);
    if (within + size <= FRAME_HEADER_SIZE)
        return log_header_part(file, bytes, size, offset, FRAME_HEADER_SIZE, within);
    if (within == FRAME_HEADER_SIZE && size == PAGE_SIZE)
        return log_page(file, bytes, offset);
    if (within == 0 && size == FRAME_SIZE)
        return log_frame(file, bytes, offset);
    return SQLITE_IOERR_READ;
}

static size_t frame_at(sqlite3_int64 offset)
{
    return (size_t)((offset - LOG_HEADER_SIZE) / FRAME_SIZE);
}

/* What there is no memory for is looked up on the disk. */
static void remember_number(struct file *file, size_t frame, uint32_t number)
{
    if (frame >= file->number_count) {
        size_t count = frame * 2 + 64;
        uint32_t *numbers = realloc(file->numbers, count * sizeof(*numbers));

        if (!numbers)
            return;
        memset(numbers + file->number_count, 0,
               (count - file->number_count) * sizeof(*numbers));
        file->numbers = numbers;
        file->number_count = count;
    }
    file->numbers[frame] = number;
}

static int log_write_header(sqlite3_file *file, const void *bytes, int size,
                            sqlite3_int64 offset)
{
    unsigned char header[LOG_HEADER_SIZE];

    memcpy(header, bytes, (size_t)size);
    if (offset > 0)
        remember_number(file_of(file), frame_at(offset), big32(header));
    header_seal(file_of(file)->cipher, (uint64_t)offset, header, (size_t)size);
    return below(file)->pMethods->xWrite(below(file), header, size, offset);
}

/* SQLite writes a page without its header only in a frame that the same transaction, hence the
 * same file, wrote before. */
static int log_write_page(sqlite3_file *file, const void *bytes, sqlite3_int64 offset)
{
    struct place place = {.kind = FILE_LOG, .offset = (uint64_t)offset};
    unsigned char header[FRAME_HEADER_SIZE];
    size_t frame = frame_at(offset);
    int code;

    if (frame < file_of(file)->number_count)
        place.page = file_of(file)->numbers[frame];
    if (!place.page) {
        code = log_header(file, header, sizeof(header), offset - FRAME_HEADER_SIZE);
        if (code != SQLITE_OK)
            return code;
        place.page = big32(header);
    }
    return write_page(file, &place, bytes);
}

static int log_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
    if (offset == 0 && size == LOG_HEADER_SIZE)
        return log_write_header(file, bytes, size, offset);
    if (offset < LOG_HEADER_SIZE)
        return SQLITE_IOERR_WRITE;
    if (within_frame(offset) == 0 && size == FRAME_HEADER_SIZE)
        return log_write_header(file, bytes, size, offset);
    if (within_frame(offset) == FRAME_HEADER_SIZE && size == PAGE_SIZE)
        return log_write_page(file, bytes, offset);
    return SQLITE_IOERR_WRITE;
}

/* --- Methods of a file -------------------------------------------------------------------- */

static int file_close(sqlite3_file *file)
{
    free(file_of(file)->numbers);
    file_of(file)->numbers = NULL;
    return below(file)->pMethods->xClose(below(file));
}

static int file_read_at(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
{
    return file_of(file)->kind == FILE_LOG ? log_read(file, bytes, size, offset)
                                           : database_read(file, bytes, size, offset);
}

static int file_write_at(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
    return file_of(file)->kind == FILE_LOG ? log_write(file, bytes, size, offset)
                                           : database_write(file, bytes, size, offset);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return below(file)->pMethods->xTruncate(below(file), size);
}

static int file_sync(sqlite3_file *file, int flags)
{
    return below(file)->pMethods->xSync(below(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return below(file)->pMethods->xFileSize(below(file), size);
}

static int file_lock(sqlite3_file *file, int level)
{
    return below(file)->pMethods->xLock(below(file), level);
}

static int file_unlock(sqlite3_file *file, int level)
{
    return below(file)->pMethods->xUnlock(below(file), level);
}

static int file_check_lock(sqlite3_file *file, int *ret_held)
{
    return below(file)->pMethods->xCheckReservedLock(below(file), ret_held);
}

/* What would have SQLite go round the sealing, or rely on more than is there, is not passed on:
 * memory mapping, growth in chunks (of zeros, which are no pages), and giving up powersafe
 * overwrite. */
static int file_control(sqlite3_file *file, int what, void *argument)
{
    switch (what) {
    case SQLITE_FCNTL_MMAP_SIZE:
        *(sqlite3_int64 *)argument = 0;
        return SQLITE_OK;
    case SQLITE_FCNTL_POWERSAFE_OVERWRITE:
        *(int *)argument = 1;
        return SQLITE_OK;
    case SQLITE_FCNTL_CHUNK_SIZE:
    case SQLITE_FCNTL_SIZE_HINT:
        return SQLITE_OK;
    default:
        return below(file)->pMethods->xFileControl(below(file), what, argument);
    }
}

static int file_sector_size(sqlite3_file *file)
{
    return below(file)->pMethods->xSectorSize(below(file));
}

/* Never atomic writes of whole pages or reads of parts: those would be of sealed pages. */
static int file_traits(sqlite3_file *file)
{
    return below(file)->pMethods->xDeviceCharacteristics(below(file)) &
           (SQLITE_IOCAP_POWERSAFE_OVERWRITE | SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN);
}

static int file_shm_map(sqlite3_file *file, int region, int size, int extend,
                        void volatile **ret_memory)
{
    int code = below(file)->pMethods->xShmMap(below(file), region, size, extend, ret_memory);

    if (code == SQLITE_OK && region == 0)
        file_of(file)->index = *ret_memory;
    return code;
}

/* The first of the locks is the writer's, who has it alone. */
static int file_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    int code = below(file)->pMethods->xShmLock(below(file), offset, count, flags);

    if (code == SQLITE_OK && offset == 0 && flags & SQLITE_SHM_EXCLUSIVE)
        file_of(file)->writing = flags & SQLITE_SHM_LOCK;
    return code;
}

static void file_shm_barrier(sqlite3_file *file)
{
    below(file)->pMethods->xShmBarrier(below(file));
}

static int file_shm_unmap(sqlite3_file *file, int delete_it)
{
    file_of(file)->index = NULL;
    return below(file)->pMethods->xShmUnmap(below(file), delete_it);
}

const sqlite3_io_methods file_methods = {
    .iVersion = 2, /* 3 would be memory mapping */
    .xClose = file_close,
    .xRead = file_read_at,
    .xWrite = file_write_at,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_traits,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};
