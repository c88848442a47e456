/* SPDX-License-Identifier: MIT */
/* `discern review`: a supervisor's or guardian's verdict on a decision. Whether they may give
 * it is the store's to say. */
#include "base/suggest.h"
#include "command/leave.h"
#include "command/subcommands.h"

static enum status read_reason(const char *option, const char *code,
                               enum review_reason *ret_reason, struct error *error)
{
    struct suggest suggest = {.wrong = code};
    char text[120];

    if (review_reason_parse(code, ret_reason))
        return STATUS_OK;
    for (int i = REVIEW_NONE + 1; i < REVIEW_REASON_COUNT; i++)
        suggest_offer(&suggest, review_reason_id((enum review_reason)i));
    suggest_text(&suggest, "discern(1) lists the reasons.", text, sizeof(text));
    return fail_at(error, STATUS_USAGE, NULL, 0, option, text, "There is no reason '%s'.",
                   code);
}

enum status review_options(const struct context *context, struct review *review,
                           struct error *error)
{
    const char *back = context_option(context, "--return", 0);
    const char *against = context_option(context, "--not-agreed", 0);
    bool agrees = context_has(context, "--agree");

    if (agrees + (back != NULL) + (against != NULL) != 1)
        return fail(error, STATUS_USAGE, NULL,
                    "Give one of --agree, --return CODE and --not-agreed CODE.");
    review->message = context_option(context, "--message", 0);
    if (agrees) {
        review->verdict = VERDICT_AGREE;
        return STATUS_OK;
    }
    review->verdict = back ? VERDICT_RETURN : VERDICT_NOT_AGREED;
    return read_reason(back ? "--return" : "--not-agreed", back ? back : against,
                       &review->reason, error);
}

static enum status append(struct context *context, struct store *store, struct review *review,
                          struct error *error)
{
    struct buf body = {0};
    struct row row;
    int64_t sequence;
    enum status status = store_find(store, review->reference, &context->arena, &row, error);

    if (status != STATUS_OK)
        return status;
    review->sequence = row.sequence;
    review_compose(review, store_me(store), context->now, &body);
    status = store_append(store, ENTRY_REVIEW, review->reference, buf_text(&body), body.length,
                          context->now, &sequence, error);
    buf_release(&body);
    if (status == STATUS_OK)
        status = store_find(store, review->reference, &context->arena, &row, error);
    if (status == STATUS_OK)
        fprintf(context->out, "%s: %s.\n", review->reference, state_words(row.state));
    return status;
}

enum status command_review(struct context *context, struct error *error)
{
    char reference[REFERENCE_SIZE];
    struct review review = {.reference = reference};
    struct store *store;
    enum status status = context_reference(context->operand[0], reference, error);

    if (status == STATUS_OK)
        status = review_options(context, &review, error);
    if (status == STATUS_OK)
        status = review_check(&review, error);
    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    status = append(context, store, &review, error);
    store_close(store);
    return status;
}
