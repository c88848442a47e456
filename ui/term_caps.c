/* SPDX-License-Identifier: MIT */
/*
 * What the terminal can do, from terminfo. The only file that includes curses: its low level
 * alone, which knows terminals; the screens are painted by term_paint.c, since a paint must be
 * one write and must not touch rows that stay as they are.
 */
#include "ui/term_caps.h"

#include <curses.h>
#include <term.h>

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const struct {
    const char *name;
    bool needed;
} cap_table[CAP_COUNT] = {
#define X(cap, terminfo, needed) [CAP_##cap] = {terminfo, needed},
    CAP_TABLE(X)
#undef X
};

static const struct {
    const char *name;
    enum press_kind kind;
} key_table[] = {
    {"kcuu1", PRESS_UP},      {"kcud1", PRESS_DOWN},      {"kcub1", PRESS_LEFT},
    {"kcuf1", PRESS_RIGHT},   {"khome", PRESS_HOME},      {"kend", PRESS_END},
    {"kpp", PRESS_PAGE_UP},   {"knp", PRESS_PAGE_DOWN},   {"kdch1", PRESS_DELETE},
    {"kbs", PRESS_BACKSPACE}, {"kcbt", PRESS_BACKTAB},    {"kf1", PRESS_F1},
    {"kent", PRESS_ENTER},    {"kLFT5", PRESS_WORD_LEFT}, {"kRIT5", PRESS_WORD_RIGHT},
};

/* Looks: without colour they differ by these, and by their words. Colour only adds. */
static const struct {
    enum cap cap[2];
    int colour; /* -1 for none; chosen to read on black and on white */
} looks[LOOK_COUNT] = {
    [LOOK_PLAIN] = {{CAP_COUNT, CAP_COUNT}, -1},
    [LOOK_TITLE] = {{CAP_BOLD, CAP_COUNT}, -1},
    [LOOK_HEADING] = {{CAP_BOLD, CAP_COUNT}, -1},
    [LOOK_HINT] = {{CAP_COUNT, CAP_COUNT}, -1},
    [LOOK_FOCUS] = {{CAP_REVERSE, CAP_COUNT}, -1},
    [LOOK_CHOSEN] = {{CAP_BOLD, CAP_COUNT}, -1},
    [LOOK_FIELD] = {{CAP_UNDERLINE, CAP_COUNT}, -1},
    [LOOK_ERROR] = {{CAP_BOLD, CAP_COUNT}, 1},
    [LOOK_WARNING] = {{CAP_BOLD, CAP_COUNT}, 5},
    [LOOK_PROGRESS] = {{CAP_COUNT, CAP_COUNT}, -1},
    [LOOK_FOOTER] = {{CAP_COUNT, CAP_COUNT}, -1},
    [LOOK_BANNER] = {{CAP_BOLD, CAP_REVERSE}, -1},
};

/* The terminfo string of that name, NULL if there is none. */
static const char *string_of(const char *name)
{
    const char *text = tigetstr(name);

    return text == (const char *)-1 ? NULL : text;
}

/* Copies without padding such as "$<5>", which no terminal of today needs; "" if too long. */
static void copy(char *to, size_t size, const char *text)
{
    const char *end;
    size_t length = 0;

    to[0] = '\0';
    while (text && *text && length + 1 < size) {
        end = strncmp(text, "$<", 2) == 0 ? strchr(text, '>') : NULL;
        if (end)
            text = end + 1;
        else
            to[length++] = *text++;
    }
    to[text && *text ? 0 : length] = '\0';
}

static void add(char *to, const char *text)
{
    if (strlen(to) + strlen(text) < CAP_SIZE)
        strcat(to, text);
}

static void load_looks(struct caps *caps, bool colour)
{
    char text[CAP_SIZE];

    for (size_t i = 0; i < LOOK_COUNT; i++) {
        caps->look[i][0] = '\0';
        for (size_t j = 0; j < COUNT(looks[i].cap); j++)
            if (looks[i].cap[j] != CAP_COUNT)
                add(caps->look[i], caps->text[looks[i].cap[j]]);
        if (!colour || looks[i].colour < 0 || !caps->text[CAP_COLOUR][0])
            continue;
        copy(text, sizeof(text), tparm(caps->text[CAP_COLOUR], looks[i].colour));
        add(caps->look[i], text);
    }
    /* What cannot be turned off again must not be turned on. */
    if (!caps->text[CAP_NORMAL][0])
        memset(caps->look, 0, sizeof(caps->look));
}

static void load_keys(struct caps *caps)
{
    struct caps_key *key;

    caps->key_count = 0;
    for (size_t i = 0; i < COUNT(key_table); i++) {
        key = &caps->key[caps->key_count];
        copy(key->bytes, sizeof(key->bytes), string_of(key_table[i].name));
        key->kind = key_table[i].kind;
        /* A single byte could be a letter with Ctrl: those have their meaning already. */
        if (key->bytes[0] == '\033' && key->bytes[1])
            caps->key_count++;
    }
}

static enum status load_strings(struct caps *caps, struct error *error)
{
    bool lacking = tigetflag("gn") > 0 || tigetflag("hc") > 0;

    for (size_t i = 0; i < CAP_COUNT; i++) {
        copy(caps->text[i], CAP_SIZE, string_of(cap_table[i].name));
        lacking = lacking || (cap_table[i].needed && !caps->text[i][0]);
    }
    if (lacking)
        return fail(error, STATUS_UNSUPPORTED, "Use the plain prompts.",
                    "This terminal cannot show full screens.");
    return STATUS_OK;
}

static int number_of(const char *name)
{
    int number = tigetnum(name);

    return number > 0 ? number : 0;
}

enum status caps_load(struct caps *caps, bool colour, const char **ret_notice,
                      struct error *error)
{
    struct caps fresh = {0};
    const char *notice = NULL;
    enum status status;
    int problem;

    if (setupterm(NULL, 1, &problem) != OK) {
        notice = "This terminal's name (TERM) is not known here. It is used as xterm-256color.";
        if (setupterm("xterm-256color", 1, &problem) != OK)
            return fail(error, STATUS_UNSUPPORTED, "Install ncurses-base.",
                        "The descriptions of terminals are not installed.");
    }
    status = load_strings(&fresh, error);
    if (status) {
        caps_release();
        return status;
    }
    load_looks(&fresh, colour && number_of("colors") >= 8);
    load_keys(&fresh);
    fresh.rows = number_of("lines");
    fresh.cols = number_of("cols");
    fresh.moves_with_look = tigetflag("msgr") > 0;
    fresh.corner_scrolls = tigetflag("am") > 0 && tigetflag("xenl") <= 0;
    fresh.brackets_paste = strncmp(fresh.text[CAP_GOTO], "\033[", 2) == 0;
    *caps = fresh;
    *ret_notice = notice;
    return STATUS_OK;
}

void caps_release(void)
{
    if (cur_term)
        del_curterm(cur_term);
}

const char *caps_goto(const struct caps *caps, int row, int col)
{
    const char *text = tparm(caps->text[CAP_GOTO], row, col);

    return text ? text : "";
}

const char *caps_forward(const struct caps *caps, int count)
{
    const char *text = caps->text[CAP_FORWARD][0] ? tparm(caps->text[CAP_FORWARD], count) : "";

    return text ? text : "";
}
