/* SPDX-License-Identifier: MIT */
/* Words by the kind of their characters. Never folds and never allocates. */
#include "record/split.h"

#include <stdint.h>

#include "base/utf8.h"

/* Signs and spaces outside ASCII: what is in none of these ranges belongs to a word. */
static const struct {
    uint32_t first, last;
} between_words[] = {
    {0x80, 0xA9},     {0xAB, 0xB4},     {0xB6, 0xB9},     {0xBB, 0xBF},     {0xD7, 0xD7},
    {0xF7, 0xF7},     {0x2000, 0x206F}, {0x20A0, 0x20CF}, {0x2190, 0x2BFF}, {0x3000, 0x3003},
    {0x3008, 0x3020}, {0xE000, 0xF8FF}, {0xFE00, 0xFE0F}, {0xFF01, 0xFF0F}, {0xFFF0, 0xFFFF},
};

static bool in_word(uint32_t code)
{
    if (code < 0x80)
        return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
               (code >= 'A' && code <= 'Z');
    for (size_t i = 0; i < sizeof(between_words) / sizeof(between_words[0]); i++) {
        if (code >= between_words[i].first && code <= between_words[i].last)
            return false;
    }
    return true;
}

bool split_next(const char *text, size_t length, size_t *at, struct word *ret_word)
{
    struct word word = {0};
    size_t here = *at, step;
    uint32_t code;

    for (; here < length; here += step) {
        step = utf8_decode(text + here, length - here, &code);
        if (in_word(code))
            break;
    }
    word.at = here;
    for (; here < length; here += step) {
        step = utf8_decode(text + here, length - here, &code);
        if (!in_word(code))
            break;
        if (here + step - word.at <= WORD_MAX)
            word.length = here + step - word.at;
    }
    *at = here;
    if (word.length == 0)
        return false;
    *ret_word = word;
    return true;
}
