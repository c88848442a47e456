/* SPDX-License-Identifier: MIT */
/* Entries and chains as others hold them, read and checked. */
#include "exchange/chain.h"

#include <stdlib.h>
#include <string.h>

#include "record/json.h"

#define HEAD_VERSION 1
#define USERS_MAX 10000
#define CERTIFICATES_MAX 1000
#define REMEDY "Ask for it again; if it is the same, tell whoever keeps that store."

static const char *const members[] = {"body", "head", "salt", "signature", "view"};

/* --- Hexadecimal -------------------------------------------------------------------------- */

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool hex_read(const char *text, unsigned char *bytes, size_t size)
{
    if (strlen(text) != 2 * size)
        return false;
    for (size_t i = 0; i < size; i++) {
        int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);

        if (high < 0 || low < 0)
            return false;
        bytes[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

void hex_write(const unsigned char *bytes, size_t size, char *text)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < size; i++) {
        *text++ = digits[bytes[i] >> 4];
        *text++ = digits[bytes[i] & 15];
    }
    *text = '\0';
}

/* --- One entry ---------------------------------------------------------------------------- */

static void put_hex(json_t *object, const char *name, const unsigned char *bytes, size_t size)
{
    char text[2 * SIGN_SIZE + 1];

    hex_write(bytes, size, text);
    body_put_text(object, name, text);
}

json_t *link_json(const struct link *link)
{
    json_t *object = body_object();

    /* As text, not as objects: the very bytes are what was signed. */
    body_put(object, "head", json_stringn(link->head, link->head_length));
    put_hex(object, "signature", link->signature, sizeof(link->signature));
    if (link->body) {
        body_put(object, "body", json_stringn(link->body, link->length));
        put_hex(object, "salt", link->salt, sizeof(link->salt));
    }
    if (link->view)
        body_put(object, "view", json_stringn(link->view, link->view_length));
    return object;
}

static enum status wrong(int64_t sequence, const char *what, struct error *error)
{
    if (sequence <= 0)
        return fail(error, STATUS_BAD_DATA, REMEDY, "An entry is not one: %s.", what);
    return fail(error, STATUS_BAD_DATA, REMEDY, "Entry %lld is not as it was signed: %s.",
                (long long)sequence, what);
}

/* False if it does not fit. */
static bool take_text(const json_t *object, const char *name, char *text, size_t size)
{
    const char *found = body_text(object, name);
    size_t length = strlen(found);

    if (length >= size)
        return false;
    memcpy(text, found, length + 1);
    return true;
}

static bool read_said(const json_t *head, struct link *link)
{
    unsigned char id[(CHAIN_STORE_SIZE - 1) / 2];
    char reference[REFERENCE_SIZE];

    link->sequence = body_number(head, "seq");
    link->at.us = body_number(head, "at");
    link->at.offset_minutes = (int16_t)body_number(head, "zone");
    return body_number(head, "v") == HEAD_VERSION && link->sequence > 0 &&
           take_text(head, "store", link->store, sizeof(link->store)) &&
           hex_read(link->store, id, sizeof(id)) &&
           take_text(head, "author", link->author, sizeof(link->author)) &&
           take_text(head, "kind", link->kind, sizeof(link->kind)) && link->kind[0] &&
           take_text(head, "ref", link->reference, sizeof(link->reference)) &&
           (!link->reference[0] || (reference_read(link->reference, reference) &&
                                    strcmp(reference, link->reference) == 0)) &&
           role_parse(body_text(head, "role"), &link->role) &&
           hex_read(body_text(head, "prev"), link->previous.byte, DIGEST_SIZE) &&
           hex_read(body_text(head, "body"), link->body_digest.byte, DIGEST_SIZE) &&
           hex_read(body_text(head, "key"), link->key, sizeof(link->key));
}

/* The label's own NUL is part of what is digested. */
static struct digest labelled(const char *label, const struct span *first,
                              const struct span *second)
{
    struct span span[] = {{label, strlen(label) + 1}, *first, *second};

    return digest_of(span, COUNT(span));
}

enum status link_read_head(const char *head, size_t length, struct link *ret_link,
                           struct error *error)
{
    struct span bytes = {head, length}, nothing = {"", 0};
    struct link link = {.head = head, .head_length = length};
    struct buf again = {0};
    enum status status = STATUS_OK;
    json_t *said;

    if (body_read(head, length, "head", &said, error) != STATUS_OK)
        return wrong(0, "its head cannot be read", error);
    if (!read_said(said, &link))
        status = wrong(link.sequence, "its head is not one", error);
    body_write(said, &again);
    if (status == STATUS_OK &&
        (again.length != length || memcmp(again.text, head, length) != 0))
        status = wrong(link.sequence, "its head is not written canonically", error);
    buf_release(&again);
    link.link = labelled("discern/entry/1", &bytes, &nothing);
    if (status == STATUS_OK)
        *ret_link = link;
    return status;
}

static bool signature_is_right(const struct link *link)
{
    unsigned char message[sizeof("discern/sig/1") + DIGEST_SIZE];

    memcpy(message, "discern/sig/1", sizeof("discern/sig/1"));
    memcpy(message + sizeof("discern/sig/1"), link->link.byte, DIGEST_SIZE);
    return sign_holds(link->signature, message, sizeof(message), link->key);
}

static const char *take_string(const json_t *object, const char *name, struct arena *arena,
                               size_t *ret_length)
{
    const json_t *value = json_object_get(object, name);

    if (!json_is_string(value))
        return NULL;
    *ret_length = json_string_length(value);
    return arena_strndup(arena, json_string_value(value), *ret_length);
}

static enum status read_body(const json_t *object, struct arena *arena, struct link *link,
                             struct error *error)
{
    struct span salt = {link->salt, sizeof(link->salt)}, body;
    struct digest digest;

    link->body = take_string(object, "body", arena, &link->length);
    link->view = take_string(object, "view", arena, &link->view_length);
    if (!link->body)
        return STATUS_OK;
    if (!hex_read(body_text(object, "salt"), link->salt, sizeof(link->salt)))
        return wrong(link->sequence, "its salt is not one", error);
    body = (struct span){link->body, link->length};
    digest = labelled("discern/body/1", &salt, &body);
    if (memcmp(digest.byte, link->body_digest.byte, DIGEST_SIZE) != 0)
        return wrong(link->sequence, "its body has another fingerprint", error);
    return STATUS_OK;
}

/* A member that is not known could be one whose name was changed on the way. */
static bool members_known(const json_t *object)
{
    size_t found = 0;

    for (size_t i = 0; i < COUNT(members); i++)
        found += json_object_get(object, members[i]) != NULL;
    return found == json_object_size(object) &&
           !json_object_get(object, "body") == !json_object_get(object, "salt") &&
           !(json_object_get(object, "body") && json_object_get(object, "view"));
}

enum status link_read(const json_t *object, struct arena *arena, struct link *ret_link,
                      struct error *error)
{
    struct link link;
    size_t length = 0;
    const char *head = take_string(object, "head", arena, &length);
    enum status status = !members_known(object) ? wrong(0, "it has not what it must", error)
                         : !head                ? wrong(0, "it has no head", error)
                                                : link_read_head(head, length, &link, error);

    if (status == STATUS_OK &&
        !hex_read(body_text(object, "signature"), link.signature, sizeof(link.signature)))
        status = wrong(link.sequence, "its signature is not one", error);
    if (status == STATUS_OK && !signature_is_right(&link))
        status = wrong(link.sequence, "its signature does not hold", error);
    if (status == STATUS_OK)
        status = read_body(object, arena, &link, error);
    if (status == STATUS_OK)
        *ret_link = link;
    return status;
}

/* --- A chain ------------------------------------------------------------------------------ */

void chain_release(struct chain *chain)
{
    free(chain->user);
    free(chain->certificate);
    *chain = (struct chain){0};
}

static void *copy_of(const void *list, size_t count, size_t size)
{
    return count ? memcpy(xrealloc(NULL, count, size), list, count * size) : NULL;
}

struct chain chain_copy(const struct chain *chain)
{
    struct chain copy = *chain;

    copy.user = copy_of(chain->user, chain->user_count, sizeof(*chain->user));
    copy.certificate =
        copy_of(chain->certificate, chain->certificate_count, sizeof(*chain->certificate));
    return copy;
}

const char *chain_certificate(const struct chain *chain, int64_t at)
{
    for (size_t i = chain->certificate_count; i-- > 0;) {
        if (chain->certificate[i].since <= at)
            return chain->certificate[i].fingerprint;
    }
    return NULL;
}

bool fingerprint_among(const char *list, const char *fingerprint)
{
    return strlen(fingerprint) == DIGEST_HEX_SIZE - 1 && strstr(list, fingerprint);
}

bool chain_names(const struct chain *chain, const char *fingerprint)
{
    for (size_t i = 0; i < chain->certificate_count; i++) {
        if (strcmp(chain->certificate[i].fingerprint, fingerprint) == 0)
            return true;
    }
    return false;
}

static struct chain_user *find_user(const struct chain *chain, const char *name)
{
    for (size_t i = 0; i < chain->user_count; i++) {
        if (strcmp(chain->user[i].name, name) == 0)
            return &chain->user[i];
    }
    return NULL;
}

static bool read_user(const json_t *body, struct chain_user *user)
{
    user->disabled = body_flag(body, "disabled");
    return take_text(body, "name", user->name, sizeof(user->name)) && user->name[0] &&
           role_parse(body_text(body, "role"), &user->role) &&
           hex_read(body_text(body, "public"), user->key, sizeof(user->key));
}

static bool learn_user(struct chain *chain, const json_t *body)
{
    struct chain_user user = {0}, *known;

    if (!read_user(body, &user))
        return false;
    known = find_user(chain, user.name);
    if (!known) {
        if (chain->user_count == USERS_MAX)
            return false;
        chain->user = xrealloc(chain->user, chain->user_count + 1, sizeof(*chain->user));
        known = &chain->user[chain->user_count++];
    }
    *known = user;
    return true;
}

static bool learn_certificate(struct chain *chain, int64_t since, const json_t *body)
{
    struct chain_certificate certificate = {.since = since};
    unsigned char bytes[DIGEST_SIZE];

    if (chain->certificate_count == CERTIFICATES_MAX ||
        !hex_read(body_text(body, "certificate"), bytes, sizeof(bytes)) ||
        !take_text(body, "certificate", certificate.fingerprint, DIGEST_HEX_SIZE))
        return false;
    chain->certificate =
        xrealloc(chain->certificate, chain->certificate_count + 1, sizeof(*chain->certificate));
    chain->certificate[chain->certificate_count++] = certificate;
    return true;
}

enum status chain_learn(struct chain *chain, const struct link *link, struct error *error)
{
    bool user = strcmp(link->kind, "user") == 0;
    enum status status = STATUS_OK;
    json_t *body;

    if (!user && strcmp(link->kind, "identity") != 0)
        return STATUS_OK;
    if (!link->body ||
        body_read(link->body, link->length, link->kind, &body, error) != STATUS_OK)
        return wrong(link->sequence, "it does not say what it must", error);
    if (!(user ? learn_user(chain, body) : learn_certificate(chain, link->sequence, body)))
        status = wrong(link->sequence, "it does not say what it must", error);
    json_decref(body);
    return status;
}

/* Whoever made the store signs the entry that makes them known. */
static enum status check_author(const struct chain *chain, const struct link *link,
                                struct error *error)
{
    const struct chain_user *author = find_user(chain, link->author);

    if (!author || author->disabled || author->role != link->role ||
        memcmp(author->key, link->key, SIGN_KEY_SIZE) != 0)
        return wrong(link->sequence, "its author was no user of the store then", error);
    return STATUS_OK;
}

enum status chain_follow(struct chain *chain, const struct link *link, struct error *error)
{
    struct digest none = {0};
    const struct digest *before = chain->count ? &chain->link : &none;
    bool first = chain->count == 0;
    enum status status = STATUS_OK;

    if (link->sequence != chain->count + 1)
        return fail(error, STATUS_BAD_DATA, REMEDY, "Entry %lld is missing.",
                    (long long)chain->count + 1);
    if (!first && strcmp(chain->store, link->store) != 0)
        return wrong(link->sequence, "it is of another store", error);
    if (memcmp(link->previous.byte, before->byte, DIGEST_SIZE) != 0)
        return wrong(link->sequence, "it does not follow the entry before it", error);
    if (first && strcmp(link->kind, "user") == 0)
        status = chain_learn(chain, link, error);
    if (status == STATUS_OK)
        status = check_author(chain, link, error);
    if (status == STATUS_OK && !first)
        status = chain_learn(chain, link, error);
    if (status != STATUS_OK)
        return status;
    memcpy(chain->store, link->store, sizeof(chain->store));
    chain->count = link->sequence;
    chain->link = link->link;
    return STATUS_OK;
}
