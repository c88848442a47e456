/* SPDX-License-Identifier: MIT */
/* Text on its way out. Changes how a character is spelled, never what is said. */
#include "command/print.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"
#include "base/wrap.h"

#define COLUMNS 79
#define HANGING 4 /* what the later lines of an entry are moved in by */

void print_entry(FILE *out, int indent, const char *label, const char *text)
{
    size_t length = strlen(label);
    bool asks = length > 0 && label[length - 1] == '?';
    struct buf entry = {0}, safe = {0}, lines = {0};

    buf_printf(&entry, "%s%s %s", label, asks ? "" : ":", text);
    utf8_printable(&safe, buf_text(&entry), entry.length, true);
    wrap_text(&lines, buf_text(&safe), indent + HANGING, COLUMNS, false);
    fprintf(out, "%*s%s", indent, "", buf_text(&lines));
    buf_release(&entry);
    buf_release(&safe);
    buf_release(&lines);
}

/* Hidden characters stand within strings only: outside them, JSON has none. */
static void print_escaped(FILE *out, uint32_t code)
{
    if (code < 0x10000) {
        fprintf(out, "\\u%04x", (unsigned)code);
        return;
    }
    code -= 0x10000;
    fprintf(out, "\\u%04x\\u%04x", (unsigned)(0xd800 + (code >> 10)),
            (unsigned)(0xdc00 + (code & 0x3ff)));
}

void print_json_text(FILE *out, const char *text, size_t length)
{
    size_t step;

    for (size_t at = 0; at < length; at += step) {
        uint32_t code;

        step = utf8_decode(text + at, length - at, &code);
        if (utf8_hidden(code))
            print_escaped(out, code);
        else
            fwrite(text + at, 1, step, out);
    }
    putc('\n', out);
}

void print_json(FILE *out, json_t *value)
{
    struct buf text = {0};

    body_write(value, &text);
    print_json_text(out, buf_text(&text), text.length);
    buf_release(&text);
}
