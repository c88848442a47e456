/* SPDX-License-Identifier: MIT */
/*
 * What a press means. Reads the keys of ACT_TABLE by the names it shows, so that what the help
 * says and what a key does are one thing. Knows no terminal.
 */
#include "ui/press.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

struct row {
    unsigned reach;
    const char *keys; /* each ended by a NUL; `end` is the end of the last */
    const char *end;
    const char *name, *help;
};

static const struct row table[ACT_COUNT] = {[ACT_NONE] = {0, "", "", "", ""},
#define X(act, reach, keys, name, help)                                                        \
    [ACT_##act] = {reach, keys, keys + sizeof(keys) - 1, name, help},
                                            ACT_TABLE(X)
#undef X
};

/* Keys that are called by one name; those with a text or a letter are named by it. */
static const char *const names[] = {
    [PRESS_ENTER] = "Enter",
    [PRESS_ESC] = "Esc",
    [PRESS_TAB] = "Tab",
    [PRESS_BACKTAB] = "Shift-Tab",
    [PRESS_UP] = "Up",
    [PRESS_DOWN] = "Down",
    [PRESS_LEFT] = "Left",
    [PRESS_RIGHT] = "Right",
    [PRESS_WORD_LEFT] = "Ctrl-Left",
    [PRESS_WORD_RIGHT] = "Ctrl-Right",
    [PRESS_HOME] = "Home",
    [PRESS_END] = "End",
    [PRESS_PAGE_UP] = "PgUp",
    [PRESS_PAGE_DOWN] = "PgDn",
    [PRESS_BACKSPACE] = "Backspace",
    [PRESS_DELETE] = "Delete",
    [PRESS_F1] = "F1",
};

static const struct row *row_of(enum act act)
{
    return &table[(size_t)act < ACT_COUNT ? act : ACT_NONE];
}

const char *act_key(enum act act, size_t nth)
{
    const struct row *row = row_of(act);

    for (const char *key = row->keys; key < row->end; key += strlen(key) + 1)
        if (nth-- == 0)
            return key;
    return NULL;
}

const char *act_keys(enum act act)
{
    return row_of(act)->keys;
}

const char *act_name(enum act act)
{
    return row_of(act)->name;
}

const char *act_help(enum act act)
{
    return row_of(act)->help;
}

unsigned act_reach(enum act act)
{
    return row_of(act)->reach;
}

/* What the table calls the key; "" if it has no name there. */
static void name_press(const struct press *press, char name[16])
{
    const char *known = "";

    if (press->kind == PRESS_CTRL) {
        snprintf(name, 16, "Ctrl-%c", press->letter < 'a' ? press->letter : press->letter - 32);
        return;
    }
    if (press->kind == PRESS_TEXT)
        known = strcmp(press->text, " ") == 0 ? "Space" : press->text;
    else if ((size_t)press->kind < COUNT(names) && names[press->kind])
        known = names[press->kind];
    snprintf(name, 16, "%s", known);
}

static bool has_key(enum act act, const char *name)
{
    const char *key;
    bool digit = name[0] >= '1' && name[0] <= '9' && !name[1];

    for (size_t i = 0; (key = act_key(act, i)); i++)
        if (strcmp(key, digit ? "1-9" : name) == 0)
            return true;
    return false;
}

static enum act find_act(const char *name, unsigned reach)
{
    for (enum act act = ACT_NONE + 1; name[0] && act < ACT_COUNT; act++)
        if ((act_reach(act) & reach) && has_key(act, name))
            return act;
    return ACT_NONE;
}

enum act act_of(const struct press *press, unsigned reach)
{
    /* The narrower meaning comes first: Enter in a text of several lines is a new line. */
    static const unsigned order[] = {REACH_LINES, REACH_TEXT, REACH_LIST, REACH_EVERYWHERE};
    enum act act = ACT_NONE;
    char name[16];

    name_press(press, name);
    for (size_t i = 0; i < COUNT(order) && !act; i++)
        if (order[i] & (reach | REACH_EVERYWHERE))
            act = find_act(name, order[i]);
    if (act || !(reach & REACH_TEXT))
        return act;
    return press->kind == PRESS_TEXT ? ACT_TYPE : find_act(name, REACH_LIST);
}
