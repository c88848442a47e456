/* SPDX-License-Identifier: MIT */
/* Keys out of bytes. Reads nothing and waits for nothing: see term.c. */
#include "ui/term_keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define ESC '\033'
#define SEQUENCE_MAX 32 /* bytes; anything longer is no key */

static struct press key(enum press_kind kind)
{
    return (struct press){.kind = kind};
}

static struct press character(uint32_t code)
{
    struct press press = {.kind = PRESS_TEXT};

    press.text[utf8_encode(code, press.text)] = '\0';
    return press;
}

static struct press control(unsigned char byte)
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

/* The key of a final letter, after "ESC [" or "ESC O". */
static enum press_kind letter_kind(char letter)
{
    static const struct {
        char letter;
        enum press_kind kind;
    } letters[] = {
        {'A', PRESS_UP},        {'B', PRESS_DOWN},    {'C', PRESS_RIGHT},
        {'D', PRESS_LEFT},      {'H', PRESS_HOME},    {'F', PRESS_END},
        {'P', PRESS_F1},        {'Z', PRESS_BACKTAB}, {'c', PRESS_WORD_RIGHT},
        {'d', PRESS_WORD_LEFT}, {'M', PRESS_ENTER},
    };

    for (size_t i = 0; i < COUNT(letters); i++)
        if (letters[i].letter == letter)
            return letters[i].kind;
    return PRESS_OTHER;
}

/* The key of a number before "~". */
static enum press_kind number_kind(long number)
{
    static const struct {
        long number;
        enum press_kind kind;
    } numbers[] = {
        {1, PRESS_HOME},   {7, PRESS_HOME},    {4, PRESS_END},       {8, PRESS_END},
        {3, PRESS_DELETE}, {5, PRESS_PAGE_UP}, {6, PRESS_PAGE_DOWN}, {11, PRESS_F1},
    };

    for (size_t i = 0; i < COUNT(numbers); i++)
        if (numbers[i].number == number)
            return numbers[i].kind;
    return PRESS_OTHER;
}

/* With Alt or Ctrl held, left and right go by words. */
static enum press_kind by_words(enum press_kind kind, long modifiers)
{
    if (modifiers < 2 || !((modifiers - 1) & 6))
        return kind;
    return kind == PRESS_LEFT ? PRESS_WORD_LEFT : kind == PRESS_RIGHT ? PRESS_WORD_RIGHT : kind;
}

/* "ESC [ numbers letter", whole. */
static struct press bracket(const char *bytes, size_t length, bool *ret_paste)
{
    char last = bytes[length - 1], *end;
    long first = strtol(bytes + 2, &end, 10);
    long second = *end == ';' ? strtol(end + 1, &end, 10) : 0;

    if (*end != last || end != bytes + length - 1)
        return key(PRESS_OTHER);
    *ret_paste = last == '~' && first == 200;
    /* Shift with an arrow is c and d in some terminals, and means nothing here. */
    if (last == 'c' || last == 'd' || last == 'M')
        return key(PRESS_OTHER);
    return key(by_words(last == '~' ? number_kind(first) : letter_kind(last), second));
}

/* Bytes of a sequence that begins with "ESC [" up to its last, 0 if it is not there yet. */
static size_t bracket_length(const char *bytes, size_t length)
{
    if (length > 2 && bytes[2] == '[') /* F1 to F5 of the Linux console: one more byte */
        return length > 3 ? 4 : 0;
    for (size_t i = 2; i < length; i++)
        if (bytes[i] >= 0x40 && bytes[i] <= 0x7E)
            return i + 1;
        else if (bytes[i] < 0x20 || bytes[i] > 0x7E)
            return i; /* broken off by something else */
    return 0;
}

/* Keys of the keypad that send "ESC O" and a letter: '0' is 'p'. */
static struct press keypad(char letter)
{
    if (letter >= 'j' && letter <= 'y')
        return character((uint32_t)letter - 0x40);
    return key(letter_kind(letter));
}

/* "ESC O", perhaps numbers, a letter. */
static size_t read_keypad(const char *bytes, size_t length, struct press *press)
{
    size_t at = 2;

    while (at < length && ((bytes[at] >= '0' && bytes[at] <= '9') || bytes[at] == ';'))
        at++;
    if (at == length)
        return 0;
    *press = keypad(bytes[at]);
    if (at > 2)
        press->kind = by_words(press->kind, strtol(bytes + at - 1, NULL, 10));
    return at + 1;
}

static size_t read_sequence(const char *bytes, size_t length, struct press *press,
                            bool *ret_paste)
{
    char text[SEQUENCE_MAX + 1] = "";
    size_t used;

    if (bytes[1] == 'O')
        return read_keypad(bytes, length, press);
    used = bracket_length(bytes, length);
    if (used == 0)
        return 0;
    if (used == 4 && bytes[2] == '[') {
        *press = key(bytes[3] == 'A' ? PRESS_F1 : PRESS_OTHER);
        return used;
    }
    memcpy(text, bytes, used);
    *press = bracket(text, used, ret_paste);
    return used;
}

/* A sequence of the terminal's own description: its bytes; 0 if none fits; `length` + 1 if
 * what there is could become one. */
static size_t described(const struct caps *caps, const char *bytes, size_t length,
                        struct press *press)
{
    size_t size, partly = 0;

    for (size_t i = 0; caps && i < caps->key_count; i++) {
        size = strlen(caps->key[i].bytes);
        if (size <= length && memcmp(bytes, caps->key[i].bytes, size) == 0) {
            *press = key(caps->key[i].kind);
            return size;
        }
        if (size > length && memcmp(bytes, caps->key[i].bytes, length) == 0)
            partly = length + 1;
    }
    return partly;
}

static size_t read_escape(const struct caps *caps, const char *bytes, size_t length, bool late,
                          struct press *press, bool *ret_paste)
{
    size_t most = length < SEQUENCE_MAX ? length : SEQUENCE_MAX;
    size_t used = described(caps, bytes, length, press);

    if (used > 0 && used <= length)
        return used;
    if (used > length && !late)
        return 0;
    if (length > 1 && (bytes[1] == '[' || bytes[1] == 'O')) {
        used = read_sequence(bytes, most, press, ret_paste);
        if (used > 0)
            return used;
        *press = key(PRESS_OTHER);
        return late || most == SEQUENCE_MAX ? most : 0;
    }
    *press = key(PRESS_ESC);
    return late || length > 1 ? 1 : 0;
}

static size_t read_character(const char *bytes, size_t length, bool late, struct press *press)
{
    /* Bytes that a character with this first byte should have. */
    unsigned char first = (unsigned char)bytes[0];
    size_t size = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4, there = 1;
    uint32_t code;
    size_t used;

    while (there < size && there < length && ((unsigned char)bytes[there] & 0xC0) == 0x80)
        there++;
    if (there < size && there == length && !late)
        return 0;
    used = utf8_decode(bytes, length, &code);
    *press = used == 1 || utf8_hidden(code) ? key(PRESS_OTHER) : character(code);
    return used;
}

size_t keys_read(const struct caps *caps, const char *bytes, size_t length, bool late,
                 struct press *ret_press, bool *ret_paste)
{
    unsigned char first;

    *ret_paste = false;
    if (length == 0)
        return 0;
    first = (unsigned char)bytes[0];
    if (first == ESC)
        return read_escape(caps, bytes, length, late, ret_press, ret_paste);
    if (first < 0x20 || first == 0x7F) {
        *ret_press = control(first);
        return 1;
    }
    if (first < 0x7F) {
        *ret_press = character(first);
        return 1;
    }
    return read_character(bytes, length, late, ret_press);
}
