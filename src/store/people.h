/* SPDX-License-Identifier: MIT */
/* Users as the log has them: the body of a "user" entry, and of a "keyring" entry. */
#ifndef DISCERN_STORE_PEOPLE_H
#define DISCERN_STORE_PEOPLE_H

#include "base/mem.h"
#include "store/keyring.h"

/* Texts live in the arena. */
struct log_user {
    const char *name, *full, *team;
    enum role role;
    bool disabled, recovery;
    unsigned char public_key[PUBLIC_KEY_SIZE];
    int64_t serial;            /* of the keyring with this change in it */
    struct digest fingerprint; /* of its file */
};

void log_user_compose(const struct log_user *user, struct buf *out);
MUST_CHECK enum status log_user_read(const char *body, size_t length, struct arena *arena,
                                     struct log_user *ret_user, struct error *error);

/* Why the keyring changed otherwise. */
struct keyring_change {
    int64_t serial;
    struct digest fingerprint;
    const char *why; /* "passphrase", "recovery", "interrupted" */
};
void keyring_change_compose(const struct keyring_change *change, struct buf *out);
MUST_CHECK enum status keyring_change_read(const char *body, size_t length, struct arena *arena,
                                           struct keyring_change *ret_change,
                                           struct error *error);

#endif
