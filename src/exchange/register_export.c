/* SPDX-License-Identifier: MIT */
/* What is held of one store, written out for others to verify: an export as discern-record(5)
 * has it, however long it is. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "exchange/register_held.h"
#include "exchange/register_look.h"

struct writing {
    FILE *file;
    int64_t count;
};

static enum status write_entry(const struct held *held, void *data, struct error *error)
{
    struct writing *writing = data;
    struct buf line = {0};

    if (writing->count++ > 0)
        fputc(',', writing->file);
    body_write(json_incref(held->entry), &line);
    fputs(buf_text(&line), writing->file);
    buf_release(&line);
    return ferror(writing->file) ? fail(error, STATUS_IO, "Free some space on this disk.",
                                        "This could not be written: %s.", strerror(errno))
                                 : STATUS_OK;
}

static enum status write_all(struct county *county, const char *store, struct writing *writing,
                             struct error *error)
{
    char link[DIGEST_HEX_SIZE];
    int64_t count;
    enum status status = held_head(county, store, &count, link, error);

    if (status == STATUS_OK && !count)
        status = fail(error, STATUS_NOT_FOUND, "Check its id.",
                      "Nothing of the store %s was ever received.", store);
    if (status != STATUS_OK)
        return status;
    fputs("{\"entries\":[", writing->file);
    status = held_each(county, store, write_entry, writing, error);
    fprintf(writing->file, "],\"head\":{\"count\":%lld,\"link\":\"%s\"}}\n", (long long)count,
            link);
    return status;
}

static enum status close_file(FILE *file, const char *path, struct error *error)
{
    bool written = !ferror(file) && fflush(file) == 0 && fsync(fileno(file)) == 0;

    if (fclose(file) == 0 && written)
        return STATUS_OK;
    return fail_at(error, STATUS_IO, path, 0, NULL, "Free some space on this disk.",
                   "This could not be written: %s.", strerror(errno));
}

enum status register_export(struct county *county, const char *store, const char *path,
                            FILE *out, struct error *error)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
    enum status status, closed;
    struct writing writing = {file, 0};

    if (!file)
        return fail_at(error, STATUS_REFUSED, path, 0, NULL, "Choose another name.",
                       "This file could not be made: %s.", strerror(errno));
    status = county_run(county, "BEGIN ISOLATION LEVEL REPEATABLE READ", error);
    if (status == STATUS_OK)
        status = write_all(county, store, &writing, error);
    if (status == STATUS_OK)
        status = look_log(county, "export", store, (long long)writing.count, error);
    status = county_end(county, status, error);
    closed = close_file(file, path, status == STATUS_OK ? error : &(struct error){0});
    status = status == STATUS_OK ? closed : status;
    if (status == STATUS_OK)
        fprintf(out,
                "%lld entries written, unencrypted. Keep the file safe and delete it in "
                "time.\n",
                (long long)writing.count);
    else
        unlink(path);
    return status;
}
