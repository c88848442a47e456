/* SPDX-License-Identifier: MIT */
/* What other stores sent, checked again: their chains as far as they were taken in, and that
 * each review that came back is one of theirs. Whether their users might do so was for the
 * import to see (exchange/chain.h). And what this store shows to others: its certificates. */
#include <sodium.h>
#include <string.h>

#include "store/verify.h"

static enum status wrong(const char *store, int64_t sequence, const char *what,
                         struct error *error)
{
    return fail(error, STATUS_DAMAGED, "Put the store back from a backup.",
                "Entry %lld that the store %s sent is wrong: %s.", (long long)sequence, store,
                what);
}

/* The end of a chain so far. */
struct chain {
    char store[STORE_ID_HEX_SIZE];
    int64_t sequence;
    struct digest link;
};

/* A row of seq, head, link, signature, salt, body, store, kind, ref, as the import wrote them.
 */
static enum status check_link(struct chain *chain, sqlite3_stmt *row, struct arena *arena,
                              struct error *error)
{
    const char *store = column_text(row, 6);
    char id[STORE_ID_HEX_SIZE];
    struct stored_entry stored;
    struct raw_entry raw;
    struct error ignored;

    if (strcmp(store, chain->store) != 0) {
        *chain = (struct chain){.sequence = 0};
        memcpy(chain->store, store, strnlen(store, sizeof(chain->store) - 1));
    }
    raw_of_row(row, arena, &raw);
    if (entry_of_raw(&raw, &stored, &ignored) != STATUS_OK)
        return wrong(store, raw.sequence, "it is not as it was signed", error);
    sodium_bin2hex(id, sizeof(id), stored.fields.store, STORE_ID_SIZE);
    if (strcmp(id, store) != 0)
        return wrong(store, raw.sequence, "it is of another store", error);
    if (raw.sequence != chain->sequence + 1 ||
        memcmp(stored.fields.previous.byte, chain->link.byte, DIGEST_SIZE) != 0)
        return wrong(store, raw.sequence, "it does not follow the entry before it", error);
    if (!signature_holds(&raw.link, raw.signature, stored.fields.key))
        return wrong(store, raw.sequence, "its signature does not hold", error);
    if (strcmp(column_text(row, 7), entry_kind_id(stored.entry.kind)) != 0 ||
        strcmp(column_text(row, 8), stored.entry.reference) != 0)
        return wrong(store, raw.sequence, "it is kept as another one", error);
    chain->sequence = raw.sequence;
    chain->link = raw.link;
    return STATUS_OK;
}

enum status verify_foreign(struct database *database, struct error *error)
{
    struct chain chain = {.sequence = 0};
    struct arena arena = {0};
    sqlite3_stmt *statement = NULL;
    bool row = true;
    enum status status = query(
        database, &statement, error,
        "SELECT f.seq, f.head, f.link, f.signature, b.salt, b.body, f.store, f.kind, f.ref FROM "
        "foreign_entry f LEFT JOIN foreign_body b ON b.store = f.store AND b.seq = f.seq ORDER "
        "BY f.store, f.seq",
        "");

    while (status == STATUS_OK) {
        status = query_row(database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        status = check_link(&chain, statement, &arena, error);
        arena_release(&arena);
    }
    query_done(statement);
    arena_release(&arena);
    return status;
}

enum status verify_carried(struct database *database, const struct entry *entry,
                           struct error *error)
{
    int64_t sent = 0;
    enum status status;

    if (entry->kind != ENTRY_CARRIED || !entry->body)
        return STATUS_OK;
    status = query_number(
        database, 0, &sent, error,
        "SELECT count(*) FROM foreign_entry f JOIN foreign_body b ON b.store = f.store AND "
        "b.seq = f.seq WHERE f.store = json_extract(?1, '$.store') AND f.seq = "
        "json_extract(?1, '$.entry') AND f.kind = 'verdict' AND json_extract(b.body, "
        "'$.reference') = json_extract(?1, '$.reference') AND json_extract(b.body, "
        "'$.verdict') = json_extract(?1, '$.verdict') AND json_extract(b.body, '$.sequence') = "
        "json_extract(?1, '$.sequence') AND json_extract(f.head, '$.role') = "
        "json_extract(?1, '$.role')",
        "T", entry->body, entry->length);
    return status == STATUS_OK && !sent
               ? verify_wrong(entry->sequence, "no other store sent this review", error)
               : status;
}

enum status verify_identity(struct database *database, const struct entry *entry,
                            struct error *error)
{
    sqlite3_stmt *statement = NULL;
    char hex[DIGEST_HEX_SIZE] = "";
    struct digest digest;
    const char *pem;
    bool row = false, same = false;
    enum status status = query(database, &statement, error,
                               "SELECT certificate, json_extract(?2, '$.certificate') FROM "
                               "identity WHERE number = ?1",
                               "iT", entry->sequence, entry->body, entry->length);

    if (status == STATUS_OK)
        status = query_row(database, statement, &row, error);
    if (status == STATUS_OK && row) {
        pem = column_text(statement, 0);
        if (digest_pem(&pem, &digest))
            digest_hex(&digest, hex);
        same = hex[0] && strcmp(hex, column_text(statement, 1)) == 0;
    }
    query_done(statement);
    return status == STATUS_OK && !same
               ? verify_wrong(entry->sequence,
                              "the certificate that is kept is not the one that it names",
                              error)
               : status;
}
