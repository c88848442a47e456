/* SPDX-License-Identifier: MIT */
/*
 * Folding for matching: the same word typed on another keyboard, in another case, or with its
 * accents lost on the way, must still be found. Never used on text that is kept or shown.
 */
#include "base/utf8.h"

#include "base/buf.h"
#include "base/mem.h"

/* clang-format off */

/* The base letter of each Latin letter; a figure stands for a pair, a space for "as it is". */
static const char latin[] = /* U+00C0 to U+024F */
    "aaaaaa1ceeeeiiiidnooooo ouuuuy32aaaaaa1ceeeeiiiidnooooo ouuuuy3y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii55jjkkklllllll"
    "lllnnnnnnnnnoooooo44rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
    "bbbb   ccdddd    ffg   ikkl  nnooo  pp     ttttuu vyyzz         "
    "    666777888aaiioouuuuuuuuuu aaaa11ggggkkoooo  j666gg  nnaa11oo"
    "aaaaeeeeiiiioooorrrruuuusstt  hhnd  zzaaeeooooooooyylntj  acclts"
    "z  bu eejjqqrryy";
static const char latin_more[] = /* U+1E00 to U+1EFF */
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwyasss2 aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy    yy";
static const char pair[][3] = {"ae", "ss", "th", "oe", "ij", "dz", "lj", "nj"};

/* clang-format on */

/* Capitals of other alphabets: each `step`th code of a range has its small letter `ahead`. */
static const struct {
    uint32_t first, last, step, ahead;
} capital[] = {
    {0x391, 0x3AB, 1, 32},   /* Greek */
    {0x400, 0x40F, 1, 80},   /* Cyrillic, the further letters */
    {0x410, 0x42F, 1, 32},   /* Cyrillic */
    {0x460, 0x480, 2, 1},    /* Cyrillic, old */
    {0x48A, 0x4BE, 2, 1},    /* Cyrillic, of other languages */
    {0x4D0, 0x52E, 2, 1},    /* the same */
    {0x531, 0x556, 1, 48},   /* Armenian */
    {0xFF21, 0xFF3A, 1, 32}, /* Latin, full width */
};

/* Marks that ride on a letter, and characters that only steer how letters join. */
static const struct {
    uint32_t first, last;
} dropped[] = {
    {0xAD, 0xAD},     {0x300, 0x36F},   {0x483, 0x487},   {0x200B, 0x200F},
    {0x202A, 0x202E}, {0x2060, 0x2069}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
    {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF},
};

static bool is_dropped(uint32_t code)
{
    for (size_t i = 0; i < COUNT(dropped); i++)
        if (code >= dropped[i].first && code <= dropped[i].last)
            return true;
    return false;
}

static uint32_t small_letter(uint32_t code)
{
    for (size_t i = 0; i < COUNT(capital); i++)
        if (code >= capital[i].first && code <= capital[i].last &&
            (code - capital[i].first) % capital[i].step == 0)
            return code + capital[i].ahead;
    return code;
}

/* The mark that every keyboard has for one that word processors put in its place. */
static uint32_t plain_mark(uint32_t code)
{
    if (code == 0x2018 || code == 0x2019 || code == 0x2BC)
        return '\'';
    if (code >= 0x2010 && code <= 0x2015)
        return '-';
    return code == 0xA0 || code == 0x202F ? ' ' : code;
}

/* ' ' for a character that is not in a table of Latin letters. */
static char latin_base(uint32_t code)
{
    if (code >= 0xC0 && code <= 0x24F)
        return latin[code - 0xC0];
    if (code >= 0x1E00 && code <= 0x1EFF)
        return latin_more[code - 0x1E00];
    return ' ';
}

static void fold_one(struct buf *out, uint32_t code)
{
    char base = latin_base(code), bytes[4];

    if (base >= '1' && base <= '9')
        buf_puts(out, pair[base - '1']);
    else if (base != ' ')
        buf_putc(out, base);
    else
        buf_add(out, bytes, utf8_encode(plain_mark(small_letter(code)), bytes));
}

/* Most text is ASCII, of which only the capitals change: how much of it is ASCII from here on.
 */
static size_t fold_plain(struct buf *out, const char *text, size_t length)
{
    size_t from = out->length, count = 0;

    while (count < length && !(text[count] & 0x80))
        count++;
    buf_add(out, text, count);
    for (size_t at = from; at < out->length; at++) {
        if (out->text[at] >= 'A' && out->text[at] <= 'Z')
            out->text[at] = (char)(out->text[at] - 'A' + 'a');
    }
    return count;
}

void utf8_fold(struct buf *out, const char *text, size_t length)
{
    uint32_t code;

    for (size_t at = 0; (at += fold_plain(out, text + at, length - at)) < length;) {
        at += utf8_decode(text + at, length - at, &code);
        if (!is_dropped(code))
            fold_one(out, code);
    }
}
