/* SPDX-License-Identifier: MIT */
/* SFTP: written on under a passing name, where an earlier try stopped if that was ours, read
 * back, and renamed: what has its own name is whole. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "exchange/courier_way.h"

#define PASSING ".part"

/* Fetches what is there. False with TROUBLE_ABSENT if nothing is. */
static bool fetch(const struct way *way, const char *suffix, size_t max, struct buf *out,
                  struct mishap *mishap)
{
    char *url = way_url(way, suffix);
    struct transfer transfer;
    bool done = transfer_begin(&transfer, way, url, mishap);

    transfer.body_max = max;
    done = done && transfer_run(&transfer, mishap);
    if (done)
        buf_add(out, buf_text(transfer.body), transfer.body->length);
    transfer_end(&transfer);
    free(url);
    return done;
}

static bool is_same(const struct buf *found, struct part file)
{
    return found->length == file.length &&
           memcmp(buf_text(found), file.bytes, file.length) == 0;
}

/* The path of the file within its server, between the quotes that libcurl's commands want. */
static char *path_of(const struct way *way, const char *suffix)
{
    const char *host = way->url + strlen("sftp://"), *slash = strchr(host, '/');
    size_t length = slash ? strlen(slash) : 0;
    const char *home = slash && strncmp(slash, "/~/", 3) == 0 ? slash + 3 : slash;

    return xasprintf("\"%s%s%s%s\"", home ? home : "/",
                     length && slash[length - 1] == '/' ? "" : "/", way->name, suffix);
}

/* Where an earlier try stopped; 0 if what is there is not the beginning of this file. */
static size_t stopped_at(const struct way *way, struct part file)
{
    struct buf found = {0};
    struct mishap ignored;
    size_t at = 0;

    if (fetch(way, PASSING, file.length + RECEIPT_MAX_FILE, &found, &ignored) &&
        found.length <= file.length && memcmp(buf_text(&found), file.bytes, found.length) == 0)
        at = found.length;
    buf_release(&found);
    return at;
}

static bool put(const struct way *way, struct part file, struct mishap *mishap)
{
    char *url = way_url(way, PASSING);
    size_t at = stopped_at(way, file);
    struct transfer transfer;
    bool done = transfer_begin(&transfer, way, url, mishap);

    if (done) {
        transfer_upload(&transfer, file, at);
        curl_easy_setopt(transfer.curl, CURLOPT_APPEND, at ? 1L : 0L);
        curl_easy_setopt(transfer.curl, CURLOPT_NEW_FILE_PERMS, 0640L);
        done = transfer_run(&transfer, mishap);
        if (!done && mishap->trouble == TROUBLE_ABSENT)
            mishap_set(mishap, TROUBLE_FORBIDDEN, "there is no such folder");
    }
    transfer_end(&transfer);
    free(url);
    return done;
}

/* Gives the file its own name: a command on a look at the folder that looks at nothing. */
static bool move(const struct way *way, struct mishap *mishap)
{
    char *url = path_join(way->url, ""), *from = path_of(way, PASSING), *to = path_of(way, "");
    char *command = xasprintf("rename %s %s", from, to);
    struct curl_slist *commands = curl_slist_append(NULL, command);
    struct transfer transfer;
    bool done = transfer_begin(&transfer, way, url, mishap);

    if (done) {
        curl_easy_setopt(transfer.curl, CURLOPT_NOBODY, 1L);
        curl_easy_setopt(transfer.curl, CURLOPT_QUOTE, commands);
        done = transfer_run(&transfer, mishap);
    }
    transfer_end(&transfer);
    curl_slist_free_all(commands);
    free(command);
    free(to);
    free(from);
    free(url);
    return done;
}

bool sftp_send(const struct way *way, struct part file, struct mishap *mishap)
{
    struct buf found = {0};
    size_t max = file.length + RECEIPT_MAX_FILE;
    bool done = fetch(way, "", max, &found, mishap);

    if (done && !is_same(&found, file))
        done = mishap_set(mishap, TROUBLE_OTHER, "%s", way->name);
    else if (!done && mishap->trouble == TROUBLE_ABSENT) {
        buf_clear(&found);
        done = put(way, file, mishap) && fetch(way, PASSING, max, &found, mishap);
        if (done && !is_same(&found, file))
            done = mishap_set(mishap, TROUBLE_UNLIKE, "the server has something else");
        done = done && move(way, mishap);
    }
    buf_release(&found);
    return done;
}

bool sftp_fetch(const struct way *way, struct buf *out, struct mishap *mishap)
{
    return fetch(way, "", RECEIPT_MAX_FILE, out, mishap);
}
