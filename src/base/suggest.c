/* SPDX-License-Identifier: MIT */
/* "Did you mean": edit distance over bytes, with neighbours swapped counted as one. */
#include "base/suggest.h"

#include <stdio.h>
#include <string.h>

#define NAME_MAX_LENGTH 100 /* longer names are not worth guessing at */

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The optimal string alignment distance, with three rows of the table at a time. */
static size_t distance_between(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t row[3][NAME_MAX_LENGTH + 1];

    for (size_t j = 0; j <= b_length; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *here = row[i % 3], *above = row[(i + 2) % 3], *two_above = row[(i + 1) % 3];

        here[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t changed = above[j - 1] + (a[i - 1] != b[j - 1]);

            here[j] = smaller(changed, smaller(above[j], here[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                here[j] = smaller(here[j], two_above[j - 2] + 1);
        }
    }
    return row[a_length % 3][b_length];
}

void suggest_offer(struct suggest *suggest, const char *candidate)
{
    size_t wrong_length = strlen(suggest->wrong), length = strlen(candidate);
    size_t limit = wrong_length / 3 ? wrong_length / 3 : 1, distance;

    if (wrong_length > NAME_MAX_LENGTH || length > NAME_MAX_LENGTH)
        return;
    distance = distance_between(suggest->wrong, wrong_length, candidate, length);
    if (distance > limit || (suggest->best && distance >= suggest->distance))
        return;
    suggest->best = candidate;
    suggest->distance = distance;
}

const char *suggest_text(const struct suggest *suggest, const char *otherwise, char *text,
                         size_t size)
{
    if (suggest->best)
        snprintf(text, size, "Did you mean '%s'?", suggest->best);
    else
        snprintf(text, size, "%s", otherwise);
    return text;
}
