/* SPDX-License-Identifier: MIT */
/* Bodies of the entries about users and the keyring. */
#include "store/people.h"

#include <sodium.h>
#include <string.h>

#include "record/json.h"

#define BODY_SCHEMA 1

static void put_hex(json_t *body, const char *name, const unsigned char bytes[32])
{
    char hex[65];

    sodium_bin2hex(hex, sizeof(hex), bytes, 32);
    body_put_text(body, name, hex);
}

static bool read_hex(const json_t *body, const char *name, unsigned char bytes[32])
{
    const char *text = body_text(body, name);
    size_t got;

    return strlen(text) == 64 && sodium_hex2bin(bytes, 32, text, 64, NULL, &got, NULL) == 0 &&
           got == 32;
}

void log_user_compose(const struct log_user *user, struct buf *out)
{
    json_t *body = body_object();

    body_put_number(body, "schema", BODY_SCHEMA);
    body_put_text(body, "name", user->name);
    body_put_text(body, "full", user->full);
    body_put_text(body, "team", user->team);
    body_put_text(body, "role", role_id(user->role));
    if (user->disabled)
        body_put_flag(body, "disabled", true);
    if (user->recovery)
        body_put_flag(body, "recovery", true);
    put_hex(body, "public", user->public_key);
    put_hex(body, "keyring", user->fingerprint.byte);
    body_put_number(body, "serial", user->serial);
    body_write(body, out);
}

enum status log_user_read(const char *bytes, size_t length, struct arena *arena,
                          struct log_user *ret_user, struct error *error)
{
    struct log_user user = {0};
    json_t *body;
    enum status status = body_read(bytes, length, "user", &body, error);

    if (status != STATUS_OK)
        return status;
    user.name = arena_strdup(arena, body_text(body, "name"));
    user.full = arena_strdup(arena, body_text(body, "full"));
    user.team = arena_strdup(arena, body_text(body, "team"));
    user.disabled = body_flag(body, "disabled");
    user.recovery = body_flag(body, "recovery");
    user.serial = body_number(body, "serial");
    if (strlen(user.name) > USER_NAME_MAX || !user.name[0] ||
        !role_parse(body_text(body, "role"), &user.role) ||
        !read_hex(body, "public", user.public_key) ||
        !read_hex(body, "keyring", user.fingerprint.byte))
        status = fail(error, STATUS_BAD_DATA, NULL, "This says of no user who it is.");
    json_decref(body);
    if (status == STATUS_OK)
        *ret_user = user;
    return status;
}

void keyring_change_compose(const struct keyring_change *change, struct buf *out)
{
    json_t *body = body_object();

    body_put_number(body, "schema", BODY_SCHEMA);
    body_put_number(body, "serial", change->serial);
    put_hex(body, "keyring", change->fingerprint.byte);
    body_put_text(body, "why", change->why);
    body_write(body, out);
}

enum status keyring_change_read(const char *bytes, size_t length, struct arena *arena,
                                struct keyring_change *ret_change, struct error *error)
{
    struct keyring_change change = {0};
    json_t *body;
    enum status status = body_read(bytes, length, "keyring", &body, error);

    if (status != STATUS_OK)
        return status;
    change.serial = body_number(body, "serial");
    change.why = arena_strdup(arena, body_text(body, "why"));
    if (!read_hex(body, "keyring", change.fingerprint.byte))
        status = fail(error, STATUS_BAD_DATA, NULL, "This says of no keyring which it is.");
    json_decref(body);
    if (status == STATUS_OK)
        *ret_change = change;
    return status;
}
