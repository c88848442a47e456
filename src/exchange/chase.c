/* SPDX-License-Identifier: MIT */
/* Bundles sent and not answered, as a fold over what the log says of them. */
#include "exchange/chase.h"

#include <string.h>

#include "base/utf8.h"
#include "exchange/leaving.h"
#include "record/json.h"

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

static bool is_act(const json_t *body, const char *act)
{
    return strcmp(body_text(body, "act"), act) == 0;
}

static enum status take_entry(const struct entry *entry, void *data, struct error *error)
{
    struct pass *pass = data;
    struct chase *ended = NULL;
    json_t *body;
    enum status status;

    if (!entry->body)
        return STATUS_OK;
    status = body_read(entry->body, entry->length, entry_kind_id(entry->kind), &body, error);
    if (status != STATUS_OK)
        return status;
    if (entry->kind == ENTRY_RECEIPT || is_act(body, "chased"))
        ended = find(pass, body_text(body, "bundle"));
    if (ended)
        drop(pass, ended);
    if (entry->kind == ENTRY_BUNDLE && is_act(body, "sent"))
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

enum status chase_done(struct store *store, const char *bundle, const char *message,
                       struct moment now, struct error *error)
{
    struct arena arena = {0};
    struct pass pass = {.arena = &arena};
    enum status status;

    if (utf8_blank(message))
        return fail_at(error, STATUS_REFUSED, NULL, 0, "message",
                       "Write what was done, in a sentence.",
                       "Nothing is marked as done without saying what was done.");
    status = store_each_leaving(store, take_entry, &pass, error);
    if (status == STATUS_OK && !find(&pass, bundle))
        status = fail(error, STATUS_NOT_FOUND, "Look at `discern todo`.",
                      "No receipt is waited for of a bundle '%s'.", bundle);
    if (status == STATUS_OK)
        status = leaving_log_chased(store, bundle, message, now, error);
    arena_release(&arena);
    return status;
}
