/* SPDX-License-Identifier: MIT */
/*
 * INI files, read with iniparser, with the line of every key.
 *
 * iniparser drops duplicates, cuts values at ; and #, stops at 1,024 characters a line,
 * lower-cases names and prints on stderr. Here each of those is an error that names the file
 * and line: whatever iniparser would read otherwise than a person does is refused. A file is
 * read as people see it or not at all.
 *
 *     [section name]           lower case letters, digits, - . and one space between words
 *     key = value              value to the end of the line
 *     key = "value; with # "   double quotes around a value that holds ; or #
 *     ; comment, # comment     on lines of their own
 *
 * Sections and keys keep the order of the file.
 */
#ifndef DISCERN_BASE_INI_H
#define DISCERN_BASE_INI_H

#include <stddef.h>

#include "base/mem.h"
#include "base/status.h"

#define INI_LINE_MAX 1000         /* characters; iniparser stops at 1,024 */
#define INI_FILE_MAX (4u << 20)   /* bytes; larger is no settings file */

struct ini_key {
    const char *name;
    const char *value; /* never NULL; "" if nothing stands after the = */
    int line;
    size_t section; /* index into ini.section */
};

struct ini_section {
    const char *name; /* as written: "question consent" */
    const char *file; /* the name used in errors */
    int line;
    size_t first, count; /* its keys: ini.key[first .. first + count) */
};

struct ini {
    const char *file; /* the name used in errors */
    struct ini_section *section;
    size_t section_count;
    struct ini_key *key;
    size_t key_count;
    struct arena arena; /* owns everything above */
};

/* Reads `length` bytes of text; `name` is used in errors. STATUS_BAD_DATA with file and line
 * for anything that is not such a file. Release with ini_release. */
MUST_CHECK enum status ini_read(const char *name, const char *text, size_t length,
                                struct ini *ret_ini, struct error *error);

/* As ini_read, from a file. STATUS_NOT_FOUND, STATUS_IO or STATUS_BAD_DATA. */
MUST_CHECK enum status ini_load(const char *path, struct ini *ret_ini, struct error *error);

void ini_release(struct ini *ini);

/* The section of that name, or NULL. The key of that name within it (`section` may be NULL), or
 * NULL. Borrowed. */
const struct ini_section *ini_find_section(const struct ini *ini, const char *name);
const struct ini_key *ini_find(const struct ini *ini, const struct ini_section *section,
                               const char *name);

/* The value of a key, or `otherwise` if there is none. */
const char *ini_value(const struct ini *ini, const struct ini_section *section,
                      const char *name, const char *otherwise);

#endif
