/* SPDX-License-Identifier: MIT */
/* Certificates: those of receivers, and the store's own, which sign and open. */
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "exchange/send.h"

static void copy_part(const struct buf *parts, const char *name, char *text, size_t size)
{
    char *found = parts_text(parts, name);

    snprintf(text, size, "%s", found);
    free(found);
}

enum status receiver_read(const struct courier *courier, const char *pem,
                          struct receiver *ret_receiver, struct error *error)
{
    struct buf in = {0}, out = {0};
    enum status status;

    parts_put_text(&in, "receiver", pem);
    status = errand_run(courier, "look", &in, &out, NULL, error);
    if (status == STATUS_OK) {
        ret_receiver->certificate = pem;
        copy_part(&out, "fingerprint", ret_receiver->fingerprint,
                  sizeof(ret_receiver->fingerprint));
        copy_part(&out, "all", ret_receiver->all, sizeof(ret_receiver->all));
        copy_part(&out, "name", ret_receiver->name, sizeof(ret_receiver->name));
    }
    buf_release(&in);
    buf_release(&out);
    return status;
}

static enum status keep_identity(struct store *store, const struct buf *made, bool another,
                                 struct moment now, struct error *error)
{
    struct part key = {"", 0};
    char *certificate = parts_text(made, "certificate");
    char *hex = parts_text(made, "fingerprint");
    struct identity identity = {.certificate = certificate};
    struct digest fingerprint;
    enum status status = STATUS_FAILED;

    if (parts_find(made, "key", &key) && hex_read(hex, fingerprint.byte, DIGEST_SIZE)) {
        identity.key = secret_new(key.length + 1);
        memcpy(identity.key, key.bytes, key.length);
        status = store_identity_keep(store, &identity, &fingerprint, another, now, error);
        secret_free(identity.key);
    } else {
        status = trouble_fail(TROUBLE_FAULT, "it made no certificate", error);
    }
    free(certificate);
    free(hex);
    return status;
}

static enum status make_identity(struct store *store, const struct courier *courier,
                                 const char *name, bool another, struct moment now,
                                 struct error *error)
{
    char id[STORE_ID_HEX_SIZE];
    struct buf in = {0}, out = {0};
    enum status status;

    store_id(store, id);
    parts_put_text(&in, "name", name);
    parts_put_text(&in, "store", id);
    status = errand_run(courier, "identity", &in, &out, NULL, error);
    if (status == STATUS_OK)
        status = keep_identity(store, &out, another, now, error);
    buf_wipe(&out);
    buf_release(&in);
    return status;
}

enum status send_identity_at(struct store *store, const struct courier *courier, int64_t at,
                             struct arena *arena, struct identity *ret_identity,
                             char fingerprint[DIGEST_HEX_SIZE], struct error *error)
{
    struct identity identity;
    struct receiver me;
    enum status status = store_identity(store, at, arena, &identity, error);

    if (status != STATUS_OK)
        return status;
    status = receiver_read(courier, identity.certificate, &me, error);
    if (status != STATUS_OK) {
        secret_free(identity.key);
        return status;
    }
    memcpy(fingerprint, me.fingerprint, sizeof(me.fingerprint));
    *ret_identity = identity;
    return STATUS_OK;
}

enum status send_identity(struct store *store, const struct courier *courier, const char *name,
                          struct moment now, struct error *error)
{
    struct arena arena = {0};
    struct identity identity;
    enum status status = store_identity(store, IDENTITY_NEWEST, &arena, &identity, error);

    if (status == STATUS_OK)
        secret_free(identity.key);
    arena_release(&arena);
    return status == STATUS_NOT_FOUND ? make_identity(store, courier, name, false, now, error)
                                      : status;
}

enum status send_identity_renew(struct store *store, const struct courier *courier,
                                const char *name, struct moment now, struct error *error)
{
    return make_identity(store, courier, name, true, now, error);
}

enum status send_seal(const struct courier *courier, const struct identity *identity,
                      const struct receiver *receiver, const struct buf *plain,
                      struct buf *sealed, struct error *error)
{
    struct buf in = {0}, out = {0};
    enum status status;

    parts_put_text(&in, "key", identity->key);
    parts_put_text(&in, "certificate", identity->certificate);
    if (receiver)
        parts_put_text(&in, "receiver", receiver->certificate);
    parts_put(&in, "plain", buf_text(plain), plain->length);
    status = errand_run(courier, "seal", &in, &out, NULL, error);
    if (status == STATUS_OK)
        parts_copy(&out, "sealed", sealed);
    buf_wipe(&in);
    buf_release(&out);
    return status;
}

static enum status try_open(const struct courier *courier, const struct identity *identity,
                            const struct buf *file, struct buf *out, enum trouble *ret_trouble,
                            struct error *error)
{
    struct buf in = {0};
    enum status status;

    parts_put_text(&in, "key", identity->key);
    parts_put_text(&in, "certificate", identity->certificate);
    parts_put(&in, "sealed", buf_text(file), file->length);
    status = errand_run(courier, "open", &in, out, ret_trouble, error);
    buf_wipe(&in);
    return status;
}

enum status send_open(struct store *store, const struct courier *courier,
                      const struct buf *file, struct arena *arena,
                      struct identity *ret_identity, char fingerprint[DIGEST_HEX_SIZE],
                      struct buf *out, struct error *error)
{
    int64_t at = IDENTITY_NEWEST;
    struct identity identity;
    enum status status;

    for (;;) {
        enum trouble trouble = TROUBLE_FAULT;
        struct error ignored;

        status = send_identity_at(store, courier, at, arena, &identity, fingerprint, error);
        if (status != STATUS_OK)
            return status;
        status = try_open(courier, &identity, file, out, &trouble, error);
        if (status == STATUS_OK)
            break;
        secret_free(identity.key);
        at = identity.since - 1;
        if (trouble != TROUBLE_MISDIRECTED ||
            store_identity(store, at, arena, &identity, &ignored) != STATUS_OK)
            return status;
        secret_free(identity.key);
        if (identity.since > at)
            return status;
    }
    *ret_identity = identity;
    return STATUS_OK;
}
