/* SPDX-License-Identifier: MIT */
/* The proof as a whole: its rules, its report, and the order of its checks. */
#include "policy/proof.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "policy/proof_check.h"

const struct check_rule proof_rules[PROOF_RULE_COUNT] = {
#define X(name, id, severity, remedy) {id, SEVERITY_##severity, remedy},
    PROOF_RULE_TABLE(X)
#undef X
};

struct fault *blame(struct prover *prover, enum proof_rule rule, int line, const char *kind,
                    const char *id, const char *what_format, ...)
{
    struct report *report = &prover->proof->report;
    const char *field = *id ? arena_printf(&report->arena, "[%s %s]", kind, id)
                            : arena_printf(&report->arena, "[%s]", kind);
    struct buf what = {0};
    va_list arguments;
    va_start(arguments, what_format);
    buf_vprintf(&what, what_format, arguments);
    va_end(arguments);
    struct fault *fault =
        report_add(report, &proof_rules[rule], pack_file_of(prover->pack, field), line, field,
                   NULL, "%s", buf_text(&what));
    buf_release(&what);
    return fault;
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

void show(struct prover *prover, struct fault *fault, node function)
{
    proof_example(prover->space, space_within(prover->space, function),
                  &prover->proof->report.arena, &fault->example);
    fault->has_example = true;
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
        blame(&prover, PROOF_TOO_LARGE, 1, "pack", "",
              "The pack has more different situations than can be told apart in memory.");
    prove_accepts(&prover);
    ret_proof->states = diagram_size(prover.space->diagram);
    report_settle(&ret_proof->report);
    space_free(prover.space);
}

void proof_release(struct proof *proof)
{
    report_release(&proof->report);
    *proof = (struct proof){0};
}
