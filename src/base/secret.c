/* SPDX-License-Identifier: MIT */
/* Secrets in libsodium's guarded memory. Never copies one anywhere else. */
#include "base/secret.h"

#include <sodium.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/mem.h"

void secret_init(void)
{
    const struct rlimit none = {0, 0};

    if (sodium_init() < 0)
        die("The encryption library did not start, so nothing can be kept safe.");
    if (setrlimit(RLIMIT_CORE, &none) != 0)
        die("Core dumps could not be turned off, so nothing can be kept safe.");
        /* LeakSanitizer traces the process at its end, and may not once this is set. */
#ifndef __SANITIZE_ADDRESS__
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        die("Tracing could not be turned off, so nothing can be kept safe.");
#endif
}

void *secret_new(size_t size)
{
    void *bytes = sodium_malloc(size ? size : 1);

    if (!bytes)
        die("There is no protected memory left for a passphrase or key.");
    sodium_memzero(bytes, size);
    return bytes;
}

void secret_free(void *secret)
{
    sodium_free(secret);
}

void secret_wipe(void *bytes, size_t size)
{
    sodium_memzero(bytes, size);
}

struct passphrase *passphrase_new(const char *text, size_t length)
{
    struct passphrase *passphrase = secret_new(sizeof(*passphrase));

    passphrase->length = length < PASSPHRASE_MAX ? length : PASSPHRASE_MAX;
    if (passphrase->length)
        memcpy(passphrase->text, text, passphrase->length);
    return passphrase;
}

bool passphrase_equal(const struct passphrase *a, const struct passphrase *b)
{
    /* The whole room is compared: what follows the text is zeroed. */
    int differ = sodium_memcmp(a->text, b->text, sizeof(a->text));

    return differ == 0 && a->length == b->length;
}

void random_bytes(void *bytes, size_t size)
{
    randombytes_buf(bytes, size);
}
