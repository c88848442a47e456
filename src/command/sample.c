/* SPDX-License-Identifier: MIT */
/* `discern sample`: decisions for an audit, chosen so that nobody could choose otherwise: every
 * nth in the order of signing, or all that departed. */
#include "command/filter.h"
#include "command/subcommands.h"

#define EVERY_MOST 1000000
#define PAGE 200

static void print_one(struct context *context, const struct row *row)
{
    char day[DATE_SIZE];

    date_iso(moment_date(row->summary.signed_at), day);
    fprintf(context->out, "%s  %s  %s%s  %s\n", row->summary.reference, day,
            outcome_words(row->summary.decided), row->summary.departed ? " (departed)" : "",
            context_safe(context, row->summary.author));
}

static enum status take(struct context *context, struct store *store, struct log_query query,
                        size_t every, struct error *error)
{
    struct window window = {.more_after = true};
    enum status status = STATUS_OK;
    struct arena arena = {0};
    size_t seen = 0, taken = 0;

    query.limit = PAGE;
    while (status == STATUS_OK && window.more_after) {
        status = store_list(store, &query, &arena, &window, error);
        if (status != STATUS_OK || !window.count)
            break;
        for (size_t i = 0; i < window.count; i++) {
            if (++seen % every != 0)
                continue;
            print_one(context, &window.row[i]);
            taken++;
        }
        query.after = window.row[window.count - 1].sequence;
        arena_release(&arena);
    }
    arena_release(&arena);
    if (status == STATUS_OK)
        fprintf(context->out, "%zu of %zu decisions.\n", taken, seen);
    return status;
}

enum status command_sample(struct context *context, struct error *error)
{
    bool departures = context_has(context, "--departures");
    struct log_query query;
    struct store *store;
    size_t every;
    enum status status = context_number(context, "--every", 1, EVERY_MOST, 0, &every, error);

    if (status == STATUS_OK && (every != 0) == departures)
        status = fail(error, STATUS_USAGE, NULL, "Give one of --every N and --departures.");
    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    status = filter_read(context, store, departures ? "order oldest; departed" : "order oldest",
                         &query, error);
    if (status == STATUS_OK)
        status = take(context, store, query, departures ? 1 : every, error);
    store_close(store);
    return status;
}
