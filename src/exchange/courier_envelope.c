/* SPDX-License-Identifier: MIT */
/* Envelopes: CMS SignedData, and EnvelopedData around it. */
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <string.h>

#include "exchange/courier_crypto.h"

#define SEALED_MAX (BUNDLE_MAX + ((size_t)1 << 20))
#define AROUND_MAX ((size_t)1 << 15) /* bytes of an envelope that are not its content */
#define DIGESTS_MAX 64               /* bytes of the list of digests: one takes about 15 */

const char *crypto_words(void)
{
    unsigned long code = ERR_peek_last_error();
    const char *words = code ? ERR_reason_error_string(code) : NULL;

    ERR_clear_error();
    return words ? words : "libcrypto does not say why";
}

static BIO *bio_of(struct part part)
{
    return part.length > INT32_MAX ? NULL : BIO_new_mem_buf(part.bytes, (int)part.length);
}

/* Appends the DER form. */
static bool put_der(CMS_ContentInfo *cms, struct buf *out)
{
    BIO *bio = BIO_new(BIO_s_mem());
    bool done = bio && i2d_CMS_bio(bio, cms) == 1;

    if (done)
        bio_take(bio, out);
    BIO_free(bio);
    return done;
}

bool envelope_sign(const char *key_pem, const char *certificate_pem, struct part plain,
                   struct buf *out, struct mishap *mishap)
{
    X509 *certificate = certificate_read(certificate_pem);
    EVP_PKEY *key = key_read(key_pem);
    BIO *bio = bio_of(plain);
    CMS_ContentInfo *cms = NULL;
    bool done;

    if (certificate && key && bio)
        cms = CMS_sign(certificate, key, NULL, bio, CMS_BINARY | CMS_NOSMIMECAP);
    done = cms && put_der(cms, out);
    if (!done)
        mishap_set(mishap, TROUBLE_FAULT, "%s", crypto_words());
    CMS_ContentInfo_free(cms);
    BIO_free(bio);
    EVP_PKEY_free(key);
    X509_free(certificate);
    return done;
}

/* How the key of the envelope is wrapped: as of today, not as of the standard's first days. */
static bool set_recipient(CMS_ContentInfo *cms, X509 *receiver)
{
    CMS_RecipientInfo *recipient = CMS_add1_recipient_cert(cms, receiver, CMS_KEY_PARAM);
    EVP_PKEY_CTX *context = recipient ? CMS_RecipientInfo_get0_pkey_ctx(recipient) : NULL;

    if (!context)
        return false;
    switch (EVP_PKEY_get_base_id(X509_get0_pubkey(receiver))) {
    case EVP_PKEY_EC:
        return EVP_PKEY_CTX_set_ecdh_kdf_md(context, EVP_sha256()) > 0;
    case EVP_PKEY_RSA:
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) > 0 &&
               EVP_PKEY_CTX_set_rsa_oaep_md(context, EVP_sha256()) > 0;
    default:
        return false;
    }
}

static bool encrypt(X509 *receiver, struct part plain, struct buf *out, struct mishap *mishap)
{
    BIO *bio = bio_of(plain);
    CMS_ContentInfo *cms = CMS_encrypt(NULL, NULL, EVP_aes_256_cbc(), CMS_BINARY | CMS_PARTIAL);
    bool done = bio && cms && set_recipient(cms, receiver) &&
                CMS_final(cms, bio, NULL, CMS_BINARY) == 1 && put_der(cms, out);

    if (!done)
        mishap_set(mishap, TROUBLE_RECEIVER, "%s", crypto_words());
    CMS_ContentInfo_free(cms);
    BIO_free(bio);
    return done;
}

bool envelope_seal(const char *key, const char *certificate, const char *receiver_pem,
                   struct part plain, struct buf *out, struct mishap *mishap)
{
    X509 *receiver = certificate_read(receiver_pem);
    struct buf inside = {0};
    bool done = certificate_usable(receiver, mishap) &&
                envelope_sign(key, certificate, plain, &inside, mishap) &&
                encrypt(receiver, (struct part){buf_text(&inside), inside.length}, out, mishap);

    buf_wipe(&inside);
    X509_free(receiver);
    return done;
}

/* --- Opening ------------------------------------------------------------------------------ */

struct element {
    const unsigned char *body;
    long length;
    int tag, class;
};

/* The element at *at, and *at after it. False if it is not in DER, which says how long it is.
 */
static bool next_element(const unsigned char **at, const unsigned char *end,
                         struct element *element)
{
    int form;

    element->body = *at;
    form = ASN1_get_object(&element->body, &element->length, &element->tag, &element->class,
                           end - *at);
    if (form & 0x81)
        return false;
    *at = element->body + element->length;
    return true;
}

/* Whether it is an envelope of the size that ours are, but for its content. Others could make
 * libcrypto work for hours: each digest in the list is taken of all of the content. */
static bool shape_good(struct part part, int kind)
{
    const unsigned char *at = (const unsigned char *)part.bytes, *end = at + part.length;
    struct element whole, type, tagged, data, child;
    size_t around = 0, sets = 0;

    if (!next_element(&at, end, &whole) || at != end)
        return false;
    at = whole.body;
    if (!next_element(&at, end, &type) || !next_element(&at, end, &tagged) || at != end)
        return false;
    at = tagged.body;
    if (!next_element(&at, end, &data) || at != end)
        return false;
    at = data.body;
    while (at < end) {
        if (!next_element(&at, end, &child))
            return false;
        if (child.tag == V_ASN1_SET && sets++ == 0 && kind == NID_pkcs7_signed &&
            child.length > DIGESTS_MAX)
            return false;
        if (child.tag != V_ASN1_SEQUENCE)
            around += (size_t)child.length;
    }
    return around <= AROUND_MAX;
}

/* Reads an envelope of that kind, with nothing after it. */
static CMS_ContentInfo *read_cms(struct part part, int kind, struct mishap *mishap)
{
    const unsigned char *at = (const unsigned char *)part.bytes;
    CMS_ContentInfo *cms = NULL;

    if (part.length > SEALED_MAX) {
        mishap_set(mishap, TROUBLE_ENVELOPE, "it is too large");
        return NULL;
    }
    if (shape_good(part, kind))
        cms = d2i_CMS_ContentInfo(NULL, &at, (long)part.length);
    if (cms && OBJ_obj2nid(CMS_get0_type(cms)) == kind)
        return cms;
    CMS_ContentInfo_free(cms);
    mishap_set(mishap, TROUBLE_ENVELOPE, "it is cut short, changed, or something else");
    ERR_clear_error();
    return NULL;
}

/* Exactly one has signed, and has said with which certificate. */
static X509 *only_signer(CMS_ContentInfo *cms, struct mishap *mishap)
{
    STACK_OF(X509) *signers = CMS_get0_signers(cms);
    X509 *signer = sk_X509_num(signers) == 1 ? sk_X509_value(signers, 0) : NULL;

    sk_X509_free(signers);
    if (!signer)
        mishap_set(mishap, TROUBLE_SIGNATURE, "it must be signed by one");
    return signer;
}

static bool put_signer(X509 *signer, struct buf *out, struct mishap *mishap)
{
    BIO *bio = BIO_new(BIO_s_mem());
    bool done = bio && PEM_write_bio_X509(bio, signer) == 1;

    if (done)
        bio_take(bio, out);
    else
        mishap_set(mishap, TROUBLE_FAULT, "%s", crypto_words());
    BIO_free(bio);
    return done;
}

bool envelope_verify(struct part signed_bytes, struct buf *plain, struct buf *signer,
                     struct mishap *mishap)
{
    CMS_ContentInfo *cms = read_cms(signed_bytes, NID_pkcs7_signed, mishap);
    BIO *bio = BIO_new(BIO_s_mem());
    X509 *who = NULL;
    bool done = false;

    /* Who may sign is known by fingerprint, not by a chain of authorities. */
    if (cms && bio &&
        CMS_verify(cms, NULL, NULL, NULL, bio, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) == 1)
        who = only_signer(cms, mishap);
    else if (cms)
        mishap_set(mishap, TROUBLE_SIGNATURE, "%s", crypto_words());
    if (who)
        done = put_signer(who, signer, mishap);
    if (done)
        bio_take(bio, plain);
    BIO_free(bio);
    CMS_ContentInfo_free(cms);
    return done;
}

static bool is_for(CMS_RecipientInfo *recipient, X509 *certificate)
{
    STACK_OF(CMS_RecipientEncryptedKey) * keys;

    if (CMS_RecipientInfo_type(recipient) == CMS_RECIPINFO_TRANS)
        return CMS_RecipientInfo_ktri_cert_cmp(recipient, certificate) == 0;
    if (CMS_RecipientInfo_type(recipient) != CMS_RECIPINFO_AGREE)
        return false;
    keys = CMS_RecipientInfo_kari_get0_reks(recipient);
    for (int i = 0; i < sk_CMS_RecipientEncryptedKey_num(keys); i++) {
        if (CMS_RecipientEncryptedKey_cert_cmp(sk_CMS_RecipientEncryptedKey_value(keys, i),
                                               certificate) == 0)
            return true;
    }
    return false;
}

static bool is_for_us(CMS_ContentInfo *cms, X509 *certificate)
{
    STACK_OF(CMS_RecipientInfo) *recipients = CMS_get0_RecipientInfos(cms);

    for (int i = 0; i < sk_CMS_RecipientInfo_num(recipients); i++) {
        if (is_for(sk_CMS_RecipientInfo_value(recipients, i), certificate))
            return true;
    }
    return false;
}

static bool decrypt(CMS_ContentInfo *cms, const char *key_pem, const char *certificate_pem,
                    struct buf *out, struct mishap *mishap)
{
    X509 *certificate = certificate_read(certificate_pem);
    EVP_PKEY *key = key_read(key_pem);
    BIO *bio = BIO_new(BIO_s_mem());
    bool done = false;

    if (certificate && !is_for_us(cms, certificate))
        mishap_set(mishap, TROUBLE_MISDIRECTED, "%s", "");
    else if (certificate && key && bio &&
             CMS_decrypt(cms, key, certificate, NULL, bio, CMS_BINARY) == 1)
        done = true;
    else
        mishap_set(mishap, TROUBLE_ENVELOPE, "it cannot be decrypted");
    if (done)
        bio_take(bio, out);
    ERR_clear_error();
    BIO_free(bio);
    EVP_PKEY_free(key);
    X509_free(certificate);
    return done;
}

bool envelope_open(const char *key, const char *certificate, struct part sealed,
                   struct buf *plain, struct buf *signer, struct mishap *mishap)
{
    CMS_ContentInfo *cms = read_cms(sealed, NID_pkcs7_enveloped, mishap);
    struct buf inside = {0};
    bool done =
        cms && decrypt(cms, key, certificate, &inside, mishap) &&
        envelope_verify((struct part){buf_text(&inside), inside.length}, plain, signer, mishap);

    buf_wipe(&inside);
    CMS_ContentInfo_free(cms);
    return done;
}
