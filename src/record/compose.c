/* SPDX-License-Identifier: MIT */
/*
 * From a decision to the body of its record. Takes only what is on the path: parked answers
 * never enter. Never changes the decision and never asks what time it is.
 */
#include <string.h>

#include "record/answer_json.h"
#include "record/json.h"
#include "record/record.h"
#include "record/terms.h"

#define US_PER_HOUR ((int64_t)3600 * 1000000)

/* What every part of the record is made from. */
struct source_of_record {
    const struct decision *decision;
    const struct walk *walk;
    const struct pack *pack;
    struct moment signed_at;
    const unsigned char *key;
};

static json_t *citations(const struct pack *pack, const struct citations *cite)
{
    json_t *list = body_list();

    for (size_t i = 0; i < cite->count; i++) {
        const struct source *source = &pack->source[cite->list[i].source];
        json_t *object = body_object();
        struct buf text = {0};

        citation_text(pack, &cite->list[i], &text);
        body_put_text(object, "source", source->id);
        body_put_text(object, "locator", cite->list[i].locator);
        body_put_text(object, "text", buf_text(&text));
        body_put_text(object, "at", source->at);
        body_append(list, object);
        buf_release(&text);
    }
    return list;
}

static const struct answer *answer_of(const struct source_of_record *from, size_t question)
{
    return &from->decision->answers.answer[question];
}

static bool is_answered(const struct source_of_record *from, size_t question)
{
    return from->walk->state[question] == QUESTION_ANSWERED;
}

/* --- The path ----------------------------------------------------------------------------- */

static json_t *question_as_asked(const struct source_of_record *from, size_t at)
{
    const struct question *question = &from->pack->question[at];
    json_t *object = body_object();

    body_put_text(object, "id", question->id);
    body_put_text(object, "step", from->pack->step[question->step].id);
    body_put_text(object, "step-title", from->pack->step[question->step].title);
    body_put_text(object, "ask", question->ask);
    body_put_text(object, "hint", question->hint);
    body_put_text(object, "type", question_type_id(question->type));
    return object;
}

static json_t *question_and_answer(const struct source_of_record *from, size_t at)
{
    json_t *object = question_as_asked(from, at);
    struct buf words = {0};

    answer_to_json(&from->pack->question[at], answer_of(from, at), object);
    json_object_del(object, "items"); /* they stand in a list of their own */
    answer_words(&from->pack->question[at], answer_of(from, at), &words);
    body_put_text(object, "words", buf_text(&words));
    buf_release(&words);
    return object;
}

static void put_path(const struct source_of_record *from, json_t *body)
{
    json_t *path = body_list(), *unfinished = body_list();

    for (size_t i = 0; i < from->walk->path_count; i++) {
        size_t at = from->walk->path[i];

        if (is_answered(from, at))
            body_append(path, question_and_answer(from, at));
        else
            body_append(unfinished, question_as_asked(from, at));
    }
    body_put(body, "path", path);
    body_put_list(body, "unfinished", unfinished);
}

/* --- What is kept under a name of its own ------------------------------------------------- */

/* An answer as readers look it up who do not follow the path. */
static json_t *kept(const struct question *question, const struct answer *answer)
{
    static const char *const only_on_the_path[] = {"at", "changes", "seconds", "items"};
    json_t *object = body_object();
    struct buf text = {0};

    answer_to_json(question, answer, object);
    for (size_t i = 0; i < COUNT(only_on_the_path); i++)
        json_object_del(object, only_on_the_path[i]);
    body_put_text(object, "question", question->id);
    answer_words(question, answer, &text);
    body_put_text(object, "words", buf_text(&text));
    buf_clear(&text);
    answer_short(question, answer, &text);
    body_put_text(object, "short", buf_text(&text));
    buf_release(&text);
    return object;
}

static void put_subject(const struct source_of_record *from, const struct question *question,
                        const struct answer *answer, json_t *body)
{
    json_t *list = body_list(), *subject = kept(question, answer);
    char hex[DIGEST_HEX_SIZE];

    if (!answer->skipped && answer->field[0]) {
        pseudonym_of(
            from->key, answer->field[0],
            question->type == QUESTION_PERSON && answer->field[1] ? answer->field[1] : "", hex);
        body_put_text(subject, "pseudonym", hex);
    }
    body_append(list, subject);
    body_put(body, "subject", list);
}

static bool has_option(const struct question *question, const struct answer *answer,
                       const char *id)
{
    size_t option = question_find_option(question, id);

    return option != NO_OPTION && (answer->options & BIT(option));
}

/* Whatever was answered about sensitivity but a plain no keeps the record from the person: a
 * doubt is not a reason to show it. */
static bool is_restricted(const struct question *question, const struct answer *answer)
{
    return !answer->skipped && !has_option(question, answer, "no") &&
           !has_option(question, answer, "none");
}

static void put_kept(const struct source_of_record *from, json_t *body)
{
    bool restricted = false;

    for (size_t i = 0; i < from->walk->path_count; i++) {
        size_t at = from->walk->path[i];
        const struct question *question = &from->pack->question[at];

        if (!is_answered(from, at) || question->keep == KEEP_NONE ||
            question->keep == KEEP_ITEMS)
            continue;
        if (question->keep == KEEP_SENSITIVITY)
            restricted = is_restricted(question, answer_of(from, at));
        if (question->keep == KEEP_SUBJECT)
            put_subject(from, question, answer_of(from, at), body);
        else
            body_put(body, keep_id(question->keep), kept(question, answer_of(from, at)));
    }
    body_put_flag(body, "restricted", restricted);
}

static void put_items(const struct source_of_record *from, json_t *body)
{
    json_t *all = body_list();

    for (size_t i = 0; i < from->walk->path_count; i++) {
        const struct question *question = &from->pack->question[from->walk->path[i]];
        json_t *answer, *item;
        size_t nr;

        if (question->type != QUESTION_ITEMS || !is_answered(from, from->walk->path[i]))
            continue;
        answer = body_object();
        answer_to_json(question, answer_of(from, from->walk->path[i]), answer);
        json_array_foreach(json_object_get(answer, "items"), nr, item)
        {
            body_put_text(item, "question", question->id);
            body_append(all, json_incref(item));
        }
        json_decref(answer);
    }
    body_put(body, "items", all);
}

/* --- What the law makes of it ------------------------------------------------------------- */

static void put_findings(const struct source_of_record *from, json_t *body)
{
    json_t *list = body_list();

    for (size_t i = 0; i < from->pack->finding_count; i++) {
        const struct finding *finding = &from->pack->finding[i];
        json_t *object;

        if (walk_finding(from->walk, i) != TRUTH_TRUE)
            continue;
        object = body_object();
        body_put_text(object, "id", finding->id);
        body_put_text(object, "kind", finding_kind_id(finding->kind));
        body_put_text(object, "kind-title", finding_kind_words(finding->kind));
        body_put_text(object, "says", finding->says);
        body_put_list(object, "cite", citations(from->pack, &finding->cite));
        body_append(list, object);
    }
    body_put(body, "findings", list);
}

static json_t *trail_of(const struct source_of_record *from, const struct condition *condition)
{
    json_t *list = body_list();
    struct trail trail;

    if (!condition)
        return list;
    walk_trail(from->walk, condition, &trail);
    for (size_t i = 0; i < trail.count; i++) {
        const struct trail_line *line = &trail.line[i];
        json_t *object = body_object();

        if (line->question != WALK_NONE)
            body_put_text(object, "question", from->pack->question[line->question].id);
        if (line->finding != WALK_NONE)
            body_put_text(object, "finding", from->pack->finding[line->finding].id);
        body_put_text(object, "test", line->test->text);
        body_put_flag(object, "holds", line->holds);
        body_append(list, object);
    }
    trail_release(&trail);
    return list;
}

static void put_recommendation(const struct source_of_record *from, json_t *body)
{
    const struct outcome_rule *rule = &from->pack->outcome[from->walk->outcome];
    json_t *object = body_object();

    body_put_text(object, "outcome", outcome_id(rule->recommends));
    body_put_text(object, "rule", rule->id);
    body_put_text(object, "because", rule->because);
    body_put_list(object, "cite", citations(from->pack, &rule->cite));
    body_put_list(object, "trail", trail_of(from, rule->when));
    body_put(body, "recommendation", object);
}

/* --- What the human makes of it ----------------------------------------------------------- */

static void put_decision(const struct source_of_record *from, json_t *body)
{
    const struct decision *decision = from->decision;
    json_t *object = body_object(), *justification = body_object();
    struct buf text = {0};

    body_put_text(object, "outcome", outcome_id(decision_outcome(decision, from->walk)));
    body_put_text(object, "stance", stance_names.id(&decision->stance));
    if (decision->stance == STANCE_DEPART)
        body_put_text(object, "reason", decision->departure);
    body_put(body, "decision", object);

    if (decision->justification)
        buf_puts(&text, decision->justification);
    else
        record_justify(decision, from->walk, &text);
    body_put_text(justification, "text", buf_text(&text));
    body_put_flag(justification, "edited", decision->justification);
    body_put(body, "justification", justification);
    buf_release(&text);
}

static void put_must(const struct source_of_record *from, const struct outcome_rule *rule,
                     json_t *body)
{
    const struct duty *duty;
    json_t *list = body_list();
    size_t at = 0;

    while ((duty = walk_duty(from->walk, rule, &at))) {
        struct moment due = from->signed_at;
        json_t *object = body_object();

        due.us += duty->hours * US_PER_HOUR;
        body_put_text(object, "id", duty->id);
        body_put_text(object, "text", duty->text);
        if (duty->hours > 0)
            body_put_moment(object, "due", due);
        body_append(list, object);
    }
    body_put(body, "must", list);
}

static void put_retention(const struct source_of_record *from, json_t *body)
{
    const struct retention *retention;
    json_t *object;

    if (from->walk->retention == WALK_NONE)
        return;
    retention = &from->pack->retention[from->walk->retention];
    object = body_object();
    body_put_text(object, "id", retention->id);
    body_put_text(object, "title", retention->title);
    if (retention->months > 0) {
        body_put_number(object, "months", retention->months);
        body_put_day(object, "review",
                     date_add_months(moment_date(from->signed_at), retention->months));
    }
    body_put_list(object, "cite", citations(from->pack, &retention->cite));
    body_put(body, "retention", object);
}

static void put_what_follows(const struct source_of_record *from, json_t *body)
{
    const struct outcome_rule *recommended = &from->pack->outcome[from->walk->outcome];
    const struct outcome_rule *rule = decision_rule(from->decision, from->walk);

    put_must(from, rule, body);
    body_put_flag(body, "countersign", recommended->countersign || (rule && rule->countersign));
    if (rule && rule->review_months > 0)
        body_put_day(body, "review",
                     date_add_months(moment_date(from->signed_at), rule->review_months));
    put_retention(from, body);
}

/* --- Around it ---------------------------------------------------------------------------- */

static void put_pack(const struct pack *pack, json_t *body)
{
    json_t *object = body_object();
    char hex[DIGEST_HEX_SIZE];

    digest_hex(&pack->fingerprint, hex);
    body_put_text(object, "id", pack->id);
    body_put_text(object, "version", pack->version);
    body_put_text(object, "title", pack->title);
    body_put_text(object, "owner", pack->owner);
    body_put_text(object, "fingerprint", hex);
    body_put(body, "pack", object);
}

static void put_heading(const struct source_of_record *from, json_t *body)
{
    const struct decision *decision = from->decision;
    json_t *times = body_object();

    body_put_number(body, "schema", RECORD_SCHEMA);
    body_put_text(body, "kind", decision->amends ? "amendment" : "record");
    body_put_text(body, "reference", decision->reference);
    body_put_day(body, "day", decision->day);
    body_put_moment(times, "begun", decision->begun);
    body_put_moment(times, "signed", from->signed_at);
    body_put(body, "times", times);
    body_put_text(body, "agreement", decision->agreement);
    body_put_text(body, "programme", decision->programme);
    body_put_text(body, "amends", decision->amends);
    body_put_text(body, "amendment", decision->amendment);
    body_put_text(body, "sibling-of", decision->sibling_of);
    body_put_flag(body, "practice", decision->practice);
}

void record_compose(const struct decision *decision, const struct walk *walk,
                    const struct person *signer, struct moment signed_at,
                    const unsigned char key[DIGEST_SIZE], struct buf *out)
{
    const struct source_of_record from = {decision, walk, walk->pack, signed_at, key};
    json_t *body = body_object();

    put_heading(&from, body);
    body_put_person(body, "practitioner", signer);
    put_pack(walk->pack, body);
    put_path(&from, body);
    put_kept(&from, body);
    put_items(&from, body);
    put_findings(&from, body);
    put_recommendation(&from, body);
    put_decision(&from, body);
    put_what_follows(&from, body);
    if (decision->terms)
        body_put(body, "terms", terms_to_json(decision, walk));
    body_write(body, out);
}
