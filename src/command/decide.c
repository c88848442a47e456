/* SPDX-License-Identifier: MIT */
/* `discern decide`: the walk without a screen, for one answer file or many. */
#include "command/attempt.h"
#include "command/print.h"
#include "command/subcommands.h"

struct batch {
    struct store *store; /* NULL on a dry run */
    json_t *list;        /* NULL when printing words */
    size_t failed;
    enum status worst; /* of the first file that failed */
};

/* Files follow --answers, each or all at once: `--answers a.ini b.ini`. */
static size_t list_files(struct context *context, const char ***ret_files)
{
    size_t count = 0, named = 0;
    const char **files;

    while (context_option(context, "--answers", named))
        named++;
    files = arena_alloc(&context->arena, (named + context->operand_count + 1) * sizeof(*files));
    while (count < named) {
        files[count] = context_option(context, "--answers", count);
        count++;
    }
    for (size_t i = 0; i < context->operand_count; i++)
        files[count++] = context->operand[i];
    *ret_files = files;
    return named ? count : 0;
}

/* A decision that does not turn out as expected is printed, for its trail, and not signed. */
static enum status decide_file(struct context *context, struct batch *batch, const char *path,
                               struct error *error)
{
    struct attempt attempt = {0};
    enum status status = attempt_read(context, path, &attempt, error);

    if (status == STATUS_OK)
        status = attempt_check(&attempt, error);
    if (status == STATUS_OK && batch->store)
        status = attempt_sign(&attempt, batch->store, moment_now(), error);
    if (attempt.rule && batch->list)
        body_append(batch->list, attempt_json(&attempt));
    else if (attempt.rule)
        attempt_print(&attempt, context);
    attempt_release(&attempt);
    return status;
}

/* One problem does not hide the others: each is told as it is met, the count at the end. */
static enum status decide_files(struct context *context, struct batch *batch,
                                const char **files, size_t count, struct error *error)
{
    char line[sizeof(*error)];

    for (size_t i = 0; i < count; i++) {
        enum status status = decide_file(context, batch, files[i], error);

        if (status == STATUS_OK)
            continue;
        if (count == 1)
            return status;
        if (!batch->failed++)
            batch->worst = status;
        if (!error->file[0])
            status = fail_at(error, status, files[i], 0, error->field, error->remedy, "%s",
                             error->what);
        error_line(error, line, sizeof(line));
        fflush(context->out);
        fprintf(context->err, "%s\n", line);
    }
    if (count > 1 && !batch->list)
        fprintf(context->out, "%zu of %zu answer files gave what they should.\n",
                count - batch->failed, count);
    if (batch->failed)
        return fail(error, batch->worst, "Each problem stands above.",
                    "%zu of %zu answer files did not give what they should.", batch->failed,
                    count);
    return STATUS_OK;
}

enum status command_decide(struct context *context, struct error *error)
{
    struct batch batch = {0};
    enum status status = STATUS_OK;
    const char **files;
    size_t count = list_files(context, &files);

    if (!count)
        return fail(error, STATUS_USAGE, NULL, "Write: discern decide --answers FILE...");
    if (!context_has(context, "--dry-run"))
        status = context_store(context, &batch.store, error);
    if (status != STATUS_OK)
        return status;
    if (context_has(context, "--json"))
        batch.list = body_list();
    status = decide_files(context, &batch, files, count, error);
    if (batch.list) {
        json_t *object = body_object();

        body_put(object, "decisions", batch.list);
        print_json(context->out, object);
    }
    store_close(batch.store);
    return status;
}
