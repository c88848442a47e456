/* SPDX-License-Identifier: MIT */
/* Keys and certificates. */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "exchange/courier_crypto.h"

#define DAYS_VALID (20 * 365L)
#define DAY_SECONDS 86400L

static bool failed(struct mishap *mishap)
{
    return mishap_set(mishap, TROUBLE_FAULT, "%s", crypto_words());
}

static bool holds_now(const X509 *certificate)
{
    return X509_cmp_current_time(X509_get0_notAfter(certificate)) > 0 &&
           X509_cmp_current_time(X509_get0_notBefore(certificate)) < 0;
}

X509 *certificate_read(const char *pem)
{
    BIO *bio = BIO_new_mem_buf(pem, -1);
    X509 *first = bio ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL, *found = first;

    while (found && !holds_now(found)) {
        if (found != first)
            X509_free(found);
        found = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    }
    if (found && found != first)
        X509_free(first);
    ERR_clear_error();
    BIO_free(bio);
    return found ? found : first;
}

void certificate_list(const char *pem, struct buf *out)
{
    BIO *bio = BIO_new_mem_buf(pem, -1);
    char fingerprint[DIGEST_HEX_SIZE];
    X509 *certificate;

    while (bio && (certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL) {
        if (certificate_fingerprint(certificate, fingerprint))
            buf_printf(out, "%s%s", out->length ? " " : "", fingerprint);
        X509_free(certificate);
    }
    ERR_clear_error();
    BIO_free(bio);
}

/* A key that is locked with a password cannot be asked for here. */
static int no_password(char *text, int size, int writing, void *data)
{
    (void)text;
    (void)size;
    (void)writing;
    (void)data;
    return -1;
}

EVP_PKEY *key_read(const char *pem)
{
    BIO *bio = BIO_new_mem_buf(pem, -1);
    EVP_PKEY *key = bio ? PEM_read_bio_PrivateKey(bio, NULL, no_password, NULL) : NULL;

    BIO_free(bio);
    return key;
}

bool certificate_fingerprint(X509 *certificate, char fingerprint[DIGEST_HEX_SIZE])
{
    struct digest digest;
    unsigned size = 0;

    if (!X509_digest(certificate, EVP_sha256(), digest.byte, &size) || size != DIGEST_SIZE)
        return false;
    digest_hex(&digest, fingerprint);
    return true;
}

void bio_take(BIO *bio, struct buf *out)
{
    char *bytes;
    long length = BIO_get_mem_data(bio, &bytes);

    if (length > 0)
        buf_add(out, bytes, (size_t)length);
}

static bool add_extension(X509 *certificate, int nid, const char *value)
{
    X509V3_CTX context;
    X509_EXTENSION *extension;
    bool done;

    X509V3_set_ctx(&context, certificate, certificate, NULL, NULL, 0);
    extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    done = extension && X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    return done;
}

static bool add_name(X509_NAME *name, const char *field, const char *value)
{
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, (const unsigned char *)value,
                                      -1, -1, 0);
}

static bool set_serial(X509 *certificate)
{
    unsigned char bytes[16];
    BIGNUM *number;
    bool done;

    if (RAND_bytes(bytes, sizeof(bytes)) != 1)
        return false;
    bytes[0] &= 0x7f;
    number = BN_bin2bn(bytes, sizeof(bytes), NULL);
    done = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
    BN_free(number);
    return done;
}

static bool fill(X509 *certificate, EVP_PKEY *key, const char *name, const char *store)
{
    X509_NAME *subject = X509_get_subject_name(certificate);
    char short_name[65];

    snprintf(short_name, sizeof(short_name), "%s", name[0] ? name : "Discern");
    return X509_set_version(certificate, X509_VERSION_3) && set_serial(certificate) &&
           X509_gmtime_adj(X509_getm_notBefore(certificate), -DAY_SECONDS) &&
           X509_gmtime_adj(X509_getm_notAfter(certificate), DAYS_VALID * DAY_SECONDS) &&
           X509_set_pubkey(certificate, key) && add_name(subject, "CN", short_name) &&
           add_name(subject, "serialNumber", store) &&
           X509_set_issuer_name(certificate, subject) &&
           add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(certificate, NID_key_usage,
                         "critical,digitalSignature,keyAgreement") &&
           add_extension(certificate, NID_subject_key_identifier, "hash") &&
           X509_sign(certificate, key, EVP_sha256());
}

static bool put_parts(X509 *certificate, EVP_PKEY *key, struct buf *out)
{
    BIO *key_bio = BIO_new(BIO_s_secmem()), *certificate_bio = BIO_new(BIO_s_mem());
    char fingerprint[DIGEST_HEX_SIZE], *bytes;
    bool done = key_bio && certificate_bio &&
                PEM_write_bio_PKCS8PrivateKey(key_bio, key, NULL, NULL, 0, NULL, NULL) &&
                PEM_write_bio_X509(certificate_bio, certificate) &&
                certificate_fingerprint(certificate, fingerprint);
    long length;

    if (done) {
        length = BIO_get_mem_data(key_bio, &bytes);
        parts_put(out, "key", bytes, (size_t)length);
        length = BIO_get_mem_data(certificate_bio, &bytes);
        parts_put(out, "certificate", bytes, (size_t)length);
        parts_put_text(out, "fingerprint", fingerprint);
    }
    BIO_free(key_bio);
    BIO_free(certificate_bio);
    return done;
}

bool identity_make(const char *name, const char *store, struct buf *out, struct mishap *mishap)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = X509_new();
    bool done = key && certificate && fill(certificate, key, name, store) &&
                put_parts(certificate, key, out);

    X509_free(certificate);
    EVP_PKEY_free(key);
    return done || failed(mishap);
}

bool certificate_usable(X509 *certificate, struct mishap *mishap)
{
    if (!certificate)
        return mishap_set(mishap, TROUBLE_RECEIVER, "it is not a certificate in PEM form");
    if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0)
        return mishap_set(mishap, TROUBLE_RECEIVER, "it has run out");
    if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0)
        return mishap_set(mishap, TROUBLE_CLOCK,
                          "the certificate of the receiver holds only from a later day on");
    return true;
}

bool certificate_look(const char *pem, char fingerprint[DIGEST_HEX_SIZE], struct buf *name,
                      struct mishap *mishap)
{
    X509 *certificate = certificate_read(pem);
    char common[256] = "";
    bool done = certificate_usable(certificate, mishap);

    if (done && !certificate_fingerprint(certificate, fingerprint))
        done = failed(mishap);
    if (done) {
        X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, common,
                                  sizeof(common));
        buf_puts(name, common);
    }
    X509_free(certificate);
    return done;
}
