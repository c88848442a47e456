/* SPDX-License-Identifier: MIT */
/* Receipts written and read. */
#include "exchange/receipt.h"

#include <string.h>

#include "record/json.h"

static const struct {
    const char *id, *words;
} refusals[] = {
#define X(name, id, words) {id, words},
    REFUSAL_TABLE(X)
#undef X
};

const char *refusal_id(enum refusal refusal)
{
    return refusals[refusal].id;
}

const char *refusal_words(enum refusal refusal)
{
    return refusals[refusal].words;
}

/* --- Ranges ------------------------------------------------------------------------------- */

void ranges_add(struct ranges *ranges, int64_t number, struct arena *arena)
{
    if (ranges->count && ranges->range[ranges->count - 1].to == number - 1) {
        ranges->range[ranges->count - 1].to = number;
        return;
    }
    if (ranges->count == ranges->room) {
        ranges->room = ranges->room ? 2 * ranges->room : 8;
        ranges->range = arena_grow(arena, ranges->range, ranges->count, ranges->room,
                                   sizeof(*ranges->range));
    }
    ranges->range[ranges->count++] = (struct range){number, number};
}

void ranges_put(json_t *object, const char *name, const struct range *range, size_t count)
{
    json_t *list = body_list();

    for (size_t i = 0; i < count; i++) {
        json_t *pair = body_list();

        body_append(pair, json_integer(range[i].from));
        body_append(pair, json_integer(range[i].to));
        body_append(list, pair);
    }
    body_put_list(object, name, list);
}

bool ranges_read(const json_t *object, const char *name, struct arena *arena,
                 struct range **ret_range, size_t *ret_count)
{
    const json_t *list = json_object_get(object, name);
    size_t count = json_array_size(list);
    struct range *range = arena_alloc(arena, count * sizeof(*range) + 1);
    int64_t before = 0;

    if (list && !json_is_array(list))
        return false;
    for (size_t i = 0; i < count; i++) {
        const json_t *pair = json_array_get(list, i);

        range[i].from = json_integer_value(json_array_get(pair, 0));
        range[i].to = json_integer_value(json_array_get(pair, 1));
        if (json_array_size(pair) != 2 || range[i].from <= before ||
            range[i].to < range[i].from)
            return false;
        before = range[i].to;
    }
    *ret_range = range;
    *ret_count = count;
    return true;
}

/* --- Writing ------------------------------------------------------------------------------ */

static json_t *refused_json(const struct refused *refused)
{
    json_t *object = body_object();

    if (refused->sequence)
        body_put_number(object, "sequence", refused->sequence);
    body_put_text(object, "reference", refused->reference);
    body_put_text(object, "reason", refused->reason);
    body_put_text(object, "message", refused->message);
    return object;
}

void receipt_write(const struct receipt *receipt, struct buf *out)
{
    json_t *object = body_object(), *refused = body_list();
    char hex[DIGEST_HEX_SIZE];

    body_put_number(object, "schema", RECEIPT_SCHEMA);
    body_put_text(object, "kind", "receipt");
    body_put_text(object, "bundle", receipt->bundle);
    body_put_text(object, "store", receipt->store);
    digest_hex(&receipt->digest, hex);
    body_put_text(object, "digest", hex);
    body_put_text(object, "by", receipt->by);
    body_put_moment(object, "at", receipt->at);
    ranges_put(object, "accepted", receipt->accepted, receipt->accepted_count);
    for (size_t i = 0; i < receipt->refused_count; i++)
        body_append(refused, refused_json(&receipt->refused[i]));
    body_put_list(object, "refused", refused);
    mark_put(object, "head", &receipt->head);
    body_write(object, out);
}

/* --- Reading ------------------------------------------------------------------------------ */

static enum status wrong(const char *what, struct error *error)
{
    return fail(error, STATUS_BAD_DATA, "Ask the receiver for another.",
                "This receipt is not one: %s.", what);
}

static bool read_refused(const json_t *object, struct arena *arena, struct receipt *receipt)
{
    size_t count = body_count(object, "refused");
    struct refused *list = arena_alloc(arena, count * sizeof(*list) + 1);

    for (size_t i = 0; i < count; i++) {
        const json_t *one = body_element(object, "refused", i);

        list[i].sequence = body_number(one, "sequence");
        list[i].reference = arena_strdup(arena, body_text(one, "reference"));
        list[i].reason = arena_strdup(arena, body_text(one, "reason"));
        list[i].message = arena_strdup(arena, body_text(one, "message"));
        if (list[i].sequence < 0 || !list[i].reason[0])
            return false;
    }
    receipt->refused = list;
    receipt->refused_count = count;
    return true;
}

static enum status read_fields(const json_t *object, struct arena *arena,
                               struct receipt *receipt, struct error *error)
{
    unsigned char id[(CHAIN_STORE_SIZE - 1) / 2];
    struct range *accepted;

    if (strcmp(body_text(object, "kind"), "receipt") != 0)
        return wrong("it does not say that it is a receipt", error);
    if (body_number(object, "schema") > RECEIPT_SCHEMA)
        return fail(error, STATUS_UNSUPPORTED, "Install a later Discern.",
                    "This receipt was made by a later Discern.");
    receipt->bundle = arena_strdup(arena, body_text(object, "bundle"));
    receipt->store = arena_strdup(arena, body_text(object, "store"));
    receipt->by = arena_strdup(arena, body_text(object, "by"));
    if (!bundle_id_good(receipt->bundle) || !hex_read(receipt->store, id, sizeof(id)) ||
        !hex_read(body_text(object, "digest"), receipt->digest.byte, DIGEST_SIZE))
        return wrong("it does not say of which bundle it is", error);
    if (!moment_parse(body_text(object, "at"), &receipt->at) ||
        !mark_read(object, "head", &receipt->head) ||
        !ranges_read(object, "accepted", arena, &accepted, &receipt->accepted_count) ||
        !read_refused(object, arena, receipt))
        return wrong("it does not say what it must", error);
    receipt->accepted = accepted;
    return STATUS_OK;
}

enum status receipt_read(const char *bytes, size_t length, struct arena *arena,
                         struct receipt *ret_receipt, struct error *error)
{
    struct receipt receipt = {0};
    enum status status;
    json_t *object;

    if (length > RECEIPT_MAX ||
        body_read(bytes, length, "receipt", &object, error) != STATUS_OK)
        return wrong("it cannot be read", error);
    status = read_fields(object, arena, &receipt, error);
    json_decref(object);
    if (status == STATUS_OK)
        *ret_receipt = receipt;
    return status;
}
