/* SPDX-License-Identifier: MIT */
/*
 * Sending and being answered: bundles made of what a receiver has not accepted yet, sealed by
 * the courier, put into a folder or carried over the network, and the receipts for them. What
 * became of each is an entry (leaving.h). Nothing here is done unasked.
 */
#ifndef DISCERN_EXCHANGE_SEND_H
#define DISCERN_EXCHANGE_SEND_H

#include "exchange/errand.h"
#include "exchange/leaving.h"

/* Who receives, by their certificates: what is sealed to the newest may be answered, and have
 * been accepted, under an earlier one. */
#define CERTIFICATES_MOST 16
struct receiver {
    const char *certificate;                       /* PEM, one or several */
    char fingerprint[DIGEST_HEX_SIZE];             /* of the first that holds today */
    char all[CERTIFICATES_MOST * DIGEST_HEX_SIZE]; /* fingerprints, blanks between them */
    char name[128];
};

/* Looks at a certificate. STATUS_BAD_DATA if nothing can be sealed to it. */
MUST_CHECK enum status receiver_read(const struct courier *courier, const char *pem,
                                     struct receiver *ret_receiver, struct error *error);

/* Makes the certificate of the store itself, unless it has one. */
MUST_CHECK enum status send_identity(struct store *store, const struct courier *courier,
                                     const char *name, struct moment now, struct error *error);

/* The one that signs what ends with entry `at` of the log; texts in the arena, the key to be
 * freed with secret_free. STATUS_NOT_FOUND if there is none. */
MUST_CHECK enum status send_identity_at(struct store *store, const struct courier *courier,
                                        int64_t at, struct arena *arena,
                                        struct identity *ret_identity,
                                        char fingerprint[DIGEST_HEX_SIZE], struct error *error);

/* Makes another, which signs from now on. What the earlier ones signed stays as good as it was,
 * and what was sealed to them is still opened. */
MUST_CHECK enum status send_identity_renew(struct store *store, const struct courier *courier,
                                           const char *name, struct moment now,
                                           struct error *error);

/* Signs it, and encrypts what was signed to the receiver, unless that is NULL. */
MUST_CHECK enum status send_seal(const struct courier *courier, const struct identity *identity,
                                 const struct receiver *receiver, const struct buf *plain,
                                 struct buf *sealed, struct error *error);

/* Opens what was sealed to this store: appends the courier's parts to *out. *ret_identity, its
 * key to be freed with secret_free, is the certificate that it was sealed to, whichever that
 * was. STATUS_NOT_FOUND if the store has none. */
MUST_CHECK enum status send_open(struct store *store, const struct courier *courier,
                                 const struct buf *file, struct arena *arena,
                                 struct identity *ret_identity,
                                 char fingerprint[DIGEST_HEX_SIZE], struct buf *out,
                                 struct error *error);

/* What goes into a bundle. */
struct contents {
    const char *name;             /* what this store is called */
    const char *const *reference; /* only these decisions; all that were not accepted if NULL */
    size_t count;
    const char *const *redact; /* fields that the receiver does not need */
    size_t redact_count;
    bool only_verdicts;              /* nothing but reviews of the receiver's own decisions */
    const struct document *document; /* these, and no decisions at all */
    size_t document_count;
};

/* A sealed bundle, ready to go, and logged as made. */
struct parcel {
    char id[BUNDLE_ID_SIZE];
    char name[128]; /* of its file: in the order of the chain, safe on every server */
    struct buf sealed;
    size_t decisions; /* records and amendments in it */
    size_t documents;
    int64_t entries;
    bool more; /* it was full: another bundle must follow */
};
void parcel_release(struct parcel *parcel);

/* Makes the next bundle after entry `after` (0: after what the receiver is known to have).
 * STATUS_NOT_FOUND if there is nothing to send. */
MUST_CHECK enum status parcel_make(struct store *store, const struct courier *courier,
                                   const struct receiver *receiver,
                                   const struct contents *contents, const struct mark *after,
                                   struct moment now, struct parcel *ret_parcel,
                                   struct mark *ret_end, struct error *error);

/* Puts it into a folder: whole or not at all, on the disk, read back. Returns its path, to be
 * freed with free(). */
MUST_CHECK enum status parcel_put(const struct parcel *parcel, const char *folder,
                                  char **ret_path, struct error *error);

/* How the network is reached; "" where there is nothing to say. Paths are those of files. */
struct route {
    const char *url, *authority, *user, *password_file;
    const char *proxy, *proxy_user, *proxy_password_file;
    const char *client_certificate, *client_key, *known_hosts, *timeout;
};

/* Carries it to the address. */
MUST_CHECK enum status parcel_carry(const struct parcel *parcel, const struct courier *courier,
                                    const struct route *route, enum trouble *ret_trouble,
                                    struct error *error);

/* Fetches the receipt for a bundle. STATUS_NOT_FOUND if there is none yet. */
MUST_CHECK enum status receipt_fetch(const struct courier *courier, const struct route *route,
                                     const char *file_name, struct buf *out,
                                     enum trouble *ret_trouble, struct error *error);

/* The name of the file of a bundle. */
void parcel_name(const char *store, int64_t head, const char *bundle, char name[128]);

/* Opens a receipt, for who only reads it. STATUS_REFUSED if it is not signed by the receiver,
 * STATUS_BAD_DATA. *ret_receipt lives in the arena. */
MUST_CHECK enum status receipt_look(const struct courier *courier,
                                    const struct receiver *receiver, const struct buf *file,
                                    struct arena *arena, struct receipt *ret_receipt,
                                    struct error *error);

/* Checks a receipt that came by any way and logs it. The same again is a no-op: *ret_known.
 * STATUS_REFUSED if it is not signed by the receiver, is of another store's bundle, or of one
 * that is unlike the one that was made; STATUS_DAMAGED if the receiver holds entries that this
 * log does not have. *ret_receipt lives in the arena. */
MUST_CHECK enum status receipt_take(struct store *store, const struct courier *courier,
                                    const struct receiver *receiver, const struct buf *file,
                                    struct moment now, struct arena *arena,
                                    struct receipt *ret_receipt, bool *ret_known,
                                    struct error *error);

#endif
