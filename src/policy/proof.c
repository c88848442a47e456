/* SPDX-License-Identifier: MIT */
/* The proof as a whole: its rules, its report, and the order of its checks. */
#include "policy/proof.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "policy/proof_check.h"

static const struct {
    const char *id;
    enum severity severity;
    const char *remedy;
} RULES[] = {
#define X(name, id, severity, remedy) {id, SEVERITY_##severity, remedy},
    PROOF_RULE_TABLE(X)
#undef X
};

const char *proof_rule_id(enum proof_rule rule)
{
    return RULES[rule].id;
}

enum severity proof_rule_severity(enum proof_rule rule)
{
    return RULES[rule].severity;
}

const char *proof_rule_remedy(enum proof_rule rule)
{
    return RULES[rule].remedy;
}

const char *severity_id(enum severity severity)
{
    static const char *const ID[] = {"error", "warning", "note"};
    return ID[severity];
}

struct proof_finding *report(struct prover *prover, enum proof_rule rule, int line,
                             const char *kind, const char *id, const char *what_format, ...)
{
    struct proof *proof = prover->proof;
    if (proof->count == prover->room) {
        size_t room = prover->room ? prover->room * 2 : 16;
        proof->finding = arena_grow(&proof->arena, proof->finding, proof->count, room,
                                    sizeof(*proof->finding));
        prover->room = room;
    }
    struct buf what = {0};
    va_list arguments;
    va_start(arguments, what_format);
    buf_vprintf(&what, what_format, arguments);
    va_end(arguments);
    struct proof_finding *finding = &proof->finding[proof->count++];
    *finding = (struct proof_finding){
        .rule = rule,
        .line = line,
        .field = *id ? arena_printf(&proof->arena, "[%s %s]", kind, id)
                     : arena_printf(&proof->arena, "[%s]", kind),
        .what = arena_strdup(&proof->arena, buf_text(&what)),
    };
    buf_release(&what);
    return finding;
}

bool possible(struct prover *prover, node function)
{
    prover->proof->complete &= function != NODE_LACKING;
    return diagram_meet(prover->space->diagram, prover->whole, function);
}

/* A question asked costs more than any options chosen, and of options the first costs least, so
 * that the same failure always has the same example. */
static long *weights(const struct space *space)
{
    long *weight = xcalloc(space->place_count + 1, sizeof(*weight));
    for (size_t v = 0; v < space->place_count; v++) {
        const struct place_in_space *place = &space->place[v];
        if (place->kind == PLACE_ASKED)
            weight[v] = 1000 * 1000;
        else if (place->kind == PLACE_BIT)
            weight[v] = (long)(v - space->first[place->question]);
    }
    return weight;
}

void proof_example(struct space *space, node function, struct arena *arena,
                   struct example *ret_example)
{
    const struct pack *pack = space->pack;
    bool *assignment = xcalloc(space->place_count + 1, sizeof(*assignment));
    bits *value = xcalloc(pack->question_count + 1, sizeof(*value));
    long *weight = weights(space);
    diagram_extreme(space->diagram, function, weight, false, assignment);
    *ret_example = (struct example){0};
    space_answers(space, assignment, value, &ret_example->day);
    ret_example->answer =
        arena_alloc(arena, (pack->question_count + 1) * sizeof(*ret_example->answer));
    for (size_t q = 0; q < pack->question_count; q++)
        if (value[q])
            ret_example->answer[ret_example->count++] = (struct scenario_answer){q, value[q]};
    free(weight);
    free(value);
    free(assignment);
}

void show(struct prover *prover, struct proof_finding *finding, node function)
{
    proof_example(prover->space, space_within(prover->space, function), &prover->proof->arena,
                  &finding->example);
    finding->has_example = true;
}

static int compare_findings(const void *a, const void *b)
{
    const struct proof_finding *left = a, *right = b;
    if (left->line != right->line)
        return left->line < right->line ? -1 : 1;
    if (left->rule != right->rule)
        return left->rule < right->rule ? -1 : 1;
    return strcmp(left->field, right->field);
}

static void count_severities(struct proof *proof)
{
    size_t *tally[] = {&proof->errors, &proof->warnings, &proof->notes};
    for (size_t i = 0; i < proof->count; i++)
        if (proof->finding[i].accepted)
            proof->accepted++;
        else
            ++*tally[proof_rule_severity(proof->finding[i].rule)];
}

void proof_run(const struct pack *pack, date as_of, struct proof *ret_proof)
{
    *ret_proof = (struct proof){.complete = true};
    struct prover prover = {
        .pack = pack, .space = space_new(pack), .proof = ret_proof, .as_of = as_of};
    prover.whole = space_whole(prover.space);
    ret_proof->complete = prover.whole != NODE_LACKING;
    prove_questions(&prover);
    prove_results(&prover);
    prove_paths(&prover);
    prove_papers(&prover);
    if (!ret_proof->complete)
        report(&prover, PROOF_TOO_LARGE, 1, "pack", "",
               "The pack has more different situations than can be told apart in memory.");
    prove_accepts(&prover);
    ret_proof->states = diagram_size(prover.space->diagram);
    if (ret_proof->count)
        qsort(ret_proof->finding, ret_proof->count, sizeof(*ret_proof->finding),
              compare_findings);
    count_severities(ret_proof);
    space_free(prover.space);
}

void proof_release(struct proof *proof)
{
    arena_release(&proof->arena);
    *proof = (struct proof){0};
}
