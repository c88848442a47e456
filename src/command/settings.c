/* SPDX-License-Identifier: MIT */
/* Settings, driven by their table. Never asks and never prints; reads one file and the
 * environment. */
#include "command/settings.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ini.h"
#include "base/suggest.h"

#define SYSTEM_FILE "/etc/discern.ini"

static const struct {
    const char *section, *key, *value;
    enum setting_kind kind;
} table[] = {
#define X(name, section, key, kind, value, help)                                               \
    [SETTING_##name] = {section, key, value, SETTING_IS_##kind},
    SETTING_TABLE(X)
#undef X
};

static bool is_switch(const char *value)
{
    return strcmp(value, "yes") == 0 || strcmp(value, "no") == 0;
}

/* Kinds that are numbers. */
static const struct {
    long least, most;
    const char *remedy;
} bounds[] = {
    [SETTING_IS_SECONDS] = {5, 3600, "Write whole seconds, for example 600."},
    [SETTING_IS_DAYS] = {1, 365, "Write whole days, for example 7."},
};

/* The number that a value says, or 0 if it is out of bounds or none. */
static int number_of(enum setting_kind kind, const char *value)
{
    char *end;
    long number = strtol(value, &end, 10);

    if (end == value || *end || number < bounds[kind].least || number > bounds[kind].most)
        return 0;
    return (int)number;
}

static enum status check_value(const struct ini *ini, const struct ini_key *key,
                               enum setting_kind kind, struct error *error)
{
    if (kind == SETTING_IS_SWITCH && !is_switch(key->value))
        return fail_at(error, STATUS_BAD_DATA, ini->file, key->line, key->name,
                       "Write yes or no.", "'%s' is neither yes nor no.", key->value);
    if (kind >= SETTING_IS_SECONDS && !number_of(kind, key->value))
        return fail_at(error, STATUS_BAD_DATA, ini->file, key->line, key->name,
                       bounds[kind].remedy, "'%s' is not a number from %ld to %ld.", key->value,
                       bounds[kind].least, bounds[kind].most);
    return STATUS_OK;
}

static enum status unknown_section(const struct ini *ini, const struct ini_section *section,
                                   struct error *error)
{
    struct suggest suggest = {.wrong = section->name};
    char text[120];

    for (size_t i = 0; i < SETTING_COUNT; i++)
        suggest_offer(&suggest, table[i].section);
    suggest_text(&suggest, "See discern.ini(5).", text, sizeof(text));
    return fail_at(error, STATUS_BAD_DATA, ini->file, section->line, NULL, text,
                   "There is no section [%s] in the settings.", section->name);
}

static enum status unknown_key(const struct ini *ini, const char *section,
                               const struct ini_key *key, struct error *error)
{
    struct suggest suggest = {.wrong = key->name};
    char text[120];

    for (size_t i = 0; i < SETTING_COUNT; i++) {
        if (strcmp(table[i].section, section) == 0)
            suggest_offer(&suggest, table[i].key);
    }
    suggest_text(&suggest, "See discern.ini(5).", text, sizeof(text));
    return fail_at(error, STATUS_BAD_DATA, ini->file, key->line, key->name, text,
                   "Section [%s] has no setting of this name.", section);
}

static bool known_section(const char *name)
{
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        if (strcmp(table[i].section, name) == 0)
            return true;
    }
    return false;
}

static size_t find(const char *section, const char *key)
{
    size_t i = 0;

    while (i < SETTING_COUNT &&
           (strcmp(table[i].section, section) != 0 || strcmp(table[i].key, key) != 0))
        i++;
    return i;
}

static enum status take_section(struct settings *settings, const struct ini *ini,
                                const struct ini_section *section, struct error *error)
{
    enum status status;

    if (!known_section(section->name))
        return unknown_section(ini, section, error);
    for (size_t i = section->first; i < section->first + section->count; i++) {
        const struct ini_key *key = &ini->key[i];
        size_t number = find(section->name, key->name);

        if (number == SETTING_COUNT)
            return unknown_key(ini, section->name, key, error);
        status = check_value(ini, key, table[number].kind, error);
        if (status != STATUS_OK)
            return status;
        settings_set(settings, (enum setting)number, key->value);
    }
    return STATUS_OK;
}

/* Only a file that somebody named must be there. */
static enum status take_file(struct settings *settings, const char *path, bool must_exist,
                             struct error *error)
{
    struct ini ini = {0};
    enum status status = ini_load(path, &ini, error);

    if (status == STATUS_NOT_FOUND && !must_exist) {
        *error = (struct error){0};
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; status == STATUS_OK && i < ini.section_count; i++)
        status = take_section(settings, &ini, &ini.section[i], error);
    ini_release(&ini);
    return status;
}

static const char *environment(const char *name)
{
    const char *value = getenv(name);

    return value && value[0] ? value : NULL;
}

static void take_environment(struct settings *settings)
{
    const char *store = environment("DISCERN_STORE"), *data = environment("DISCERN_DATA");

    if (store)
        settings_set(settings, SETTING_STORE, store);
    if (data)
        settings_set(settings, SETTING_DATA, data);
}

enum status settings_load(struct settings *ret_settings, struct error *error)
{
    const char *named = environment("DISCERN_CONFIG");
    struct settings settings = {0};
    enum status status;

    for (size_t i = 0; i < SETTING_COUNT; i++)
        settings.value[i] = table[i].value;
    status = take_file(&settings, named ? named : SYSTEM_FILE, named != NULL, error);
    if (status != STATUS_OK) {
        settings_release(&settings);
        return status;
    }
    take_environment(&settings);
    *ret_settings = settings;
    return STATUS_OK;
}

void settings_release(struct settings *settings)
{
    arena_release(&settings->arena);
}

void settings_set(struct settings *settings, enum setting setting, const char *value)
{
    settings->value[setting] = arena_strdup(&settings->arena, value);
}

const char *setting(const struct settings *settings, enum setting setting)
{
    return settings->value[setting];
}

bool setting_yes(const struct settings *settings, enum setting setting)
{
    return strcmp(settings->value[setting], "yes") == 0;
}

int setting_number(const struct settings *settings, enum setting setting)
{
    enum setting_kind kind = table[setting].kind;
    int number = number_of(kind, settings->value[setting]);

    return number ? number : number_of(kind, table[setting].value);
}

static const char *home(void)
{
    const char *dir = environment("HOME");
    const struct passwd *user = dir ? NULL : getpwuid(getuid());

    if (user)
        dir = user->pw_dir;
    return dir ? dir : "/";
}

const char *settings_store_dir(struct settings *settings)
{
    const char *dir = settings->value[SETTING_STORE];

    return dir[0] ? dir
                  : arena_printf(&settings->arena, "%s/.local/share/discern/store", home());
}

const char *settings_data_dir(struct settings *settings)
{
    const char *dir = settings->value[SETTING_DATA];

    return dir[0] ? dir : DATA_DIR;
}

const char *settings_preset(const struct settings *settings, const char *key)
{
    size_t number = find("organisation", key);

    return number < SETTING_COUNT && settings->value[number][0] ? settings->value[number]
                                                                : NULL;
}
