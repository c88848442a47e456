/* SPDX-License-Identifier: MIT */
/* Bundles sent and not answered, as a fold over what the log says of them. */
#include "exchange/chase.h"

#include <string.h>

#include "record/json.h"
#include "store/leave.h"

#define US_PER_DAY (INT64_C(24) * 3600 * 1000000)

struct pass {
    struct arena *arena;
    struct chase *list;
    size_t count, room;
};

static struct chase *find(const struct pass *pass, const char *bundle)
{
    for (size_t i = pass->count; i-- > 0;) {
        if (strcmp(pass->list[i].bundle, bundle) == 0)
            return &pass->list[i];
    }
    return NULL;
}

static void drop(struct pass *pass, struct chase *chase)
{
    size_t after = (size_t)(&pass->list[pass->count] - chase) - 1;

    memmove(chase, chase + 1, after * sizeof(*chase));
    pass->count--;
}

/* What is sent again waits from then on. */
static void take_sent(struct pass *pass, const json_t *body, struct moment at)
{
    struct chase *old = find(pass, body_text(body, "bundle"));

    if (old)
        drop(pass, old);
    if (pass->count == pass->room) {
        pass->room = pass->room ? 2 * pass->room : 8;
        pass->list =
            arena_grow(pass->arena, pass->list, pass->count, pass->room, sizeof(*pass->list));
    }
    pass->list[pass->count++] =
        (struct chase){.bundle = arena_strdup(pass->arena, body_text(body, "bundle")),
                       .where = arena_strdup(pass->arena, body_text(body, "where")),
                       .sent = at};
}

static enum status take_entry(const struct entry *entry, void *data, struct error *error)
{
    struct pass *pass = data;
    struct chase *answered;
    json_t *body;
    enum status status;

    if (!entry->body)
        return STATUS_OK;
    status = body_read(entry->body, entry->length, entry_kind_id(entry->kind), &body, error);
    if (status != STATUS_OK)
        return status;
    answered = entry->kind == ENTRY_RECEIPT ? find(pass, body_text(body, "bundle")) : NULL;
    if (answered)
        drop(pass, answered);
    if (entry->kind == ENTRY_BUNDLE && strcmp(body_text(body, "act"), "sent") == 0)
        take_sent(pass, body, entry->at);
    json_decref(body);
    return STATUS_OK;
}

enum status chase_list(struct store *store, int days, struct moment now, struct arena *arena,
                       struct chase **ret_list, size_t *ret_count, struct error *error)
{
    struct pass pass = {.arena = arena};
    size_t count = 0;
    enum status status = store_each_leaving(store, take_entry, &pass, error);

    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < pass.count; i++) {
        struct chase *chase = &pass.list[i];

        chase->due = chase->sent;
        chase->due.us += days * US_PER_DAY;
        if (chase->due.us < now.us)
            pass.list[count++] = *chase;
    }
    *ret_list = pass.list;
    *ret_count = count;
    return STATUS_OK;
}
