/* SPDX-License-Identifier: MIT */
/* Duties, from the bytes of a record, and the entries that say that they were done. */
#include "record/follow_up.h"

#include <string.h>

#include "base/utf8.h"
#include "record/parsed.h"

#define US_PER_DAY ((int64_t)86400 * 1000000)
#define US_PER_MINUTE ((int64_t)60 * 1000000)

static const struct {
    const char *id, *words;
} kinds[] = {
#define X(name, id, words) [DUTY_##name] = {id, words},
    DUTY_KIND_TABLE(X)
#undef X
};

const char *duty_kind_id(enum duty_kind kind)
{
    return kinds[kind].id;
}

const char *duty_kind_words(enum duty_kind kind)
{
    return kinds[kind].words;
}

bool duty_kind_parse(const char *id, enum duty_kind *ret_kind)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (strcmp(kinds[i].id, id) == 0) {
            *ret_kind = (enum duty_kind)i;
            return true;
        }
    }
    return false;
}

/* --- Duties ------------------------------------------------------------------------------- */

struct duties {
    struct duty_to_do *list;
    size_t count;
    struct arena *arena;
};

/* Adds one, unless the decision has one of that id: ids lead to it. */
static void add(struct duties *duties, enum duty_kind kind, const char *id, const char *text,
                struct moment due)
{
    for (size_t i = 0; i < duties->count; i++) {
        if (strcmp(duties->list[i].id, id) == 0)
            return;
    }
    duties->list[duties->count++] =
        (struct duty_to_do){.kind = kind,
                            .id = arena_strdup(duties->arena, id),
                            .text = arena_strdup(duties->arena, text),
                            .due = due};
}

/* The last second of a day on the wall where the record was signed. */
static struct moment end_of_day(date day, struct moment signed_at)
{
    return (struct moment){(day + INT64_C(1)) * US_PER_DAY -
                               signed_at.offset_minutes * US_PER_MINUTE - 1000000,
                           signed_at.offset_minutes};
}

static void add_must(struct duties *duties, const json_t *must)
{
    struct moment due = {0};

    if (body_text(must, "id")[0]) {
        if (!moment_parse(body_text(must, "due"), &due))
            due = (struct moment){0};
        add(duties, DUTY_MUST, body_text(must, "id"), body_text(must, "text"), due);
    }
}

static void add_review(struct duties *duties, const json_t *body)
{
    struct moment signed_at = {0};
    date review;

    if (!moment_parse(body_text(body, "times.signed"), &signed_at))
        signed_at = (struct moment){0};
    if (date_parse(body_text(body, "review"), &review))
        add(duties, DUTY_LOOK_AGAIN, duty_kind_id(DUTY_LOOK_AGAIN),
            "Look at the decision again: does it still hold?", end_of_day(review, signed_at));
}

void body_duties(const json_t *body, struct arena *arena, struct duty_to_do **ret_duties,
                 size_t *ret_count)
{
    struct duties duties = {.arena = arena};

    /* Room for a reviewer's return as well, which the store adds. */
    duties.list =
        arena_alloc(arena, (body_count(body, "must") + DUTY_KIND_COUNT) * sizeof(*duties.list));
    for (size_t i = 0; i < body_count(body, "must"); i++)
        add_must(&duties, body_element(body, "must", i));
    add_review(&duties, body);
    *ret_duties = duties.list;
    *ret_count = duties.count;
}

enum status record_duties(const char *bytes, size_t length, struct arena *arena,
                          struct duty_to_do **ret_duties, size_t *ret_count,
                          struct error *error)
{
    json_t *body;
    enum status status = body_read(bytes, length, "record", &body, error);

    if (status != STATUS_OK)
        return status;
    body_duties(body, arena, ret_duties, ret_count);
    json_decref(body);
    return STATUS_OK;
}

bool duty_overdue(const struct duty_to_do *duty, struct moment now)
{
    return !duty->done && duty->due.us && duty->kind != DUTY_AMEND && duty->due.us < now.us;
}

/* --- Bodies ------------------------------------------------------------------------------- */

static const struct field fields[] = {
    {"reference", FIELD_TEXT, true, offsetof(struct follow_up, reference), NULL},
    {"duty", FIELD_TEXT, true, offsetof(struct follow_up, duty), NULL},
    {"message", FIELD_TEXT, true, offsetof(struct follow_up, message), NULL},
    {"done", FIELD_MOMENT, false, offsetof(struct follow_up, done), NULL},
};

enum status follow_up_check(const struct follow_up *follow_up, struct error *error)
{
    if (!follow_up->duty || !follow_up->duty[0])
        return fail_at(error, STATUS_REFUSED, NULL, 0, "duty",
                       "Choose one of those that `discern todo` lists.",
                       "It is not said what of this decision was done.");
    if (utf8_blank(follow_up->message))
        return fail_at(error, STATUS_REFUSED, NULL, 0, "message",
                       "Write what was done, in a sentence.",
                       "Nothing is marked as done without saying what was done.");
    return STATUS_OK;
}

void follow_up_compose(const struct follow_up *follow_up, const struct person *by,
                       struct moment at, struct buf *out)
{
    json_t *body = body_object();

    body_put_number(body, "schema", RECORD_SCHEMA);
    body_put_text(body, "kind", "follow-up");
    fields_write(body, fields, COUNT(fields), follow_up);
    body_put_moment(body, "at", at);
    body_put_person(body, "by", by);
    body_write(body, out);
}

enum status body_follow_up(const json_t *body, struct arena *arena,
                           struct follow_up *ret_follow_up, struct error *error)
{
    struct follow_up follow_up = {0};
    enum status status =
        fields_read(body, fields, COUNT(fields), "follow-up", arena, &follow_up, error);

    if (status == STATUS_OK && follow_up_check(&follow_up, error) != STATUS_OK) {
        error->status = STATUS_BAD_DATA;
        status = STATUS_BAD_DATA;
    }
    if (status == STATUS_OK)
        *ret_follow_up = follow_up;
    return status;
}

enum status follow_up_read(const char *bytes, size_t length, struct arena *arena,
                           struct follow_up *ret_follow_up, struct error *error)
{
    json_t *body;
    enum status status = body_read(bytes, length, "follow-up", &body, error);

    if (status != STATUS_OK)
        return status;
    status = body_follow_up(body, arena, ret_follow_up, error);
    json_decref(body);
    return status;
}
