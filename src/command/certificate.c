/* SPDX-License-Identifier: MIT */
/* `discern certificate`: what others need to send to this store, and to know it by. */
#include "base/secret.h"
#include "command/leave.h"
#include "command/subcommands.h"

enum status command_certificate(struct context *context, struct error *error)
{
    char fingerprint[DIGEST_HEX_SIZE];
    struct identity identity;
    struct courier courier;
    struct store *store;
    const char *name = leave_name(&context->settings);
    enum status status = leave_open(context, &courier, &store, error);

    if (status != STATUS_OK)
        return status;
    if (context_has(context, "--renew"))
        status = send_identity_renew(store, &courier, name, context->now, error);
    else
        status = send_identity(store, &courier, name, context->now, error);
    if (status == STATUS_OK)
        status = send_identity_at(store, &courier, IDENTITY_NEWEST, &context->arena, &identity,
                                  fingerprint, error);
    store_close(store);
    if (status != STATUS_OK)
        return status;
    secret_free(identity.key);
    if (context_has(context, "--fingerprint"))
        fprintf(context->out, "%s\n", fingerprint);
    else
        fputs(identity.certificate, context->out);
    return STATUS_OK;
}
