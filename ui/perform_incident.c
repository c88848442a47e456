/* SPDX-License-Identifier: MIT */
/* Incidents between the app and the store. Who may say what of one is the database's to say. */
#include <string.h>

#include "command/incident_entry.h"
#include "ui/perform_log.h"

#define OPEN_MOST 200 /* that are looked at for the start page */

enum status perform_pressing(struct performer *performer, struct world *world,
                             struct moment now, struct error *error)
{
    struct arena arena = {0};
    struct incident *list;
    size_t count;
    enum status status =
        store_incidents(performer->store, false, 0, OPEN_MOST, &arena, &list, &count, error);
    if (status == STATUS_OK) {
        world->incidents = (long long)count;
        world->pressing = 0;
        for (size_t n = 0; n < count; n++)
            world->pressing += incident_presses(&list[n], now);
    }
    arena_release(&arena);
    return status;
}

/* One more than the page holds, to know whether there is one. */
enum status perform_incidents(struct performer *performer, struct app *app, struct moment now,
                              struct error *error)
{
    struct world *world = &app->world;
    const struct wish *wish = &app->wish;
    struct arena arena = {0};
    struct incident *list;
    size_t count;
    enum status status = store_incidents(performer->store, wish->closed, wish->incident_after,
                                         wish->limit + 1, &arena, &list, &count, error);
    (void)now;
    if (status != STATUS_OK) {
        arena_release(&arena);
        return status;
    }
    arena_release(&world->incidents_arena);
    world->incidents_arena = arena;
    world->incident = list;
    world->more_incidents = count > wish->limit;
    world->incident_count = world->more_incidents ? wish->limit : count;
    return STATUS_OK;
}

/* What followed the report, in the order of the log. */
static enum status bring_notes(struct performer *performer, const struct incident *incident,
                               struct arena *arena, struct world_note **ret_note,
                               size_t *ret_count, struct error *error)
{
    struct entry *entry;
    struct world_note *note;
    size_t count, notes = 0;
    enum status status =
        store_history(performer->store, incident->reference, arena, &entry, &count, error);
    if (status != STATUS_OK)
        return status;
    note = arena_alloc(arena, (count + 1) * sizeof *note);
    for (size_t n = 0; n < count && status == STATUS_OK; n++) {
        struct world_note *next = &note[notes];
        if (entry[n].kind != ENTRY_INCIDENT || entry[n].body == NULL)
            continue;
        status = incident_read(entry[n].body, entry[n].length, arena, &next->note, error);
        next->at = entry[n].at;
        next->by = entry[n].author;
        notes += next->note.incident == incident->number && next->note.act != INCIDENT_CLOSE;
    }
    *ret_note = note;
    *ret_count = notes;
    return status;
}

enum status perform_incident(struct performer *performer, struct app *app, struct moment now,
                             struct error *error)
{
    struct world *world = &app->world;
    struct arena arena = {0};
    struct incident incident;
    struct world_note *note = NULL;
    size_t count = 0;
    enum status status =
        store_incident(performer->store, app->wish.incident, &arena, &incident, error);
    (void)now;
    if (status == STATUS_OK)
        status = bring_notes(performer, &incident, &arena, &note, &count, error);
    if (status != STATUS_OK) {
        arena_release(&arena);
        return status;
    }
    arena_release(&world->incident_arena);
    world->incident_arena = arena;
    world->breach = incident;
    world->note = note;
    world->note_count = count;
    return STATUS_OK;
}

/* --- Something is said -----------------------------------------------------------------------
 */

/* What was typed as a moment, in the field of the note that it means. */
static enum status take_moment(const char *text, struct incident_note *note,
                               struct error *error)
{
    bool told = note->act == INCIDENT_TOLD;
    struct moment *moment = told ? &note->when : &note->aware;
    if (text[strspn(text, " ")] == '\0' || when_parse(text, moment))
        return STATUS_OK;
    return fail_at(error, STATUS_REFUSED, NULL, 0, told ? "when" : "aware",
                   "Enter a day and a time, for example 27 3 2026 14:30.",
                   "This is not a day and a time.");
}

enum status perform_incident_note(struct performer *performer, struct app *app,
                                  struct moment now, struct error *error)
{
    struct incident_note note = app->wish.note;
    struct arena arena = {0};
    struct row row;
    int64_t sequence = 0;
    enum status status = take_moment(app->wish.moment, &note, error);
    if (status == STATUS_OK && note.act == INCIDENT_REPORT)
        status = store_find(performer->store, note.reference, &arena, &row, error);
    if (status == STATUS_OK && note.act == INCIDENT_REPORT)
        status = incident_limits(performer->library, performer->settings, &row.summary, NULL,
                                 &note, error);
    if (status == STATUS_OK)
        status = incident_append(performer->store, &note, now, &sequence, error);
    arena_release(&arena);
    if (status != STATUS_OK)
        return status;
    app->wish.incident = note.incident != 0 ? note.incident : sequence;
    app->world.breached = app->wish.incident;
    return STATUS_OK;
}
