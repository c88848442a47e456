/* SPDX-License-Identifier: MIT */
/* Lists of decisions, a page of the store at a time: as long as was asked for and no longer. */
#include "command/list.h"

#include "base/utf8.h"
#include "command/filter.h"
#include "command/print.h"

#define LIMIT_DEFAULT 50
#define LIMIT_MOST 1000000
#define PAGE 200   /* rows that the store gives at once */
#define EXCERPT 74 /* cells of a hit in its context */
#define US_PER_DAY (INT64_C(24) * 3600 * 1000000)

/* What names people comes last on the line, since its width is not ours. */
static void print_row(struct context *context, const struct row *row)
{
    const struct summary *summary = &row->summary;
    char day[DATE_SIZE];

    date_iso(moment_date(summary->signed_at), day);
    fprintf(context->out, "%-9s  %s  %-14s%s  %-24s", context_safe(context, summary->reference),
            day, outcome_words(summary->decided), summary->departed ? "*" : " ",
            state_words(row->state));
    fprintf(context->out, "  %s", context_safe(context, summary->subject));
    if (summary->recipient[0])
        fprintf(context->out, " to %s", context_safe(context, summary->recipient));
    putc('\n', context->out);
}

/* Of what waits for a review: what presses, for how long, and whose it is. */
static void print_waiting(struct context *context, const struct summary *summary)
{
    long long days = (context->now.us - summary->signed_at.us) / US_PER_DAY;

    fputs("    ", context->out);
    if (summary->urgent)
        fputs("URGENT; ", context->out);
    if (summary->departed)
        fprintf(context->out, "departs from: %s; ", outcome_words(summary->recommended));
    if (days > 0)
        fprintf(context->out, "waiting for %lld day%s", days, days == 1 ? "" : "s");
    else
        fputs("signed today", context->out);
    fprintf(context->out, ", by %s\n", context_safe(context, summary->author));
}

static json_t *row_json(const struct row *row)
{
    const struct summary *summary = &row->summary;
    json_t *object = body_object();

    body_put_text(object, "reference", summary->reference);
    body_put_number(object, "sequence", row->sequence);
    body_put_text(object, "state", state_id(row->state));
    body_put_moment(object, "signed", summary->signed_at);
    body_put_text(object, "author", summary->author);
    body_put_text(object, "team", summary->team);
    body_put_text(object, "subject", summary->subject);
    body_put_text(object, "requester", summary->requester);
    body_put_text(object, "recipient", summary->recipient);
    body_put_text(object, "purpose", summary->purpose);
    body_put_text(object, "pack", summary->pack);
    body_put_text(object, "agreement", summary->agreement);
    body_put_text(object, "programme", summary->programme);
    body_put_text(object, "recommended", outcome_id(summary->recommended));
    body_put_text(object, "decided", outcome_id(summary->decided));
    body_put_flag(object, "departed", summary->departed);
    body_put_flag(object, "urgent", summary->urgent);
    body_put_flag(object, "countersign", summary->countersign);
    body_put_flag(object, "unfinished", summary->unfinished);
    body_put_text(object, "amends", summary->amends);
    body_put_text(object, "sibling-of", summary->sibling_of);
    body_put_day(object, "due", summary->due);
    body_put_day(object, "review", summary->review);
    return object;
}

/* Prints or collects one page; `list` is NULL for words. Whether some decision departs from
 * what was recommended. A hit of a search is shown in its context. */
static enum status take_page(struct context *context, struct store *store,
                             const struct log_query *query, const struct window *window,
                             json_t *list, bool *departed, struct error *error)
{
    struct arena arena = {0};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < window->count && status == STATUS_OK; i++) {
        struct excerpt excerpt = {.text = ""};

        *departed = *departed || window->row[i].summary.departed;
        if (list) {
            body_append(list, row_json(&window->row[i]));
            continue;
        }
        print_row(context, &window->row[i]);
        if (query->reviewable)
            print_waiting(context, &window->row[i].summary);
        if (query->search && query->search[0])
            status = store_excerpt(store, window->row[i].sequence, query->search, EXCERPT,
                                   &arena, &excerpt, error);
        if (excerpt.text[0])
            fprintf(context->out, "    %s\n", excerpt.text);
    }
    arena_release(&arena);
    return status;
}

/* What the rows do not say of themselves. */
static void print_end(FILE *out, size_t count, bool departed, bool more)
{
    if (!count)
        fputs("There are no such decisions.\n", out);
    if (departed)
        fputs("* decided otherwise than recommended\n", out);
    if (more)
        fprintf(out, "There are more. --limit shows more than %zu.\n", count);
}

static enum status take_pages(struct context *context, struct store *store,
                              struct log_query query, size_t limit, json_t *list,
                              struct error *error)
{
    struct window window = {.more_after = true, .count = 1};
    enum status status = STATUS_OK;
    struct arena arena = {0};
    bool departed = false;
    size_t count = 0;

    while (status == STATUS_OK && window.count > 0 && window.more_after && count < limit) {
        query.limit = limit - count < PAGE ? limit - count : PAGE;
        status = store_list(store, &query, &arena, &window, error);
        if (status == STATUS_OK && window.count > 0) {
            status = take_page(context, store, &query, &window, list, &departed, error);
            count += window.count;
            query.after = window.row[window.count - 1].sequence;
        }
        arena_release(&arena);
    }
    if (status == STATUS_OK && !list)
        print_end(context->out, count, departed, window.more_after);
    return status;
}

/* How many there are in all, and no more. */
static enum status print_count(struct context *context, struct store *store,
                               const struct log_query *query, struct error *error)
{
    int64_t count;
    enum status status = store_count(store, query, NULL, NULL, &count, error);

    if (status == STATUS_OK)
        fprintf(context->out, "%lld\n", (long long)count);
    return status;
}

static enum status print_rows(struct context *context, struct store *store,
                              const struct log_query *query, size_t limit, struct error *error)
{
    json_t *list = context_has(context, "--json") ? body_list() : NULL;
    enum status status = take_pages(context, store, *query, limit, list, error);

    if (list) {
        json_t *object = body_object();

        body_put(object, "decisions", list);
        if (status == STATUS_OK)
            print_json(context->out, object);
        else
            json_decref(object);
    }
    return status;
}

enum status list_print(struct context *context, const char *words, struct error *error)
{
    struct log_query query;
    struct store *store;
    enum status status;
    size_t limit;

    status = context_number(context, "--limit", 1, LIMIT_MOST, LIMIT_DEFAULT, &limit, error);
    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    status = filter_read(context, store, words, &query, error);
    if (status == STATUS_OK)
        status = context_has(context, "--count")
                     ? print_count(context, store, &query, error)
                     : print_rows(context, store, &query, limit, error);
    store_close(store);
    return status;
}
