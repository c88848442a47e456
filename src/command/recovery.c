/* SPDX-License-Identifier: MIT */
/* `discern recovery make` and `discern recover`: the key on paper that opens a store when a
 * passphrase is lost. */
#include "command/subcommands.h"
#include "store/care.h"

enum status command_recovery_make(struct context *context, struct error *error)
{
    struct passphrase *code = NULL;
    struct store *store;
    enum status status = context_store(context, &store, error);

    if (status != STATUS_OK)
        return status;
    status = store_recovery_make(store, context->now, &code, error);
    store_close(store);
    if (status != STATUS_OK)
        return status;
    fputs("The recovery key of this store:\n\n    ", context->out);
    fwrite(code->text, 1, code->length, context->out);
    fputs(
        "\n\nIt is shown this once, and any that was made before is worth nothing now. Write it "
        "down\nor print it, seal it, and keep it away from this machine: whoever has it and "
        "the store\ncan read everything. The last character of each pair of groups catches a "
        "slip.\n",
        context->out);
    secret_free(code);
    return STATUS_OK;
}

static enum status ask_both(struct context *context, const char *name,
                            struct passphrase **ret_code, struct passphrase **ret_passphrase,
                            struct error *error)
{
    enum status status =
        context_passphrase(context, "--recovery-key-file",
                           "The recovery key, as on the paper: ", false, ret_code, error);

    if (status == STATUS_OK)
        status =
            context_passphrase(context, "--new-passphrase-file",
                               arena_printf(&context->arena, "New passphrase of %s: ", name),
                               true, ret_passphrase, error);
    return status;
}

enum status command_recover(struct context *context, struct error *error)
{
    struct passphrase *code = NULL, *passphrase = NULL;
    const char *name;
    enum status status = context_user(context, &name, error);

    if (status == STATUS_OK)
        status = ask_both(context, name, &code, &passphrase, error);
    if (status == STATUS_OK)
        status = store_recover(settings_store_dir(&context->settings), name, code, passphrase,
                               context->now, error);
    if (status == STATUS_OK)
        fprintf(context->out,
                "%s has a new passphrase, and signs with a new key from here on.\nMake another "
                "recovery key with \"discern recovery make\": this one has been read.\n",
                context_safe(context, name));
    secret_free(code);
    secret_free(passphrase);
    return status;
}
