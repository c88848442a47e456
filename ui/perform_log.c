/* SPDX-License-Identifier: MIT */
/* Lists and records brought to the app, reviews appended, records written out. Decides
 * nothing: what a role may do is the store's to say. */
#include "ui/perform_log.h"

#include <stdio.h>
#include <string.h>

#include "exchange/export.h"
#include "record/json.h"
#include "ui/layout.h"
#include "ui/perform_query.h"

#define PLAIN_CELLS 76

bool perform_sees_all(const struct performer *performer)
{
    return store_me(performer->store)->role != ROLE_PRACTITIONER;
}

struct world_row world_row_of(const struct row *row)
{
    struct world_row world_row = {
        .sequence = row->sequence, .state = row->state, .summary = row->summary};
    snprintf(world_row.reference, sizeof world_row.reference, "%s", row->summary.reference);
    return world_row;
}

/* In words for the page: that it is the queue is its heading, and a pseudonym says nothing. */
static const char *filter_words(const struct log_query *query, struct arena *arena)
{
    struct log_query shown = *query;
    struct buf words = {0};
    const char *text;
    if (query->reviewable) /* which has an order of its own */
        shown.order = LOG_NEWEST_FIRST;
    shown.reviewable = false;
    shown.pseudonym = NULL;
    log_query_words(&shown, &words);
    text = arena_strdup(arena, buf_text(&words));
    if (query->pseudonym != NULL && query->pseudonym[0] != '\0')
        text = arena_printf(arena, "one person%s%s", text[0] != '\0' ? "; " : "", text);
    buf_release(&words);
    return text;
}

enum status perform_list(struct performer *performer, struct app *app, struct moment now,
                         struct error *error)
{
    struct world *world = &app->world;
    const struct wish *wish = &app->wish;
    struct log_query query = query_of_wish(wish, now);
    const struct log_source *source = &performer->source;
    struct arena arena = {0};
    struct window window;
    enum status status = wish->list == LIST_SAMPLE
                             ? perform_sample(performer, wish, query, &arena, &window, error)
                             : source->list(source->data, &query, &arena, &window, error);
    if (status != STATUS_OK) {
        arena_release(&arena);
        return status;
    }
    arena_release(&world->list_arena);
    world->list_arena = arena;
    world->row = arena_alloc(&world->list_arena, (window.count + 1) * sizeof *world->row);
    for (size_t n = 0; n < window.count; n++) {
        world->row[n] = world_row_of(&window.row[n]);
        world->row[n].excerpt =
            source->tell(source->data, &window.row[n], query.search, &world->list_arena);
    }
    world->row_count = window.count;
    world->more_before = window.more_before;
    world->more_after = window.more_after;
    world->filter_words = wish->list == LIST_LOG || wish->list == LIST_REVIEWABLE
                              ? filter_words(&query, &world->list_arena)
                              : "";
    if (wish->list == LIST_FOUND || world->filter_words[0] != '\0')
        world->counting =
            wish->after == 0 || world->counting != COUNT_KNOWN ? COUNT_WANTED : COUNT_KNOWN;
    else
        world->counting = COUNT_NONE;
    return STATUS_OK;
}

/* What is counted for a filter is asked for next, in all likelihood: once its first page was
 * read, it is there at once. */
static bool read_ahead(const struct log_source *source, const struct log_query *query)
{
    struct arena arena = {0};
    struct window window;
    struct error error;
    enum status status = source->list(source->data, query, &arena, &window, &error);
    arena_release(&arena);
    return status == STATUS_OK;
}

void performer_count(struct performer *performer, struct app *app, struct moment now,
                     bool (*going)(void *data), void *data)
{
    struct log_query query = query_of_wish(&app->wish, now);
    const struct log_source *source = &performer->source;
    struct error error;
    int64_t count;
    query.after = 0;
    query.backwards = false;
    if (app->place == AT_FILTER && !read_ahead(source, &query))
        return;
    if (source->count(source->data, &query, going, data, &count, &error) != STATUS_OK)
        return;
    app->world.counted = count;
    app->world.counting = COUNT_KNOWN;
}

/* --- One record
 * -------------------------------------------------------------------------------- */

/* Cuts the printed record into lines, with no more than one empty one between others. */
static void split(struct world *world, char *text)
{
    size_t size = 2;
    for (const char *at = text; *at != '\0'; at++)
        size += *at == '\n';
    world->line = arena_alloc(&world->record_arena, size * sizeof *world->line);
    world->line_count = 0;
    for (char *at = text; *at != '\0';) {
        size_t length = strcspn(at, "\n");
        bool last = at[length] == '\0';
        if (length > 0 || (world->line_count > 0 && world->line[world->line_count - 1][0]))
            world->line[world->line_count++] = at;
        at[length] = '\0';
        at += last ? length : length + 1;
    }
}

static void bring_path(struct world *world, const json_t *body)
{
    struct arena *arena = &world->record_arena;
    size_t count = body_count(body, "path");
    world->step = arena_alloc(arena, (count + 1) * sizeof *world->step);
    world->step_count = count;
    for (size_t n = 0; n < count; n++) {
        const json_t *step = body_element(body, "path", n);
        world->step[n] = (struct world_step){
            .ask = arena_strdup(arena, body_text(step, "ask")),
            .words = arena_strdup(arena, body_text(step, "words")),
            .seconds = body_number(step, "seconds"),
            .changes = body_number(step, "changes"),
        };
    }
}

static const char *where(const json_t *finding, struct arena *arena)
{
    const char *text = "";
    for (size_t n = 0; n < body_count(finding, "cite"); n++)
        text = arena_printf(arena, "%s%s%s", text, n > 0 ? "; " : "",
                            body_text(body_element(finding, "cite", n), "text"));
    return text;
}

static void bring_sources(struct world *world, const json_t *body)
{
    struct arena *arena = &world->record_arena;
    size_t count = body_count(body, "findings");
    world->source = arena_alloc(arena, (count + 1) * sizeof *world->source);
    world->source_count = count;
    for (size_t n = 0; n < count; n++) {
        const json_t *finding = body_element(body, "findings", n);
        world->source[n].says = arena_printf(arena, "%s: %s", body_text(finding, "kind-title"),
                                             body_text(finding, "says"));
        world->source[n].source = where(finding, arena);
    }
}

static void bring_review(struct world *world, const struct entry *entry)
{
    struct review review;
    struct error error;
    if (entry->body == NULL || review_read(entry->body, entry->length, &world->record_arena,
                                           &review, &error) != STATUS_OK)
        return;
    world->has_review = true;
    world->review = (struct world_review){
        .verdict = review.verdict,
        .reason = review.reason,
        .message = review.message,
        .by = arena_strdup(&world->record_arena, entry->author),
    };
}

/* What is about an incident says which; its report is numbered by its own place in the log. */
static void bring_breach(struct world *world, const struct entry *entry)
{
    struct incident_note note;
    struct error error;
    if (entry->body != NULL &&
        incident_read(entry->body, entry->length, &world->record_arena, &note, &error) ==
            STATUS_OK &&
        note.act == INCIDENT_REPORT)
        world->breached = entry->sequence;
}

/* How it came about, and what was said of it last. */
static enum status bring_story(struct world *world, const struct entry *entry, size_t count,
                               struct error *error)
{
    const struct entry *newest = NULL;
    json_t *body = NULL;
    enum status status = STATUS_OK;
    world->has_review = false;
    world->breached = 0;
    for (size_t n = 0; n < count; n++) {
        if (entry[n].kind == ENTRY_REVIEW)
            bring_review(world, &entry[n]);
        if (entry[n].kind == ENTRY_INCIDENT)
            bring_breach(world, &entry[n]);
        if (entry[n].kind == ENTRY_RECORD || entry[n].kind == ENTRY_AMENDMENT)
            newest = &entry[n];
    }
    if (newest != NULL && newest->body != NULL)
        status = body_read(newest->body, newest->length, "record", &body, error);
    if (status == STATUS_OK)
        perform_changes(world, entry, count);
    bring_path(world, body);
    bring_sources(world, body);
    world->departure = arena_strdup(&world->record_arena, body_text(body, "decision.reason"));
    json_decref(body);
    return status;
}

/* As wide as a text of the page; what is heard is not cut where an eye would end a line. */
static int record_cells(const struct app *app)
{
    return app->plain || app->cols <= 0 ? PLAIN_CELLS : layout_text_cells(app->cols);
}

enum status perform_record(struct performer *performer, struct app *app, struct moment now,
                           struct error *error)
{
    struct world *world = &app->world;
    const struct log_source *source = &performer->source;
    const struct print_form form = {.screen = record_cells(app)};
    struct arena arena = {0};
    struct buf text = {0};
    struct entry *entry;
    struct row row;
    size_t count;
    enum status status =
        source->record(source->data, &app->wish, now, &arena, &row, &entry, &count, error);
    if (status == STATUS_OK)
        status = export_entries(&row, entry, count, form, &arena, &text, error);
    if (status == STATUS_OK) {
        arena_release(&world->record_arena);
        world->record_arena = arena;
        world->record = world_row_of(&row);
        world->mine = world->me.name != NULL && strcmp(row.summary.author, world->me.name) == 0;
        split(world, arena_strdup(&world->record_arena, buf_text(&text)));
        status = perform_siblings(performer, world, error);
        if (status == STATUS_OK)
            status = bring_story(world, entry, count, error);
    } else {
        arena_release(&arena);
    }
    buf_release(&text);
    return status;
}

enum status perform_review(struct performer *performer, struct app *app, struct moment now,
                           struct error *error)
{
    const struct review *review = &app->wish.review;
    struct buf body = {0};
    int64_t sequence;
    enum status status;
    review_compose(review, store_me(performer->store), now, &body);
    status = store_append(performer->store, ENTRY_REVIEW, review->reference, buf_text(&body),
                          body.length, now, &sequence, error);
    buf_release(&body);
    return status;
}

/* --- Decisions that a new one may repeat
 * ------------------------------------------------------- */

#define MOST_DUPLICATES 3

/* The answer kept so, by its field; "" if it was not given. */
static const char *kept(const struct app *app, enum keep keep, size_t field)
{
    const struct pack *pack = app->decision.pack;
    for (size_t n = 0; n < pack->question_count; n++) {
        const struct answer *answer = &app->decision.answers.answer[n];
        bool there = pack->question[n].keep == keep && answer->given && !answer->skipped &&
                     app->walk.state[n] == QUESTION_ANSWERED;
        if (there && field < question_field_count(pack->question[n].type))
            return answer->field[field] != NULL ? answer->field[field] : "";
    }
    return "";
}

void perform_duplicates(struct performer *performer, struct app *app, struct moment now)
{
    struct world *world = &app->world;
    const char *name = kept(app, KEEP_SUBJECT, 0), *recipient = kept(app, KEEP_RECIPIENT, 0);
    size_t before = world->duplicate_count, count = 0;
    char pseudonym[DIGEST_HEX_SIZE];
    struct row *row;
    struct error error;
    arena_release(&world->duplicate_arena);
    world->duplicate_count = 0;
    if (name[0] == '\0' || recipient[0] == '\0')
        return;
    store_pseudonym(performer->store, name, kept(app, KEEP_SUBJECT, 1), pseudonym);
    if (store_duplicates(performer->store, pseudonym, recipient, app->decision.amends, now,
                         MOST_DUPLICATES, &world->duplicate_arena, &row, &count,
                         &error) != STATUS_OK)
        return;
    world->duplicate =
        arena_alloc(&world->duplicate_arena, (count + 1) * sizeof *world->duplicate);
    for (size_t n = 0; n < count; n++)
        world->duplicate[n] = world_row_of(&row[n]);
    world->duplicate_count = count;
    if (count > before && world->notice == NULL)
        world->notice = arena_printf(
            &performer->arena,
            "Perhaps this was decided already: %s is about the same person and for the same "
            "recipient. Press c to see.",
            row[0].summary.reference);
}
