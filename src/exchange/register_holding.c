/* SPDX-License-Identifier: MIT */
/* What is known of a store and of the entries that a bundle brings, read in a few questions
 * however long the chain is. Changes nothing. */
#include "exchange/register_held.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void holding_release(struct holding *holding)
{
    chain_release(&holding->chain);
    PQclear(holding->known);
    PQclear(holding->taken);
    free(holding->judged);
    buf_release(&holding->rows);
}

int64_t number_at(const PGresult *result, int row, int column)
{
    return strtoll(PQgetvalue(result, row, column), NULL, 10);
}

int find_row(const PGresult *result, int64_t sequence)
{
    int low = 0, high = PQntuples(result);

    while (low < high) {
        int middle = low + (high - low) / 2;

        if (number_at(result, middle, 0) < sequence)
            low = middle + 1;
        else
            high = middle;
    }
    return low < PQntuples(result) && number_at(result, low, 0) == sequence ? low : -1;
}

bool holding_has(const struct holding *holding, int64_t sequence, enum known_column column)
{
    int row = find_row(holding->known, sequence);

    return row >= 0 && PQgetvalue(holding->known, row, (int)column)[0] == 't';
}

void list_add(struct buf *list, const char *text)
{
    buf_putc(list, list->length ? ',' : '{');
    buf_puts(list, text);
}

const char *list_end(struct buf *list)
{
    buf_puts(list, list->length ? "}" : "{}");
    return buf_text(list);
}

static void list_add_number(struct buf *list, int64_t number)
{
    char text[24];

    snprintf(text, sizeof(text), "%lld", (long long)number);
    list_add(list, text);
}

/* --- Asking ------------------------------------------------------------------------------- */

/* One receiver a store at a time: what is known stays so until the end. */
static enum status begin(struct county *county, const char *store, struct holding *holding,
                         struct error *error)
{
    PGresult *result;
    enum status status =
        county_query(county, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
                     (const char *[]){store}, 1, NULL, error);

    if (status == STATUS_OK)
        status = county_query(
            county, "SELECT (extract(epoch FROM now()) * 1000000)::bigint, month_ready()", NULL,
            0, &result, error);
    if (status != STATUS_OK)
        return status;
    holding->now = number_at(result, 0, 0);
    snprintf(holding->month, sizeof(holding->month), "%s", PQgetvalue(result, 0, 1));
    PQclear(result);
    return STATUS_OK;
}

/* What was admitted, and where the chain ends. */
static enum status load_head(struct county *county, const char *store, struct holding *holding,
                             struct error *error)
{
    struct chain *chain = &holding->chain;
    char link[DIGEST_HEX_SIZE];
    PGresult *result;
    enum status status = county_query(
        county, "SELECT encode(certificate, 'hex') FROM store WHERE store = $1::uuid",
        (const char *[]){store}, 1, &result, error);

    if (status != STATUS_OK)
        return status;
    if (PQntuples(result) == 1)
        snprintf(holding->certificate, DIGEST_HEX_SIZE, "%s", PQgetvalue(result, 0, 0));
    PQclear(result);
    status = held_head(county, store, &chain->count, link, error);
    if (status != STATUS_OK || !chain->count)
        return status;
    if (!hex_read(link, chain->link.byte, DIGEST_SIZE))
        chain->count = 0;
    snprintf(chain->store, sizeof(chain->store), "%s", store);
    return STATUS_OK;
}

/* Who may sign, as far as the chain goes. */
static enum status load_people(struct county *county, const char *store,
                               struct holding *holding, struct error *error)
{
    const char *value[] = {store};
    PGresult *result;
    enum status status = county_query(
        county, "SELECT head, body FROM people WHERE store = $1::uuid ORDER BY seq", value, 1,
        &result, error);

    if (status != STATUS_OK)
        return status;
    for (int i = 0; status == STATUS_OK && i < PQntuples(result); i++) {
        struct link link;

        status = link_read_head(PQgetvalue(result, i, 0), (size_t)PQgetlength(result, i, 0),
                                &link, error);
        link.body = PQgetvalue(result, i, 1);
        link.length = (size_t)PQgetlength(result, i, 1);
        if (status == STATUS_OK)
            status = chain_learn(&holding->chain, &link, error);
    }
    PQclear(result);
    return status;
}

/* Of just those entries that the bundle brings again. */
static enum status load_known(struct county *county, struct holding *holding,
                              struct error *error)
{
    const struct bundle *bundle = holding->bundle;
    struct buf list = {0};
    enum status status;

    for (size_t i = 0; i < bundle->count; i++) {
        if (bundle->entry[i].sequence <= holding->chain.count)
            list_add_number(&list, bundle->entry[i].sequence);
    }
    status = county_query(
        county,
        "SELECT p.seq, encode(p.link, 'hex'), p.month, coalesce(bool_or(b.whole), false) OR "
        "count(e) > 0, coalesce(bool_or(NOT b.whole), false) OR count(e) > 0, count(s) > 0 "
        "FROM place p LEFT JOIN body b USING (store, seq, month) LEFT JOIN erased e "
        "USING (store, seq) LEFT JOIN step s USING (store, seq) WHERE p.store = $1::uuid "
        "AND p.seq = ANY ($2::bigint[]) GROUP BY 1, 2, 3 ORDER BY 1",
        (const char *[]){bundle->manifest.store, list_end(&list)}, 2, &holding->known, error);
    buf_release(&list);
    return status;
}

/* A reference is of one record of its store, the first that came. */
static enum status load_taken(struct county *county, struct holding *holding,
                              struct error *error)
{
    const struct bundle *bundle = holding->bundle;
    struct buf refs = {0}, numbers = {0};
    enum status status;

    for (size_t i = 0; i < bundle->count; i++) {
        const struct link *link = &bundle->entry[i];

        if (strcmp(link->kind, "record") != 0 || !link->reference[0] ||
            (!link->body && !link->view))
            continue;
        list_add(&refs, link->reference);
        list_add_number(&numbers, link->sequence);
    }
    status = county_query(
        county,
        "SELECT x.seq FROM (SELECT *, row_number() OVER (PARTITION BY ref ORDER BY seq) AS nth "
        "FROM unnest($1::text[], $2::bigint[]) AS u (ref, seq)) x WHERE x.nth > 1 OR EXISTS "
        "(SELECT 1 FROM step s WHERE s.store = $3::uuid AND s.ref = x.ref "
        "AND s.kind = 'record' AND s.seq <> x.seq) ORDER BY x.seq",
        (const char *[]){list_end(&refs), list_end(&numbers), bundle->manifest.store}, 3,
        &holding->taken, error);
    buf_release(&refs);
    buf_release(&numbers);
    return status;
}

enum status holding_load(struct county *county, const struct bundle *bundle,
                         struct holding *holding, struct error *error)
{
    const char *store = bundle->manifest.store;
    enum status status;

    holding->bundle = bundle;
    holding->judged = xcalloc(bundle->count + 1, sizeof(*holding->judged));
    status = begin(county, store, holding, error);
    if (status == STATUS_OK)
        status = load_head(county, store, holding, error);
    if (status == STATUS_OK && holding->chain.count)
        status = load_people(county, store, holding, error);
    if (status == STATUS_OK)
        status = load_known(county, holding, error);
    if (status == STATUS_OK)
        status = load_taken(county, holding, error);
    return status;
}
