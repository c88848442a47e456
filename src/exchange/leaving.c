/* SPDX-License-Identifier: MIT */
/* The stages of entries as a fold over what the log says of bundles and receipts. */
#include "exchange/leaving.h"

#include <string.h>

#include "record/json.h"

static const struct {
    const char *id, *words;
} stages[] = {
#define X(name, id, words) {id, words},
    STAGE_TABLE(X)
#undef X
};

const char *stage_id(enum stage stage)
{
    return stages[stage].id;
}

const char *stage_words(enum stage stage)
{
    return stages[stage].words;
}

void leaving_release(struct leaving *leaving)
{
    arena_release(&leaving->arena);
    *leaving = (struct leaving){0};
}

static struct made *find(const struct leaving *leaving, const char *id)
{
    for (size_t i = leaving->made_count; i-- > 0;) {
        if (strcmp(leaving->made[i].id, id) == 0)
            return &leaving->made[i];
    }
    return NULL;
}

const struct made *leaving_bundle(const struct leaving *leaving, const char *id)
{
    return find(leaving, id);
}

const struct reason *leaving_reason(const struct leaving *leaving, int64_t sequence)
{
    for (size_t i = leaving->reason_count; i-- > 0;) {
        if (leaving->reason[i].sequence == sequence)
            return &leaving->reason[i];
    }
    return NULL;
}

void leaving_tally(const struct leaving *leaving, size_t tally[STAGE_COUNT])
{
    memset(tally, 0, STAGE_COUNT * sizeof(*tally));
    for (int64_t i = 1; i <= leaving->head.count; i++) {
        if (leaving->newest[i])
            tally[leaving->stage[i]]++;
    }
}

/* --- The fold ----------------------------------------------------------------------------- */

/* What a pass over the entries works with. */
struct pass {
    struct leaving *leaving;
    const char *to;
};

/* Moves an entry on. What was accepted stays accepted, whatever arrives late. */
static void move(struct leaving *leaving, int64_t sequence, enum stage to)
{
    if (sequence >= 1 && sequence <= leaving->head.count &&
        leaving->stage[sequence] != STAGE_ACCEPTED)
        leaving->stage[sequence] = (unsigned char)to;
}

static void move_made(struct leaving *leaving, const struct made *made, enum stage from,
                      enum stage to)
{
    for (size_t i = 0; i < made->range_count; i++) {
        for (int64_t at = made->range[i].from;
             at <= made->range[i].to && at <= leaving->head.count; at++) {
            leaving->tried[at] = true;
            if (from == STAGE_COUNT || leaving->stage[at] == from)
                move(leaving, at, to);
        }
    }
}

static void add_reason(struct leaving *leaving, int64_t sequence, const char *reason,
                       const char *message)
{
    if (leaving->reason_count == leaving->reason_room) {
        leaving->reason_room = leaving->reason_room ? 2 * leaving->reason_room : 8;
        leaving->reason = arena_grow(&leaving->arena, leaving->reason, leaving->reason_count,
                                     leaving->reason_room, sizeof(*leaving->reason));
    }
    leaving->reason[leaving->reason_count++] =
        (struct reason){sequence, arena_strdup(&leaving->arena, reason),
                        arena_strdup(&leaving->arena, message)};
}

static void take_made(struct leaving *leaving, const json_t *body)
{
    struct made made = {.id = arena_strdup(&leaving->arena, body_text(body, "bundle"))};
    struct range *range;

    if (!hex_read(body_text(body, "digest"), made.digest.byte, DIGEST_SIZE) ||
        !ranges_read(body, "sequences", &leaving->arena, &range, &made.range_count) ||
        !mark_read(body, "since", &made.since) || !mark_read(body, "head", &made.head))
        return;
    made.range = range;
    if (leaving->made_count == leaving->made_room) {
        leaving->made_room = leaving->made_room ? 2 * leaving->made_room : 8;
        leaving->made = arena_grow(&leaving->arena, leaving->made, leaving->made_count,
                                   leaving->made_room, sizeof(*leaving->made));
    }
    leaving->made[leaving->made_count++] = made;
    move_made(leaving, &made, STAGE_COUNT, STAGE_WAITING);
}

static void take_aside(struct leaving *leaving, const json_t *body, bool aside)
{
    for (size_t i = 0; i < body_count(body, "sequences"); i++) {
        const json_t *pair = body_element(body, "sequences", i);
        int64_t to = json_integer_value(json_array_get(pair, 1));

        for (int64_t at = json_integer_value(json_array_get(pair, 0));
             at >= 1 && at <= to && at <= leaving->head.count; at++) {
            move(leaving, at, aside ? STAGE_SET_ASIDE : STAGE_FINAL);
            if (aside)
                add_reason(leaving, at, "set-aside", body_text(body, "reason"));
        }
    }
}

static enum status take_bundle(const struct entry *entry, void *data, struct error *error)
{
    const struct pass *pass = data;
    struct made *made;
    const char *act;
    json_t *body;
    enum status status;

    if (!entry->body)
        return STATUS_OK;
    status = body_read(entry->body, entry->length, "bundle", &body, error);
    if (status != STATUS_OK)
        return status;
    act = body_text(body, "act");
    made = find(pass->leaving, body_text(body, "bundle"));
    if (strcmp(act, "sent") == 0 && made) {
        made->sent = true;
        move_made(pass->leaving, made, STAGE_WAITING, STAGE_SENT);
    } else if (fingerprint_among(pass->to, body_text(body, "to"))) {
        if (strcmp(act, "made") == 0)
            take_made(pass->leaving, body);
        else if (strcmp(act, "set-aside") == 0 || strcmp(act, "put-back") == 0)
            take_aside(pass->leaving, body, act[0] == 's');
    }
    json_decref(body);
    return STATUS_OK;
}

static void take_answer(struct leaving *leaving, struct made *made,
                        const struct receipt *receipt)
{
    bool whole = true;

    made->answered = true;
    for (size_t i = 0; i < receipt->accepted_count; i++) {
        for (int64_t at = receipt->accepted[i].from;
             at <= receipt->accepted[i].to && at <= leaving->head.count; at++) {
            move(leaving, at, STAGE_ACCEPTED);
            whole = false;
        }
    }
    for (size_t i = 0; i < receipt->refused_count; i++) {
        const struct refused *refused = &receipt->refused[i];

        whole = whole && refused->sequence == 0;
        move(leaving, refused->sequence, STAGE_REFUSED);
        add_reason(leaving, refused->sequence, refused->reason, refused->message);
    }
    /* What is wrong with a bundle is not wrong with its records: they go with the next. */
    if (whole)
        move_made(leaving, made, STAGE_COUNT, STAGE_FINAL);
    else
        leaving->accepted_at = receipt->at;
    /* A receiver that has lost what it had says so by a gap; then it gets the chain again. */
    if (receipt->head.count > leaving->known.count ||
        (receipt->refused_count == 1 && receipt->refused[0].sequence == 0 &&
         strcmp(receipt->refused[0].reason, refusal_id(REFUSAL_GAP)) == 0))
        leaving->known = receipt->head;
}

static enum status take_receipt(const struct entry *entry, void *data, struct error *error)
{
    const struct pass *pass = data;
    struct receipt receipt;
    struct made *made;
    json_t *body;
    enum status status;

    if (!entry->body)
        return STATUS_OK;
    status = body_read(entry->body, entry->length, "receipt", &body, error);
    if (status != STATUS_OK)
        return status;
    made = find(pass->leaving, body_text(body, "bundle"));
    if (made && fingerprint_among(pass->to, body_text(body, "from"))) {
        status =
            receipt_read(entry->body, entry->length, &pass->leaving->arena, &receipt, error);
        if (status == STATUS_OK)
            take_answer(pass->leaving, made, &receipt);
    }
    json_decref(body);
    return status;
}

/* In the order of the log: what came later may undo what came before. */
static enum status take_any(const struct entry *entry, void *data, struct error *error)
{
    const struct pass *pass = data;

    if (entry->sequence > pass->leaving->head.count)
        return STATUS_OK;
    return entry->kind == ENTRY_BUNDLE ? take_bundle(entry, data, error)
                                       : take_receipt(entry, data, error);
}

static void take_decision(int64_t sequence, void *data)
{
    const struct leaving *leaving = data;

    if (sequence >= 1 && sequence <= leaving->head.count)
        leaving->newest[sequence] = true;
}

enum status leaving_load(struct store *store, const char *to, struct leaving *ret_leaving,
                         struct error *error)
{
    struct leaving leaving = {0};
    struct pass pass = {&leaving, to};
    enum status status = store_head(store, &leaving.head, error);

    if (status != STATUS_OK)
        return status;
    leaving.stage = arena_alloc(&leaving.arena, (size_t)leaving.head.count + 1);
    leaving.newest = arena_alloc(&leaving.arena, (size_t)leaving.head.count + 1);
    leaving.tried = arena_alloc(&leaving.arena, (size_t)leaving.head.count + 1);
    memset(leaving.stage, STAGE_FINAL, (size_t)leaving.head.count + 1);
    status = store_each_decision(store, take_decision, &leaving, error);
    if (status == STATUS_OK)
        status = store_each_leaving(store, take_any, &pass, error);
    if (status == STATUS_OK)
        *ret_leaving = leaving;
    else
        leaving_release(&leaving);
    return status;
}

/* --- Entries ------------------------------------------------------------------------------ */

static json_t *begin(const char *act, struct moment now)
{
    json_t *body = body_object();

    body_put_number(body, "schema", RECORD_SCHEMA);
    body_put_text(body, "kind", entry_kind_id(ENTRY_BUNDLE));
    body_put_text(body, "act", act);
    body_put_moment(body, "at", now);
    return body;
}

static enum status append(struct store *store, const char *reference, json_t *body,
                          struct moment now, struct error *error)
{
    struct buf text = {0};
    enum status status;

    body_write(body, &text);
    status = store_append(store, ENTRY_BUNDLE, reference, buf_text(&text), text.length, now,
                          NULL, error);
    buf_release(&text);
    return status;
}

/* Which documents left, and of what: the log need not hold them twice. */
static void put_documents(json_t *body, const struct made *made)
{
    json_t *list = body_list();

    for (size_t i = 0; i < made->document_count; i++) {
        json_t *object = body_object();

        body_put_text(object, "kind", made->document[i].kind);
        body_put_text(object, "agreement", made->document[i].agreement);
        body_put_text(object, "reference", made->document[i].reference);
        body_append(list, object);
    }
    body_put_list(body, "documents", list);
}

enum status leaving_log_made(struct store *store, const struct made *made, const char *to,
                             const char *const *redacted, size_t redacted_count,
                             struct moment now, struct error *error)
{
    json_t *body = begin("made", now), *list = body_list();
    char hex[DIGEST_HEX_SIZE];

    digest_hex(&made->digest, hex);
    body_put_text(body, "bundle", made->id);
    body_put_text(body, "digest", hex);
    body_put_text(body, "to", to);
    mark_put(body, "since", &made->since);
    mark_put(body, "head", &made->head);
    ranges_put(body, "sequences", made->range, made->range_count);
    for (size_t i = 0; i < redacted_count; i++)
        body_append(list, json_string(redacted[i]));
    body_put_list(body, "redacted", list);
    put_documents(body, made);
    return append(store, NULL, body, now, error);
}

enum status leaving_log_sent(struct store *store, const char *bundle, const char *where,
                             struct moment now, struct error *error)
{
    json_t *body = begin("sent", now);

    body_put_text(body, "bundle", bundle);
    body_put_text(body, "where", where);
    return append(store, NULL, body, now, error);
}

enum status leaving_log_chased(struct store *store, const char *bundle, const char *message,
                               struct moment now, struct error *error)
{
    json_t *body = begin("chased", now);

    body_put_text(body, "bundle", bundle);
    body_put_text(body, "message", message);
    return append(store, NULL, body, now, error);
}

enum status leaving_set_aside(struct store *store, const char *reference, const char *to,
                              bool aside, const char *reason, struct moment now,
                              struct error *error)
{
    json_t *body = begin(aside ? "set-aside" : "put-back", now);
    struct ranges ranges = {0};
    struct arena arena = {0};
    struct entry *entry;
    size_t count;
    enum status status = store_history(store, reference, &arena, &entry, &count, error);

    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        ranges_add(&ranges, entry[i].sequence, &arena);
    body_put_text(body, "to", to);
    body_put_text(body, "reason", reason);
    ranges_put(body, "sequences", ranges.range, ranges.count);
    if (status == STATUS_OK)
        status = append(store, reference, body, now, error);
    else
        json_decref(body);
    arena_release(&arena);
    return status;
}
