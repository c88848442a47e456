/* SPDX-License-Identifier: MIT */
/* Connections that all see one moment of a store, so that several threads can read, and open
 * its sealed pages, at once. They only read. */
#ifndef DISCERN_STORE_READERS_H
#define DISCERN_STORE_READERS_H

#include "store/opened.h"

struct readers;

/* `count` of them, that see what the store's own connection sees, which is reading. STATUS_IO
 * if others write so busily that no moment could be caught. */
MUST_CHECK enum status readers_open(struct store *store, size_t count,
                                    struct readers **ret_readers, struct error *error);

/* Takes one and gives it back; never more than `count` at a time. */
struct database *reader_take(struct readers *readers);
void reader_give(struct readers *readers, struct database *database);

/* NULL is fine. */
void readers_free(struct readers *readers);

#endif
