/* SPDX-License-Identifier: MIT */
/* What is written to a file in the clear, because somebody asked for that file; and decisions
 * chosen for an audit. The log says of each file who wrote what. */
#include <string.h>

#include "exchange/export.h"
#include "exchange/subject.h"
#include "record/json.h"
#include "ui/perform_log.h"

enum status perform_export(struct performer *performer, struct app *app, struct moment now,
                           struct error *error)
{
    static const enum export_form FORMS[] = {[WRITE_WHOLE] = EXPORT_TEXT,
                                             [WRITE_BRIEF] = EXPORT_SUMMARY,
                                             [WRITE_JSON] = EXPORT_JSON};
    const char *reference = app->wish.reference;
    return export_write(performer->store, &reference, 1, FORMS[app->wish.form], app->wish.path,
                        now, error);
}

enum status perform_statistics(struct performer *performer, struct app *app, struct moment now,
                               struct error *error)
{
    struct log_query query = {.order = LOG_OLDEST_FIRST,
                              .from = app->wish.from == DATE_NONE ? 0 : app->wish.from,
                              .without_practice = true,
                              .today = moment_date(now)};
    int64_t count;
    return statistics_write(performer->store, &query, app->wish.form == WRITE_JSON,
                            app->wish.path, now, &count, error);
}

/* --- What a person may be shown --------------------------------------------------------------
 */

/* The name and the date of birth in a record about the person. */
static enum status who_is(struct performer *performer, const char *reference,
                          struct arena *arena, const char **ret_name, const char **ret_born,
                          struct error *error)
{
    struct entry entry = {0};
    struct row row;
    json_t *body = NULL;
    enum status status = store_find(performer->store, reference, arena, &row, error);
    if (status == STATUS_OK)
        status = store_entry(performer->store, row.sequence, arena, &entry, error);
    if (status == STATUS_OK && entry.body == NULL)
        status = fail(error, STATUS_NOT_FOUND, "Open another decision about the person.",
                      "The record %s has been erased.", reference);
    if (status == STATUS_OK)
        status = body_read(entry.body, entry.length, "record", &body, error);
    if (status != STATUS_OK)
        return status;
    *ret_name = arena_strdup(arena, body_text(body, "subject.0.fields.name"));
    *ret_born = arena_strdup(arena, body_text(body, "subject.0.fields.born"));
    json_decref(body);
    return STATUS_OK;
}

static void bring_left_out(struct world *world, const struct subject_found *found)
{
    struct arena *arena = &world->answer_arena;
    world->left_out = arena_alloc(arena, (found->count + 1) * sizeof *world->left_out);
    world->left_out_count = 0;
    for (size_t n = 0; n < found->count; n++)
        if (world->answer.omission[n] != OMISSION_NONE)
            world->left_out[world->left_out_count++] =
                arena_printf(arena, "%s: %s", found->row[n].summary.reference,
                             omission_words(world->answer.omission[n]));
}

enum status perform_answer(struct performer *performer, struct app *app, struct moment now,
                           struct error *error)
{
    struct world *world = &app->world;
    struct arena arena = {0};
    struct subject_found found;
    struct subject_report report;
    const char *name, *born;
    enum status status = who_is(performer, app->wish.person, &arena, &name, &born, error);
    if (status == STATUS_OK)
        status = subject_find(performer->store, name, born, now, &arena, &found, error);
    if (status == STATUS_OK)
        status = subject_write(performer->store, name, &found, app->wish.form == WRITE_JSON,
                               app->wish.path, now, &arena, &report, error);
    if (status != STATUS_OK) {
        arena_release(&arena);
        return status;
    }
    arena_release(&world->answer_arena);
    world->answer_arena = arena;
    world->answer = report;
    bring_left_out(world, &found);
    return STATUS_OK;
}

/* --- Decisions for an audit ------------------------------------------------------------------
 */

#define READ_AT_ONCE 200

struct sample {
    size_t every, seen, taken, most;
    struct row *row;
};

/* Takes every nth of a window, from the end of it if it was read backwards. */
static enum status take(struct performer *performer, const struct window *window,
                        bool backwards, struct sample *sample, struct arena *arena,
                        struct error *error)
{
    for (size_t n = 0; n < window->count && sample->taken < sample->most; n++) {
        const struct row *row = &window->row[backwards ? window->count - 1 - n : n];
        if (++sample->seen % sample->every != 0)
            continue;
        enum status status = store_find(performer->store, row->summary.reference, arena,
                                        &sample->row[sample->taken++], error);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

static void turn_round(struct row *row, size_t count)
{
    for (size_t n = 0; n < count / 2; n++) {
        struct row other = row[n];
        row[n] = row[count - 1 - n];
        row[count - 1 - n] = other;
    }
}

/* What the page shows follows, or goes before, a row of the sample; so counting on from that
 * row finds the same ones. The end of a sample is found from its start only. */
enum status perform_sample(struct performer *performer, const struct wish *wish,
                           struct log_query query, struct arena *arena,
                           struct window *ret_window, struct error *error)
{
    struct sample sample = {.every = wish->every > 0 ? wish->every : 1,
                            .most = wish->limit + 1,
                            .row = arena_alloc(arena, (wish->limit + 1) * sizeof *sample.row)};
    struct window window = {.more_after = true, .more_before = true};
    struct arena pages = {0};
    enum status status = STATUS_OK;
    query.backwards = wish->backwards && wish->after != 0;
    query.limit = READ_AT_ONCE;
    while (status == STATUS_OK && sample.taken < sample.most &&
           (query.backwards ? window.more_before : window.more_after)) {
        arena_release(&pages);
        status = store_list(performer->store, &query, &pages, &window, error);
        if (status == STATUS_OK && window.count == 0)
            break;
        if (status == STATUS_OK)
            status = take(performer, &window, query.backwards, &sample, arena, error);
        if (status == STATUS_OK)
            query.after = window.row[query.backwards ? 0 : window.count - 1].sequence;
    }
    arena_release(&pages);
    bool more = sample.taken > wish->limit;
    sample.taken = more ? wish->limit : sample.taken;
    if (query.backwards)
        turn_round(sample.row, sample.taken);
    *ret_window = (struct window){.row = sample.row,
                                  .count = sample.taken,
                                  .more_before = query.backwards ? more : wish->after != 0,
                                  .more_after = query.backwards ? true : more};
    return status;
}
