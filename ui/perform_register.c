/* SPDX-License-Identifier: MIT */
/* The county's register as a source. */
#include <string.h>

#include "exchange/browse.h"
#include "ui/perform_source.h"

static enum status list(void *data, const struct log_query *query, struct arena *arena,
                        struct window *ret_window, struct error *error)
{
    return browse_list(data, query, arena, ret_window, error);
}

static enum status count(void *data, const struct log_query *query, bool (*going)(void *data),
                         void *going_data, int64_t *ret_count, struct error *error)
{
    return browse_count(data, query, going, going_data, ret_count, error);
}

static const char *tell(void *data, const struct row *row, const char *search,
                        struct arena *arena)
{
    const struct summary *summary = &row->summary;
    (void)data;
    (void)search;
    if (row->state == STATE_ERASED)
        return NULL;
    return arena_printf(arena, "%s%sby %s, %s", summary->urgent ? "URGENT; " : "",
                        summary->departed ? "departs from the recommendation; " : "",
                        summary->author, summary->team);
}

static enum status record(void *data, const struct wish *wish, struct moment now,
                          struct arena *arena, struct row *ret_row, struct entry **ret_entries,
                          size_t *ret_count, struct error *error)
{
    (void)now;
    return browse_record(data, wish->number, arena, ret_row, ret_entries, ret_count, error);
}

static enum status figures(void *data, date from, date today, struct arena *arena,
                           struct world_figure **ret_list, size_t *ret_count,
                           struct error *error)
{
    struct browse_figure *given;
    struct world_figure *list;
    size_t count, first = 0;
    (void)today;
    enum status status = browse_figures(data, from, arena, &given, &count, error);
    if (status != STATUS_OK)
        return status;
    list = arena_alloc(arena, (count + 1) * sizeof *list);
    for (size_t n = 0; n < count; n++) {
        bool next = n == 0 || given[n].heading != given[n - 1].heading;
        if (next)
            first = n;
        list[n] = (struct world_figure){.heading = next ? given[n].heading : NULL,
                                        .name = given[n].name,
                                        .count = given[n].count};
        list[first].most =
            list[first].most > given[n].count ? list[first].most : given[n].count;
    }
    for (size_t n = 1; n < count; n++)
        if (list[n].heading == NULL)
            list[n].most = list[n - 1].most;
    *ret_list = list;
    *ret_count = count;
    return STATUS_OK;
}

struct log_source source_register(struct browse *browse)
{
    return (struct log_source){browse, browse->where, list, count, tell, record, figures};
}
