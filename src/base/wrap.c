/* SPDX-License-Identifier: MIT */
/* Breaks text into lines. Measures in cells, never in bytes. */
#include "base/wrap.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/* Where the last word that fits whole ends; `fits` bytes fit in all. 0 if none does. */
static size_t end_of_words(const char *text, size_t length, size_t fits)
{
    if (fits == length || text[fits] == ' ')
        return fits;
    while (fits > 0 && text[fits - 1] != ' ')
        fits--;
    return fits;
}

size_t wrap_line(const char *text, size_t length, int cells, size_t *ret_skip)
{
    const char *newline = memchr(text, '\n', length);
    size_t line = newline ? (size_t)(newline - text) : length;
    size_t fits = utf8_fit(text, line, cells);
    if (fits == 0 && line > 0) /* a character wider than the column */
        fits = utf8_next(text, line);
    size_t end = end_of_words(text, line, fits);
    if (end == 0)
        end = fits;
    size_t next = end;
    while (next < line && text[next] == ' ')
        next++;
    while (end > 0 && text[end - 1] == ' ')
        end--;
    if (next == line && newline)
        next++;
    *ret_skip = next - end;
    return end;
}

void wrap_text(struct buf *out, const char *text, int indent, int columns, bool first)
{
    size_t length = strlen(text), skip;
    int cells = columns > indent ? columns - indent : 1;
    bool indented = first;
    while (length) {
        size_t line = wrap_line(text, length, cells, &skip);
        if (indented)
            buf_pad(out, ' ', (size_t)indent);
        buf_add(out, text, line);
        buf_putc(out, '\n');
        indented = true;
        text += line + skip;
        length -= line + skip;
    }
}
