/* SPDX-License-Identifier: MIT */
/* The whole pack on paper, for its owner to read and to sign off. */
#include "policy/map.h"

#include <ctype.h>
#include <string.h>

#include "base/wrap.h"
#include "policy/words.h"

#define COLUMNS 78

/* --- Reading ease ------------------------------------------------------------------------- */

static bool is_vowel(char c)
{
    return strchr("aeiouyAEIOUY", c) != NULL && c != '\0';
}

static size_t count_syllables(const char *word, size_t length)
{
    size_t runs = 0;
    for (size_t i = 0; i < length; i++)
        runs += is_vowel(word[i]) && (i == 0 || !is_vowel(word[i - 1]));
    bool silent_e = length > 2 && word[length - 1] == 'e' && !is_vowel(word[length - 2]) &&
                    word[length - 2] != 'l';
    if (silent_e && runs > 1)
        runs--;
    return runs ? runs : 1;
}

int reading_ease(const char *text)
{
    size_t words = 0, sentences = 0, syllables = 0;
    while (*text) {
        size_t length = 0;
        while (isalpha((unsigned char)text[length]) || text[length] == '\'')
            length++;
        if (length) {
            words++;
            syllables += count_syllables(text, length);
        }
        text += length;
        if (*text && strchr(".?!:", *text))
            sentences++;
        text += *text != '\0';
    }
    if (!words)
        return 100;
    if (!sentences)
        sentences = 1;
    double per_sentence = (double)words / (double)sentences;
    double per_word = (double)syllables / (double)words;
    return (int)(206.835 - 1.015 * per_sentence - 84.6 * per_word);
}

/* --- Parts -------------------------------------------------------------------------------- */

static void line(struct buf *out, int indent, const char *label, const char *text)
{
    if (!text || !*text)
        return;
    struct buf joined = {0};
    buf_printf(&joined, "%s%s", label, text);
    wrap_text(out, buf_text(&joined), indent, COLUMNS, true);
    buf_release(&joined);
}

static void condition_line(struct buf *out, int indent, const char *label,
                           const struct condition *condition)
{
    if (condition)
        line(out, indent, label, condition->text);
}

static void citations_line(const struct pack *pack, const struct citations *cite,
                           struct buf *out)
{
    struct buf text = {0};
    for (size_t i = 0; i < cite->count; i++) {
        buf_puts(&text, i ? "; " : "");
        citation_text(pack, &cite->list[i], &text);
    }
    line(out, 4, "Source: ", buf_text(&text));
    buf_release(&text);
}

/* "1 month", "35 days". */
static void put_count(struct buf *out, int number, const char *unit)
{
    buf_printf(out, "%d %s%s", number, unit, number == 1 ? "" : "s");
}

static void number_line(struct buf *out, int indent, const char *before, int number,
                        const char *unit, const char *after)
{
    if (!number)
        return;
    buf_printf(out, "%*s%s", indent, "", before);
    put_count(out, number, unit);
    buf_printf(out, "%s\n", after);
}

static void print_option(const struct option *option, struct buf *out)
{
    struct buf label = {0};
    buf_printf(&label, "( ) %s  [%s]", option->label, option->id);
    wrap_text(out, buf_text(&label), 4, COLUMNS, true);
    buf_release(&label);
    line(out, 8, "", option->hint);
    condition_line(out, 8, "Offered when: ", option->when);
    line(out, 8, "Recorded as: ", option->say);
}

static void print_question(const struct pack *pack, const struct question *question,
                           struct buf *out)
{
    buf_printf(out, "  %s  (%s%s; reading ease %d)\n", question->id,
               question_type_id(question->type), question->required ? "" : ", may be skipped",
               reading_ease(question->ask));
    line(out, 4, "", question->ask);
    line(out, 4, "", question->hint);
    condition_line(out, 4, "Asked when: ", question->when);
    condition_line(out, 4, "May wait when: ", question->later);
    for (size_t o = 0; o < question->option_count; o++)
        print_option(&question->option[o], out);
    line(out, 4, "Recorded as: ", question->say);
    line(out, 4, "Kept in the record as: ", keep_id(question->keep));
    line(out, 4, "Answered beforehand by the setting: ", question->preset);
    line(out, 4, "Why we ask: ", question->why);
    for (size_t i = 0; i < question->help.count; i++)
        line(out, 4, "", question->help.list[i]);
    citations_line(pack, &question->cite, out);
    buf_putc(out, '\n');
}

static void print_finding(const struct pack *pack, const struct finding *finding,
                          struct buf *out)
{
    char from[DATE_WORDS_SIZE], until[DATE_WORDS_SIZE];
    date_words(finding->from, from);
    date_words(finding->until, until);
    buf_printf(out, "  %s  (%s)\n", finding->id, finding_kind_words(finding->kind));
    line(out, 4, "", finding->says);
    condition_line(out, 4, "Found when: ", finding->when);
    line(out, 4, "From: ", from);
    line(out, 4, "Until: ", until);
    citations_line(pack, &finding->cite, out);
    buf_putc(out, '\n');
}

static void print_rules(const struct pack *pack, struct buf *out)
{
    size_t step = PACK_NONE;
    for (size_t i = 0; i < pack->rule_count; i++) {
        const struct question *question = &pack->question[pack->rule[i].index];
        if (!pack->rule[i].is_question) {
            print_finding(pack, &pack->finding[pack->rule[i].index], out);
            continue;
        }
        if (question->step != step) {
            step = question->step;
            buf_printf(out, "%s\n\n", pack->step[step].title);
        }
        print_question(pack, question, out);
    }
}

static void print_duty(const struct duty *duty, const char *before, struct buf *out)
{
    struct buf label = {0};
    buf_puts(&label, before);
    if (duty->hours) {
        bool days = duty->hours > 24 && duty->hours % 24 == 0;

        buf_puts(&label, *before ? " within " : "within ");
        put_count(&label, days ? duty->hours / 24 : duty->hours, days ? "day" : "hour");
    }
    buf_puts(&label, label.length ? ": " : "");
    line(out, 4, buf_text(&label), duty->text);
    condition_line(out, 8, "Only when: ", duty->when);
    buf_release(&label);
}

static void print_outcome(const struct pack *pack, const struct outcome_rule *outcome,
                          struct buf *out)
{
    buf_printf(out, "  %s: %s%s\n", outcome->id, outcome_words(outcome->recommends),
               outcome->countersign ? "  (a guardian countersigns)" : "");
    line(out, 4, "", outcome->because);
    condition_line(out, 4, "When: ", outcome->when);
    for (size_t i = 0; i < outcome->must_count; i++)
        print_duty(&outcome->must[i], "Then", out);
    number_line(out, 4, "Reviewed after ", outcome->review_months, "month", ".");
    citations_line(pack, &outcome->cite, out);
    buf_putc(out, '\n');
}

static void print_musts(const struct pack *pack, struct buf *out)
{
    if (pack->must_count)
        buf_puts(out, "What must be done after more than one outcome\n\n");
    for (size_t i = 0; i < pack->must_count; i++) {
        const struct duty *duty = &pack->must[i];
        const char *between = "After ";
        buf_printf(out, "  %s\n", duty->id);
        print_duty(duty, "", out);
        buf_puts(out, "    ");
        for (unsigned outcome = 0; outcome < OUTCOME_COUNT; outcome++) {
            if (!(duty->after & 1u << outcome))
                continue;
            buf_printf(out, "%s%s", between, outcome_words(outcome));
            between = ", ";
        }
        buf_puts(out, ".\n");
        citations_line(pack, &duty->cite, out);
        buf_putc(out, '\n');
    }
}

static void print_stops(const struct pack *pack, struct buf *out)
{
    if (pack->stop_count)
        buf_puts(out, "What keeps a decision from being signed\n\n");
    for (size_t i = 0; i < pack->stop_count; i++) {
        const struct stop *stop = &pack->stop[i];
        buf_printf(out, "  %s\n", stop->id);
        line(out, 4, "", stop->says);
        line(out, 4, "Then: ", stop->remedy);
        condition_line(out, 4, "While: ", stop->when);
        citations_line(pack, &stop->cite, out);
        buf_putc(out, '\n');
    }
}

static void print_ends(const struct pack *pack, struct buf *out)
{
    buf_puts(out, "Outcomes, the first that holds\n\n");
    for (size_t i = 0; i < pack->outcome_count; i++)
        print_outcome(pack, &pack->outcome[i], out);
    print_musts(pack, out);
    print_stops(pack, out);
    buf_puts(out, "What must never be\n\n");
    for (size_t i = 0; i < pack->never_count; i++) {
        buf_printf(out, "  %s\n", pack->never[i].id);
        line(out, 4, "", pack->never[i].because);
        condition_line(out, 4, "Never: ", pack->never[i].when);
        citations_line(pack, &pack->never[i].cite, out);
        buf_putc(out, '\n');
    }
    buf_puts(out, "How long a record is kept, the first that holds\n\n");
    for (size_t i = 0; i < pack->retention_count; i++) {
        buf_printf(out, "  %s\n", pack->retention[i].id);
        line(out, 4, "", pack->retention[i].title);
        number_line(out, 4, "Kept for ", pack->retention[i].months, "month", ".");
        condition_line(out, 4, "When: ", pack->retention[i].when);
        citations_line(pack, &pack->retention[i].cite, out);
    }
}

static void print_clocks(const struct pack *pack, struct buf *out)
{
    if (pack->clock_count)
        buf_puts(out, "\nTime limits when something has gone wrong\n\n");
    for (size_t i = 0; i < pack->clock_count; i++) {
        const struct clock *clock = &pack->clock[i];
        buf_printf(out, "  %s\n", clock->id);
        line(out, 4, "", clock->title);
        number_line(out, 4, "Within ", clock->hours, "hour", " of the first person knowing.");
        number_line(out, 4, "Warns with ", clock->warn_hours, "hour", " left.");
        citations_line(pack, &clock->cite, out);
    }
}

static void print_sources(const struct pack *pack, struct buf *out)
{
    buf_puts(out, "\nSources\n\n");
    for (size_t i = 0; i < pack->source_count; i++) {
        const struct source *source = &pack->source[i];
        char checked[DATE_WORDS_SIZE], review[DATE_WORDS_SIZE];
        date_words(source->checked, checked);
        date_words(source->review_by, review);
        buf_printf(out, "  %s%s\n", source->id, source->verify ? "  (verify)" : "");
        line(out, 4, "", source->title);
        line(out, 4, "", source->at);
        line(out, 4, "", source->note);
        buf_printf(out, "    Checked %s, to be read again by %s.\n", checked, review);
    }
}

/* --- Tests -------------------------------------------------------------------------------- */

/* What an answer of a scenario is: its options, or that there is one. */
static void print_given(const struct question *question, bits value, struct buf *out)
{
    struct buf words = {0};
    for (size_t o = 0; o < question->option_count; o++)
        if (value & BIT(o))
            buf_printf(&words, " %s", question->option[o].id);
    for (size_t i = 0; i < ITEM_ATTRIBUTE_COUNT && question->type == QUESTION_ITEMS; i++)
        if (value & item_attributes[i].value)
            buf_printf(&words, " %s", item_attributes[i].id);
    line(out, 4, question->id, words.length ? buf_text(&words) : " answered");
    buf_release(&words);
}

static void findings_line(const struct pack *pack, const char *label, const size_t *list,
                          size_t count, struct buf *out)
{
    struct buf names = {0};
    for (size_t i = 0; i < count; i++)
        buf_printf(&names, "%s%s", i ? ", " : "", pack->finding[list[i]].id);
    line(out, 4, label, buf_text(&names));
    buf_release(&names);
}

static void print_scenario(const struct pack *pack, const struct scenario *scenario,
                           struct buf *out)
{
    char day[DATE_WORDS_SIZE];
    date_words(scenario->day, day);
    buf_printf(out, "  %s\n", scenario->id);
    line(out, 4, "", scenario->title);
    line(out, 4, "On ", day);
    for (size_t i = 0; i < scenario->answer_count; i++)
        print_given(&pack->question[scenario->answer[i].question], scenario->answer[i].value,
                    out);
    line(out, 4, "Gives: ", outcome_words(scenario->expect));
    findings_line(pack, "Finds: ", scenario->finds, scenario->finds_count, out);
    findings_line(pack, "Does not find: ", scenario->finds_not, scenario->finds_not_count, out);
    buf_putc(out, '\n');
}

static void print_tests(const struct pack *pack, struct buf *out)
{
    if (pack->scenario_count)
        buf_puts(out, "\nTests of the pack\n\n");
    for (size_t i = 0; i < pack->scenario_count; i++)
        print_scenario(pack, &pack->scenario[i], out);
    if (pack->accept_count)
        buf_puts(out, "\nAccepted, though the check finds it\n\n");
    for (size_t i = 0; i < pack->accept_count; i++) {
        const struct accept *accept = &pack->accept[i];
        buf_printf(out, "  %s: %s at %s\n", accept->id, accept->rule, accept->where);
        line(out, 4, "", accept->because);
    }
}

void map_print(const struct pack *pack, struct buf *out)
{
    char from[DATE_WORDS_SIZE], until[DATE_WORDS_SIZE], review[DATE_WORDS_SIZE];
    date_words(pack->from, from);
    date_words(pack->until, until);
    date_words(pack->review_by, review);
    line(out, 0, "", pack->title);
    buf_printf(
        out,
        "%s, version %s, for %s. Owner: %s.\nIn force from %s%s%s. To be reviewed by %s.\n",
        pack->id, pack->version, pack->jurisdiction, pack->owner, from, *until ? " until " : "",
        until, review);
    number_line(out, 0, "Asks at most ", pack->most_questions, "question",
                " before the decision.");
    number_line(out, 0, "Decides an emergency within ", pack->urgent_questions, "question",
                ".");
    line(out, 0, "Changed: ", pack->changed);
    buf_putc(out, '\n');
    print_rules(pack, out);
    print_ends(pack, out);
    print_clocks(pack, out);
    print_sources(pack, out);
    print_tests(pack, out);
}
