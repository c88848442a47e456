/* SPDX-License-Identifier: MIT */
/* What stands beside a record: what its amendments changed, and decisions made beside it. */
#include <string.h>

#include "record/json.h"
#include "ui/perform_log.h"

/* --- Amendments ------------------------------------------------------------------------------
 */

#define NOT_ASKED "(not asked)"

static const json_t *step_of(const json_t *body, const char *id)
{
    for (size_t n = 0; n < body_count(body, "path"); n++) {
        const json_t *step = body_element(body, "path", n);
        if (strcmp(body_text(step, "id"), id) == 0)
            return step;
    }
    return NULL;
}

static void add(struct world *world, size_t *room, const char *ask, const char *before,
                const char *after)
{
    struct arena *arena = &world->record_arena;
    if (strcmp(before, after) == 0)
        return;
    if (world->change_count == *room) {
        *room = *room > 0 ? 2 * *room : 16;
        world->change =
            arena_grow(arena, world->change, world->change_count, *room, sizeof *world->change);
    }
    world->change[world->change_count++] =
        (struct world_change){.ask = arena_strdup(arena, ask),
                              .before = arena_strdup(arena, before),
                              .after = arena_strdup(arena, after)};
}

/* What was decided, then each answer in the order in which it was asked. */
static void compare(struct world *world, size_t *room, const json_t *before,
                    const json_t *after)
{
    enum outcome was, is;
    if (outcome_parse(body_text(before, "decision.outcome"), &was) &&
        outcome_parse(body_text(after, "decision.outcome"), &is))
        add(world, room, "What was decided", outcome_words(was), outcome_words(is));
    for (size_t n = 0; n < body_count(after, "path"); n++) {
        const json_t *step = body_element(after, "path", n);
        const json_t *old = step_of(before, body_text(step, "id"));
        add(world, room, body_text(step, "ask"),
            old != NULL ? body_text(old, "words") : NOT_ASKED, body_text(step, "words"));
    }
    for (size_t n = 0; n < body_count(before, "path"); n++) {
        const json_t *step = body_element(before, "path", n);
        if (step_of(after, body_text(step, "id")) == NULL)
            add(world, room, body_text(step, "ask"), body_text(step, "words"), NOT_ASKED);
    }
    add(world, room, "Justification", body_text(before, "justification.text"),
        body_text(after, "justification.text"));
}

static const char *heading(struct world *world, const struct entry *entry, const json_t *body)
{
    char when[MOMENT_WORDS_SIZE];
    moment_words(entry->at, when);
    return arena_printf(&world->record_arena, "Amended by %s on %s: %s", entry->author, when,
                        body_text(body, "amendment"));
}

void perform_changes(struct world *world, const struct entry *entry, size_t count)
{
    json_t *before = NULL, *after;
    struct error error;
    size_t room = 0;
    world->change = NULL;
    world->change_count = 0;
    for (size_t n = 0; n < count; n++) {
        size_t first = world->change_count;
        bool is_record = entry[n].kind == ENTRY_RECORD || entry[n].kind == ENTRY_AMENDMENT;
        if (!is_record || entry[n].body == NULL ||
            body_read(entry[n].body, entry[n].length, "record", &after, &error) != STATUS_OK)
            continue;
        if (before != NULL)
            compare(world, &room, before, after);
        if (world->change_count > first)
            world->change[first].heading = heading(world, &entry[n], after);
        json_decref(before);
        before = after;
    }
    json_decref(before);
}

/* --- Decisions beside it ---------------------------------------------------------------------
 */

#define MOST_SIBLINGS 50

static bool is_sibling(const struct summary *summary, const char *first, const char *self)
{
    return strcmp(summary->reference, self) != 0 &&
           (strcmp(summary->reference, first) == 0 || strcmp(summary->sibling_of, first) == 0);
}

/* A record has the references that it names among its words. */
enum status perform_siblings(struct performer *performer, struct world *world,
                             struct error *error)
{
    struct arena *arena = &world->record_arena;
    const struct summary *summary = &world->record.summary;
    const char *first =
        summary->sibling_of[0] != '\0' ? summary->sibling_of : summary->reference;
    struct log_query query = {.search = first, .limit = MOST_SIBLINGS};
    struct window window;
    enum status status;
    world->sibling_count = 0;
    if (performer->store == NULL) /* a register does not say what was decided beside what */
        return STATUS_OK;
    status = store_list(performer->store, &query, arena, &window, error);
    if (status != STATUS_OK)
        return status;
    world->sibling = arena_alloc(arena, (window.count + 1) * sizeof *world->sibling);
    for (size_t n = 0; n < window.count; n++)
        if (is_sibling(&window.row[n].summary, first, world->record.reference))
            world->sibling[world->sibling_count++] = world_row_of(&window.row[n]);
    return STATUS_OK;
}
