/* SPDX-License-Identifier: MIT */
/* Parts written and found, and troubles in words. */
#include "exchange/parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void parts_put(struct buf *out, const char *name, const void *bytes, size_t length)
{
    buf_printf(out, "%s %zu\n", name, length);
    buf_add(out, bytes, length);
}

void parts_put_text(struct buf *out, const char *name, const char *text)
{
    parts_put(out, name, text, strlen(text));
}

/* Reads "name length\n" at `at`. False unless that many bytes follow. */
static bool read_label(const struct buf *parts, size_t *at, size_t *ret_name,
                       struct part *ret_part)
{
    const char *line = parts->text + *at;
    size_t left = parts->length - *at, name, length = 0;
    const char *newline = memchr(line, '\n', left < 100 ? left : 100);
    const char *blank = newline ? memchr(line, ' ', (size_t)(newline - line)) : NULL;

    if (!blank || newline - blank < 2 || newline - blank > 12)
        return false;
    name = (size_t)(blank - line);
    for (const char *digit = blank + 1; digit < newline; digit++) {
        if (*digit < '0' || *digit > '9')
            return false;
        length = 10 * length + (size_t)(*digit - '0');
    }
    left -= (size_t)(newline + 1 - line);
    if (length > left)
        return false;
    *ret_name = name;
    *ret_part = (struct part){newline + 1, length};
    *at += (size_t)(newline + 1 - line) + length;
    return true;
}

bool parts_find(const struct buf *parts, const char *name, struct part *ret_part)
{
    size_t at = 0, length = strlen(name), found;

    while (at < parts->length) {
        const char *label = parts->text + at;
        struct part part;

        if (!read_label(parts, &at, &found, &part))
            return false;
        if (found == length && memcmp(label, name, length) == 0) {
            *ret_part = part;
            return true;
        }
    }
    return false;
}

void parts_copy(const struct buf *parts, const char *name, struct buf *out)
{
    struct part part = {"", 0};

    parts_find(parts, name, &part);
    buf_add(out, part.bytes, part.length);
}

char *parts_text(const struct buf *parts, const char *name)
{
    struct part part = {"", 0};

    parts_find(parts, name, &part);
    return xstrndup(part.bytes, part.length);
}

/* --- Troubles ----------------------------------------------------------------------------- */

static const struct {
    const char *id;
    enum status status;
    const char *title, *action;
    bool again;
} troubles[] = {
#define X(name, id, status, title, action, again) {id, STATUS_##status, title, action, again},
    TROUBLE_TABLE(X)
#undef X
};

const char *trouble_id(enum trouble trouble)
{
    return troubles[trouble].id;
}

const char *trouble_title(enum trouble trouble)
{
    return troubles[trouble].title;
}

const char *trouble_action(enum trouble trouble)
{
    return troubles[trouble].action;
}

bool trouble_again(enum trouble trouble)
{
    return troubles[trouble].again;
}

enum trouble trouble_of(const char *id)
{
    for (int i = 0; i < TROUBLE_COUNT; i++) {
        if (strcmp(troubles[i].id, id) == 0)
            return (enum trouble)i;
    }
    return TROUBLE_FAULT;
}

enum status trouble_fail(enum trouble trouble, const char *detail, struct error *error)
{
    return fail(error, troubles[trouble].status, troubles[trouble].action, "%s%s%s.",
                troubles[trouble].title, detail[0] ? ": " : "", detail);
}
