/* SPDX-License-Identifier: MIT */
/* What is kept of where decisions are. What it means is the business of exchange. */
#include "store/leave.h"
#include "store/log.h"

enum status store_whereabouts(struct store *store, const char *to, struct arena *arena,
                              int64_t *ret_newest, const char **ret_text, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status = query_number(
        store->database, 0, ret_newest, error,
        "SELECT seq FROM entry WHERE kind IN ('bundle', 'receipt') ORDER BY seq DESC LIMIT 1",
        "");

    if (status == STATUS_OK)
        status = query(store->database, &statement, error,
                       "SELECT words FROM whereabouts WHERE receiver = ? AND newest = ?", "ti",
                       to, *ret_newest);
    if (status == STATUS_OK)
        status = query_row(store->database, statement, &row, error);
    if (status == STATUS_OK && row)
        *ret_text = column_copy(statement, 0, arena);
    query_done(statement);
    if (status == STATUS_OK && !row)
        status = fail(error, STATUS_NOT_FOUND, NULL, "It was not worked out yet.");
    return status;
}

enum status store_whereabouts_keep(struct store *store, const char *to, int64_t newest,
                                   const char *text, struct error *error)
{
    enum status status = transaction_begin(store->database, error);

    if (status != STATUS_OK)
        return status;
    status = query_run(store->database, error,
                       "INSERT INTO whereabouts VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET "
                       "newest = excluded.newest, words = excluded.words",
                       "tit", to, newest, text);
    return transaction_end(store->database, status, error);
}

enum status store_decisions(struct store *store, int64_t *ret_count, struct error *error)
{
    return query_number(store->database, 0, ret_count, error,
                        "SELECT coalesce(sum(count), 0) FROM tally WHERE state <> 'erased'",
                        "");
}

enum status store_decisions_between(struct store *store, int64_t from, int64_t to,
                                    int64_t *ret_count, struct error *error)
{
    enum status status = STATUS_OK;
    int64_t all = 0;

    /* State by state, so that the index on both is enough and no row is read. */
    for (int state = 0; status == STATUS_OK && state < STATE_COUNT; state++) {
        int64_t count = 0;

        if (state == STATE_ERASED)
            continue;
        status = query_number(
            store->database, 0, &count, error,
            "SELECT count(*) FROM decision WHERE state = ? AND seq BETWEEN ? AND ?", "tii",
            state_id((enum state)state), from, to);
        all += count;
    }
    if (status == STATUS_OK)
        *ret_count = all;
    return status;
}
