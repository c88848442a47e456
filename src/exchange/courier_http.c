/* SPDX-License-Identifier: MIT */
/*
 * HTTPS and WebDAV: a PUT under a passing name, moved to its own where the server can, and read
 * back. That a server says 200 or 201 counts for nothing: what is there is looked at.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "exchange/courier_way.h"

#define PASSING ".part"

static long code_of(const struct transfer *transfer)
{
    long code = 0;

    curl_easy_getinfo(transfer->curl, CURLINFO_RESPONSE_CODE, &code);
    return code;
}

/* A server that takes files does not answer with a page, and no file of ours begins as one. */
static bool is_page(const struct transfer *transfer)
{
    const struct buf *body = transfer->body;
    char *type = NULL;

    curl_easy_getinfo(transfer->curl, CURLINFO_CONTENT_TYPE, &type);
    return (type && strncasecmp(type, "text/html", 9) == 0) ||
           (body->length && body->text[0] == '<');
}

/* Never followed: what is sent goes where the settings say, or nowhere. */
static bool refuse_redirect(const struct transfer *transfer, long code, struct mishap *mishap)
{
    char *url = NULL;

    curl_easy_getinfo(transfer->curl, CURLINFO_REDIRECT_URL, &url);
    return mishap_set(mishap, TROUBLE_PORTAL, "it sent us to %s (%ld)",
                      url ? url : "another address", code);
}

static bool refuse(const struct transfer *transfer, long code, struct mishap *mishap)
{
    if (code >= 300 && code < 400)
        return refuse_redirect(transfer, code, mishap);
    switch (code) {
    case 200:
        return mishap_set(mishap, TROUBLE_PORTAL, "it sent a page");
    case 400:
        if (transfer->way->client_certificate[0])
            return mishap_set(mishap, TROUBLE_LOGIN,
                              "it answered 400, perhaps to the client-certificate");
        return mishap_set(mishap, TROUBLE_FORBIDDEN, "it answered 400");
    case 401:
        return mishap_set(mishap, TROUBLE_LOGIN, "%s",
                          transfer->way->user[0] ? "it knows no such user and password"
                                                 : "it asks for one");
    case 403:
    case 405:
        return mishap_set(mishap, TROUBLE_FORBIDDEN, "it answered %ld", code);
    case 404:
    case 409:
        return mishap_set(mishap, TROUBLE_FORBIDDEN, "there is no such folder (%ld)", code);
    case 407:
        return mishap_set(mishap, TROUBLE_PROXY, "it asks for a login");
    case 408:
    case 504:
        return mishap_set(mishap, TROUBLE_SILENT, "it answered %ld", code);
    case 412:
        return mishap_set(mishap, TROUBLE_OTHER, "it answered 412");
    case 413:
    case 507:
        return mishap_set(mishap, TROUBLE_FULL, "it answered %ld", code);
    case 423:
    case 429:
        return mishap_set(mishap, TROUBLE_SERVER, "it answered %ld", code);
    case 511:
        return mishap_set(mishap, TROUBLE_PORTAL, "it answered 511");
    default:
        return mishap_set(mishap, code >= 500 ? TROUBLE_SERVER : TROUBLE_FORBIDDEN,
                          "it answered %ld", code);
    }
}

/* --- Looking ------------------------------------------------------------------------------ */

enum there { THERE_NOTHING, THERE_SAME, THERE_OTHER, THERE_HIDDEN };

static bool begins(struct part file, const struct buf *found)
{
    return found->length <= file.length &&
           memcmp(buf_text(found), file.bytes, found->length) == 0;
}

/* What is under that address now. A server may let us put what it does not let us read. */
static bool look(const struct way *way, const char *suffix, struct part file,
                 enum there *ret_there, struct mishap *mishap)
{
    char *url = way_url(way, suffix);
    struct transfer transfer;
    bool done = transfer_begin(&transfer, way, url, mishap);
    long code;

    transfer.body_max = file.length + RECEIPT_MAX_FILE;
    done = done && transfer_run(&transfer, mishap);
    if (done) {
        code = code_of(&transfer);
        if (code == 404 || code == 410)
            *ret_there = THERE_NOTHING;
        else if (code == 403 || code == 405)
            *ret_there = THERE_HIDDEN;
        else if (code != 200)
            done = refuse(&transfer, code, mishap);
        else if (begins(file, transfer.body)) /* a server without MOVE keeps what was cut */
            *ret_there = transfer.body->length == file.length ? THERE_SAME : THERE_NOTHING;
        else if (is_page(&transfer))
            done = refuse(&transfer, 200, mishap);
        else
            *ret_there = THERE_OTHER;
    }
    transfer_end(&transfer);
    free(url);
    return done;
}

/* --- Sending ------------------------------------------------------------------------------ */

static bool put(const struct way *way, const char *suffix, struct part file,
                struct mishap *mishap)
{
    struct curl_slist *headers =
        curl_slist_append(NULL, "Content-Type: application/pkcs7-mime");
    char *url = way_url(way, suffix);
    struct transfer transfer;
    bool done = transfer_begin(&transfer, way, url, mishap);
    long code;

    if (done) {
        curl_easy_setopt(transfer.curl, CURLOPT_HTTPHEADER, headers);
        transfer_upload(&transfer, file, 0);
        done = transfer_run(&transfer, mishap);
    }
    if (done) {
        code = code_of(&transfer);
        if ((code != 200 && code != 201 && code != 204) || (code == 200 && is_page(&transfer)))
            done = refuse(&transfer, code, mishap);
    }
    transfer_end(&transfer);
    curl_slist_free_all(headers);
    free(url);
    return done;
}

/* Asks for something that has no body: MOVE (with the headers for it) or DELETE. */
static long ask(const struct way *way, const char *method, const char *suffix,
                const struct curl_slist *headers)
{
    char *url = way_url(way, suffix);
    struct transfer transfer;
    struct mishap ignored;
    long code = 0;

    if (transfer_begin(&transfer, way, url, &ignored)) {
        curl_easy_setopt(transfer.curl, CURLOPT_CUSTOMREQUEST, method);
        curl_easy_setopt(transfer.curl, CURLOPT_HTTPHEADER, headers);
        if (transfer_run(&transfer, &ignored))
            code = code_of(&transfer);
    }
    transfer_end(&transfer);
    free(url);
    return code;
}

/* Gives the file its own name, without ever replacing another of that name. */
static bool move(const struct way *way)
{
    char *url = way_url(way, ""), *to = xasprintf("Destination: %s", url);
    struct curl_slist *headers = curl_slist_append(NULL, to);
    long code;

    headers = curl_slist_append(headers, "Overwrite: F");
    code = ask(way, "MOVE", PASSING, headers);
    curl_slist_free_all(headers);
    free(to);
    free(url);
    return code == 201 || code == 204;
}

static bool read_back(const struct way *way, struct part file, struct mishap *mishap)
{
    enum there there;

    if (!look(way, "", file, &there, mishap))
        return false;
    if (there == THERE_SAME || there == THERE_HIDDEN)
        return true;
    return mishap_set(mishap, TROUBLE_UNLIKE, "%s",
                      there == THERE_NOTHING ? "the server took it and has it not"
                                             : "the server has something else");
}

bool http_send(const struct way *way, struct part file, struct mishap *mishap)
{
    enum there there;

    if (!look(way, "", file, &there, mishap))
        return false;
    if (there == THERE_SAME)
        return true;
    if (there == THERE_OTHER)
        return mishap_set(mishap, TROUBLE_OTHER, "%s", way->name);
    if (!put(way, PASSING, file, mishap))
        return false;
    if (!move(way)) {
        /* A server without MOVE: what it has half written under the name does not open. */
        ask(way, "DELETE", PASSING, NULL);
        if (!put(way, "", file, mishap))
            return false;
    }
    return read_back(way, file, mishap);
}

bool http_fetch(const struct way *way, struct buf *out, struct mishap *mishap)
{
    char *url = way_url(way, "");
    struct transfer transfer;
    bool done = transfer_begin(&transfer, way, url, mishap) && transfer_run(&transfer, mishap);
    long code = done ? code_of(&transfer) : 0;

    if (done && (code == 404 || code == 410))
        done = mishap_set(mishap, TROUBLE_ABSENT, "%s", way->name);
    else if (done && (code == 403 || code == 405))
        done = mishap_set(mishap, TROUBLE_ABSENT, "the server lets nobody read (%ld)", code);
    else if (done && (code != 200 || is_page(&transfer)))
        done = refuse(&transfer, code, mishap);
    if (done)
        buf_add(out, buf_text(transfer.body), transfer.body->length);
    transfer_end(&transfer);
    free(url);
    return done;
}
