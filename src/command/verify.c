/* SPDX-License-Identifier: MIT */
/* `discern verify`: every entry of the log against its signature and its place. */
#include <unistd.h>

#include "command/subcommands.h"

#define STEP 1000 /* entries between two lines of progress */

/* Only a person who waits at a terminal wants to see how far it got. */
static bool show_progress(int64_t done, int64_t count, void *data)
{
    FILE *err = data;

    if (isatty(fileno(err)) && done % STEP == 0 && done < count)
        fprintf(err, "%lld of %lld entries checked\n", (long long)done, (long long)count);
    return true;
}

enum status command_verify(struct context *context, struct error *error)
{
    char hex[DIGEST_HEX_SIZE];
    struct store *store;
    struct head head;
    enum status status = context_store(context, &store, error);

    if (status != STATUS_OK)
        return status;
    status = store_verify(store, NULL, show_progress, context->err, error);
    if (status == STATUS_OK)
        status = store_head(store, &head, error);
    if (status == STATUS_OK) {
        digest_hex(&head.link, hex);
        fprintf(context->out, "All %lld entries are in order.\nHead: %lld %s\n",
                (long long)head.count, (long long)head.count, hex);
    }
    store_close(store);
    return status;
}
