/* SPDX-License-Identifier: MIT */
/* `discern due`, `hold`, `release` and `erase`: how long decisions are kept. */
#include "command/print.h"
#include "command/subcommands.h"
#include "store/care.h"

static void print_due_json(FILE *out, const struct due *due, size_t count)
{
    json_t *all = body_object(), *list = body_list();

    for (size_t i = 0; i < count; i++) {
        json_t *object = body_object();

        body_put_text(object, "reference", due[i].reference);
        body_put_text(object, "author", due[i].author);
        body_put_text(object, "subject", due[i].subject);
        body_put_text(object, "retention", due[i].retention);
        body_put_day(object, "keep-until", due[i].keep_until);
        body_put(object, "held", json_boolean(due[i].held));
        body_append(list, object);
    }
    body_put(all, "due", list);
    print_json(out, all);
}

static void print_due(struct context *context, const struct due *due, size_t count)
{
    if (!count)
        fputs("Nothing has been kept to the end of its time.\n", context->out);
    for (size_t i = 0; i < count; i++) {
        char day[DATE_WORDS_SIZE];

        date_words(due[i].keep_until, day);
        fprintf(context->out, "%s  %s  until %s%s\n", due[i].reference,
                context_safe(context, due[i].subject), day, due[i].held ? ", held" : "");
    }
}

/* The day to judge by: today, unless --as-of says another. */
static enum status read_day(const struct context *context, date *ret_day, struct error *error)
{
    const char *text = context_option(context, "--as-of", 0);

    *ret_day = moment_date(context->now);
    if (!text || date_parse(text, ret_day))
        return STATUS_OK;
    return fail_at(error, STATUS_USAGE, NULL, 0, "--as-of", "Write it as 2026-09-30.",
                   "'%s' is not a day.", text);
}

enum status command_due(struct context *context, struct error *error)
{
    struct due *due = NULL;
    struct store *store;
    size_t count = 0;
    date day;
    enum status status = read_day(context, &day, error);

    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    status = store_due(store, day, &context->arena, &due, &count, error);
    store_close(store);
    if (status != STATUS_OK)
        return status;
    if (context_has(context, "--json"))
        print_due_json(context->out, due, count);
    else
        print_due(context, due, count);
    return STATUS_OK;
}

/* The reference, and the store open. */
static enum status begin(struct context *context, char reference[REFERENCE_SIZE],
                         struct store **ret_store, struct error *error)
{
    enum status status = context_reference(context->operand[0], reference, error);

    return status == STATUS_OK ? context_store(context, ret_store, error) : status;
}

static enum status hold(struct context *context, bool on, const char *words,
                        struct error *error)
{
    char reference[REFERENCE_SIZE];
    struct store *store;
    enum status status = begin(context, reference, &store, error);

    if (status != STATUS_OK)
        return status;
    status = store_hold(store, reference, on, context_option(context, "--message", 0),
                        context->now, error);
    store_close(store);
    if (status == STATUS_OK)
        fprintf(context->out, "%s %s.\n", reference, words);
    return status;
}

enum status command_hold(struct context *context, struct error *error)
{
    return hold(context, true, "is kept until it is released", error);
}

enum status command_release(struct context *context, struct error *error)
{
    return hold(context, false, "is kept no longer than its time", error);
}

enum status command_erase(struct context *context, struct error *error)
{
    char reference[REFERENCE_SIZE];
    struct store *store;
    enum status status = begin(context, reference, &store, error);

    if (status != STATUS_OK)
        return status;
    status = store_erase(store, reference, context_option(context, "--reason", 0), context->now,
                         error);
    store_close(store);
    if (status == STATUS_OK)
        fprintf(context->out,
                "%s has been erased. Who decided when, and this, stay in the log.\nBackups, "
                "exports and what was sent still have it: see to those.\n",
                reference);
    return status;
}
