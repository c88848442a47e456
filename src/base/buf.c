/* SPDX-License-Identifier: MIT */
/* Growable text. Never shrinks before it is released. */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define FIRST_SIZE 64

/* Makes room for `more` bytes and a NUL; doubles, so that adding stays cheap. */
static void make_room(struct buf *buf, size_t more)
{
    size_t needed, size = buf->size ? buf->size : FIRST_SIZE;

    if (__builtin_add_overflow(buf->length, more, &needed) ||
        __builtin_add_overflow(needed, 1, &needed))
        die("More memory was asked for than there can be.");
    if (needed <= buf->size)
        return;
    while (size < needed)
        size = size > needed / 2 ? needed : size * 2;
    buf->text = xrealloc(buf->text, size, 1);
    buf->size = size;
}

void buf_add(struct buf *buf, const void *bytes, size_t length)
{
    make_room(buf, length);
    if (length)
        memcpy(buf->text + buf->length, bytes, length);
    buf->length += length;
    buf->text[buf->length] = '\0';
}

void buf_puts(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_putc(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void buf_pad(struct buf *buf, char c, size_t count)
{
    make_room(buf, count);
    memset(buf->text + buf->length, c, count);
    buf->length += count;
    buf->text[buf->length] = '\0';
}

void buf_vprintf(struct buf *buf, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0)
        die("A text could not be formatted: %s", format);
    make_room(buf, (size_t)length);
    vsnprintf(buf->text + buf->length, (size_t)length + 1, format, again);
    va_end(again);
    buf->length += (size_t)length;
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    buf_vprintf(buf, format, arguments);
    va_end(arguments);
}

void buf_clear(struct buf *buf)
{
    buf_cut(buf, 0);
}

void buf_cut(struct buf *buf, size_t length)
{
    if (length >= buf->length)
        return;
    buf->length = length;
    buf->text[length] = '\0';
}

const char *buf_text(const struct buf *buf)
{
    return buf->text ? buf->text : "";
}

char *buf_take(struct buf *buf)
{
    char *text = buf->text ? buf->text : xstrdup("");

    *buf = (struct buf){0};
    return text;
}

void buf_release(struct buf *buf)
{
    free(buf->text);
    *buf = (struct buf){0};
}

void buf_wipe(struct buf *buf)
{
    if (buf->text)
        explicit_bzero(buf->text, buf->length);
    buf_release(buf);
}
