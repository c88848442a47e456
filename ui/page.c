/* SPDX-License-Identifier: MIT */
/* Pages: blocks in order and a focus among them. Shows nothing: see layout.c and plain.c. */
#include "ui/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_BLOCKS 32

void page_init(struct page *page)
{
    *page = (struct page){.title = "", .place = "", .focus = PAGE_NO_FOCUS};
}

void page_clear(struct page *page)
{
    struct block *block = page->block;
    size_t size = page->size;

    arena_release(&page->arena);
    page_init(page);
    page->block = block;
    page->size = size;
}

void page_release(struct page *page)
{
    arena_release(&page->arena);
    free(page->block);
    page_init(page);
}

struct block *page_add(struct page *page, enum block_kind kind, const char *text)
{
    struct block *block;

    if (page->count == page->size) {
        page->size = page->size ? page->size * 2 : FIRST_BLOCKS;
        page->block = xrealloc(page->block, page->size, sizeof(*page->block));
    }
    block = &page->block[page->count++];
    *block = (struct block){.kind = kind, .text = text ? text : ""};
    return block;
}

static const char *format_list(struct page *page, const char *format, va_list list)
{
    va_list again;
    char *text;
    int length;

    va_copy(again, list);
    length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        die("A text could not be formatted: %s", format);
    text = arena_alloc(&page->arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, list);
    return text;
}

const char *page_format(struct page *page, const char *format, ...)
{
    const char *text;
    va_list list;

    va_start(list, format);
    text = format_list(page, format, list);
    va_end(list);
    return text;
}

struct block *page_addf(struct page *page, enum block_kind kind, const char *format, ...)
{
    const char *text;
    va_list list;

    va_start(list, format);
    text = format_list(page, format, list);
    va_end(list);
    return page_add(page, kind, text);
}

struct block *page_choice(struct page *page, int id, bool many, bool chosen, const char *text,
                          const char *hint)
{
    struct block *block = page_add(page, BLOCK_CHOICE, text);

    block->id = id;
    block->many = many;
    block->chosen = chosen;
    block->detail = hint;
    return block;
}

struct block *page_field(struct page *page, int id, const char *label, const struct edit *edit)
{
    struct block *block = page_add(page, BLOCK_FIELD, label);

    block->id = id;
    block->edit = edit;
    return block;
}

struct block *page_action(struct page *page, int id, const char *text)
{
    struct block *block = page_add(page, BLOCK_ACTION, text);

    block->id = id;
    return block;
}

struct block *page_row(struct page *page, int id, const struct column *column, size_t count)
{
    struct block *block = page_add(page, BLOCK_ROW, "");

    if (count > COLUMN_MAX)
        die("A row has %zu columns; it can have %d.", count, COLUMN_MAX);
    block->id = id;
    memcpy(block->column, column, count * sizeof(*column));
    block->column_count = count;
    return block;
}

void page_footer(struct page *page, const enum act *acts, size_t count)
{
    size_t most = COUNT(page->footer) - 1;

    memset(page->footer, 0, sizeof(page->footer));
    memcpy(page->footer, acts, (count < most ? count : most) * sizeof(*acts));
}

bool block_can_focus(const struct block *block)
{
    switch (block->kind) {
    case BLOCK_CHOICE:
    case BLOCK_FIELD:
    case BLOCK_ROW:
    case BLOCK_ACTION:
        return block->id != 0;
    default:
        return false;
    }
}

bool block_apart(const struct block *above, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_CHOICE:
    case BLOCK_ROW:
    case BLOCK_ACTION:
    case BLOCK_ERROR:
        return block->spaced || above->kind != block->kind;
    default:
        return true;
    }
}

/* The first block that can have the focus, from `at` in that direction, or PAGE_NO_FOCUS.
 * Going below 0 wraps the index round to above the count, which ends the search as well. */
static size_t search(const struct page *page, size_t at, int direction)
{
    for (; at < page->count; at += (size_t)direction)
        if (block_can_focus(&page->block[at]))
            return at;
    return PAGE_NO_FOCUS;
}

static int id_at(const struct page *page, size_t at)
{
    return at < page->count ? page->block[at].id : 0;
}

void page_focus(struct page *page, int id)
{
    page->focus = search(page, 0, 1);
    for (size_t i = 0; id != 0 && i < page->count; i++) {
        if (page->block[i].id == id && block_can_focus(&page->block[i])) {
            page->focus = i;
            return;
        }
    }
}

int page_focused(const struct page *page)
{
    return id_at(page, page->focus);
}

int page_step(const struct page *page, int direction)
{
    size_t at;

    if (page->focus >= page->count)
        return 0;
    at = search(page, page->focus + (size_t)direction, direction);
    return id_at(page, at == PAGE_NO_FOCUS ? page->focus : at);
}

int page_end(const struct page *page, int direction)
{
    return id_at(page, search(page, direction < 0 ? 0 : page->count - 1, -direction));
}

/* The nth block of a set of kinds that can have the focus: its id, or 0. */
static int nth_of(const struct page *page, unsigned kinds, int nth)
{
    for (size_t i = 0; i < page->count; i++)
        if ((kinds & 1u << page->block[i].kind) && block_can_focus(&page->block[i]) &&
            --nth == 0)
            return page->block[i].id;
    return 0;
}

int page_number(const struct page *page, int nth)
{
    unsigned choices = 1u << BLOCK_CHOICE, others = 1u << BLOCK_ACTION | 1u << BLOCK_ROW;

    return nth_of(page, nth_of(page, choices, 1) ? choices : others, nth);
}

unsigned page_reach(const struct page *page)
{
    const struct block *block;

    if (page->blank || page->focus >= page->count)
        return REACH_LIST;
    block = &page->block[page->focus];
    if (block->kind != BLOCK_FIELD)
        return REACH_LIST;
    return REACH_TEXT | (block->edit && block->edit->lines ? REACH_LINES : 0u);
}
