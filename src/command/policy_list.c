/* SPDX-License-Identifier: MIT */
/* `discern policy list`: which packs there are, and until when they may be used. */
#include "command/print.h"
#include "command/subcommands.h"

static const char *standing(const struct pack *pack, date today)
{
    if (pack->from != DATE_NONE && today < pack->from)
        return "not yet in force";
    if (pack->until != DATE_NONE && today >= pack->until)
        return "no longer in force";
    if (pack->review_by != DATE_NONE && today > pack->review_by)
        return "in force, review overdue";
    return "in force";
}

static void print_pack(struct context *context, const struct pack *pack, date today)
{
    char day[DATE_SIZE];

    date_iso(pack->review_by, day);
    fprintf(context->out, "%s  %s  %s, review by %s\n", pack->id,
            context_safe(context, pack->version), standing(pack, today), day);
    print_entry(context->out, 2, "Title", pack->title);
}

static json_t *pack_json(const struct pack *pack, date today)
{
    struct error unused;
    json_t *object = body_object();

    body_put_text(object, "id", pack->id);
    body_put_text(object, "version", pack->version);
    body_put_text(object, "title", pack->title);
    body_put_text(object, "owner", pack->owner);
    body_put_text(object, "jurisdiction", pack->jurisdiction);
    body_put_day(object, "from", pack->from);
    body_put_day(object, "until", pack->until);
    body_put_day(object, "review-by", pack->review_by);
    body_put_flag(object, "in-force", pack_in_force(pack, today, &unused) == STATUS_OK);
    return object;
}

/* A pack that cannot be read does not hide the others. */
static enum status take_packs(struct context *context, const struct volume *volume,
                              size_t count, json_t *list, struct error *error)
{
    date today = moment_date(context->now);
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count; i++) {
        if (!volume[i].pack) {
            *error = volume[i].error;
            status = error->status;
        } else if (list) {
            body_append(list, pack_json(volume[i].pack, today));
        } else {
            print_pack(context, volume[i].pack, today);
        }
    }
    return status;
}

enum status command_policy_list(struct context *context, struct error *error)
{
    json_t *list = context_has(context, "--json") ? body_list() : NULL;
    const struct volume *volume;
    size_t count;
    enum status status = library_packs(context->library, &volume, &count, error);

    if (status == STATUS_OK)
        status = take_packs(context, volume, count, list, error);
    if (list) {
        json_t *object = body_object();

        body_put(object, "packs", list);
        print_json(context->out, object);
    }
    return status;
}
