/* SPDX-License-Identifier: MIT */
/* Records written out in the clear or shown, and the entries that say so. Never prints. */
#include "exchange/export.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "exchange/chain.h"
#include "record/json.h"

static const char *const form_id[] = {
#define X(name, id) [EXPORT_##name] = id,
    EXPORT_FORM_TABLE(X)
#undef X
};

/* --- Text --------------------------------------------------------------------------------- */

/* When an entry was made, and whether the clock is to be trusted on it. */
static const char *when_words(const struct entry *entry, struct arena *arena)
{
    char at[MOMENT_WORDS_SIZE];

    moment_words(entry->at, at);
    return arena_printf(arena, "%s%s", at,
                        entry->clock_back ? " (by a clock that had gone back)" : "");
}

static const char *review_words(const struct entry *entry, struct arena *arena)
{
    struct review review;
    struct error error;

    if (review_read(entry->body, entry->length, arena, &review, &error) != STATUS_OK)
        return NULL;
    return arena_printf(arena, "%s by %s%s%s%s%s", verdict_words(review.verdict), entry->author,
                        review.reason != REVIEW_NONE ? ": " : "",
                        review.reason != REVIEW_NONE ? review_reason_words(review.reason) : "",
                        review.message[0] ? ": " : "", review.message);
}

static const char *follow_up_words(const struct entry *entry, struct arena *arena)
{
    struct follow_up done;
    struct error error;

    if (follow_up_read(entry->body, entry->length, arena, &done, &error) != STATUS_OK)
        return NULL;
    return arena_printf(arena, "done by %s, of what had to be done (%s): %s", entry->author,
                        done.duty, done.message);
}

static const char *incident_words(const struct entry *entry, struct arena *arena)
{
    struct incident_note note;
    struct error error;

    if (incident_read(entry->body, entry->length, arena, &note, &error) != STATUS_OK)
        return NULL;
    return arena_printf(arena, "of an incident: %s by %s: %s%s%s", incident_act_words(note.act),
                        entry->author, note.act == INCIDENT_TOLD ? note.who : "",
                        note.act == INCIDENT_TOLD ? ": " : "", note.message);
}

/* What happened to a record since, in words: NULL for what is no news to its reader. */
static const char *event_words(const struct entry *entry, struct arena *arena)
{
    const char *words = NULL;

    if (entry->kind == ENTRY_RECORD)
        words = arena_printf(arena, "first signed by %s", entry->author);
    else if (entry->kind == ENTRY_AMENDMENT)
        words = arena_printf(arena, "amended by %s", entry->author);
    else if (entry->kind == ENTRY_REVIEW && entry->body)
        words = review_words(entry, arena);
    else if (entry->kind == ENTRY_FOLLOW_UP && entry->body)
        words = follow_up_words(entry, arena);
    else if (entry->kind == ENTRY_INCIDENT && entry->body)
        words = incident_words(entry, arena);
    return words ? arena_printf(arena, "%s: %s", when_words(entry, arena), words) : NULL;
}

/* The entries of a decision as what stands around its record on paper. */
static void stand(const struct entry *entry, size_t count, const struct entry *newest,
                  enum state state, struct arena *arena, struct standing *standing)
{
    const char **later = arena_alloc(arena, count * sizeof(*later));

    standing->sequence = newest->sequence;
    digest_hex(&newest->link, standing->link);
    standing->state = state_words(state);
    for (size_t i = 0; i < count; i++) {
        const char *words = &entry[i] == newest ? NULL : event_words(&entry[i], arena);

        if (words)
            later[standing->later_count++] = words;
    }
    standing->later = later;
}

/* What of the entries is printed, and what stands around it. */
static enum status find_newest(const struct row *row, const struct entry *entry, size_t count,
                               struct arena *arena, const struct entry **ret_newest,
                               struct standing *standing, struct error *error)
{
    const struct entry *newest = NULL;

    for (size_t i = 0; i < count; i++) {
        if (entry[i].kind == ENTRY_RECORD || entry[i].kind == ENTRY_AMENDMENT)
            newest = &entry[i];
    }
    if (!newest || !newest->body)
        return fail(error, STATUS_NOT_FOUND, "Export it as JSON to see what is left of it.",
                    "The record %s has been erased.", row->summary.reference);
    stand(entry, count, newest, row->state, arena, standing);
    *ret_newest = newest;
    return STATUS_OK;
}

enum status export_entries(const struct row *row, const struct entry *entry, size_t count,
                           int cells, struct arena *arena, struct buf *out, struct error *error)
{
    const struct entry *newest;
    struct standing standing = {0};
    enum status status = find_newest(row, entry, count, arena, &newest, &standing, error);

    return status == STATUS_OK
               ? record_unroll(newest->body, newest->length, &standing, cells, out, error)
               : status;
}

static enum status add_text(struct store *store, const char *reference, bool brief,
                            struct arena *arena, struct buf *out, struct error *error)
{
    const struct entry *newest;
    struct standing standing = {0};
    struct entry *entry;
    struct row row;
    size_t count;
    enum status status = store_find(store, reference, arena, &row, error);

    if (status == STATUS_OK)
        status = store_history(store, reference, arena, &entry, &count, error);
    if (status == STATUS_OK)
        status = find_newest(&row, entry, count, arena, &newest, &standing, error);
    return status == STATUS_OK
               ? record_print(newest->body, newest->length, &standing, brief, out, error)
               : status;
}

/* --- JSON --------------------------------------------------------------------------------- */

static json_t *entry_json(const struct entry *entry, const struct evidence *evidence,
                          bool whole)
{
    char hex[DIGEST_HEX_SIZE];
    struct link link = {.head = evidence->head,
                        .head_length = evidence->head_length,
                        .body = whole ? entry->body : NULL,
                        .length = entry->length};
    json_t *object;

    memcpy(link.signature, evidence->signature, sizeof(link.signature));
    memcpy(link.salt, evidence->salt, sizeof(link.salt));
    object = link_json(&link);
    digest_hex(&entry->link, hex);
    body_put_number(object, "sequence", entry->sequence);
    body_put_text(object, "kind", entry_kind_id(entry->kind));
    body_put_moment(object, "at", entry->at);
    body_put_text(object, "author", entry->author);
    body_put_text(object, "reference", entry->reference);
    body_put_text(object, "link", hex);
    return object;
}

/* Adds an entry; of one that is `bare`, only what the chain needs: the body stays here, but
 * where it says whose signatures count. */
static enum status add_entry(struct store *store, int64_t sequence, bool bare, json_t *list,
                             struct arena *arena, struct error *error)
{
    struct entry entry;
    struct evidence evidence;
    enum status status = store_evidence(store, sequence, arena, &entry, &evidence, error);

    if (status == STATUS_OK)
        body_append(list, entry_json(&entry, &evidence, !bare || entry.kind == ENTRY_USER));
    return status;
}

static enum status add_entries(struct store *store, const char *reference, json_t *list,
                               struct arena *arena, struct error *error)
{
    struct entry *entry;
    size_t count;
    enum status status = store_history(store, reference, arena, &entry, &count, error);

    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = add_entry(store, entry[i].sequence, false, list, arena, error);
    return status;
}

/* All entries of the log, those about the chosen decisions with their bodies. */
static enum status add_chain(struct store *store, const char *const *reference, size_t count,
                             int64_t length, json_t *list, struct arena *arena,
                             struct error *error)
{
    bool *chosen = arena_alloc(arena, (size_t)length + 1);
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct entry *entry;
        size_t found = 0;

        status = store_history(store, reference[i], arena, &entry, &found, error);
        for (size_t j = 0; status == STATUS_OK && j < found; j++) {
            if (entry[j].sequence <= length)
                chosen[entry[j].sequence] = true;
        }
    }
    for (int64_t at = 1; status == STATUS_OK && at <= length; at++)
        status = add_entry(store, at, !chosen[at], list, arena, error);
    return status;
}

static enum status add_json(struct store *store, const char *const *reference, size_t count,
                            bool chain, struct arena *arena, struct buf *out,
                            struct error *error)
{
    json_t *all = body_object(), *head_json = body_object(), *list = body_list();
    char hex[DIGEST_HEX_SIZE];
    struct head head;
    enum status status = store_head(store, &head, error);

    if (status == STATUS_OK && chain)
        status = add_chain(store, reference, count, head.count, list, arena, error);
    for (size_t i = 0; !chain && status == STATUS_OK && i < count; i++)
        status = add_entries(store, reference[i], list, arena, error);
    body_put(all, "entries", list);
    body_put(all, "head", head_json);
    if (status != STATUS_OK) {
        json_decref(all);
        return status;
    }
    digest_hex(&head.link, hex);
    body_put_number(head_json, "count", head.count);
    body_put_text(head_json, "link", hex);
    body_write(all, out);
    buf_putc(out, '\n');
    return STATUS_OK;
}

/* --- Both --------------------------------------------------------------------------------- */

static enum status add_all(struct store *store, const char *const *reference, size_t count,
                           enum export_form form, struct buf *out, struct error *error)
{
    enum status status = STATUS_OK;
    struct arena arena = {0};
    bool json = form == EXPORT_JSON || form == EXPORT_CHAIN;

    if (json)
        status = add_json(store, reference, count, form == EXPORT_CHAIN, &arena, out, error);
    for (size_t i = 0; !json && status == STATUS_OK && i < count; i++)
        status = add_text(store, reference[i], form == EXPORT_SUMMARY, &arena, out, error);
    arena_release(&arena);
    return status;
}

enum status export_show(struct store *store, const char *reference, enum export_form form,
                        struct buf *out, struct error *error)
{
    return add_all(store, &reference, 1, form, out, error);
}

/* --- Entries ------------------------------------------------------------------------------ */

static json_t *begin_body(const char *kind, const struct store *store, struct moment now)
{
    json_t *body = body_object();

    body_put_number(body, "schema", RECORD_SCHEMA);
    body_put_text(body, "kind", kind);
    body_put_moment(body, "at", now);
    body_put_person(body, "by", store_me(store));
    return body;
}

static enum status append(struct store *store, enum entry_kind kind, const char *reference,
                          json_t *body, struct moment now, struct error *error)
{
    struct buf text = {0};
    int64_t sequence;
    enum status status;

    body_write(body, &text);
    status = store_append(store, kind, reference, buf_text(&text), text.length, now, &sequence,
                          error);
    buf_release(&text);
    return status;
}

/* One entry for the file, under the reference if it holds but one record. */
static enum status append_export(struct store *store, const char *const *reference,
                                 size_t count, enum export_form form, struct moment now,
                                 struct error *error)
{
    json_t *body = begin_body(entry_kind_id(ENTRY_EXPORT), store, now), *list = body_list();

    for (size_t i = 0; i < count; i++)
        body_append(list, json_string(reference[i]));
    body_put(body, "references", list);
    body_put_text(body, "form", form_id[form]);
    return append(store, ENTRY_EXPORT, count == 1 ? reference[0] : "", body, now, error);
}

enum status export_viewed(struct store *store, const char *reference, struct moment now,
                          struct error *error)
{
    struct arena arena = {0};
    struct row row;
    enum status status = store_find(store, reference, &arena, &row, error);
    bool own = status == STATUS_OK && strcmp(row.summary.author, store_me(store)->name) == 0;
    json_t *body;

    if (status == STATUS_OK && !own) {
        body = begin_body(entry_kind_id(ENTRY_VIEW), store, now);
        body_put_text(body, "reference", reference);
        body_put_number(body, "sequence", row.sequence);
        status = append(store, ENTRY_VIEW, reference, body, now, error);
    }
    arena_release(&arena);
    return status;
}

enum status export_write(struct store *store, const char *const *reference, size_t count,
                         enum export_form form, const char *path, struct moment now,
                         struct error *error)
{
    struct buf text = {0};
    enum status status = add_all(store, reference, count, form, &text, error);

    if (status == STATUS_OK)
        status = file_write(path, buf_text(&text), text.length, false, error);
    buf_release(&text);
    if (status != STATUS_OK)
        return status;
    status = append_export(store, reference, count, form, now, error);
    if (status != STATUS_OK)
        unlink(path);
    return status;
}
