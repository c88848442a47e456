/* SPDX-License-Identifier: MIT */
/*
 * UTF-8: decoding, cells on a screen, text made safe to show, words folded for matching.
 *
 * Widths, in cells, come from a table of our own (Unicode 14.0, as in Debian 12's C library),
 * so that they are the same in every locale.
 * The unit that a caret moves over and Backspace deletes is a cluster: a character and the
 * zero-width marks that follow it.
 */
#ifndef DISCERN_BASE_UTF8_H
#define DISCERN_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* Decodes the character at `text` (of `length` bytes, at least 1) into *code and returns its
 * bytes, 1 to 4. A malformed byte gives U+FFFD and 1. Follows RFC 3629: no surrogates, no
 * overlong forms, nothing above U+10FFFF. */
size_t utf8_decode(const char *text, size_t length, uint32_t *code);

/* Writes the character's UTF-8 form (1 to 4 bytes, no NUL) and returns its length. */
size_t utf8_encode(uint32_t code, char bytes[4]);

/* Whether `text` is well-formed UTF-8 throughout. On failure *ret_at (may be NULL) is the
 * offset of the first bad byte. */
bool utf8_valid(const char *text, size_t length, size_t *ret_at);

/* Cells that the character takes: 0, 1 or 2. Control characters take 0. */
int utf8_width(uint32_t code);

/* Cells that `length` bytes of text take. */
int utf8_cells(const char *text, size_t length);

/* Bytes of the cluster at `text`, or before it (within `start`..`text`). */
size_t utf8_next(const char *text, size_t length);
size_t utf8_prev(const char *start, const char *text);

/* Bytes of the longest run of whole clusters at `text` that fits into `cells`. */
size_t utf8_fit(const char *text, size_t length, int cells);

/* Whether the character is a control, or one that takes no room and can mislead a reader: what
 * utf8_printable makes visible and utf8_clean leaves out. */
bool utf8_hidden(uint32_t code);

/* Whether there is nothing to read in it: NULL, empty, or blanks and characters that do not
 * show. */
bool utf8_blank(const char *text);

/* Appends the text with everything that could drive a terminal or mislead a reader made
 * visible: C0 and C1 controls as U+2400 pictures or <9B>, bidirectional overrides and
 * invisible format characters (U+202A..202E, U+2066..2069, U+200B, U+FEFF ...) as <U+202E>,
 * malformed bytes as U+FFFD. Newlines are kept if `keep_newlines`, tabs become one space. */
void utf8_printable(struct buf *out, const char *text, size_t length, bool keep_newlines);

/* What a user typed or pasted, as it is kept: printable text without controls; newlines kept
 * if `keep_newlines`, else made spaces; CR LF and CR become one newline. */
void utf8_clean(struct buf *out, const char *text, size_t length, bool keep_newlines);

/* Appends the text folded for matching: lower case, common Latin diacritics dropped (a base
 * letter for each precomposed Latin letter up to U+024F and for Vietnamese; combining marks
 * removed), curly apostrophes and long dashes as those of a keyboard. */
void utf8_fold(struct buf *out, const char *text, size_t length);

#endif
