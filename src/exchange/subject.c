/* SPDX-License-Identifier: MIT */
/* What leaves about one person, or about nobody in particular. Never prints. */
#include "exchange/subject.h"

#include <unistd.h>

#include "base/file.h"
#include "record/json.h"
#include "record/statistics.h"

#define PAGE 200

/* --- Entries ------------------------------------------------------------------------------ */

static json_t *begin_entry(const struct store *store, const char *form, struct moment now)
{
    json_t *body = body_object();

    body_put_number(body, "schema", RECORD_SCHEMA);
    body_put_text(body, "kind", entry_kind_id(ENTRY_EXPORT));
    body_put_text(body, "form", form);
    body_put_moment(body, "at", now);
    body_put_person(body, "by", store_me(store));
    return body;
}

static enum status append(struct store *store, json_t *body, struct moment now,
                          struct error *error)
{
    struct buf text = {0};
    enum status status;

    body_write(body, &text);
    status =
        store_append(store, ENTRY_EXPORT, "", buf_text(&text), text.length, now, NULL, error);
    buf_release(&text);
    return status;
}

/* A file without its entry must not be there. */
static enum status write_and_log(struct store *store, const char *path, const struct buf *text,
                                 json_t *entry, struct moment now, struct error *error)
{
    enum status status = file_write(path, buf_text(text), text->length, false, error);

    if (status != STATUS_OK) {
        json_decref(entry);
        return status;
    }
    status = append(store, entry, now, error);
    if (status != STATUS_OK)
        unlink(path);
    return status;
}

/* --- One person --------------------------------------------------------------------------- */

static enum status find_all(struct store *store, struct arena *arena,
                            struct subject_found *found, struct error *error)
{
    struct log_query query = {.pseudonym = found->pseudonym, .limit = PAGE};
    struct window window = {.more_after = true};
    enum status status = STATUS_OK;

    while (status == STATUS_OK && window.more_after) {
        status = store_list(store, &query, arena, &window, error);
        if (status != STATUS_OK || window.count == 0)
            break;
        found->row = arena_grow(arena, found->row, found->count, found->count + window.count,
                                sizeof(*found->row));
        for (size_t i = 0; i < window.count; i++)
            found->row[found->count++] = window.row[i];
        query.after = window.row[window.count - 1].sequence;
    }
    return status;
}

static json_t *references_of(const struct subject_found *found, const enum omission *omission,
                             bool shown)
{
    json_t *list = body_list();

    for (size_t i = 0; i < found->count; i++) {
        if (!omission || (omission[i] == OMISSION_NONE) == shown)
            body_append(list, json_string(found->row[i].summary.reference));
    }
    return list;
}

enum status subject_find(struct store *store, const char *name, const char *born,
                         struct moment now, struct arena *arena,
                         struct subject_found *ret_found, struct error *error)
{
    struct subject_found found = {0};
    json_t *entry;
    enum status status;

    store_pseudonym(store, name, born, found.pseudonym);
    status = find_all(store, arena, &found, error);
    if (status != STATUS_OK)
        return status;
    entry = begin_entry(store, "subject-search", now);
    body_put_text(entry, "purpose", "subject-access");
    body_put_text(entry, "pseudonym", found.pseudonym);
    body_put(entry, "references", references_of(&found, NULL, true));
    status = append(store, entry, now, error);
    if (status == STATUS_OK)
        *ret_found = found;
    return status;
}

static enum status gather(struct store *store, const struct subject_found *found,
                          struct arena *arena, struct subject_record *record,
                          struct error *error)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < found->count && status == STATUS_OK; i++) {
        struct entry entry;

        status = store_entry(store, found->row[i].sequence, arena, &entry, error);
        if (status == STATUS_OK)
            record[i] = (struct subject_record){found->row[i].summary.reference, entry.body,
                                                entry.length};
    }
    return status;
}

enum status subject_write(struct store *store, const char *name,
                          const struct subject_found *found, bool json, const char *path,
                          struct moment now, struct arena *arena,
                          struct subject_report *ret_report, struct error *error)
{
    struct subject_record *record = arena_alloc(arena, (found->count + 1) * sizeof(*record));
    struct subject_report report;
    struct buf text = {0};
    json_t *pack, *entry;
    enum status status = gather(store, found, arena, record, error);

    if (status == STATUS_OK)
        status =
            subject_pack_json(name, record, found->count, now, arena, &pack, &report, error);
    if (status != STATUS_OK)
        return status;
    if (json) {
        body_write(json_incref(pack), &text);
        buf_putc(&text, '\n');
    } else {
        subject_pack_print(pack, &text);
    }
    json_decref(pack);
    entry = begin_entry(store, "subject-pack", now);
    body_put_text(entry, "purpose", "subject-access");
    body_put_text(entry, "pseudonym", found->pseudonym);
    body_put(entry, "references", references_of(found, report.omission, true));
    body_put_list(entry, "left-out", references_of(found, report.omission, false));
    status = write_and_log(store, path, &text, entry, now, error);
    buf_release(&text);
    if (status == STATUS_OK)
        *ret_report = report;
    return status;
}

/* --- Statistics --------------------------------------------------------------------------- */

static void add_rows(const struct window *window, json_t *list, struct buf *csv)
{
    for (size_t i = 0; i < window->count; i++) {
        if (list)
            body_append(list,
                        statistics_json_row(&window->row[i].summary, window->row[i].state));
        else
            statistics_csv_row(&window->row[i].summary, window->row[i].state, csv);
    }
}

/* Erased decisions say nothing, so they are no rows. */
static enum status gather_rows(struct store *store, struct log_query query, json_t *list,
                               struct buf *csv, int64_t *count, struct error *error)
{
    struct window window = {.more_after = true};
    enum status status = STATUS_OK;
    struct arena arena = {0};

    query.limit = PAGE;
    if (!query.states)
        query.states = ((1u << STATE_COUNT) - 1) & ~(1u << STATE_ERASED);
    while (status == STATUS_OK && window.more_after) {
        status = store_list(store, &query, &arena, &window, error);
        if (status != STATUS_OK || window.count == 0)
            break;
        add_rows(&window, list, csv);
        *count += (int64_t)window.count;
        query.after = window.row[window.count - 1].sequence;
        arena_release(&arena);
    }
    arena_release(&arena);
    return status;
}

enum status statistics_write(struct store *store, const struct log_query *query, bool json,
                             const char *path, struct moment now, int64_t *ret_count,
                             struct error *error)
{
    json_t *list = json ? body_list() : NULL, *all, *entry;
    struct buf text = {0};
    int64_t count = 0;
    enum status status;

    if (!json)
        statistics_csv_heading(&text);
    status = gather_rows(store, *query, list, &text, &count, error);
    if (json) {
        all = body_object();
        body_put(all, "decisions", list);
        body_write(all, &text);
        buf_putc(&text, '\n');
    }
    if (status == STATUS_OK) {
        entry = begin_entry(store, "statistics", now);
        body_put_number(entry, "decisions", count);
        status = write_and_log(store, path, &text, entry, now, error);
    }
    buf_release(&text);
    if (status == STATUS_OK)
        *ret_count = count;
    return status;
}
