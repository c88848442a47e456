/* SPDX-License-Identifier: MIT */
/* `discern agreement list`: the register of agreements, and where each stands today. */
#include "command/print.h"
#include "command/subcommands.h"

/* How many parties there are, how many of them are signed up today, and of how many it is not
 * known. */
struct tally {
    size_t parties, signatories, undated;
};

static struct tally count_parties(const struct agreement *agreement, date today)
{
    struct tally tally = {0};

    for (size_t i = 0; i < agreement->article_count; i++) {
        const struct article *article = &agreement->article[i];

        if (article->kind != ARTICLE_PARTY)
            continue;
        tally.parties++;
        tally.signatories += party_signed(article, today);
        tally.undated += article->from == DATE_NONE;
    }
    return tally;
}

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

static const char *signatories(struct context *context, const struct tally *tally)
{
    if (tally->parties == 0)
        return "None are listed here";
    if (tally->undated == tally->parties)
        return arena_printf(&context->arena, "%zu listed; no day of signing is given",
                            tally->parties);
    if (tally->undated == 0)
        return arena_printf(&context->arena, "%zu of %zu parties", tally->signatories,
                            tally->parties);
    return arena_printf(&context->arena,
                        "%zu of %zu parties; of %zu no day of signing is given",
                        tally->signatories, tally->parties, tally->undated);
}

static void print_agreement(struct context *context, const struct agreement *agreement,
                            date today)
{
    struct tally tally = count_parties(agreement, today);

    fprintf(context->out, "%s\n", agreement->id);
    print_entry(context->out, 2, "Title", agreement->title);
    print_entry(context->out, 2, "State", standing(context, agreement, today));
    print_entry(context->out, 2, "Owner", agreement->owner);
    print_entry(context->out, 2, "Signatories", signatories(context, &tally));
}

static json_t *agreement_json(const struct agreement *agreement, date today)
{
    struct tally tally = count_parties(agreement, today);
    json_t *object = body_object();

    body_put_text(object, "id", agreement->id);
    body_put_text(object, "title", agreement->title);
    body_put_text(object, "owner", agreement->owner);
    body_put_text(object, "contact", agreement->contact);
    body_put_text(object, "jurisdiction", agreement->jurisdiction);
    body_put_text(object, "records-to", agreement->records_to);
    body_put_day(object, "dated", agreement->dated);
    body_put_day(object, "review-by", agreement->review_by);
    body_put_day(object, "withdrawn", agreement->withdrawn);
    body_put_text(object, "state", agreement_state_id(agreement_state(agreement, today)));
    body_put_number(object, "parties", (long long)tally.parties);
    body_put_number(object, "signatories", (long long)tally.signatories);
    body_put_number(object, "undated", (long long)tally.undated);
    return object;
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
            body_append(list, agreement_json(volume[i].agreement, today));
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
