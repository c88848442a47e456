/* SPDX-License-Identifier: MIT */
/* What is held of one store, read a few rows at a time, so that a chain of any length fits.
 * Judges nothing and changes nothing. */
#include <string.h>

#include "exchange/register_held.h"

#define ROWS "500"

enum column { SEQ, LINK, ERASED, STEPPED, HEAD }; /* from HEAD on: as `names` has them */

/* A place that does not say the same as its entry is none. */
#define QUERY                                                                                  \
    "DECLARE held CURSOR FOR SELECT e.seq, encode(p.link, 'hex'), x.by_seq IS NOT NULL, "      \
    "s.seq IS NOT NULL, e.head, encode(e.signature, 'hex'), w.body, encode(w.salt, 'hex'), "   \
    "v.body FROM entry e "                                                                     \
    "LEFT JOIN place p ON p.store = e.store AND p.seq = e.seq AND p.month = e.month "          \
    "LEFT JOIN erased x ON x.store = e.store AND x.seq = e.seq "                               \
    "LEFT JOIN step s ON s.store = e.store AND s.ref = e.ref AND s.seq = e.seq "               \
    "LEFT JOIN body w ON w.store = e.store AND w.seq = e.seq AND w.month = e.month "           \
    "AND w.whole LEFT JOIN body v ON v.store = e.store AND v.seq = e.seq "                     \
    "AND v.month = e.month AND NOT v.whole WHERE e.store = $1::uuid ORDER BY e.seq"

static enum status visit_row(const PGresult *result, int row, held_visit *visit, void *data,
                             struct error *error)
{
    static const char *const names[] = {"head", "signature", "body", "salt", "view"};
    struct held held = {
        .entry = body_object(),
        .sequence = number_at(result, row, SEQ),
        .link = PQgetvalue(result, row, LINK),
        .erased = PQgetvalue(result, row, ERASED)[0] == 't',
        .stepped = PQgetvalue(result, row, STEPPED)[0] == 't',
    };
    enum status status;

    for (int i = 0; i < (int)COUNT(names); i++)
        body_put_text(held.entry, names[i], PQgetvalue(result, row, HEAD + i));
    status = visit(&held, data, error);
    json_decref(held.entry);
    return status;
}

enum status held_each(struct county *county, const char *store, held_visit *visit, void *data,
                      struct error *error)
{
    enum status status = county_query(county, QUERY, (const char *[]){store}, 1, NULL, error);
    PGresult *result;
    int got = 1;

    while (status == STATUS_OK && got > 0) {
        status = county_query(county, "FETCH " ROWS " FROM held", NULL, 0, &result, error);
        if (status != STATUS_OK)
            return status;
        got = PQntuples(result);
        for (int i = 0; status == STATUS_OK && i < got; i++)
            status = visit_row(result, i, visit, data, error);
        PQclear(result);
    }
    return status;
}

enum status held_head(struct county *county, const char *store, int64_t *ret_count,
                      char link[DIGEST_HEX_SIZE], struct error *error)
{
    PGresult *result;
    enum status status = county_query(
        county,
        "SELECT head_count, encode(head_link, 'hex') FROM bundle WHERE store = $1::uuid "
        "ORDER BY head_count DESC LIMIT 1",
        (const char *[]){store}, 1, &result, error);
    bool found;

    if (status != STATUS_OK)
        return status;
    found = PQntuples(result) == 1;
    *ret_count = found ? number_at(result, 0, 0) : 0;
    snprintf(link, DIGEST_HEX_SIZE, "%s", found ? PQgetvalue(result, 0, 1) : "");
    PQclear(result);
    return STATUS_OK;
}
