/* SPDX-License-Identifier: MIT */
/* SQLite's unix layer and allocator, made to fail when told to. Stands below the sealing layer,
 * as the disk does. */
#ifndef DISCERN_TESTS_FAULT_VFS_H
#define DISCERN_TESTS_FAULT_VFS_H

#include <stdbool.h>

/* What is to fail, and what did. */
struct fault {
    int countdown; /* the call that fails, counted from now; 0: none */
    bool lasting;  /* all calls after it fail as well */
    int fired;     /* calls that failed */
    int calls;     /* calls in all */
};

/* Counts a call; whether it is to fail. */
bool fault_now(struct fault *fault);

/* Puts the layer over SQLite's own, under its name, and the allocator in place of SQLite's.
 * Once, before SQLite is used. */
void fault_install(void);

/* Of reads, writes, syncs and whatever else is asked of a file; of allocations. */
struct fault *fault_of_files(void);
struct fault *fault_of_memory(void);

/* Writes that no sync has followed yet. */
int fault_unsynced(void);

/* Who is told, in order, what became of the database and its write-ahead log. */
struct fault_watch {
    void (*wrote)(bool log, const void *bytes, int size, long long offset, void *data);
    void (*cut)(bool log, long long size, void *data);
    void (*synced)(bool log, void *data);
    void *data;
};

/* NULL: nobody. */
void fault_watch(const struct fault_watch *watch);

#endif
