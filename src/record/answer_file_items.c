/* SPDX-License-Identifier: MIT */
/* The items of an answer file, and what its parts share: keys that are not known, and problems
 * that name their key. */
#include "record/answer_file.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/suggest.h"

enum status answer_file_fail(struct error *error, const struct ini *ini,
                             const struct ini_key *key, const char *remedy, const char *format,
                             ...)
{
    char what[400];
    va_list list;

    va_start(list, format);
    vsnprintf(what, sizeof(what), format, list);
    va_end(list);
    return fail_at(error, STATUS_BAD_DATA, ini->file, key->line, key->name, remedy, "%s", what);
}

enum status answer_file_keys(const struct ini *ini, const struct ini_section *section,
                             const char *const *names, size_t count, struct error *error)
{
    for (size_t i = section->first; i < section->first + section->count; i++) {
        const struct ini_key *key = &ini->key[i];
        struct suggest suggest = {.wrong = key->name};
        char remedy[160];
        size_t nr = 0;

        while (nr < count && strcmp(names[nr], key->name) != 0)
            suggest_offer(&suggest, names[nr++]);
        if (nr == count)
            return answer_file_fail(
                error, ini, key,
                suggest_text(&suggest, "discern(1), ANSWER FILES, lists what may stand here.",
                             remedy, sizeof(remedy)),
                "'%s' is not known here.", key->name);
    }
    return STATUS_OK;
}

bool answer_file_is_item(const struct ini_section *section)
{
    return strncmp(section->name, "item ", 5) == 0;
}

const struct ini_section *answer_file_first_item(const struct ini *ini)
{
    for (size_t i = 0; i < ini->section_count; i++) {
        if (answer_file_is_item(&ini->section[i]))
            return &ini->section[i];
    }
    return NULL;
}

static enum status read_yes(const struct ini *ini, const struct ini_section *section,
                            const char *name, bool otherwise, bool *ret_yes,
                            struct error *error)
{
    const struct ini_key *key = ini_find(ini, section, name);
    const char *value = key ? key->value : otherwise ? "yes" : "no";

    if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
        return answer_file_fail(error, ini, key, "Write yes or no.",
                                "'%s' is neither yes nor no.", value);
    *ret_yes = strcmp(value, "yes") == 0;
    return STATUS_OK;
}

static enum status read_flags(const struct ini *ini, const struct ini_key *key,
                              const struct question *question, bits *ret_flags,
                              struct error *error)
{
    const char *at = key->value;
    bits flags = 0;

    while (*(at += strspn(at, ", "))) {
        char *id = xstrndup(at, strcspn(at, ", "));
        size_t option = question_find_option(question, id);
        enum status status = STATUS_OK;

        at += strlen(id);
        if (option != NO_OPTION) {
            flags |= BIT(option);
        } else {
            struct suggest suggest = {.wrong = id};
            char remedy[160];

            for (size_t i = 0; i < question->option_count; i++)
                suggest_offer(&suggest, question->option[i].id);
            status = answer_file_fail(error, ini, key,
                                      suggest_text(&suggest, "discern policy print lists them.",
                                                   remedy, sizeof(remedy)),
                                      "Items have no flag '%s'.", id);
        }
        free(id);
        if (status != STATUS_OK)
            return status;
    }
    *ret_flags = flags;
    return STATUS_OK;
}

/* The strings of the item are borrowed from the file: answer_items copies them. */
static enum status read_item(const struct ini *ini, const struct ini_section *section,
                             const struct question *question, struct arena *arena,
                             struct item *item, struct error *error)
{
    static const char *const names[] = {"what", "requested", "share", "reason", "flags"};
    const struct ini_key *flags = ini_find(ini, section, "flags");
    const struct ini_key *share = ini_find(ini, section, "share");
    enum status status = answer_file_keys(ini, section, names, COUNT(names), error);

    if (status != STATUS_OK)
        return status;
    item->what = arena_strdup(arena, ini_value(ini, section, "what", ""));
    item->reason = arena_strdup(arena, ini_value(ini, section, "reason", ""));
    if (!item->what[0] || !share)
        return fail_at(error, STATUS_BAD_DATA, ini->file, section->line, section->name,
                       "Give each item what = and share = yes or no.", "[%s] does not say %s.",
                       section->name, item->what[0] ? "whether it is shared" : "what it is");
    status = read_yes(ini, section, "requested", true, &item->requested, error);
    if (status == STATUS_OK)
        status = read_yes(ini, section, "share", false, &item->shared, error);
    if (status == STATUS_OK && flags)
        status = read_flags(ini, flags, question, &item->flags, error);
    return status;
}

enum status answer_file_items(const struct ini *ini, struct decision *decision, size_t at,
                              const struct ini_key *key, struct error *error)
{
    const struct question *question = &decision->pack->question[at];
    struct item *item = xcalloc(ini->section_count, sizeof(*item));
    struct arena arena = {0};
    enum status status = STATUS_OK;
    size_t count = 0;

    if (key)
        status = answer_file_fail(error, ini, key, "Give them as [item 1], [item 2] and so on.",
                                  "The items of '%s' do not stand here.", question->id);
    for (size_t i = 0; status == STATUS_OK && i < ini->section_count; i++) {
        if (answer_file_is_item(&ini->section[i]))
            status = read_item(ini, &ini->section[i], question, &arena, &item[count++], error);
    }
    if (status == STATUS_OK)
        status = answer_items(&decision->answers, at, item, count, decision->begun, error);
    arena_release(&arena);
    free(item);
    return status;
}
