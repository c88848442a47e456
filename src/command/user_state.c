/* SPDX-License-Identifier: MIT */
/* `discern user disable`, `user enable` and `user hand-over`: who may still open the store, and
 * who finishes what they began. */
#include "command/subcommands.h"
#include "store/care.h"

typedef enum status change_function(struct store *store, const char *name, struct moment now,
                                    struct error *error);

static enum status change(struct context *context, change_function *change_user,
                          const char *format, struct error *error)
{
    const char *name = context->operand[0];
    struct store *store;
    enum status status = context_store(context, &store, error);

    if (status != STATUS_OK)
        return status;
    status = change_user(store, name, context->now, error);
    store_close(store);
    if (status == STATUS_OK)
        fprintf(context->out, "%s %s\n", context_safe(context, name), format);
    return status;
}

enum status command_user_disable(struct context *context, struct error *error)
{
    return change(context, store_user_disable,
                  "can no longer open the store. Drafts stay; hand them over with \"discern "
                  "user hand-over\".\nTo shut out old copies of the keyring as well, give the "
                  "store another key with \"discern rekey\".",
                  error);
}

enum status command_user_enable(struct context *context, struct error *error)
{
    return change(context, store_user_enable, "may open the store again.", error);
}

enum status command_user_hand_over(struct context *context, struct error *error)
{
    const char *from = context->operand[0], *to = context->operand[1];
    struct store *store;
    size_t count = 0;
    enum status status = context_store(context, &store, error);

    if (status != STATUS_OK)
        return status;
    status = store_hand_over(store, from, to, context->now, &count, error);
    store_close(store);
    if (status == STATUS_OK)
        fprintf(context->out, "Drafts of %s that %s has now: %zu.\n",
                context_safe(context, from), context_safe(context, to), count);
    return status;
}
