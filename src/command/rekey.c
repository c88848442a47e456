/* SPDX-License-Identifier: MIT */
/* `discern rekey`: another key for the store. */
#include "command/subcommands.h"
#include "store/care.h"

enum status command_rekey(struct context *context, struct error *error)
{
    struct store *store;
    enum status status = context_store(context, &store, error);

    if (status != STATUS_OK)
        return status;
    status = store_rekey(store, context->now, error);
    store_close(store);
    if (status == STATUS_OK)
        fputs("The store has another key, was verified and put in place. Passphrases and the "
              "recovery\nkey are as before. Old backups still open with the old key.\n",
              context->out);
    return status;
}
