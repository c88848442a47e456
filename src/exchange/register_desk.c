/* SPDX-License-Identifier: MIT */
/* The register's certificate, and the envelopes that the courier opens and signs for it. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/secret.h"
#include "exchange/register.h"

#define PEM_MAX ((size_t)1 << 16)

static enum status ask(const char *path, const char *task, struct buf *in, struct buf *out,
                       struct error *error)
{
    struct courier courier = {.path = path};
    enum status status = errand_run(&courier, task, in, out, NULL, error);

    buf_wipe(in);
    return status;
}

static enum status write_part(const char *folder, const char *name, const struct buf *parts,
                              const char *part, struct error *error)
{
    char *path = path_join(folder, name);
    struct part bytes = {"", 0};
    enum status status;

    parts_find(parts, part, &bytes);
    status = file_write(path, bytes.bytes, bytes.length, false, error);
    free(path);
    return status;
}

enum status desk_make(const char *folder, const char *courier, const char *name,
                      struct error *error)
{
    char *path = path_join(folder, DESK_CERTIFICATE);
    bool there = access(path, F_OK) == 0;
    struct buf in = {0}, out = {0};
    enum status status = STATUS_OK;
    unsigned char random[(CHAIN_STORE_SIZE - 1) / 2];
    char id[CHAIN_STORE_SIZE];

    if (!there) {
        random_bytes(random, sizeof(random));
        hex_write(random, sizeof(random), id);
        parts_put_text(&in, "name", name);
        parts_put_text(&in, "store", id);
        status = ask(courier, "identity", &in, &out, error);
    }
    /* The certificate last: where it is, the key is. */
    if (!there && status == STATUS_OK)
        status = write_part(folder, DESK_KEY, &out, "key", error);
    if (!there && status == STATUS_OK)
        status = write_part(folder, DESK_CERTIFICATE, &out, "certificate", error);
    buf_wipe(&out);
    free(path);
    return status;
}

static enum status read_pem(const char *folder, const char *name, char **ret_pem,
                            struct error *error)
{
    char *path = path_join(folder, name);
    struct buf pem = {0};
    enum status status = file_read(path, PEM_MAX, &pem, error);

    free(path);
    if (status == STATUS_OK)
        *ret_pem = xstrdup(buf_text(&pem));
    buf_wipe(&pem);
    return status;
}

enum status desk_load(const char *folder, const char *courier, struct desk *ret_desk,
                      struct error *error)
{
    struct desk desk = {.courier = xstrdup(courier)};
    struct buf in = {0}, out = {0};
    enum status status = read_pem(folder, DESK_CERTIFICATE, &desk.certificate, error);
    char *fingerprint;

    if (status == STATUS_OK)
        status = read_pem(folder, DESK_KEY, &desk.key, error);
    if (status == STATUS_OK) {
        parts_put_text(&in, "receiver", desk.certificate);
        status = ask(desk.courier, "look", &in, &out, error);
    }
    if (status == STATUS_OK) {
        fingerprint = parts_text(&out, "fingerprint");
        snprintf(desk.fingerprint, sizeof(desk.fingerprint), "%s", fingerprint);
        desk.name = parts_text(&out, "name");
        free(fingerprint);
        *ret_desk = desk;
    } else {
        desk_release(&desk);
    }
    buf_release(&out);
    return status;
}

void desk_release(struct desk *desk)
{
    if (desk->key)
        secret_wipe(desk->key, strlen(desk->key));
    free(desk->key);
    free(desk->certificate);
    free(desk->name);
    free(desk->courier);
    *desk = (struct desk){0};
}

enum status desk_open(const struct desk *desk, const struct buf *sealed, struct buf *plain,
                      char signer[DIGEST_HEX_SIZE], struct error *error)
{
    struct buf in = {0}, out = {0};
    struct part part = {"", 0};
    enum status status;
    char *fingerprint;

    parts_put_text(&in, "key", desk->key);
    parts_put_text(&in, "certificate", desk->certificate);
    parts_put(&in, "sealed", buf_text(sealed), sealed->length);
    status = ask(desk->courier, "open", &in, &out, error);
    if (status == STATUS_OK) {
        parts_find(&out, "plain", &part);
        buf_add(plain, part.bytes, part.length);
        fingerprint = parts_text(&out, "fingerprint");
        snprintf(signer, DIGEST_HEX_SIZE, "%s", fingerprint);
        free(fingerprint);
    }
    buf_wipe(&out);
    return status;
}

enum status desk_sign(const struct desk *desk, const struct buf *plain, struct buf *out,
                      struct error *error)
{
    struct buf in = {0}, answer = {0};
    struct part part = {"", 0};
    enum status status;

    parts_put_text(&in, "key", desk->key);
    parts_put_text(&in, "certificate", desk->certificate);
    parts_put(&in, "plain", buf_text(plain), plain->length);
    status = ask(desk->courier, "seal", &in, &answer, error);
    if (status == STATUS_OK) {
        parts_find(&answer, "sealed", &part);
        buf_add(out, part.bytes, part.length);
    }
    buf_release(&answer);
    return status;
}
