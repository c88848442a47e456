/* SPDX-License-Identifier: MIT */
/* A new user, from the command line. Whether the name will do is the store's to say. */
#include "command/person.h"

#include "base/suggest.h"

static enum status read_role(const struct context *context, enum role *ret_role,
                             struct error *error)
{
    const char *id = context_option(context, "--role", 0);
    struct suggest suggest = {.wrong = id};
    char text[120];

    *ret_role = ROLE_PRACTITIONER;
    if (!id || role_parse(id, ret_role))
        return STATUS_OK;
    for (int i = 0; i < ROLE_COUNT; i++)
        suggest_offer(&suggest, role_id((enum role)i));
    suggest_text(&suggest, "Write practitioner, supervisor or guardian.", text, sizeof(text));
    return fail_at(error, STATUS_USAGE, NULL, 0, "--role", text, "There is no role '%s'.", id);
}

enum status person_read(struct context *context, const char *name, struct person *ret_person,
                        struct error *error)
{
    const char *full = context_option(context, "--name", 0);
    const char *team = context_option(context, "--team", 0);
    struct person person = {.name = name, .full = full};
    enum status status = read_role(context, &person.role, error);

    if (status != STATUS_OK)
        return status;
    if (!full || !full[0])
        return fail(error, STATUS_USAGE, "Add --name 'FULL NAME'.",
                    "Records are signed with a full name.");
    person.team = team ? team : setting(&context->settings, SETTING_TEAM);
    *ret_person = person;
    return STATUS_OK;
}
