/* SPDX-License-Identifier: MIT */
/* `discern figures`: what was decided in a period, as words, numbers and plain bars. The bars
 * only repeat the numbers, and stand last on the line. */
#include <string.h>

#include "base/utf8.h"
#include "command/print.h"
#include "command/subcommands.h"

#define BAR 30       /* marks of the longest bar */
#define LABEL_MAX 40 /* cells */
#define SECONDS_PER_HOUR INT64_C(3600)
#define SECONDS_PER_DAY INT64_C(86400)
#define DAYS_FROM 3 /* an average is said in days */

static enum status read_day(const struct context *context, const char *option, date *ret_day,
                            struct error *error)
{
    const char *text = context_option(context, option, 0);

    *ret_day = DATE_NONE;
    if (!text || date_parse(text, ret_day))
        return STATUS_OK;
    return fail_at(error, STATUS_USAGE, NULL, 0, option, "Write it as 2026-09-30.",
                   "'%s' is not a day.", text);
}

/* What a figure is called on its line. */
static const char *label_of(enum figure_kind kind, const struct figure *figure)
{
    enum outcome outcome;
    enum verdict verdict;
    enum review_reason reason;
    enum duty_kind duty;

    if (kind == FIGURE_WAIT)
        return figure_wait_words(figure->name);
    if (kind == FIGURE_VERDICT && verdict_parse(figure->name, &verdict))
        return verdict_words(verdict);
    if (kind == FIGURE_OPEN && duty_kind_parse(figure->name, &duty))
        return duty_kind_words(duty);
    if (kind == FIGURE_REASON && review_reason_parse(figure->name, &reason))
        return review_reason_words(reason);
    if (outcome_parse(figure->name, &outcome))
        return outcome_words(outcome);
    return figure->name[0] ? figure->name : "none";
}

static void print_bar(FILE *out, int64_t count, int64_t most)
{
    int64_t marks = most > 0 ? (count * BAR + most - 1) / most : 0;

    for (int64_t i = 0; i < marks; i++)
        putc('#', out);
}

static void print_average(FILE *out, int64_t seconds)
{
    bool days = seconds >= DAYS_FROM * SECONDS_PER_DAY;

    fprintf(out, "  On average %lld %s.\n",
            (long long)(seconds / (days ? SECONDS_PER_DAY : SECONDS_PER_HOUR)),
            days ? "days" : "hours");
}

static void print_kind(struct context *context, enum figure_kind kind,
                       const struct figure *list, size_t count)
{
    int64_t seconds = 0, reviews = 0, most = figure_most(list, count);

    if (!count)
        return;
    fprintf(context->out, "\n%s\n", figure_words(kind));
    for (size_t i = 0; i < count; i++) {
        const char *label = context_safe(context, label_of(kind, &list[i]));
        size_t fits = utf8_fit(label, strlen(label), LABEL_MAX);

        fprintf(context->out, "  %.*s%*s %7lld  ", (int)fits, label,
                LABEL_MAX - utf8_cells(label, (int)fits), "", (long long)list[i].count);
        print_bar(context->out, list[i].count, most);
        putc('\n', context->out);
        seconds += list[i].total;
        reviews += list[i].count;
    }
    if (kind == FIGURE_WAIT)
        print_average(context->out, seconds / reviews);
}

static json_t *kind_json(const struct figure *list, size_t count, bool totals)
{
    json_t *all = body_list();

    for (size_t i = 0; i < count; i++) {
        json_t *object = body_object();

        body_put_text(object, "name", list[i].name);
        body_put_number(object, "count", list[i].count);
        if (totals)
            body_put_number(object, "seconds", list[i].total);
        body_append(all, object);
    }
    return all;
}

/* What is overdue is so today, whatever the period. */
static enum status add_kind(struct context *context, struct store *store, enum figure_kind kind,
                            date from, date until, json_t *object, struct error *error)
{
    date yesterday = moment_date(context->now) - 1;
    struct figure *list;
    size_t count;
    enum status status =
        kind == FIGURE_OPEN
            ? store_figure(store, kind, DATE_NONE, yesterday, &context->arena, &list, &count,
                           error)
            : store_figure(store, kind, from, until, &context->arena, &list, &count, error);

    if (status != STATUS_OK)
        return status;
    if (object)
        body_put(object, kind == FIGURE_OPEN ? "overdue" : figure_id(kind),
                 kind_json(list, count, kind == FIGURE_WAIT));
    else if (kind == FIGURE_DECISIONS)
        fprintf(context->out, "Decisions: %lld\n", count ? (long long)list[0].count : 0LL);
    else
        print_kind(context, kind, list, count);
    return STATUS_OK;
}

enum status command_figures(struct context *context, struct error *error)
{
    json_t *object = NULL;
    struct store *store;
    date from, until;
    enum status status = read_day(context, "--from", &from, error);

    if (status == STATUS_OK)
        status = read_day(context, "--until", &until, error);
    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    if (context_has(context, "--json"))
        object = body_object();
    for (int kind = 0; kind < FIGURE_KIND_COUNT && status == STATUS_OK; kind++)
        status = add_kind(context, store, (enum figure_kind)kind, from, until, object, error);
    store_close(store);
    if (object && status == STATUS_OK)
        print_json(context->out, object);
    else
        json_decref(object);
    return status;
}
