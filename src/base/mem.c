/* SPDX-License-Identifier: MIT */
/* Memory that is never NULL, and arenas. Never used for secrets. */
#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE 4096
#define ALIGNMENT _Alignof(max_align_t)

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    max_align_t bytes[];
};

/* The one writable variable of the ground: how the terminal is put right before we end. */
static void (*end_hook)(void);

void die_hook(void (*hook)(void))
{
    end_hook = hook;
}

void die(const char *format, ...)
{
    void (*hook)(void) = end_hook;
    va_list list;

    end_hook = NULL; /* a hook that dies itself must not come back here */
    if (hook)
        hook();
    fputs("discern: ", stderr);
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fputc('\n', stderr);
    abort();
}

static size_t product(size_t count, size_t size)
{
    size_t total;

    if (__builtin_mul_overflow(count, size, &total))
        die("More memory was asked for than there can be.");
    return total;
}

void *xmalloc(size_t size)
{
    return xrealloc(NULL, 1, size);
}

void *xcalloc(size_t count, size_t size)
{
    size_t total = product(count, size);
    void *bytes = calloc(1, total ? total : 1);

    if (!bytes)
        die("There is no memory left.");
    return bytes;
}

void *xrealloc(void *old, size_t count, size_t size)
{
    size_t total = product(count, size);
    void *bytes = realloc(old, total ? total : 1);

    if (!bytes)
        die("There is no memory left.");
    return bytes;
}

char *xstrdup(const char *text)
{
    return text ? xstrndup(text, strlen(text)) : NULL;
}

char *xstrndup(const char *text, size_t length)
{
    size_t kept = strnlen(text, length);
    char *copy = xmalloc(kept + 1);

    memcpy(copy, text, kept);
    copy[kept] = '\0';
    return copy;
}

char *xasprintf(const char *format, ...)
{
    va_list list;
    char *text;
    int length;

    va_start(list, format);
    length = vasprintf(&text, format, list);
    va_end(list);
    if (length < 0)
        die("There is no memory left.");
    return text;
}

static struct arena_block *add_block(struct arena *arena, size_t size)
{
    struct arena_block *block = xcalloc(1, sizeof(*block) + size);

    block->size = size;
    /* A block made for one large thing goes behind the head, which still has room. */
    if (arena->head && size > BLOCK_SIZE) {
        block->next = arena->head->next;
        arena->head->next = block;
    } else {
        block->next = arena->head;
        arena->head = block;
    }
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    struct arena_block *block = arena->head;
    void *bytes;

    if (size > SIZE_MAX / 2)
        die("More memory was asked for than there can be.");
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (!block || block->size - block->used < size)
        block = add_block(arena, size > BLOCK_SIZE ? size : BLOCK_SIZE);
    bytes = (char *)block->bytes + block->used;
    block->used += size;
    return bytes;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return text ? arena_strndup(arena, text, strlen(text)) : NULL;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
    size_t kept = strnlen(text, length);
    char *copy = arena_alloc(arena, kept + 1);

    memcpy(copy, text, kept);
    return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list list, again;
    char *text;
    int length;

    va_start(list, format);
    va_copy(again, list);
    length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (length < 0)
        die("A text could not be formatted: %s", format);
    text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

void *arena_grow(struct arena *arena, const void *old, size_t old_count, size_t new_count,
                 size_t size)
{
    void *bytes = arena_alloc(arena, product(new_count, size));
    size_t kept = old_count < new_count ? old_count : new_count;

    if (kept)
        memcpy(bytes, old, kept * size);
    return bytes;
}

void arena_release(struct arena *arena)
{
    struct arena_block *next;

    for (struct arena_block *block = arena->head; block; block = next) {
        next = block->next;
        free(block);
    }
    arena->head = NULL;
}
