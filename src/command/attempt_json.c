/* SPDX-License-Identifier: MIT */
/* A walked answer file as JSON, for other programs. discern(1) describes the members. */
#include "command/attempt.h"
#include "record/terms.h"

static json_t *citations_json(const struct pack *pack, const struct citations *cite)
{
    json_t *list = body_list();
    struct buf text = {0};

    for (size_t i = 0; i < cite->count; i++) {
        const struct citation *citation = &cite->list[i];

        buf_clear(&text);
        buf_puts(&text, pack->source[citation->source].id);
        if (citation->locator[0])
            buf_printf(&text, ":%s", citation->locator);
        body_append(list, json_string(buf_text(&text)));
    }
    buf_release(&text);
    return list;
}

static json_t *findings_json(const struct attempt *attempt)
{
    const struct pack *pack = attempt->walk.pack;
    json_t *list = body_list();

    for (size_t i = 0; i < pack->finding_count; i++) {
        const struct finding *finding = &pack->finding[i];
        json_t *object;

        if (walk_finding(&attempt->walk, i) != TRUTH_TRUE)
            continue;
        object = body_object();
        body_put_text(object, "id", finding->id);
        body_put_text(object, "kind", finding_kind_id(finding->kind));
        body_put_text(object, "says", finding->says);
        body_put_list(object, "cite", citations_json(pack, &finding->cite));
        body_append(list, object);
    }
    return list;
}

static json_t *trail_line_json(const struct attempt *attempt, const struct trail_line *line)
{
    const struct pack *pack = attempt->walk.pack;
    json_t *object = body_object();
    struct buf text = {0};

    if (line->question != WALK_NONE) {
        answer_words(&pack->question[line->question],
                     &attempt->decision.answers.answer[line->question], &text);
        body_put_text(object, "question", pack->question[line->question].id);
        body_put_text(object, "answer", buf_text(&text));
    } else if (line->finding != WALK_NONE) {
        body_put_text(object, "finding", pack->finding[line->finding].id);
    } else {
        body_put_day(object, "date", attempt->decision.day);
    }
    body_put_flag(object, "holds", line->holds);
    body_put_text(object, "test", line->test->text);
    buf_release(&text);
    return object;
}

static json_t *trail_json(const struct attempt *attempt)
{
    struct trail trail = {0};
    json_t *list = body_list();

    if (!attempt->rule->when)
        return list;
    walk_trail(&attempt->walk, attempt->rule->when, &trail);
    for (size_t i = 0; i < trail.count; i++)
        body_append(list, trail_line_json(attempt, &trail.line[i]));
    trail_release(&trail);
    return list;
}

static json_t *duties_json(const struct attempt *attempt)
{
    const struct outcome_rule *rule = decision_rule(&attempt->decision, &attempt->walk);
    const struct duty *duty;
    json_t *list = body_list();
    size_t at = 0;

    while ((duty = walk_duty(&attempt->walk, rule, &at))) {
        json_t *object = body_object();

        body_put_text(object, "id", duty->id);
        body_put_text(object, "text", duty->text);
        if (duty->hours)
            body_put_number(object, "hours", duty->hours);
        body_append(list, object);
    }
    return list;
}

static json_t *pack_json(const struct pack *pack)
{
    char hex[DIGEST_HEX_SIZE];
    json_t *object = body_object();

    digest_hex(&pack->fingerprint, hex);
    body_put_text(object, "id", pack->id);
    body_put_text(object, "version", pack->version);
    body_put_text(object, "fingerprint", hex);
    return object;
}

/* What would keep it from being signed, if anything. */
static void put_stop(const struct attempt *attempt, json_t *object)
{
    struct error stop;

    if (decision_complete(&attempt->decision, &attempt->walk, &stop) != STATUS_OK)
        body_put_text(object, "stopped", stop.what);
}

json_t *attempt_json(const struct attempt *attempt)
{
    const struct decision *decision = &attempt->decision;
    json_t *object = body_object();

    body_put_text(object, "file", attempt->path);
    body_put_text(object, "title", attempt->head.title);
    body_put(object, "pack", pack_json(attempt->walk.pack));
    body_put_text(object, "agreement", decision->agreement);
    body_put_text(object, "programme", decision->programme);
    if (decision->terms)
        body_put(object, "terms", terms_to_json(decision, &attempt->walk));
    body_put_day(object, "date", decision->day);
    body_put_text(object, "recommended", outcome_id(attempt->rule->recommends));
    body_put_text(object, "rule", attempt->rule->id);
    body_put_text(object, "because", attempt->rule->because);
    body_put_list(object, "cite", citations_json(attempt->walk.pack, &attempt->rule->cite));
    body_put_text(object, "decided", outcome_id(decision_outcome(decision, &attempt->walk)));
    body_put_text(object, "reason", decision->departure);
    if (attempt->head.expects)
        body_put_text(object, "expected", outcome_id(attempt->head.expect));
    body_put_list(object, "trail", trail_json(attempt));
    body_put_list(object, "findings", findings_json(attempt));
    body_put_list(object, "must", duties_json(attempt));
    put_stop(attempt, object);
    if (attempt->sequence) {
        body_put_text(object, "reference", decision->reference);
        body_put_number(object, "sequence", attempt->sequence);
    }
    return object;
}
