/* SPDX-License-Identifier: MIT */
/* Sealed bundles on their way: into a folder or to the courier. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "exchange/send.h"

#define PASSWORD_MAX 1024

/* What a stick says it has written, and what is on it, may be two things. */
static enum status read_back(const struct parcel *parcel, const char *path, struct error *error)
{
    struct buf found = {0};
    enum status status = file_read(path, parcel->sealed.length, &found, error);

    if (status == STATUS_BAD_DATA ||
        (status == STATUS_OK &&
         (found.length != parcel->sealed.length ||
          memcmp(buf_text(&found), buf_text(&parcel->sealed), found.length) != 0)))
        status = trouble_fail(TROUBLE_UNLIKE, path, error);
    buf_release(&found);
    return status;
}

enum status parcel_put(const struct parcel *parcel, const char *folder, char **ret_path,
                       struct error *error)
{
    char *path = path_join(folder, parcel->name);
    enum status status =
        file_write(path, buf_text(&parcel->sealed), parcel->sealed.length, false, error);

    /* What is there already under its name is this very bundle, from a try that was cut short.
     */
    if (status == STATUS_OK || status == STATUS_REFUSED)
        status = read_back(parcel, path, error);
    if (status == STATUS_OK)
        *ret_path = path;
    else
        free(path);
    return status;
}

/* --- The network -------------------------------------------------------------------------- */

static enum status put_password(const char *path, const char *name, struct buf *in,
                                struct error *error)
{
    struct buf text = {0};
    struct stat found;
    enum status status;

    if (!path[0])
        return STATUS_OK;
    if (stat(path, &found) == 0 && found.st_mode & 077)
        return fail_at(error, STATUS_REFUSED, path, 0, NULL, "Run chmod 600 on it.",
                       "Others can read this file with a password.");
    status = file_read(path, PASSWORD_MAX, &text, error);
    if (status == STATUS_OK)
        parts_put(in, name, buf_text(&text), strcspn(buf_text(&text), "\r\n"));
    buf_wipe(&text);
    return status;
}

static enum status put_route(const struct route *route, const char *name, struct buf *in,
                             struct error *error)
{
    enum status status = put_password(route->password_file, "password", in, error);

    if (status == STATUS_OK)
        status = put_password(route->proxy_password_file, "proxy-pass", in, error);
    parts_put_text(in, "url", route->url);
    parts_put_text(in, "file-name", name);
    parts_put_text(in, "authority", route->authority);
    parts_put_text(in, "user", route->user);
    parts_put_text(in, "proxy", route->proxy);
    parts_put_text(in, "proxy-user", route->proxy_user);
    parts_put_text(in, "client-cert", route->client_certificate);
    parts_put_text(in, "client-key", route->client_key);
    parts_put_text(in, "known-hosts", route->known_hosts);
    parts_put_text(in, "timeout", route->timeout);
    return status;
}

enum status parcel_carry(const struct parcel *parcel, const struct courier *courier,
                         const struct route *route, enum trouble *ret_trouble,
                         struct error *error)
{
    struct buf in = {0}, out = {0};
    enum status status = put_route(route, parcel->name, &in, error);

    parts_put(&in, "sealed", buf_text(&parcel->sealed), parcel->sealed.length);
    if (status == STATUS_OK)
        status = errand_run(courier, "send", &in, &out, ret_trouble, error);
    buf_wipe(&in);
    buf_release(&out);
    return status;
}

enum status receipt_fetch(const struct courier *courier, const struct route *route,
                          const char *file_name, struct buf *out, enum trouble *ret_trouble,
                          struct error *error)
{
    struct buf in = {0}, answer = {0};
    enum status status = put_route(route, file_name, &in, error);

    if (status == STATUS_OK)
        status = errand_run(courier, "fetch", &in, &answer, ret_trouble, error);
    if (status == STATUS_OK)
        parts_copy(&answer, "file", out);
    buf_wipe(&in);
    buf_release(&answer);
    return status;
}
