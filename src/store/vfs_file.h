/* SPDX-License-Identifier: MIT */
/* A file that is open through the sealing layer: for vfs.c and vfs_file.c only. */
#ifndef DISCERN_STORE_VFS_FILE_H
#define DISCERN_STORE_VFS_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sqlite3.h>

#include "store/cipher.h"

/* SQLite's own open file follows it in the same room. */
struct file {
    sqlite3_file layer;
    const struct cipher *cipher;
    enum file_kind kind;
    /* Of a log: the number of the page in each frame whose header was written through this
     * file, 0 in others. So none is read to be written again. */
    uint32_t *numbers;
    size_t number_count;
    /* Of a database: the index of its log, while it is mapped, and whether this is the one who
     * writes. */
    const volatile uint32_t *index;
    bool writing;
};

/* The layer's view of SQLite's file. */
static inline struct file *file_of(sqlite3_file *file)
{
    return (struct file *)(void *)file;
}

/* The file of SQLite's unix layer. */
static inline sqlite3_file *below(sqlite3_file *file)
{
    return (sqlite3_file *)(void *)(file_of(file) + 1);
}

extern const sqlite3_io_methods file_methods;

#endif
