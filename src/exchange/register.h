/* SPDX-License-Identifier: MIT */
/*
 * The register: the receiving side for a county, in PostgreSQL (data/register.sql). A program
 * of its own, the only one that links libpq; it opens and signs envelopes through the courier.
 * It trusts nothing that it receives, and says what it holds in signed receipts only.
 */
#ifndef DISCERN_EXCHANGE_REGISTER_H
#define DISCERN_EXCHANGE_REGISTER_H

#include <stdbool.h>
#include <stdio.h>

#include <libpq-fe.h>

#include "exchange/errand.h"
#include "exchange/receive.h"

/* --- The database (register_database.c) ----------------------------------------------------
 */

struct county {
    PGconn *connection;
};

/* Connects. Over a network the server must prove who it is (sslmode=verify-full), whatever the
 * text says; over a local socket that does not apply. Release with county_close. */
MUST_CHECK enum status county_open(const char *where, struct county *ret_county,
                                   struct error *error);
void county_close(struct county *county);

/* Runs one statement with text values ("\\x..." for bytes, NULL for none). *ret_result may be
 * NULL; else PQclear it. STATUS_REFUSED if the login may not, STATUS_NOT_FOUND if there is no
 * register in this database, STATUS_IO if the server is gone. */
MUST_CHECK enum status county_query(struct county *county, const char *sql,
                                    const char *const *value, size_t count,
                                    PGresult **ret_result, struct error *error);

/* Runs statements without values. */
MUST_CHECK enum status county_run(struct county *county, const char *sql, struct error *error);

/* Gives the rows to a COPY, and ends it. */
MUST_CHECK enum status county_copy(struct county *county, const char *sql,
                                   const struct buf *rows, struct error *error);

/* Ends a transaction: what was done stays if `status` is STATUS_OK, else nothing of it. */
MUST_CHECK enum status county_end(struct county *county, enum status status,
                                  struct error *error);

/* What libpq says of a failed result (may be NULL), in a struct error. */
enum status county_fail(const struct county *county, const PGresult *result,
                        struct error *error);

/* --- The register's own certificate (register_desk.c) ---------------------------------------
 */

#define DESK_KEY "register.key"
#define DESK_CERTIFICATE "register.crt"

struct desk {
    char *key, *certificate; /* PEM */
    char fingerprint[DIGEST_HEX_SIZE];
    char *name;
    char *courier;
};

/* Makes key and certificate in a folder, unless they are there, by the courier of that path. */
MUST_CHECK enum status desk_make(const char *folder, const char *courier, const char *name,
                                 struct error *error);

/* Loads them. Release with desk_release, which wipes the key. */
MUST_CHECK enum status desk_load(const char *folder, const char *courier, struct desk *ret_desk,
                                 struct error *error);
void desk_release(struct desk *desk);

/* Decrypts and verifies an envelope; `signer` becomes the fingerprint of who signed it. */
MUST_CHECK enum status desk_open(const struct desk *desk, const struct buf *sealed,
                                 struct buf *plain, char signer[DIGEST_HEX_SIZE],
                                 struct error *error);

/* Signs. */
MUST_CHECK enum status desk_sign(const struct desk *desk, const struct buf *plain,
                                 struct buf *out, struct error *error);

/* --- Receiving ------------------------------------------------------------------------------
 */

/* What became of one bundle. */
struct received {
    bool taken;           /* at least the chain went on, or was as far already */
    bool again;           /* this very file was taken before */
    enum refusal refusal; /* of the whole bundle; REFUSAL_COUNT if it was taken */
    int64_t accepted, refused;
    char store[CHAIN_STORE_SIZE], signer[DIGEST_HEX_SIZE];
    char message[400]; /* why the whole was refused */
};

/* Takes the file of a bundle in, in one transaction, and appends its signed receipt. Whatever
 * is wrong with the bundle itself is said in the receipt. STATUS_BAD_DATA or STATUS_REFUSED if
 * it cannot be opened or read: then there is nobody to give a receipt to. (register_receive.c)
 */
MUST_CHECK enum status register_receive(struct county *county, const struct desk *desk,
                                        const struct buf *file, struct received *ret_received,
                                        struct buf *receipt, struct error *error);

/* Appends the words of a text as searches compare them: folded, with a blank between them, at
 * most `room` bytes. (register_row.c) */
void row_words(const char *text, size_t length, size_t room, struct buf *out);

/* Receives a file and puts the receipt beside it; says on `out` what became of it.
 * (register_folder.c) */
MUST_CHECK enum status register_file(struct county *county, const struct desk *desk,
                                     const char *path, FILE *out, struct received *ret_received,
                                     struct error *error);

/* Receives what is in a folder, and what comes, every so many seconds until a signal; once if
 * `seconds` is 0. */
MUST_CHECK enum status register_serve(struct county *county, const struct desk *desk,
                                      const char *folder, unsigned seconds, FILE *out,
                                      struct error *error);

/* --- Looking --------------------------------------------------------------------------------
 */

MUST_CHECK enum status register_init(struct county *county, struct error *error);
MUST_CHECK enum status register_admit(struct county *county, const char *store,
                                      const char *fingerprint, const char *name,
                                      struct error *error);

/* Decisions with these words or beginnings of words, in any team, the newest first. */
MUST_CHECK enum status register_search(struct county *county, const char *words, int limit,
                                       bool json, FILE *out, struct error *error);

/* What is counted of decisions signed in the month of the day `since` ("2026-11-01") or later,
 * and of what came since then. */
MUST_CHECK enum status register_figures(struct county *county, const char *since, bool json,
                                        FILE *out, struct error *error);

/* Answers the question on standard input; a failure, also one from before it could be read, is
 * an answer as well. (register_answer.c) */
MUST_CHECK enum status register_answer(struct county *county, struct error *error);
void register_answer_failed(enum status status, const struct error *error);

/* Writes what is held of a store to a file that must not exist, as an export of its whole chain
 * (discern-record(5)). */
MUST_CHECK enum status register_export(struct county *county, const char *store,
                                       const char *path, FILE *out, struct error *error);

/* Follows the chain of every store as it is held, and prints a line for each: how far it goes
 * and its head, or the first entry that is wrong. STATUS_DAMAGED if one is. (register_verify.c)
 */
MUST_CHECK enum status register_verify(struct county *county, FILE *out, struct error *error);

#endif
