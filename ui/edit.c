/* SPDX-License-Identifier: MIT */
/*
 * Text under a caret. Works on bytes and whole clusters; shows nothing. Of a secret it leaves
 * no copy behind.
 */
#include "ui/edit.h"

#include <limits.h>
#include <string.h>

#include "base/secret.h"
#include "base/utf8.h"
#include "base/wrap.h"

#define DEFAULT_MAX 20000

static size_t max_of(const struct edit *edit)
{
    return edit->max ? edit->max : DEFAULT_MAX;
}

/* Makes all the room that may be needed, so that growing leaves no copies. */
static void take_room(struct buf *buf, size_t size)
{
    size_t length = buf->length;

    buf_pad(buf, '\0', size > length ? size - length : 0);
    buf_cut(buf, length);
}

static void drop(struct buf *buf, bool secret)
{
    if (secret && buf->text)
        secret_wipe(buf->text, buf->size);
    buf_release(buf);
}

/* The text as it is kept. Cleaning can make a malformed byte three. */
static void clean(const struct edit *edit, struct buf *out, const char *text, size_t length,
                  bool keep_newlines)
{
    if (edit->secret)
        take_room(out, length * 3 + 1);
    utf8_clean(out, text, length, keep_newlines);
}

const char *edit_text(const struct edit *edit)
{
    return buf_text(&edit->text);
}

void edit_release(struct edit *edit)
{
    drop(&edit->text, edit->secret);
    drop(&edit->before, edit->secret);
    edit->caret = edit->before_caret = 0;
    edit->last = ACT_NONE;
}

void edit_set(struct edit *edit, const char *text)
{
    struct buf fresh = {0};

    text = text ? text : "";
    /* Newlines stay, whatever `lines` says: a text is not to lose them by being looked at. */
    clean(edit, &fresh, text, strlen(text), true);
    edit_release(edit);
    if (edit->secret)
        take_room(&edit->text, max_of(edit));
    buf_add(&edit->text, buf_text(&fresh), fresh.length);
    edit->caret = fresh.length;
    drop(&fresh, edit->secret);
}

/* Remembers the text as it was before `act`, once for a run of the same act. */
static void remember(struct edit *edit, enum act act)
{
    bool run = act == ACT_TYPE || act == ACT_RUB_OUT || act == ACT_DELETE;

    if (!edit->secret && !(run && edit->last == act)) {
        buf_clear(&edit->before);
        buf_add(&edit->before, buf_text(&edit->text), edit->text.length);
        edit->before_caret = edit->caret;
    }
    edit->last = act;
}

/* After a change a mark may have joined the cluster before the caret: moves behind it. */
static void settle(struct edit *edit)
{
    const char *text = edit_text(edit);
    size_t start = edit->caret - utf8_prev(text, text + edit->caret);

    if (edit->caret > 0)
        edit->caret = start + utf8_next(text + start, edit->text.length - start);
}

/* Puts `length` bytes in the place of those from `from` to `to`; the caret goes behind them. */
static void replace(struct edit *edit, size_t from, size_t to, const char *text, size_t length)
{
    struct buf *buf = &edit->text;
    size_t tail = buf->length - to;
    size_t wanted = from + length + tail;

    if (edit->secret && !buf->text)
        take_room(buf, max_of(edit));
    if (wanted > buf->length)
        buf_pad(buf, '\0', wanted - buf->length);
    if (buf->text)
        memmove(buf->text + from + length, buf->text + to, tail);
    if (length)
        memcpy(buf->text + from, text, length);
    buf_cut(buf, wanted);
    edit->caret = from + length;
    settle(edit);
}

/* Bytes of the longest run of whole clusters that is no longer than `room` bytes. */
static size_t fit_bytes(const char *text, size_t length, size_t room)
{
    size_t at = 0, step;

    while (at < length) {
        step = utf8_next(text + at, length - at);
        if (at + step > room)
            break;
        at += step;
    }
    return at;
}

static bool insert(struct edit *edit, enum act act, const char *text, size_t length)
{
    struct buf fresh = {0};
    size_t room = max_of(edit) > edit->text.length ? max_of(edit) - edit->text.length : 0;
    size_t fits;
    bool all;

    clean(edit, &fresh, text, length, edit->lines);
    fits =
        fresh.length <= room ? fresh.length : fit_bytes(buf_text(&fresh), fresh.length, room);
    if (fits > 0) {
        remember(edit, act);
        replace(edit, edit->caret, edit->caret, buf_text(&fresh), fits);
    }
    all = fits == fresh.length;
    drop(&fresh, edit->secret);
    return all;
}

bool edit_insert(struct edit *edit, const char *text, size_t length)
{
    return insert(edit, ACT_NONE, text, length);
}

static void cut(struct edit *edit, enum act act, size_t from, size_t to)
{
    if (from == to)
        return;
    remember(edit, act);
    replace(edit, from, to, "", 0);
}

static void undo(struct edit *edit)
{
    struct buf text = edit->text;
    size_t caret = edit->caret;

    if (edit->secret || !edit->before.text)
        return;
    edit->text = edit->before;
    edit->caret = edit->before_caret;
    edit->before = text;
    edit->before_caret = caret;
    edit->last = ACT_UNDO;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n';
}

static size_t word_left(const struct edit *edit)
{
    const char *text = edit_text(edit);
    size_t at = edit->caret;

    while (at > 0 && is_space(text[at - 1]))
        at--;
    while (at > 0 && !is_space(text[at - 1]))
        at--;
    return at;
}

static size_t word_right(const struct edit *edit)
{
    const char *text = edit_text(edit);
    size_t at = edit->caret;

    while (at < edit->text.length && !is_space(text[at]))
        at++;
    while (at < edit->text.length && is_space(text[at]))
        at++;
    return at;
}

static size_t line_start(const struct edit *edit)
{
    const char *text = edit_text(edit);
    size_t at = edit->caret;

    while (at > 0 && text[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_end(const struct edit *edit)
{
    return edit->caret + strcspn(edit_text(edit) + edit->caret, "\n");
}

/* Where the caret goes on the line above (-1) or below (1), at the same cell or the nearest
 * before it. */
static size_t line_move(const struct edit *edit, int cells, int direction)
{
    const char *text = edit_text(edit);
    struct wrapped line = {0}, above = {0};
    struct wrap wrap;
    bool first = true, found;
    int column;

    wrap_init(&wrap, text, edit->text.length, cells > 0 ? cells : INT_MAX);
    while (wrap_next(&wrap, &line) && edit->caret >= line.next && !wrap.over) {
        above = line;
        first = false;
    }
    column = utf8_cells(text + line.start, edit->caret - line.start);
    found = direction < 0 ? !first : wrap_next(&wrap, &line);
    if (direction < 0)
        line = above;
    return found ? line.start + utf8_fit(text + line.start, line.length, column) : edit->caret;
}

/* Where an act moves the caret to. */
static size_t moved(const struct edit *edit, enum act act, int cells)
{
    const char *text = edit_text(edit);

    switch (act) {
    case ACT_LEFT:
        return edit->caret - utf8_prev(text, text + edit->caret);
    case ACT_RIGHT:
        return edit->caret + utf8_next(text + edit->caret, edit->text.length - edit->caret);
    case ACT_WORD_LEFT:
        return word_left(edit);
    case ACT_WORD_RIGHT:
        return word_right(edit);
    case ACT_LINE_START:
        return line_start(edit);
    case ACT_LINE_END:
        return line_end(edit);
    case ACT_LINE_UP:
        return line_move(edit, cells, -1);
    case ACT_LINE_DOWN:
        return line_move(edit, cells, 1);
    default:
        return edit->caret;
    }
}

static void change(struct edit *edit, enum act act, const struct press *press)
{
    switch (act) {
    case ACT_TYPE:
        insert(edit, act, press->text, strlen(press->text));
        break;
    case ACT_NEW_LINE:
        insert(edit, act, "\n", edit->lines ? 1 : 0);
        break;
    case ACT_RUB_OUT:
        cut(edit, act, moved(edit, ACT_LEFT, 0), edit->caret);
        break;
    case ACT_DELETE:
        cut(edit, act, edit->caret, moved(edit, ACT_RIGHT, 0));
        break;
    case ACT_RUB_OUT_WORD:
        cut(edit, act, word_left(edit), edit->caret);
        break;
    case ACT_CUT_TO_START:
        cut(edit, act, line_start(edit), edit->caret);
        break;
    case ACT_CUT_TO_END:
        cut(edit, act, edit->caret, line_end(edit));
        break;
    case ACT_UNDO:
        undo(edit);
        break;
    default:
        break;
    }
}

bool edit_act(struct edit *edit, enum act act, const struct press *press, int cells)
{
    size_t caret = edit->caret, length = edit->text.length;
    const char *text = edit->text.text; /* undo puts another in its place */

    edit->caret = moved(edit, act, cells);
    settle(edit); /* words are found by their spaces, and a space can carry a mark */
    if (edit->caret != caret)
        edit->last = ACT_NONE; /* a run of typing ends where the caret is moved */
    change(edit, act, press);
    return edit->caret != caret || edit->text.length != length || edit->text.text != text;
}
