/* SPDX-License-Identifier: MIT */
/* Answers in words: texts and days as people type them, answers from files, and answers as
 * people read them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "policy/answers_give.h"
#include "policy/words.h"

/* What to ask for when the first field is empty, by type. */
static const char *const missing[QUESTION_TYPE_COUNT] = {
    [QUESTION_TEXT] = "Enter an answer.",
    [QUESTION_DATE] = "Enter the date as day month year, for example 3 4 2018.",
    [QUESTION_PERSON] = "Enter the name of the person.",
    [QUESTION_ORGANISATION] = "Enter the name of the organisation.",
};

/* The text without controls and without blanks at its ends; NULL if nothing is left. */
static char *clean_field(enum question_type type, const char *text)
{
    struct buf clean = {0};
    const char *start;
    char *kept = NULL;
    size_t length;

    if (text)
        utf8_clean(&clean, text, strlen(text), type == QUESTION_TEXT);
    start = buf_text(&clean) + strspn(buf_text(&clean), " \n");
    length = strlen(start);
    while (length && (start[length - 1] == ' ' || start[length - 1] == '\n'))
        length--;
    if (length)
        kept = xstrndup(start, length);
    buf_release(&clean);
    return kept;
}

/* A day is kept as 2018-04-03, however it was written. */
static enum status settle_day(const struct question *question, size_t number, char **field,
                              struct error *error)
{
    const char *label = question_field_label(question->type, number);
    const char *part = question_field_id(question->type, number);
    char text[DATE_SIZE], where[sizeof(error->field)];
    date day;

    snprintf(where, sizeof(where), "%s%s%s", question->id, number > 0 ? "." : "",
             number > 0 ? part : "");
    if (!date_parse(*field, &day))
        return fail_at(error, STATUS_BAD_DATA, NULL, 0, where,
                       "Enter the date as day month year, for example 3 4 2018.",
                       "%s%s'%s' is not a day of the calendar.", label, label[0] ? ": " : "",
                       *field);
    date_iso(day, text);
    free(*field);
    *field = xstrdup(text);
    return STATUS_OK;
}

static enum status settle_fields(const struct question *question, const char *const *field,
                                 char **fresh, struct error *error)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < question_field_count(question->type) && !status; i++) {
        fresh[i] = clean_field(question->type, field[i]);
        if (fresh[i] && question_field_is_date(question->type, i))
            status = settle_day(question, i, &fresh[i], error);
    }
    return status;
}

/* Keeps the fields. Without the first one it is no answer yet: an error, or with `in_parts`
 * kept until the first one comes. */
static enum status write_fields(struct answers *answers, size_t number,
                                const char *const field[FIELD_MAX], bool in_parts,
                                struct moment at, struct error *error)
{
    const struct question *question = &answers->pack->question[number];
    struct answer fresh = {0};
    enum status status;

    if (!question_field_count(question->type))
        return fail_at(error, STATUS_BAD_DATA, NULL, 0, question->id, "Choose an answer.",
                       "This question is not answered in words.");
    status = settle_fields(question, field, fresh.field, error);
    if (!status && !fresh.field[0] && !in_parts)
        status = fail_at(error, STATUS_BAD_DATA, NULL, 0, question->id, missing[question->type],
                         "This question has no answer yet.");
    fresh.given = fresh.field[0] != NULL;
    if (!status) {
        answers_give(answers, number, fresh, at);
        return STATUS_OK;
    }
    for (size_t i = 0; i < FIELD_MAX; i++)
        free(fresh.field[i]);
    return status;
}

enum status answer_write(struct answers *answers, size_t question,
                         const char *const field[FIELD_MAX], struct moment at,
                         struct error *error)
{
    return write_fields(answers, question, field, false, at, error);
}

/* --- from words -------------------------------------------------------------------------- */

static enum status find_field(const struct question *question, const char *field,
                              size_t *ret_number, struct error *error)
{
    struct suggest suggest = {.wrong = field};
    size_t count = question_field_count(question->type);
    char remedy[200];

    if (!field[0]) {
        *ret_number = 0;
        return STATUS_OK;
    }
    for (size_t i = 0; i < count; i++) {
        if (!strcmp(question_field_id(question->type, i), field)) {
            *ret_number = i;
            return STATUS_OK;
        }
        suggest_offer(&suggest, question_field_id(question->type, i));
    }
    suggest_text(&suggest, "Answer the question itself.", remedy, sizeof(remedy));
    return fail_at(error, STATUS_BAD_DATA, NULL, 0, question->id, remedy,
                   "An answer of type %s has no part '%s'.", question_type_id(question->type),
                   field);
}

/* One field of several: the others stay as they are. */
static enum status write_one_field(struct answers *answers, size_t number, size_t field,
                                   const char *words, struct moment at, struct error *error)
{
    const struct answer *answer = &answers->answer[number];
    const char *all[FIELD_MAX];

    for (size_t i = 0; i < FIELD_MAX; i++)
        all[i] = answer->field[i];
    all[field] = words;
    return write_fields(answers, number, all, field > 0, at, error);
}

/* Made-up items that have these bits: one that is shared and one that is withheld. */
static enum status make_items(struct answers *answers, size_t number, bits value,
                              struct moment at, struct error *error)
{
    bits flags = BIT(answers->pack->question[number].option_count) - 1;
    char what[] = "Made-up item", blank[] = "", given[] = "Made up";
    char *reason = value & BIT_ITEMS_UNREASONED ? blank : given;
    struct item item[2];
    size_t count = 0;

    if (value & BIT_ITEMS_SHARED)
        item[count++] =
            (struct item){what, reason, value & BIT_ITEMS_REQUESTED, true, value & flags};
    if (value & BIT_ITEMS_WITHHELD)
        item[count++] = (struct item){what, reason, true, false, 0};
    return answer_items(answers, number, item, count, at, error);
}

enum status answer_from_words(struct answers *answers, size_t question, const char *field,
                              const char *words, struct moment at, struct error *error)
{
    const struct question *asked = &answers->pack->question[question];
    size_t number = 0;
    enum status status = find_field(asked, field, &number, error);
    bits value = 0;

    if (status)
        return status;
    if (!words[0] && !asked->required && number == 0)
        return answer_skip(answers, question, at, error);
    if (question_field_count(asked->type))
        return write_one_field(answers, question, number, words, at, error);
    status = words_bits(asked, words, NULL, 0, asked->id, &value, error);
    if (status)
        return status;
    if (asked->type == QUESTION_ITEMS)
        return make_items(answers, question, value, at, error);
    return answer_choose(answers, question, value & ~BIT_ANSWERED, at, error);
}

/* --- as words ---------------------------------------------------------------------------- */

static void options_words(const struct question *question, bits options, struct buf *out)
{
    const char *separator = "";

    for (size_t i = 0; i < question->option_count; i++) {
        if (!(options & BIT(i)))
            continue;
        buf_printf(out, "%s%s", separator, question->option[i].label);
        separator = "; ";
    }
}

static void field_words(enum question_type type, size_t number, const char *text,
                        struct buf *out)
{
    char words[DATE_WORDS_SIZE];
    date day;

    if (!question_field_is_date(type, number) || !date_parse(text, &day)) {
        for (const char *at = text; *at; at++)
            buf_putc(out, *at == '\n' ? ' ' : *at);
        return;
    }
    date_words(day, words);
    buf_puts(out, words);
}

static void fields_words(enum question_type type, char *const *field, struct buf *out)
{
    const char *separator = "";

    for (size_t i = 0; i < question_field_count(type); i++) {
        if (!field[i])
            continue;
        buf_puts(out, separator);
        field_words(type, i, field[i], out);
        separator = ", ";
    }
}

static void items_words(const struct answer *answer, struct buf *out)
{
    size_t shared = 0, withheld = 0;

    for (size_t i = 0; i < answer->item_count; i++) {
        shared += answer->item[i].shared;
        withheld += answer->item[i].requested && !answer->item[i].shared;
    }
    buf_printf(out, "%zu item%s: %zu to share, %zu withheld", answer->item_count,
               answer->item_count == 1 ? "" : "s", shared, withheld);
}

void answer_words(const struct question *question, const struct answer *answer, struct buf *out)
{
    if (!answer->given)
        return;
    if (answer->skipped)
        buf_puts(out, "Not provided");
    else if (question->type == QUESTION_ITEMS)
        items_words(answer, out);
    else if (question_field_count(question->type))
        fields_words(question->type, answer->field, out);
    else
        options_words(question, answer->options, out);
}
