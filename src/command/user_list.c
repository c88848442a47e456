/* SPDX-License-Identifier: MIT */
/* `discern user list`: who uses the store. Needs no passphrase, since the keyring says it. */
#include <stdlib.h>

#include "command/print.h"
#include "command/subcommands.h"

static void print_users_json(FILE *out, const struct user_name *user, size_t count)
{
    json_t *list = body_list(), *all = body_object();

    for (size_t i = 0; i < count; i++) {
        json_t *object = body_object();

        body_put_text(object, "name", user[i].name);
        body_put_text(object, "role", role_id(user[i].role));
        body_append(list, object);
    }
    body_put(all, "users", list);
    print_json(out, all);
}

enum status command_user_list(struct context *context, struct error *error)
{
    struct user_name *user = NULL;
    size_t count = 0;
    enum status status =
        store_users(settings_store_dir(&context->settings), &user, &count, error);

    if (status != STATUS_OK)
        return status;
    if (context_has(context, "--json"))
        print_users_json(context->out, user, count);
    else
        for (size_t i = 0; i < count; i++)
            fprintf(context->out, "%s  %s\n", context_safe(context, user[i].name),
                    role_id(user[i].role));
    free(user);
    return STATUS_OK;
}
