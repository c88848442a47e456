/* SPDX-License-Identifier: MIT */
/* `discern todo` and `discern done`: what must be done after decisions, what is overdue first.
 */
#include <string.h>

#include "command/print.h"
#include "command/subcommands.h"
#include "exchange/chase.h"

#define LIMIT_DEFAULT 50
#define LIMIT_MOST 1000000
#define PAGE 200
#define CHASE                                                                                  \
    "chase" /* what is to be done about a bundle, where decisions have the id of a duty */

static void print_duty(struct context *context, const struct duty_row *row)
{
    char due[MOMENT_WORDS_SIZE] = "at no set time";

    if (row->duty.due.us)
        moment_words(row->duty.due, due);
    fprintf(context->out, "%s  %s%s\n", row->reference,
            row->duty.kind == DUTY_AMEND ? "returned " : "", due);
    if (row->overdue)
        fputs("    Overdue.\n", context->out);
    print_entry(context->out, 4, row->duty.id, row->duty.text);
    fprintf(context->out, "    about %s", context_safe(context, row->subject));
    if (row->recipient[0])
        fprintf(context->out, ", to %s", context_safe(context, row->recipient));
    fprintf(context->out, "; decided by %s\n", context_safe(context, row->author));
}

static json_t *duty_json(const struct duty_row *row)
{
    json_t *object = body_object();

    body_put_text(object, "reference", row->reference);
    body_put_text(object, "duty", row->duty.id);
    body_put_text(object, "kind", duty_kind_id(row->duty.kind));
    body_put_text(object, "text", row->duty.text);
    if (row->duty.due.us)
        body_put_moment(object, "due", row->duty.due);
    body_put_flag(object, "overdue", row->overdue);
    body_put_text(object, "author", row->author);
    body_put_text(object, "subject", row->subject);
    body_put_text(object, "recipient", row->recipient);
    return object;
}

static void print_chase(struct context *context, const struct chase *chase)
{
    char due[MOMENT_WORDS_SIZE];

    moment_words(chase->due, due);
    fprintf(context->out, "%s  %s\n    Overdue.\n", context_safe(context, chase->bundle), due);
    fprintf(context->out, "    " CHASE ": no receipt came for this bundle, sent to %s\n",
            context_safe(context, chase->where));
}

static json_t *chase_json(const struct chase *chase)
{
    json_t *object = body_object();

    body_put_text(object, "duty", CHASE);
    body_put_text(object, "bundle", chase->bundle);
    body_put_text(object, "where", chase->where);
    body_put_moment(object, "due", chase->due);
    body_put_flag(object, "overdue", true);
    return object;
}

/* What is no decision's. */
static enum status take_chases(struct context *context, struct store *store, json_t *list,
                               size_t *ret_count, struct error *error)
{
    struct chase *chase;
    size_t count = 0;
    enum status status =
        chase_list(store, setting_number(&context->settings, SETTING_UPLOAD_CHASE),
                   context->now, &context->arena, &chase, &count, error);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        if (list)
            body_append(list, chase_json(&chase[i]));
        else
            print_chase(context, &chase[i]);
    }
    if (status == STATUS_OK)
        *ret_count = count;
    return status;
}

static enum status take_pages(struct context *context, struct store *store, size_t limit,
                              size_t chases, json_t *list, struct error *error)
{
    struct duty_query query = {.mine = context_has(context, "--mine"), .now = context->now};
    struct duty_window window = {.more_after = true};
    enum status status = STATUS_OK;
    size_t count = 0;

    while (status == STATUS_OK && window.more_after && count < limit) {
        query.limit = limit - count < PAGE ? limit - count : PAGE;
        status = store_duties(store, &query, &context->arena, &window, error);
        if (status != STATUS_OK || !window.count)
            break;
        for (size_t i = 0; i < window.count; i++) {
            if (list)
                body_append(list, duty_json(&window.row[i]));
            else
                print_duty(context, &window.row[i]);
        }
        count += window.count;
        query.after_reference = window.row[window.count - 1].reference;
        query.after_duty = window.row[window.count - 1].duty.id;
    }
    if (status == STATUS_OK && !list && !count && !chases)
        fputs("Nothing is left to be done.\n", context->out);
    if (status == STATUS_OK && !list && window.more_after)
        fprintf(context->out, "There is more. --limit shows more than %zu.\n", count);
    return status;
}

enum status command_todo(struct context *context, struct error *error)
{
    json_t *list = NULL, *all;
    struct store *store;
    size_t limit, chases = 0;
    enum status status =
        context_number(context, "--limit", 1, LIMIT_MOST, LIMIT_DEFAULT, &limit, error);

    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    if (context_has(context, "--json"))
        list = body_list();
    status = take_chases(context, store, list, &chases, error);
    if (status == STATUS_OK)
        status = take_pages(context, store, limit, chases, list, error);
    store_close(store);
    if (!list)
        return status;
    all = body_object();
    body_put(all, "todo", list);
    if (status == STATUS_OK)
        print_json(context->out, all);
    else
        json_decref(all);
    return status;
}

static enum status append(struct context *context, struct store *store,
                          const struct follow_up *follow_up, struct error *error)
{
    struct buf body = {0};
    enum status status;

    follow_up_compose(follow_up, store_me(store), context->now, &body);
    status = store_append(store, ENTRY_FOLLOW_UP, follow_up->reference, buf_text(&body),
                          body.length, context->now, NULL, error);
    buf_release(&body);
    return status;
}

enum status command_done(struct context *context, struct error *error)
{
    char reference[REFERENCE_SIZE];
    struct follow_up follow_up = {.reference = reference,
                                  .duty = context->operand[1],
                                  .message = context_option(context, "--message", 0)};
    const char *about = context->operand[0];
    bool chase = strcmp(follow_up.duty, CHASE) == 0 && !reference_read(about, reference);
    struct store *store;
    enum status status = chase ? STATUS_OK : context_reference(about, reference, error);

    if (status == STATUS_OK)
        status = follow_up_check(&follow_up, error);
    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    status = chase ? chase_done(store, about, follow_up.message, context->now, error)
                   : append(context, store, &follow_up, error);
    store_close(store);
    if (status == STATUS_OK)
        fprintf(context->out, "%s: %s is done.\n", chase ? about : reference,
                context_safe(context, follow_up.duty));
    return status;
}
