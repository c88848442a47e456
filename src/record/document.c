/* SPDX-License-Identifier: MIT */
/* The Record of Sharing as an excerpt of a record, and the register of agreements. */
#include "record/document.h"

#include <string.h>

#include "record/json.h"
#include "record/print_document.h"

static const struct {
    const char *id, *words;
} kinds[] = {
#define X(name, id, words) {id, words},
    DOCUMENT_TABLE(X)
#undef X
};

const char *document_id(enum document_kind kind)
{
    return kinds[kind].id;
}

bool document_parse(const char *id, enum document_kind *ret_kind)
{
    for (int i = 0; i < DOCUMENT_KIND_COUNT; i++) {
        if (strcmp(kinds[i].id, id) == 0) {
            *ret_kind = (enum document_kind)i;
            return true;
        }
    }
    return false;
}

static json_t *begin(enum document_kind kind)
{
    json_t *body = body_object();

    body_put_number(body, "schema", DOCUMENT_SCHEMA);
    body_put_text(body, "kind", document_id(kind));
    return body;
}

/* --- The Record of Sharing ---------------------------------------------------------------- */

/* The fields of a record that the form needs: who shares with whom, under what, why and how.
 * Not whom it is about: the reference leads there whoever may know. */
static const char *const needed[] = {
    "reference",
    "amends",
    "restricted",
    "agreement",
    "programme",
    "day",
    "times.signed",
    "practitioner",
    "terms.title",
    "terms.records-to",
    "terms.programme.title",
    "requester.short",
    "recipient.short",
    "purpose.words",
    "repeat.words",
    "method.words",
    "told.words",
    "retention.title",
    "retention.review",
    "review",
};

static void put_at(json_t *object, const char *path, json_t *value)
{
    const char *dot = strchr(path, '.');
    char name[32];
    json_t *inner;

    if (!dot) {
        body_put(object, path, json_incref(value));
        return;
    }
    snprintf(name, sizeof(name), "%.*s", (int)(dot - path), path);
    inner = json_object_get(object, name);
    if (!inner) {
        inner = body_object();
        body_put(object, name, inner);
    }
    put_at(inner, dot + 1, value);
}

static void copy(const json_t *from, const char *const *path, size_t count, json_t *into)
{
    for (size_t i = 0; i < count; i++) {
        json_t *value = body_at(from, path[i]);

        if (value)
            put_at(into, path[i], value);
    }
}

/* Of each element that `pick` takes, the named fields. */
typedef bool pick(const json_t *element, const struct pack *pack);

static void copy_list(const json_t *record, const char *list, pick *picks,
                      const struct pack *pack, const char *const *path, size_t count,
                      json_t *body)
{
    json_t *copies = body_list();

    for (size_t i = 0; i < body_count(record, list); i++) {
        const json_t *element = body_element(record, list, i);

        if (picks(element, pack)) {
            json_t *one = body_object();

            copy(element, path, count, one);
            body_append(copies, one);
        }
    }
    body_put_list(body, list, copies);
}

/* Whether the agreement added a section, "must county-record", to the pack. */
static bool added(const struct pack *pack, const char *kind, const char *id)
{
    size_t length = strlen(kind);

    for (size_t i = 0; i < pack->added_count; i++) {
        const char *name = pack->added[i];

        if (strncmp(name, kind, length) == 0 && strcmp(name + length, id) == 0)
            return true;
    }
    return false;
}

static bool is_shared(const json_t *item, const struct pack *pack)
{
    (void)pack;
    return body_flag(item, "shared");
}

/* What the agreement itself asked, such as whether it is one-off. */
static bool is_asked(const json_t *entry, const struct pack *pack)
{
    return added(pack, "question ", body_text(entry, "id"));
}

static bool is_demanded(const json_t *must, const struct pack *pack)
{
    return added(pack, "must ", body_text(must, "id"));
}

static bool is_footing(const json_t *finding, const struct pack *pack)
{
    const char *kind = body_text(finding, "kind");

    (void)pack;
    return strcmp(kind, "basis") == 0 || strcmp(kind, "condition") == 0 ||
           strcmp(kind, "gateway") == 0;
}

static bool asks_for_one(const json_t *record, const struct pack *pack)
{
    enum outcome outcome;

    if (!body_text(record, "terms.records-to")[0] ||
        !outcome_parse(body_text(record, "decision.outcome"), &outcome) ||
        !outcome_shares(outcome))
        return false;
    for (size_t i = 0; i < body_count(record, "must"); i++) {
        if (is_demanded(body_element(record, "must", i), pack))
            return true;
    }
    return false;
}

static void excerpt(const json_t *record, const struct pack *pack, struct buf *out)
{
    static const char *const of_item[] = {"what"};
    static const char *const of_question[] = {"id", "ask", "words"};
    static const char *const of_finding[] = {"id", "kind", "kind-title", "says", "cite"};
    static const char *const of_must[] = {"id", "text", "due"};
    json_t *body = begin(DOCUMENT_RECORD_OF_SHARING);

    copy(record, needed, COUNT(needed), body);
    copy_list(record, "items", is_shared, pack, of_item, COUNT(of_item), body);
    copy_list(record, "path", is_asked, pack, of_question, COUNT(of_question), body);
    copy_list(record, "findings", is_footing, pack, of_finding, COUNT(of_finding), body);
    copy_list(record, "must", is_demanded, pack, of_must, COUNT(of_must), body);
    body_write(body, out);
}

enum status record_of_sharing(const char *bytes, size_t length, const struct pack *pack,
                              struct buf *out, struct error *error)
{
    json_t *record;
    enum status status = body_read(bytes, length, "record", &record, error);

    if (status != STATUS_OK)
        return status;
    if (asks_for_one(record, pack))
        excerpt(record, pack, out);
    else
        status = fail(error, STATUS_REFUSED, "Leave it out, or send the decision itself.",
                      "No agreement asks for a Record of Sharing of %s.",
                      body_text(record, "reference"));
    json_decref(record);
    return status;
}

/* --- The register of agreements ----------------------------------------------------------- */

json_t *agreement_to_json(const struct agreement *agreement, date day)
{
    struct parties parties = agreement_parties(agreement, day);
    json_t *object = body_object();

    body_put_text(object, "id", agreement->id);
    body_put_text(object, "title", agreement->title);
    body_put_text(object, "owner", agreement->owner);
    body_put_text(object, "contact", agreement->contact);
    body_put_text(object, "jurisdiction", agreement->jurisdiction);
    body_put_text(object, "records-to", agreement->records_to);
    body_put_day(object, "dated", agreement->dated);
    body_put_day(object, "review-by", agreement->review_by);
    body_put_day(object, "withdrawn", agreement->withdrawn);
    body_put_text(object, "state", agreement_state_id(agreement_state(agreement, day)));
    body_put_number(object, "parties", (long long)parties.count);
    body_put_number(object, "signatories", (long long)parties.signatories);
    body_put_number(object, "undated", (long long)parties.undated);
    return object;
}

void register_of_agreements(const struct agreement *const *list, size_t count, date day,
                            struct buf *out)
{
    json_t *body = begin(DOCUMENT_AGREEMENT_REGISTER), *agreements = body_list();

    for (size_t i = 0; i < count; i++)
        body_append(agreements, agreement_to_json(list[i], day));
    body_put_day(body, "day", day);
    body_put(body, "agreements", agreements);
    body_write(body, out);
}

/* --- Either ------------------------------------------------------------------------------- */

enum status document_read(const char *body, size_t length, struct arena *arena,
                          struct document *ret_document, struct error *error)
{
    enum document_kind kind;
    const char *reference;
    struct buf text = {0};
    json_t *object;
    enum status status = body_read(body, length, "document", &object, error);

    if (status != STATUS_OK)
        return status;
    reference = body_text(object, "reference");
    if (document_parse(body_text(object, "kind"), &kind)) {
        const char *title = arena_printf(arena, "%s%s%s", kinds[kind].words,
                                         reference[0] ? " " : "", reference);

        print_document(object, title, &text);
        *ret_document =
            (struct document){.kind = document_id(kind),
                              .title = title,
                              .agreement = arena_strdup(arena, body_text(object, "agreement")),
                              .reference = arena_strdup(arena, reference),
                              .body = arena_strndup(arena, body, length),
                              .text = arena_strdup(arena, buf_text(&text))};
    } else {
        status = fail(error, STATUS_BAD_DATA, "Ask for it again.",
                      "This is no document that Discern knows.");
    }
    buf_release(&text);
    json_decref(object);
    return status;
}
