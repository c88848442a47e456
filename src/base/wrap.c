/* SPDX-License-Identifier: MIT */
/* Text wrapped to a width. Shows nothing, and allocates nothing but in wrap_text. */
#include "base/wrap.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

void wrap_init(struct wrap *wrap, const char *text, size_t length, int cells)
{
    *wrap = (struct wrap){.text = text, .length = length, .cells = cells > 0 ? cells : 1};
}

/* Bytes of the line at `text`; *ret_next is where the one after it starts. */
static size_t measure(const char *text, size_t length, int cells, size_t *ret_next)
{
    size_t at = 0, step, word_end = 0, next_word = 0;
    int used = 0, width;

    while (at < length && text[at] != '\n') {
        step = utf8_next(text + at, length - at);
        width = utf8_cells(text + at, step);
        if (text[at] == ' ') {
            word_end = next_word == at && at > 0 ? word_end : at;
            next_word = at + step;
        } else if (used + width > cells && at > 0) {
            *ret_next = next_word > 0 ? next_word : at;
            return next_word > 0 ? word_end : at;
        }
        used += width;
        at += step;
    }
    *ret_next = at < length ? at + 1 : at;
    return at;
}

bool wrap_next(struct wrap *wrap, struct wrapped *ret_line)
{
    const char *text = wrap->text + wrap->at;
    size_t next;

    if (wrap->over)
        return false;
    ret_line->start = wrap->at;
    ret_line->length = measure(text, wrap->length - wrap->at, wrap->cells, &next);
    wrap->at += next;
    ret_line->next = wrap->at;
    wrap->over = wrap->at >= wrap->length && (next == 0 || text[next - 1] != '\n');
    return true;
}

void wrap_text(struct buf *out, const char *text, int indent, int columns, bool first)
{
    struct wrap wrap;
    struct wrapped line;

    wrap_init(&wrap, text, strlen(text), columns - indent);
    while (*text && wrap_next(&wrap, &line)) {
        if (first && line.length)
            buf_pad(out, ' ', (size_t)indent);
        buf_add(out, text + line.start, line.length);
        buf_putc(out, '\n');
        first = true;
    }
}
