/* SPDX-License-Identifier: MIT */
/* The closed lists of a pack: types and their fields, keeps, kinds of findings. Tables only. */
#include "base/mem.h"
#include "policy/pack.h"

struct field {
    const char *id, *label;
    bool is_date;
};

static const struct field person_fields[] = {
    {"name", "Name", false},
    {"born", "Date of birth", true},
    {"reference", "Reference", false},
};

static const struct field organisation_fields[] = {
    {"name", "Organisation", false},
    {"person", "Person", false},
    {"role", "Role", false},
    {"contact", "Contact", false},
};

static const struct field text_field[] = {{"", "", false}};
static const struct field date_field[] = {{"", "", true}};

static const struct {
    const char *id;
    size_t field_count;
} types[] = {
#define X(name, id, fields) [QUESTION_##name] = {id, fields},
    QUESTION_TYPE_TABLE(X)
#undef X
};

static const struct field *const fields[QUESTION_TYPE_COUNT] = {
    [QUESTION_TEXT] = text_field,
    [QUESTION_DATE] = date_field,
    [QUESTION_PERSON] = person_fields,
    [QUESTION_ORGANISATION] = organisation_fields,
};

static const char *const keeps[] = {
#define X(name, id) [KEEP_##name] = id,
    KEEP_TABLE(X)
#undef X
};

static const struct {
    const char *id, *words;
} kinds[] = {
#define X(name, id, words) [FINDING_##name] = {id, words},
    FINDING_KIND_TABLE(X)
#undef X
};

size_t question_field_count(enum question_type type)
{
    return types[type].field_count;
}

const char *question_field_id(enum question_type type, size_t field)
{
    return fields[type][field].id;
}

const char *question_field_label(enum question_type type, size_t field)
{
    return fields[type][field].label;
}

bool question_field_is_date(enum question_type type, size_t field)
{
    return fields[type][field].is_date;
}

const char *question_type_id(enum question_type type)
{
    return types[type].id;
}

const char *keep_id(enum keep keep)
{
    return keeps[keep];
}

const char *finding_kind_id(enum finding_kind kind)
{
    return kinds[kind].id;
}

const char *finding_kind_words(enum finding_kind kind)
{
    return kinds[kind].words;
}
