/* SPDX-License-Identifier: MIT */
/* What can go wrong, in words. Never prints. */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

static const struct {
    int exit_code;
    const char *sentence;
} table[] = {
#define X(name, exit_code, sentence) [STATUS_##name] = {exit_code, sentence},
    STATUS_TABLE(X)
#undef X
};

int status_exit_code(enum status status)
{
    return (size_t)status < COUNT(table) ? table[status].exit_code : 1;
}

const char *status_sentence(enum status status)
{
    return table[(size_t)status < COUNT(table) ? status : STATUS_FAILED].sentence;
}

/* Copies text made safe to show, cut between characters if it does not fit. */
static void copy_safe(char *to, size_t size, const char *text, size_t length)
{
    struct buf safe = {0};
    size_t kept = 0, step;

    utf8_printable(&safe, text, length, false);
    while (kept < safe.length) {
        step = utf8_next(safe.text + kept, safe.length - kept);
        if (kept + step >= size)
            break;
        kept += step;
    }
    memcpy(to, buf_text(&safe), kept);
    to[kept] = '\0';
    buf_release(&safe);
}

/* Formats first and stores afterwards: the arguments may be parts of *error itself. */
static void set_error(struct error *error, enum status status, const char *remedy,
                      const char *what_format, va_list list)
{
    struct error fresh = {.status = status};
    char *what;

    if (vasprintf(&what, what_format, list) < 0)
        die("There is no memory left.");
    copy_safe(fresh.what, sizeof(fresh.what), what, strlen(what));
    free(what);
    if (remedy)
        copy_safe(fresh.remedy, sizeof(fresh.remedy), remedy, strlen(remedy));
    *error = fresh;
}

enum status fail(struct error *error, enum status status, const char *remedy,
                 const char *what_format, ...)
{
    va_list list;

    va_start(list, what_format);
    set_error(error, status, remedy, what_format, list);
    va_end(list);
    return status;
}

enum status fail_at(struct error *error, enum status status, const char *file, int line,
                    const char *field, const char *remedy, const char *what_format, ...)
{
    struct error fresh = {0};
    va_list list;

    va_start(list, what_format);
    set_error(&fresh, status, remedy, what_format, list);
    va_end(list);
    if (file)
        copy_safe(fresh.file, sizeof(fresh.file), file, strlen(file));
    if (field)
        copy_safe(fresh.field, sizeof(fresh.field), field, strlen(field));
    fresh.line = line;
    *error = fresh;
    return status;
}

void error_line(const struct error *error, char *text, size_t size)
{
    struct buf line = {0};

    if (error->file[0])
        buf_puts(&line, error->file);
    if (error->file[0] && error->line)
        buf_printf(&line, ":%d", error->line);
    if (line.length)
        buf_puts(&line, ": ");
    if (error->field[0])
        buf_printf(&line, "%s: ", error->field);
    buf_puts(&line, error->what);
    if (error->remedy[0])
        buf_printf(&line, " %s", error->remedy);
    copy_safe(text, size, buf_text(&line), line.length);
    buf_release(&line);
}
