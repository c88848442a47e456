/* SPDX-License-Identifier: MIT */
/*
 * JSON as bodies use it: canonical (keys sorted by byte, nothing between the tokens, UTF-8,
 * integers only), no nulls, and what is empty is left out. Tables say which field of a body is
 * which member of a struct, so that reading and writing one cannot drift apart.
 *
 * A path names a field: names joined by dots, a number for a place in a list, "subject.0.name".
 */
#ifndef DISCERN_RECORD_JSON_H
#define DISCERN_RECORD_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/status.h"
#include "record/record.h"

#define BODY_MAX ((size_t)8 << 20) /* bytes; a longer body is no body of ours */

/* Reads an object: no duplicate keys, no reals, no NULs, nothing after it. The caller frees it
 * with json_decref. STATUS_BAD_DATA; `thing` ("record", "draft") is used in the error. */
MUST_CHECK enum status body_read(const char *bytes, size_t length, const char *thing,
                                 json_t **ret_body, struct error *error);

/* Appends the canonical form and frees the body. */
void body_write(json_t *body, struct buf *out);

/* The value at a path, or NULL. Its text ("" if there is none), number (0) or flag (false). */
json_t *body_at(const json_t *body, const char *path);
const char *body_text(const json_t *body, const char *path);
long long body_number(const json_t *body, const char *path);
bool body_flag(const json_t *body, const char *path);

/* The list at a path: its length (0 if there is no list) and its elements. */
size_t body_count(const json_t *body, const char *path);
json_t *body_element(const json_t *body, const char *path, size_t index);

/* Adds a member; text that is NULL or "", a day that is DATE_NONE and a moment of 0 are left
 * out. Malformed UTF-8 is made U+FFFD: a record that cannot be written helps nobody. `value`
 * is taken over. */
void body_put(json_t *object, const char *name, json_t *value);
void body_put_text(json_t *object, const char *name, const char *text);
void body_put_number(json_t *object, const char *name, long long number);
void body_put_flag(json_t *object, const char *name, bool flag);
void body_put_day(json_t *object, const char *name, date day);
void body_put_moment(json_t *object, const char *name, struct moment moment);
void body_put_person(json_t *object, const char *name, const struct person *person);
void body_append(json_t *list, json_t *value);

/* Adds the list unless it is empty; takes it over. */
void body_put_list(json_t *object, const char *name, json_t *list);

json_t *body_object(void);
json_t *body_list(void);

/* --- Tables of fields --------------------------------------------------------------------- */

/* A set of names: how an enum stands in a body. */
struct names {
    bool (*parse)(const char *id, void *ret_value);
    const char *(*id)(const void *value);
};

enum field_kind {
    FIELD_TEXT,   /* const char *, "" if absent */
    FIELD_FLAG,   /* bool */
    FIELD_NUMBER, /* long long */
    FIELD_DAY,    /* date, DATE_NONE if absent */
    FIELD_MOMENT, /* struct moment */
    FIELD_NAME    /* an enum, by `names` */
};

struct field {
    const char *path;
    enum field_kind kind;
    bool required;
    size_t offset; /* of the member */
    const struct names *names;
};

/* Fills the members from the body; texts are copied into the arena. STATUS_BAD_DATA naming the
 * field if one is of another type, or required and absent. */
MUST_CHECK enum status fields_read(const json_t *body, const struct field *field, size_t count,
                                   const char *thing, struct arena *arena, void *into,
                                   struct error *error);

/* Adds the members to the body, making the objects that the paths go through. */
void fields_write(json_t *body, const struct field *field, size_t count, const void *from);

/* "share-in-part"; "open", "follow", "depart". */
extern const struct names outcome_names, stance_names;

#endif
