/* SPDX-License-Identifier: MIT */
/*
 * Where decisions are, counted without the log. Of the fold over it (leaving.c) this keeps what
 * was not accepted, as ranges of entries at one stage. A decision is where its newest entry is:
 * what came after the fold is final, what is in a range is at its stage, all others are
 * accepted. So a range needs no care when a decision in it is amended or erased: it holds one
 * less.
 */
#include <string.h>

#include "exchange/leaving.h"
#include "record/json.h"

static void put_range(json_t *list, int64_t from, int64_t to, enum stage stage)
{
    json_t *range = body_list();

    body_append(range, json_integer(from));
    body_append(range, json_integer(to));
    body_append(range, json_integer(stage));
    body_append(list, range);
}

/* {"accepted-at": ..., "count": ..., "open": [[from, to, stage], ...]} */
static void write_fold(const struct leaving *leaving, struct buf *out)
{
    json_t *object = body_object(), *open = body_list();
    int64_t from = 0, to = 0;

    for (int64_t at = 1; at <= leaving->head.count; at++) {
        enum stage stage = (enum stage)leaving->stage[at];

        if (!leaving->newest[at])
            continue;
        if (from && stage != leaving->stage[from]) {
            put_range(open, from, to, (enum stage)leaving->stage[from]);
            from = 0;
        }
        if (!from && stage != STAGE_ACCEPTED)
            from = at;
        to = at;
    }
    if (from)
        put_range(open, from, to, (enum stage)leaving->stage[from]);
    body_put_number(object, "accepted-at", leaving->accepted_at.us);
    body_put_number(object, "accepted-zone", leaving->accepted_at.offset_minutes);
    body_put_number(object, "count", leaving->head.count);
    body_put_list(object, "open", open);
    body_write(object, out);
}

static int64_t number_at(const json_t *range, size_t i)
{
    return json_integer_value(json_array_get(range, i));
}

static enum status count_fold(struct store *store, const json_t *fold,
                              struct whereabouts *whereabouts, struct error *error)
{
    size_t *tally = whereabouts->tally;
    int64_t count = 0, fresh = 0, all = 0;
    enum status status = store_decisions(store, &all, error);

    if (status == STATUS_OK)
        status = store_decisions_between(store, body_number(fold, "count") + 1, INT64_MAX,
                                         &fresh, error);
    tally[STAGE_FINAL] += (size_t)fresh;
    all -= fresh;
    for (size_t i = 0; status == STATUS_OK && i < body_count(fold, "open"); i++) {
        const json_t *range = body_element(fold, "open", i);
        int64_t stage = number_at(range, 2);

        status = store_decisions_between(store, number_at(range, 0), number_at(range, 1),
                                         &count, error);
        if (stage >= 0 && stage < STAGE_COUNT)
            tally[stage] += (size_t)count;
        all -= count;
    }
    tally[STAGE_ACCEPTED] = all > 0 ? (size_t)all : 0;
    whereabouts->accepted_at.us = body_number(fold, "accepted-at");
    whereabouts->accepted_at.offset_minutes = (int16_t)body_number(fold, "accepted-zone");
    return status;
}

/* Works it out and keeps it. What could not be kept is worked out again. */
static enum status work_out(struct store *store, const char *to, int64_t newest,
                            struct whereabouts *whereabouts, struct error *error)
{
    struct leaving leaving;
    struct buf text = {0};
    struct error ignored;
    enum status status = leaving_load(store, to, &leaving, error);

    if (status != STATUS_OK)
        return status;
    leaving_tally(&leaving, whereabouts->tally);
    whereabouts->accepted_at = leaving.accepted_at;
    write_fold(&leaving, &text);
    leaving_release(&leaving);
    (void)!store_whereabouts_keep(store, to, newest, buf_text(&text), &ignored);
    buf_release(&text);
    return STATUS_OK;
}

enum status leaving_whereabouts(struct store *store, const char *to,
                                struct whereabouts *ret_whereabouts, struct error *error)
{
    struct whereabouts whereabouts = {0};
    struct arena arena = {0};
    const char *text;
    int64_t newest;
    json_t *fold;
    enum status status = store_whereabouts(store, to, &arena, &newest, &text, error);

    if (status == STATUS_OK)
        status = body_read(text, strlen(text), "whereabouts", &fold, error);
    if (status == STATUS_OK) {
        status = count_fold(store, fold, &whereabouts, error);
        json_decref(fold);
    } else if (status == STATUS_NOT_FOUND) {
        status = work_out(store, to, newest, &whereabouts, error);
    }
    arena_release(&arena);
    if (status == STATUS_OK)
        *ret_whereabouts = whereabouts;
    return status;
}
