/* SPDX-License-Identifier: MIT */
/*
 * The lines of an INI file, as a person reads them. Half of ini_read: the other half lets
 * iniparser read the same text and refuses where the two disagree.
 */
#ifndef DISCERN_BASE_INI_SCAN_H
#define DISCERN_BASE_INI_SCAN_H

#include "base/buf.h"
#include "base/ini.h"

/* Adds the sections and keys of the text to *ini, which is empty but for its file name, and
 * appends the text to *plain without byte order mark and carriage returns, a newline at its
 * end. STATUS_BAD_DATA at the first line that would not be read the same by everybody; *ini
 * then holds what came before and is to be released. */
MUST_CHECK enum status ini_scan(struct ini *ini, const char *text, size_t length,
                                struct buf *plain, struct error *error);

#endif
