/* SPDX-License-Identifier: MIT */
/* Connections that all see one moment of a store. SQLite shares no snapshot between
 * connections, so each takes its own, and all begin again if somebody wrote in between. */
#include "store/readers.h"

#include <pthread.h>
#include <stdlib.h>

#define TRIES 100

struct readers {
    pthread_mutex_t mutex;
    struct database **all, **idle;
    size_t count, idle_count;
};

void readers_free(struct readers *readers)
{
    if (!readers)
        return;
    for (size_t i = 0; i < readers->count; i++) {
        if (readers->all[i])
            reading_end(readers->all[i]);
        database_close(readers->all[i]);
    }
    pthread_mutex_destroy(&readers->mutex);
    free(readers->all);
    free(readers->idle);
    free(readers);
}

static enum status count_entries(struct database *database, int64_t *ret_count,
                                 struct error *error)
{
    return query_number(database, 0, ret_count, error,
                        "SELECT coalesce(max(seq), 0) FROM entry", "");
}

/* Begins to read. *ret_same: it sees as many entries as it should; whoever changes what follows
 * from the log appends to it. */
static enum status begin(struct database *database, int64_t count, bool *ret_same,
                         struct error *error)
{
    int64_t seen;
    enum status status = reading_begin(database, error);

    if (status == STATUS_OK)
        status = count_entries(database, &seen, error);
    if (status == STATUS_OK)
        *ret_same = seen == count;
    return status;
}

static enum status begin_all(struct store *store, struct readers *readers, bool *ret_same,
                             struct error *error)
{
    int64_t count;
    enum status status;

    *ret_same = true;
    reading_end(store->database);
    status = reading_begin(store->database, error);
    if (status == STATUS_OK)
        status = count_entries(store->database, &count, error);
    for (size_t i = 0; i < readers->count && status == STATUS_OK && *ret_same; i++) {
        reading_end(readers->all[i]);
        status = begin(readers->all[i], count, ret_same, error);
    }
    return status;
}

/* Whoever reads all of a store comes by the same pages again and again: more of them are kept
 * than for whoever looks at a few. */
static enum status open_reader(struct store *store, struct database **ret_database,
                               struct error *error)
{
    enum status status = database_open(store->dir, store->cipher, false, ret_database, error);

    return status == STATUS_OK
               ? query_run(*ret_database, error, "PRAGMA cache_size = -16384", "")
               : status;
}

enum status readers_open(struct store *store, size_t count, struct readers **ret_readers,
                         struct error *error)
{
    struct readers *readers = xcalloc(1, sizeof(*readers));
    enum status status = STATUS_OK;
    bool same = false;

    pthread_mutex_init(&readers->mutex, NULL);
    readers->all = xcalloc(count, sizeof(*readers->all));
    readers->idle = xcalloc(count, sizeof(*readers->idle));
    for (; readers->count < count && status == STATUS_OK; readers->count++)
        status = open_reader(store, &readers->all[readers->count], error);
    for (int i = 0; i < TRIES && status == STATUS_OK && !same; i++)
        status = begin_all(store, readers, &same, error);
    if (status == STATUS_OK && !same)
        status = fail(error, STATUS_IO, "Try again when fewer others use it.",
                      "The store changes too quickly to be checked.");
    if (status != STATUS_OK) {
        readers_free(readers);
        return status;
    }
    while (readers->idle_count < count) {
        readers->idle[readers->idle_count] = readers->all[readers->idle_count];
        readers->idle_count++;
    }
    *ret_readers = readers;
    return STATUS_OK;
}

struct database *reader_take(struct readers *readers)
{
    struct database *database;

    pthread_mutex_lock(&readers->mutex);
    database = readers->idle[--readers->idle_count];
    pthread_mutex_unlock(&readers->mutex);
    return database;
}

void reader_give(struct readers *readers, struct database *database)
{
    pthread_mutex_lock(&readers->mutex);
    readers->idle[readers->idle_count++] = database;
    pthread_mutex_unlock(&readers->mutex);
}
