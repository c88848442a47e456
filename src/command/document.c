/* SPDX-License-Identifier: MIT */
/* The documents that --document asks for, made from the store and the data folder. */
#include <string.h>

#include "base/suggest.h"
#include "command/leave.h"
#include "record/json.h"

/* Takes over a body: redacted like a record, then read as a document of the contents. */
static enum status add(struct context *context, const struct buf *body,
                       struct contents *contents, struct error *error)
{
    struct document *list =
        arena_grow(&context->arena, contents->document, contents->document_count,
                   contents->document_count + 1, sizeof(*list));
    struct buf view = {0};
    enum status status = bundle_redact(buf_text(body), body->length, contents->redact,
                                       contents->redact_count, &view, error);

    if (status == STATUS_OK)
        status = document_read(buf_text(&view), view.length, &context->arena,
                               &list[contents->document_count], error);
    buf_wipe(&view);
    if (status != STATUS_OK)
        return status;
    contents->document = list;
    contents->document_count++;
    return STATUS_OK;
}

/* --- Records of Sharing ------------------------------------------------------------------- */

/* The pack that the record was walked with, as the store keeps it. */
static enum status read_pack(struct store *store, const struct entry *entry,
                             struct arena *arena, struct pack **ret_pack, struct error *error)
{
    struct digest digest;
    const char *text;
    size_t length;
    json_t *body;
    bool known;
    enum status status = body_read(entry->body, entry->length, "record", &body, error);

    if (status != STATUS_OK)
        return status;
    known = hex_read(body_text(body, "pack.fingerprint"), digest.byte, DIGEST_SIZE);
    json_decref(body);
    if (!known)
        return fail(error, STATUS_DAMAGED, "Run `discern verify`.",
                    "The record does not say which pack it was made with.");
    status = store_pack(store, &digest, arena, &text, &length, error);
    return status == STATUS_OK ? pack_read_kept("kept pack", text, length, ret_pack, error)
                               : status;
}

/* What may leave: the newest record of a decision, unless it was erased or set aside. */
static enum status find_record(struct store *store, const struct leaving *leaving,
                               const char *reference, struct arena *arena,
                               struct entry *ret_entry, struct error *error)
{
    struct row row;
    enum status status = store_find(store, reference, arena, &row, error);

    if (status == STATUS_OK && row.sequence <= leaving->head.count &&
        leaving->stage[row.sequence] == STAGE_SET_ASIDE)
        return fail(error, STATUS_REFUSED,
                    "Put it back with `discern upload --put-back` first.",
                    "The decision %s was set aside.", reference);
    if (status == STATUS_OK)
        status = store_entry(store, row.sequence, arena, ret_entry, error);
    if (status == STATUS_OK && !ret_entry->body)
        status =
            fail(error, STATUS_NOT_FOUND, NULL, "The record %s has been erased.", reference);
    return status;
}

static enum status add_sharing(struct context *context, struct store *store,
                               const struct leaving *leaving, const char *reference,
                               struct contents *contents, struct error *error)
{
    struct arena arena = {0};
    struct pack *pack = NULL;
    struct buf body = {0};
    struct entry entry;
    enum status status = find_record(store, leaving, reference, &arena, &entry, error);

    if (status == STATUS_OK)
        status = read_pack(store, &entry, &arena, &pack, error);
    if (status == STATUS_OK)
        status = record_of_sharing(entry.body, entry.length, pack, &body, error);
    if (status == STATUS_OK)
        status = add(context, &body, contents, error);
    buf_wipe(&body);
    pack_free(pack);
    arena_release(&arena);
    return status;
}

static enum status add_sharings(struct context *context, struct store *store,
                                struct leave *leave, struct error *error)
{
    struct contents *contents = &leave->contents;
    struct leaving leaving = {0};
    enum status status;

    if (!contents->reference)
        return fail(error, STATUS_USAGE, NULL, "Say of which decisions.");
    status = leaving_load(store, leave->receiver.all, &leaving, error);
    for (size_t i = 0; status == STATUS_OK && i < contents->count; i++)
        status = add_sharing(context, store, &leaving, contents->reference[i], contents, error);
    leaving_release(&leaving);
    contents->reference = NULL; /* the documents go in the place of the decisions */
    contents->count = 0;
    return status;
}

/* --- The register of agreements ----------------------------------------------------------- */

/* One that cannot be read stops it: a register with a gap would pass for the whole. */
static enum status add_register(struct context *context, struct contents *contents,
                                struct error *error)
{
    const struct agreement_volume *volume;
    const struct agreement **list;
    struct buf body = {0};
    size_t count;
    enum status status = library_agreements(context->library, &volume, &count, error);

    if (status != STATUS_OK)
        return status;
    list = arena_alloc(&context->arena, (count + 1) * sizeof(struct agreement *));
    for (size_t i = 0; i < count; i++) {
        if (!volume[i].agreement) {
            *error = volume[i].error;
            return error->status;
        }
        list[i] = volume[i].agreement;
    }
    register_of_agreements(list, count, moment_date(context->now), &body);
    status = add(context, &body, contents, error);
    buf_release(&body);
    return status;
}

/* --- Both --------------------------------------------------------------------------------- */

static enum status read_kind(const char *id, enum document_kind *ret_kind, struct error *error)
{
    struct suggest suggest = {.wrong = id};
    char remedy[160];

    if (document_parse(id, ret_kind))
        return STATUS_OK;
    for (int i = 0; i < DOCUMENT_KIND_COUNT; i++)
        suggest_offer(&suggest, document_id((enum document_kind)i));
    suggest_text(&suggest, "Say record-of-sharing or agreement-register.", remedy,
                 sizeof(remedy));
    return fail(error, STATUS_USAGE, remedy, "There is no document '%s'.", id);
}

static enum status check_size(const struct contents *contents, struct error *error)
{
    size_t size = 0;

    for (size_t i = 0; i < contents->document_count; i++)
        size += strlen(contents->document[i].body) + strlen(contents->document[i].text);
    return size <= DOCUMENTS_FULL ? STATUS_OK
                                  : fail(error, STATUS_USAGE, "Name fewer decisions.",
                                         "These documents are too many for one bundle.");
}

enum status leave_documents(struct context *context, struct store *store, struct leave *leave,
                            struct error *error)
{
    enum status status = STATUS_OK;
    enum document_kind kind;
    const char *id;

    for (size_t i = 0;
         status == STATUS_OK && (id = context_option(context, "--document", i)) != NULL; i++) {
        status = read_kind(id, &kind, error);
        if (status == STATUS_OK && kind == DOCUMENT_RECORD_OF_SHARING)
            status = add_sharings(context, store, leave, error);
        else if (status == STATUS_OK)
            status = add_register(context, &leave->contents, error);
    }
    if (status == STATUS_OK && leave->contents.document_count && leave->contents.reference)
        status = fail(error, STATUS_USAGE, "Add --document record-of-sharing.",
                      "The register of agreements is of no decision.");
    return status == STATUS_OK ? check_size(&leave->contents, error) : status;
}
