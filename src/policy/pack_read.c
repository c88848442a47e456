/* SPDX-License-Identifier: MIT */
/*
 * Loading a pack: goes through the sections and keys of the file by the tables of each kind of
 * section. Knows nothing of what the keys mean, and opens no file.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "policy/pack_reader.h"

#define SECTIONS_MAX 4000 /* a pack with more is not one that anybody wrote */
#define RULES_MAX 1000

/* In the order in which they may stand in the file. */
static const struct section_rule *const section_rules[SECTION_KIND_COUNT] = {
    [SECTION_PACK] = &pack_section,       [SECTION_SOURCE] = &source_section,
    [SECTION_STEP] = &step_section,       [SECTION_QUESTION] = &question_section,
    [SECTION_FINDING] = &finding_section, [SECTION_OUTCOME] = &outcome_section,
    [SECTION_MUST] = &must_section,       [SECTION_STOP] = &stop_section,
    [SECTION_NEVER] = &never_section,     [SECTION_RETENTION] = &retention_section,
    [SECTION_CLOCK] = &clock_section,     [SECTION_SCENARIO] = &scenario_section,
    [SECTION_ACCEPT] = &accept_section,
};

/* --- errors ------------------------------------------------------------------------------ */

static enum status fail_here(struct reader *reader, const char *remedy, const char *what)
{
    char field[120];

    snprintf(field, sizeof(field), "[%s]%s%s", reader->section->name, reader->key ? " " : "",
             reader->key ? reader->key->name : "");
    return fail_at(reader->error, STATUS_BAD_DATA, reader->section->file,
                   reader->key ? reader->key->line : reader->section->line, field, remedy, "%s",
                   what);
}

enum status reader_fail(struct reader *reader, const char *remedy, const char *what_format, ...)
{
    va_list list;
    char what[400];

    va_start(list, what_format);
    vsnprintf(what, sizeof(what), what_format, list);
    va_end(list);
    return fail_here(reader, remedy, what);
}

enum status reader_fail_near(struct reader *reader, const struct suggest *suggest,
                             const char *otherwise, const char *what_format, ...)
{
    va_list list;
    char what[400], remedy[300];

    va_start(list, what_format);
    vsnprintf(what, sizeof(what), what_format, list);
    va_end(list);
    suggest_text(suggest, otherwise, remedy, sizeof(remedy));
    return fail_here(reader, remedy, what);
}

/* --- ids --------------------------------------------------------------------------------- */

static bool well_formed_id(const char *id)
{
    size_t length = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-");

    return !id[length] && length && length <= ID_MAX && id[0] >= 'a' && id[0] <= 'z';
}

enum status reader_check_id(struct reader *reader, const char *id)
{
    static const char *const taken[] = {"and", "or", "not", "is", "one", "answered"};

    if (!well_formed_id(id))
        return reader_fail(reader,
                           "Begin with a letter; use lower case letters, digits and hyphens, "
                           "at most 60.",
                           "'%s' cannot be a name.", id);
    for (size_t i = 0; i < COUNT(taken); i++) {
        if (!strcmp(taken[i], id))
            return reader_fail(reader, "Choose another name.",
                               "'%s' is a word of the condition language.", id);
    }
    return STATUS_OK;
}

/* --- sections ---------------------------------------------------------------------------- */

static enum status check_section_id(struct reader *reader, const struct section_rule *rule,
                                    const char *id)
{
    if (rule->has_id && !id[0])
        return reader_fail(reader, "Write it after the kind, as in [question consent].",
                           "This section has no name of its own.");
    if (!rule->has_id && id[0])
        return reader_fail(reader, "Write the kind alone, as in [pack].",
                           "This section takes no name of its own.");
    return rule->has_id ? reader_check_id(reader, id) : STATUS_OK;
}

enum status reader_kind(struct reader *reader, const struct section_rule *const *rules,
                        size_t count, size_t *ret_number, const char **ret_id)
{
    const char *name = reader->section->name, *space = strchr(name, ' ');
    char *kind = arena_strndup(&reader->pack->arena, name,
                               space ? (size_t)(space - name) : strlen(name));
    struct suggest suggest = {.wrong = kind};

    for (size_t i = 0; i < count; i++) {
        if (!strcmp(rules[i]->name, kind)) {
            *ret_number = i;
            *ret_id = space ? space + 1 : "";
            return check_section_id(reader, rules[i], *ret_id);
        }
        suggest_offer(&suggest, rules[i]->name);
    }
    return reader_fail_near(reader, &suggest, "Use one of those that discern-policy(5) lists.",
                            "'%s' is not a kind of section.", kind);
}

/* The kind and the id of a section's name, "question consent". */
static enum status section_of(struct reader *reader, enum section_kind *ret_kind,
                              const char **ret_id)
{
    size_t number = 0;
    enum status status =
        reader_kind(reader, section_rules, SECTION_KIND_COUNT, &number, ret_id);

    *ret_kind = (enum section_kind)number;
    return status;
}

/* Questions and findings stand among each other; all other kinds in the order of the table. */
static enum status check_order(struct reader *reader, enum section_kind *last,
                               enum section_kind kind)
{
    bool among = kind == SECTION_QUESTION && *last == SECTION_FINDING;

    if (reader->section == reader->ini->section && kind != SECTION_PACK)
        return reader_fail(reader, "Begin the file with the section [pack].",
                           "A pack begins with what it is.");
    if (kind < *last && !among)
        return reader_fail(
            reader,
            "The order is pack, sources, steps, questions and findings, "
            "outcomes, musts, stops, nevers, retention, clocks, scenarios, accepts.",
            "A section of kind '%s' cannot stand after one of kind '%s'.",
            section_rules[kind]->name, section_rules[*last]->name);
    *last = kind;
    return STATUS_OK;
}

/* First look: names and order, and how many of each there are. */
static enum status count_sections(struct reader *reader, size_t count[SECTION_KIND_COUNT])
{
    enum section_kind last = SECTION_PACK, kind;
    enum status status = STATUS_OK;
    const char *id;

    for (size_t i = 0; i < reader->ini->section_count && !status; i++) {
        reader->section = &reader->ini->section[i];
        status = section_of(reader, &kind, &id);
        if (!status)
            status = check_order(reader, &last, kind);
        if (!status)
            count[kind]++;
    }
    return status;
}

/* --- keys -------------------------------------------------------------------------------- */

static bool is_prefix(const struct key_rule *rule)
{
    return rule->name[strlen(rule->name) - 1] == '.';
}

/* The row of the table for the key, or NULL; sets reader->suffix. */
static const struct key_rule *find_key_rule(struct reader *reader,
                                            const struct section_rule *section)
{
    const char *name = reader->key->name;

    for (size_t i = 0; i < section->key_count; i++) {
        const struct key_rule *rule = &section->keys[i];
        size_t length = strlen(rule->name);

        if (is_prefix(rule) ? !strncmp(name, rule->name, length) && name[length]
                            : !strcmp(name, rule->name)) {
            reader->suffix = is_prefix(rule) ? name + length : "";
            return rule;
        }
    }
    return NULL;
}

static enum status fail_unknown_key(struct reader *reader, const struct section_rule *section)
{
    struct suggest suggest = {.wrong = reader->key->name};
    const char *dot = strchr(reader->key->name, '.');

    for (size_t i = 0; i < section->key_count; i++) {
        const struct key_rule *rule = &section->keys[i];

        if (is_prefix(rule) && dot)
            suggest_offer(&suggest,
                          arena_printf(&reader->pack->arena, "%s%s", rule->name, dot + 1));
        else if (!is_prefix(rule))
            suggest_offer(&suggest, rule->name);
    }
    return reader_fail_near(reader, &suggest,
                            "Remove it, or see discern-policy(5) for its keys.",
                            "A section of kind '%s' has no such key.", section->name);
}

static enum status check_known(struct reader *reader, const struct section_rule *section)
{
    const struct ini_section *here = reader->section;

    for (size_t i = here->first; i < here->first + here->count; i++) {
        reader->key = &reader->ini->key[i];
        if (!find_key_rule(reader, section))
            return fail_unknown_key(reader, section);
    }
    reader->key = NULL;
    return STATUS_OK;
}

static enum status check_required(struct reader *reader, const struct section_rule *section)
{
    for (size_t i = 0; i < section->key_count; i++) {
        const struct key_rule *rule = &section->keys[i];
        const struct ini_key *key = ini_find(reader->ini, reader->section, rule->name);

        if (!rule->required)
            continue;
        if (!key)
            return reader_fail(reader, "Add it to this section.", "The key '%s' is missing.",
                               rule->name);
        reader->key = key;
        if (!key->value[0])
            return reader_fail(reader, "Write its value after the =.",
                               "The key '%s' has no value.", rule->name);
        reader->key = NULL;
    }
    return STATUS_OK;
}

static enum status check_keys(struct reader *reader, const struct section_rule *section)
{
    enum status status = check_known(reader, section);

    return status ? status : check_required(reader, section);
}

static enum status read_keys(struct reader *reader, const struct section_rule *section,
                             enum pass pass, char *object)
{
    const struct ini_section *here = reader->section;
    enum status status = STATUS_OK;

    for (size_t i = here->first; i < here->first + here->count && !status; i++) {
        const struct key_rule *rule;

        reader->key = &reader->ini->key[i];
        rule = find_key_rule(reader, section);
        if (rule->pass == pass)
            status = rule->read(reader, object + rule->offset);
    }
    if (!status)
        reader->key = NULL;
    return status;
}

/* --- passes ------------------------------------------------------------------------------ */

/* The object of the next section of its kind. */
static char *next_object(struct reader *reader, enum section_kind kind)
{
    reader->index = reader->count[kind]++;
    return (char *)reader->object[kind] + reader->index * section_rules[kind]->size;
}

/* An object before its keys are read: words that are not given are "", days DATE_NONE. */
static void begin_object(struct reader *reader, const struct section_rule *rule, char *object,
                         const char *id)
{
    for (size_t i = 0; i < rule->key_count; i++) {
        const struct key_rule *key = &rule->keys[i];

        if (key->read == read_text || key->read == read_id)
            *(const char **)(object + key->offset) = "";
        else if (key->read == read_day)
            *(date *)(object + key->offset) = DATE_NONE;
    }
    if (!rule->has_id)
        return;
    *(const char **)(object + rule->id_offset) = arena_strdup(&reader->pack->arena, id);
    *(int *)(object + rule->line_offset) = reader->section->line;
}

enum status reader_section(struct reader *reader, const struct section_rule *rule,
                           const char *id, enum pass pass, void *object)
{
    enum status status = STATUS_OK;

    reader->key = NULL;
    if (pass == PASS_NAMES) {
        begin_object(reader, rule, object, id);
        status = check_keys(reader, rule);
    }
    if (!status)
        status = read_keys(reader, rule, pass, object);
    if (!status && rule->finish[pass])
        status = rule->finish[pass](reader, object);
    return status;
}

static enum status read_section(struct reader *reader, enum pass pass)
{
    enum section_kind kind;
    enum status status;
    const char *id;

    reader->key = NULL;
    status = section_of(reader, &kind, &id);
    if (status)
        return status;
    status = reader_section(reader, section_rules[kind], id, pass, next_object(reader, kind));
    if (kind == SECTION_QUESTION || kind == SECTION_FINDING)
        reader->limit++;
    return status;
}

static enum status run_pass(struct reader *reader, enum pass pass)
{
    enum status status = STATUS_OK;

    memset(reader->count, 0, sizeof(reader->count));
    reader->limit = 0;
    for (size_t i = 0; i < reader->ini->section_count && !status; i++) {
        reader->section = &reader->ini->section[i];
        status = read_section(reader, pass);
    }
    return status;
}

/* --- the whole --------------------------------------------------------------------------- */

static enum status check_counts(struct reader *reader, const size_t count[SECTION_KIND_COUNT])
{
    static const enum section_kind needed[] = {SECTION_STEP, SECTION_QUESTION, SECTION_OUTCOME,
                                               SECTION_RETENTION};

    if (reader->ini->section_count == 0)
        return fail_at(reader->error, STATUS_BAD_DATA, reader->ini->file, 1, NULL,
                       "Begin the file with the section [pack].", "This file holds no pack.");
    if (reader->ini->section_count > SECTIONS_MAX ||
        count[SECTION_QUESTION] + count[SECTION_FINDING] > RULES_MAX)
        return reader_fail(reader, "Split it into several packs.",
                           "This pack is too large: at most %d sections, and %d questions and "
                           "findings, fit into one.",
                           SECTIONS_MAX, RULES_MAX);
    for (size_t i = 0; i < COUNT(needed); i++) {
        if (!count[needed[i]])
            return reader_fail(reader, "Add one.", "The pack has no section of kind '%s'.",
                               section_rules[needed[i]]->name);
    }
    return STATUS_OK;
}

static void make_room(struct reader *reader, const size_t count[SECTION_KIND_COUNT])
{
    struct pack *pack = reader->pack;
    struct arena *arena = &pack->arena;
    size_t rules = count[SECTION_QUESTION] + count[SECTION_FINDING];

    for (size_t i = 0; i < SECTION_KIND_COUNT; i++)
        reader->object[i] = arena_alloc(arena, count[i] * section_rules[i]->size + 1);
    reader->object[SECTION_PACK] = pack;
    reader->rule = arena_alloc(arena, rules * sizeof(*reader->rule));
    reader->option = arena_alloc(arena, count[SECTION_QUESTION] * sizeof(*reader->option));
    reader->duty = arena_alloc(arena, count[SECTION_OUTCOME] * sizeof(*reader->duty));
    pack->source = reader->object[SECTION_SOURCE];
    pack->source_count = count[SECTION_SOURCE];
    pack->step = reader->object[SECTION_STEP];
    pack->step_count = count[SECTION_STEP];
    pack->rule = reader->rule;
    pack->rule_count = rules;
    pack->question = reader->object[SECTION_QUESTION];
    pack->question_count = count[SECTION_QUESTION];
    pack->finding = reader->object[SECTION_FINDING];
    pack->finding_count = count[SECTION_FINDING];
    pack->outcome = reader->object[SECTION_OUTCOME];
    pack->outcome_count = count[SECTION_OUTCOME];
    pack->must = reader->object[SECTION_MUST];
    pack->must_count = count[SECTION_MUST];
    pack->stop = reader->object[SECTION_STOP];
    pack->stop_count = count[SECTION_STOP];
    pack->never = reader->object[SECTION_NEVER];
    pack->never_count = count[SECTION_NEVER];
    pack->retention = reader->object[SECTION_RETENTION];
    pack->retention_count = count[SECTION_RETENTION];
    pack->clock = reader->object[SECTION_CLOCK];
    pack->clock_count = count[SECTION_CLOCK];
    pack->scenario = reader->object[SECTION_SCENARIO];
    pack->scenario_count = count[SECTION_SCENARIO];
    pack->accept = reader->object[SECTION_ACCEPT];
    pack->accept_count = count[SECTION_ACCEPT];
}

static enum status read_pack(struct reader *reader)
{
    size_t count[SECTION_KIND_COUNT] = {0};
    enum status status = count_sections(reader, count);

    if (!status)
        status = check_counts(reader, count);
    if (status)
        return status;
    make_room(reader, count);
    status = run_pass(reader, PASS_NAMES);
    if (!status)
        status = pack_check_names(reader);
    if (!status)
        status = run_pass(reader, PASS_LINKS);
    return status ? status : pack_check(reader);
}

/* Which sections came from another file than the pack's. */
static void note_files(struct pack *pack, const struct ini *ini)
{
    const char **added = arena_alloc(&pack->arena, ini->section_count * sizeof(*added));

    for (size_t i = 0; i < ini->section_count; i++) {
        const struct ini_section *section = &ini->section[i];

        if (section->file == ini->file)
            continue;
        added[pack->added_count++] = arena_strdup(&pack->arena, section->name);
        if (!pack->added_file)
            pack->added_file = arena_strdup(&pack->arena, section->file);
    }
    pack->added = added;
}

enum status pack_read_sections(const struct ini *ini, const struct digest *fingerprint,
                               struct pack **ret_pack, struct error *error)
{
    struct pack *pack = xcalloc(1, sizeof(*pack));
    struct reader reader = {.ini = ini, .error = error, .pack = pack};
    enum status status;

    pack->file = arena_strdup(&pack->arena, ini->file);
    pack->fingerprint = *fingerprint;
    status = read_pack(&reader);
    if (status) {
        pack_free(pack);
        return status;
    }
    note_files(pack, ini);
    *ret_pack = pack;
    return STATUS_OK;
}

enum status pack_read(const char *name, const char *text, size_t length, struct pack **ret_pack,
                      struct error *error)
{
    struct digest fingerprint = digest_of(&(struct span){text, length}, 1);
    struct ini ini;
    enum status status = ini_read(name, text, length, &ini, error);

    if (status)
        return status;
    status = pack_read_sections(&ini, &fingerprint, ret_pack, error);
    ini_release(&ini);
    return status;
}
