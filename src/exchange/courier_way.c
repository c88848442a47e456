/* SPDX-License-Identifier: MIT */
/* One transfer by libcurl, bounded in time and size, and its failures in our words. */
#include "exchange/courier_way.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define TIMEOUT_DEFAULT 60
#define MOVED_LEAST 1024 /* bytes, within the timeout: fewer are a server that stalls us */

static bool begins(const char *text, const char *start)
{
    return strncasecmp(text, start, strlen(start)) == 0;
}

static bool is_sftp(const struct way *way)
{
    return begins(way->url, "sftp://");
}

/* --- Setting up --------------------------------------------------------------------------- */

static size_t give_bytes(char *into, size_t size, size_t count, void *data)
{
    struct transfer *transfer = data;
    size_t left = transfer->file.length - transfer->at, room = size * count;

    if (courier_stopped())
        return CURL_READFUNC_ABORT;
    if (room > left)
        room = left;
    memcpy(into, transfer->file.bytes + transfer->at, room);
    transfer->at += room;
    return room;
}

/* libcurl asks for this when it must send again from the start. */
static int seek_bytes(void *data, curl_off_t offset, int origin)
{
    struct transfer *transfer = data;

    if (origin != SEEK_SET || offset < 0 || (size_t)offset > transfer->file.length)
        return CURL_SEEKFUNC_CANTSEEK;
    transfer->at = (size_t)offset;
    return CURL_SEEKFUNC_OK;
}

static size_t take_bytes(char *bytes, size_t size, size_t count, void *data)
{
    struct transfer *transfer = data;

    if (transfer->body->length + size * count > transfer->body_max)
        return 0;
    buf_add(transfer->body, bytes, size * count);
    return size * count;
}

static long timeout_of(const struct way *way)
{
    return way->timeout > 0 ? way->timeout : TIMEOUT_DEFAULT;
}

/* libcurl's own watch on slow connections takes the mean of some seconds, and none of it in
 * some states; this one counts in all of them. */
static bool is_silent(struct transfer *transfer, curl_off_t moved)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    if (moved - transfer->moved >= MOVED_LEAST || !transfer->moved_at) {
        transfer->moved = moved;
        transfer->moved_at = now.tv_sec;
    }
    transfer->silent = now.tv_sec - transfer->moved_at > timeout_of(transfer->way);
    return transfer->silent;
}

static int on_progress(void *data, curl_off_t all_down, curl_off_t down, curl_off_t all_up,
                       curl_off_t up)
{
    struct transfer *transfer = data;

    (void)all_up;
    if (up + down != transfer->told && transfer->file.length)
        fprintf(stderr, "%zu %zu\n", transfer->at, transfer->file.length);
    else if (up + down != transfer->told && all_down)
        fprintf(stderr, "%lld %lld\n", (long long)down, (long long)all_down);
    transfer->told = up + down;
    return courier_stopped() || is_silent(transfer, up + down);
}

static void set_text(CURL *curl, CURLoption option, const char *text)
{
    if (text[0])
        curl_easy_setopt(curl, option, text);
}

static void set_safety(const struct transfer *transfer)
{
    CURL *curl = transfer->curl;

    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http,sftp");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, timeout_of(transfer->way));
}

static void set_login(const struct transfer *transfer)
{
    const struct way *way = transfer->way;
    CURL *curl = transfer->curl;

    set_text(curl, CURLOPT_USERNAME, way->user);
    set_text(curl, CURLOPT_PASSWORD, way->password);
    if (is_sftp(way)) {
        set_text(curl, CURLOPT_SSH_PRIVATE_KEYFILE, way->client_key);
        set_text(curl, CURLOPT_SSH_KNOWNHOSTS, way->known_hosts);
        curl_easy_setopt(
            curl, CURLOPT_SSH_AUTH_TYPES,
            (long)(way->client_key[0] ? CURLSSH_AUTH_PUBLICKEY : CURLSSH_AUTH_PASSWORD));
    } else {
        set_text(curl, CURLOPT_CAINFO, way->authority);
        set_text(curl, CURLOPT_SSLCERT, way->client_certificate);
        set_text(curl, CURLOPT_SSLKEY, way->client_key);
        curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC | CURLAUTH_DIGEST);
    }
    /* No proxy unless the settings name one: not the environment's either. */
    curl_easy_setopt(curl, CURLOPT_PROXY, way->proxy);
    set_text(curl, CURLOPT_PROXYUSERNAME, way->proxy_user);
    set_text(curl, CURLOPT_PROXYPASSWORD, way->proxy_password);
    curl_easy_setopt(curl, CURLOPT_PROXYAUTH, CURLAUTH_ANY);
}

bool transfer_begin(struct transfer *transfer, const struct way *way, const char *url,
                    struct mishap *mishap)
{
    CURL *curl = curl_easy_init();

    *transfer = (struct transfer){.curl = curl, .way = way, .body_max = RECEIPT_MAX_FILE};
    if (!curl)
        return mishap_set(mishap, TROUBLE_FAULT, "libcurl did not start");
    transfer->body = xcalloc(1, sizeof(*transfer->body));
    curl_easy_setopt(curl, CURLOPT_URL, url);
    set_safety(transfer);
    set_login(transfer);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, transfer->words);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, transfer);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, transfer);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    return true;
}

void transfer_end(struct transfer *transfer)
{
    curl_easy_cleanup(transfer->curl);
    if (transfer->body)
        buf_release(transfer->body);
    free(transfer->body);
}

void transfer_upload(struct transfer *transfer, struct part file, size_t at)
{
    transfer->file = file;
    transfer->at = at;
    curl_easy_setopt(transfer->curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(transfer->curl, CURLOPT_READFUNCTION, give_bytes);
    curl_easy_setopt(transfer->curl, CURLOPT_READDATA, transfer);
    curl_easy_setopt(transfer->curl, CURLOPT_SEEKFUNCTION, seek_bytes);
    curl_easy_setopt(transfer->curl, CURLOPT_SEEKDATA, transfer);
    curl_easy_setopt(transfer->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)(file.length - at));
}

/* --- Failures ----------------------------------------------------------------------------- */

static const struct {
    CURLcode code;
    enum trouble trouble;
} troubles[] = {
    {CURLE_UNSUPPORTED_PROTOCOL, TROUBLE_SETTING},
    {CURLE_URL_MALFORMAT, TROUBLE_SETTING},
    {CURLE_COULDNT_RESOLVE_PROXY, TROUBLE_PROXY},
    {CURLE_PROXY, TROUBLE_PROXY},
    {CURLE_COULDNT_RESOLVE_HOST, TROUBLE_ADDRESS},
    {CURLE_COULDNT_CONNECT, TROUBLE_ADDRESS},
    {CURLE_REMOTE_ACCESS_DENIED, TROUBLE_FORBIDDEN},
    {CURLE_OPERATION_TIMEDOUT, TROUBLE_SILENT},
    {CURLE_PEER_FAILED_VERIFICATION, TROUBLE_CERTIFICATE},
    {CURLE_SSL_CONNECT_ERROR, TROUBLE_CERTIFICATE},
    {CURLE_SSL_CACERT_BADFILE, TROUBLE_SETTING},
    {CURLE_SSL_CERTPROBLEM, TROUBLE_SETTING},
    {CURLE_LOGIN_DENIED, TROUBLE_LOGIN},
    {CURLE_REMOTE_DISK_FULL, TROUBLE_FULL},
    {CURLE_REMOTE_FILE_NOT_FOUND, TROUBLE_ABSENT},
    {CURLE_REMOTE_FILE_EXISTS, TROUBLE_OTHER},
    {CURLE_GOT_NOTHING, TROUBLE_CUT},
    {CURLE_SEND_ERROR, TROUBLE_CUT},
    {CURLE_RECV_ERROR, TROUBLE_CUT},
    {CURLE_PARTIAL_FILE, TROUBLE_CUT},
    {CURLE_UPLOAD_FAILED, TROUBLE_CUT},
    {CURLE_ABORTED_BY_CALLBACK, TROUBLE_CANCELLED},
    {CURLE_WRITE_ERROR, TROUBLE_PORTAL}, /* more came back than any answer of ours is long */
    {CURLE_FAILED_INIT, TROUBLE_CERTIFICATE}, /* of ssh: no kind of key in common */
    {CURLE_SSH, TROUBLE_CUT},
};

static enum trouble trouble_of_curl(const struct transfer *transfer, CURLcode code)
{
    const char *words = transfer->words;

    if (courier_stopped())
        return TROUBLE_CANCELLED;
    if (transfer->silent)
        return TROUBLE_SILENT;
    if (strstr(words, " alert certificate") || strstr(words, " alert bad certificate") ||
        strstr(words, " alert unknown ca"))
        return TROUBLE_LOGIN; /* the server says so of ours */
    for (size_t i = 0; i < COUNT(troubles); i++) {
        if (troubles[i].code == code)
            return troubles[i].trouble;
    }
    return TROUBLE_FAULT;
}

bool transfer_run(struct transfer *transfer, struct mishap *mishap)
{
    CURLcode code = curl_easy_perform(transfer->curl);
    long proxy = 0, verified = 0;

    if (code == CURLE_OK)
        return true;
    curl_easy_getinfo(transfer->curl, CURLINFO_HTTP_CONNECTCODE, &proxy);
    curl_easy_getinfo(transfer->curl, CURLINFO_SSL_VERIFYRESULT, &verified);
    if (code == CURLE_PEER_FAILED_VERIFICATION &&
        clock_is_wrong(transfer->way, verified, mishap))
        return false;
    return mishap_set(mishap, proxy >= 400 ? TROUBLE_PROXY : trouble_of_curl(transfer, code),
                      "%s", transfer->words[0] ? transfer->words : curl_easy_strerror(code));
}

/* --- Which way ---------------------------------------------------------------------------- */

char *way_url(const struct way *way, const char *suffix)
{
    size_t length = strlen(way->url);

    return xasprintf("%s%s%s%s", way->url, length && way->url[length - 1] == '/' ? "" : "/",
                     way->name, suffix);
}

/* Letters, digits, points and dashes: what is the same in an address and in a folder, and
 * cannot lead out of it. */
static bool name_good(const char *name)
{
    return name[0] && name[0] != '.' && strlen(name) < 200 &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") == strlen(name) &&
           !strstr(name, "..");
}

static bool way_check(const struct way *way, struct mishap *mishap)
{
    bool plain = begins(way->url, "http://");

    if (!plain && !begins(way->url, "https://") && !is_sftp(way))
        return mishap_set(mishap, TROUBLE_SETTING,
                          "the address must begin with https:// or sftp://");
    if (plain && (way->user[0] || way->password[0]))
        return mishap_set(mishap, TROUBLE_SETTING,
                          "a password is not sent over http://; write https://");
    if (strchr(way->proxy, '@'))
        return mishap_set(mishap, TROUBLE_SETTING,
                          "the login at the proxy goes into proxy-user, not into its address");
    if (strpbrk(way->url, "?#@ ") != NULL)
        return mishap_set(mishap, TROUBLE_SETTING,
                          "the address is that of a folder: no user, query or blank in it");
    if (is_sftp(way) && !way->known_hosts[0])
        return mishap_set(mishap, TROUBLE_SETTING,
                          "known-hosts must name the file with the server's key");
    if (!name_good(way->name))
        return mishap_set(mishap, TROUBLE_FAULT, "the name of the file cannot be used");
    return true;
}

bool way_send(const struct way *way, struct part file, struct mishap *mishap)
{
    if (!way_check(way, mishap))
        return false;
    return is_sftp(way) ? sftp_send(way, file, mishap) : http_send(way, file, mishap);
}

bool way_fetch(const struct way *way, struct buf *out, struct mishap *mishap)
{
    if (!way_check(way, mishap))
        return false;
    return is_sftp(way) ? sftp_fetch(way, out, mishap) : http_fetch(way, out, mishap);
}
