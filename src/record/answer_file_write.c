/* SPDX-License-Identifier: MIT */
/* Answers as an answer file has them. What cannot stand in a line of INI is written as the
 * nearest that can. */
#include <stdio.h>
#include <string.h>

#include "record/decision.h"

#define VALUE_MAX 900 /* bytes: a line of INI has its limit */

/* A text between quotes: on one line, and without the quotes that would end it. */
static void put_text(struct buf *out, const char *name, const char *text)
{
    size_t length = strnlen(text, VALUE_MAX);

    while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
        length--; /* not in the middle of a character */
    buf_printf(out, "%s = \"", name);
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"')
            buf_puts(out, "”");
        else
            buf_putc(out, (unsigned char)text[i] < ' ' ? ' ' : text[i]);
    }
    buf_puts(out, "\"\n");
}

static void put_names(struct buf *out, const char *name, const struct question *question,
                      bits chosen)
{
    const char *joint = " ";

    buf_printf(out, "%s =", name);
    for (size_t i = 0; i < question->option_count; i++) {
        if (!(chosen & BIT(i)))
            continue;
        buf_printf(out, "%s%s", joint, question->option[i].id);
        joint = ", ";
    }
    buf_putc(out, '\n');
}

static void put_fields(struct buf *out, const struct question *question,
                       const struct answer *answer)
{
    char name[160];

    for (size_t i = 0; i < question_field_count(question->type); i++) {
        const char *id = question_field_id(question->type, i);

        if (!answer->field[i])
            continue;
        snprintf(name, sizeof(name), "%s%s%s", question->id, i ? "." : "", i ? id : "");
        put_text(out, name, answer->field[i]);
    }
}

static void put_items(struct buf *out, const struct question *question,
                      const struct answer *answer)
{
    for (size_t i = 0; i < answer->item_count; i++) {
        const struct item *item = &answer->item[i];

        buf_printf(out, "[item %zu]\n", i + 1);
        put_text(out, "what", item->what);
        buf_printf(out, "requested = %s\nshare = %s\n", item->requested ? "yes" : "no",
                   item->shared ? "yes" : "no");
        if (item->reason[0])
            put_text(out, "reason", item->reason);
        if (item->flags)
            put_names(out, "flags", question, item->flags);
    }
}

void answer_file_write_answers(const struct answers *answers, struct buf *out)
{
    const struct pack *pack = answers->pack;

    for (size_t i = 0; i < pack->question_count; i++) {
        const struct answer *answer = &answers->answer[i];

        if (!answer->given || answer->skipped)
            continue;
        if (answer->options)
            put_names(out, pack->question[i].id, &pack->question[i], answer->options);
        else
            put_fields(out, &pack->question[i], answer);
    }
    for (size_t i = 0; i < pack->question_count; i++)
        put_items(out, &pack->question[i], &answers->answer[i]);
}

void answer_file_write(const struct answer_file *head, const struct answers *answers,
                       struct buf *out)
{
    char day[DATE_SIZE];

    buf_printf(out, "[decision]\npack = %s\n", head->pack);
    if (head->agreement[0])
        buf_printf(out, "agreement = %s\n", head->agreement);
    if (head->programme[0])
        buf_printf(out, "programme = %s\n", head->programme);
    date_iso(head->day, day);
    if (day[0])
        buf_printf(out, "date = %s\n", day);
    if (head->expects)
        buf_printf(out, "expect = %s\n", outcome_id(head->expect));
    if (head->title[0])
        put_text(out, "title", head->title);
    buf_puts(out, "\n[answers]\n");
    answer_file_write_answers(answers, out);
}
