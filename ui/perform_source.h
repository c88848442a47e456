/* SPDX-License-Identifier: MIT */
/*
 * Where lists, records and figures come from: the open store, or the county's register, so that
 * the same pages show both. For perform*.c only.
 */
#ifndef DISCERN_UI_PERFORM_SOURCE_H
#define DISCERN_UI_PERFORM_SOURCE_H

#include "store/store.h"
#include "ui/app.h"

struct browse;

struct log_source {
    void *data;
    const char *name; /* of a register that is only read; NULL for a store */
    enum status (*list)(void *data, const struct log_query *query, struct arena *arena,
                        struct window *ret_window, struct error *error);
    enum status (*count)(void *data, const struct log_query *query, bool (*going)(void *data),
                         void *going_data, int64_t *ret_count, struct error *error);
    /* A second line of a row: why it is a hit, whose it is. NULL for none. */
    const char *(*tell)(void *data, const struct row *row, const char *search,
                        struct arena *arena);
    /* The decision of a wish, and the entries about it, the oldest first; that it was looked at
     * is written down before. */
    enum status (*record)(void *data, const struct wish *wish, struct moment now,
                          struct arena *arena, struct row *ret_row, struct entry **ret_entries,
                          size_t *ret_count, struct error *error);
    enum status (*figures)(void *data, date from, date today, struct arena *arena,
                           struct world_figure **ret_list, size_t *ret_count,
                           struct error *error);
};

/* Borrow what they are of. (perform_store.c, perform_register.c) */
struct log_source source_store(struct store *store);
struct log_source source_register(struct browse *browse);

#endif
