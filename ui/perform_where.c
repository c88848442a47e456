/* SPDX-License-Identifier: MIT */
/* Where decisions are that were to leave: counted for the start page, listed, set aside. Shows
 * nothing. */
#include <string.h>

#include "base/file.h"
#include "exchange/send.h"
#include "ui/perform_sending.h"

#define RECEIVER_ALL_SIZE sizeof(((struct receiver *)NULL)->all)
#define PEM_MAX ((size_t)1 << 16)

/* --- Where decisions are ---------------------------------------------------------------------
 */

static void count(const size_t tally[STAGE_COUNT], struct moment accepted_at,
                  struct sent_counts *counts)
{
    *counts = (struct sent_counts){
        .accepted = (long long)tally[STAGE_ACCEPTED],
        .waiting = (long long)(tally[STAGE_FINAL] + tally[STAGE_WAITING]),
        .sent = (long long)tally[STAGE_SENT],
        .refused = (long long)tally[STAGE_REFUSED],
        .aside = (long long)tally[STAGE_SET_ASIDE],
        .accepted_at = accepted_at,
    };
    counts->all =
        counts->accepted + counts->waiting + counts->sent + counts->refused + counts->aside;
}

/* The fingerprints of the receiver's certificates, blanks between them, without starting the
 * courier. False if no receiver is named, or no certificate can be read. */
static bool find_receiver(const struct performer *performer, char all[RECEIVER_ALL_SIZE])
{
    const char *path = setting(performer->settings, SETTING_UPLOAD_RECEIVER), *at;
    struct digest digest;
    struct buf pem = {0};
    struct error error;
    size_t length = 0;
    if (path[0] == '\0' || file_read(path, PEM_MAX, &pem, &error) != STATUS_OK)
        return false;
    at = buf_text(&pem);
    while (length + DIGEST_HEX_SIZE <= RECEIVER_ALL_SIZE && digest_pem(&at, &digest)) {
        if (length > 0)
            all[length - 1] = ' ';
        digest_hex(&digest, all + length);
        length += DIGEST_HEX_SIZE;
    }
    buf_release(&pem);
    return length > 0;
}

enum status perform_counts(struct performer *performer, struct world *world,
                           struct error *error)
{
    struct sending *sending = &world->sending;
    char all[RECEIVER_ALL_SIZE];
    struct whereabouts whereabouts;
    enum status status;
    sending->ready = !world->practice && find_receiver(performer, all);
    if (!sending->ready)
        return STATUS_OK;
    status = leaving_whereabouts(performer->store, all, &whereabouts, error);
    if (status == STATUS_OK)
        count(whereabouts.tally, whereabouts.accepted_at, &sending->counts);
    return status;
}

/* --- One by one
 * -------------------------------------------------------------------------------- */

static enum status add_row(struct store *store, const struct leaving *leaving, int64_t at,
                           struct sending *sending, struct error *error)
{
    enum stage stage = (enum stage)leaving->stage[at];
    const struct reason *reason =
        stage == STAGE_REFUSED || stage == STAGE_SET_ASIDE ? leaving_reason(leaving, at) : NULL;
    struct world_where *where = &sending->where[sending->where_count];
    struct arena arena = {0};
    struct entry entry;
    struct row row;
    enum status status = store_entry(store, at, &arena, &entry, error);
    if (status == STATUS_OK)
        status = store_find(store, entry.reference, &sending->where_arena, &row, error);
    if (status == STATUS_OK) {
        *where = (struct world_where){
            .sequence = at,
            .subject = row.summary.subject,
            .stage = stage_words(stage),
            .reason = reason ? arena_strdup(&sending->where_arena, reason->message) : "",
            .accepted = stage == STAGE_ACCEPTED,
            .refused = stage == STAGE_REFUSED,
            .aside = stage == STAGE_SET_ASIDE,
        };
        memcpy(where->reference, row.summary.reference,
               strnlen(row.summary.reference, sizeof where->reference - 1));
        sending->where_count++;
    }
    arena_release(&arena);
    return status;
}

static bool listed(const struct leaving *leaving, int64_t at, bool everything)
{
    return at >= 1 && at <= leaving->head.count && leaving->newest[at] &&
           (everything || leaving->stage[at] != STAGE_ACCEPTED);
}

/* The next after `at` in that direction that is listed, or 0. */
static int64_t next(const struct leaving *leaving, int64_t at, int direction, bool everything)
{
    do
        at += direction;
    while (at >= 1 && at <= leaving->head.count && !listed(leaving, at, everything));
    return listed(leaving, at, everything) ? at : 0;
}

/* The newest first. A page that is asked for backwards begins where that many before it do. */
static enum status window(struct performer *performer, const struct leaving *leaving,
                          const struct sending_wish *wish, size_t limit,
                          struct sending *sending, struct error *error)
{
    int64_t end = leaving->head.count + 1;
    int64_t first =
        wish->backwards ? (wish->after ? wish->after : 0) : (wish->after ? wish->after : end);
    enum status status = STATUS_OK;
    for (size_t n = 0; wish->backwards && n < limit; n++) {
        int64_t newer = next(leaving, first, 1, wish->everything);
        first = newer ? newer : first;
    }
    first = wish->backwards ? first : next(leaving, first, -1, wish->everything);
    sending->more_before = first && next(leaving, first, 1, wish->everything) != 0;
    sending->more_after = false;
    for (int64_t at = first; at && status == STATUS_OK;
         at = next(leaving, at, -1, wish->everything)) {
        sending->more_after = sending->where_count == limit;
        if (sending->more_after)
            break;
        status = add_row(performer->store, leaving, at, sending, error);
    }
    return status;
}

enum status perform_where(struct performer *performer, struct app *app, struct error *error)
{
    struct sending *sending = &app->world.sending;
    struct leaving leaving = {0};
    size_t tally[STAGE_COUNT];
    char all[RECEIVER_ALL_SIZE];
    enum status status;
    if (!find_receiver(performer, all))
        return fail(error, STATUS_USAGE, "Name the receiver in the settings.",
                    "It is not known who receives.");
    status = leaving_load(performer->store, all, &leaving, error);
    if (status == STATUS_OK) {
        arena_release(&sending->where_arena);
        sending->where =
            arena_alloc(&sending->where_arena, (app->wish.limit + 1) * sizeof *sending->where);
        sending->where_count = 0;
        leaving_tally(&leaving, tally);
        count(tally, leaving.accepted_at, &sending->counts);
        status =
            window(performer, &leaving, &app->wish.sending, app->wish.limit, sending, error);
    }
    leaving_release(&leaving);
    return status;
}

enum status perform_aside(struct performer *performer, struct app *app, struct moment now,
                          struct error *error)
{
    const struct sending_wish *wish = &app->wish.sending;
    char all[RECEIVER_ALL_SIZE];
    if (!find_receiver(performer, all))
        return fail(error, STATUS_USAGE, "Name the receiver in the settings.",
                    "It is not known who receives.");
    all[DIGEST_HEX_SIZE - 1] = '\0'; /* any of them will do */
    return leaving_set_aside(performer->store, app->wish.reference, all, wish->aside,
                             wish->reason, now, error);
}
