/* SPDX-License-Identifier: MIT */
/*
 * Text that came from outside, made safe: for showing (nothing is lost, everything is seen)
 * and for keeping (what cannot be seen is left out). A terminal is never driven by data.
 */
#include "base/utf8.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

/* Characters that take no room and change what a reader believes to see. The joiners U+200C
 * and U+200D are not among them: Persian and Indian names are written with them. */
static const struct {
    uint32_t first, last;
} hidden[] = {
    {0x00AD, 0x00AD},   /* soft hyphen */
    {0x034F, 0x034F},   /* grapheme joiner */
    {0x061C, 0x061C},   /* Arabic letter mark */
    {0x115F, 0x1160},   /* Hangul fillers */
    {0x17B4, 0x17B5},   /* Khmer vowels that are not shown */
    {0x180E, 0x180E},   /* Mongolian vowel separator */
    {0x200B, 0x200B},   /* zero width space */
    {0x200E, 0x200F},   /* direction marks */
    {0x2028, 0x202E},   /* line and paragraph separators, direction overrides */
    {0x2060, 0x206F},   /* word joiner, operators that are not shown, direction isolates */
    {0x3164, 0x3164},   /* Hangul filler */
    {0xFEFF, 0xFEFF},   /* byte order mark */
    {0xFFA0, 0xFFA0},   /* Hangul filler, half width */
    {0xFFF9, 0xFFFB},   /* annotation marks */
    {0xE0000, 0xE0FFF}, /* tags and further variation selectors */
};

bool utf8_hidden(uint32_t code)
{
    if (code < 0x20 || (code >= 0x7F && code < 0xA0))
        return true;
    for (size_t i = 0; i < COUNT(hidden); i++)
        if (code >= hidden[i].first && code <= hidden[i].last)
            return true;
    return false;
}

/* Spaces beyond ASCII, and the joiners, which show nothing by themselves. */
static bool is_space(uint32_t code)
{
    return code == ' ' || code == 0xA0 || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200D) || code == 0x202F || code == 0x205F ||
           code == 0x3000;
}

bool utf8_blank(const char *text)
{
    size_t length = text ? strlen(text) : 0;
    uint32_t code = ' ';

    for (size_t at = 0; at < length && (is_space(code) || utf8_hidden(code));)
        at += utf8_decode(text + at, length - at, &code);
    return is_space(code) || utf8_hidden(code);
}

static void add_code(struct buf *out, uint32_t code)
{
    char bytes[4];

    buf_add(out, bytes, utf8_encode(code, bytes));
}

static void show_hidden(struct buf *out, uint32_t code)
{
    if (code < 0x20)
        add_code(out, 0x2400 + code);
    else if (code == 0x7F)
        add_code(out, 0x2421);
    else if (code < 0xA0)
        buf_printf(out, "<%02X>", (unsigned)code);
    else
        buf_printf(out, "<U+%04X>", (unsigned)code);
}

/* Bytes of plain ASCII at the start of the text: nothing needs to be done to them. */
static size_t plain_run(const char *text, size_t length)
{
    size_t at = 0;

    while (at < length && text[at] >= 0x20 && text[at] < 0x7F)
        at++;
    return at;
}

void utf8_printable(struct buf *out, const char *text, size_t length, bool keep_newlines)
{
    uint32_t code;
    size_t run;

    for (size_t at = 0; at < length;) {
        run = plain_run(text + at, length - at);
        buf_add(out, text + at, run);
        at += run;
        if (at == length)
            break;
        at += utf8_decode(text + at, length - at, &code);
        if (code == '\t')
            buf_putc(out, ' ');
        else if (utf8_hidden(code) && !(code == '\n' && keep_newlines))
            show_hidden(out, code);
        else
            add_code(out, code);
    }
}

static bool is_line_end(uint32_t code)
{
    return code == '\n' || code == '\r' || code == 0x85 || code == 0x2028 || code == 0x2029;
}

void utf8_clean(struct buf *out, const char *text, size_t length, bool keep_newlines)
{
    uint32_t code, before = 0;

    for (size_t at = 0; at < length; before = code) {
        at += utf8_decode(text + at, length - at, &code);
        if (code == '\n' && before == '\r')
            continue;
        if (is_line_end(code))
            buf_putc(out, keep_newlines ? '\n' : ' ');
        else if (code == '\t')
            buf_putc(out, ' ');
        else if (!utf8_hidden(code))
            add_code(out, code);
    }
}
