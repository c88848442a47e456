/* SPDX-License-Identifier: MIT */
/* What the tests of the register share: a server of their own, a register in it, and made-up
 * stores that sign whatever a test wants them to. */
#ifndef DISCERN_TESTS_REGISTER_FIXTURE_H
#define DISCERN_TESTS_REGISTER_FIXTURE_H

#include "tests/unit/unit.h"

#include "exchange/register.h"

/* A folder with a server and a register's identity, and a connection as its owner. */
struct rig {
    char *folder;
    char where[300];
    struct county county;
    struct desk desk;
};

/* Starts it. NULL if it runs, else why not, to be skipped with; free() it. */
char *rig_start(struct rig *rig);
void rig_stop(struct rig *rig);

/* Starts it anew so that it also answers `looker` at localhost over TLS, with a certificate
 * that is its own root (server/server.crt), or without any. NULL if it runs, else why not. */
char *rig_network(struct rig *rig, bool certificate);

/* A connection with a role of the register only, as which nobody needs a password here. */
struct county rig_as(const struct rig *rig, const char *role);

/* The number that a query gives. */
long long rig_count(struct rig *rig, const char *sql);

/* A made-up store: one practitioner, who signs everything, and a certificate. */
struct team {
    char id[CHAIN_STORE_SIZE];
    unsigned char public[SIGN_KEY_SIZE], secret[64];
    char *key, *certificate, fingerprint[DIGEST_HEX_SIZE]; /* PEM */
    struct link *entry;                                    /* from number 1 */
    int64_t count;
    struct arena arena;
};
void team_make(const struct rig *rig, struct team *team, bool admit);
void team_release(struct team *team);

/* Gives it another certificate, and appends the entry that names it. */
void team_renew(const struct rig *rig, struct team *team);

/* Appends an entry, with a head that says so. `reference` may be "". */
void team_add(struct team *team, const char *kind, const char *reference, const char *body);

/* Appends a record with this word in it. */
void team_record(struct team *team, int number, const char *word);

/* A reference made from a number. */
const char *reference_from(int number, char text[REFERENCE_SIZE]);

/* The body of a record. */
void record_body(const char *reference, const char *word, struct buf *out);

/* The lines of a bundle of the entries after `since` to `head`, to this register; with
 * `bodies` false of heads alone, but for those that chains need. */
void team_plain(const struct rig *rig, const struct team *team, int64_t since, int64_t head,
                bool bodies, struct buf *out);

/* Seals lines with the certificate of a team. */
void team_seal(const struct rig *rig, const struct team *team, const struct buf *plain,
               struct buf *out);

#endif
