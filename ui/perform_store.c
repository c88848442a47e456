/* SPDX-License-Identifier: MIT */
/* The open store as a source. */
#include "exchange/export.h"
#include "ui/perform_source.h"

#define EXCERPT_CELLS 72

static enum status list(void *data, const struct log_query *query, struct arena *arena,
                        struct window *ret_window, struct error *error)
{
    return store_list(data, query, arena, ret_window, error);
}

static enum status count(void *data, const struct log_query *query, bool (*going)(void *data),
                         void *going_data, int64_t *ret_count, struct error *error)
{
    return store_count(data, query, going, going_data, ret_count, error);
}

/* Why a hit is one, in its own words. */
static const char *tell(void *data, const struct row *row, const char *search,
                        struct arena *arena)
{
    struct excerpt excerpt;
    struct error error;
    if (search[0] == '\0' || store_excerpt(data, row->sequence, search, EXCERPT_CELLS, arena,
                                           &excerpt, &error) != STATUS_OK)
        return NULL;
    return excerpt.text;
}

static enum status record(void *data, const struct wish *wish, struct moment now,
                          struct arena *arena, struct row *ret_row, struct entry **ret_entries,
                          size_t *ret_count, struct error *error)
{
    enum status status = export_viewed(data, wish->reference, now, error);
    if (status == STATUS_OK)
        status = store_find(data, wish->reference, arena, ret_row, error);
    if (status == STATUS_OK)
        status = store_history(data, wish->reference, arena, ret_entries, ret_count, error);
    return status;
}

/* --- Figures
 * ----------------------------------------------------------------------------------- */

static const char *name_of(enum figure_kind kind, const char *name)
{
    enum outcome outcome;
    enum verdict verdict;
    enum review_reason reason;
    enum duty_kind duty;
    if ((kind == FIGURE_OUTCOME || kind == FIGURE_RECOMMENDED) && outcome_parse(name, &outcome))
        return outcome_words(outcome);
    if (kind == FIGURE_VERDICT && verdict_parse(name, &verdict))
        return verdict_words(verdict);
    if (kind == FIGURE_REASON && review_reason_parse(name, &reason))
        return review_reason_words(reason);
    if (kind == FIGURE_OPEN && duty_kind_parse(name, &duty))
        return duty_kind_words(duty);
    if (kind == FIGURE_WAIT)
        return figure_wait_words(name);
    return name[0] == '\0' ? figure_words(kind) : name;
}

/* What is overdue is so today, whatever the period. */
static enum status find_figure(struct store *store, enum figure_kind kind, date from,
                               date today, struct arena *arena, struct figure **ret_list,
                               size_t *ret_count, struct error *error)
{
    return kind == FIGURE_OPEN
               ? store_figure(store, kind, DATE_NONE, today - 1, arena, ret_list, ret_count,
                              error)
               : store_figure(store, kind, from, DATE_NONE, arena, ret_list, ret_count, error);
}

static enum status figures(void *data, date from, date today, struct arena *arena,
                           struct world_figure **ret_list, size_t *ret_count,
                           struct error *error)
{
    struct world_figure *list = NULL;
    size_t all = 0;
    for (int kind = 0; kind < FIGURE_KIND_COUNT; kind++) {
        struct figure *given;
        size_t count;
        enum status status = find_figure(data, (enum figure_kind)kind, from, today, arena,
                                         &given, &count, error);
        if (status != STATUS_OK)
            return status;
        list = arena_grow(arena, list, all, all + count + 1, sizeof *list);
        for (size_t n = 0; n < count; n++)
            list[all++] = (struct world_figure){
                .heading = n == 0 ? figure_words((enum figure_kind)kind) : NULL,
                .name = name_of((enum figure_kind)kind, given[n].name),
                .count = given[n].count,
                .most = figure_most(given, count),
            };
    }
    *ret_list = list;
    *ret_count = all;
    return STATUS_OK;
}

struct log_source source_store(struct store *store)
{
    return (struct log_source){store, NULL, list, count, tell, record, figures};
}
