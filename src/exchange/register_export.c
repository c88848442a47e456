/* SPDX-License-Identifier: MIT */
/* What is held of one store, written out for others to verify: an export as discern-record(5)
 * has it, read from the database a few rows at a time, so that a chain of any length fits. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "exchange/register.h"
#include "record/json.h"

#define ROWS "500"

/* How far the chain is held. */
static enum status read_head(struct county *county, const char *store, struct buf *out,
                             struct error *error)
{
    json_t *head = body_object();
    PGresult *result = NULL;
    enum status status = county_query(
        county,
        "SELECT head_count, encode(head_link, 'hex') FROM bundle WHERE store = $1::uuid "
        "ORDER BY head_count DESC LIMIT 1",
        (const char *[]){store}, 1, &result, error);

    if (status == STATUS_OK && PQntuples(result) == 0)
        status = fail(error, STATUS_NOT_FOUND, "Check its id.",
                      "Nothing of the store %s was ever received.", store);
    if (status == STATUS_OK) {
        body_put_number(head, "count", strtoll(PQgetvalue(result, 0, 0), NULL, 10));
        body_put_text(head, "link", PQgetvalue(result, 0, 1));
    }
    body_write(head, out);
    PQclear(result);
    return status;
}

/* The members of an entry as a bundle has them; what is not held is left out. */
static void write_entry(const PGresult *result, int row, FILE *file)
{
    static const char *const names[] = {"head", "signature", "body", "salt", "view"};
    json_t *object = body_object();
    struct buf line = {0};

    for (int i = 0; i < (int)COUNT(names); i++)
        body_put_text(object, names[i], PQgetvalue(result, row, i));
    body_write(object, &line);
    fputs(buf_text(&line), file);
    buf_release(&line);
}

static enum status write_entries(struct county *county, const char *store, FILE *file,
                                 int64_t *ret_count, struct error *error)
{
    PGresult *result;
    int got = 0;
    enum status status = county_query(
        county,
        "DECLARE held CURSOR FOR SELECT e.head, encode(e.signature, 'hex'), w.body, "
        "encode(w.salt, 'hex'), v.body FROM entry e "
        "LEFT JOIN body w ON w.store = e.store AND w.seq = e.seq AND w.month = e.month AND w.whole "
        "LEFT JOIN body v ON v.store = e.store AND v.seq = e.seq AND v.month = e.month "
        "AND NOT v.whole WHERE e.store = $1::uuid ORDER BY e.seq",
        (const char *[]){store}, 1, NULL, error);

    *ret_count = 0;
    do {
        if (status == STATUS_OK)
            status = county_query(county, "FETCH " ROWS " FROM held", NULL, 0, &result, error);
        if (status != STATUS_OK)
            return status;
        got = PQntuples(result);
        for (int i = 0; i < got; i++) {
            if ((*ret_count)++ > 0)
                fputc(',', file);
            write_entry(result, i, file);
        }
        PQclear(result);
    } while (got > 0 && !ferror(file));
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

static enum status log_export(struct county *county, const char *store, int64_t count,
                              struct error *error)
{
    char number[24];

    snprintf(number, sizeof(number), "%lld", (long long)count);
    return county_query(county,
                        "INSERT INTO looked (what, words, found) "
                        "VALUES ('export', $1, $2::bigint)",
                        (const char *[]){store, number}, 2, NULL, error);
}

enum status register_export(struct county *county, const char *store, const char *path,
                            FILE *out, struct error *error)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
    enum status status, closed;
    struct buf head = {0};
    int64_t count = 0;

    if (!file)
        return fail_at(error, STATUS_REFUSED, path, 0, NULL, "Choose another name.",
                       "This file could not be made: %s.", strerror(errno));
    status = county_run(county, "BEGIN ISOLATION LEVEL REPEATABLE READ", error);
    if (status == STATUS_OK)
        status = read_head(county, store, &head, error);
    fputs("{\"entries\":[", file);
    if (status == STATUS_OK)
        status = write_entries(county, store, file, &count, error);
    fprintf(file, "],\"head\":%s}\n", buf_text(&head));
    buf_release(&head);
    if (status == STATUS_OK)
        status = log_export(county, store, count, error);
    status = county_end(county, status, error);
    closed = close_file(file, path, status == STATUS_OK ? error : &(struct error){0});
    status = status == STATUS_OK ? closed : status;
    if (status == STATUS_OK)
        fprintf(out,
                "%lld entries written, unencrypted. Keep the file safe and delete it in "
                "time.\n",
                (long long)count);
    else
        unlink(path);
    return status;
}
