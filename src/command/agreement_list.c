/* SPDX-License-Identifier: MIT */
/* `discern agreement list`: the register of agreements, and where each stands today. */
#include "command/print.h"
#include "command/subcommands.h"
#include "record/document.h"

static const char *standing(struct context *context, const struct agreement *agreement,
                            date today)
{
    struct buf words = {0};
    const char *text;

    agreement_standing(agreement, today, &words);
    text = arena_strdup(&context->arena, buf_text(&words));
    buf_release(&words);
    return text;
}

static const char *signatories(struct context *context, const struct parties *parties)
{
    if (parties->count == 0)
        return "None are listed here";
    if (parties->undated == parties->count)
        return arena_printf(&context->arena, "%zu listed; no day of signing is given",
                            parties->count);
    if (parties->undated == 0)
        return arena_printf(&context->arena, "%zu of %zu parties", parties->signatories,
                            parties->count);
    return arena_printf(&context->arena,
                        "%zu of %zu parties; of %zu no day of signing is given",
                        parties->signatories, parties->count, parties->undated);
}

static void print_agreement(struct context *context, const struct agreement *agreement,
                            date today)
{
    struct parties parties = agreement_parties(agreement, today);

    fprintf(context->out, "%s\n", agreement->id);
    print_entry(context->out, 2, "Title", agreement->title);
    print_entry(context->out, 2, "State", standing(context, agreement, today));
    print_entry(context->out, 2, "Owner", agreement->owner);
    print_entry(context->out, 2, "Signatories", signatories(context, &parties));
}

/* An agreement that cannot be read does not hide the others. */
static enum status take_agreements(struct context *context,
                                   const struct agreement_volume *volume, size_t count,
                                   json_t *list, struct error *error)
{
    date today = moment_date(context->now);
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count; i++) {
        if (!volume[i].agreement) {
            *error = volume[i].error;
            status = error->status;
        } else if (list) {
            body_append(list, agreement_to_json(volume[i].agreement, today));
        } else {
            print_agreement(context, volume[i].agreement, today);
        }
    }
    return status;
}

enum status command_agreement_list(struct context *context, struct error *error)
{
    json_t *list = context_has(context, "--json") ? body_list() : NULL;
    const struct agreement_volume *volume;
    size_t count;
    enum status status = library_agreements(context->library, &volume, &count, error);

    if (status == STATUS_OK)
        status = take_agreements(context, volume, count, list, error);
    if (list) {
        json_t *object = body_object();

        body_put(object, "agreements", list);
        print_json(context->out, object);
    }
    return status;
}
