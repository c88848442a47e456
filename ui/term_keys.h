/* SPDX-License-Identifier: MIT */
/*
 * Keys out of the bytes that a terminal sends. Pure: bytes in, a press out. Knows what the
 * terminal's own description says, and the sequences that terminals of today share whatever
 * their description says. A sequence that it does not know is one unknown key, never letters.
 */
#ifndef DISCERN_UI_TERM_KEYS_H
#define DISCERN_UI_TERM_KEYS_H

#include "ui/term_caps.h"

/* What ends a paste; it begins with "\033[200~". */
#define PASTE_END "\033[201~"

/* Reads the press at the start of `bytes` and returns the bytes that it took; 0 if more must
 * come first. With `late` nothing more came in time, and what there is must do. *ret_paste says
 * that a paste begins instead of a press. `caps` may be NULL. */
size_t keys_read(const struct caps *caps, const char *bytes, size_t length, bool late,
                 struct press *ret_press, bool *ret_paste);

#endif
