/* SPDX-License-Identifier: MIT */
/* A bundle judged, and the receipt for it. */
#include "exchange/receive.h"

#include <string.h>

#include "record/json.h"
#include "record/parsed.h"

/* What the chain itself needs is no news that could be accepted or refused. */
static bool of_chain(const struct link *link)
{
    return strcmp(link->kind, "user") == 0 || strcmp(link->kind, "identity") == 0;
}

static bool brings_record(const struct link *link)
{
    return strcmp(link->kind, "record") == 0 || strcmp(link->kind, "amendment") == 0;
}

/* What nobody could read later is worse than what is sent again. */
static enum refusal judge(const struct link *link, const struct receiving *receiving,
                          struct arena *arena)
{
    bool whole = link->body != NULL;
    struct summary summary;
    struct error error;
    json_t *body;
    enum refusal refusal = REFUSAL_COUNT;

    if (body_read(whole ? link->body : link->view, whole ? link->length : link->view_length,
                  "entry", &body, &error) != STATUS_OK)
        return REFUSAL_UNREADABLE;
    if (whole && brings_record(link) &&
        body_summarise(body, arena, &summary, &error) != STATUS_OK)
        refusal = REFUSAL_UNREADABLE;
    else if (receiving->judge)
        refusal = receiving->judge(link, body, receiving->data);
    json_decref(body);
    return refusal;
}

static void judge_all(const struct bundle *bundle, const struct receiving *receiving,
                      struct arena *arena, struct receipt *receipt)
{
    struct refused *refused = arena_alloc(arena, bundle->count * sizeof(*refused) + 1);
    struct ranges accepted = {0};
    struct arena passing = {0};

    receipt->refused = refused;
    for (size_t i = 0; i < bundle->count; i++) {
        const struct link *link = &bundle->entry[i];
        enum refusal refusal;

        if ((!link->body && !link->view) || of_chain(link))
            continue;
        refusal = judge(link, receiving, &passing);
        arena_release(&passing);
        if (refusal == REFUSAL_COUNT)
            ranges_add(&accepted, link->sequence, arena);
        else
            refused[receipt->refused_count++] = (struct refused){
                link->sequence, link->reference, refusal_id(refusal), refusal_words(refusal)};
    }
    receipt->accepted = accepted.range;
    receipt->accepted_count = accepted.count;
}

static void refuse_all(enum refusal refusal, const struct error *error, struct arena *arena,
                       struct receipt *receipt)
{
    struct refused *refused = arena_alloc(arena, sizeof(*refused));

    *refused =
        (struct refused){0, "", refusal_id(refusal),
                         error ? arena_strdup(arena, error->what) : refusal_words(refusal)};
    receipt->refused = refused;
    receipt->refused_count = 1;
}

bool receive_bundle(const struct bundle *bundle, const struct receiving *receiving,
                    struct chain *chain, struct arena *arena, struct receipt *ret_receipt)
{
    struct receipt receipt = {.bundle = bundle->manifest.bundle,
                              .store = bundle->manifest.store,
                              .digest = receiving->digest,
                              .by = receiving->name,
                              .at = receiving->now,
                              .head = {chain->count, chain->link}};
    struct chain forward = chain_copy(chain);
    struct error error;
    enum status status = STATUS_REFUSED;

    if (strcmp(bundle->manifest.to, receiving->me) != 0)
        refuse_all(REFUSAL_MISDIRECTED, NULL, arena, &receipt);
    else
        status = bundle_follow(bundle, receiving->signer, &forward, receiving->known,
                               receiving->data, &error);
    if (status == STATUS_OK) {
        judge_all(bundle, receiving, arena, &receipt);
        receipt.head = (struct mark){forward.count, forward.link};
        chain_release(chain);
        *chain = forward;
        *ret_receipt = receipt;
        return true;
    }
    if (!receipt.refused_count)
        refuse_all(status == STATUS_NOT_FOUND ? REFUSAL_GAP
                   : status == STATUS_REFUSED ? REFUSAL_REBUILT
                                              : REFUSAL_ALTERED,
                   &error, arena, &receipt);
    chain_release(&forward);
    *ret_receipt = receipt;
    return false;
}
