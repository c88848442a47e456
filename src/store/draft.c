/* SPDX-License-Identifier: MIT */
/*
 * Drafts: one row an unfinished decision of a user. Never reads what is in them.
 *
 * The same user may have the store open twice, and the same draft. Each opening remembers the
 * drafts that it has seen, so that it writes over, removes or signs none that the other has
 * changed since: what was acknowledged there would be lost.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/opened.h"

/* --- Seen before -------------------------------------------------------------------------- */

struct seen {
    char reference[REFERENCE_SIZE];
    struct digest digest; /* of its bytes */
};

static struct seen *find_seen(const struct store *store, const char *reference)
{
    for (size_t i = 0; i < store->seen_count; i++) {
        if (strcmp(store->seen[i].reference, reference) == 0)
            return &store->seen[i];
    }
    return NULL;
}

static void see(struct store *store, const char *reference, const struct digest *digest)
{
    struct seen *seen = find_seen(store, reference);

    if (!seen) {
        store->seen = xrealloc(store->seen, store->seen_count + 1, sizeof(*store->seen));
        seen = &store->seen[store->seen_count++];
        snprintf(seen->reference, sizeof(seen->reference), "%s", reference);
    }
    seen->digest = *digest;
}

void draft_forget(struct store *store, const char *reference)
{
    struct seen *seen = find_seen(store, reference);

    if (seen)
        *seen = store->seen[--store->seen_count];
}

void drafts_forget(struct store *store)
{
    free(store->seen);
    store->seen = NULL;
    store->seen_count = 0;
}

static bool same(const struct digest *a, const struct digest *b)
{
    return memcmp(a->byte, b->byte, DIGEST_SIZE) == 0;
}

/* What the draft is now, if there is one. */
static enum status find_digest(struct store *store, const char *reference, bool *ret_there,
                               struct digest *ret_digest, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    enum status status = query(store->database, &statement, error,
                               "SELECT body FROM draft WHERE author = ? AND ref = ?", "tt",
                               store->me.name, reference);

    if (status == STATUS_OK)
        status = query_row(store->database, statement, ret_there, error);
    if (status == STATUS_OK && *ret_there)
        *ret_digest = digest_of(&(struct span){sqlite3_column_blob(statement, 0),
                                               (size_t)sqlite3_column_bytes(statement, 0)},
                                1);
    query_done(statement);
    return status;
}

static enum status draft_unchanged(struct store *store, const char *reference,
                                   struct error *error)
{
    const struct seen *seen = find_seen(store, reference);
    struct digest now;
    bool there = false;
    enum status status = seen ? find_digest(store, reference, &there, &now, error) : STATUS_OK;

    if (status != STATUS_OK || !seen || (there && same(&now, &seen->digest)))
        return status;
    if (there)
        return fail(error, STATUS_REFUSED,
                    "Leave it here without saving, and open it again: it is kept as it was "
                    "answered there.",
                    "This decision was changed in another window since it was opened here.");
    return fail(error, STATUS_REFUSED,
                "Leave it here without saving, and look for it in the log.",
                "This decision is unfinished no more: it was signed, thrown away or handed "
                "over elsewhere.");
}

/* --- Drafts ------------------------------------------------------------------------------- */

enum status store_draft_save(struct store *store, const char *reference, const char *bytes,
                             size_t length, struct moment now, struct error *error)
{
    struct digest digest = digest_of(&(struct span){bytes, length}, 1);
    bool unchanged;
    enum status status = transaction_begin(store->database, error);

    if (status != STATUS_OK)
        return status;
    status = draft_unchanged(store, reference, error);
    unchanged = status == STATUS_OK;
    if (unchanged)
        status =
            query_run(store->database, error,
                      "INSERT INTO draft VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                      "touched = excluded.touched, zone = excluded.zone, body = excluded.body",
                      "ttiib", store->me.name, reference, now.us, (int64_t)now.offset_minutes,
                      bytes, length);
    status = transaction_end(store->database, status, error);
    if (status == STATUS_OK)
        see(store, reference, &digest);
    else if (unchanged)
        draft_forget(store, reference); /* the disk failed: which one is kept is not known */
    return status;
}

enum status draft_remove(struct store *store, const char *reference, struct error *error)
{
    enum status status = draft_unchanged(store, reference, error);

    if (status == STATUS_OK)
        status =
            query_run(store->database, error, "DELETE FROM draft WHERE author = ? AND ref = ?",
                      "tt", store->me.name, reference);
    return status;
}

enum status store_draft_drop(struct store *store, const char *reference, struct error *error)
{
    enum status status = transaction_begin(store->database, error);

    if (status != STATUS_OK)
        return status;
    status = draft_remove(store, reference, error);
    status = transaction_end(store->database, status, error);
    if (status == STATUS_OK)
        draft_forget(store, reference);
    return status;
}

static void draft_of_row(sqlite3_stmt *row, struct arena *arena, struct draft *draft)
{
    snprintf(draft->reference, sizeof(draft->reference), "%s", column_text(row, 0));
    draft->touched.us = sqlite3_column_int64(row, 1);
    draft->touched.offset_minutes = (int16_t)sqlite3_column_int(row, 2);
    draft->bytes = column_copy(row, 3, arena);
    draft->length = (size_t)sqlite3_column_bytes(row, 3);
}

static void see_draft(struct store *store, const struct draft *draft)
{
    struct digest digest = digest_of(&(struct span){draft->bytes, draft->length}, 1);

    see(store, draft->reference, &digest);
}

enum status store_drafts(struct store *store, struct arena *arena, struct draft **ret_drafts,
                         size_t *ret_count, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    struct draft *drafts = NULL;
    size_t count = 0, room = 0;
    bool row = false;
    enum status status = query(store->database, &statement, error,
                               "SELECT ref, touched, zone, body FROM draft WHERE author = ? "
                               "ORDER BY touched DESC, rowid DESC",
                               "t", store->me.name);

    while (status == STATUS_OK) {
        status = query_row(store->database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        if (count == room) {
            room = room ? 2 * room : 8;
            drafts = arena_grow(arena, drafts, count, room, sizeof(*drafts));
        }
        draft_of_row(statement, arena, &drafts[count]);
        see_draft(store, &drafts[count++]);
    }
    query_done(statement);
    if (status == STATUS_OK) {
        *ret_drafts = drafts;
        *ret_count = count;
    }
    return status;
}
