/* SPDX-License-Identifier: MIT */
/* The tables made, stores admitted, and what is found and counted printed. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "exchange/register_look.h"
#include "exchange/register_schema.h"

enum status register_init(struct county *county, struct error *error)
{
    enum status status;

    if (strcmp(PQparameterStatus(county->connection, "server_encoding"), "UTF8") != 0)
        return fail(error, STATUS_REFUSED, "Make a database with ENCODING 'UTF8'.",
                    "This database does not keep texts as UTF-8.");
    if (PQserverVersion(county->connection) < 150000)
        return fail(error, STATUS_UNSUPPORTED, "Use PostgreSQL 15 or later.",
                    "This server is PostgreSQL %d.",
                    PQserverVersion(county->connection) / 10000);
    status = county_run(county, "BEGIN", error);
    if (status == STATUS_OK)
        status = county_end(county, county_run(county, register_sql, error), error);
    return status;
}

enum status register_admit(struct county *county, const char *store, const char *fingerprint,
                           const char *name, struct error *error)
{
    unsigned char id[(CHAIN_STORE_SIZE - 1) / 2], digest[DIGEST_SIZE];
    char bytes[DIGEST_HEX_SIZE + 2];

    if (!hex_read(store, id, sizeof(id)) || !hex_read(fingerprint, digest, sizeof(digest)))
        return fail(error, STATUS_USAGE, "Copy both as the keeper of the store reads them out.",
                    "A store has 32 hexadecimal digits, a fingerprint 64.");
    snprintf(bytes, sizeof(bytes), "\\x%s", fingerprint);
    return county_query(
        county,
        "INSERT INTO store (store, certificate, name) VALUES ($1::uuid, $2::bytea, $3) "
        "ON CONFLICT (store) DO UPDATE SET certificate = excluded.certificate, "
        "name = excluded.name, admitted = now(), admitted_by = session_user",
        (const char *[]){store, bytes, name}, 3, NULL, error);
}

/* --- Printing ----------------------------------------------------------------------------- */

static void put_safe(const char *text, struct buf *out)
{
    utf8_printable(out, text, strlen(text), false);
}

static void put_line(const json_t *row, struct buf *out)
{
    static const char *const shown[] = {"reference", "decided", "store",
                                        "team",      "author",  "subject"};
    struct moment at = {.us = body_number(row, "at")};
    char day[DATE_SIZE];

    date_iso(moment_date(at), day);
    buf_puts(out, day);
    for (size_t i = 0; i < COUNT(shown); i++) {
        buf_puts(out, "  ");
        put_safe(body_text(row, shown[i]), out);
    }
    if (body_flag(row, "departed"))
        buf_puts(out, "  (departed)");
    if (body_flag(row, "restricted"))
        buf_puts(out, "  (do not show to the person)");
    buf_putc(out, '\n');
}

static void put_rows(json_t *rows, bool json, struct buf *out)
{
    for (size_t i = 0; i < json_array_size(rows); i++) {
        if (!json) {
            put_line(json_array_get(rows, i), out);
            continue;
        }
        body_write(json_incref(json_array_get(rows, i)), out);
        buf_putc(out, '\n');
    }
    if (!json && json_array_size(rows) == 0)
        buf_puts(out, "There are no such decisions.\n");
}

enum status register_search(struct county *county, const char *words, int limit, bool json,
                            FILE *out, struct error *error)
{
    json_t *query = body_object(), *rows = NULL;
    struct buf text = {0};
    enum status status;
    bool more;

    body_put_text(query, "search", words);
    body_put_number(query, "limit", limit);
    status = list_rows(county, query, &rows, &more, error);
    if (status == STATUS_OK)
        status = look_log(county, "search", words, (long long)json_array_size(rows), error);
    if (status == STATUS_OK) {
        put_rows(rows, json, &text);
        fputs(buf_text(&text), out);
    }
    buf_release(&text);
    json_decref(query);
    json_decref(rows);
    return status;
}

static void put_figure(const json_t *figure, struct buf *out)
{
    if (body_count(figure, "rows") == 0)
        return;
    buf_printf(out, "%s%s\n", out->length ? "\n" : "", body_text(figure, "title"));
    for (size_t i = 0; i < body_count(figure, "rows"); i++) {
        const json_t *row = body_element(figure, "rows", i);

        buf_printf(out, "%10lld  ", body_number(row, "count"));
        put_safe(body_text(row, "words"), out);
        buf_putc(out, '\n');
    }
}

enum status register_figures(struct county *county, const char *since, bool json, FILE *out,
                             struct error *error)
{
    json_t *figures, *object;
    struct buf text = {0};
    enum status status = look_figures(county, since, &figures, error);

    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; !json && i < json_array_size(figures); i++)
        put_figure(json_array_get(figures, i), &text);
    if (json) {
        object = body_object();
        body_put(object, "figures", json_incref(figures));
        body_write(object, &text);
        buf_putc(&text, '\n');
    }
    fputs(buf_text(&text), out);
    json_decref(figures);
    buf_release(&text);
    return STATUS_OK;
}
