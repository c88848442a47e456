/* SPDX-License-Identifier: MIT */
/* `discern import list`, `show` and `review`: decisions of other stores. */
#include "base/utf8.h"
#include "command/leave.h"
#include "command/print.h"
#include "command/subcommands.h"
#include "exchange/carry.h"

static json_t *carried_json(const struct carried *carried)
{
    json_t *object = body_object();

    body_put_text(object, "reference", carried->reference);
    body_put_text(object, "store", carried->store);
    body_put_text(object, "name", carried->store_name);
    body_put_text(object, "author", carried->author);
    body_put_flag(object, "whole", carried->whole);
    body_put_text(object, "verdict", carried->verdict);
    return object;
}

static void print_carried(struct context *context, const struct carried *list, size_t count)
{
    json_t *all = body_list(), *object;

    for (size_t i = 0; i < count; i++) {
        enum verdict verdict;
        const char *said = verdict_parse(list[i].verdict, &verdict) ? verdict_words(verdict)
                                                                    : "Not reviewed here";

        body_append(all, carried_json(&list[i]));
        if (!context_has(context, "--json"))
            fprintf(context->out, "%s  %s  %s  %s%s\n", list[i].reference,
                    context_safe(context, list[i].author),
                    context_safe(context, list[i].store_name), said,
                    list[i].whole ? "" : " (something was left out)");
    }
    if (!context_has(context, "--json")) {
        json_decref(all);
        if (!count)
            fputs("No other store has sent a decision.\n", context->out);
        return;
    }
    object = body_object();
    body_put(object, "decisions", all);
    print_json(context->out, object);
}

enum status command_import_list(struct context *context, struct error *error)
{
    struct carried *list;
    struct store *store;
    size_t count = 0;
    enum status status = context_store(context, &store, error);

    if (status != STATUS_OK)
        return status;
    status = carry_list(store, &context->arena, &list, &count, error);
    store_close(store);
    if (status == STATUS_OK)
        print_carried(context, list, count);
    return status;
}

/* The store and the decision that the operand names. The caller closes the store. */
static enum status open_carried(struct context *context, struct store **ret_store,
                                struct carried *ret_carried, struct error *error)
{
    char reference[REFERENCE_SIZE];
    enum status status = context_reference(context->operand[0], reference, error);

    if (status == STATUS_OK)
        status = context_store(context, ret_store, error);
    if (status != STATUS_OK)
        return status;
    status = carry_find(*ret_store, reference, &context->arena, ret_carried, error);
    if (status != STATUS_OK)
        store_close(*ret_store);
    return status;
}

enum status command_import_show(struct context *context, struct error *error)
{
    struct standing standing = {0};
    struct carried carried;
    struct store *store;
    struct buf text = {0}, safe = {0};
    enum status status = open_carried(context, &store, &carried, error);

    if (status != STATUS_OK)
        return status;
    store_close(store);
    /* Of a view not every part can be printed; what is there is shown as it is. */
    if (!carried.whole) {
        print_json_text(context->out, carried.body, carried.length);
        return STATUS_OK;
    }
    standing.state = "From another store";
    status = record_print(carried.body, carried.length, &standing,
                          (struct print_form){.brief = context_has(context, "--summary")},
                          &text, error);
    if (status == STATUS_OK) {
        utf8_printable(&safe, buf_text(&text), text.length, true);
        fputs(buf_text(&safe), context->out);
    }
    buf_release(&text);
    buf_release(&safe);
    return status;
}

enum status command_import_review(struct context *context, struct error *error)
{
    struct review review = {0};
    struct carried carried;
    struct store *store;
    enum status status = review_options(context, &review, error);

    if (status == STATUS_OK)
        status = open_carried(context, &store, &carried, error);
    if (status != STATUS_OK)
        return status;
    status = carry_review(store, &carried, &review, context->now, error);
    store_close(store);
    if (status == STATUS_OK)
        fprintf(context->out, "%s: %s. The next bundle to %s carries it back.\n",
                carried.reference, verdict_words(review.verdict),
                context_safe(context, carried.store_name));
    return status;
}
