/* SPDX-License-Identifier: MIT */
/*
 * The layer between SQLite and its own unix layer that seals what is written (cipher.h). One
 * is registered for each open store, under a name of its own, with that store's keys.
 *
 * It promises: only the database and its write-ahead log can be opened through it; each write
 * is one write of the same length at the same offset; lengths, locks, syncs and the shared
 * index are SQLite's own, so its guarantees carry over.
 *
 * What it never does: remember anything of a file from one open to the next, map files into
 * memory, have a rollback journal or temporary file on the disk, or swallow an error.
 */
#ifndef DISCERN_STORE_VFS_H
#define DISCERN_STORE_VFS_H

#include "store/cipher.h"

struct vfs;

/* Registers a layer that uses the cipher, which must outlive it. NULL if SQLite would not. */
struct vfs *vfs_register(const struct cipher *cipher);

/* Lets what is opened through it have a rollback journal, in memory: for a new database that
 * nobody needs unless it was written to its end. */
void vfs_journal_in_memory(struct vfs *vfs);

/* The name to give to sqlite3_open_v2. Borrowed. */
const char *vfs_name(const struct vfs *vfs);

/* Only once every connection that was opened through it is closed. NULL is fine. */
void vfs_unregister(struct vfs *vfs);

#endif
