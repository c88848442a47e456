/* SPDX-License-Identifier: MIT */
/* Effects carried out on the store. Never prints, never asks, never decides. */
#include "ui/perform.h"

#include <stdlib.h>
#include <string.h>

#include "ui/perform_decide.h"
#include "ui/perform_log.h"
#include "ui/perform_sending.h"

void performer_start(struct performer *performer, struct app *app, bool practice,
                     const char *user)
{
    struct world *world = &app->world;
    struct user_name *list = NULL;
    struct error error;
    size_t count = 0;
    enum status status =
        store_users(settings_store_dir(performer->settings), &list, &count, &error);
    world->replay = performer->replay != NULL;
    world->practise = practice || world->replay;
    world->team = setting(performer->settings, SETTING_TEAM);
    world->store_there = status != STATUS_NOT_FOUND;
    world->user = arena_alloc(&world->people_arena, (count + 1) * sizeof *world->user);
    world->user_count = count;
    for (size_t n = 0; n < count; n++) {
        world->user[n].name = arena_strdup(&world->people_arena, list[n].name);
        world->user[n].role = list[n].role;
        if (user != NULL && strcmp(user, list[n].name) == 0) {
            app->chosen = n;
            world->expected = true;
        }
    }
    if (user != NULL && count > 0 && !world->expected)
        world->notice =
            arena_printf(&performer->arena, "Nobody is called %s in this store.", user);
    secret_free(secret_new(1)); /* to see whether it can be kept in memory */
    if (secret_exposed())
        world->notice = SECRET_EXPOSED_WHAT " " SECRET_EXPOSED_REMEDY;
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        world->notice = arena_printf(&performer->arena, "%s %s", error.what, error.remedy);
    free(list);
}

void performer_look(struct performer *performer, struct app *app, struct log_source source)
{
    performer->source = source;
    app->world.register_name = source.name;
}

void performer_release(struct performer *performer)
{
    store_close(performer->store);
    performer->store = NULL;
    arena_release(&performer->arena);
}

/* --- Opening
 * ---------------------------------------------------------------------------------- */

static void opened(struct performer *performer, struct app *app, bool practice)
{
    struct world *world = &app->world;
    const struct person *me = store_me(performer->store);
    performer->source = source_store(performer->store);
    world->open = true;
    world->practice = practice;
    world->me = (struct person){
        .name = arena_strdup(&world->people_arena, me->name),
        .full = arena_strdup(&world->people_arena, me->full),
        .team = arena_strdup(&world->people_arena, me->team),
        .role = me->role,
    };
}

/* An upgrade while it runs. */
struct upgrading {
    const struct performer *performer;
    struct world *world;
};

static bool on_upgrade(int64_t done, int64_t count, void *data)
{
    const struct upgrading *upgrading = data;
    upgrading->world->upgraded = done;
    upgrading->world->upgrading = count;
    if (upgrading->performer->watch != NULL)
        upgrading->performer->watch(upgrading->performer->watch_data);
    return true;
}

static enum status unlock(struct performer *performer, struct app *app, const char *user,
                          struct error *error)
{
    struct upgrading upgrading = {performer, &app->world};
    const struct watch watch = {on_upgrade, &upgrading};
    enum status status = store_open_watched(settings_store_dir(performer->settings), user,
                                            app->secret[0], &watch, &performer->store, error);
    app->world.upgrading = 0;
    if (status == STATUS_OK)
        opened(performer, app, false);
    return status;
}

static enum status create(struct performer *performer, struct app *app, struct moment now,
                          struct error *error)
{
    enum status status = store_create(settings_store_dir(performer->settings), &app->wish.first,
                                      app->secret[0], now, error);
    return status == STATUS_OK ? unlock(performer, app, app->wish.first.name, error) : status;
}

static enum status practise(struct performer *performer, struct app *app, struct moment now,
                            struct error *error)
{
    static const struct person SOMEONE = {.name = "practice",
                                          .full = "Pat Practice",
                                          .team = "Practice team",
                                          .role = ROLE_PRACTITIONER};
    enum status status = store_practice(&SOMEONE, now, &performer->store, error);
    if (status != STATUS_OK)
        return status;
    opened(performer, app, true);
    return store_practice_people(performer->store, &app->world.people_arena, &app->world.cast,
                                 &app->world.cast_count, error);
}

static enum status carry_on_as(struct performer *performer, struct app *app,
                               struct error *error)
{
    enum status status = store_practice_as(performer->store, app->wish.user, error);
    if (status == STATUS_OK)
        opened(performer, app, true);
    return status;
}

/* --- The start page
 * ---------------------------------------------------------------------------- */

/* A draft that cannot be read is still offered, so that it can be thrown away. */
static void summarise(struct performer *performer, struct world *world,
                      const struct draft *draft)
{
    struct unfinished *unfinished = &world->unfinished[world->unfinished_count++];
    const struct volume *volume;
    struct error error;
    if (draft_summarise(draft->bytes, draft->length, &world->home_arena, &unfinished->summary,
                        &error) != STATUS_OK) {
        unfinished->summary =
            (struct draft_summary){.pack = "", .agreement = "", .subject = "", .amends = ""};
        memcpy(unfinished->summary.reference, draft->reference, sizeof draft->reference);
    } else if (library_pack(performer->library, unfinished->summary.pack, &volume, &error) ==
               STATUS_OK) {
        unfinished->most = volume->pack->most_questions;
    }
    unfinished->summary.touched = draft->touched;
}

static enum status home(struct performer *performer, struct app *app, struct moment now,
                        struct error *error)
{
    struct world *world = &app->world;
    struct arena arena = {0};
    struct figures figures;
    struct draft *draft;
    size_t count;
    int64_t mine = 0, all = 0;
    enum status status = store_figures(performer->store, &figures, error);
    if (status == STATUS_OK)
        status = store_overdue(performer->store, now, &mine, &all, error);
    if (status == STATUS_OK)
        status = perform_pressing(performer, world, now, error);
    if (status == STATUS_OK)
        status = perform_counts(performer, world, error);
    if (status == STATUS_OK)
        status = store_drafts(performer->store, &arena, &draft, &count, error);
    if (status == STATUS_OK) {
        arena_release(&world->home_arena);
        world->decisions = figures.decisions;
        world->waiting = figures.waiting;
        world->returned_to_me = figures.returned_to_me;
        world->reviewable = figures.reviewable;
        world->overdue = perform_sees_all(performer) ? all : mine;
        world->unfinished =
            arena_alloc(&world->home_arena, (count + 1) * sizeof *world->unfinished);
        world->unfinished_count = 0;
        for (size_t n = 0; n < count; n++)
            summarise(performer, world, &draft[n]);
    }
    arena_release(&arena);
    return status;
}

/* --- The decision
 * ------------------------------------------------------------------------------ */

static enum status save(struct performer *performer, struct app *app, struct moment now,
                        struct error *error)
{
    struct buf draft = {0};
    enum status status;
    app_note_loose(app);
    draft_write(&app->decision, &draft);
    status = store_draft_save(performer->store, app->decision.reference, buf_text(&draft),
                              draft.length, now, error);
    buf_release(&draft);
    if (status == STATUS_OK)
        perform_duplicates(performer, app, now);
    return status;
}

static enum status sign(struct performer *performer, struct app *app, struct moment now,
                        struct error *error)
{
    const struct volume *volume = performer->volume;
    struct buf body = {0};
    int64_t sequence;
    enum status status;
    record_compose(&app->decision, &app->walk, store_me(performer->store), now,
                   store_pseudonym_key(performer->store), &body);
    status = store_sign(performer->store, &app->decision, buf_text(&body), body.length,
                        volume->text, volume->length, now, &sequence, error);
    buf_release(&body);
    return status;
}

/* What was answered last is kept if it can be; locking does not wait for it. */
static enum status lock(struct performer *performer, struct app *app, struct moment now)
{
    struct error error;
    if (performer->store != NULL && app->deciding && !app->was_signed &&
        (app->walk.answered > 0 || app_has_loose_text(app)))
        (void)!save(performer, app, now, &error);
    store_close(performer->store);
    performer->store = NULL;
    return STATUS_OK;
}

/* A line for each effect. (flat) */
enum status perform(struct performer *performer, struct app *app, enum effect_kind effect,
                    struct moment now, struct error *error)
{
    switch (effect) {
    case EFFECT_CREATE:
        return create(performer, app, now, error);
    case EFFECT_UNLOCK:
        return unlock(performer, app, app->wish.user, error);
    case EFFECT_PRACTISE:
        return practise(performer, app, now, error);
    case EFFECT_AS:
        return carry_on_as(performer, app, error);
    case EFFECT_HOME:
        return home(performer, app, now, error);
    case EFFECT_AGREEMENTS:
        return perform_agreements(performer, app, error);
    case EFFECT_BEGIN:
        return perform_begin(performer, app, now, error);
    case EFFECT_RESUME:
        return perform_resume(performer, app, error);
    case EFFECT_AMEND:
        return perform_amend(performer, app, now, error);
    case EFFECT_BESIDE:
        return perform_beside(performer, app, now, error);
    case EFFECT_SAVE:
        return save(performer, app, now, error);
    case EFFECT_DROP:
        return store_draft_drop(performer->store, app->wish.reference, error);
    case EFFECT_SIGN:
        return sign(performer, app, now, error);
    case EFFECT_LIST:
        return perform_list(performer, app, now, error);
    case EFFECT_RECORD:
        return perform_record(performer, app, now, error);
    case EFFECT_REVIEW:
        return perform_review(performer, app, now, error);
    case EFFECT_FILTERS:
        return perform_filters(performer, app, error);
    case EFFECT_FILTER_SAVE:
        return perform_filter_save(performer, app, now, error);
    case EFFECT_FILTER_DROP:
        return store_filter_drop(performer->store, app->wish.name, error);
    case EFFECT_FILTER_TAKE:
        return perform_filter_take(performer, app, error);
    case EFFECT_DUTIES:
        return perform_duties(performer, app, now, error);
    case EFFECT_FOLLOW_UP:
        return perform_follow_up(performer, app, now, error);
    case EFFECT_FIGURES:
        return perform_figures(performer, app, now, error);
    case EFFECT_INCIDENTS:
        return perform_incidents(performer, app, now, error);
    case EFFECT_INCIDENT:
        return perform_incident(performer, app, now, error);
    case EFFECT_NOTE:
        return perform_incident_note(performer, app, now, error);
    case EFFECT_EXPORT:
        return perform_export(performer, app, now, error);
    case EFFECT_ANSWER:
        return perform_answer(performer, app, now, error);
    case EFFECT_STATISTICS:
        return perform_statistics(performer, app, now, error);
    case EFFECT_LOCK:
        return lock(performer, app, now);
    default:
        return perform_sending(performer, app, effect, now, error);
    }
}
