/* SPDX-License-Identifier: MIT */
/* One record as the row that searches and figures use. Pure; trusts nothing that it reads. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "exchange/register_holding.h"
#include "record/decision.h"
#include "record/json.h"
#include "record/texts.h"

#define WORDS_MAX ((size_t)200000) /* the database takes no more than 1 MiB of them */
#define WORD_MAX 100
#define TEXT_MAX_ROW 500

/* In the order of the columns. */
static const char *const paths[] = {
    "practitioner.name",      "practitioner.team", "subject.0.short", "requester.short",
    "recipient.short",        "purpose.short",     "agreement",       "programme",
    "recommendation.outcome", "decision.outcome",
};
enum { RECOMMENDED = 8, DECIDED };

void row_text(struct buf *out, const char *text)
{
    static const char special[] = "\\\n\r\t", letter[] = "\\nrt";

    if (!text) {
        buf_puts(out, "\\N");
        return;
    }
    for (;;) {
        size_t plain = strcspn(text, special);

        buf_add(out, text, plain);
        text += plain;
        if (!*text)
            return;
        buf_putc(out, '\\');
        buf_putc(out, letter[strchr(special, *text++) - special]);
    }
}

/* --- Words -------------------------------------------------------------------------------- */

/* Letters and digits make words; what is left of punctuation after folding does not. */
static bool in_word(uint32_t code)
{
    if (code < 0x80)
        return (code >= 'a' && code <= 'z') || (code >= '0' && code <= '9');
    return code >= 0xC0 && code != 0xD7 && code != 0xF7 && (code < 0x2000 || code > 0x2BFF) &&
           (code < 0x3000 || code > 0x303F) && code != 0xFFFD;
}

static size_t word_length(const char *text, size_t length)
{
    size_t at = 0;

    while (at < length) {
        uint32_t code;
        size_t size = utf8_decode(text + at, length - at, &code);

        if (!in_word(code))
            break;
        at += size;
    }
    return at;
}

void row_words(const char *text, size_t length, size_t room, struct buf *out)
{
    size_t before = out->length;
    struct buf folded = {0};

    utf8_fold(&folded, text, length);
    for (size_t at = 0; at < folded.length;) {
        size_t word = word_length(folded.text + at, folded.length - at);
        uint32_t code;

        if (!word) {
            at += utf8_decode(folded.text + at, folded.length - at, &code);
            continue;
        }
        if (word <= WORD_MAX && out->length - before + word + 1 <= room) {
            if (out->length > before)
                buf_putc(out, ' ');
            buf_add(out, folded.text + at, word);
        }
        at += word;
    }
    buf_release(&folded);
}

static bool add_text(const char *text, bool free_text, void *data)
{
    (void)free_text;
    buf_puts(data, text);
    buf_putc(data, '\n');
    return true;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Each word once, as the text of a tsvector has them: letters and digits need no quotes. */
static void put_once(char *words, struct buf *out)
{
    size_t count = 1, at = 0;
    const char **word;

    for (const char *c = words; *c; c++)
        count += *c == ' ';
    word = xcalloc(count, sizeof(*word));
    for (char *rest = words, *one; (one = strsep(&rest, " "));)
        word[at++] = one;
    qsort(word, count, sizeof(*word), compare);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(word[i - 1], word[i]) == 0)
            continue;
        if (i > 0)
            buf_putc(out, ' ');
        buf_puts(out, word[i]);
    }
    free(word);
}

/* What a store looks through, and what a list shows: a view may lack the one or the other. */
static void put_words(const struct link *link, const json_t *body, struct buf *out)
{
    struct buf text = {0}, words = {0};
    char *taken;

    add_text(link->reference, false, &text);
    for (size_t i = 0; i < COUNT(paths); i++)
        add_text(body_text(body, paths[i]), false, &text);
    texts_each(body, add_text, &text);
    row_words(buf_text(&text), text.length, WORDS_MAX, &words);
    taken = buf_take(&words);
    put_once(taken, out);
    free(taken);
    buf_release(&text);
}

/* --- The row ------------------------------------------------------------------------------ */

static void put_flag(struct buf *out, bool flag)
{
    buf_puts(out, flag ? "\tt" : "\tf");
}

/* Long texts are cut at a whole character: a list shows no more. */
static void put_short(struct buf *out, const char *text)
{
    size_t length = strlen(text), fit = 0;
    char cut[TEXT_MAX_ROW + 1];

    while (fit < length) {
        size_t next = fit + utf8_next(text + fit, length - fit);

        if (next > TEXT_MAX_ROW)
            break;
        fit = next;
    }
    memcpy(cut, text, fit);
    cut[fit] = '\0';
    buf_putc(out, '\t');
    row_text(out, cut);
}

void row_put(const struct link *link, const json_t *body, struct buf *out)
{
    const char *urgent = outcome_id(OUTCOME_SHARE_URGENTLY);

    for (size_t i = 0; i < COUNT(paths); i++)
        put_short(out, body_text(body, paths[i]));
    put_flag(out, strcmp(body_text(body, "decision.stance"), "depart") == 0);
    put_flag(out, strcmp(body_text(body, paths[RECOMMENDED]), urgent) == 0 ||
                      strcmp(body_text(body, paths[DECIDED]), urgent) == 0);
    put_flag(out, body_flag(body, "countersign"));
    put_flag(out, body_count(body, "unfinished") > 0);
    put_flag(out, body_flag(body, "restricted"));
    buf_putc(out, '\t');
    put_words(link, body, out);
}
