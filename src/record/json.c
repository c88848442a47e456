/* SPDX-License-Identifier: MIT */
/* JSON as bodies use it: the only file that reads or writes it with jansson's own options. */
#include "record/json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* --- Reading ------------------------------------------------------------------------------ */

/* Reals have many spellings and no place in a body; nulls mean nothing that absence does not.
 * jansson has limited the depth already. */
static bool only_known_types(json_t *value)
{
    const char *name;
    json_t *member;
    size_t i;

    switch (json_typeof(value)) {
    case JSON_OBJECT:
        json_object_foreach(value, name, member)
        {
            if (!only_known_types(member))
                return false;
        }
        return true;
    case JSON_ARRAY:
        json_array_foreach(value, i, member)
        {
            if (!only_known_types(member))
                return false;
        }
        return true;
    case JSON_REAL:
    case JSON_NULL:
        return false;
    default:
        return true;
    }
}

enum status body_read(const char *bytes, size_t length, const char *thing, json_t **ret_body,
                      struct error *error)
{
    json_error_t problem;
    json_t *body;

    if (length > BODY_MAX)
        return fail(error, STATUS_BAD_DATA, NULL, "This is no %s: it is %zu bytes long.", thing,
                    length);
    body = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &problem);
    if (!body)
        return fail(error, STATUS_BAD_DATA, NULL, "This is no %s: %s at byte %d.", thing,
                    problem.text, problem.position);
    if (!json_is_object(body) || !only_known_types(body)) {
        json_decref(body);
        return fail(error, STATUS_BAD_DATA, NULL,
                    "This is no %s: it must be a JSON object without fractions and nulls.",
                    thing);
    }
    *ret_body = body;
    return STATUS_OK;
}

/* One step of a path: an object's member or a list's element. */
static json_t *step(const json_t *value, const char *name, size_t length)
{
    if (json_is_array(value))
        return json_array_get(value, strtoul(name, NULL, 10));
    return json_object_getn(value, name, length);
}

json_t *body_at(const json_t *body, const char *path)
{
    size_t length = strcspn(path, ".");
    json_t *value = step(body, path, length);

    while (value && path[length] == '.') {
        path += length + 1;
        length = strcspn(path, ".");
        value = step(value, path, length);
    }
    return value;
}

const char *body_text(const json_t *body, const char *path)
{
    const char *text = json_string_value(body_at(body, path));

    return text ? text : "";
}

long long body_number(const json_t *body, const char *path)
{
    return json_integer_value(body_at(body, path));
}

bool body_flag(const json_t *body, const char *path)
{
    return json_is_true(body_at(body, path));
}

size_t body_count(const json_t *body, const char *path)
{
    return json_array_size(body_at(body, path));
}

json_t *body_element(const json_t *body, const char *path, size_t index)
{
    return json_array_get(body_at(body, path), index);
}

/* --- Writing ------------------------------------------------------------------------------ */

static int add_bytes(const char *bytes, size_t length, void *out)
{
    buf_add(out, bytes, length);
    return 0;
}

void body_write(json_t *body, struct buf *out)
{
    if (json_dump_callback(body, add_bytes, out, JSON_SORT_KEYS | JSON_COMPACT) != 0)
        die("A body could not be written as JSON.");
    json_decref(body);
}

/* jansson answers NULL, or not 0, for want of memory. */
static json_t *made(json_t *value)
{
    if (!value)
        die("There is no memory left.");
    return value;
}

json_t *body_object(void)
{
    return made(json_object());
}

json_t *body_list(void)
{
    return made(json_array());
}

static json_t *new_text(const char *text)
{
    size_t length = strlen(text);
    struct buf sound = {0};
    json_t *value;
    uint32_t code;
    char bytes[4];

    if (utf8_valid(text, length, NULL))
        return made(json_stringn(text, length));
    for (size_t at = 0; at < length;) {
        at += utf8_decode(text + at, length - at, &code);
        buf_add(&sound, bytes, utf8_encode(code, bytes));
    }
    value = made(json_stringn(buf_text(&sound), sound.length));
    buf_release(&sound);
    return value;
}

void body_put(json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, made(value)) != 0)
        die("There is no memory left.");
}

void body_append(json_t *list, json_t *value)
{
    if (json_array_append_new(list, made(value)) != 0)
        die("There is no memory left.");
}

void body_put_text(json_t *object, const char *name, const char *text)
{
    if (text && text[0])
        body_put(object, name, new_text(text));
}

void body_put_number(json_t *object, const char *name, long long number)
{
    body_put(object, name, json_integer(number));
}

void body_put_flag(json_t *object, const char *name, bool flag)
{
    body_put(object, name, json_boolean(flag));
}

void body_put_day(json_t *object, const char *name, date day)
{
    char text[DATE_SIZE];

    date_iso(day, text);
    body_put_text(object, name, text);
}

void body_put_moment(json_t *object, const char *name, struct moment moment)
{
    char text[MOMENT_SIZE];

    if (moment.us == 0)
        return;
    moment_iso(moment, text);
    body_put_text(object, name, text);
}

void body_put_person(json_t *object, const char *name, const struct person *person)
{
    json_t *inner = body_object();

    body_put_text(inner, "name", person->name);
    body_put_text(inner, "full", person->full);
    body_put_text(inner, "role", role_id(person->role));
    body_put_text(inner, "team", person->team);
    body_put(object, name, inner);
}

void body_put_list(json_t *object, const char *name, json_t *list)
{
    if (json_array_size(list) > 0)
        body_put(object, name, list);
    else
        json_decref(list);
}

/* --- Tables of fields --------------------------------------------------------------------- */

static bool outcome_from(const char *id, void *ret_value)
{
    return outcome_parse(id, ret_value);
}

static const char *outcome_to(const void *value)
{
    return outcome_id(*(const enum outcome *)value);
}

const struct names outcome_names = {outcome_from, outcome_to};

static const char *const stance_id[] = {
    [STANCE_OPEN] = "open", [STANCE_FOLLOW] = "follow", [STANCE_DEPART] = "depart"};

static bool stance_from(const char *id, void *ret_value)
{
    for (size_t i = 0; i < COUNT(stance_id); i++) {
        if (strcmp(stance_id[i], id) == 0) {
            *(enum stance *)ret_value = (enum stance)i;
            return true;
        }
    }
    return false;
}

static const char *stance_to(const void *value)
{
    return stance_id[*(const enum stance *)value];
}

const struct names stance_names = {stance_from, stance_to};

/* Reads one member; false if the value is not of its kind. */
static bool member_read(const struct field *field, const json_t *value, struct arena *arena,
                        void *member)
{
    const char *text = json_string_value(value);

    switch (field->kind) {
    case FIELD_TEXT:
        if (text)
            *(const char **)member = arena_strdup(arena, text);
        return text;
    case FIELD_FLAG:
        *(bool *)member = json_is_true(value);
        return json_is_boolean(value);
    case FIELD_NUMBER:
        *(long long *)member = json_integer_value(value);
        return json_is_integer(value);
    case FIELD_DAY:
        return text && date_parse(text, member);
    case FIELD_MOMENT:
        return text && moment_parse(text, member);
    case FIELD_NAME:
        return text && field->names->parse(text, member);
    }
    return false;
}

static void member_clear(const struct field *field, void *member)
{
    if (field->kind == FIELD_TEXT)
        *(const char **)member = "";
    else if (field->kind == FIELD_DAY)
        *(date *)member = DATE_NONE;
}

enum status fields_read(const json_t *body, const struct field *field, size_t count,
                        const char *thing, struct arena *arena, void *into, struct error *error)
{
    for (size_t i = 0; i < count; i++) {
        void *member = (char *)into + field[i].offset;
        const json_t *value = body_at(body, field[i].path);

        member_clear(&field[i], member);
        if (!value && !field[i].required)
            continue;
        if (!value)
            return fail_at(error, STATUS_BAD_DATA, NULL, 0, field[i].path, NULL,
                           "This is no whole %s: '%s' is missing.", thing, field[i].path);
        if (!member_read(&field[i], value, arena, member))
            return fail_at(error, STATUS_BAD_DATA, NULL, 0, field[i].path, NULL,
                           "This is no sound %s: '%s' is not what it must be.", thing,
                           field[i].path);
    }
    return STATUS_OK;
}

static void member_write(json_t *object, const char *name, const struct field *field,
                         const void *member)
{
    switch (field->kind) {
    case FIELD_TEXT:
        body_put_text(object, name, *(const char *const *)member);
        break;
    case FIELD_FLAG:
        body_put_flag(object, name, *(const bool *)member);
        break;
    case FIELD_NUMBER:
        body_put_number(object, name, *(const long long *)member);
        break;
    case FIELD_DAY:
        body_put_day(object, name, *(const date *)member);
        break;
    case FIELD_MOMENT:
        body_put_moment(object, name, *(const struct moment *)member);
        break;
    case FIELD_NAME:
        body_put_text(object, name, field->names->id(member));
        break;
    }
}

/* The object at one step of a path, made if it is not there. */
static json_t *enter(json_t *object, const char *name, size_t length)
{
    json_t *inner = json_object_getn(object, name, length);

    if (!inner) {
        inner = body_object();
        if (json_object_setn_new(object, name, length, inner) != 0)
            die("There is no memory left.");
    }
    return inner;
}

void fields_write(json_t *body, const struct field *field, size_t count, const void *from)
{
    for (size_t i = 0; i < count; i++) {
        json_t *object = body;
        const char *name = field[i].path, *dot;

        for (; (dot = strchr(name, '.')); name = dot + 1)
            object = enter(object, name, (size_t)(dot - name));
        member_write(object, name, &field[i], (const char *)from + field[i].offset);
    }
}
