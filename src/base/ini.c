/* SPDX-License-Identifier: MIT */
/*
 * INI files: iniparser reads them, and what it read must be what stands there. Nothing is ever
 * read silently otherwise.
 */
#include "base/ini.h"

#include <errno.h>
#include <iniparser/iniparser.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/ini_scan.h"

static int say_nothing(const char *format, ...)
{
    (void)format;
    return 0;
}

/* Lets iniparser, which reads named files only, read text from memory. NULL if it cannot. */
static dictionary *parse(const struct buf *plain)
{
    int fd = memfd_create("ini", MFD_CLOEXEC);
    dictionary *parsed = NULL;
    const char *text = buf_text(plain);
    size_t left = plain->length;
    ssize_t done = 0;
    char path[40];

    if (fd < 0)
        return NULL;
    while (left > 0 && (done = write(fd, text, left)) > 0) {
        text += done;
        left -= (size_t)done;
    }
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    iniparser_set_error_callback(say_nothing);
    if (left == 0)
        parsed = iniparser_load(path);
    iniparser_set_error_callback(NULL);
    close(fd);
    return parsed;
}

static enum status differs(const struct ini *ini, int line, const char *field,
                           struct error *error)
{
    return fail_at(error, STATUS_BAD_DATA, ini->file, line, field, "Write it more simply.",
                   "This line can be read in more than one way.");
}

/* Whether iniparser found the same sections, keys and values, and no others. */
static enum status compare(const struct ini *ini, const dictionary *parsed, struct error *error)
{
    struct buf name = {0};
    const struct ini_section *section;
    enum status status = STATUS_OK;
    const char *value;

    for (size_t i = 0; i < ini->section_count && status == STATUS_OK; i++)
        if (!iniparser_find_entry(parsed, ini->section[i].name))
            status = differs(ini, ini->section[i].line, ini->section[i].name, error);
    for (size_t i = 0; i < ini->key_count && status == STATUS_OK; i++) {
        section = &ini->section[ini->key[i].section];
        buf_clear(&name);
        buf_printf(&name, "%s:%s", section->name, ini->key[i].name);
        value = iniparser_getstring(parsed, buf_text(&name), NULL);
        if (!value || strcmp(value, ini->key[i].value) != 0)
            status = differs(ini, ini->key[i].line, buf_text(&name), error);
    }
    if (status == STATUS_OK && (size_t)parsed->n != ini->section_count + ini->key_count)
        status = differs(ini, 0, NULL, error);
    buf_release(&name);
    return status;
}

enum status ini_read(const char *name, const char *text, size_t length, struct ini *ret_ini,
                     struct error *error)
{
    struct ini ini = {0};
    struct buf plain = {0};
    dictionary *parsed = NULL;
    enum status status;

    ini.file = arena_strdup(&ini.arena, name);
    if (length > INI_FILE_MAX) {
        status = fail_at(error, STATUS_BAD_DATA, name, 0, NULL, "Check that it is this file.",
                         "This file is larger than %u bytes.", INI_FILE_MAX);
        goto out;
    }
    status = ini_scan(&ini, text, length, &plain, error);
    if (status != STATUS_OK)
        goto out;
    parsed = parse(&plain);
    status = parsed ? compare(&ini, parsed, error)
                    : fail_at(error, STATUS_IO, name, 0, NULL,
                              "Check that memory is left and that /proc is there.",
                              "This file could not be handed to the reader of INI files.");
    if (status == STATUS_OK) {
        *ret_ini = ini;
        ini = (struct ini){0};
    }
out:
    if (parsed)
        iniparser_freedict(parsed);
    buf_release(&plain);
    ini_release(&ini);
    return status;
}

enum status ini_load(const char *path, struct ini *ret_ini, struct error *error)
{
    struct buf text = {0};
    enum status status = file_read(path, INI_FILE_MAX, &text, error);

    if (status == STATUS_OK)
        status = ini_read(path, buf_text(&text), text.length, ret_ini, error);
    buf_release(&text);
    return status;
}

void ini_release(struct ini *ini)
{
    struct arena arena = ini->arena;

    arena_release(&arena);
    *ini = (struct ini){0};
}

const struct ini_section *ini_find_section(const struct ini *ini, const char *name)
{
    for (size_t i = 0; i < ini->section_count; i++)
        if (strcmp(ini->section[i].name, name) == 0)
            return &ini->section[i];
    return NULL;
}

const struct ini_key *ini_find(const struct ini *ini, const struct ini_section *section,
                               const char *name)
{
    if (!section)
        return NULL;
    for (size_t i = section->first; i < section->first + section->count; i++)
        if (strcmp(ini->key[i].name, name) == 0)
            return &ini->key[i];
    return NULL;
}

const char *ini_value(const struct ini *ini, const struct ini_section *section,
                      const char *name, const char *otherwise)
{
    const struct ini_key *key = ini_find(ini, section, name);

    return key ? key->value : otherwise;
}
