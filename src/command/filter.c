/* SPDX-License-Identifier: MIT */
/* From options to a query, by way of its words. Never looks into the log. */
#include "command/filter.h"

#include <string.h>

/* Options that are parts of a query, without the dashes. */
static const char *const parts[] = {
    "mine",        "state",      "outcome", "author", "team",          "agreement",
    "programme",   "purpose",    "from",    "until",  "departed",      "urgent",
    "countersign", "unfinished", "overdue", "search", "retention-due", "order",
};

/* A semicolon would begin the next part. */
static void add_value(const char *value, struct buf *out)
{
    for (; *value; value++)
        buf_putc(out, *value == ';' ? ' ' : *value);
}

static void add_options(struct context *context, struct buf *out)
{
    for (size_t i = 0; i < COUNT(parts); i++) {
        const char *name = arena_printf(&context->arena, "--%s", parts[i]);
        const char *value = context_option(context, name, 0);

        if (!value)
            continue;
        buf_printf(out, "; %s ", parts[i]);
        add_value(value, out);
    }
}

static enum status add_saved(struct context *context, struct store *store, struct buf *out,
                             struct error *error)
{
    const char *name = context_option(context, "--filter", 0);
    struct saved_filter *list;
    size_t count;
    enum status status;

    if (!name)
        return STATUS_OK;
    status = store_filters(store, &context->arena, &list, &count, error);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].name, name) == 0) {
            buf_printf(out, "; %s", list[i].words);
            return STATUS_OK;
        }
    }
    return fail(error, STATUS_NOT_FOUND, "--filters says which you have.",
                "You have no filter called %s.", name);
}

static enum status save(struct context *context, struct store *store,
                        const struct log_query *query, struct error *error)
{
    const char *name = context_option(context, "--save", 0);
    struct buf words = {0};
    enum status status = STATUS_OK;

    log_query_words(query, &words);
    if (name)
        status = store_filter_save(store, name, buf_text(&words), error);
    buf_release(&words);
    return status;
}

enum status filter_read(struct context *context, struct store *store, const char *words,
                        struct log_query *ret_query, struct error *error)
{
    struct log_query query = {0};
    struct buf text = {0};
    enum status status;

    buf_puts(&text, words);
    status = add_saved(context, store, &text, error);
    add_options(context, &text);
    if (status == STATUS_OK)
        status = log_query_parse(buf_text(&text), &context->arena, &query, error);
    buf_release(&text);
    if (status == STATUS_BAD_DATA) /* it was typed, not read from a file */
        error->status = status = STATUS_USAGE;
    if (status == STATUS_OK)
        status = save(context, store, &query, error);
    if (status != STATUS_OK)
        return status;
    query.today = moment_date(context->now);
    *ret_query = query;
    return STATUS_OK;
}
