/* SPDX-License-Identifier: MIT */
/* Secrets in libsodium's guarded memory. Never copies one anywhere else. */
#include "base/secret.h"

#include <sodium.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/mem.h"

static bool exposed;

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
    /* It was locked by sodium_malloc, or not: that does not say. */
    if (sodium_mlock(bytes, size) != 0)
        exposed = true;
    sodium_memzero(bytes, size);
    return bytes;
}

bool secret_exposed(void)
{
    return exposed;
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

/* --- Strength ----------------------------------------------------------------------------- */

#define LENGTH_LEAST 12
#define LENGTH_GOOD 20
#define KINDS_LEAST 6 /* different bytes */
#define STEPS_LEAST 10

static bool begins_character(unsigned char byte)
{
    return (byte & 0xc0) != 0x80;
}

/* Characters, and those of them that neither repeat the one before nor count on from it. */
static size_t count_characters(const struct passphrase *passphrase, size_t *ret_steps)
{
    size_t count = 0, steps = 0;

    for (size_t n = 0; n < passphrase->length; n++) {
        unsigned char byte = (unsigned char)passphrase->text[n];
        int from = n ? byte - (unsigned char)passphrase->text[n - 1] : 2;

        if (!begins_character(byte))
            continue;
        count++;
        steps += from < -1 || from > 1;
    }
    *ret_steps = steps;
    return count;
}

static size_t count_kinds(const struct passphrase *passphrase)
{
    bool seen[256] = {false};
    size_t kinds = 0;

    for (size_t n = 0; n < passphrase->length; n++) {
        bool *one = &seen[(unsigned char)passphrase->text[n]];

        kinds += !*one;
        *one = true;
    }
    secret_wipe(seen, sizeof(seen));
    return kinds;
}

enum strength passphrase_strength(const struct passphrase *passphrase)
{
    size_t steps, length = count_characters(passphrase, &steps);

    if (length < LENGTH_LEAST || steps < STEPS_LEAST || count_kinds(passphrase) < KINDS_LEAST)
        return STRENGTH_WEAK;
    return length < LENGTH_GOOD ? STRENGTH_FAIR : STRENGTH_STRONG;
}

const char *strength_words(enum strength strength)
{
    static const char *const words[] = {
        [STRENGTH_WEAK] = "Strength: too weak. Add more words.",
        [STRENGTH_FAIR] = "Strength: fair. Another word makes it strong.",
        [STRENGTH_STRONG] = "Strength: strong.",
    };

    return words[strength];
}

enum status passphrase_weigh(const struct passphrase *passphrase, struct error *error)
{
    if (passphrase_strength(passphrase) != STRENGTH_WEAK)
        return STATUS_OK;
    return fail_at(error, STATUS_REFUSED, NULL, 0, "passphrase",
                   "Use four or more unrelated words.",
                   "This passphrase is too easy to guess.");
}

void random_bytes(void *bytes, size_t size)
{
    randombytes_buf(bytes, size);
}
