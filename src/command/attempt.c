/* SPDX-License-Identifier: MIT */
/* Answer files walked and signed. Never prints. */
#include "command/attempt.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

/* A question whose answer is the same for the whole organisation may be left out of the file:
 * settings answer it first, as they do on screen. */
static enum status give_preset(struct context *context, struct attempt *attempt,
                               const struct question *question, struct error *error)
{
    const struct ini_section *answers = ini_find_section(&attempt->ini, "answers");
    const char *value = settings_preset(&context->settings, question->preset);
    size_t number = (size_t)(question - attempt->decision.pack->question);
    enum status status;

    if (!value || (answers && ini_find(&attempt->ini, answers, question->id)))
        return STATUS_OK;
    status =
        answer_from_words(&attempt->decision.answers, number, "", value, context->now, error);
    if (status != STATUS_OK)
        return fail_at(error, STATUS_BAD_DATA, "discern.ini", 0, question->preset,
                       error->remedy, "%s", error->what);
    return STATUS_OK;
}

static enum status give_presets(struct context *context, struct attempt *attempt,
                                struct error *error)
{
    const struct pack *pack = attempt->decision.pack;
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < pack->question_count; i++) {
        if (pack->question[i].preset[0])
            status = give_preset(context, attempt, &pack->question[i], error);
    }
    return status;
}

static char *copy_unless_empty(const char *text)
{
    return text[0] ? xstrdup(text) : NULL;
}

static void begin(struct context *context, struct attempt *attempt)
{
    unsigned char random[REFERENCE_RANDOM];
    date day = attempt->head.day;

    if (day == DATE_NONE)
        day = moment_date(context->now);
    random_bytes(random, sizeof(random));
    decision_init(&attempt->decision, attempt->volume->pack, day, context->now, random);
    attempt->decision.agreement = copy_unless_empty(attempt->head.agreement);
    attempt->decision.programme = copy_unless_empty(attempt->head.programme);
    attempt->decision.terms = attempt->volume->agreement;
    attempt->decision.practice = context_has(context, "--practice");
}

/* The error, with the name of the file that it is about. */
static enum status fail_in_file(const struct attempt *attempt, enum status status,
                                struct error *error)
{
    return fail_at(error, status, attempt->path, 0, error->field, error->remedy, "%s",
                   error->what);
}

static enum status walk_answers(struct context *context, struct attempt *attempt,
                                struct error *error)
{
    struct decision *decision = &attempt->decision;
    enum status status;

    begin(context, attempt);
    status = give_presets(context, attempt, error);
    if (status == STATUS_OK)
        status = answer_file_apply(&attempt->ini, decision, error);
    if (status != STATUS_OK)
        return status;
    walk_init(&attempt->walk, &decision->answers, decision->day);
    status = decision_ready(decision, &attempt->walk, error);
    if (status != STATUS_OK)
        return fail_in_file(attempt, status, error);
    attempt->rule = &decision->pack->outcome[attempt->walk.outcome];
    return STATUS_OK;
}

/* What is not there is a mistake in the file, so it is told where it stands. */
static enum status fail_named(const struct attempt *attempt, const char *name,
                              struct error *error)
{
    const struct ini_section *section = ini_find_section(&attempt->ini, "decision");
    const struct ini_key *key = section ? ini_find(&attempt->ini, section, name) : NULL;

    return fail_at(error, STATUS_BAD_DATA, attempt->path, key ? key->line : 0, name,
                   error->remedy, "%s", error->what);
}

static enum status check_programme(const struct attempt *attempt, struct error *error)
{
    const struct agreement *agreement = attempt->volume->agreement;
    enum status status = STATUS_OK;

    if (attempt->head.programme[0] && !agreement)
        status = fail(error, STATUS_NOT_FOUND, "Add agreement = and the id of its agreement.",
                      "A programme is named, but no agreement.");
    else if (attempt->head.programme[0])
        status = agreement_find_programme(agreement, attempt->head.programme, error);
    return status == STATUS_OK ? status : fail_named(attempt, "programme", error);
}

static enum status find_pack(struct context *context, struct attempt *attempt,
                             struct error *error)
{
    const struct answer_file *head = &attempt->head;
    const struct agreement_volume *agreement;
    enum status status = library_pack(context->library, head->pack, &attempt->volume, error);

    if (status == STATUS_NOT_FOUND)
        return fail_named(attempt, "pack", error);
    if (status == STATUS_OK && head->agreement[0]) {
        status = library_agreement(context->library, head->agreement, &agreement, error);
        if (status == STATUS_NOT_FOUND)
            return fail_named(attempt, "agreement", error);
        if (status == STATUS_OK)
            status = library_join(context->library, attempt->volume, agreement,
                                  &attempt->volume, error);
    }
    return status == STATUS_OK ? check_programme(attempt, error) : status;
}

enum status attempt_read(struct context *context, const char *path, struct attempt *attempt,
                         struct error *error)
{
    date today = moment_date(context->now);
    enum status status;

    *attempt = (struct attempt){.path = path};
    status = ini_load(path, &attempt->ini, error);
    if (status == STATUS_OK)
        status = answer_file_head(&attempt->ini, &attempt->head, error);
    if (status == STATUS_OK)
        status = find_pack(context, attempt, error);
    if (status == STATUS_OK)
        status =
            pack_in_force(attempt->volume->pack,
                          attempt->head.day == DATE_NONE ? today : attempt->head.day, error);
    if (status == STATUS_OK)
        status = walk_answers(context, attempt, error);
    return status;
}

void attempt_release(struct attempt *attempt)
{
    walk_release(&attempt->walk);
    if (attempt->decision.pack)
        decision_release(&attempt->decision);
    ini_release(&attempt->ini);
    *attempt = (struct attempt){0};
}

enum status attempt_check(const struct attempt *attempt, struct error *error)
{
    if (!attempt->head.expects || attempt->head.expect == attempt->rule->recommends)
        return STATUS_OK;
    return fail_at(
        error, STATUS_REFUSED, attempt->path, 0, "expect",
        "Look at the trail, then mend the answers or what they are expected to give.",
        "These answers lead to `%s`, where `%s` was expected.",
        outcome_id(attempt->rule->recommends), outcome_id(attempt->head.expect));
}

enum status attempt_sign(struct attempt *attempt, struct store *store, struct moment now,
                         struct error *error)
{
    const struct volume *volume = attempt->volume;
    struct buf body = {0};
    enum status status = decision_complete(&attempt->decision, &attempt->walk, error);

    if (status != STATUS_OK)
        return fail_in_file(attempt, status, error);
    record_compose(&attempt->decision, &attempt->walk, store_me(store), now,
                   store_pseudonym_key(store), &body);
    status = store_sign(store, &attempt->decision, buf_text(&body), body.length, volume->text,
                        volume->length, now, &attempt->sequence, error);
    buf_release(&body);
    return status;
}
