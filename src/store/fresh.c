/* SPDX-License-Identifier: MIT */
/* The newest records and their words. An entry never changes but for being erased, and is then
 * read anew. */
#include "store/fresh.h"

#include <stdlib.h>

#include "store/index.h"

struct fresh_record {
    int64_t sequence;
    bool erased;
    char *text; /* as the index will have it */
};

struct fresh {
    struct fresh_record *record;
    size_t count, room;
};

void fresh_free(struct fresh *fresh)
{
    if (!fresh)
        return;
    for (size_t i = 0; i < fresh->count; i++)
        free(fresh->record[i].text);
    free(fresh->record);
    free(fresh);
}

/* The text that is known already, taken out; NULL. */
static char *take_known(struct fresh *fresh, int64_t sequence, bool erased)
{
    for (size_t i = 0; fresh && i < fresh->count; i++) {
        struct fresh_record *record = &fresh->record[i];

        if (record->sequence == sequence && record->erased == erased) {
            char *text = record->text;

            record->text = NULL;
            return text;
        }
    }
    return NULL;
}

static enum status add(struct store *store, struct fresh *fresh, int64_t sequence, bool erased,
                       struct error *error)
{
    struct fresh_record record = {sequence, erased, take_known(store->fresh, sequence, erased)};
    struct indexed indexed = {0};
    struct arena arena = {0};
    enum status status = STATUS_OK;

    if (!record.text)
        status = index_load(store->database, sequence, &arena, &indexed, error);
    if (status == STATUS_OK && !record.text)
        record.text = buf_take(&indexed.text);
    buf_release(&indexed.text);
    arena_release(&arena);
    if (fresh->count == fresh->room) {
        fresh->room = fresh->room ? 2 * fresh->room : 64;
        fresh->record = xrealloc(fresh->record, fresh->room, sizeof(*fresh->record));
    }
    if (status == STATUS_OK)
        fresh->record[fresh->count++] = record;
    return status;
}

/* Those that there are now. */
static enum status look(struct store *store, struct fresh *fresh, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = true;
    enum status status = query(store->database, &statement, error,
                               "SELECT seq, state = 'erased' FROM decision WHERE seq > (SELECT "
                               "indexed FROM projection) ORDER BY seq",
                               "");

    while (status == STATUS_OK) {
        status = query_row(store->database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        status = add(store, fresh, sqlite3_column_int64(statement, 0),
                     sqlite3_column_int(statement, 1) != 0, error);
    }
    query_done(statement);
    return status;
}

enum status fresh_find(struct store *store, const struct wanted *wanted, struct buf *out,
                       size_t *ret_count, struct error *error)
{
    struct fresh *fresh = xcalloc(1, sizeof(*fresh));
    enum status status = look(store, fresh, error);
    size_t count = 0;

    if (status != STATUS_OK) {
        fresh_free(fresh);
        return status;
    }
    fresh_free(store->fresh);
    store->fresh = fresh;
    for (size_t i = 0; i < fresh->count; i++) {
        if (wanted_in(wanted, fresh->record[i].text))
            buf_printf(out, "%s%lld", count++ ? ", " : "",
                       (long long)fresh->record[i].sequence);
    }
    *ret_count = count;
    return STATUS_OK;
}
