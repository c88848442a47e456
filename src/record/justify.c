/* SPDX-License-Identifier: MIT */
/*
 * Why, in plain English: the sentences that the pack gives for each answer, a paragraph a
 * step, then what is shared and withheld, what was recommended and what was decided. Makes
 * sentences of its own only for those last parts.
 */
#include <string.h>

#include "record/answer_json.h"
#include "record/record.h"

/* A text being written in paragraphs. */
struct prose {
    struct buf *out;
    bool begun;     /* something was written */
    bool paragraph; /* within a paragraph */
};

static void end_paragraph(struct prose *prose)
{
    prose->paragraph = false;
}

/* Room for the next sentence. */
static void begin_sentence(struct prose *prose)
{
    if (prose->paragraph)
        buf_putc(prose->out, ' ');
    else if (prose->begun)
        buf_puts(prose->out, "\n\n");
    prose->begun = prose->paragraph = true;
}

/* The text without the blanks and the full stop at its end, as it stands within a sentence. */
static size_t clause_length(const char *text)
{
    size_t length = strlen(text);

    while (length > 0 && strchr(" \t\n.", text[length - 1]))
        length--;
    return length;
}

/* Adds the words with runs of blanks and newlines as one space. */
static void add_flat(struct buf *out, const char *text, size_t length)
{
    bool blank = false;

    for (size_t i = 0; i < length; i++) {
        if (strchr(" \t\n", text[i])) {
            blank = true;
            continue;
        }
        if (blank)
            buf_putc(out, ' ');
        blank = false;
        buf_putc(out, text[i]);
    }
}

/* A sentence of someone's own, which may lack its full stop. */
static void add_sentence(struct prose *prose, const char *text)
{
    size_t length;

    text += strspn(text, " \t\n");
    if (!text[0])
        return;
    begin_sentence(prose);
    add_flat(prose->out, text, strlen(text));
    length = prose->out->length;
    if (!strchr(".!?", prose->out->text[length - 1]))
        buf_putc(prose->out, '.');
}

/* --- Answers ------------------------------------------------------------------------------ */

/* The answer as it reads within a sentence: a date in words, "Oak School (Ann Lee, head)". */
static void add_answer(struct buf *out, const struct question *question,
                       const struct answer *answer)
{
    const char *const *field = (const char *const *)answer->field;
    date day;

    if (question->type == QUESTION_DATE && date_parse(field[0], &day)) {
        char words[DATE_WORDS_SIZE];

        date_words(day, words);
        buf_puts(out, words);
        return;
    }
    add_flat(out, field[0], clause_length(field[0]));
    if (question->type == QUESTION_ORGANISATION && field[1]) {
        buf_printf(out, " (%s", field[1]);
        if (field[2])
            buf_printf(out, ", %s", field[2]);
        buf_putc(out, ')');
    }
}

static void say_text(struct prose *prose, const struct question *question,
                     const struct answer *answer)
{
    const char *hole = strstr(question->say, "{}");
    struct buf sentence = {0};

    if (question->say[0] && hole && answer->field[0]) {
        buf_add(&sentence, question->say, (size_t)(hole - question->say));
        add_answer(&sentence, question, answer);
        buf_puts(&sentence, hole + 2);
        add_sentence(prose, buf_text(&sentence));
    }
    buf_release(&sentence);
}

static void say_answer(struct prose *prose, const struct question *question,
                       const struct answer *answer)
{
    if (answer->skipped)
        return;
    if (question_field_count(question->type) > 0)
        say_text(prose, question, answer);
    else if (question->type != QUESTION_ITEMS)
        for (size_t i = 0; i < question->option_count; i++) {
            if (answer->options & BIT(i))
                add_sentence(prose, question->option[i].say);
        }
}

static void say_path(struct prose *prose, const struct decision *decision,
                     const struct walk *walk)
{
    size_t step = PACK_NONE;

    for (size_t i = 0; i < walk->path_count; i++) {
        const struct question *question = &walk->pack->question[walk->path[i]];

        if (walk->state[walk->path[i]] != QUESTION_ANSWERED)
            continue;
        if (question->step != step)
            end_paragraph(prose);
        step = question->step;
        say_answer(prose, question, &decision->answers.answer[walk->path[i]]);
    }
    end_paragraph(prose);
}

/* --- Items -------------------------------------------------------------------------------- */

/* "I share: the address (they need it to visit); the school." */
static void say_items(struct prose *prose, const struct answer *answer, const char *lead,
                      bool shared)
{
    size_t count = 0;

    for (size_t i = 0; i < answer->item_count; i++) {
        const struct item *item = &answer->item[i];

        if (item->shared != shared || (!shared && !item->requested))
            continue;
        if (count++ == 0) {
            begin_sentence(prose);
            buf_puts(prose->out, lead);
        } else {
            buf_putc(prose->out, ';');
        }
        buf_putc(prose->out, ' ');
        add_flat(prose->out, item->what, clause_length(item->what));
        if (item->reason && clause_length(item->reason) > 0) {
            buf_puts(prose->out, " (");
            add_flat(prose->out, item->reason, clause_length(item->reason));
            buf_putc(prose->out, ')');
        }
    }
    if (count > 0)
        buf_putc(prose->out, '.');
}

static void say_all_items(struct prose *prose, const struct decision *decision,
                          const struct walk *walk, bool shares)
{
    for (size_t i = 0; i < walk->path_count; i++) {
        const struct answer *answer = &decision->answers.answer[walk->path[i]];

        if (walk->pack->question[walk->path[i]].type != QUESTION_ITEMS ||
            walk->state[walk->path[i]] != QUESTION_ANSWERED || answer->skipped)
            continue;
        say_items(prose, answer,
                  shares ? "The information to be shared is:"
                         : "The information that could have been shared is:",
                  true);
        say_items(prose, answer, "Asked for and withheld:", false);
    }
    end_paragraph(prose);
}

/* --- The decision ------------------------------------------------------------------------- */

static void say_outcome(struct prose *prose, const struct decision *decision,
                        const struct walk *walk)
{
    const struct outcome_rule *rule = &walk->pack->outcome[walk->outcome];
    struct buf sentence = {0};

    buf_printf(&sentence, "On these answers the recommendation is: %s.",
               outcome_words(rule->recommends));
    add_sentence(prose, buf_text(&sentence));
    add_sentence(prose, rule->because);
    buf_clear(&sentence);
    if (decision->stance == STANCE_FOLLOW)
        add_sentence(prose, "I have decided to follow it.");
    if (decision->stance == STANCE_DEPART) {
        end_paragraph(prose);
        buf_printf(&sentence, "I have decided otherwise: %s.",
                   outcome_words(decision->decided));
        add_sentence(prose, buf_text(&sentence));
        add_sentence(prose, decision->departure ? decision->departure : "");
    }
    buf_release(&sentence);
}

void record_justify(const struct decision *decision, const struct walk *walk, struct buf *out)
{
    struct prose prose = {.out = out};
    bool open = walk->outcome == WALK_NONE;

    say_path(&prose, decision, walk);
    say_all_items(&prose, decision, walk,
                  open || outcome_shares(decision_outcome(decision, walk)));
    if (!open)
        say_outcome(&prose, decision, walk);
}
