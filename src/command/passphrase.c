/* SPDX-License-Identifier: MIT */
/* `discern passphrase`: another passphrase for who uses the store. */
#include "command/subcommands.h"

static enum status change(struct context *context, const struct passphrase *old,
                          const struct passphrase *new, struct store *store,
                          struct error *error)
{
    enum status status = store_passphrase_change(store, old, new, context->now, error);

    if (status == STATUS_OK)
        fputs("Your passphrase has been changed.\n", context->out);
    return status;
}

/* The store is opened first: a wrong passphrase is told before a new one is chosen. */
enum status command_passphrase(struct context *context, struct error *error)
{
    struct passphrase *old = NULL, *new = NULL;
    struct store *store = NULL;
    const char *name;
    enum status status = context_user(context, &name, error);

    if (status == STATUS_OK)
        status = context_passphrase(context, "--passphrase-file",
                                    "Your present passphrase: ", false, &old, error);
    if (status == STATUS_OK)
        status = store_open(settings_store_dir(&context->settings), name, old, &store, error);
    if (status == STATUS_OK)
        status = context_passphrase(context, "--new-passphrase-file",
                                    "Your new passphrase: ", true, &new, error);
    if (status == STATUS_OK)
        status = change(context, old, new, store, error);
    store_close(store);
    secret_free(old);
    secret_free(new);
    return status;
}
