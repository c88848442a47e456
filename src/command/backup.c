/* SPDX-License-Identifier: MIT */
/* `discern backup` and `discern restore`: a sealed copy of the store, and its way back. */
#include <stdlib.h>

#include "command/subcommands.h"
#include "store/care.h"

static void print_head(FILE *out, const struct head *head)
{
    char hex[DIGEST_HEX_SIZE];

    digest_hex(&head->link, hex);
    fprintf(out, "Head: %lld:%s\n", (long long)head->count, hex);
}

enum status command_backup(struct context *context, struct error *error)
{
    struct store *store;
    struct head head;
    enum status status = context_store(context, &store, error);

    if (status != STATUS_OK)
        return status;
    status = store_backup(store, context->operand[0], &head, error);
    store_close(store);
    if (status != STATUS_OK)
        return status;
    fprintf(context->out,
            "The copy in %s has been verified. It is sealed, and opened with the same "
            "passphrases.\n",
            context_safe(context, context->operand[0]));
    print_head(context->out, &head);
    return STATUS_OK;
}

static void print_restored(struct context *context, const struct restored *restored,
                           const struct restore_options *options)
{
    FILE *out = context->out;
    long long lost = restored->known.count - restored->head.count;

    fputs("All entries of the backup are in order.\n", out);
    print_head(out, &restored->head);
    if (options->check)
        return;
    if (lost > 0)
        fprintf(out,
                "It was older: %lld entries of the store that was there are not in it. The "
                "log says so.\n",
                lost);
    fprintf(out, "It is the store in %s now.\n", context_safe(context, options->dir));
    if (restored->kept)
        fprintf(out, "What was there is kept in %s. Delete it once nobody needs it.\n",
                context_safe(context, restored->kept));
}

enum status command_restore(struct context *context, struct error *error)
{
    struct restore_options options = {.backup = context->operand[0],
                                      .dir = settings_store_dir(&context->settings),
                                      .check = context_has(context, "--check"),
                                      .older = context_has(context, "--older")};
    struct passphrase *passphrase = NULL;
    struct restored restored = {0};
    enum status status = STATUS_OK;

    options.name = context_option(context, "--user", 0);
    if (!options.name)
        return fail(error, STATUS_USAGE, NULL, "Say who you are with --user NAME.");
    status =
        context_passphrase(context, "--passphrase-file",
                           arena_printf(&context->arena, "Passphrase of %s: ", options.name),
                           false, &passphrase, error);
    if (status != STATUS_OK)
        return status;
    options.passphrase = passphrase;
    status = store_restore(&options, context->now, &restored, error);
    secret_free(passphrase);
    if (status == STATUS_OK)
        print_restored(context, &restored, &options);
    free(restored.kept);
    return status;
}
