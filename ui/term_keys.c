/* SPDX-License-Identifier: MIT */
/*
 * Keys: what curses is told of them, and what is made of what it says.
 *
 * Characters are put together here: get_wch() loses one whose bytes come apart, and takes what
 * follows a bad byte for part of it. wgetch() gives their bytes, which keys cannot be taken
 * for: those are larger.
 */
#include "ui/term_keys.h"

#include <curses.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/utf8.h"

#define ESC '\033'
#define PASTE_MAX (1 << 20) /* bytes; the rest is read and dropped */
#define PASTE_WAIT 1000     /* ms: a paste that goes silent for so long has lost its end */

/* Numbers of our own; curses gives those of a description at most four digits. */
enum { KEY_WORD_LEFT = 0x4000, KEY_WORD_RIGHT, KEY_PASTE_START, KEY_PASTE_END, KEY_CHARACTER };

static struct {
    WINDOW *pad; /* reading from one, unlike a window, paints nothing */
    struct buf paste;
} keys;

/* What curses calls a key, and the sequences for it: "ESC O letter" and "ESC [ letter", "ESC [
 * number ~". With Ctrl or Alt left and right go by words. */
static const struct {
    int code;
    enum press_kind kind;
    char letter, numbers[2];
    int by_word;
} known[] = {
    {KEY_UP, PRESS_UP, 'A', {0}, 0},
    {KEY_DOWN, PRESS_DOWN, 'B', {0}, 0},
    {KEY_RIGHT, PRESS_RIGHT, 'C', {0}, KEY_WORD_RIGHT},
    {KEY_LEFT, PRESS_LEFT, 'D', {0}, KEY_WORD_LEFT},
    {KEY_HOME, PRESS_HOME, 'H', {1, 7}, 0},
    {KEY_END, PRESS_END, 'F', {4, 8}, 0},
    {KEY_DC, PRESS_DELETE, 0, {3}, 0},
    {KEY_PPAGE, PRESS_PAGE_UP, 0, {5}, 0},
    {KEY_NPAGE, PRESS_PAGE_DOWN, 0, {6}, 0},
    {KEY_F(1), PRESS_F1, 'P', {11}, 0},
    {KEY_BTAB, PRESS_BACKTAB, 'Z', {0}, 0},
    {KEY_ENTER, PRESS_ENTER, 'M', {0}, 0},
    {KEY_BACKSPACE, PRESS_BACKSPACE, 0, {0}, 0},
    {KEY_WORD_LEFT, PRESS_WORD_LEFT, 0, {0}, 0},
    {KEY_WORD_RIGHT, PRESS_WORD_RIGHT, 0, {0}, 0},
};

static enum press_kind named(int code)
{
    for (size_t i = 0; i < COUNT(known); i++)
        if (known[i].code == code)
            return known[i].kind;
    return PRESS_OTHER;
}

static void define(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The terminal's own description comes first, if it names a key that means something here. */
static void define(int code, const char *format, ...)
{
    struct buf bytes = {0};
    va_list arguments;

    va_start(arguments, format);
    buf_vprintf(&bytes, format, arguments);
    va_end(arguments);
    if (named(key_defined(buf_text(&bytes))) == PRESS_OTHER)
        define_key(buf_text(&bytes), code);
    buf_release(&bytes);
}

/* Modifiers are sent as 1 and the sum of Shift 1, Alt 2, Ctrl 4. */
static void define_known(size_t i)
{
    char letter = known[i].letter;

    for (int shift = 1; shift <= 8; shift++) {
        const char with[] = {shift > 1 ? ';' : '\0', (char)('0' + shift), '\0'};
        int code = shift > 2 && known[i].by_word ? known[i].by_word : known[i].code;

        if (letter) {
            define(code, "\033O%s%c", shift > 1 ? with + 1 : "", letter);
            define(code, "\033[%s%s%c", shift > 1 ? "1" : "", with, letter);
        }
        for (size_t j = 0; j < COUNT(known[i].numbers) && known[i].numbers[j]; j++)
            define(code, "\033[%d%s~", known[i].numbers[j], with);
    }
}

static void define_all(void)
{
    for (size_t i = 0; i < COUNT(known); i++)
        define_known(i);
    for (int letter = 'j'; letter <= 'y'; letter++) /* the keypad: '0' is 'p' */
        define(KEY_CHARACTER + letter - 0x40, "\033O%c", letter);
    define(KEY_WORD_RIGHT, "\033Oc");
    define(KEY_WORD_LEFT, "\033Od");
    define(KEY_F(1), "\033[[A");
    define(KEY_PASTE_START, "\033[200~");
    define(KEY_PASTE_END, "\033[201~");
    keyok(KEY_MOUSE, FALSE); /* none was asked for: a report of one is an unknown key */
}

void keys_open(void)
{
    keys.pad = newpad(1, 1);
    if (!keys.pad)
        die("There is no memory left for reading keys.");
    nonl();
    meta(keys.pad, TRUE);
    nodelay(keys.pad, TRUE);
    keys_ask();
    define_all();
}

void keys_ask(void)
{
    keypad(keys.pad, TRUE);
}

static void drop_paste(void)
{
    if (keys.paste.text) /* it may be a passphrase */
        secret_wipe(keys.paste.text, keys.paste.length);
    buf_clear(&keys.paste);
}

void keys_close(void)
{
    drop_paste();
    buf_release(&keys.paste);
    if (keys.pad)
        delwin(keys.pad);
    keys.pad = NULL;
}

static struct press key(enum press_kind kind)
{
    return (struct press){.kind = kind};
}

static struct press character(uint32_t code)
{
    struct press press = {.kind = PRESS_TEXT};

    if (utf8_hidden(code))
        return key(PRESS_OTHER);
    press.text[utf8_encode(code, press.text)] = '\0';
    return press;
}

static struct press control(int byte)
{
    switch (byte) {
    case '\r':
    case '\n':
        return key(PRESS_ENTER);
    case '\t':
        return key(PRESS_TAB);
    case '\b':
    case 0x7F:
        return key(PRESS_BACKSPACE);
    case 0x1F:
        return (struct press){.kind = PRESS_CTRL, .letter = '_'};
    default:
        if (byte >= 1 && byte <= 26)
            return (struct press){.kind = PRESS_CTRL, .letter = (char)('a' + byte - 1)};
        return key(PRESS_OTHER);
    }
}

/* A byte that was read too far; ERR for none. */
static void put_back(int byte)
{
    if (byte != ERR)
        ungetch(byte);
}

/* Reads a sequence that curses does not know, as far as it comes in time. */
static struct press skip_sequence(int kind)
{
    int byte = wgetch(keys.pad);

    if (kind == '[' && byte == '[') /* of the Linux console: one more byte */
        byte = wgetch(keys.pad);
    else
        while (kind == '[' ? byte >= 0x20 && byte < 0x40 : byte >= '0' && byte <= ';')
            byte = wgetch(keys.pad);
    if (byte < 0x20 || byte > 0x7E) /* broken off by something else */
        put_back(byte);
    return key(PRESS_OTHER);
}

static struct press escape(void)
{
    int next = wgetch(keys.pad);

    if (next == '[' || next == 'O')
        return skip_sequence(next);
    put_back(next);
    return key(PRESS_ESC);
}

/* A character of several bytes, of which the first has come. */
static struct press assemble(int first)
{
    size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4, length = 1;
    char bytes[4] = {(char)first};
    uint32_t code;
    int byte = ERR;

    while (length < size && (byte = wgetch(keys.pad)) >= 0x80 && byte < 0xC0)
        bytes[length++] = (char)byte;
    if (length < size)
        put_back(byte);
    return utf8_decode(bytes, length, &code) == size ? character(code) : key(PRESS_OTHER);
}

static struct press press_of(int code)
{
    if (code >= KEY_CHARACTER)
        return character((uint32_t)(code - KEY_CHARACTER));
    if (code > 0xFF)
        return key(named(code));
    if (code >= 0x80)
        return assemble(code);
    if (code == ESC)
        return escape();
    return code < 0x20 || code == 0x7F ? control(code) : character((uint32_t)code);
}

/* Reads to the end of a paste. Keys that it seems to hold are dropped. */
static void read_paste(void)
{
    int code;

    while ((code = wgetch(keys.pad)) != ERR && code != KEY_PASTE_END)
        if (code > 0 && code <= 0xFF && keys.paste.length < PASTE_MAX)
            buf_putc(&keys.paste, (char)code);
}

enum keys_got keys_take(struct press *ret_press, const char **ret_text)
{
    int code = wgetch(keys.pad);
    bool paste = code == KEY_PASTE_START;

    drop_paste();
    if (code == ERR)
        return KEYS_NONE;
    wtimeout(keys.pad, paste ? PASTE_WAIT : get_escdelay());
    if (paste)
        read_paste();
    else
        *ret_press = press_of(code);
    nodelay(keys.pad, TRUE);
    *ret_text = buf_text(&keys.paste);
    return paste ? KEYS_PASTE : KEYS_PRESS;
}
