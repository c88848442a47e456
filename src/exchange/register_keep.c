/* SPDX-License-Identifier: MIT */
/* A judged bundle put into the tables, each by one COPY of the rows that are not there yet. */
#include <string.h>

#include "exchange/register_holding.h"

static void put_bytes(struct buf *out, const unsigned char *bytes, size_t size)
{
    char text[2 * SIGN_SIZE + 1];

    hex_write(bytes, size, text);
    buf_puts(out, "\\\\x");
    buf_puts(out, text);
}

/* A receipt does not list what the chain itself needs; it is kept all the same. */
static bool of_chain(const struct link *link)
{
    return strcmp(link->kind, "user") == 0 || strcmp(link->kind, "identity") == 0;
}

static const char *month_of(const struct holding *holding, int64_t sequence)
{
    int row = find_row(holding->known, sequence);

    return row < 0 ? holding->month : PQgetvalue(holding->known, row, KNOWN_MONTH);
}

static void put_place(const struct holding *holding, const struct link *link, struct buf *out)
{
    buf_printf(out, "%s\t%lld\t", link->store, (long long)link->sequence);
    put_bytes(out, link->link.byte, DIGEST_SIZE);
    buf_printf(out, "\t%s\n", holding->month);
}

static void put_entry(const struct holding *holding, const struct link *link, struct buf *out)
{
    buf_printf(out, "%s\t%lld\t%s\t", link->store, (long long)link->sequence, holding->month);
    row_text(out, link->head);
    buf_putc(out, '\t');
    put_bytes(out, link->signature, SIGN_SIZE);
    buf_putc(out, '\n');
}

static void put_body(const struct holding *holding, const struct link *link, struct buf *out)
{
    bool whole = link->body != NULL;

    if ((!whole && !link->view) ||
        holding_has(holding, link->sequence, whole ? KNOWN_WHOLE : KNOWN_VIEW))
        return;
    buf_printf(out, "%s\t%lld\t%s\t%c\t", link->store, (long long)link->sequence,
               month_of(holding, link->sequence), whole ? 't' : 'f');
    if (whole)
        put_bytes(out, link->salt, CHAIN_SALT_SIZE);
    else
        buf_puts(out, "\\N");
    buf_putc(out, '\t');
    row_text(out, whole ? link->body : link->view);
    buf_putc(out, '\n');
}

static void put_step(const struct holding *holding, const struct link *link,
                     const struct judged *judged, struct buf *out)
{
    if (judged->moves && !holding_has(holding, link->sequence, KNOWN_STEPPED))
        buf_printf(out, "%s\t%s\t%lld\t%s\t%s\t%s\t%c\n", link->store, link->reference,
                   (long long)link->sequence, link->kind, judged->role, judged->verdict,
                   judged->countersign ? 't' : 'f');
}

enum status register_keep(struct county *county, const struct holding *holding, int64_t before,
                          struct error *error)
{
    enum { PLACES, ENTRIES, BODIES, STEPS, TABLES };
    static const char *const copy[TABLES] = {
        "COPY place (store, seq, link, month) FROM STDIN",
        "COPY entry (store, seq, month, head, signature) FROM STDIN",
        "COPY body (store, seq, month, whole, salt, body) FROM STDIN",
        "COPY step (store, ref, seq, kind, role, verdict, countersign) FROM STDIN",
    };
    const struct bundle *bundle = holding->bundle;
    struct buf rows[TABLES] = {{0}};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < bundle->count; i++) {
        const struct link *link = &bundle->entry[i];

        if (link->sequence > before) {
            put_place(holding, link, &rows[PLACES]);
            put_entry(holding, link, &rows[ENTRIES]);
        }
        if (holding->judged[i].kept || of_chain(link))
            put_body(holding, link, &rows[BODIES]);
        put_step(holding, link, &holding->judged[i], &rows[STEPS]);
    }
    for (int i = 0; i < TABLES; i++) {
        if (status == STATUS_OK && rows[i].length)
            status = county_copy(county, copy[i], &rows[i], error);
        buf_release(&rows[i]);
    }
    return status;
}
