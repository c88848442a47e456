/* SPDX-License-Identifier: MIT */
/* Verdicts on the decisions of another store, given here and brought home there. */
#include "exchange/carry.h"

#include <string.h>

#include "exchange/chain.h"
#include "record/json.h"

/* --- What came from other stores ---------------------------------------------------------- */

struct gathering {
    const struct foreign_store *from;
    struct arena *arena;
    struct carried *list;
    size_t count, room;
};

static struct carried *find(const struct gathering *gathering, const char *store,
                            const char *reference)
{
    for (size_t i = gathering->count; i-- > 0;) {
        if (strcmp(gathering->list[i].reference, reference) == 0 &&
            strcmp(gathering->list[i].store, store) == 0)
            return &gathering->list[i];
    }
    return NULL;
}

static struct carried *add(struct gathering *gathering)
{
    if (gathering->count == gathering->room) {
        gathering->room = gathering->room ? 2 * gathering->room : 16;
        gathering->list = arena_grow(gathering->arena, gathering->list, gathering->count,
                                     gathering->room, sizeof(*gathering->list));
    }
    return &gathering->list[gathering->count++];
}

/* An amendment takes the place of what it amends. */
static enum status gather(const struct foreign_entry *entry, void *data, struct error *error)
{
    struct gathering *gathering = data;
    const char *bytes = entry->body ? entry->body : entry->view;
    size_t length = entry->body ? entry->length : entry->view_length;
    struct carried *carried;
    struct link link;
    enum status status;

    if ((strcmp(entry->kind, "record") != 0 && strcmp(entry->kind, "amendment") != 0) || !bytes)
        return STATUS_OK;
    status = link_read_head(entry->evidence.head, entry->evidence.head_length, &link, error);
    if (status != STATUS_OK)
        return status;
    carried = find(gathering, gathering->from->id, entry->reference);
    if (!carried)
        carried = add(gathering);
    *carried = (struct carried){.store = gathering->from->id,
                                .store_name = gathering->from->name,
                                .reference = arena_strdup(gathering->arena, entry->reference),
                                .author = arena_strdup(gathering->arena, link.author),
                                .sequence = entry->sequence,
                                .body = arena_strndup(gathering->arena, bytes, length),
                                .length = length,
                                .whole = entry->body != NULL,
                                .verdict = ""};
    return STATUS_OK;
}

/* What was said here about them. */
static enum status note_verdict(const struct entry *entry, void *data, struct error *error)
{
    struct gathering *gathering = data;
    struct carried *carried;
    json_t *body;
    enum status status;

    if (!entry->body)
        return STATUS_OK;
    status = body_read(entry->body, entry->length, "verdict", &body, error);
    if (status != STATUS_OK)
        return status;
    carried = find(gathering, body_text(body, "store"), body_text(body, "reference"));
    if (carried && body_number(body, "sequence") == carried->sequence)
        carried->verdict = arena_strdup(gathering->arena, body_text(body, "verdict"));
    json_decref(body);
    return STATUS_OK;
}

enum status carry_list(struct store *store, struct arena *arena, struct carried **ret_list,
                       size_t *ret_count, struct error *error)
{
    struct gathering gathering = {.arena = arena};
    struct foreign_store *from;
    size_t count = 0;
    enum status status = store_foreign_all(store, arena, &from, &count, error);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        gathering.from = &from[i];
        status = store_foreign_each(store, from[i].id, NULL, NULL, gather, &gathering, error);
    }
    if (status == STATUS_OK)
        status = store_each_verdict(store, note_verdict, &gathering, error);
    if (status == STATUS_OK) {
        *ret_list = gathering.list;
        *ret_count = gathering.count;
    }
    return status;
}

enum status carry_find(struct store *store, const char *reference, struct arena *arena,
                       struct carried *ret_carried, struct error *error)
{
    struct carried *list;
    size_t count = 0;
    enum status status = carry_list(store, arena, &list, &count, error);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        if (strcmp(list[i].reference, reference) == 0) {
            *ret_carried = list[i];
            return STATUS_OK;
        }
    }
    if (status == STATUS_OK)
        status = fail(error, STATUS_NOT_FOUND, "See `discern import list`.",
                      "No other store has sent a decision %s.", reference);
    return status;
}

/* --- Giving ------------------------------------------------------------------------------- */

static enum status append(struct store *store, enum entry_kind kind, const char *reference,
                          json_t *body, struct moment now, struct error *error)
{
    struct buf text = {0};
    enum status status;

    body_write(body, &text);
    status =
        store_append(store, kind, reference, buf_text(&text), text.length, now, NULL, error);
    buf_release(&text);
    return status;
}

enum status carry_review(struct store *store, const struct carried *carried,
                         struct review *review, struct moment now, struct error *error)
{
    const struct person *me = store_me(store);
    struct buf text = {0};
    json_t *body;
    enum status status;

    if (strcmp(carried->author, me->name) == 0)
        return fail(error, STATUS_REFUSED, "Ask another supervisor or a guardian.",
                    "A decision is not reviewed by the person who made it.");
    if (!carried->whole)
        return fail(
            error, STATUS_REFUSED, "Ask for it with nothing left out.",
            "This decision was sent with something left out, so it cannot be reviewed.");
    review->reference = carried->reference;
    review->sequence = carried->sequence;
    status = review_check(review, error);
    if (status != STATUS_OK)
        return status;
    review_compose(review, me, now, &text);
    status = body_read(buf_text(&text), text.length, "verdict", &body, error);
    buf_release(&text);
    if (status != STATUS_OK)
        return status;
    json_object_del(body, "kind");
    body_put_text(body, "kind", entry_kind_id(ENTRY_VERDICT));
    body_put_text(body, "store", carried->store);
    return append(store, ENTRY_VERDICT, NULL, body, now, error);
}

/* --- Bringing home ------------------------------------------------------------------------ */

struct homecoming {
    struct store *store;
    const char *from;
    char id[STORE_ID_HEX_SIZE];
    struct moment now;
    struct arena arena;
    struct foreign_entry *entry;
    size_t count, room;
};

/* Collects first: nothing can be appended while the entries are being read. */
static enum status collect(const struct foreign_entry *entry, void *data, struct error *error)
{
    struct homecoming *homecoming = data;

    (void)error;
    if (!entry->body)
        return STATUS_OK;
    if (homecoming->count == homecoming->room) {
        homecoming->room = homecoming->room ? 2 * homecoming->room : 16;
        homecoming->entry = arena_grow(&homecoming->arena, homecoming->entry, homecoming->count,
                                       homecoming->room, sizeof(*homecoming->entry));
    }
    homecoming->entry[homecoming->count] = *entry;
    homecoming->entry[homecoming->count].evidence.head =
        arena_strndup(&homecoming->arena, entry->evidence.head, entry->evidence.head_length);
    homecoming->entry[homecoming->count++].body =
        arena_strndup(&homecoming->arena, entry->body, entry->length);
    return STATUS_OK;
}

static enum status bring(const struct homecoming *homecoming, const struct foreign_entry *entry,
                         size_t *count, struct error *error)
{
    char reference[REFERENCE_SIZE];
    struct link link;
    json_t *body;
    enum status status =
        link_read_head(entry->evidence.head, entry->evidence.head_length, &link, error);

    if (status == STATUS_OK)
        status = body_read(entry->body, entry->length, "verdict", &body, error);
    if (status != STATUS_OK)
        return status;
    if (strcmp(body_text(body, "store"), homecoming->id) != 0 ||
        !reference_read(body_text(body, "reference"), reference)) {
        json_decref(body);
        return STATUS_OK;
    }
    json_object_del(body, "kind");
    json_object_del(body, "store");
    body_put_text(body, "kind", entry_kind_id(ENTRY_CARRIED));
    body_put_text(body, "store", homecoming->from);
    body_put_number(body, "entry", entry->sequence);
    body_put_text(body, "role", role_id(link.role));
    status = append(homecoming->store, ENTRY_CARRIED, reference, body, homecoming->now, error);
    *count += status == STATUS_OK;
    return status == STATUS_REFUSED || status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status carry_in(struct store *store, const char *from, struct moment now,
                     size_t *ret_count, struct error *error)
{
    struct homecoming homecoming = {.store = store, .from = from, .now = now};
    size_t count = 0;
    enum status status;

    store_id(store, homecoming.id);
    status = store_foreign_each(store, from, "verdict", NULL, collect, &homecoming, error);
    for (size_t i = 0; status == STATUS_OK && i < homecoming.count; i++)
        status = bring(&homecoming, &homecoming.entry[i], &count, error);
    arena_release(&homecoming.arena);
    if (status == STATUS_OK)
        *ret_count = count;
    return status;
}
