/* SPDX-License-Identifier: MIT */
/*
 * Growable text. Zero-initialised is empty and valid; `text` is NULL until the first addition
 * and ends in a NUL thereafter (buf_text is never NULL). Bytes may hold NULs; `length` counts.
 */
#ifndef DISCERN_BASE_BUF_H
#define DISCERN_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
    char *text;
    size_t length;
    size_t size;
};

void buf_add(struct buf *buf, const void *bytes, size_t length);
void buf_puts(struct buf *buf, const char *text);
void buf_putc(struct buf *buf, char c);
void buf_pad(struct buf *buf, char c, size_t count);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

void buf_vprintf(struct buf *buf, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Makes it empty but keeps its room. */
void buf_clear(struct buf *buf);

/* Cuts it to `length` bytes, if it is longer. */
void buf_cut(struct buf *buf, size_t length);

/* The text so far, "" if nothing. Borrowed until the next change. */
const char *buf_text(const struct buf *buf);

/* Hands the text over to the caller, who frees it with free(); never NULL. The buf is empty. */
char *buf_take(struct buf *buf);

/* Frees the room; the buf is empty and may be used again. */
void buf_release(struct buf *buf);

/* The same, and overwrites what it held: for what others must not find in memory. */
void buf_wipe(struct buf *buf);

#endif
