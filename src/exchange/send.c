/* SPDX-License-Identifier: MIT */
/* Bundles composed, sealed, put somewhere and logged. */
#include "exchange/send.h"

#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "record/json.h"

void parcel_release(struct parcel *parcel)
{
    buf_release(&parcel->sealed);
    *parcel = (struct parcel){0};
}

void parcel_name(const char *store, int64_t head, const char *bundle, char name[128])
{
    snprintf(name, 128, "%.8s-%010lld-%.32s" BUNDLE_SUFFIX, store, (long long)head, bundle);
}

/* --- Composing ---------------------------------------------------------------------------- */

/* A bundle while it is composed. */
struct packing {
    struct store *store;
    const struct contents *contents;
    const struct leaving *leaving;
    bool *chosen;     /* by entry; NULL: all */
    const char *peer; /* id of the store that receives, if it is one that is known; else "" */
    struct mark since, end;
    struct ranges ranges; /* what brings a body */
    size_t documents;     /* in this bundle: the first of several has them all */
    struct buf lines;
    int64_t entries;
    size_t decisions;
    bool more;
    struct arena arena;
};

/* What others are told of: decisions and what happened to them, not who looked at what here. */
static bool goes_out(enum entry_kind kind)
{
    switch (kind) {
    case ENTRY_RECORD:
    case ENTRY_AMENDMENT:
    case ENTRY_REVIEW:
    case ENTRY_INCIDENT:
    case ENTRY_FOLLOW_UP:
    case ENTRY_HOLD:
    case ENTRY_ERASURE:
    case ENTRY_VERDICT:
    case ENTRY_CARRIED:
        return true;
    default:
        return false;
    }
}

/* A verdict is for the store whose decision it is about. */
static bool is_theirs(const struct packing *packing, const struct entry *entry)
{
    struct error error;
    json_t *body;
    bool theirs;

    if (!packing->peer[0] ||
        body_read(entry->body, entry->length, "verdict", &body, &error) != STATUS_OK)
        return false;
    theirs = strcmp(body_text(body, "store"), packing->peer) == 0;
    json_decref(body);
    return theirs;
}

static bool wanted(const struct packing *packing, const struct entry *entry)
{
    enum stage stage = packing->leaving->stage[entry->sequence];

    if (entry->kind == ENTRY_VERDICT && entry->body && !is_theirs(packing, entry))
        return false;
    if (packing->contents->document_count ||
        (packing->contents->only_verdicts && entry->kind != ENTRY_VERDICT))
        return false;
    return goes_out(entry->kind) && entry->body && stage != STAGE_ACCEPTED &&
           stage != STAGE_REFUSED && stage != STAGE_SET_ASIDE &&
           (!packing->chosen || packing->chosen[entry->sequence]);
}

static enum status put_body(struct packing *packing, const struct entry *entry,
                            struct link *link, struct buf *view, struct error *error)
{
    bool redacts = packing->contents->redact_count &&
                   (entry->kind == ENTRY_RECORD || entry->kind == ENTRY_AMENDMENT);
    enum status status = STATUS_OK;

    if (redacts) {
        status = bundle_redact(entry->body, entry->length, packing->contents->redact,
                               packing->contents->redact_count, view, error);
        link->view = buf_text(view);
        link->view_length = view->length;
    } else {
        link->body = entry->body;
        link->length = entry->length;
    }
    ranges_add(&packing->ranges, entry->sequence, &packing->arena);
    if (entry->kind == ENTRY_RECORD || entry->kind == ENTRY_AMENDMENT)
        packing->decisions++;
    return status;
}

static enum status pack_entry(struct packing *packing, int64_t sequence, struct error *error)
{
    struct evidence evidence;
    struct arena arena = {0};
    struct buf view = {0};
    struct entry entry;
    enum status status =
        store_evidence(packing->store, sequence, &arena, &entry, &evidence, error);

    if (status == STATUS_OK) {
        struct link link = {.head = evidence.head, .head_length = evidence.head_length};

        memcpy(link.signature, evidence.signature, sizeof(link.signature));
        memcpy(link.salt, evidence.salt, sizeof(link.salt));
        /* Who may sign, and with what, is part of the chain itself. */
        if (entry.kind == ENTRY_USER || entry.kind == ENTRY_IDENTITY) {
            link.body = entry.body;
            link.length = entry.length;
        } else if (wanted(packing, &entry)) {
            status = put_body(packing, &entry, &link, &view, error);
        }
        if (status == STATUS_OK) {
            bundle_add(&link, &packing->lines);
            packing->entries++;
            packing->end = (struct mark){sequence, entry.link};
        }
    }
    buf_release(&view);
    arena_release(&arena);
    return status;
}

/* What came before `since` and is still to be sent: put back, or never chosen until now. */
static enum status mark_late(struct packing *packing, bool *late, struct error *error)
{
    const struct leaving *leaving = packing->leaving;
    enum status status = STATUS_OK;

    for (int64_t at = 1; status == STATUS_OK && at <= packing->since.count; at++) {
        struct entry entry, *history;
        struct arena arena = {0};
        size_t count = 0;

        if (leaving->stage[at] == STAGE_ACCEPTED ||
            (!leaving->newest[at] && !leaving->tried[at]))
            continue;
        late[at] = true;
        status = store_entry(packing->store, at, &arena, &entry, error);
        if (status == STATUS_OK && leaving->newest[at])
            status =
                store_history(packing->store, entry.reference, &arena, &history, &count, error);
        for (size_t i = 0; status == STATUS_OK && i < count; i++) {
            if (history[i].sequence <= packing->since.count)
                late[history[i].sequence] = true;
        }
        arena_release(&arena);
    }
    return status;
}

static enum status pack_late(struct packing *packing, struct error *error)
{
    bool *late = arena_alloc(&packing->arena, (size_t)packing->leaving->head.count + 1);
    struct arena arena = {0};
    enum status status = mark_late(packing, late, error);

    for (int64_t at = 1; status == STATUS_OK && at <= packing->since.count; at++) {
        struct entry entry;

        if (!late[at])
            continue;
        status = store_entry(packing->store, at, &arena, &entry, error);
        if (status == STATUS_OK && wanted(packing, &entry))
            status = pack_entry(packing, at, error);
        arena_release(&arena);
    }
    packing->end = packing->since;
    return status;
}

static enum status choose(struct packing *packing, struct error *error)
{
    const struct contents *contents = packing->contents;
    enum status status = STATUS_OK;

    if (!contents->reference)
        return STATUS_OK;
    packing->chosen = arena_alloc(&packing->arena, (size_t)packing->leaving->head.count + 1);
    for (size_t i = 0; status == STATUS_OK && i < contents->count; i++) {
        struct entry *entry;
        size_t count = 0;

        status = store_history(packing->store, contents->reference[i], &packing->arena, &entry,
                               &count, error);
        for (size_t j = 0; status == STATUS_OK && j < count; j++) {
            if (entry[j].sequence <= packing->leaving->head.count)
                packing->chosen[entry[j].sequence] = true;
        }
    }
    return status;
}

static enum status pack_all(struct packing *packing, bool first, struct error *error)
{
    int64_t count = packing->leaving->head.count;
    enum status status = choose(packing, error);

    packing->end = packing->since;
    packing->documents = first ? packing->contents->document_count : 0;
    if (status == STATUS_OK && first)
        status = pack_late(packing, error);
    for (int64_t at = packing->since.count + 1; status == STATUS_OK && at <= count; at++) {
        if (packing->lines.length > BUNDLE_FULL) {
            packing->more = true;
            break;
        }
        status = pack_entry(packing, at, error);
    }
    if (status == STATUS_OK && !packing->ranges.count && !packing->documents && !packing->more)
        status = fail(error, STATUS_NOT_FOUND, NULL,
                      "There is nothing to send: the receiver has accepted everything.");
    return status;
}

/* --- Sealing ------------------------------------------------------------------------------ */

static void write_plain(const struct packing *packing, const struct manifest *fixed,
                        struct buf *out)
{
    struct manifest manifest = *fixed;

    manifest.since = packing->since;
    manifest.head = packing->end;
    manifest.entries = packing->entries;
    for (size_t i = 0; i < packing->contents->redact_count && i < REDACTED_MAX; i++)
        manifest.redacted[manifest.redacted_count++] = packing->contents->redact[i];
    manifest.document = packing->contents->document;
    manifest.document_count = packing->documents;
    manifest_write(&manifest, out);
    buf_add(out, buf_text(&packing->lines), packing->lines.length);
}

static enum status seal_packing(struct packing *packing, const struct courier *courier,
                                const struct receiver *receiver,
                                const struct identity *identity, const char *fingerprint,
                                struct moment now, struct parcel *parcel, struct error *error)
{
    char store[STORE_ID_HEX_SIZE];
    struct manifest manifest = {.bundle = parcel->id,
                                .store = store,
                                .name = packing->contents->name,
                                .certificate = fingerprint,
                                .to = receiver->fingerprint,
                                .at = now,
                                .by = store_me(packing->store)->name};
    unsigned char random[(BUNDLE_ID_SIZE - 1) / 2];
    struct made made = {.id = parcel->id};
    struct buf plain = {0};
    enum status status;

    store_id(packing->store, store);
    random_bytes(random, sizeof(random));
    hex_write(random, sizeof(random), parcel->id);
    parcel_name(store, packing->end.count, parcel->id, parcel->name);
    write_plain(packing, &manifest, &plain);
    status = send_seal(courier, identity, receiver, &plain, &parcel->sealed, error);
    buf_wipe(&plain);
    if (status != STATUS_OK)
        return status;
    made.digest =
        digest_of(&(struct span){buf_text(&parcel->sealed), parcel->sealed.length}, 1);
    made.since = packing->since;
    made.head = packing->end;
    made.range = packing->ranges.range;
    made.range_count = packing->ranges.count;
    made.document = packing->contents->document;
    made.document_count = packing->documents;
    parcel->decisions = packing->decisions;
    parcel->documents = packing->documents;
    parcel->entries = packing->entries;
    parcel->more = packing->more;
    return leaving_log_made(packing->store, &made, receiver->fingerprint,
                            packing->contents->redact, packing->contents->redact_count, now,
                            error);
}

static enum status find_peer(struct packing *packing, const struct receiver *receiver,
                             struct error *error)
{
    struct foreign_store *list;
    size_t count = 0;
    enum status status =
        store_foreign_all(packing->store, &packing->arena, &list, &count, error);

    packing->peer = "";
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        if (strcmp(list[i].fingerprint, receiver->fingerprint) == 0)
            packing->peer = list[i].id;
    }
    return status;
}

static enum status pack_and_seal(struct store *store, const struct courier *courier,
                                 const struct receiver *receiver,
                                 const struct contents *contents, const struct mark *after,
                                 struct moment now, struct parcel *parcel, struct mark *ret_end,
                                 struct error *error)
{
    char fingerprint[DIGEST_HEX_SIZE];
    struct identity identity = {0};
    struct leaving leaving = {0};
    struct packing packing = {.store = store, .contents = contents, .leaving = &leaving};
    enum status status = leaving_load(store, receiver->all, &leaving, error);

    packing.since = after ? *after : leaving.known;
    if (status == STATUS_OK)
        status = find_peer(&packing, receiver, error);
    if (status == STATUS_OK)
        status = pack_all(&packing, !after, error);
    if (status == STATUS_OK)
        status = send_identity_at(store, courier, packing.end.count, &packing.arena, &identity,
                                  fingerprint, error);
    if (status == STATUS_OK)
        status = seal_packing(&packing, courier, receiver, &identity, fingerprint, now, parcel,
                              error);
    if (status == STATUS_OK && ret_end)
        *ret_end = packing.end;
    secret_free(identity.key);
    buf_wipe(&packing.lines);
    arena_release(&packing.arena);
    leaving_release(&leaving);
    return status;
}

enum status parcel_make(struct store *store, const struct courier *courier,
                        const struct receiver *receiver, const struct contents *contents,
                        const struct mark *after, struct moment now, struct parcel *ret_parcel,
                        struct mark *ret_end, struct error *error)
{
    struct parcel parcel = {0};
    enum status status = send_identity(store, courier, contents->name, now, error);

    if (status == STATUS_OK)
        status = pack_and_seal(store, courier, receiver, contents, after, now, &parcel, ret_end,
                               error);
    if (status == STATUS_OK)
        *ret_parcel = parcel;
    else
        parcel_release(&parcel);
    return status;
}
