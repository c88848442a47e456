/* SPDX-License-Identifier: MIT */
/* Whose fault it is that a certificate does not hold today: the server's, or the clock's. What
 * is asked here is asked of nobody in particular: it is shown, and no decision rests on it. */
#include <openssl/x509_vfy.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "exchange/courier_way.h"

#define MICROSECONDS 1000000

/* The time by a server that could not prove who it is. It gets no login, and nothing but one
 * header is read of what it answers. */
static bool server_time(const struct way *way, struct moment *ret_moment)
{
    char none[] = "";
    struct way bare = *way;
    struct curl_header *header;
    struct transfer transfer;
    struct mishap ignored;
    time_t seconds = -1;

    bare.user = bare.password = bare.client_certificate = bare.client_key = none;
    if (transfer_begin(&transfer, &bare, way->url, &ignored)) {
        curl_easy_setopt(transfer.curl, CURLOPT_NOBODY, 1L);
        curl_easy_setopt(transfer.curl, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(transfer.curl, CURLOPT_SSL_VERIFYHOST, 0L);
        if (transfer_run(&transfer, &ignored) &&
            curl_easy_header(transfer.curl, "Date", 0, CURLH_HEADER, -1, &header) == CURLHE_OK)
            seconds = curl_getdate(header->value, NULL);
    }
    transfer_end(&transfer);
    if (seconds != -1)
        *ret_moment = (struct moment){.us = (int64_t)seconds * MICROSECONDS};
    return seconds != -1;
}

bool clock_is_wrong(const struct way *way, long verified, struct mishap *mishap)
{
    struct moment here = moment_now(), there = here;
    char here_words[MOMENT_WORDS_SIZE], there_words[MOMENT_WORDS_SIZE];
    bool early = verified == X509_V_ERR_CERT_NOT_YET_VALID, told;
    /* Certificates run out more often than clocks run ahead. */
    int64_t seconds, most = early ? 60 : 24 * 60 * 60;

    if (!early && verified != X509_V_ERR_CERT_HAS_EXPIRED)
        return false;
    told = server_time(way, &there);
    seconds = llabs(there.us - here.us) / MICROSECONDS;
    if (told && seconds < most)
        return false;
    if (!told && !early)
        return false;
    there.offset_minutes = here.offset_minutes;
    moment_words(here, here_words);
    moment_words(there, there_words);
    if (told)
        mishap_set(mishap, TROUBLE_CLOCK, "here it is %s, there it is %s", here_words,
                   there_words);
    else
        mishap_set(mishap, TROUBLE_CLOCK,
                   "here it is %s, and the server's certificate is not valid yet", here_words);
    return true;
}
