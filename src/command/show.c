/* SPDX-License-Identifier: MIT */
/* `discern show`: one record, as paper has it or as it was signed. */
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "command/print.h"
#include "command/subcommands.h"
#include "exchange/export.h"

/* Pages end in form feeds, which printers need and screens do not. */
static void print_pages(FILE *out, const char *text, size_t length)
{
    bool on_screen = isatty(fileno(out));
    const char *end = text + length;

    while (text < end) {
        const char *feed = memchr(text, '\f', (size_t)(end - text));
        struct buf safe = {0};

        utf8_printable(&safe, text, (size_t)((feed ? feed : end) - text), true);
        fwrite(buf_text(&safe), 1, safe.length, out);
        buf_release(&safe);
        if (!feed)
            break;
        fputs(on_screen ? "\n" : "\f", out);
        text = feed + 1;
    }
}

static enum status show_json(struct context *context, struct store *store,
                             const char *reference, struct error *error)
{
    struct entry entry;
    struct row row;
    enum status status = store_find(store, reference, &context->arena, &row, error);

    if (status == STATUS_OK)
        status = store_entry(store, row.sequence, &context->arena, &entry, error);
    if (status != STATUS_OK)
        return status;
    if (!entry.body)
        return fail(error, STATUS_NOT_FOUND,
                    "`discern export --json` gives what is left of it.",
                    "The record %s has been erased.", reference);
    print_json_text(context->out, entry.body, entry.length);
    return STATUS_OK;
}

static enum status show_text(struct context *context, struct store *store,
                             const char *reference, struct error *error)
{
    enum export_form form = context_has(context, "--summary") ? EXPORT_SUMMARY : EXPORT_TEXT;
    struct buf text = {0};
    enum status status = export_show(store, reference, form, &text, error);

    if (status == STATUS_OK)
        print_pages(context->out, buf_text(&text), text.length);
    buf_release(&text);
    return status;
}

enum status command_show(struct context *context, struct error *error)
{
    char reference[REFERENCE_SIZE];
    struct store *store;
    enum status status = context_reference(context->operand[0], reference, error);

    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    status = export_viewed(store, reference, context->now, error);
    if (status == STATUS_OK && context_has(context, "--json"))
        status = show_json(context, store, reference, error);
    else if (status == STATUS_OK)
        status = show_text(context, store, reference, error);
    store_close(store);
    return status;
}
