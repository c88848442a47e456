/* SPDX-License-Identifier: MIT */
/* `discern import`: bundles of other stores, taken in beside the own log. */
#include <stdlib.h>

#include "command/leave.h"
#include "command/subcommands.h"
#include "exchange/take.h"

static void print_taken(struct context *context, const struct taken *taken)
{
    const char *name = context_safe(context, taken->name);

    if (taken->nothing_new)
        fprintf(context->out, "%s: this bundle was taken in before; nothing has changed.\n",
                name);
    else
        fprintf(context->out, "%s: %zu decisions, %lld new entries.\n", name, taken->decisions,
                (long long)taken->entries);
    if (taken->reviews)
        fprintf(context->out, "Reviews of your store's decisions that came back: %zu.\n",
                taken->reviews);
    if (taken->refused)
        fprintf(context->out, "%zu not taken; the receipt says why.\n", taken->refused);
}

static enum status import_file(struct context *context, const struct intake *intake,
                               const char *path, struct error *error)
{
    const char *receipts = context_option(context, "--receipts", 0);
    struct taken taken = {0};
    char *receipt = NULL;
    enum status status = take_file(intake, path, receipts, &taken, &receipt, error);

    if (status == STATUS_OK)
        print_taken(context, &taken);
    if (receipt)
        fprintf(context->out, "Receipt: %s\n", context_safe(context, receipt));
    taken_release(&taken);
    free(receipt);
    return status;
}

enum status command_import(struct context *context, struct error *error)
{
    struct courier courier;
    struct intake intake = {.courier = &courier,
                            .name = leave_name(&context->settings),
                            .trust = context_option(context, "--trust", 0),
                            .reviewers = setting(&context->settings, SETTING_UPLOAD_REVIEWERS),
                            .now = context->now};
    enum status status = leave_open(context, &courier, &intake.store, error);

    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; status == STATUS_OK && i < context->operand_count; i++)
        status = import_file(context, &intake, context->operand[i], error);
    store_close(intake.store);
    return status;
}
