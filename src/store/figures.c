/* SPDX-License-Identifier: MIT */
/* Figures: counters of each day, moved with the entries, and sums of them. No figure looks at
 * decisions one by one, so none grows with the log. */
#include <stdlib.h>
#include <string.h>

#include "record/parsed.h"
#include "store/project.h"

#define US_PER_SECOND INT64_C(1000000)
#define SECONDS_PER_DAY INT64_C(86400)

static const struct {
    const char *id, *words;
} kinds[] = {
#define X(name, id, words) [FIGURE_##name] = {id, words},
    FIGURE_TABLE(X)
#undef X
};

const char *figure_id(enum figure_kind kind)
{
    return kinds[kind].id;
}

const char *figure_words(enum figure_kind kind)
{
    return kinds[kind].words;
}

static const struct {
    int64_t days;
    const char *name, *words;
} waits[] = {
    {1, "1", "within 1 day"},
    {3, "3", "within 3 days"},
    {7, "7", "within 7 days"},
    {28, "28", "within 28 days"},
    {INT64_MAX / SECONDS_PER_DAY, "more", "after more than 28 days"},
};

static size_t wait_at(const char *name)
{
    size_t i = 0;

    while (i < COUNT(waits) && strcmp(waits[i].name, name) != 0)
        i++;
    return i;
}

const char *figure_wait_words(const char *name)
{
    size_t i = wait_at(name);

    return i < COUNT(waits) ? waits[i].words : name;
}

static int compare_waits(const void *a, const void *b)
{
    size_t one = wait_at(((const struct figure *)a)->name);
    size_t other = wait_at(((const struct figure *)b)->name);

    return (one > other) - (one < other);
}

int64_t figure_most(const struct figure *list, size_t count)
{
    int64_t most = 0;

    for (size_t i = 0; i < count; i++)
        most = list[i].count > most ? list[i].count : most;
    return most;
}

/* --- What there is to count --------------------------------------------------------------- */

static enum status exemptions_of(const struct summary *summary, date day, figure_each *each,
                                 void *data, struct error *error)
{
    struct arena arena = {0};
    enum status status = STATUS_OK;

    for (const char *at = summary->exemptions; *at && status == STATUS_OK;) {
        size_t length = strcspn(at, " ");

        status = each(
            data,
            &(struct figure_of){FIGURE_EXEMPTION, day, arena_strndup(&arena, at, length), 1, 0},
            error);
        at += length + (at[length] == ' ');
    }
    arena_release(&arena);
    return status;
}

static enum status of_answers(const struct summary *summary, figure_each *each, void *data,
                              struct error *error)
{
    const char *decided = outcome_id(summary->decided);
    const struct {
        enum figure_kind kind;
        bool counts;
        const char *name;
    } figures[] = {
        {FIGURE_DECISIONS, true, ""},
        {FIGURE_OUTCOME, true, decided},
        {FIGURE_RECOMMENDED, true, outcome_id(summary->recommended)},
        {FIGURE_DEPARTED, summary->departed, decided},
        {FIGURE_URGENT, summary->urgent, decided},
        {FIGURE_AGREEMENT, true, summary->agreement},
        {FIGURE_PURPOSE, true, summary->purpose},
    };
    date day = moment_date(summary->signed_at);
    enum status status = STATUS_OK;

    for (size_t i = 0; i < COUNT(figures) && status == STATUS_OK; i++) {
        if (figures[i].counts)
            status = each(
                data, &(struct figure_of){figures[i].kind, day, figures[i].name, 1, 0}, error);
    }
    return status == STATUS_OK ? exemptions_of(summary, day, each, data, error) : status;
}

static enum status of_duties(const struct projected *projected, figure_each *each, void *data,
                             struct error *error)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < projected->duty_count && status == STATUS_OK; i++) {
        const struct duty_to_do *duty = &projected->duty[i];

        if (!duty->done && duty->due.us && duty->kind != DUTY_AMEND)
            status = each(data,
                          &(struct figure_of){FIGURE_OPEN, moment_date(duty->due),
                                              duty_kind_id(duty->kind), 1, 0},
                          error);
    }
    return status;
}

/* What is erased, or was practice, counts nowhere. */
static bool counts(const struct projected *projected)
{
    return projected->first && projected->summary.pack[0] && !projected->summary.practice;
}

enum status figures_of_decision(const struct projected *projected, figure_each *each,
                                void *data, struct error *error)
{
    enum status status = STATUS_OK;

    if (!counts(projected))
        return STATUS_OK;
    status = of_answers(&projected->summary, each, data, error);
    return status == STATUS_OK ? of_duties(projected, each, data, error) : status;
}

/* A clock that was set back makes no review quicker than at once. */
static struct figure_of wait_of(struct moment signed_at, const struct entry *review)
{
    int64_t seconds = (review->at.us - signed_at.us) / US_PER_SECOND;
    size_t i = 0;

    if (seconds < 0)
        seconds = 0;
    while (seconds > waits[i].days * SECONDS_PER_DAY)
        i++;
    return (struct figure_of){FIGURE_WAIT, moment_date(review->at), waits[i].name, 1, seconds};
}

enum status figures_of_review(struct moment signed_at, struct stored_entry *stored,
                              figure_each *each, void *data, struct error *error)
{
    const struct figure_of wait = wait_of(signed_at, &stored->entry);
    struct arena arena = {0};
    struct review review;
    enum status status;

    if (!stored->entry.body)
        return STATUS_OK;
    status = stored_body(stored, error);
    if (status == STATUS_OK)
        status = body_review(stored->body, &arena, &review, error);
    if (status == STATUS_OK)
        status = each(
            data,
            &(struct figure_of){FIGURE_VERDICT, wait.day, verdict_id(review.verdict), 1, 0},
            error);
    if (status == STATUS_OK && review.reason != REVIEW_NONE)
        status = each(
            data,
            &(struct figure_of){FIGURE_REASON, wait.day, review_reason_id(review.reason), 1, 0},
            error);
    if (status == STATUS_OK)
        status = each(data, &wait, error);
    arena_release(&arena);
    return status;
}

/* --- Counting ----------------------------------------------------------------------------- */

/* Where a figure is counted in, and whether it is taken out. */
struct counter {
    struct database *database;
    int64_t sign;
};

static enum status count_in(void *data, const struct figure_of *figure, struct error *error)
{
    const struct counter *counter = data;

    return query_run(counter->database, error,
                     "INSERT INTO figure VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                     "count = count + excluded.count, total = total + excluded.total",
                     "ittii", (int64_t)figure->day, figure_id(figure->kind), figure->name,
                     counter->sign * figure->count, counter->sign * figure->total);
}

enum status figures_move(struct database *database, const struct projected *before,
                         const struct projected *after, struct error *error)
{
    struct counter out = {database, -1}, in = {database, 1};
    bool same = counts(before) == counts(after) && before->sequence == after->sequence;
    enum status status = STATUS_OK;

    if (same && duties_equal(before, after))
        return STATUS_OK;
    status = figures_of_decision(before, count_in, &out, error);
    return status == STATUS_OK ? figures_of_decision(after, count_in, &in, error) : status;
}

enum status figures_review(struct database *database, struct moment signed_at,
                           struct stored_entry *review, int64_t sign, struct error *error)
{
    struct counter counter = {database, sign};

    return figures_of_review(signed_at, review, count_in, &counter, error);
}

/* --- Sums --------------------------------------------------------------------------------- */

enum status store_figure(struct store *store, enum figure_kind kind, date from, date until,
                         struct arena *arena, struct figure **ret_list, size_t *ret_count,
                         struct error *error)
{
    struct figure *list = NULL;
    sqlite3_stmt *statement = NULL;
    size_t count = 0, room = 0;
    bool row = true;
    enum status status = query(
        store->database, &statement, error,
        "SELECT name, sum(count), sum(total) FROM figure WHERE what = ? AND day BETWEEN ? AND ? "
        "GROUP BY name HAVING sum(count) <> 0 ORDER BY sum(count) DESC, name",
        "tii", figure_id(kind), (int64_t)(from == DATE_NONE ? INT32_MIN : from),
        (int64_t)(until == DATE_NONE ? INT32_MAX : until));

    while (status == STATUS_OK) {
        status = query_row(store->database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        if (count == room) {
            room = room ? 2 * room : 16;
            list = arena_grow(arena, list, count, room, sizeof(*list));
        }
        list[count++] = (struct figure){column_copy(statement, 0, arena),
                                        sqlite3_column_int64(statement, 1),
                                        sqlite3_column_int64(statement, 2)};
    }
    query_done(statement);
    if (status != STATUS_OK)
        return status;
    if (kind == FIGURE_WAIT && count > 1)
        qsort(list, count, sizeof(*list), compare_waits);
    *ret_list = list;
    *ret_count = count;
    return STATUS_OK;
}

/* --- The start screen --------------------------------------------------------------------- */

/* The sum of the tallies of a state, of one author or (for NULL) of all but `other`. */
static enum status sum_tally(struct store *store, enum state state, const char *author,
                             const char *other, int64_t *ret_sum, struct error *error)
{
    return query_number(store->database, 0, ret_sum, error,
                        "SELECT coalesce(sum(count), 0) FROM tally WHERE state = ?1 AND "
                        "(?2 IS NULL OR author = ?2) AND (?3 IS NULL OR author <> ?3)",
                        "ttt", state_id(state), author, other);
}

static enum status count_reviewable(struct store *store, int64_t *ret_count,
                                    struct error *error)
{
    switch (store->me.role) {
    case ROLE_SUPERVISOR:
        return sum_tally(store, STATE_WAITING, NULL, store->me.name, ret_count, error);
    case ROLE_GUARDIAN:
        return sum_tally(store, STATE_COUNTERSIGN, NULL, store->me.name, ret_count, error);
    default:
        *ret_count = 0;
        return STATUS_OK;
    }
}

enum status store_figures(struct store *store, struct figures *ret_figures, struct error *error)
{
    struct figures figures;
    int64_t countersign = 0, not_agreed = 0;
    enum status status = query_number(store->database, 0, &figures.decisions, error,
                                      "SELECT coalesce(sum(count), 0) FROM tally", "");

    if (status == STATUS_OK)
        status = sum_tally(store, STATE_WAITING, NULL, NULL, &figures.waiting, error);
    if (status == STATUS_OK)
        status = sum_tally(store, STATE_COUNTERSIGN, NULL, NULL, &countersign, error);
    if (status == STATUS_OK)
        status = sum_tally(store, STATE_RETURNED, store->me.name, NULL, &figures.returned_to_me,
                           error);
    if (status == STATUS_OK)
        status = sum_tally(store, STATE_NOT_AGREED, store->me.name, NULL, &not_agreed, error);
    if (status == STATUS_OK)
        status = count_reviewable(store, &figures.reviewable, error);
    if (status == STATUS_OK)
        status =
            query_number(store->database, 0, &figures.drafts, error,
                         "SELECT count(*) FROM draft WHERE author = ?", "t", store->me.name);
    if (status != STATUS_OK)
        return status;
    figures.waiting += countersign;
    figures.returned_to_me += not_agreed; /* both are the author's to amend */
    *ret_figures = figures;
    return STATUS_OK;
}
