/* SPDX-License-Identifier: MIT */
/* The connection, and what PostgreSQL says put into words. Knows no table. */
#include <stdlib.h>
#include <string.h>

#include "exchange/register.h"

#define COPY_CHUNK ((size_t)1 << 20)

/* What libpq says of the connection, in one line: callers free() it. */
static char *first_line(const PGconn *connection)
{
    const char *words = PQerrorMessage(connection);

    return xstrndup(words, strcspn(words, "\n"));
}

/* Later words win over the text: whoever writes that text cannot leave the proof out. */
enum status county_open(const char *where, struct county *ret_county, struct error *error)
{
    const char *const name[] = {
        "connect_timeout",           "dbname", "sslmode", "gssencmode", "client_encoding",
        "fallback_application_name", NULL};
    const char *const value[] = {
        "15", where, "verify-full", "disable", "UTF8", "discern-register", NULL};
    struct county county = {PQconnectdbParams(name, value, 1)};
    enum status status = STATUS_OK;

    if (!county.connection || PQstatus(county.connection) != CONNECTION_OK) {
        char *words = first_line(county.connection);

        status =
            fail(error, STATUS_IO,
                 "Check --database. Over a network the server must have a certificate that "
                 "sslrootcert vouches for.",
                 "The register's database was not reached: %s.", words);
        free(words);
    }
    if (status == STATUS_OK)
        status =
            county_run(&county,
                       "SET search_path = discern, pg_temp; SET client_min_messages = error; "
                       "SET datestyle = iso; SET timezone = 'UTC'",
                       error);
    if (status == STATUS_OK)
        *ret_county = county;
    else
        county_close(&county);
    return status;
}

void county_close(struct county *county)
{
    PQfinish(county->connection);
    county->connection = NULL;
}

enum status county_fail(const struct county *county, const PGresult *result,
                        struct error *error)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *words = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;

    state = state ? state : "";
    /* A server that stops says so before the connection is seen to be gone. */
    if (PQstatus(county->connection) != CONNECTION_OK || strncmp(state, "57P", 3) == 0)
        return fail(error, STATUS_IO,
                    "Start it again once the server is back: nothing is lost.",
                    "The connection to the register's database was cut.");
    words = words ? words : PQerrorMessage(county->connection);
    if (strcmp(state, "42501") == 0)
        return fail(error, STATUS_REFUSED,
                    "Ask whoever runs the register to grant your login discern_receiver or "
                    "discern_reader.",
                    "The register does not let this login do that: %s.", words);
    if (strcmp(state, "42P01") == 0 || strcmp(state, "42883") == 0 ||
        strcmp(state, "3F000") == 0)
        return fail(error, STATUS_NOT_FOUND, "Run `discern register init` first.",
                    "There is no register in this database.");
    if (strncmp(state, "53", 2) == 0)
        return fail(error, STATUS_IO, "Free some space on the server, then start it again.",
                    "The database has no room: %s.", words);
    return fail(error, STATUS_FAILED, "Tell whoever runs the register.",
                "The database refused: %s.", words);
}

enum status county_query(struct county *county, const char *sql, const char *const *value,
                         size_t count, PGresult **ret_result, struct error *error)
{
    PGresult *result =
        PQexecParams(county->connection, sql, (int)count, NULL, value, NULL, NULL, 0);
    ExecStatusType said = PQresultStatus(result);
    enum status status = STATUS_OK;

    if (said != PGRES_TUPLES_OK && said != PGRES_COMMAND_OK)
        status = county_fail(county, result, error);
    if (status == STATUS_OK && ret_result)
        *ret_result = result;
    else
        PQclear(result);
    return status;
}

enum status county_run(struct county *county, const char *sql, struct error *error)
{
    PGresult *result = PQexec(county->connection, sql);
    ExecStatusType said = PQresultStatus(result);
    enum status status = STATUS_OK;

    if (said != PGRES_TUPLES_OK && said != PGRES_COMMAND_OK)
        status = county_fail(county, result, error);
    PQclear(result);
    return status;
}

enum status county_copy(struct county *county, const char *sql, const struct buf *rows,
                        struct error *error)
{
    PGresult *result = PQexec(county->connection, sql);
    enum status status = STATUS_OK;
    bool given = PQresultStatus(result) == PGRES_COPY_IN;

    if (!given)
        status = county_fail(county, result, error);
    PQclear(result);
    for (size_t at = 0; given && at < rows->length; at += COPY_CHUNK) {
        size_t left = rows->length - at;

        given = PQputCopyData(county->connection, rows->text + at,
                              (int)(left < COPY_CHUNK ? left : COPY_CHUNK)) == 1;
    }
    if (given)
        given = PQputCopyEnd(county->connection, NULL) == 1;
    if (status == STATUS_OK && !given)
        status = county_fail(county, NULL, error);
    while ((result = PQgetResult(county->connection))) {
        if (status == STATUS_OK && PQresultStatus(result) != PGRES_COMMAND_OK)
            status = county_fail(county, result, error);
        PQclear(result);
    }
    return status;
}

enum status county_end(struct county *county, enum status status, struct error *error)
{
    struct error ignored;

    if (status == STATUS_OK)
        return county_run(county, "COMMIT", error);
    if (county_run(county, "ROLLBACK", &ignored) != STATUS_OK)
        PQreset(county->connection);
    return status;
}
