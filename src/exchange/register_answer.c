/* SPDX-License-Identifier: MIT */
/* One question of the screen answered: parts come in and go out, as with the courier
 * (exchange/browse.h is the other side). */
#include <string.h>
#include <unistd.h>

#include "exchange/parts.h"
#include "exchange/register_look.h"

/* --- What is asked for -------------------------------------------------------------------- */

static enum status answer_list(struct county *county, const json_t *query, json_t *answer,
                               struct error *error)
{
    json_t *rows;
    bool more;
    enum status status = list_rows(county, query, &rows, &more, error);

    if (status != STATUS_OK)
        return status;
    /* The words of a window further on were written down with its first. */
    if (body_number(query, "after") == 0)
        status = look_log(county, body_text(query, "search")[0] ? "search" : "list",
                          body_text(query, "search"), (long long)json_array_size(rows), error);
    body_put(answer, "rows", rows);
    body_put_flag(answer, "more", more);
    return status;
}

static enum status answer_count(struct county *county, const json_t *query, json_t *answer,
                                struct error *error)
{
    int64_t count;
    enum status status;

    /* A server that cannot see that we are gone counts to its end. */
    (void)!county_run(county, "SET client_connection_check_interval = '100ms'", error);
    status = list_count(county, query, &count, error);
    if (status == STATUS_OK)
        body_put_number(answer, "count", count);
    return status;
}

static enum status answer_record(struct county *county, const json_t *query, json_t *answer,
                                 struct error *error)
{
    long long number = body_number(query, "number");
    json_t *row = NULL, *entries = NULL;
    char text[24];
    enum status status = list_one(county, number, &row, error);

    snprintf(text, sizeof(text), "%lld", number);
    if (status == STATUS_OK)
        body_put(answer, "row", row);
    if (status == STATUS_OK)
        status = look_entries(county, number, &entries, error);
    if (status == STATUS_OK)
        body_put(answer, "entries", entries);
    return status == STATUS_OK ? look_log(county, "record", text, 1, error) : status;
}

static enum status answer_figures(struct county *county, const json_t *query, json_t *answer,
                                  struct error *error)
{
    json_t *figures;
    enum status status = look_figures(county, body_text(query, "since"), &figures, error);

    if (status == STATUS_OK)
        body_put(answer, "figures", figures);
    return status;
}

static const struct {
    const char *name;
    enum status (*answer)(struct county *county, const json_t *query, json_t *answer,
                          struct error *error);
} asks[] = {{"list", answer_list},
            {"count", answer_count},
            {"record", answer_record},
            {"figures", answer_figures}};

/* --- In and out --------------------------------------------------------------------------- */

#define QUERY_MAX ((size_t)1 << 16)

static enum status read_query(json_t **ret_query, struct error *error)
{
    char bytes[QUERY_MAX];
    struct buf in = {0};
    struct part query = {"", 0};
    enum status status;
    ssize_t got;

    while (in.length < QUERY_MAX && (got = read(STDIN_FILENO, bytes, sizeof(bytes))) > 0)
        buf_add(&in, bytes, (size_t)got);
    parts_find(&in, "query", &query);
    status = body_read(query.bytes, query.length, "question", ret_query, error);
    buf_release(&in);
    return status;
}

enum status register_answer(struct county *county, struct error *error)
{
    json_t *query, *answer;
    struct buf text = {0}, out = {0};
    enum status status = read_query(&query, error);
    size_t i = 0;

    if (status != STATUS_OK)
        return status;
    while (i < COUNT(asks) && strcmp(asks[i].name, body_text(query, "ask")) != 0)
        i++;
    answer = body_object();
    status = i < COUNT(asks)
                 ? asks[i].answer(county, query, answer, error)
                 : fail(error, STATUS_UNSUPPORTED, "Install the same version of both.",
                        "This register does not know what it is asked.");
    body_put_text(answer, "where",
                  PQhost(county->connection)[0] == '/' ? "this machine"
                                                       : PQhost(county->connection));
    body_put_text(answer, "database", PQdb(county->connection));
    body_write(answer, &text);
    json_decref(query);
    if (status == STATUS_OK) {
        parts_put(&out, "answer", buf_text(&text), text.length);
        parts_put_text(&out, "end", "done");
        fwrite(buf_text(&out), 1, out.length, stdout);
    }
    buf_release(&text);
    buf_release(&out);
    return status;
}

void register_answer_failed(enum status status, const struct error *error)
{
    struct buf out = {0};
    char number[16];

    snprintf(number, sizeof(number), "%d", (int)status);
    parts_put_text(&out, "status", number);
    parts_put_text(&out, "what", error->what);
    parts_put_text(&out, "remedy", error->remedy);
    parts_put_text(&out, "end", "done");
    fwrite(buf_text(&out), 1, out.length, stdout);
    buf_release(&out);
}
