/* SPDX-License-Identifier: MIT */
/* `discern init`: a new store and its first user. */
#include <ctype.h>
#include <pwd.h>
#include <unistd.h>

#include "command/person.h"
#include "command/subcommands.h"

/* The name at the machine as a user of a store may be called, or "". */
static const char *login_name(struct context *context)
{
    const struct passwd *user = getpwuid(getuid());
    char *name = arena_strdup(&context->arena, user ? user->pw_name : ""), *to = name;

    for (const char *from = name; *from && to - name < USER_NAME_MAX; from++) {
        unsigned char c = (unsigned char)tolower((unsigned char)*from);

        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.')
            *to++ = (char)c;
    }
    *to = '\0';
    return name;
}

enum status command_init(struct context *context, struct error *error)
{
    const char *dir = settings_store_dir(&context->settings);
    const char *name = context_option(context, "--user", 0);
    struct passphrase *passphrase;
    struct person person;
    enum status status =
        person_read(context, name ? name : login_name(context), &person, error);

    if (status == STATUS_OK)
        status = context_passphrase(context, "--passphrase-file",
                                    "Choose a passphrase of several words: ", true, &passphrase,
                                    error);
    if (status != STATUS_OK)
        return status;
    status = store_create(dir, &person, passphrase, context->now, error);
    secret_free(passphrase);
    if (status == STATUS_OK)
        fprintf(context->out, "The store is in %s. Its first user is %s, %s.\n",
                context_safe(context, dir), person.name, role_id(person.role));
    return status;
}
