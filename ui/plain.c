/* SPDX-License-Identifier: MIT */
/*
 * The plain prompts. Prints a page from top to bottom and says what can be typed; reads what
 * was typed. Reads and writes no file, and knows no terminal.
 */
#include "ui/plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define INDENT 3

static void add_safe(struct buf *out, const char *text)
{
    text = text ? text : "";
    utf8_printable(out, text, strlen(text), false);
}

/* A text that may have several lines, each but the first after an indent. */
static void add_lines(struct buf *out, const char *text, size_t indent)
{
    for (size_t length; *text; text += length) {
        length = strcspn(text, "\n");
        utf8_printable(out, text, length, false);
        length += text[length] == '\n';
        if (text[length]) {
            buf_putc(out, '\n');
            buf_pad(out, ' ', indent);
        }
    }
}

static const struct block *focused_field(const struct page *page)
{
    return page_reach(page) & REACH_TEXT ? &page->block[page->focus] : NULL;
}

/* --- what can be typed ------------------------------------------------------------------- */

/* What is typed for an act: a key that is one character, else the act's name; NULL if it is
 * not for typing. */
static const char *word_of(enum act act)
{
    const char *key;

    if (act == ACT_BACK)
        return "<";
    if (act == ACT_CHOOSE || act == ACT_TICK || !act_name(act)[0] ||
        !(act_reach(act) & (REACH_LIST | REACH_EVERYWHERE)))
        return NULL;
    for (size_t i = 0; (key = act_key(act, i)); i++)
        if (strlen(key) == 1)
            return key;
    return act_name(act);
}

static enum act act_of_word(const char *word)
{
    const char *other;

    for (enum act act = ACT_NONE + 1; act < ACT_COUNT; act++)
        if ((other = word_of(act)) && strcmp(word, other) == 0)
            return act;
    return ACT_NONE;
}

/* The block that has that number on the page. */
static const struct block *numbered(const struct page *page, long number)
{
    for (size_t i = 0; i < page->count; i++)
        if (block_can_focus(&page->block[i]) && --number == 0)
            return &page->block[i];
    return NULL;
}

/* A number or a word of the page; `word` has no blanks round it. */
static struct plain_input read_word(const struct page *page, const char *word)
{
    char *end;
    long number = strtol(word, &end, 10);
    const struct block *block = word[0] && !*end ? numbered(page, number) : NULL;
    enum act act = act_of_word(word);

    if (block)
        return (struct plain_input){.kind = PLAIN_CHOOSE, .id = block->id};
    if (act)
        return (struct plain_input){.kind = PLAIN_ACT, .act = act};
    return (struct plain_input){.kind = PLAIN_UNKNOWN};
}

/* A line while a field has the focus: its text, unless "<" comes first. */
static struct plain_input read_field(const struct page *page, const struct block *field,
                                     const char *line, const char *word)
{
    if (!word[0])
        return (struct plain_input){.kind = PLAIN_ACT, .act = ACT_CONTINUE};
    if (word[0] == '<' && word[1])
        return read_word(page, word + 1);
    if (strcmp(word, "<") == 0 || strcmp(word, "?") == 0)
        return read_word(page, word);
    if (strcmp(word, "-") == 0)
        line = "";
    return (struct plain_input){.kind = PLAIN_TEXT, .id = field->id, .text = line};
}

struct plain_input plain_read(const struct page *page, const char *line)
{
    const struct block *field = focused_field(page);
    const char *start = line + strspn(line, " \t");
    size_t length = strlen(start);
    char word[32] = "";

    while (length > 0 && (start[length - 1] == ' ' || start[length - 1] == '\t'))
        length--;
    /* What is too long for a word can only be a text. */
    if (length < sizeof(word))
        memcpy(word, start, length);
    if (field && length >= sizeof(word))
        return (struct plain_input){.kind = PLAIN_TEXT, .id = field->id, .text = line};
    if (length >= sizeof(word))
        return (struct plain_input){.kind = PLAIN_UNKNOWN};
    if (field)
        return read_field(page, field, line, word);
    if (!word[0] && page->focus < page->count && page->block[page->focus].kind == BLOCK_ACTION)
        return (struct plain_input){.kind = PLAIN_CHOOSE, .id = page_focused(page)};
    return read_word(page, word);
}

/* --- printing ---------------------------------------------------------------------------- */

static void print_row(const struct block *block, struct buf *out)
{
    const char *between = "";

    for (size_t i = 0; i < block->column_count; i++) {
        if (!block->column[i].text || !block->column[i].text[0])
            continue;
        buf_puts(out, between);
        add_safe(out, block->column[i].text);
        between = block->column_count == 2 ? ": " : ", ";
    }
    add_safe(out, block->text);
}

static void print_field(const struct block *block, struct buf *out)
{
    const char *text = block->edit ? edit_text(block->edit) : "";

    add_safe(out, block->text);
    if (block->edit && block->edit->secret) {
        buf_puts(out, text[0] ? ": (typed)" : "");
    } else {
        buf_puts(out, ": ");
        add_lines(out, text[0] ? text : "(empty)", INDENT);
    }
}

static void print_text(const struct block *block, struct buf *out)
{
    switch (block->kind) {
    case BLOCK_ROW:
        print_row(block, out);
        return;
    case BLOCK_FIELD:
        print_field(block, out);
        return;
    case BLOCK_ERROR:
        buf_puts(out, "Error: ");
        break;
    case BLOCK_WARNING:
        buf_puts(out, "Warning: ");
        break;
    default:
        break;
    }
    add_lines(out, block->text, 0);
    if (block->kind == BLOCK_CHOICE && (block->chosen || block->many))
        buf_puts(out, !block->many    ? " (chosen)"
                      : block->chosen ? " (ticked)"
                                      : " (not ticked)");
}

static void print_block(const struct block *block, int number, struct buf *out)
{
    if (number > 0)
        buf_printf(out, "%d. ", number);
    print_text(block, out);
    buf_putc(out, '\n');
    if (!block->detail)
        return;
    buf_pad(out, ' ', number > 0 ? INDENT : 0);
    add_lines(out, block->detail, number > 0 ? INDENT : 0);
    buf_putc(out, '\n');
}

/* Prints the words for the acts of the footer, each with what it does. */
static void print_acts(const struct page *page, bool in_field, struct buf *out)
{
    const char *between = "", *word, *name;

    for (size_t i = 0; i < COUNT(page->footer) && page->footer[i]; i++) {
        word = word_of(page->footer[i]);
        name = act_name(page->footer[i]);
        if (!word)
            continue;
        buf_puts(out, between);
        if (in_field && strcmp(word, "<") != 0)
            buf_putc(out, '<');
        buf_puts(out, word);
        if (strcmp(word, name) != 0)
            buf_printf(out, " (%s)", name);
        between = ", ";
    }
    if (between[0])
        buf_puts(out, ".\n");
}

static void print_field_prompt(const struct page *page, const struct block *field,
                               struct buf *out)
{
    bool filled = field->edit && field->edit->text.length > 0;

    buf_puts(out, "Type this on one line: ");
    add_safe(out, field->text);
    buf_puts(out, "\n");
    if (filled)
        buf_puts(out, "Enter alone keeps it as it is, - empties it.\n");
    buf_puts(out, "For anything else begin with <, as in <1 for number 1: ");
    print_acts(page, true, out);
}

static void print_prompt(const struct page *page, int numbers, struct buf *out)
{
    const struct block *field = focused_field(page);

    if (page->message && page->message[0]) {
        add_safe(out, page->message);
        buf_putc(out, '\n');
    }
    if (field) {
        print_field_prompt(page, field, out);
        return;
    }
    if (numbers > 0)
        buf_printf(out, "Type %s%d, or: ", numbers > 1 ? "a number from 1 to " : "", numbers);
    else
        buf_puts(out, "Type: ");
    print_acts(page, false, out);
    if (page->focus < page->count && page->block[page->focus].kind == BLOCK_ACTION) {
        buf_puts(out, "Enter alone: ");
        add_safe(out, page->block[page->focus].text);
        buf_putc(out, '\n');
    }
}

void plain_print(const struct page *page, struct buf *out)
{
    const struct block *above = NULL;
    int numbers = 0;

    if (page->blank)
        return;
    buf_putc(out, '\n');
    add_safe(out, page->title);
    if (page->place && page->place[0]) {
        buf_puts(out, ". ");
        add_safe(out, page->place);
    }
    buf_puts(out, ".\n\n");
    for (size_t i = 0; i < page->count; i++) {
        const struct block *block = &page->block[i];
        bool can_focus = block_can_focus(block);

        if (above && block_apart(above, block))
            buf_putc(out, '\n');
        numbers += can_focus;
        print_block(block, can_focus ? numbers : 0, out);
        above = block;
    }
    buf_putc(out, '\n');
    print_prompt(page, numbers, out);
}
