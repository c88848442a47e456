/* SPDX-License-Identifier: MIT */
/* `discern user add`: one more person who may open the store. */
#include "command/person.h"
#include "command/subcommands.h"

enum status command_user_add(struct context *context, struct error *error)
{
    struct passphrase *passphrase;
    struct store *store;
    struct person person;
    enum status status = person_read(context, context->operand[0], &person, error);

    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    status =
        context_passphrase(context, "--new-passphrase-file",
                           arena_printf(&context->arena, "Passphrase for %s: ", person.name),
                           true, &passphrase, error);
    if (status == STATUS_OK) {
        status = store_user_add(store, &person, passphrase, context->now, error);
        secret_free(passphrase);
    }
    store_close(store);
    if (status == STATUS_OK)
        fprintf(context->out, "%s may now open the store as %s.\n",
                context_safe(context, person.full), person.name);
    return status;
}
