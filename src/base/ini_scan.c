/* SPDX-License-Identifier: MIT */
/* The lines of an INI file. Refuses what another reader could take otherwise; guesses nothing.
 */
#include "base/ini_scan.h"

#include <string.h>

#include "base/utf8.h"

#define NAME_LENGTH_MAX 200
#define ENTRIES_MAX 10000 /* sections and keys; each is compared with those before it */

struct scan {
    struct ini *ini;
    struct error *error;
    size_t section_room, key_room;
    int line;
};

/* A stretch of the text; not terminated. */
struct slice {
    const char *text;
    size_t length;
};

#define REFUSE(scan, field, remedy, ...)                                                       \
    fail_at((scan)->error, STATUS_BAD_DATA, (scan)->ini->file, (scan)->line, field, remedy,    \
            __VA_ARGS__)

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

static struct slice trimmed(struct slice slice)
{
    while (slice.length && is_space(slice.text[0])) {
        slice.text++;
        slice.length--;
    }
    while (slice.length && is_space(slice.text[slice.length - 1]))
        slice.length--;
    return slice;
}

static bool has(struct slice slice, char c)
{
    return slice.length && memchr(slice.text, c, slice.length);
}

static bool is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/* The first character that a name may not hold, or NULL. */
static const char *wrong_in_name(struct slice name, bool may_hold_spaces)
{
    for (size_t i = 0; i < name.length; i++) {
        bool space_between = may_hold_spaces && name.text[i] == ' ' && i > 0 &&
                             i + 1 < name.length && name.text[i + 1] != ' ';

        if (!is_name_character(name.text[i]) && !space_between)
            return name.text + i;
    }
    return NULL;
}

static enum status check_name(struct scan *scan, struct slice name, const char *kind,
                              bool may_hold_spaces)
{
    const char *wrong = wrong_in_name(name, may_hold_spaces);

    if (name.length == 0)
        return REFUSE(scan, NULL, "Write its name.", "This %s has no name.", kind);
    if (name.length > NAME_LENGTH_MAX)
        return REFUSE(scan, NULL, "Shorten it.",
                      "The name of this %s is longer than %d letters.", kind, NAME_LENGTH_MAX);
    if (wrong && *wrong >= 'A' && *wrong <= 'Z')
        return REFUSE(scan, NULL, "Write it in small letters.",
                      "The name of this %s, '%.*s', holds capital letters.", kind,
                      (int)name.length, name.text);
    if (wrong)
        return REFUSE(scan, NULL,
                      may_hold_spaces ? "Use small letters, figures, - and . with one space "
                                        "between words."
                                      : "Use small letters, figures, - and . only.",
                      "The name of this %s, '%.*s', holds '%.*s'.", kind, (int)name.length,
                      name.text,
                      (int)utf8_next(wrong, (size_t)(name.text + name.length - wrong)), wrong);
    return STATUS_OK;
}

static enum status check_room(struct scan *scan)
{
    if (scan->ini->section_count + scan->ini->key_count < ENTRIES_MAX)
        return STATUS_OK;
    return REFUSE(scan, NULL, "Split it into several files.",
                  "This file holds more than %d sections and keys.", ENTRIES_MAX);
}

static size_t doubled(size_t room)
{
    return room ? room * 2 : 64;
}

static enum status add_section(struct scan *scan, struct slice name)
{
    struct ini *ini = scan->ini;
    enum status status = check_name(scan, name, "section", true);
    const struct ini_section *same;
    char *copy;

    if (status == STATUS_OK)
        status = check_room(scan);
    if (status != STATUS_OK)
        return status;
    copy = arena_strndup(&ini->arena, name.text, name.length);
    same = ini_find_section(ini, copy);
    if (same)
        return REFUSE(scan, copy, "Give one of them another name, or bring them together.",
                      "There is a section of this name already, on line %d.", same->line);
    if (ini->section_count == scan->section_room) {
        scan->section_room = doubled(scan->section_room);
        ini->section = arena_grow(&ini->arena, ini->section, ini->section_count,
                                  scan->section_room, sizeof(*ini->section));
    }
    ini->section[ini->section_count++] = (struct ini_section){
        .name = copy, .file = ini->file, .line = scan->line, .first = ini->key_count};
    return STATUS_OK;
}

static enum status read_section(struct scan *scan, struct slice line)
{
    if (line.text[line.length - 1] != ']')
        return REFUSE(scan, NULL, "Put a comment on a line of its own.",
                      "This line begins with [ but does not end with ].");
    return add_section(scan, (struct slice){line.text + 1, line.length - 2});
}

/* Takes the double quotes off a value, or says why they cannot be understood. */
static enum status unquote(struct scan *scan, const char *field, struct slice *value)
{
    static const char advice[] =
        "Use double quotes around the whole value only, and none within it.";

    if (value->length < 2 || value->text[value->length - 1] != '"')
        return REFUSE(scan, field, advice,
                      "This value begins with a double quote that does not "
                      "close at the end of the line.");
    value->text++;
    value->length -= 2;
    if (has(*value, '"'))
        return REFUSE(scan, field, advice, "This value has a double quote within its quotes.");
    if (value->length && (is_space(value->text[0]) || is_space(value->text[value->length - 1])))
        return REFUSE(scan, field, "Take the spaces away.",
                      "This value has spaces just within its quotes.");
    return STATUS_OK;
}

static enum status check_value(struct scan *scan, const char *field, struct slice *value)
{
    if (value->length && value->text[0] == '"')
        return unquote(scan, field, value);
    if (value->length && value->text[0] == '\'')
        return REFUSE(scan, field, "Put double quotes around it.",
                      "This value begins with a single quote, which would be dropped.");
    if (has(*value, ';') || has(*value, '#'))
        return REFUSE(scan, field,
                      "Put double quotes around the value, or the comment on its own line.",
                      "This value holds ; or #, after which it would be cut off.");
    return STATUS_OK;
}

static void add_key(struct scan *scan, const char *name, struct slice value)
{
    struct ini *ini = scan->ini;

    if (ini->key_count == scan->key_room) {
        scan->key_room = doubled(scan->key_room);
        ini->key = arena_grow(&ini->arena, ini->key, ini->key_count, scan->key_room,
                              sizeof(*ini->key));
    }
    ini->key[ini->key_count++] =
        (struct ini_key){.name = name,
                         .value = arena_strndup(&ini->arena, value.text, value.length),
                         .line = scan->line,
                         .section = ini->section_count - 1};
    ini->section[ini->section_count - 1].count++;
}

static enum status read_key(struct scan *scan, struct slice line)
{
    struct ini *ini = scan->ini;
    const char *equals = memchr(line.text, '=', line.length);
    size_t before = equals ? (size_t)(equals - line.text) : 0;
    const struct ini_section *section;
    const struct ini_key *same;
    struct slice name, value;
    enum status status;
    const char *field;
    char *copy;

    if (!equals)
        return REFUSE(scan, NULL, "Write 'key = value', or ; before a comment.",
                      "This line is neither a section, nor a key, nor a comment.");
    if (ini->section_count == 0)
        return REFUSE(scan, NULL, "Begin with a line such as [name].",
                      "This key stands before the first section.");
    name = trimmed((struct slice){line.text, before});
    value = trimmed((struct slice){equals + 1, line.length - before - 1});
    status = check_name(scan, name, "key", false);
    if (status == STATUS_OK)
        status = check_room(scan);
    if (status != STATUS_OK)
        return status;
    section = &ini->section[ini->section_count - 1];
    copy = arena_strndup(&ini->arena, name.text, name.length);
    field = arena_printf(&ini->arena, "[%s] %s", section->name, copy);
    same = ini_find(ini, section, copy);
    if (same)
        return REFUSE(scan, field, "Keep one of them.",
                      "This key stands in this section already, on line %d.", same->line);
    status = check_value(scan, field, &value);
    if (status == STATUS_OK)
        add_key(scan, copy, value);
    return status;
}

/* Refuses what no line may hold, comments included. */
static enum status check_line(struct scan *scan, struct slice line)
{
    struct slice content = trimmed(line);
    uint32_t code;

    if (line.length > INI_LINE_MAX)
        return REFUSE(scan, NULL, "Shorten it, or split it into several keys.",
                      "This line is longer than %d characters.", INI_LINE_MAX);
    if (!utf8_valid(line.text, line.length, NULL))
        return REFUSE(scan, NULL, "Save the file as UTF-8.", "This line is not UTF-8 text.");
    for (size_t at = 0; at < line.length;) {
        at += utf8_decode(line.text + at, line.length - at, &code);
        if (utf8_hidden(code) && code != '\t')
            return REFUSE(scan, NULL, "Take it out.",
                          "This line holds a character that cannot be seen (U+%04X).",
                          (unsigned)code);
    }
    if (content.length && content.text[content.length - 1] == '\\')
        return REFUSE(scan, NULL, "Take it out.",
                      "This line ends in a backslash, which would join it to the next.");
    return STATUS_OK;
}

static enum status read_line(struct scan *scan, struct slice line)
{
    enum status status = check_line(scan, line);
    struct slice content = trimmed(line);

    if (status != STATUS_OK || content.length == 0)
        return status;
    if (content.text[0] == ';' || content.text[0] == '#')
        return STATUS_OK;
    return content.text[0] == '[' ? read_section(scan, content) : read_key(scan, content);
}

enum status ini_scan(struct ini *ini, const char *text, size_t length, struct buf *plain,
                     struct error *error)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    struct scan scan = {.ini = ini, .error = error};
    const char *at = text, *end = text + length, *newline;
    enum status status = STATUS_OK;
    struct slice line;

    if (length >= 3 && memcmp(text, byte_order_mark, 3) == 0)
        at += 3;
    while (at < end && status == STATUS_OK) {
        newline = memchr(at, '\n', (size_t)(end - at));
        line = (struct slice){at, (size_t)((newline ? newline : end) - at)};
        at = newline ? newline + 1 : end;
        if (newline && line.length && line.text[line.length - 1] == '\r')
            line.length--;
        scan.line++;
        status = read_line(&scan, line);
        buf_add(plain, line.text, line.length);
        buf_putc(plain, '\n');
    }
    return status;
}
