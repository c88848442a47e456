/* SPDX-License-Identifier: MIT */
/* Bundles written, read and followed. */
#include "exchange/bundle.h"

#include <string.h>

#include "record/json.h"

#define REMEDY "Ask for it again; if it is the same, tell whoever sent it."

bool bundle_id_good(const char *text)
{
    unsigned char bytes[(BUNDLE_ID_SIZE - 1) / 2];

    return hex_read(text, bytes, sizeof(bytes));
}

void bundle_release(struct bundle *bundle)
{
    arena_release(&bundle->arena);
    *bundle = (struct bundle){0};
}

/* --- Marks -------------------------------------------------------------------------------- */

void mark_put(json_t *object, const char *name, const struct mark *mark)
{
    char hex[DIGEST_HEX_SIZE];
    json_t *inner = body_object();

    digest_hex(&mark->link, hex);
    body_put_number(inner, "count", mark->count);
    body_put_text(inner, "link", hex);
    body_put(object, name, inner);
}

bool mark_read(const json_t *object, const char *name, struct mark *ret_mark)
{
    const json_t *inner = body_at(object, name);
    struct mark mark = {.count = body_number(inner, "count")};

    if (mark.count < 0 || !hex_read(body_text(inner, "link"), mark.link.byte, DIGEST_SIZE))
        return false;
    *ret_mark = mark;
    return true;
}

/* --- Writing ------------------------------------------------------------------------------ */

static json_t *documents(const struct manifest *manifest)
{
    json_t *list = body_list();

    for (size_t i = 0; i < manifest->document_count; i++) {
        const struct document *document = &manifest->document[i];
        json_t *object = body_object();

        body_put_text(object, "kind", document->kind);
        body_put_text(object, "title", document->title);
        body_put_text(object, "agreement", document->agreement);
        body_put_text(object, "reference", document->reference);
        body_put_text(object, "body", document->body);
        body_put_text(object, "text", document->text);
        body_append(list, object);
    }
    return list;
}

void manifest_write(const struct manifest *manifest, struct buf *out)
{
    json_t *object = body_object(), *redacted = body_list();

    body_put_number(object, "schema", BUNDLE_SCHEMA);
    body_put_text(object, "kind", "bundle");
    body_put_text(object, "bundle", manifest->bundle);
    body_put_text(object, "store", manifest->store);
    body_put_text(object, "name", manifest->name);
    body_put_text(object, "certificate", manifest->certificate);
    body_put_text(object, "to", manifest->to);
    body_put_moment(object, "at", manifest->at);
    body_put_text(object, "by", manifest->by);
    mark_put(object, "since", &manifest->since);
    mark_put(object, "head", &manifest->head);
    body_put_number(object, "entries", manifest->entries);
    for (size_t i = 0; i < manifest->redacted_count; i++)
        body_append(redacted, json_string(manifest->redacted[i]));
    body_put_list(object, "redacted", redacted);
    body_put_list(object, "documents", documents(manifest));
    body_write(object, out);
    buf_putc(out, '\n');
}

void bundle_add(const struct link *link, struct buf *out)
{
    body_write(link_json(link), out);
    buf_putc(out, '\n');
}

/* --- Reading ------------------------------------------------------------------------------ */

static enum status wrong(const char *what, struct error *error)
{
    return fail(error, STATUS_BAD_DATA, REMEDY, "This bundle is not one: %s.", what);
}

static bool is_digest(const char *text)
{
    unsigned char bytes[DIGEST_SIZE];

    return hex_read(text, bytes, sizeof(bytes));
}

static bool read_redacted(const json_t *object, struct arena *arena, struct manifest *manifest)
{
    size_t count = body_count(object, "redacted");

    if (count > REDACTED_MAX)
        return false;
    for (size_t i = 0; i < count; i++) {
        const json_t *name = body_element(object, "redacted", i);

        if (!json_is_string(name))
            return false;
        manifest->redacted[i] = arena_strdup(arena, json_string_value(name));
    }
    manifest->redacted_count = count;
    return true;
}

static enum status check_manifest(const json_t *object, const struct manifest *manifest,
                                  struct error *error)
{
    unsigned char id[(CHAIN_STORE_SIZE - 1) / 2];

    if (strcmp(body_text(object, "kind"), "bundle") != 0)
        return wrong("its first line is no manifest", error);
    if (body_number(object, "schema") > BUNDLE_SCHEMA)
        return fail(error, STATUS_UNSUPPORTED, "Install a later Discern.",
                    "This bundle was made by a later Discern.");
    if (!bundle_id_good(manifest->bundle) || !hex_read(manifest->store, id, sizeof(id)) ||
        !is_digest(manifest->certificate) || !is_digest(manifest->to) || manifest->entries < 0)
        return wrong("its manifest does not say what it must", error);
    return STATUS_OK;
}

static enum status read_manifest(const char *line, size_t length, struct bundle *bundle,
                                 struct error *error)
{
    struct manifest *manifest = &bundle->manifest;
    struct arena *arena = &bundle->arena;
    enum status status;
    json_t *object;

    status = body_read(line, length, "manifest", &object, error);
    if (status != STATUS_OK)
        return wrong("its first line is no manifest", error);
    manifest->bundle = arena_strdup(arena, body_text(object, "bundle"));
    manifest->store = arena_strdup(arena, body_text(object, "store"));
    manifest->name = arena_strdup(arena, body_text(object, "name"));
    manifest->certificate = arena_strdup(arena, body_text(object, "certificate"));
    manifest->to = arena_strdup(arena, body_text(object, "to"));
    manifest->by = arena_strdup(arena, body_text(object, "by"));
    manifest->entries = body_number(object, "entries");
    status = check_manifest(object, manifest, error);
    if (status == STATUS_OK && (!moment_parse(body_text(object, "at"), &manifest->at) ||
                                !mark_read(object, "since", &manifest->since) ||
                                !mark_read(object, "head", &manifest->head) ||
                                !read_redacted(object, arena, manifest)))
        status = wrong("its manifest does not say what it must", error);
    json_decref(object);
    if (status == STATUS_OK &&
        (manifest->head.count < manifest->since.count || manifest->head.count < 1))
        status = wrong("it ends before it begins", error);
    return status;
}

static enum status read_entry(const char *line, size_t length, struct bundle *bundle,
                              struct error *error)
{
    const struct link *before = bundle->count ? &bundle->entry[bundle->count - 1] : NULL;
    struct link *link = &bundle->entry[bundle->count];
    enum status status;
    json_t *object;

    status = body_read(line, length, "entry", &object, error);
    if (status != STATUS_OK)
        return wrong("a line of it cannot be read", error);
    status = link_read(object, &bundle->arena, link, error);
    json_decref(object);
    if (status != STATUS_OK)
        return status;
    if (strcmp(link->store, bundle->manifest.store) != 0)
        return wrong("an entry is of another store", error);
    if (before && link->sequence <= before->sequence)
        return wrong("its entries are not in order", error);
    bundle->count++;
    return STATUS_OK;
}

/* What is after `since` is there without gaps, each entry naming the one before it. */
static enum status check_order(const struct bundle *bundle, struct error *error)
{
    const struct manifest *manifest = &bundle->manifest;
    struct mark at = manifest->since;

    for (size_t i = 0; i < bundle->count; i++) {
        const struct link *link = &bundle->entry[i];

        if (link->sequence <= manifest->since.count)
            continue;
        if (link->sequence != at.count + 1 ||
            memcmp(link->previous.byte, at.link.byte, DIGEST_SIZE) != 0)
            return wrong("an entry is missing, or does not follow the one before it", error);
        at.count = link->sequence;
        at.link = link->link;
    }
    if (at.count != manifest->head.count ||
        memcmp(at.link.byte, manifest->head.link.byte, DIGEST_SIZE) != 0)
        return wrong("its last entry is not the head that it names", error);
    return STATUS_OK;
}

static enum status read_lines(const char *bytes, size_t length, struct bundle *bundle,
                              struct error *error)
{
    const char *end = bytes + length, *line = bytes;
    enum status status = STATUS_OK;
    size_t lines = 0;

    for (const char *at = bytes; at < end; at++)
        lines += *at == '\n';
    if (!length || end[-1] != '\n')
        return wrong("its end is missing", error);
    bundle->entry = arena_alloc(&bundle->arena, lines * sizeof(*bundle->entry));
    while (status == STATUS_OK && line < end) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        size_t size = (size_t)(newline - line);

        status = line == bytes ? read_manifest(line, size, bundle, error)
                               : read_entry(line, size, bundle, error);
        line = newline + 1;
    }
    if (status == STATUS_OK && (int64_t)bundle->count != bundle->manifest.entries)
        status = wrong("it has not as many entries as it says", error);
    return status;
}

enum status bundle_read(const char *bytes, size_t length, struct bundle *ret_bundle,
                        struct error *error)
{
    struct bundle bundle = {0};
    enum status status;

    if (length > BUNDLE_MAX)
        return wrong("it is too large", error);
    status = read_lines(bytes, length, &bundle, error);
    if (status == STATUS_OK)
        status = check_order(&bundle, error);
    if (status == STATUS_OK)
        *ret_bundle = bundle;
    else
        bundle_release(&bundle);
    return status;
}

/* --- Following ---------------------------------------------------------------------------- */

static enum status compare_known(const struct link *link, const struct chain *chain,
                                 bundle_known *known, void *data, struct error *error)
{
    struct digest digest;

    if (link->sequence == chain->count)
        digest = chain->link;
    else if (!known(link->sequence, &digest, data))
        return fail(error, STATUS_NOT_FOUND, REMEDY, "Entry %lld of that store is not known.",
                    (long long)link->sequence);
    if (memcmp(digest.byte, link->link.byte, DIGEST_SIZE) != 0)
        return fail(error, STATUS_REFUSED,
                    "Keep both bundles and tell whoever answers for that store.",
                    "Entry %lld is not the one that came before: that log was rebuilt.",
                    (long long)link->sequence);
    return STATUS_OK;
}

enum status bundle_follow(const struct bundle *bundle, const char *signer, struct chain *chain,
                          bundle_known *known, void *data, struct error *error)
{
    const struct manifest *manifest = &bundle->manifest;
    enum status status = STATUS_OK;
    const char *named;

    if (chain->count && strcmp(chain->store, manifest->store) != 0)
        return wrong("it is of another store", error);
    if (manifest->since.count > chain->count)
        return fail(error, STATUS_NOT_FOUND, "Take in the earlier bundle first.",
                    "This bundle begins after entry %lld, but only %lld are known here.",
                    (long long)manifest->since.count, (long long)chain->count);
    for (size_t i = 0; status == STATUS_OK && i < bundle->count; i++) {
        const struct link *link = &bundle->entry[i];

        status = link->sequence <= chain->count ? compare_known(link, chain, known, data, error)
                                                : chain_follow(chain, link, error);
    }
    if (status != STATUS_OK)
        return status;
    named = chain_certificate(chain, manifest->head.count);
    if ((named && strcmp(named, signer) != 0) || strcmp(manifest->certificate, signer) != 0)
        return fail(error, STATUS_REFUSED,
                    "Ask whoever keeps that store which certificate is theirs.",
                    "This bundle is not signed with the certificate that its log names.");
    return STATUS_OK;
}

/* --- Views -------------------------------------------------------------------------------- */

/* What a record cannot be told from another without. */
static const char *const kept[] = {"schema", "kind",     "reference",   "amends",
                                   "times",  "decision", "practitioner"};

static enum status check_field(const char *field, struct error *error)
{
    for (size_t i = 0; i < COUNT(kept); i++) {
        if (strcmp(field, kept[i]) == 0)
            return fail(error, STATUS_USAGE, "Leave it in, or do not send the record.",
                        "A record without its '%s' is no record.", field);
    }
    return STATUS_OK;
}

/* Removes the questions of the path that a field answers. */
static void drop_question(json_t *body, const char *question)
{
    json_t *path = json_object_get(body, "path");

    for (size_t i = json_array_size(path); question[0] && i-- > 0;) {
        if (strcmp(body_text(json_array_get(path, i), "id"), question) == 0)
            json_array_remove(path, i);
    }
}

static void drop_field(json_t *body, const char *field)
{
    const json_t *value = json_object_get(body, field);

    if (json_is_object(value))
        drop_question(body, body_text(value, "question"));
    for (size_t i = 0; i < json_array_size(value); i++)
        drop_question(body, body_text(json_array_get(value, i), "question"));
    json_object_del(body, field);
}

enum status bundle_redact(const char *body, size_t length, const char *const *field,
                          size_t count, struct buf *out, struct error *error)
{
    enum status status = STATUS_OK;
    json_t *object;

    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = check_field(field[i], error);
    if (status == STATUS_OK)
        status = body_read(body, length, "record", &object, error);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        drop_field(object, field[i]);
    body_write(object, out);
    return STATUS_OK;
}
