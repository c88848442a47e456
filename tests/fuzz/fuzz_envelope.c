/* SPDX-License-Identifier: MIT */
/* Fuzz target: any bytes as an envelope, signed or sealed, and as a certificate. Either a
 * trouble and nothing else, or what somebody signed. */
#include <stdlib.h>

#include "base/mem.h"
#include "exchange/courier.h"
#include "tests/fuzz/target.h"

static void check(bool done, const struct mishap *mishap, const struct buf *plain,
                  const struct buf *signer)
{
    if (done ? !signer->length : plain->length || signer->length)
        die("what is not signed came through, or what is signed did not say by whom");
    if (!done && mishap->trouble == TROUBLE_COUNT)
        die("it failed without a trouble");
}

static void try_open(struct part part, const struct buf *identity)
{
    char *key = parts_text(identity, "key");
    char *certificate = parts_text(identity, "certificate");
    struct mishap mishap = {.trouble = TROUBLE_COUNT};
    struct buf plain = {0}, signer = {0};

    check(envelope_verify(part, &plain, &signer, &mishap), &mishap, &plain, &signer);
    buf_clear(&plain);
    buf_clear(&signer);
    mishap.trouble = TROUBLE_COUNT;
    check(envelope_open(key, certificate, part, &plain, &signer, &mishap), &mishap, &plain,
          &signer);
    buf_release(&plain);
    buf_release(&signer);
    free(key);
    free(certificate);
}

static void try_certificate(struct part part)
{
    char *text = xstrndup(part.bytes, part.length), fingerprint[DIGEST_HEX_SIZE];
    struct buf name = {0}, all = {0};
    struct mishap mishap = {.trouble = TROUBLE_COUNT};

    if (!certificate_look(text, fingerprint, &name, &mishap) && mishap.trouble == TROUBLE_COUNT)
        die("it failed without a trouble");
    certificate_list(text, &all);
    buf_release(&name);
    buf_release(&all);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct part part = {(const char *)bytes, size};
    struct buf identity = {0};
    struct mishap mishap;

    if (!identity_make("county", "00", &identity, &mishap))
        die("%s", mishap.detail);
    try_open(part, &identity);
    try_certificate(part);
    buf_release(&identity);
    return 0;
}
