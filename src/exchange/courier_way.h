/* SPDX-License-Identifier: MIT */
/* What the ways of the courier share: one transfer by libcurl, and what became of it. */
#ifndef DISCERN_EXCHANGE_COURIER_WAY_H
#define DISCERN_EXCHANGE_COURIER_WAY_H

#include <curl/curl.h>
#include <time.h>

#include "exchange/courier.h"
#include "exchange/receipt.h"

#define RECEIPT_MAX_FILE (RECEIPT_MAX + ((size_t)1 << 16)) /* with its signature */

/* One request and its answer. Begin with transfer_begin, end with transfer_end. */
struct transfer {
    CURL *curl;
    const struct way *way;
    struct part file; /* what is sent; nothing if it fetches */
    size_t at;        /* how far it was read */
    struct buf *body; /* what comes back */
    size_t body_max;
    char words[CURL_ERROR_SIZE];
    curl_off_t told;  /* bytes both ways, as last told */
    curl_off_t moved; /* the same, when enough of them had moved */
    time_t moved_at;
    bool silent;
};

bool transfer_begin(struct transfer *transfer, const struct way *way, const char *url,
                    struct mishap *mishap);
void transfer_end(struct transfer *transfer);

/* Sends `file` from `at` on. */
void transfer_upload(struct transfer *transfer, struct part file, size_t at);

/* Runs it. What libcurl says is put into the words of the table of troubles. */
bool transfer_run(struct transfer *transfer, struct mishap *mishap);

/* Whether it is for the clock of this machine that the certificate of the server does not hold:
 * the server is asked what time it is, and nothing else. `verified` is what libcrypto found. */
bool clock_is_wrong(const struct way *way, long verified, struct mishap *mishap);

/* The address of a file in the folder of the way; free() it. */
char *way_url(const struct way *way, const char *suffix);

/* One each a kind of address. */
bool http_send(const struct way *way, struct part file, struct mishap *mishap);
bool http_fetch(const struct way *way, struct buf *out, struct mishap *mishap);
bool sftp_send(const struct way *way, struct part file, struct mishap *mishap);
bool sftp_fetch(const struct way *way, struct buf *out, struct mishap *mishap);

#endif
