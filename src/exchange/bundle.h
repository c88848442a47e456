/* SPDX-License-Identifier: MIT */
/*
 * The bundle as it is inside its envelope (discern-bundle(5)): lines of canonical JSON, first
 * the manifest, then one entry a line in the order of the log. It goes from the head that the
 * receiver is known to have (since) to a later head; of what is not for the receiver it has
 * the heads without the bodies, so that the receiver holds the whole chain. Entries from before
 * `since` may be in it again, with bodies that were not sent then.
 *
 * Pure, and trusts nothing that it reads. Sealing and opening the envelope is the courier's.
 */
#ifndef DISCERN_EXCHANGE_BUNDLE_H
#define DISCERN_EXCHANGE_BUNDLE_H

#include "exchange/chain.h"
#include "record/document.h"

#define BUNDLE_SCHEMA 1
#define BUNDLE_ID_SIZE 33              /* 32 hexadecimal digits and a NUL */
#define BUNDLE_MAX ((size_t)64 << 20)  /* bytes of a bundle, sealed or not */
#define BUNDLE_FULL ((size_t)32 << 20) /* bytes after which the next bundle is begun */
#define BUNDLE_SUFFIX ".discern"
#define RECEIPT_SUFFIX ".receipt"
#define REDACTED_MAX 64
#define DOCUMENTS_FULL ((size_t)1 << 20) /* bytes of documents that one bundle carries */

/* A place in a chain. */
struct mark {
    int64_t count;
    struct digest link;
};
void mark_put(json_t *object, const char *name, const struct mark *mark);

/* False if it is no place, or the object has none of that name. */
bool mark_read(const json_t *object, const char *name, struct mark *ret_mark);

/* Texts live in the arena of the bundle, or are borrowed by the writer. */
struct manifest {
    const char *bundle;      /* its id */
    const char *store;       /* id of the store that it is from */
    const char *name;        /* what that store is called */
    const char *certificate; /* fingerprint of that store's certificate */
    const char *to;          /* fingerprint of the receiver's certificate */
    struct moment at;
    const char *by; /* user name of whoever made it */
    struct mark since, head;
    int64_t entries;
    const char *redacted[REDACTED_MAX]; /* fields that were left out of views */
    size_t redacted_count;
    const struct document *document; /* that it carries; only written */
    size_t document_count;
};

struct bundle {
    struct manifest manifest;
    struct link *entry;
    size_t count;
    struct arena arena;
};
void bundle_release(struct bundle *bundle);

/* Appends the line of a manifest, or of an entry. */
void manifest_write(const struct manifest *manifest, struct buf *out);
void bundle_add(const struct link *link, struct buf *out);

/* Reads a bundle, and checks each of its entries and that they follow each other from `since`
 * to `head`. STATUS_BAD_DATA, STATUS_UNSUPPORTED. */
MUST_CHECK enum status bundle_read(const char *bytes, size_t length, struct bundle *ret_bundle,
                                   struct error *error);

/* The link of an entry that the receiver has already. False if it has none of that number. */
typedef bool bundle_known(int64_t sequence, struct digest *ret_link, void *data);

/* Follows the bundle from where the receiver's copy of that chain ends, which `chain` says, to
 * the head of the bundle, or as far as the copy already goes. STATUS_NOT_FOUND if an earlier
 * bundle is missing; STATUS_REFUSED if the store's log was rebuilt (an entry is not the one
 * that is known), or the certificate `signer`, which the envelope was signed with, is not the
 * one that the chain names up to that head; STATUS_BAD_DATA. A long log may come in several
 * bundles, and none of the first names one: who is known to have it is the caller's to say. */
MUST_CHECK enum status bundle_follow(const struct bundle *bundle, const char *signer,
                                     struct chain *chain, bundle_known *known, void *data,
                                     struct error *error);

/* Makes a view: a body without the named fields, and without the questions on the path that
 * they answer. What identifies a record cannot be left out: STATUS_USAGE names the field.
 * STATUS_BAD_DATA if the body is none. */
MUST_CHECK enum status bundle_redact(const char *body, size_t length, const char *const *field,
                                     size_t count, struct buf *out, struct error *error);

/* Whether a text is the id of a bundle: nothing else may become the name of a file. */
bool bundle_id_good(const char *text);

#endif
