/* SPDX-License-Identifier: MIT */
/* Finds words in the texts of a record as a search would, and cuts a piece out around one.
 * Never says whether the record is a hit: the index does. */
#include "record/excerpt.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "record/json.h"
#include "record/split.h"
#include "record/texts.h"

/* What is looked for, and the best text so far. */
struct looking {
    const char *search; /* folded */
    size_t length;
    const char *text; /* NULL: nothing yet */
    bool free_text;
    struct word found;
};

/* Whether the word begins like one of those that are looked for. */
static bool matches(const struct looking *looking, const char *text, struct word word)
{
    struct buf folded = {0};
    struct word wanted;
    bool found = false;
    size_t at = 0;

    utf8_fold(&folded, text + word.at, word.length);
    while (!found && split_next(looking->search, looking->length, &at, &wanted))
        found = wanted.length <= folded.length &&
                memcmp(buf_text(&folded), looking->search + wanted.at, wanted.length) == 0;
    buf_release(&folded);
    return found;
}

/* Ends the search at the first hit in free text; keeps looking after one in a name. */
static bool look(const char *text, bool free_text, void *data)
{
    struct looking *looking = data;
    size_t length = strlen(text), at = 0;
    struct word word;

    if (looking->text && !free_text)
        return true;
    while (split_next(text, length, &at, &word)) {
        if (!matches(looking, text, word))
            continue;
        looking->text = text;
        looking->free_text = free_text;
        looking->found = word;
        return !free_text;
    }
    return true;
}

/* Where the piece begins: some way before the word, at the beginning of another one. */
static size_t begin_before(const char *text, size_t at, int cells)
{
    size_t start = at;
    int room = cells / 3;

    while (start > 0) {
        size_t step = utf8_prev(text, text + start);

        if (utf8_cells(text + start - step, at - start + step) > room)
            break;
        start -= step;
    }
    if (start == 0)
        return 0;
    while (start < at && text[start] != ' ')
        start++;
    return start < at ? start + 1 : at;
}

static struct excerpt cut(const struct looking *looking, int cells, struct arena *arena)
{
    const char *text = looking->text;
    size_t start = begin_before(text, looking->found.at, cells);
    int room = cells - (start > 0 ? 1 : 0);
    size_t length = strlen(text + start), fits = utf8_fit(text + start, length, room);
    struct buf piece = {0}, before = {0}, hit = {0};
    struct excerpt excerpt = {0};
    size_t until;

    if (fits < length)
        fits = utf8_fit(text + start, length, room - 1);
    until = looking->found.at + looking->found.length;
    if (until > start + fits)
        until = start + fits;
    if (start > 0)
        buf_puts(&before, "\xe2\x80\xa6");
    utf8_printable(&before, text + start, looking->found.at - start, false);
    if (until > looking->found.at)
        utf8_printable(&hit, text + looking->found.at, until - looking->found.at, false);
    buf_add(&piece, buf_text(&before), before.length);
    buf_add(&piece, buf_text(&hit), hit.length);
    utf8_printable(&piece, text + until, start + fits - until, false);
    if (fits < length)
        buf_puts(&piece, "\xe2\x80\xa6");
    excerpt =
        (struct excerpt){arena_strdup(arena, buf_text(&piece)), before.length, hit.length};
    buf_release(&piece);
    buf_release(&before);
    buf_release(&hit);
    return excerpt;
}

enum status record_excerpt(const char *bytes, size_t length, const char *search, int cells,
                           struct arena *arena, struct excerpt *ret_excerpt,
                           struct error *error)
{
    struct buf folded = {0};
    struct looking looking = {0};
    json_t *body;
    enum status status = body_read(bytes, length, "record", &body, error);

    if (status != STATUS_OK)
        return status;
    utf8_fold(&folded, search, strlen(search));
    looking.search = buf_text(&folded);
    looking.length = folded.length;
    texts_each(body, look, &looking);
    *ret_excerpt =
        looking.text && cells > 2 ? cut(&looking, cells, arena) : (struct excerpt){.text = ""};
    buf_release(&folded);
    json_decref(body);
    return STATUS_OK;
}
