/* SPDX-License-Identifier: MIT */
/*
 * References: what a decision is called on paper and over the phone. Eight characters in two
 * groups from an alphabet of 23 without look-alikes (3 4 6 7 9 and A C D E F G H J K M N P Q
 * R T W X Y: of 0 O Q, 1 I L, 2 Z, 5 S, 8 B and U V at most one is used), the last a check
 * character that catches any one wrong character and any swap of two: "7KM4-Q9TY". Read with
 * any case, with or without spaces and hyphens.
 */
#ifndef DISCERN_RECORD_REFERENCE_H
#define DISCERN_RECORD_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>

#define REFERENCE_SIZE 10  /* with its hyphen and NUL */
#define REFERENCE_RANDOM 7 /* bytes of randomness that make one */

/* Makes a reference from random bytes; the same bytes make the same reference. */
void reference_make(const unsigned char random[REFERENCE_RANDOM], char text[REFERENCE_SIZE]);

/* Reads what a person typed into its proper form. False if it is no reference or its check
 * character is wrong (misread, mistyped or swapped). */
bool reference_read(const char *typed, char text[REFERENCE_SIZE]);

#endif
