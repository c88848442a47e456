/* SPDX-License-Identifier: MIT */
/* What commands share: their options, their store, their user. Never prints. */
#include "command/command.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

const char *context_option(const struct context *context, const char *name, size_t nth)
{
    for (size_t i = 0; i < context->given_count; i++) {
        if (strcmp(context->given[i].spec->name, name) == 0 && nth-- == 0)
            return context->given[i].value;
    }
    return NULL;
}

bool context_has(const struct context *context, const char *name)
{
    return context_option(context, name, 0) != NULL;
}

enum status context_number(const struct context *context, const char *name, size_t least,
                           size_t most, size_t otherwise, size_t *ret_number,
                           struct error *error)
{
    const char *text = context_option(context, name, 0);
    unsigned long long number;
    char *end;

    if (!text) {
        *ret_number = otherwise;
        return STATUS_OK;
    }
    number = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end || number < least || number > most)
        return fail(error, STATUS_USAGE, NULL, "%s takes a whole number from %zu to %zu.", name,
                    least, most);
    *ret_number = (size_t)number;
    return STATUS_OK;
}

const char *context_safe(struct context *context, const char *text)
{
    struct buf safe = {0};
    const char *kept;

    utf8_printable(&safe, text, strlen(text), false);
    kept = arena_strdup(&context->arena, buf_text(&safe));
    buf_release(&safe);
    return kept;
}

enum status context_reference(const char *typed, char text[REFERENCE_SIZE], struct error *error)
{
    if (reference_read(typed, text))
        return STATUS_OK;
    return fail(error, STATUS_USAGE, "Compare it with the paper or with `discern log`.",
                "'%s' is not a reference: a character is missing or misread.", typed);
}

enum status context_references(struct context *context, const char *const **ret_list,
                               struct error *error)
{
    const char **list =
        arena_alloc(&context->arena, (context->operand_count + 1) * sizeof(*list));

    for (size_t i = 0; i < context->operand_count; i++) {
        char reference[REFERENCE_SIZE];
        enum status status = context_reference(context->operand[i], reference, error);

        if (status != STATUS_OK)
            return status;
        list[i] = arena_strdup(&context->arena, reference);
    }
    *ret_list = list;
    return STATUS_OK;
}

static const char *login_name(void)
{
    const struct passwd *user = getpwuid(getuid());

    return user ? user->pw_name : "";
}

enum status context_user(struct context *context, const char **ret_name, struct error *error)
{
    const char *dir = settings_store_dir(&context->settings);
    const char *asked = context_option(context, "--user", 0);
    struct user_name *list = NULL;
    const char *chosen = NULL;
    size_t count = 0;
    enum status status;

    if (asked) {
        *ret_name = asked;
        return STATUS_OK;
    }
    status = store_users(dir, &list, &count, error);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        if (count == 1 || strcmp(list[i].name, login_name()) == 0)
            chosen = arena_strdup(&context->arena, list[i].name);
    }
    free(list);
    if (!chosen)
        return fail(error, STATUS_USAGE, "Say who you are with --user NAME.",
                    "Several people use this store.");
    *ret_name = chosen;
    return STATUS_OK;
}

static enum status open_practice(const struct context *context, struct store **ret_store,
                                 struct error *error)
{
    const struct person someone = {.name = "practice",
                                   .full = "Pat Practice",
                                   .team = "Practice team",
                                   .role = ROLE_PRACTITIONER};

    return store_practice(&someone, context->now, ret_store, error);
}

enum status context_store(struct context *context, struct store **ret_store,
                          struct error *error)
{
    struct progress progress = {context->err, "Bringing an older store up to date", 0};
    const struct watch watch = {progress_say, &progress};
    struct passphrase *passphrase;
    enum status status;
    const char *name;

    if (context_has(context, "--practice"))
        return open_practice(context, ret_store, error);
    status = context_user(context, &name, error);
    if (status != STATUS_OK)
        return status;
    status = context_passphrase(context, "--passphrase-file",
                                arena_printf(&context->arena, "Passphrase of %s: ", name),
                                false, &passphrase, error);
    if (status != STATUS_OK)
        return status;
    status = store_open_watched(settings_store_dir(&context->settings), name, passphrase,
                                &watch, ret_store, error);
    secret_free(passphrase);
    return status;
}
