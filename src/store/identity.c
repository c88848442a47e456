/* SPDX-License-Identifier: MIT */
/* What the store signs its bundles with. Made by the courier, kept here, bound to the log. */
#include <string.h>

#include "base/secret.h"
#include "record/json.h"
#include "store/leave.h"
#include "store/log.h"

enum status store_identity(struct store *store, int64_t at, struct arena *arena,
                           struct identity *ret_identity, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status = query(store->database, &statement, error,
                               "SELECT key, certificate, number FROM identity "
                               "WHERE number <= max(?, (SELECT min(number) FROM identity)) "
                               "ORDER BY number DESC LIMIT 1",
                               "i", at);

    if (status == STATUS_OK)
        status = query_row(store->database, statement, &row, error);
    if (status == STATUS_OK && !row)
        status = fail(error, STATUS_NOT_FOUND, NULL, "This store has no certificate yet.");
    if (status == STATUS_OK) {
        size_t length = (size_t)sqlite3_column_bytes(statement, 0);

        ret_identity->key = secret_new(length + 1);
        memcpy(ret_identity->key, sqlite3_column_blob(statement, 0), length);
        ret_identity->certificate = column_copy(statement, 1, arena);
        ret_identity->since = sqlite3_column_int64(statement, 2);
    }
    query_done(statement);
    return status;
}

static enum status log_identity(struct store *store, const struct digest *fingerprint,
                                struct moment now, int64_t *ret_sequence, struct error *error)
{
    char hex[DIGEST_HEX_SIZE];
    json_t *body = body_object();
    struct buf text = {0};
    enum status status;

    digest_hex(fingerprint, hex);
    body_put_number(body, "schema", RECORD_SCHEMA);
    body_put_text(body, "kind", entry_kind_id(ENTRY_IDENTITY));
    body_put_text(body, "certificate", hex);
    body_write(body, &text);
    status = log_append(store, ENTRY_IDENTITY, NULL, buf_text(&text), text.length, now,
                        ret_sequence, error);
    buf_release(&text);
    return status;
}

enum status store_identity_keep(struct store *store, const struct identity *identity,
                                const struct digest *fingerprint, bool another,
                                struct moment now, struct error *error)
{
    int64_t count = 0, sequence = 0;
    enum status status = transaction_begin(store->database, error);

    if (status != STATUS_OK)
        return status;
    status =
        query_number(store->database, 0, &count, error, "SELECT count(*) FROM identity", "");
    if (status == STATUS_OK && count && !another)
        status = fail(error, STATUS_REFUSED, NULL, "This store has a certificate already.");
    if (status == STATUS_OK)
        status = log_identity(store, fingerprint, now, &sequence, error);
    if (status == STATUS_OK)
        status =
            query_run(store->database, error, "INSERT INTO identity VALUES (?, ?, ?)", "ibt",
                      sequence, identity->key, strlen(identity->key), identity->certificate);
    return transaction_end(store->database, status, error);
}
