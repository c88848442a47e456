/* SPDX-License-Identifier: MIT */
/* `discern receipt`: answers that came by hand. */
#include "base/file.h"
#include "command/leave.h"
#include "command/subcommands.h"

#define FILE_MAX (RECEIPT_MAX + ((size_t)1 << 16))

static void print_receipt(struct context *context, const struct receipt *receipt, bool known)
{
    size_t accepted = 0;

    for (size_t i = 0; i < receipt->accepted_count; i++)
        accepted += (size_t)(receipt->accepted[i].to - receipt->accepted[i].from + 1);
    fprintf(context->out, "%s has accepted %zu entries%s.\n",
            context_safe(context, receipt->by), accepted,
            known ? "; this receipt was here already" : "");
    for (size_t i = 0; i < receipt->refused_count; i++) {
        const struct refused *refused = &receipt->refused[i];

        fprintf(context->out, "Not accepted: %s: %s\n",
                refused->reference[0] ? context_safe(context, refused->reference)
                                      : "the whole bundle",
                context_safe(context, refused->message));
    }
}

enum status command_receipt(struct context *context, struct error *error)
{
    struct store *store;
    struct leave leave;
    enum status status;
    size_t count = context->operand_count;

    context->operand_count = 0; /* they are files here */
    status = leave_read(context, &leave, error);
    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct receipt receipt;
        struct buf file = {0};
        bool known = false;

        status = file_read(context->operand[i], FILE_MAX, &file, error);
        if (status == STATUS_OK)
            status = receipt_take(store, &leave.courier, &leave.receiver, &file, context->now,
                                  &context->arena, &receipt, &known, error);
        if (status == STATUS_OK)
            print_receipt(context, &receipt, known);
        buf_release(&file);
    }
    store_close(store);
    return status;
}
