/* SPDX-License-Identifier: MIT */
/*
 * References: what a decision is called on paper and over the phone. Eight characters from an
 * alphabet without look-alikes (no 0 O 1 I L 5 S 2 Z B 8 U V pairs) in two groups, the last a
 * check character that catches any one wrong character and any swap of neighbours:
 * "7KM4-Q9TX". Read with any case, spaces or none.
 */
#ifndef DISCERN_RECORD_REFERENCE_H
#define DISCERN_RECORD_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>

#define REFERENCE_SIZE 10   /* with its hyphen and NUL */
#define REFERENCE_RANDOM 7  /* bytes of randomness that make one */

/* Makes a reference from random bytes; the same bytes make the same reference. */
void reference_make(const unsigned char random[REFERENCE_RANDOM], char text[REFERENCE_SIZE]);

/* Reads what a person typed into its proper form. False if it is no reference or its check
 * character is wrong (misread, mistyped or swapped). */
bool reference_read(const char *typed, char text[REFERENCE_SIZE]);

#endif
