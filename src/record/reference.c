/* SPDX-License-Identifier: MIT */
/*
 * References. The alphabet has 23 characters because 23 is prime: then every weighted sum
 * modulo 23 with different weights notices each wrong character and each swap, of neighbours
 * or not. Never reads randomness itself.
 */
#include "record/reference.h"

#include <stdint.h>
#include <string.h>

#define LENGTH 8 /* characters, the last one of them the check character */
#define GROUP 4
#define PRIME 23

static const char alphabet[PRIME + 1] = "34679ACDEFGHJKMNPQRTWXY";

/* The weight of a place: 8, 7, ... 2, and 1 for the check character. */
static unsigned weight(size_t place)
{
    return (unsigned)(LENGTH - place);
}

/* Zero for a whole reference whose check character is right. */
static unsigned weighted_sum(const unsigned *value, size_t count)
{
    unsigned sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += weight(i) * value[i];
    return sum % PRIME;
}

static void spell(const unsigned *value, char text[REFERENCE_SIZE])
{
    char *at = text;

    for (size_t i = 0; i < LENGTH; i++) {
        if (i == GROUP)
            *at++ = '-';
        *at++ = alphabet[value[i]];
    }
    *at = '\0';
}

void reference_make(const unsigned char random[REFERENCE_RANDOM], char text[REFERENCE_SIZE])
{
    unsigned value[LENGTH];
    uint64_t number = 0;

    for (size_t i = 0; i < REFERENCE_RANDOM; i++)
        number = number << 8 | random[i];
    for (size_t i = 0; i < LENGTH - 1; i++) {
        value[i] = (unsigned)(number % PRIME);
        number /= PRIME;
    }
    value[LENGTH - 1] = (PRIME - weighted_sum(value, LENGTH - 1)) % PRIME;
    spell(value, text);
}

bool reference_read(const char *typed, char text[REFERENCE_SIZE])
{
    unsigned value[LENGTH];
    size_t count = 0;

    for (; *typed; typed++) {
        char c = *typed >= 'a' && *typed <= 'z' ? (char)(*typed - 'a' + 'A') : *typed;
        const char *found = strchr(alphabet, c);

        if (c == ' ' || c == '-')
            continue;
        if (!found || count == LENGTH)
            return false;
        value[count++] = (unsigned)(found - alphabet);
    }
    if (count != LENGTH || weighted_sum(value, LENGTH) != 0)
        return false;
    spell(value, text);
    return true;
}
