/* SPDX-License-Identifier: MIT */
/* UTF-8: decoding, encoding and the clusters a caret moves over. */
#include "base/utf8.h"

#define REPLACEMENT 0xFFFD

static bool is_tail(const char *text)
{
    return ((unsigned char)*text & 0xC0) == 0x80;
}

size_t utf8_decode(const char *text, size_t length, uint32_t *code)
{
    /* The least code that needs as many bytes: anything below is an overlong form. */
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = (unsigned char)text[0];
    size_t size = first < 0x80 ? 1 : first < 0xC0 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    uint32_t value = size == 1 ? first : first & (0xFFu >> (size + 1));

    *code = REPLACEMENT;
    if (size == 0 || first >= 0xF8 || size > length)
        return 1;
    for (size_t i = 1; i < size; i++) {
        if (!is_tail(text + i))
            return 1;
        value = value << 6 | ((unsigned char)text[i] & 0x3F);
    }
    if (value < least[size] || (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF)
        return 1;
    *code = value;
    return size;
}

size_t utf8_encode(uint32_t code, char bytes[4])
{
    size_t size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};

    for (size_t i = size - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    bytes[0] = (char)(lead[size] | code);
    return size;
}

bool utf8_valid(const char *text, size_t length, size_t *ret_at)
{
    uint32_t code;
    size_t step;

    for (size_t at = 0; at < length; at += step) {
        step = utf8_decode(text + at, length - at, &code);
        if (step == 1 && (unsigned char)text[at] >= 0x80) {
            if (ret_at)
                *ret_at = at;
            return false;
        }
    }
    return true;
}

static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

/* A mark belongs to the character before it. */
static bool is_mark(uint32_t code)
{
    return !is_control(code) && utf8_width(code) == 0;
}

/* Plain ASCII, which most text is, takes a short way everywhere: one byte, one cell. */
static bool is_plain(char byte)
{
    return byte >= 0x20 && byte < 0x7F;
}

int utf8_cells(const char *text, size_t length)
{
    uint32_t code;
    int cells = 0;

    for (size_t at = 0; at < length;) {
        if (is_plain(text[at])) {
            cells++;
            at++;
            continue;
        }
        at += utf8_decode(text + at, length - at, &code);
        cells += utf8_width(code);
    }
    return cells;
}

size_t utf8_next(const char *text, size_t length)
{
    uint32_t code;
    size_t at, step;

    if (length == 0)
        return 0;
    if (is_plain(text[0]) && (length == 1 || is_plain(text[1])))
        return 1;
    at = utf8_decode(text, length, &code);
    if (is_control(code)) /* nothing hangs on a line end */
        return at;
    while (at < length) {
        step = utf8_decode(text + at, length - at, &code);
        if (!is_mark(code))
            break;
        at += step;
    }
    return at;
}

/* Bytes of the character before `text`; a malformed byte counts as one. */
static size_t step_back(const char *start, const char *text, uint32_t *code)
{
    size_t room = (size_t)(text - start), most = room < 4 ? room : 4;

    for (size_t size = 1; size <= most; size++) {
        if (utf8_decode(text - size, size, code) == size && (size > 1 || !(text[-1] & 0x80)))
            return size;
        if (!is_tail(text - size))
            break;
    }
    *code = REPLACEMENT;
    return 1;
}

size_t utf8_prev(const char *start, const char *text)
{
    const char *at = text, *before;
    uint32_t code;

    if (at == start)
        return 0;
    at -= step_back(start, at, &code);
    while (is_mark(code) && at > start) {
        before = at - step_back(start, at, &code);
        if (is_control(code))
            break;
        at = before;
    }
    return (size_t)(text - at);
}

size_t utf8_fit(const char *text, size_t length, int cells)
{
    size_t at = 0, step;

    if (cells >= 0 && length <= (size_t)cells) /* no character takes more cells than bytes */
        return length;
    while (at < length) {
        step = utf8_next(text + at, length - at);
        cells -= step == 1 && is_plain(text[at]) ? 1 : utf8_cells(text + at, step);
        if (cells < 0)
            break;
        at += step;
    }
    return at;
}
