/* SPDX-License-Identifier: MIT */
/*
 * The courier: the program that seals and opens envelopes (CMS, RFC 5652, by libcrypto) and
 * carries files (by libcurl), so that the main program needs neither. It is told what to do on
 * its command line, gets parts (parts.h) on its standard input, answers with parts on its
 * standard output, and says on standard error how far it is, "done total\n". What is in the
 * clear goes through these pipes only, never to a disk.
 */
#ifndef DISCERN_EXCHANGE_COURIER_H
#define DISCERN_EXCHANGE_COURIER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/mem.h"
#include "exchange/bundle.h"
#include "exchange/parts.h"

/* What went wrong, in the words of the table of troubles and a detail. */
struct mishap {
    enum trouble trouble;
    char detail[400];
};

/* Fills it and returns false: `return mishap_set(...)`. */
bool mishap_set(struct mishap *mishap, enum trouble trouble, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Whether somebody asked the courier to stop (SIGINT, SIGTERM, SIGHUP). */
bool courier_stopped(void);

/* --- Envelopes (courier_envelope.c, courier_identity.c) ----------------------------------- */

/* The functions take PEM texts and append to *out. */

/* Makes a key (P-256) and a certificate that it signs itself: parts key, certificate and
 * fingerprint. */
bool identity_make(const char *name, const char *store, struct buf *out, struct mishap *mishap);

/* Fingerprint and name of a certificate, which must be one that things can be sealed to now: of
 * several in the text, the first that is. */
bool certificate_look(const char *pem, char fingerprint[DIGEST_HEX_SIZE], struct buf *name,
                      struct mishap *mishap);

/* The fingerprints of all certificates in the text, with blanks between them. */
void certificate_list(const char *pem, struct buf *out);

/* Signs, and encrypts what was signed to the receiver. */
bool envelope_seal(const char *key, const char *certificate, const char *receiver,
                   struct part plain, struct buf *out, struct mishap *mishap);

/* Decrypts and verifies; `signer` gets the PEM of the certificate that signed it. Whose that
 * is and whether to trust it is the caller's to decide. */
bool envelope_open(const char *key, const char *certificate, struct part sealed,
                   struct buf *plain, struct buf *signer, struct mishap *mishap);

/* The same without encryption. */
bool envelope_sign(const char *key, const char *certificate, struct part plain, struct buf *out,
                   struct mishap *mishap);
bool envelope_verify(struct part signed_bytes, struct buf *plain, struct buf *signer,
                     struct mishap *mishap);

/* --- Ways (courier_way.c, courier_http.c, courier_sftp.c) --------------------------------- */

/* Where to, and how. Empty texts where there is nothing to say. */
struct way {
    char *url; /* of a folder: https://, http:// without a login, or sftp:// */
    char *name;
    char *authority, *user, *password;
    char *proxy, *proxy_user, *proxy_password;
    char *client_certificate, *client_key, *known_hosts;
    long timeout; /* seconds in which some bytes must move */
};

/* Brings the file there under its name, whole or not at all, and reads it back. */
bool way_send(const struct way *way, struct part file, struct mishap *mishap);

/* Fetches the file of that name. */
bool way_fetch(const struct way *way, struct buf *out, struct mishap *mishap);

/* --- The small receiver (courier_receive.c) ------------------------------------------------
 */

/* Takes in the bundles of a folder and puts a receipt beside each. */
bool receive_folder(const char *folder, const char *key, const char *certificate,
                    struct buf *said, struct mishap *mishap);

#endif
