/* SPDX-License-Identifier: MIT */
/*
 * Memory. Allocation never returns NULL: a program without memory cannot keep its promises,
 * so it puts the terminal right, says so and ends. Drafts are on disk by then.
 *
 * An arena owns many small things that die together (a pack, a page, a list window): one
 * release, no list of frees. Secrets do not belong here: see secret.h.
 */
#ifndef DISCERN_BASE_MEM_H
#define DISCERN_BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);               /* zeroed; checks the product */
void *xrealloc(void *old, size_t count, size_t size);   /* checks the product */
char *xstrdup(const char *text);                        /* NULL gives NULL */
char *xstrndup(const char *text, size_t length);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Says what broke on standard error, after the hook has put the terminal right, and aborts.
 * For lack of memory and for broken promises of our own code; never for bad input. */
void die(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* What die() calls first, or NULL. The terminal sets it while it is open. */
void die_hook(void (*hook)(void));

struct arena_block;

/* Zero-initialised is empty and valid. */
struct arena {
    struct arena_block *head;
};

void *arena_alloc(struct arena *arena, size_t size);    /* zeroed, aligned for any type */
char *arena_strdup(struct arena *arena, const char *text); /* NULL gives NULL */
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A larger copy of an array that lives in the arena; the old one is left behind, so grow by
 * doubling. `old` may be NULL when old_count is 0. */
void *arena_grow(struct arena *arena, const void *old, size_t old_count, size_t new_count,
                 size_t size);

/* Frees everything taken from the arena, which is then empty and may be used again. */
void arena_release(struct arena *arena);

/* Number of elements of a true array. */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
