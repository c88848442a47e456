/* SPDX-License-Identifier: MIT */
/* A walked answer file in words. */
#include "command/attempt.h"
#include "command/print.h"

#define INDENT 2

static void print_citations(const struct pack *pack, const struct citations *cite,
                            struct buf *out)
{
    for (size_t i = 0; i < cite->count; i++) {
        buf_puts(out, i ? "; " : " (");
        citation_text(pack, &cite->list[i], out);
    }
    if (cite->count)
        buf_putc(out, ')');
}

static void print_outcome(const struct attempt *attempt, FILE *out)
{
    struct buf text = {0};

    print_entry(out, INDENT, "Recommended", outcome_words(attempt->rule->recommends));
    buf_puts(&text, attempt->rule->because);
    print_citations(attempt->walk.pack, &attempt->rule->cite, &text);
    print_entry(out, INDENT, "Because", buf_text(&text));
    buf_release(&text);
    if (attempt->decision.stance == STANCE_DEPART) {
        print_entry(out, INDENT, "Decided otherwise", outcome_words(attempt->decision.decided));
        print_entry(out, INDENT, "Reason", attempt->decision.departure);
    }
}

static void print_findings(const struct attempt *attempt, FILE *out)
{
    const struct pack *pack = attempt->walk.pack;
    struct buf text = {0};

    fprintf(out, "%*sFindings:\n", INDENT, "");
    for (size_t i = 0; i < pack->finding_count; i++) {
        const struct finding *finding = &pack->finding[i];

        if (walk_finding(&attempt->walk, i) != TRUTH_TRUE)
            continue;
        buf_clear(&text);
        buf_puts(&text, finding->says);
        print_citations(pack, &finding->cite, &text);
        print_entry(out, INDENT + 2, finding_kind_words(finding->kind), buf_text(&text));
    }
    buf_release(&text);
}

static void print_trail_line(const struct attempt *attempt, const struct trail_line *line,
                             FILE *out)
{
    const struct pack *pack = attempt->walk.pack;
    char day[DATE_WORDS_SIZE];
    struct buf text = {0};

    if (line->question != WALK_NONE) {
        answer_words(&pack->question[line->question],
                     &attempt->decision.answers.answer[line->question], &text);
        print_entry(out, INDENT + 2, pack->question[line->question].ask, buf_text(&text));
    } else if (line->finding != WALK_NONE) {
        print_entry(out, INDENT + 2, line->holds ? "Found" : "Not found",
                    pack->finding[line->finding].says);
    } else {
        date_words(attempt->decision.day, day);
        print_entry(out, INDENT + 2, "Day of the decision", day);
    }
    buf_release(&text);
}

static void print_trail(const struct attempt *attempt, FILE *out)
{
    struct trail trail = {0};

    fprintf(out, "%*sWhy:\n", INDENT, "");
    if (!attempt->rule->when) {
        fprintf(out, "%*sNo outcome before it in the pack holds.\n", INDENT + 2, "");
        return;
    }
    walk_trail(&attempt->walk, attempt->rule->when, &trail);
    for (size_t i = 0; i < trail.count; i++)
        print_trail_line(attempt, &trail.line[i], out);
    trail_release(&trail);
}

static void print_duty(const struct duty *duty, FILE *out)
{
    char label[40] = "Must be done";

    if (duty->hours > 0 && duty->hours % 24 == 0)
        snprintf(label, sizeof(label), "Within %d day%s", duty->hours / 24,
                 duty->hours == 24 ? "" : "s");
    else if (duty->hours > 0)
        snprintf(label, sizeof(label), "Within %d hour%s", duty->hours,
                 duty->hours == 1 ? "" : "s");
    print_entry(out, INDENT, label, duty->text);
}

static void print_duties(const struct attempt *attempt, FILE *out)
{
    const struct outcome_rule *rule = decision_rule(&attempt->decision, &attempt->walk);
    const struct duty *duty;
    size_t at = 0;

    while ((duty = walk_duty(&attempt->walk, rule, &at)))
        print_duty(duty, out);
}

/* What would keep it from being signed, if anything. */
static void print_stop(const struct attempt *attempt, FILE *out)
{
    struct buf text = {0};
    struct error stop;

    if (decision_complete(&attempt->decision, &attempt->walk, &stop) == STATUS_OK)
        return;
    buf_printf(&text, "%s %s", stop.what, stop.remedy);
    print_entry(out, INDENT, "Before it can be signed", buf_text(&text));
    buf_release(&text);
}

static void print_programme(const struct attempt *attempt, FILE *out)
{
    const struct decision *decision = &attempt->decision;
    const struct programme *programme =
        decision->programme ? agreement_programme(decision->terms, decision->programme) : NULL;
    struct buf text = {0};

    if (!programme)
        return;
    print_entry(out, INDENT, "Programme", programme->title);
    for (size_t i = 0; i < programme->minimum.count; i++)
        buf_printf(&text, "%s%s", i ? "; " : "", programme->minimum.list[i]);
    if (text.length > 0)
        print_entry(out, INDENT, "At the least", buf_text(&text));
    buf_release(&text);
}

/* Where the organisation stands that was answered to the question kept so. */
static void print_signatory(const struct attempt *attempt, const char *label, enum keep keep,
                            FILE *out)
{
    struct buf name = {0}, words = {0};

    record_organisation(&attempt->decision, &attempt->walk, keep, &name);
    if (name.length > 0) {
        record_signatory(attempt->decision.terms, buf_text(&name), attempt->decision.day,
                         &words);
        print_entry(out, INDENT, label, buf_text(&words));
    }
    buf_release(&words);
    buf_release(&name);
}

static void print_meetings(const struct attempt *attempt, FILE *out)
{
    const struct decision *decision = &attempt->decision;
    struct meeting *meeting;
    struct arena arena = {0};
    size_t count = agreement_meetings(decision->terms, &attempt->walk, &decision->answers,
                                      &arena, &meeting);

    fprintf(out, "%*sHow it meets the agreement:\n", INDENT, "");
    for (size_t i = 0; i < count; i++)
        print_entry(out, INDENT + 2, meeting[i].article->title,
                    meeting[i].met ? meeting[i].how
                                   : arena_printf(&arena, "not shown. %s", meeting[i].how));
    arena_release(&arena);
}

static void print_terms(const struct attempt *attempt, FILE *out)
{
    const struct agreement *terms = attempt->decision.terms;
    enum agreement_state state;
    struct buf text = {0};

    if (!terms)
        return;
    state = agreement_state(terms, attempt->decision.day);
    buf_printf(&text, "%s (%s)", terms->title, agreement_state_words(state));
    print_entry(out, INDENT, "Agreement", buf_text(&text));
    buf_release(&text);
    print_programme(attempt, out);
    print_signatory(attempt, "Asked by", KEEP_REQUESTER, out);
    print_signatory(attempt, "To", KEEP_RECIPIENT, out);
    print_meetings(attempt, out);
}

void attempt_print(const struct attempt *attempt, struct context *context)
{
    const struct pack *pack = attempt->walk.pack;
    FILE *out = context->out;

    fprintf(out, "%s\n", context_safe(context, attempt->path));
    if (attempt->head.title[0])
        print_entry(out, INDENT, "Title", attempt->head.title);
    fprintf(out, "%*sPack: %s %s\n", INDENT, "", pack->id,
            context_safe(context, pack->version));
    print_outcome(attempt, out);
    print_trail(attempt, out);
    print_findings(attempt, out);
    print_duties(attempt, out);
    print_stop(attempt, out);
    print_terms(attempt, out);
    if (attempt->sequence)
        fprintf(out, "%*sSigned as: %s\n", INDENT, "", attempt->decision.reference);
    putc('\n', out);
}
